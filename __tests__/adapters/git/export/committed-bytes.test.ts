/** What is built is what was committed, whatever the machine, the user and the job have set. */
import { chmod, lstat, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { gitTrial } from '../../../support/git-in.js'
import { runGit } from '../../../support/git-process.js'
import { snapshotOf } from '../../../support/folder-snapshot.js'
import { makeSuperproject, type Superproject } from '../../../support/superproject.js'

const files = {
  '.gitattributes': '*.auto text=auto\n*.sh text eol=crlf\n*.smudged filter=shout\n',
  'folder/run.sh': { executable: 'a\nb\n' },
  'folder/unix.auto': 'a\nb\n',
  'folder/plain.txt': 'a\r\nb\n',
  'folder/x.smudged': 'quiet\n',
  'folder/sub/x': 'x',
  'folder/link': { link: 'sub/x' },
  'other/y': 'y'
}
/** A user's and a machine's settings, and a step's, each of which changes what git writes. */
const machine = `[core]
\tautocrlf = true
\teol = crlf
\tattributesFile = ATTRIBUTES
\tsymlinks = false
\tfileMode = false
[filter "shout"]
\tsmudge = tr a-z A-Z
\trequired = true
[submodule]
\trecurse = true
[checkout]
\tworkers = 3
`

let scratch: string
let world: Superproject
let machineEnv: Record<string, string>
const { gitIn, folder, exportOf, closeAll } = gitTrial(() => scratch)

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'committed-bytes-'))
  world = await makeSuperproject({ submodules: { da_flask: files }, files })
  await writeFile(join(scratch, 'attributes'), '* text eol=crlf\n')
  await writeFile(join(scratch, 'gitconfig'), machine.replace('ATTRIBUTES', join(scratch, 'attributes')))
  machineEnv = {
    GIT_CONFIG_GLOBAL: join(scratch, 'gitconfig'),
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'core.eol',
    GIT_CONFIG_VALUE_0: 'crlf',
    GIT_CONFIG_PARAMETERS: "'core.autocrlf'='input'"
  }
})
afterEach(closeAll)
afterAll(async () => {
  await world.close()
  await rm(scratch, { recursive: true, force: true })
})

async function expectCommitted(root: string): Promise<void> {
  const text = (path: string): Promise<string> => readFile(join(root, 'folder', path), 'utf8')
  expect(await text('unix.auto')).toBe('a\nb\n')
  expect(await text('plain.txt')).toBe('a\r\nb\n')
  expect(await text('x.smudged')).toBe('quiet\n')
  // The commit's own attributes count.
  expect(await text('run.sh')).toBe('a\r\nb\r\n')
  expect((await lstat(join(root, 'folder/run.sh'))).mode & 0o100).toBe(0o100)
  expect((await lstat(join(root, 'folder/link'))).isSymbolicLink()).toBe(true)
}

