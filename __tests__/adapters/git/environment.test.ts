/** No setting of the job, the machine or the repository changes what a question of ours means. */
import { chown, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { failure, gitTrial } from '../../support/git-in.js'
import { runGit } from '../../support/git-process.js'
import { gitSettings } from '../../support/git-settings.js'
import { snapshotOf } from '../../support/folder-snapshot.js'
import { makeSuperproject, type Superproject } from '../../support/superproject.js'

let scratch: string
const { commands, gitIn, exportOf, exportLeaving, folder, closeAll } = gitTrial(() => scratch)
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'git-environment-'))
})
afterEach(closeAll)
afterAll(async () => {
  await rm(scratch, { recursive: true, force: true })
})

describe('a superproject of SHA-256', () => {
  let world: Superproject
  beforeAll(async () => {
    world = await makeSuperproject({ objectFormat: 'sha256', files: { 'folder/x': 'x' } })
  })
  afterAll(() => world.close())

  it.each([undefined, 'sha1', 'sha256'])('F98 is served in its own format, with GIT_DEFAULT_HASH %s', async hash => {
    const next = await world.commitFiles({ 'folder/x': 'y' }, { branch: `next-${hash ?? ''}`, from: 'main' })
    await world.push(`next-${hash ?? ''}`)
    const directory = await world.cloneForRun({ branch: `next-${hash ?? ''}` })
    const git = gitIn(directory, {}, hash === undefined ? {} : { GIT_DEFAULT_HASH: hash })
    const { destination } = await exportLeaving(directory, git, 'da_flask')
    expect(await readdir(join(destination, 'da_flask'))).toContain('python')
    expect(await git.fetchCommit(world.firstCommit)).toBe(true)
    expect(await git.relation(next, world.firstCommit)).toBe('ancestor')
    const plain = await folder()
    await git.exportPaths(['folder'], plain, true)
    expect(await runGit(plain, ['rev-parse', 'HEAD'])).toBe(next)
  })

  it.each(['sha256'])('F98 GIT_DEFAULT_HASH=%s does no harm to one of SHA-1', async hash => {
    const other = await makeSuperproject()
    try {
      const directory = await other.cloneForRun({ branch: 'main' })
      const git = gitIn(directory, {}, { GIT_DEFAULT_HASH: hash })
      expect((await exportLeaving(directory, git, 'da_flask')).missing).toEqual([])
    } finally {
      await other.close()
    }
  })
})

describe('the environment of a job', () => {
  let world: Superproject
  let second: string
  beforeAll(async () => {
    world = await makeSuperproject({ files: { 'folder/x': 'x' } })
    await world.commitFiles({ 'folder/x': 'y' })
    second = await world.commitFiles({ 'folder/x': 'z' })
    await world.push('main')
  })
  afterAll(() => world.close())

  it.each<readonly [string, () => Record<string, string>]>([
    ['safe.bareRepository=explicit', () => gitSettings(['safe.bareRepository', 'explicit'])],
    ['pathspecs with wildcards', () => ({ GIT_GLOB_PATHSPECS: '1' })],
    ['pathspecs without', () => ({ GIT_NOGLOB_PATHSPECS: '1' })],
    ['pathspecs without case', () => ({ GIT_ICASE_PATHSPECS: '1' })],
    [
      'another repository',
      () => ({ GIT_DIR: '/nowhere', GIT_WORK_TREE: '/nowhere', GIT_INDEX_FILE: '/nowhere/index' })
    ],
    ['other objects', () => ({ GIT_OBJECT_DIRECTORY: '/nowhere', GIT_ALTERNATE_OBJECT_DIRECTORIES: '/nowhere' })],
    ['another configuration', () => ({ GIT_CONFIG: '/dev/null' })],
    ['a ceiling', () => ({ GIT_CEILING_DIRECTORIES: world.directory })],
    ['another shallow file and grafts', () => ({ GIT_SHALLOW_FILE: '/dev/null', GIT_GRAFT_FILE: '/dev/null' })],
    ['a template', () => ({ GIT_TEMPLATE_DIR: '/nowhere' })],
    ['output of git to the terminal', () => ({ GIT_TRACE: '1', GIT_TRACE_PACKET: '1' })],
    [
      'settings that move, colour and quote',
      () =>
        gitSettings(
          ['core.quotePath', 'true'],
          ['color.ui', 'always'],
          ['status.branch', 'false'],
          ['status.showUntrackedFiles', 'no'],
          ['fetch.recurseSubmodules', 'true'],
          ['submodule.recurse', 'true'],
          ['fetch.fsckObjects', 'true'],
          ['transfer.unpackLimit', '100000'],
          ['init.defaultObjectFormat', 'sha256'],
          ['core.fsmonitor', 'touch pwned']
        )
    ]
  ])('F99 %s', async (_name, env) => {
    const directory = await world.cloneForRun({ branch: 'main' })
    const before = await snapshotOf(directory)
    const git = gitIn(directory, {}, env())
    expect((await exportOf(git, 'da_flask')).missing).toEqual([])
    expect(await git.fetchCommit(world.firstCommit)).toBe(true)
    expect((await git.readEntries(world.firstCommit, ['folder/x'])).map(({ path }) => path)).toEqual(['folder/x'])
    expect(await git.relation(second, world.firstCommit)).toBe('ancestor')
    expect(await git.mergeBase(second, world.firstCommit)).toEqual({ kind: 'commit', commit: world.firstCommit })
    expect(await git.checkoutState('folder')).toEqual({ kind: 'present', commit: null, dirtyPaths: [] })
    const plain = await folder()
    await git.exportPaths(['folder'], plain, false)
    expect(await readFile(join(plain, 'folder/x'), 'utf8')).toBe('z')
    expect(await snapshotOf(directory)).toEqual(before)
  })

  it('F99 a workspace of another owner that safe.directory lets in, and a submodule in it that it does not name', async () => {
    const directory = await world.cloneForRun({ branch: 'main', submodules: true })
    // git's own tests say so what belongs to another user; a real owner is tried below.
    const other = { GIT_TEST_ASSUME_DIFFERENT_OWNER: '1' }
    expect((await failure(gitIn(directory, {}, other).headCommit())).finding.mend).toContain(
      `safe.directory ${directory}`
    )
    const git = gitIn(directory, {}, { ...other, ...gitSettings(['safe.directory', directory]) })
    expect((await exportLeaving(directory, git, 'da_flask')).missing).toEqual([])
    expect(await git.checkoutState('da_flask')).toMatchObject({ kind: 'present', dirtyPaths: [] })
    expect(
      commands.filter(({ argv }) => argv.includes('fetch') && argv.some(each => each.includes('da_flask')))
    ).toEqual([])
    const fetching = await world.cloneForRun({ branch: 'main' })
    const fetched = gitIn(fetching, {}, { ...other, ...gitSettings(['safe.directory', '*']) })
    expect((await exportLeaving(fetching, fetched, 'da_flask')).missing).toEqual([])
  })

  const asRoot = process.getuid?.() === 0 ? it : it.skip
  asRoot('F99 a submodule folder that belongs to another user', async () => {
    const directory = await world.cloneForRun({ branch: 'main', submodules: true })
    for (const path of ['da_flask', '.git/modules/da_flask']) await chown(join(directory, path), 12345, 12345)
    const git = gitIn(directory)
    expect((await exportLeaving(directory, git, 'da_flask')).missing).toEqual([])
    expect(await git.checkoutState('da_flask')).toMatchObject({ kind: 'present' })
  })
})

