import { lstat, mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { runGit } from '../../../support/git-process.js'
import { failure, gitTrial } from '../../../support/git-in.js'
import { exampleSubmodules, makeSuperproject, type Superproject } from '../../../support/superproject.js'

const token = 'EXAMPLE-token-of-the-checkout'
let scratch: string
let world: Superproject
const { commands, gitIn, exportOf, exportLeaving, closeAll } = gitTrial(() => scratch)

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'export-submodule-'))
  world = await makeSuperproject({
    token,
    submodules: { ...exampleSubmodules, 'vendor/lib': { 'python/lib.py': 'x = 1\n' } }
  })
})
beforeEach(() => {
  commands.length = 0
})
afterEach(closeAll)
afterAll(async () => {
  await world.close()
  await rm(scratch, { recursive: true, force: true })
})

const fetches = (): number => commands.filter(({ argv }) => argv.includes('fetch')).length
const requestsSince = (count: number): readonly string[] => world.server.requests.slice(count).map(({ path }) => path)

describe('exportSubmodule', () => {
  it('F94 fetches one commit at depth 1 outside the workspace, which stays as it is, its .git included', async () => {
    const directory = await world.cloneForRun({ branch: 'main' })
    const before = world.server.requests.length
    const { destination, missing, pointers } = await exportLeaving(directory, gitIn(directory), 'da_flask')
    expect({ missing, pointers }).toEqual({ missing: [], pointers: [] })
    expect(await readFile(join(destination, 'da_flask/python/da_flask/app.py'), 'utf8')).toContain('da_flask')
    expect(await runGit(directory, ['status', '--porcelain'])).toBe('')
    expect(requestsSince(before).every(path => path.startsWith('/da_flask.git/'))).toBe(true)
    const secrets = [token, Buffer.from(`x-access-token:${token}`).toString('base64')]
    for (const { argv } of commands) for (const secret of secrets) expect(argv.join(' ')).not.toContain(secret)
  })

  it('F94 leaves a workspace that git goes on with: status, pull, submodule update and the next bump', async () => {
    const directory = await world.cloneForRun({ branch: 'main', depth: 0 })
    await exportLeaving(directory, gitIn(directory), 'da_flask')
    const next = await world.commitSubmodule('da_flask', { 'python/next.py': '' })
    await world.bumpSubmodule('da_flask', next, { branch: 'next', from: 'main' })
    await world.push('next')
    await runGit(directory, ['fetch', '-q', 'origin', 'next'])
    await runGit(directory, ['checkout', '-q', 'FETCH_HEAD'])
    const { destination } = await exportLeaving(directory, gitIn(directory), 'da_flask')
    expect(await readdir(join(destination, 'da_flask/python'))).toContain('next.py')
    const header = await runGit(directory, ['config', `http.${world.server.url}/.extraheader`])
    const access = ['-c', `http.${world.server.url}/.extraheader=${header}`]
    await runGit(directory, [...access, 'submodule', '-q', 'update', '--init', 'da_flask'])
    expect(await runGit(join(directory, 'da_flask'), ['rev-parse', 'HEAD'])).toBe(next)
  })

  it.each(['clean', 'changed'])('F94 a submodule at another commit, %s: the gitlink is what is built', async state => {
    const directory = await world.cloneForRun({ branch: 'main', submodules: true })
    const inside = (...args: string[]) =>
      runGit(join(directory, 'da_flask'), ['-c', 'user.name=x', '-c', 'user.email=x@example.com', ...args])
    await writeFile(join(directory, 'da_flask/local.py'), 'mine\n')
    await inside('add', '-A')
    await inside('commit', '-q', '-m', 'local')
    if (state === 'changed') await writeFile(join(directory, 'da_flask/README.md'), 'changed\n')
    const { destination } = await exportLeaving(directory, gitIn(directory), 'da_flask')
    expect(fetches()).toBe(0)
    expect((await readdir(join(destination, 'da_flask'))).sort()).toEqual(['.git', 'README.md', 'python'])
    expect(await readFile(join(destination, 'da_flask/README.md'), 'utf8')).toBe('# da_flask\n')
  })

  it('F94 asks no remote for what the checkout holds, wherever git keeps it there', async () => {
    const directory = await world.cloneForRun({ branch: 'main', submodules: true })
    await runGit(directory, ['remote', 'set-url', 'origin', 'http://127.0.0.1:1/gone.git'])
    await rm(join(directory, 'da_flask'), { recursive: true })
    await mkdir(join(directory, 'da_flask'))
    // An old clone keeps the repository in the folder itself.
    await runGit(join(directory, 'vendor/lib'), ['config', '--unset', 'core.worktree'])
    await rm(join(directory, 'vendor/lib/.git'))
    await runGit(directory, ['clone', '-q', '--bare', '.git/modules/vendor/lib', 'vendor/lib/.git'])
    await rm(join(directory, '.git/modules/vendor'), { recursive: true })
    for (const path of ['da_flask', 'da_framework', 'vendor/lib']) {
      const { destination } = await exportLeaving(directory, gitIn(directory), path)
      expect(await readdir(join(destination, path))).toContain('python')
    }
    expect(fetches()).toBe(0)
  })

  it('F94 fetches nothing where it may not, and says what is missing', async () => {
    const directory = await world.cloneForRun({ branch: 'main' })
    const commit = world.firstSubmoduleCommits['da_flask']!
    expect(await exportOf(gitIn(directory), 'da_flask', false)).toMatchObject({
      missing: [{ path: 'da_flask', commit }]
    })
    expect(fetches()).toBe(0)
  })

  it('takes depth 1 of a long history, a commit that is no tip, and a nested path', async () => {
    const older = await world.commitSubmodule('da_framework', { 'python/v.py': '1' })
    await world.commitSubmodule('da_framework', { 'python/v.py': '2' })
    await world.bumpSubmodule('da_framework', older, { branch: 'older', from: 'main' })
    await world.push('older')
    const directory = await world.cloneForRun({ branch: 'older' })
    const { destination } = await exportOf(gitIn(directory), 'da_framework')
    expect(await runGit(join(destination, 'da_framework'), ['log', '--format=%H'])).toBe(older)
    const other = await exportOf(gitIn(directory), 'vendor/lib')
    expect(await readFile(join(other.destination, 'vendor/lib/python/lib.py'), 'utf8')).toBe('x = 1\n')
  })

  it.each(['own-config', 'included-file'] as const)('finds the credentials of the checkout: %s', async credentials => {
    const directory = await world.cloneForRun({ branch: 'main', credentials })
    const { destination } = await exportLeaving(directory, gitIn(directory), 'da_flask')
    expect(await readdir(join(destination, 'da_flask'))).toContain('python')
    await rm(`${directory}-credentials.config`, { force: true })
    await runGit(directory, ['config', '--local', '--unset-all', `http.${world.server.url}/.extraheader`]).catch(
      () => ''
    )
    await expect(exportOf(gitIn(directory), 'da_framework')).rejects.toThrow(/GIT_FAILED/)
  })

  it('F94 takes what an earlier job left half done for what it is', async () => {
    const directory = await world.cloneForRun({ branch: 'main' })
    await mkdir(join(directory, '.git/modules'))
    await runGit(directory, ['init', '-q', '--separate-git-dir', join(directory, '.git/modules/da_flask'), 'da_flask'])
    await writeFile(join(directory, 'da_framework/.git'), 'gitdir: /nowhere\n')
    await mkdir(join(directory, 'vendor/lib/.git'))
    for (const path of ['da_flask', 'da_framework', 'vendor/lib']) {
      const git = gitIn(directory)
      expect(await git.checkoutState(path)).toEqual({ kind: 'not-initialised' })
      const { destination } = await exportLeaving(directory, git, path)
      expect(await readdir(join(destination, path))).toContain('python')
    }
  })

  it('fetches a commit once, however many ask for it at one time', async () => {
    const directory = await world.cloneForRun({ branch: 'main' })
    const git = gitIn(directory)
    const paths = ['da_flask', 'da_framework', 'vendor/lib', 'da_flask']
    const all = await Promise.all(paths.map(path => exportOf(git, path)))
    await exportOf(git, 'da_flask')
    for (const [index, { destination }] of all.entries()) {
      expect(await readdir(join(destination, paths[index]!))).toContain('python')
    }
    expect(fetches()).toBe(3)
  })

  it('F94 keeps a fetched commit in the folder that is given for it, and takes it from there if it is whole', async () => {
    const directory = await world.cloneForRun({ branch: 'main' })
    const keptDirectory = join(scratch, 'cache/submodules')
    const commit = world.firstSubmoduleCommits['da_flask']!
    await exportLeaving(directory, gitIn(directory, { keptDirectory }), 'da_flask')
    expect(await readdir(keptDirectory)).toEqual([`${commit}.git`])
    expect(await readFile(join(keptDirectory, `${commit}.git/config`), 'utf8')).not.toMatch(/url|header|http/i)
    await exportOf(gitIn(directory, { keptDirectory }), 'da_flask')
    expect(fetches()).toBe(1)
    await rm(join(keptDirectory, `${commit}.git/objects/pack`), { recursive: true })
    const { destination } = await exportOf(gitIn(directory, { keptDirectory }), 'da_flask')
    expect(fetches()).toBe(2)
    expect(await readdir(join(destination, 'da_flask'))).toContain('python')
    expect(await readdir(keptDirectory)).toEqual([`${commit}.git`])
  })

  it('F94 leaves nothing in the temporary folder once it is closed', async () => {
    const directory = await world.cloneForRun({ branch: 'main' })
    const own = await mkdtemp(join(scratch, 'temporary-'))
    const git = gitIn(directory, { scratchDirectory: own })
    await exportOf(git, 'da_flask')
    expect(await readdir(own)).toHaveLength(1)
    await git.close()
    expect(await readdir(own)).toEqual([])
  })

  it('tries once more where the server stumbles, not where it refuses', async () => {
    let faults = 1
    const stumbling = await makeSuperproject({
      fault: path => (path.startsWith('/da_flask') && faults-- > 0 ? 503 : null)
    })
    try {
      const directory = await stumbling.cloneForRun({ branch: 'main' })
      await exportOf(gitIn(directory), 'da_flask')
      faults = 2
      expect((await failure(exportOf(gitIn(directory), 'da_flask'))).message).toMatch(/^GIT_FAILED: .*503/)
    } finally {
      await stumbling.close()
    }
  })

  it('F31 gitlink not on the remote: names submodule, commit and remote, without its credentials', async () => {
    const { host } = new URL(world.server.url)
    const missing = 'c0ffee'.padEnd(40, '0')
    const url = `http://x-access-token:${token}@${host}/da_flask.git`
    const gitmodules = `[submodule "da_flask"]\n\tpath = da_flask\n\turl = ${url}\n`
    const files = { '.gitmodules': gitmodules, da_flask: { gitlink: missing } }
    await world.commitFiles(files, { branch: 'missing', from: 'main' })
    await world.push('missing')
    const directory = await world.cloneForRun({ branch: 'missing' })
    const { code, finding } = await failure(exportOf(gitIn(directory), 'da_flask'))
    expect({ code, ...finding }).toEqual({
      code: 'GIT_FAILED',
      expected: `commit ${missing} of submodule "da_flask" on http://***@${host}/da_flask.git`,
      found: 'no such commit there',
      mend: "push the submodule's commit to its remote, or set the gitlink to one that is there"
    })
  })

  it('F33 writes nothing through a symbolic link', async () => {
    const outside = await mkdtemp(join(scratch, 'outside-'))
    const directory = await world.cloneForRun({ branch: 'main' })
    for (const [link, path] of [
      ['vendor', 'vendor/lib'],
      ['da_flask', 'da_flask']
    ] as const) {
      const destination = await mkdtemp(join(scratch, 'linked-'))
      await symlink(outside, join(destination, link))
      const git = gitIn(directory)
      const commit = world.firstSubmoduleCommits[path]!
      const error = await failure(git.exportSubmodule({ path, commit }, destination, true))
      expect(error.finding.found).toMatch(/symbolic link/)
    }
    expect(await readdir(outside)).toEqual([])
  })
})

