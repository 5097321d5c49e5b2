import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { createGit } from '../../../src/adapters/git/index.js'
import { parseBatch } from '../../../src/adapters/git/objects.js'
import { parseRawTree } from '../../../src/adapters/git/trees.js'
import { processRunner } from '../../../src/adapters/process/index.js'
import { CodedError } from '../../../src/model/errors.js'
import type { Git } from '../../../src/ports/git.js'
import { CommandFailed, type Command, type ProcessRunner } from '../../../src/ports/process.js'
import { runGit } from '../../support/git-process.js'
import { makeSuperproject, type Superproject } from '../../support/superproject.js'

let scratch: string
let world: Superproject
const real = processRunner()

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'git-test-'))
  world = await makeSuperproject({
    files: { 'folder/a/file': 'x\n', 'folder/b': 'y\n', 'new\nline "quoted"': 'z\n', [':(top)odd*']: 'magic\n' },
    branches: ['main', 'test', 'main-2']
  })
})
afterAll(async () => {
  await world.close()
  await rm(scratch, { recursive: true, force: true })
})

/** Everything that git was started with. */
function recorded(): { process: ProcessRunner; commands: Command[] } {
  const commands: Command[] = []
  const process: ProcessRunner = {
    run: command => {
      commands.push(command)
      return real.run(command)
    }
  }
  return { process, commands }
}

function gitIn(directory: string, process: ProcessRunner = real): Git {
  return createGit({ process, directory, scratchDirectory: scratch })
}

async function codedError(promise: Promise<unknown>): Promise<CodedError> {
  const error: unknown = await promise.then(
    value => {
      throw new Error(`expected a failure, got ${JSON.stringify(value)}`)
    },
    (thrown: unknown) => thrown
  )
  if (error instanceof CodedError) return error
  throw error
}