describe('exported content', () => {
  it('F97 of a folder and of a submodule: the committed bytes, on any machine', async () => {
    const directory = await world.cloneForRun({ branch: 'main', submodules: true })
    // The checkout's own settings and attributes are the machine's as well.
    await runGit(directory, ['config', 'core.autocrlf', 'true'])
    for (const info of ['.git/info', '.git/modules/da_flask/info']) {
      await mkdir(join(directory, info), { recursive: true })
      await writeFile(join(directory, info, 'attributes'), '* text eol=crlf\n')
    }
    const destination = await folder()
    await gitIn(directory, {}, machineEnv).exportPaths(['folder', 'constraints.txt'], destination, true)
    await expectCommitted(destination)
    const exported = await exportOf(gitIn(directory, {}, machineEnv), 'da_flask')
    await expectCommitted(join(exported.destination, 'da_flask'))
    const fetched = await world.cloneForRun({ branch: 'main' })
    await expectCommitted(join((await exportOf(gitIn(fetched, {}, machineEnv), 'da_flask')).destination, 'da_flask'))
  })

  it('F97 what a replacement reference of the checkout puts in its place is not built', async () => {
    const directory = await world.cloneForRun({ branch: 'main' })
    const blob = await runGit(directory, ['rev-parse', 'HEAD:other/y'])
    const other = await runGit(directory, ['hash-object', '-w', '--stdin'], { stdin: 'replaced' })
    await runGit(directory, ['replace', blob, other])
    const destination = await folder()
    const git = gitIn(directory)
    await git.exportPaths(['other'], destination, false)
    expect(await readFile(join(destination, 'other/y'), 'utf8')).toBe('y')
    expect(Buffer.from((await git.readFile('HEAD', 'other/y')) ?? []).toString()).toBe('y')
  })

  it('writes exactly what is committed and leaves no trace in the repository', async () => {
    const directory = await world.cloneForRun({ branch: 'main' })
    await writeFile(join(directory, 'folder/untracked'), 'new')
    await writeFile(join(directory, 'folder/sub/x'), 'changed')
    const before = await snapshotOf(directory)
    const destination = await folder()
    await gitIn(directory).exportPaths(['folder', 'constraints.txt'], destination, true)
    const written = (await readdir(destination, { recursive: true })).filter(path => !path.startsWith('.git/'))
    expect(written.sort()).toEqual(
      [
        '.git',
        'constraints.txt',
        'folder',
        ...Object.keys(files).filter(path => path.startsWith('folder/')),
        'folder/sub'
      ].sort()
    )
    expect(await readFile(join(destination, 'folder/sub/x'), 'utf8')).toBe('x')
    expect(await snapshotOf(directory)).toEqual(before)
    // A build tool that asks git for a version finds the commit, and one that asks for files finds them.
    const inside = (...args: string[]) => runGit(join(destination, 'folder'), args)
    expect(await inside('rev-parse', 'HEAD')).toBe(await runGit(directory, ['rev-parse', 'HEAD']))
    expect(await inside('status', '--porcelain', '.')).toBe('')
    expect(await inside('archive', '--format=tar', 'HEAD')).not.toBe('')
  })

  it('F130 holds neither the configuration of the checkout nor a way to it', async () => {
    const directory = await world.cloneForRun({ branch: 'main', submodules: true })
    const canary = 'EXAMPLE-canary-in-the-configuration'
    for (const at of [directory, join(directory, 'da_flask')]) {
      await runGit(at, ['config', 'http.https://github.com/.extraheader', `AUTHORIZATION: basic ${canary}`])
    }
    const destination = await folder()
    const git = gitIn(directory)
    await git.exportPaths(['folder'], destination, true)
    await git.exportSubmodule({ path: 'da_flask', commit: world.firstSubmoduleCommits['da_flask']! }, destination, true)
    for (const at of [destination, join(destination, 'da_flask')]) {
      expect(await runGit(at, ['config', '--list', '--show-origin'])).not.toContain(canary)
      expect(await runGit(at, ['rev-parse', '--path-format=absolute', '--git-common-dir'])).toBe(join(at, '.git'))
      const all = await readdir(join(at, '.git'), { recursive: true, withFileTypes: true })
      for (const entry of all.filter(each => each.isFile())) {
        const content = await readFile(join(entry.parentPath, entry.name))
        expect(content.includes(directory)).toBe(false)
        expect(content.includes(canary)).toBe(false)
      }
    }
  })

  it('writes the whole superproject for the path `.`', async () => {
    const directory = await world.cloneForRun({ branch: 'main' })
    const destination = await folder()
    await gitIn(directory).exportPaths(['.'], destination, true)
    expect((await readdir(destination)).sort()).toEqual((await readdir(directory)).sort())
  })

  it('writes what a sparse checkout left out', async () => {
    const directory = await world.cloneForRun({ branch: 'main' })
    await runGit(directory, ['sparse-checkout', 'set', 'other'])
    const destination = await folder()
    await gitIn(directory).exportPaths(['folder'], destination, true)
    expect(await readFile(join(destination, 'folder/sub/x'), 'utf8')).toBe('x')
  })

  it.each(['blob:none', 'tree:0'])(
    'F94 a clone made with --filter=%s answers as a whole one, and stays as it is',
    async filter => {
      const directory = await folder()
      await runGit(directory, ['clone', '-q', '--depth=1', '--no-checkout', `--filter=${filter}`, world.url, '.'])
      await runGit(directory, ['reset', '-q', '--soft', 'HEAD'])
      const before = await snapshotOf(directory)
      const git = gitIn(directory)
      expect((await git.readEntries('HEAD', ['folder/sub'])).map(({ path }) => path)).toEqual(['folder/sub'])
      expect(Buffer.from((await git.readFile('HEAD', 'folder/sub/x')) ?? []).toString()).toBe('x')
      for (const asRepository of [true, false]) {
        const destination = await folder()
        await git.exportPaths(['folder'], destination, asRepository)
        await expectCommitted(destination)
      }
      expect(await snapshotOf(directory)).toEqual(before)
    }
  )

  it('F91 in a working directory below the root, paths are relative to it', async () => {
    const directory = await world.cloneForRun({ branch: 'main' })
    const destination = join(await folder(), 'source')
    await gitIn(join(directory, 'folder')).exportPaths(['sub', 'link'], destination, true)
    expect(await readFile(join(destination, 'sub/x'), 'utf8')).toBe('x')
    expect((await lstat(join(destination, 'link'))).isSymbolicLink()).toBe(true)
  })

  it('F99 reads a checkout that nobody may write to', async () => {
    const directory = await world.cloneForRun({ branch: 'main', submodules: true })
    for (const each of ['.git', '.git/objects', '.git/modules/da_flask']) await chmod(join(directory, each), 0o555)
    const { missing } = await exportOf(gitIn(directory), 'da_flask')
    expect(missing).toEqual([])
    for (const each of ['.git', '.git/objects', '.git/modules/da_flask']) await chmod(join(directory, each), 0o755)
  })
})