describe('submodules inside a submodule', () => {
  const modules = (path: string, url: string): string => `[submodule "${path}"]\n\tpath = ${path}\n\turl = ${url}\n`
  let branch = ''
  let inner = ''
  beforeAll(async () => {
    const innermost = await world.commitSubmodule('vendor/lib', { 'python/innermost.py': '' })
    inner = await world.commitSubmodule('da_framework', {
      '.gitmodules': modules('deep/er', '../vendor/lib.git'),
      'deep/er': { gitlink: innermost }
    })
    const outer = await world.commitSubmodule('da_flask', {
      '.gitmodules': modules('inner', '../da_framework.git'),
      inner: { gitlink: inner }
    })
    branch = 'nested'
    await world.bumpSubmodule('da_flask', outer, { branch, from: 'main' })
    await world.push(branch)
  })

  it('F100 are fetched like the one around them, as deep as they go', async () => {
    const directory = await world.cloneForRun({ branch })
    const { destination, missing } = await exportLeaving(directory, gitIn(directory), 'da_flask')
    expect(missing).toEqual([])
    expect((await lstat(join(destination, 'da_flask/inner/deep/er/python/innermost.py'))).isFile()).toBe(true)
  })

  it('F100 are fetched where the checkout holds the one around them alone', async () => {
    const directory = await world.cloneForRun({ branch, submodules: true })
    const git = gitIn(directory)
    expect((await exportOf(git, 'da_flask', false)).missing).toEqual([{ path: 'da_flask/inner', commit: inner }])
    commands.length = 0
    const { destination } = await exportLeaving(directory, git, 'da_flask')
    expect((await lstat(join(destination, 'da_flask/inner/deep/er/python/innermost.py'))).isFile()).toBe(true)
    expect(fetches()).toBe(2)
  })

  it('F100 are taken from a checkout made with `submodules: recursive`', async () => {
    const directory = await world.cloneForRun({ branch })
    const header = await runGit(directory, ['config', `http.${world.server.url}/.extraheader`])
    const access = ['-c', `http.${world.server.url}/.extraheader=${header}`]
    await runGit(directory, [...access, 'submodule', '-q', 'update', '--init', '--recursive', 'da_flask'])
    const exported = await exportLeaving(directory, gitIn(directory), 'da_flask')
    expect(exported.missing).toEqual([])
    expect(fetches()).toBe(0)
  })

  it('F100 one that is not described is refused, never left out', async () => {
    const commit = await world.commitSubmodule('da_flask', { '.gitmodules': '[core]\n\tx = y\n' })
    await world.bumpSubmodule('da_flask', commit, { branch: 'undescribed', from: 'main' })
    await world.push('undescribed')
    const directory = await world.cloneForRun({ branch: 'undescribed' })
    const error = await failure(exportOf(gitIn(directory), 'da_flask'))
    expect(error.finding.expected).toMatch(/a section in \.gitmodules/)
  })
})