describe('reading trees', () => {
  it('reads the head, the branch and exactly the entries asked for, in one process each', async () => {
    const directory = await world.cloneForRun({ branch: 'main' })
    const { process, commands } = recorded()
    const git = gitIn(directory, process)
    expect(await git.headCommit()).toBe(world.firstCommit)
    expect(await git.currentBranch()).toBe('main')
    const paths = ['folder/a', 'da_flask', 'missing', 'folder', 'constraints.txt', 'da_flask']
    const entries = await git.readEntries('HEAD', paths)
    expect(entries.map(entry => [entry.path, entry.mode])).toEqual([
      ['constraints.txt', '100644'],
      ['da_flask', '160000'],
      ['folder', '040000'],
      ['folder/a', '040000']
    ])
    expect(entries[1]!.objectId).toBe(world.firstSubmoduleCommits['da_flask'])
    expect(commands).toHaveLength(3)
    for (const { argv, env } of commands) {
      expect(argv.slice(0, 3)).toEqual(['git', '-c', 'core.quotePath=false'])
      expect(argv).toContain('--literal-pathspecs')
      expect(env).toMatchObject({ GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0' })
    }
  })

  it('F32 keeps paths with newlines, quotes and pathspec magic exactly', async () => {
    const git = gitIn(await world.cloneForRun({ branch: 'main' }))
    const entries = await git.readEntries('HEAD', ['new\nline "quoted"', ':(top)odd*'])
    expect(entries.map(entry => entry.path)).toEqual(['new\nline "quoted"', ':(top)odd*'].sort())
    expect(await git.readEntries('HEAD', ['fold*', ':(glob)**'])).toEqual([])
  })

  it('F32 keeps a path that is not UTF-8, and finds it again by its text', async () => {
    const directory = await mkdtemp(join(scratch, 'bytes-'))
    await runGit(directory, ['init', '-q'])
    const blob = await runGit(directory, ['hash-object', '-w', '--stdin'], { stdin: 'x' })
    const index = Buffer.concat([Buffer.from(`100644 ${blob}\tbad-`), Buffer.of(0xff, 0xc3, 0x28, 0)])
    await runGit(directory, ['update-index', '-z', '--index-info'], { stdin: index })
    await runGit(directory, ['commit', '-qm', 'bytes'])
    const git = gitIn(directory)
    const path = 'bad-\udcff\udcc3('
    expect(await git.readEntries('HEAD', [path])).toEqual([{ path, mode: '100644', objectId: blob }])
  })

  it('reads the whole tree once above 200 paths', async () => {
    const directory = await world.cloneForRun({ branch: 'main' })
    const { process, commands } = recorded()
    const many = ['da_flask', 'folder/a', ...Array.from({ length: 200 }, (_, index) => `no/${index}`)]
    expect((await gitIn(directory, process).readEntries('HEAD', many)).map(entry => entry.path)).toEqual([
      'da_flask',
      'folder/a'
    ])
    expect(commands).toHaveLength(1)
    expect(commands[0]!.argv).not.toContain('no/1')
  })

  it('gives the root tree for the path `.`, and gitlinks below a folder', async () => {
    const git = gitIn(await world.cloneForRun({ branch: 'main' }))
    const tree = await world.git('rev-parse', 'main^{tree}')
    expect(await git.readEntries('HEAD', ['.'])).toEqual([{ path: '.', mode: '040000', objectId: tree }])
    expect((await git.readGitlinks('HEAD', ['.'])).map(entry => entry.path)).toEqual(['da_flask', 'da_framework'])
    expect((await git.readGitlinks('HEAD', ['da_flask'])).map(entry => entry.path)).toEqual(['da_flask'])
    expect(await git.readGitlinks('HEAD', ['folder', 'da_fl'])).toEqual([])
  })

  it('reads a file at a revision, null where there is none', async () => {
    const git = gitIn(await world.cloneForRun({ branch: 'main' }))
    expect(Buffer.from((await git.readFile('HEAD', 'constraints.txt'))!).toString()).toBe('flask==3.0.0\n')
    expect(await git.readFile('HEAD', 'no such file')).toBeNull()
    expect((await codedError(git.readFile('0123456789012345678901234567890123456789', 'x'))).code).toBe('GIT_FAILED')
  })

  it('resolves names and ids, null for anything else', async () => {
    const git = gitIn(await world.cloneForRun({ branch: 'main' }))
    expect(await git.resolveCommit('origin/main')).toBe(world.firstCommit)
    for (const bad of ['', '--all', 'nowhere', 'HEAD:folder', 'f'.repeat(40)])
      expect(await git.resolveCommit(bad)).toBeNull()
    expect(await git.hasCommit(world.firstCommit)).toBe(true)
    expect(await git.hasCommit('f'.repeat(40))).toBe(false)
  })

  it('F33 refuses to look outside the repository', async () => {
    const git = gitIn(await world.cloneForRun({ branch: 'main' }))
    for (const path of ['../x', '/etc']) {
      expect((await codedError(git.readEntries('HEAD', [path]))).code).toBe('GIT_FAILED')
    }
    // A dash is a path like any other behind `--`.
    expect(await git.readEntries('HEAD', ['--help'])).toEqual([])
  })
})

describe('objects', () => {
  it('what is asked for at one time is one process, and is remembered', async () => {
    const directory = await world.cloneForRun({ branch: 'main' })
    const { process, commands } = recorded()
    const git = gitIn(directory, process)
    const ask = async (): Promise<unknown[]> =>
      await Promise.all([
        git.headCommit(),
        git.hasCommit('f'.repeat(40)),
        git.parents('HEAD'),
        git.readFile('HEAD', 'constraints.txt'),
        git.readFile('HEAD', 'folder/b'),
        git.readEntries('HEAD', ['da_flask', 'folder/a'])
      ])
    const [head, base, parents, file] = await ask()
    expect([head, base, parents, Buffer.from(file as Uint8Array).toString()]).toEqual([
      world.firstCommit,
      false,
      [],
      'flask==3.0.0\n'
    ])
    expect(commands).toHaveLength(1)
    await ask()
    // Asked of HEAD before its commit was known.
    expect(await git.readFile(world.firstCommit, 'constraints.txt')).toEqual(file)
    expect(commands).toHaveLength(1)
  })

  it('what was missing is asked for again after a fetch, and what was fetched is not', async () => {
    await world.commitFiles({ 'fetched.txt': '1' }, { branch: 'fetched', from: 'main' })
    await world.push('fetched')
    const { process, commands } = recorded()
    const git = gitIn(await world.cloneForRun({ branch: 'fetched' }), process)
    expect(await git.hasCommit(world.firstCommit)).toBe(false)
    expect(await git.readFile('HEAD', 'nothing.txt')).toBeNull()
    expect(await git.fetchCommit(world.firstCommit)).toBe(true)
    const before = commands.length
    expect(await git.hasCommit(world.firstCommit)).toBe(true)
    expect(commands).toHaveLength(before)
    expect(await git.readFile(world.firstCommit, 'constraints.txt')).not.toBeNull()
    expect(commands).toHaveLength(before + 1)
  })

  it('a name that ends git takes no other answer with it', async () => {
    const git = gitIn(await world.cloneForRun({ branch: 'main' }))
    const answers = await Promise.all([
      git.resolveCommit('no-branch@{upstream}'),
      git.resolveCommit('HEAD@{-7}'),
      git.readFile('HEAD', '../../outside'),
      git.headCommit()
    ])
    expect(answers).toEqual([null, null, null, world.firstCommit])
  })

  it.each([
    ['40 zeros', ''],
    ['a line without a type', `${'a'.repeat(40)} blob\n`],
    ['a size over what follows', `${'a'.repeat(40)} blob 9\nabc\n`],
    ['no line end behind the content', `${'a'.repeat(40)} blob 3\nabcd`]
  ])('refuses an answer that it does not know: %s', (_name, output) => {
    expect(() => parseBatch(new TextEncoder().encode(output), ['x'])).toThrow(/^GIT_FAILED: /)
  })

  it.each([
    ['cut in the mode', '1006', 20],
    ['cut in the name', '100644 a', 20],
    ['cut in the id', `100644 a\0${'i'.repeat(19)}`, 20]
  ])('refuses a tree that is %s', (_name, content, idBytes) => {
    expect(() => parseRawTree(new TextEncoder().encode(content), idBytes, '')).toThrow(/^GIT_FAILED: /)
  })

  it('reads the modes of old trees as git does, and ids of both lengths', async () => {
    const id = (length: number): Buffer => Buffer.alloc(length, 0xab)
    const tree = (length: number, ...entries: string[]): Uint8Array =>
      Buffer.concat(entries.flatMap(entry => [Buffer.from(`${entry}\0`), id(length)]))
    const modes = ['100664 a', '100755 b', '100600 c', '40000 d', '120000 e', '160000 f']
    expect(parseRawTree(tree(20, ...modes), 20, 'x/').map(({ path, mode }) => `${mode} ${path}`)).toEqual([
      '100644 x/a',
      '100755 x/b',
      '100644 x/c',
      '040000 x/d',
      '120000 x/e',
      '160000 x/f'
    ])
    expect(parseRawTree(tree(32, '100644 a'), 32, '')).toEqual([
      { path: 'a', mode: '100644', objectId: 'ab'.repeat(32) }
    ])
    const directory = await mkdtemp(join(scratch, 'sha256-'))
    await runGit(directory, ['init', '-q', '--object-format=sha256'])
    await writeFile(join(directory, 'a'), 'x')
    await runGit(directory, ['add', 'a'])
    await runGit(directory, ['commit', '-qm', 'x'])
    const [entry] = await gitIn(directory).readEntries('HEAD', ['a'])
    expect(entry?.objectId).toBe(await runGit(directory, ['rev-parse', 'HEAD:a']))
  })
})

describe('F91 a working directory that is a folder of the repository', () => {
  it('every path is relative to it', async () => {
    const root = await world.cloneForRun({ branch: 'main' })
    const git = gitIn(join(root, 'folder'))
    expect((await git.readEntries('HEAD', ['a', 'b', 'a/file', 'da_flask'])).map(({ path }) => path)).toEqual([
      'a',
      'a/file',
      'b'
    ])
    const many = ['b', ...Array.from({ length: 300 }, (_, index) => `no${index}/x`)]
    expect((await git.readEntries('HEAD', many)).map(({ path }) => path)).toEqual(['b'])
    expect(await git.readEntries('HEAD', ['.'])).toEqual([
      { path: '.', mode: '040000', objectId: await runGit(root, ['rev-parse', 'HEAD:folder']) }
    ])
    expect(Buffer.from((await git.readFile('HEAD', '../constraints.txt'))!).toString()).toBe('flask==3.0.0\n')
    expect(await git.readFile('HEAD', 'constraints.txt')).toBeNull()
    expect(await git.folderPaths('HEAD')).toEqual(['a'])
    expect(await git.readGitlinks('HEAD', ['.'])).toEqual([])
    expect(await git.checkoutState('a')).toEqual({ kind: 'present', commit: null, dirtyPaths: [] })
  })
})

describe('F90 a path below a submodule', () => {
  it('is read as the gitlink above it', async () => {
    const git = gitIn(await world.cloneForRun({ branch: 'main' }))
    const gitlink = { path: 'da_flask', mode: '160000', objectId: world.firstSubmoduleCommits['da_flask'] }
    expect(await git.readEntries('HEAD', ['da_flask/python'])).toEqual([gitlink])
    expect(await git.readEntries('HEAD', ['da_flask/inner/deep/x', 'da_flask'])).toEqual([gitlink])
    const many = ['da_flask/python', ...Array.from({ length: 300 }, (_, index) => `no${index}/x`)]
    expect(await git.readEntries('HEAD', many)).toEqual([gitlink])
    // What lies below a file is not there.
    expect(await git.readEntries('HEAD', ['constraints.txt/x'])).toEqual([])
  })
})

describe('commits and the remote', () => {
  it('F27 fetches a missing base by id at depth 1, and says false for one that is gone', async () => {
    const older = world.firstCommit
    const newer = await world.commitFiles({ 'x.txt': '1' }, { branch: 'shallow', from: 'main' })
    await world.push('shallow')
    const directory = await world.cloneForRun({ branch: 'shallow' })
    const git = gitIn(directory)
    expect(await git.headCommit()).toBe(newer)
    expect(await git.hasCommit(older)).toBe(false)
    expect(await git.fetchCommit(older)).toBe(true)
    expect(await git.hasCommit(older)).toBe(true)
    expect(await git.readEntries(older, ['da_flask'])).toHaveLength(1)
    expect(await git.parents(newer)).toEqual([older])
    expect(await git.fetchCommit('e'.repeat(40))).toBe(false)
    expect(await runGit(directory, ['config', '--get-regexp', 'partialclone']).catch(() => 'none')).toBe('none')
  })

  it('the same asked twice, at once or later, is fetched once; after a failure it is tried again', async () => {
    const first = world.firstCommit
    const newer = await world.commitFiles({ 'y.txt': '1' }, { branch: 'asked-twice', from: 'main' })
    await world.push('asked-twice')
    const directory = await world.cloneForRun({ branch: 'asked-twice' })
    const { process, commands } = recorded()
    const fetches = (): number => commands.filter(({ argv }) => argv.includes('fetch')).length
    let failures = 1
    const unreachable = { exitCode: 128, stdout: new Uint8Array(), stderr: 'fatal: unable to access: timed out' }
    const git = gitIn(directory, {
      run: command =>
        command.argv.includes('fetch') && failures-- > 0 ? Promise.resolve(unreachable) : process.run(command)
    })
    expect((await codedError(git.fetchCommit(first))).code).toBe('GIT_FAILED')
    expect(await Promise.all([git.fetchCommit(first), git.fetchCommit(first)])).toEqual([true, true])
    expect(await git.fetchCommit(first)).toBe(true)
    expect(fetches()).toBe(1)
    const bases = await Promise.all([git.mergeBase(first, newer), git.mergeBase(first, newer)])
    expect(bases).toEqual(Array(2).fill({ kind: 'commit', commit: first }))
    expect(fetches()).toBe(2)
  })

  it('says false where there is no remote', async () => {
    const directory = await mkdtemp(join(scratch, 'lonely-'))
    await runGit(directory, ['init', '-q'])
    expect(await gitIn(directory).fetchCommit('e'.repeat(40))).toBe(false)
    expect(await gitIn(directory).remoteBranchTip('main')).toBeNull()
  })

  it.each([0, 1])('relates commits, in a clone of depth %i', async depth => {
    const a = await world.commitFiles({ 'r.txt': '1' }, { branch: `line-${depth}`, from: 'main' })
    const b = await world.commitFiles({ 'r.txt': '2' }, { branch: `line-${depth}` })
    const c = await world.commitFiles({ 'r.txt': '3' }, { branch: `line-${depth}` })
    const side = await world.commitFiles({ 's.txt': '1' }, { branch: `side-${depth}`, from: a })
    for (const branch of [`line-${depth}`, `side-${depth}`]) await world.push(branch)
    const directory = await world.cloneForRun({ branch: `line-${depth}`, commit: b, depth })
    const git = gitIn(directory)
    const before = await runGit(directory, ['count-objects', '-v'])
    expect(await git.relation(b, b)).toBe('same')
    expect(await git.relation(b, a)).toBe('ancestor')
    expect(await git.relation(b, c)).toBe('descendant')
    expect(await git.relation(b, side)).toBe('diverged')
    expect(await git.relation(b, 'd'.repeat(40))).toBe('unknown')
    expect(await git.mergeBase(b, side)).toEqual({ kind: 'commit', commit: a })
    expect(await runGit(directory, ['count-objects', '-v'])).toBe(before)
    expect(await readdir(scratch)).not.toEqual(expect.arrayContaining([expect.stringMatching(/layer-deploy-history/)]))
  })

  it.each([0, 1])(
    'F150 reads a commit of the remote and its ancestors outside the workspace, in a clone of depth %i',
    async depth => {
      const branch = `tip-${depth}`
      const a = await world.commitFiles({ 't.txt': '1' }, { branch, from: 'main' })
      const b = await world.commitFiles({ 't.txt': '2' }, { branch })
      const side = await world.commitFiles({ 't.txt': 'side' }, { branch: `side-of-${branch}`, from: a })
      await world.push(branch)
      await world.push(`side-of-${branch}`)
      const directory = await world.cloneForRun({ branch, commit: a, depth })
      const tip = await world.commitFiles({ 't.txt': '3' }, { branch })
      await world.push(branch)
      const git = gitIn(directory)
      const before = await runGit(directory, ['count-objects', '-v'])
      expect(await git.readBranchTip(branch)).toBe(tip)
      expect(await git.readBranchTip('no-such-branch')).toBeNull()
      const unpushed = 'd'.repeat(40)
      expect(await git.ancestorsAmong(tip, [a, side, b, tip, unpushed])).toEqual([a, b, tip])
      const text = await git.readCommit(tip, async files => {
        expect(await files.readEntries(tip, ['t.txt'])).toHaveLength(1)
        return Buffer.from((await files.readFile(tip, 't.txt')) ?? []).toString()
      })
      expect(text).toBe('3')
      expect(await git.readCommit(unpushed, () => Promise.resolve('never asked'))).toBeNull()
      expect(await runGit(directory, ['count-objects', '-v'])).toBe(before)
      expect(await runGit(directory, ['rev-parse', '--is-shallow-repository'])).toBe(String(depth === 1))
      await runGit(directory, ['remote', 'set-url', 'origin', '/nowhere.git'])
      expect((await codedError(git.readBranchTip(branch))).code).toBe('GIT_FAILED')
      expect(await git.remoteBranchTip(branch)).toBeNull()
    }
  )

  it('reads the tip of exactly the branch asked for', async () => {
    const directory = await world.cloneForRun({ branch: 'test' })
    await world.commitFiles({ 'tip.txt': '1' }, { branch: 'a/refs/heads/test', from: 'main' })
    await world.push('a/refs/heads/test')
    const git = gitIn(directory)
    expect(await git.remoteBranchTip('test')).toBe(world.firstCommit)
    expect(await git.remoteBranchTip('tes')).toBeNull()
    expect(await git.remoteBranchTip('te*')).toBeNull()
  })

  it('uses the credentials of the checkout for the scratch repository too', async () => {
    const closed = await makeSuperproject({ token: 'EXAMPLE-token-of-the-checkout' })
    try {
      const newer = await closed.commitFiles({ 'x.txt': '1' })
      await closed.push('main')
      const directory = await closed.cloneForRun({ branch: 'main' })
      expect(await gitIn(directory).relation(newer, closed.firstCommit)).toBe('ancestor')
      await runGit(directory, ['config', '--unset-all', `http.${closed.server.url}/.extraheader`])
      const error = await codedError(gitIn(directory).relation(newer, closed.firstCommit))
      expect(error.code).toBe('GIT_FAILED')
      expect(error.finding.mend).toMatch(/token/)
    } finally {
      await closed.close()
    }
  })
})

describe('what git could not do', () => {
  const failing = (failure: Error): ProcessRunner => ({ run: () => Promise.reject(failure) })

  it('F36 git absent: says how to install it', async () => {
    const absent = failing(new CommandFailed('not-found', ['git'], 'spawn git ENOENT'))
    const error = await codedError(gitIn(scratch, absent).headCommit())
    expect(error.message).toMatch(/^GIT_FAILED: Expected .*, found no git on PATH\. To fix: install git/)
  })

  it('F36 git absent on a real PATH', async () => {
    const process: ProcessRunner = {
      run: command => real.run({ ...command, env: { ...command.env, PATH: '/nonexistent' } })
    }
    expect((await codedError(gitIn(scratch, process).headCommit())).finding.found).toBe('no git on PATH')
  })

  it('F36 git hung: ended, and said so', async () => {
    const bin = await mkdtemp(join(scratch, 'bin-'))
    await writeFile(join(bin, 'git'), '#!/bin/sh\nexec sleep 600\n', { mode: 0o755 })
    const process: ProcessRunner = {
      run: command =>
        real.run({ ...command, timeoutSeconds: 0.2, env: { ...command.env, PATH: `${bin}:/usr/bin:/bin` } })
    }
    const error = await codedError(gitIn(scratch, process).headCommit())
    expect(error.code).toBe('GIT_FAILED')
    expect(error.finding.found).toMatch(/no answer in time/)
  })

  it('F36 exit 128 outside a repository: says to check out first', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'no-repository-'))
    const error = await codedError(gitIn(directory).headCommit())
    expect(error.finding.found).toMatch(/exit code 128: fatal: not a git repository/)
    expect(error.finding.mend).toMatch(/actions\/checkout/)
    await rm(directory, { recursive: true })
  })

  it('F36 dubious ownership: says the safe.directory command', async () => {
    const directory = await world.cloneForRun({ branch: 'main' })
    const process: ProcessRunner = {
      run: command => real.run({ ...command, env: { ...command.env, GIT_TEST_ASSUME_DIFFERENT_OWNER: '1' } })
    }
    for (const ask of [(git: Git) => git.headCommit(), (git: Git) => git.resolveCommit('main')]) {
      const error = await codedError(ask(gitIn(directory, process)))
      expect(error.finding.mend).toContain(`git config --global --add safe.directory ${directory}`)
    }
  })

  it('F35 credentials in a remote URL never show', async () => {
    const directory = await world.cloneForRun({ branch: 'main' })
    const { host } = new URL(world.url)
    await runGit(directory, ['remote', 'set-url', 'origin', `http://octo:s3cr3t@t0ken@${host}/no-such-repository.git`])
    const questions: ((git: Git) => Promise<unknown>)[] = [
      git => git.fetchCommit('e'.repeat(40)),
      git => git.remoteBranchTip('main'),
      git => git.relation('e'.repeat(40), 'd'.repeat(40))
    ]
    for (const ask of questions) {
      const error = await codedError(ask(gitIn(directory)))
      expect(`${error.message}${String(error.cause)}${error.stack ?? ''}`).not.toMatch(/s3cr3t|t0ken/)
      expect(error.message).toContain('***@')
    }
  })

  it('lets a cancellation through as it is', async () => {
    const aborted = new CommandFailed('aborted', ['git'], 'cancelled')
    await expect(gitIn(scratch, failing(aborted)).headCommit()).rejects.toBe(aborted)
  })
})