describe('a base that the clone lacks', () => {
  let world: Superproject
  let commits: string[]
  beforeAll(async () => {
    world = await makeSuperproject({ files: { 'folder/x': 'x' } })
    commits = []
    for (const text of ['1', '2', '3']) commits.push(await world.commitFiles({ 'folder/x': text }))
    await world.push('main')
    await world.git('tag', '-a', '-m', 'first', 'v1', commits[0]!)
    await world.git('push', '-q', join(world.directory, 'remotes/superproject.git'), 'v1')
  })
  afterAll(() => world.close())

  it('F94 is fetched beside the workspace, which stays as it is, and little of it', async () => {
    const directory = await world.cloneForRun({ branch: 'main' })
    const before = await snapshotOf(directory)
    const git = gitIn(directory)
    for (const [index, commit] of commits.slice(0, 2).entries()) {
      expect(await git.hasCommit(commit)).toBe(false)
      expect(await git.fetchCommit(commit)).toBe(true)
      expect(await git.hasCommit(commit)).toBe(true)
      expect(Buffer.from((await git.readFile(commit, 'folder/x')) ?? []).toString()).toBe(String(index + 1))
    }
    expect(await git.mergeBase(commits[1]!, commits[2]!)).toEqual({ kind: 'commit', commit: commits[1] })
    expect(await snapshotOf(directory)).toEqual(before)
  })

  it('F101 may be a tag of the remote, also an annotated one', async () => {
    const directory = await world.cloneForRun({ branch: 'main' })
    const git = gitIn(directory)
    expect(await git.resolveCommit('v1')).toBeNull()
    expect(await git.remoteTag('v1')).toBe(commits[0])
    expect(await git.remoteTag('v2')).toBeNull()
    expect(await git.remoteTag('v*')).toBeNull()
  })

  it('F101 that two commits share no history is said only where it is so', async () => {
    await world.git('fast-export', '--all')
    const directory = await world.cloneForRun({ branch: 'main' })
    const git = gitIn(directory)
    const unrelated = await runGit(directory, ['commit-tree', '-m', 'x', 'HEAD^{tree}'])
    // The remote has never seen it: nothing is known.
    expect(await git.mergeBase(unrelated, commits[2]!)).toMatchObject({ kind: 'unknown' })
    const whole = await world.cloneForRun({ branch: 'main', depth: 0 })
    const root = await runGit(whole, ['commit-tree', '-m', 'x', 'HEAD^{tree}'])
    expect(await gitIn(whole).mergeBase(root, commits[2]!)).toEqual({ kind: 'none' })
    await runGit(directory, ['remote', 'set-url', 'origin', 'http://127.0.0.1:1/gone.git'])
    expect(await gitIn(directory).mergeBase(commits[0]!, commits[2]!)).toEqual({
      kind: 'unknown',
      why: expect.stringMatching(/could not be fetched/)
    })
  })
})

describe('a .git that leads nowhere', () => {
  it.each<readonly [string, (folder: string) => Promise<void>, RegExp]>([
    [
      'a file that names what is not there',
      at => writeFile(join(at, '.git'), 'gitdir: /nowhere\n'),
      /remove the file .*\.git/
    ],
    ['a file that is broken', at => writeFile(join(at, '.git'), 'nonsense'), /remove the file .*\.git/],
    ['an empty folder', at => mkdir(join(at, '.git')).then(() => undefined), /remove the folder .*\.git/],
    ['none', () => Promise.resolve(), /actions\/checkout before this action, with git installed/]
  ])('F101 %s gets the advice that fits', async (_name, make, mend) => {
    const directory = await folder()
    await make(directory)
    const error = await failure(gitIn(directory).headCommit())
    expect({ code: error.code, mend: error.finding.mend }).toEqual({
      code: 'GIT_FAILED',
      mend: expect.stringMatching(mend)
    })
  })
})
