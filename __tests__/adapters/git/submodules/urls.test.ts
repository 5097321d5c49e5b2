import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { httpsInstead } from '../../../../src/adapters/git/submodules/fetch-gitlink.js'
import { resolveRelativeUrl } from '../../../../src/adapters/git/submodules/enclosing.js'
import { failure, gitTrial } from '../../../support/git-in.js'
import { runGit } from '../../../support/git-process.js'
import { makeSuperproject, type Superproject } from '../../../support/superproject.js'

describe('resolveRelativeUrl', () => {
  it.each([
    ['https://github.com/octo/super.git', '../flask.git', 'https://github.com/octo/flask.git'],
    ['https://github.com/octo/super', './flask', 'https://github.com/octo/super/flask'],
    ['https://github.com/octo/super/', '../flask/', 'https://github.com/octo/flask'],
    ['https://github.com/octo/super.git', '../../other/flask.git', 'https://github.com/other/flask.git'],
    ['git@github.com:octo/super.git', '../flask.git', 'git@github.com:octo/flask.git'],
    ['git@github.com:super.git', '../flask.git', 'git@github.com:flask.git'],
    ['git@github.com:octo/super.git', '../../flask.git', 'git@github.com:flask.git'],
    ['ssh://git@host:22/octo/super', '../flask', 'ssh://git@host:22/octo/flask'],
    ['https://github.com/octo/super.git', 'https://other.example/x', 'https://other.example/x']
  ])('%s with %s is %s', (remote, url, expected) => {
    expect(resolveRelativeUrl(remote, url)).toBe(expected)
  })

  it.each([
    ['https://github.com/super.git', '../../../../x'],
    ['git@github.com:super.git', '../../x'],
    ['super', '../x']
  ])('%s has no %s', (remote, url) => {
    expect(() => resolveRelativeUrl(remote, url)).toThrow(/GIT_FAILED/)
  })
})

describe('httpsInstead', () => {
  it.each([
    ['git@github.com:octo/flask.git', 'https://github.com/octo/flask.git'],
    ['org-123@github.com:octo/flask.git', 'https://github.com/octo/flask.git'],
    ['github.com:octo/flask.git', 'https://github.com/octo/flask.git'],
    ['ssh://github.com/octo/flask.git', 'https://github.com/octo/flask.git'],
    ['ssh://git@github.com/octo/flask.git', 'https://github.com/octo/flask.git'],
    ['ssh://git@ghe.example.com:2222/octo/flask', 'https://ghe.example.com/octo/flask'],
    ['ssh://git@ssh.github.com:443/octo/flask.git', 'https://github.com/octo/flask.git'],
    ['https://github.com/octo/flask.git', null],
    ['ssh://git@host/~octo/flask', null]
  ])('F95 of %s is %s', (url, expected) => {
    expect(httpsInstead(url)).toBe(expected)
  })
})

describe('where a submodule is fetched from', () => {
  const token = 'EXAMPLE-token-of-the-checkout'
  let scratch: string
  let world: Superproject
  const { commands, gitIn, exportOf, exportLeaving, closeAll } = gitTrial(() => scratch)
  beforeAll(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'submodule-urls-'))
    world = await makeSuperproject({ token })
  })
  afterEach(closeAll)
  afterAll(async () => {
    await world.close()
    await rm(scratch, { recursive: true, force: true })
  })
  const withUrl = async (branch: string, url: string): Promise<string> => {
    const gitmodules = `[submodule "another name"]\n\tpath = da_flask\n\turl = ${url}\n`
    await world.commitFiles({ '.gitmodules': gitmodules }, { branch, from: 'main' })
    await world.push(branch)
    return await world.cloneForRun({ branch })
  }
  const content = async (git: ReturnType<typeof gitIn>, directory: string): Promise<string[]> =>
    await readdir(join((await exportLeaving(directory, git, 'da_flask')).destination, 'da_flask'))

  it('F95 the committed URL wins over the one that .git/config still has, also of a submodule named otherwise', async () => {
    const directory = await withUrl('moved', `${world.server.url}/da_flask.git`)
    for (const name of ['another name', 'da_flask']) {
      await runGit(directory, ['config', `submodule.${name}.url`, 'http://127.0.0.1:1/old.git'])
      await runGit(directory, ['config', `submodule.${name}.active`, 'true'])
    }
    expect(await content(gitIn(directory), directory)).toContain('python')
  })

  it.each(['--local', 'GIT_CONFIG_COUNT'])('F95 it is rewritten by insteadOf of %s, as git does', async where => {
    const directory = await withUrl(`instead-${where.length}`, 'http://127.0.0.1:1/octo/da_flask.git')
    const [key, value] = [`url.${world.server.url}/.insteadOf`, 'http://127.0.0.1:1/octo/']
    if (where === '--local') await runGit(directory, ['config', '--local', key, value])
    const env = { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: key, GIT_CONFIG_VALUE_0: value }
    expect(await content(gitIn(directory, {}, where === '--local' ? {} : env), directory)).toContain('python')
  })

  it.each(['org-123@127.0.0.1:', 'ssh://127.0.0.1/', 'git@127.0.0.1:'])(
    'F95 %s that lets nobody in is tried over HTTPS, with the credentials of the checkout; the reason told is that of SSH',
    async prefix => {
      const directory = await withUrl(`ssh-${prefix.length}`, `${prefix}octo/da_flask.git`)
      await runGit(directory, [
        'config',
        '--local',
        'http.https://127.0.0.1/.extraheader',
        'AUTHORIZATION: basic EXAMPLE'
      ])
      const env = { GIT_SSH_COMMAND: 'sh -c "echo git@127.0.0.1: Permission denied >&2; exit 255"' }
      commands.length = 0
      const error = await failure(exportOf(gitIn(directory, {}, env), 'da_flask'))
      expect(error.finding.found).toMatch(/Permission denied/)
      const remotes = commands
        .filter(({ argv }) => argv.includes('fetch'))
        .map(({ env: given }) => Object.values(given ?? {}))
      expect(remotes).toHaveLength(2)
      expect(remotes[1]).toEqual(
        expect.arrayContaining(['https://127.0.0.1/octo/da_flask.git', 'AUTHORIZATION: basic EXAMPLE'])
      )
    }
  )

  it('a relative URL follows the remote of the branch that is checked out', async () => {
    const directory = await world.cloneForRun({ branch: 'main' })
    await runGit(directory, ['remote', 'rename', 'origin', 'upstream'])
    await runGit(directory, ['config', 'branch.main.remote', 'upstream'])
    expect(await content(gitIn(directory), directory)).toContain('python')
  })
})