describe('state of the checkout', () => {
  let directory: string
  beforeAll(async () => {
    directory = await world.cloneForRun({ branch: 'main', submodules: true })
  })
  afterEach(async () => {
    await runGit(directory, ['reset', '-q', '--hard'])
    await runGit(directory, ['clean', '-qffdx'])
    await runGit(join(directory, 'da_flask'), ['reset', '-q', '--hard'])
    await runGit(join(directory, 'da_flask'), ['clean', '-qffdx'])
  })

  it('is clean after a checkout, and missing where nothing is', async () => {
    const commit = world.firstSubmoduleCommits['da_flask']!
    expect(await gitIn(directory).checkoutState('da_flask')).toEqual({ kind: 'present', commit, dirtyPaths: [] })
    expect(await gitIn(directory).checkoutState('folder')).toEqual({ kind: 'present', commit: null, dirtyPaths: [] })
    expect(await gitIn(directory).checkoutState('nowhere')).toEqual({ kind: 'missing' })
  })

  it('F30 names changed and untracked files, not ignored ones', async () => {
    await writeFile(join(directory, 'da_flask/README.md'), 'changed')
    await writeFile(join(directory, 'da_flask/new "file"\n'), 'new')
    await writeFile(join(directory, 'folder/b'), 'changed')
    await writeFile(join(directory, 'folder/untracked'), 'new')
    await writeFile(join(directory, '.git/info/exclude'), '*.pyc\n')
    await writeFile(join(directory, 'folder/x.pyc'), 'cache')
    const git = gitIn(directory)
    expect(await git.checkoutState('da_flask')).toMatchObject({ dirtyPaths: ['README.md', 'new "file"\n'] })
    expect(await git.checkoutState('folder')).toMatchObject({ dirtyPaths: ['folder/b', 'folder/untracked'] })
  })

  it('shows at most 20 dirty paths', async () => {
    for (let index = 0; index < 30; index++) await writeFile(join(directory, `folder/file-${index}`), '')
    expect(await gitIn(directory).checkoutState('folder')).toMatchObject({ dirtyPaths: { length: 20 } })
  })

  it('F29 tells a submodule that is not initialised from an empty folder, never taking the superproject for it', async () => {
    const bare = await world.cloneForRun({ branch: 'main' })
    expect(await gitIn(bare).checkoutState('da_flask')).toEqual({ kind: 'not-initialised' })
    await writeFile(join(bare, 'da_flask/.git'), 'gitdir: /nowhere\n')
    expect(await gitIn(bare).checkoutState('da_flask')).toEqual({ kind: 'not-initialised' })
    await rm(join(bare, 'da_flask/.git'))
    await mkdir(join(bare, 'da_flask/.git'))
    expect(await gitIn(bare).checkoutState('da_flask')).toEqual({ kind: 'not-initialised' })
    await mkdir(join(bare, 'folder/.git'))
    // The commit says that this is no submodule.
    expect(await gitIn(bare).checkoutState('folder')).toMatchObject({ kind: 'present', commit: null })
    await rename(join(bare, 'da_flask'), join(bare, 'elsewhere'))
    expect(await gitIn(bare).checkoutState('da_flask')).toEqual({ kind: 'missing' })
  })
})
