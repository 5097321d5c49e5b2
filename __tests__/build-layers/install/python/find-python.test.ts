import { expect, it } from '@jest/globals'
import { findPython, readPython } from '../../../../src/build-layers/install/python/find-python.js'
import type { Command } from '../../../../src/ports/process.js'
import { recordedLog } from '../../scratch.js'

/** A machine that has the programs, by the version that they say; `env` prints no variable. */
function machineWith(versions: Readonly<Record<string, string>>) {
  const asked: string[] = []
  const run = ({ argv: [program] }: Command) => {
    asked.push(program)
    const version = versions[program]
    const printed = version === undefined ? '' : `/bin/${program}\n${version}\nlinux-x86_64\n`
    return Promise.resolve({ exitCode: printed === '' ? 1 : 0, stdout: Buffer.from(printed), stderr: '' })
  }
  return { asked, deps: { log: recordedLog(), process: { run } } }
}

it('asks each Python once, whoever wants it and whether it is there', async () => {
  const { asked, deps } = machineWith({ python3: '3.11' })
  const found = { executable: '/bin/python3', version: '3.11', machine: 'linux-x86_64' }
  expect(await Promise.all([findPython('3.11', 'python3', deps), readPython('python3', deps)])).toEqual([found, found])
  expect(asked).toEqual(['python3'])
  expect(await findPython('3.12', 'python3', deps)).toBeNull()
  expect(await findPython('3.12', 'python3', deps)).toBeNull()
  expect(asked).toEqual(['python3', 'python3.12', 'env', 'uv'])
})

it('takes the first of the wanted version: the ordinary one, the one that bears its name', async () => {
  const { deps } = machineWith({ python3: '3.11', 'python3.12': '3.12' })
  expect(await findPython('3.12', 'python3', deps)).toMatchObject({ executable: '/bin/python3.12' })
  expect(await findPython('3.11', 'python3', deps)).toMatchObject({ executable: '/bin/python3' })
})

it('another run asks anew', async () => {
  const [one, other] = [machineWith({}), machineWith({ python3: '3.11' })]
  expect(await readPython('python3', one.deps)).toBeNull()
  expect(await readPython('python3', other.deps)).not.toBeNull()
})
