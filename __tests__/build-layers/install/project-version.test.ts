import { describe, expect, it } from '@jest/globals'
import { tagsAt } from '../../../src/adapters/git/submodules/submodule-commits.js'
import {
  asksGitForVersion,
  versionEnvironment,
  versionInTag,
  versionOf
} from '../../../src/build-layers/install/project-lists.js'

const objectId = '0123456789abcdef0123456789abcdef01234567'
const tagged = (...tags: string[]) => versionOf({ objectId, tags: () => Promise.resolve(tags) })

describe('F123 a version that git would give', () => {
  it.each([
    ['setuptools_scm', 'requires = ["setuptools>=64", "setuptools-scm>=8"]'],
    ['hatch-vcs', '[tool.hatch.version]\nsource = "vcs"\nrequires = ["hatch-vcs"]'],
    ['versioningit', 'requires = ["versioningit"]'],
    ['pbr', 'setup(setup_requires=["pbr"], pbr=True)'],
    ['poetry-dynamic-versioning', 'requires = ["poetry-core", "poetry-dynamic-versioning"]'],
    ['pdm', '[tool.pdm.version]\nsource = "scm"']
  ])('%s asks for one', (_, text) => {
    expect(asksGitForVersion([text])).toBe(true)
  })

  it('a project with a version of its own does not', () => {
    expect(asksGitForVersion(['[project]\nversion = "1.0"\nname = "subprocess"'])).toBe(false)
  })

  it('is that of the commit’s own tag, the highest of several, else made of the commit', async () => {
    expect(await tagged('v1.9', 'v1.10', 'latest')).toBe('1.10')
    expect(await tagged('nightly')).toBe('0.0.0+g0123456789ab')
    expect(await tagged()).toBe('0.0.0+g0123456789ab')
  })

  it.each([
    ['v1.2.3', '1.2.3'],
    ['da_flask-2.0rc1', '2.0rc1'],
    ['release/3', '3'],
    ['latest', null],
    ['v1.2.3-beta-of-mine', null]
  ])('tag %s', (tag, version) => {
    expect(versionInTag(tag)).toBe(version)
  })

  it('tells each tool in its own variable', () => {
    expect(versionEnvironment('1.0', 'da.flask')).toMatchObject({
      SETUPTOOLS_SCM_PRETEND_VERSION_FOR_DA_FLASK: '1.0',
      SETUPTOOLS_SCM_PRETEND_VERSION: '1.0',
      PBR_VERSION: '1.0',
      POETRY_DYNAMIC_VERSIONING_BYPASS: '1.0'
    })
  })

  it('reads the tags of one commit, annotated ones by what they point at', () => {
    const other = 'f'.repeat(40)
    const listing = `${objectId}\trefs/tags/v1\n${other}\trefs/tags/v2\n${objectId}\trefs/tags/v2^{}\n${other}\trefs/tags/v3\n`
    expect(tagsAt(listing, objectId)).toEqual(['v1', 'v2'])
  })
})
