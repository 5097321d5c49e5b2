import { describe, expect, it } from '@jest/globals'
import { requirementsOfPylock } from '../../../../src/build-layers/install/requirements/locked-requirements.js'

const lock = (packages: string): string => `lock-version = "1.0"\ncreated-by = "test"\n${packages}`
const digest = '0'.repeat(64)

describe('F120 pylock.toml', () => {
  it('pins what comes from an index by its digests, a folder and a repository by where they are', () => {
    const text = lock(`
[[packages]]
name = "idna"
version = "3.10"
marker = "python_version >= '3.8'"
wheels = [{ url = "https://files.example/idna.whl", hashes = { sha256 = "${digest}" } }]
[[packages]]
name = "inner"
directory = { path = "libs/inner", editable = true }
[[packages]]
name = "gitty"
vcs = { type = "git", url = "https://h.example/gitty", commit-id = "0123abc", subdirectory = "py" }
`)
    expect(requirementsOfPylock(text).split('\n')).toEqual([
      `idna==3.10 ; python_version >= '3.8' --hash=sha256:${digest}`,
      'inner @ file:libs/inner',
      'gitty @ git+https://h.example/gitty@0123abc#subdirectory=py',
      ''
    ])
  })

  it.each([
    ['another version', 'lock-version = "2.0"\n'],
    ['no TOML', 'lock-version = \n'],
    ['a file without a digest', lock('[[packages]]\nname = "a"\nversion = "1"\nwheels = [{ url = "u" }]\n')],
    ['conditions on groups', lock(`[[packages]]\nname = "a"\nversion = "1"\nmarker = "'dev' in dependency_groups"\n`)]
  ])('BUILD_FAILED for %s', (_, text) => {
    expect(() => requirementsOfPylock(text)).toThrow(/^BUILD_FAILED/)
  })
})
