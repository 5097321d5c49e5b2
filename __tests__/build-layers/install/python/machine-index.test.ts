import { describe, expect, it } from '@jest/globals'
import {
  pipSettings,
  uvIndexEnvironment,
  withIndexOfList
} from '../../../../src/build-layers/install/python/machine-index.js'
import { recordedLog } from '../../scratch.js'

const listed = `:env:.cert='/etc/ca.pem'
global.index-url='https://mirror.example/simple'
global.extra-index-url='\\nhttps://a.example/simple\\nhttps://b.example/simple'
install.index-url='https://install.example/simple'
global.timeout='60'
`
const printing = (stdout: string) => ({
  log: recordedLog(),
  process: { run: () => Promise.resolve({ exitCode: 0, stdout: Buffer.from(stdout), stderr: '' }) }
})

describe("pip's index for uv", () => {
  it('reads what pip config list prints: the command before the global section', () => {
    expect(pipSettings(listed)).toEqual({
      'index-url': 'https://install.example/simple',
      'extra-index-url': 'https://a.example/simple https://b.example/simple',
      cert: '/etc/ca.pem'
    })
    expect(pipSettings('')).toEqual({})
  })

  it('hands it to uv, variables before files', async () => {
    const environment = { PIP_INDEX_URL: 'https://variable.example/simple' }
    expect(await uvIndexEnvironment('python3', environment, printing(listed))).toEqual({
      UV_DEFAULT_INDEX: 'https://variable.example/simple',
      UV_INDEX: 'https://a.example/simple https://b.example/simple',
      SSL_CERT_FILE: '/etc/ca.pem'
    })
  })

  it.each(['UV_DEFAULT_INDEX', 'UV_INDEX_URL', 'UV_NO_INDEX'])('leaves uv alone where %s is set', async name => {
    expect(await uvIndexEnvironment('python3', { [name]: 'x', PIP_INDEX_URL: 'y' }, printing(listed))).toEqual({})
  })
})

describe('F121 the index that a list names', () => {
  const machine = { UV_DEFAULT_INDEX: 'https://mirror.example/simple', SSL_CERT_FILE: '/ca.pem' }

  it.each([
    '--index-url https://own.example/simple',
    '--index-url=https://own.example/simple',
    '-i https://own.example'
  ])('%s goes before that of the machine, as with pip', option => {
    expect(withIndexOfList(machine, ['--pre', option])).toEqual({ SSL_CERT_FILE: '/ca.pem' })
  })

  it.each(['--extra-index-url https://own.example/simple', '--no-index', '--pre'])(
    '%s: the machine’s stays',
    option => {
      expect(withIndexOfList(machine, [option])).toEqual(machine)
    }
  )
})
