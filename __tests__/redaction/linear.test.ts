import { describe, expect, it } from '@jest/globals'
import { redact } from '../../src/adapters/git/command/messages.js'
import { withoutUserInfo } from '../../src/redaction/redactor.js'
import { secretsOf, urlPasswords } from '../../src/redaction/secrets.js'
import { submoduleUrls } from '../../src/report/source-history.js'

/** Processor time in milliseconds. */
function spent(work: () => unknown): number {
  const start = process.cpuUsage()
  work()
  return process.cpuUsage(start).user / 1000
}
const many = 120_000

describe('F141 foreign text is read in linear time', () => {
  it.each<[string, string]>([
    ['letters', 'a'.repeat(many)],
    ['dots', 'a.'.repeat(many / 2)],
    ['schemes', 'x://'.repeat(many / 4)],
    ['users', 'x://a:'.repeat(many / 6)],
    ['question marks', '?'.repeat(many)],
    ['slashes', '/'.repeat(many)]
  ])('%s', (_name, text) => {
    const work = () => [secretsOf({ SOME_VARIABLE: text }), urlPasswords(text), withoutUserInfo(text), redact(text)]
    // The quadratic ones took from 2 s to 30 s.
    expect(spent(work)).toBeLessThan(1_000)
  })

  it('a .gitmodules with an address of 3 MB, of blanks and of sections', () => {
    const head = '[submodule "x"]\n\tpath = x\n\turl = '
    for (const text of [
      `${head}${'u'.repeat(3e6)}\n`,
      `${head}${' '.repeat(1.9e6)}x\n`,
      '[submodule "a"]\n'.repeat(1e5)
    ]) {
      expect(spent(() => submoduleUrls(text))).toBeLessThan(1_000)
    }
    expect(submoduleUrls(`${head}../x.git  \n`)).toEqual(new Map([['x', '../x.git']]))
  })

  it('still finds what it is for', () => {
    expect(urlPasswords('see https://user:s3cretpassword@host/x')).toContain('s3cretpassword')
    expect(redact('fatal: https://me:pa@ss/w@host/x not found')).toBe('fatal: https://***@host/x not found')
    expect(redact('https://token123456@host/x?access_token=abc&x=1')).toBe('https://***@host/x?access_token=***&x=1')
  })
})
