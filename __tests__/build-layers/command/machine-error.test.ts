import { writeFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { machineError } from '../../../src/build-layers/command/failure.js'
import { CodedError } from '../../../src/model/errors.js'

const thrownBy = (work: () => void): unknown => {
  try {
    work()
  } catch (thrown) {
    return thrown
  }
  return null
}
const system = (code: string) => Object.assign(new Error(`${code}: no luck, write`), { code, syscall: 'write' })

describe('F44 machineError', () => {
  it('what a full device says', () => {
    const full = thrownBy(() => {
      writeFileSync('/dev/full', 'x')
    })
    expect(machineError(full, 'the layer to be built')).toMatchObject({
      code: 'BUILD_FAILED',
      message:
        'BUILD_FAILED: Expected the layer to be built, found ENOSPC: no space left on device, write. To fix: free space on the disk.',
      cause: full
    })
  })

  it.each([
    ['EDQUOT', 'free space on the disk'],
    ['EMFILE', 'raise the number of files that may be open (ulimit -n)'],
    ['EACCES', 'make the files readable']
  ])('%s: do %s', (code, mend) => {
    expect(machineError(system(code), 'x')).toMatchObject({ finding: { mend: expect.stringContaining(mend) } })
  })

  it('a worker thread that cannot start', () => {
    const error = Object.assign(new Error('Worker initialization failure: EMFILE'), { code: 'ERR_WORKER_INIT_FAILED' })
    expect(machineError(error, 'x')).toMatchObject({
      code: 'BUILD_FAILED',
      finding: { mend: expect.stringContaining('ulimit -n') }
    })
  })

  it.each([
    new Error('a defect'),
    new CodedError('GIT_FAILED', { expected: 'a', found: 'b', mend: 'c' }),
    'text',
    null
  ])('leaves %s as it is', thrown => {
    expect(machineError(thrown, 'x')).toBe(thrown)
  })
})
