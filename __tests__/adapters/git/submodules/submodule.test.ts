import { lstat, mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createGit } from '../../../../src/adapters/git/index.js'
import { processRunner } from '../../../../src/adapters/process/index.js'
import { CodedError } from '../../../../src/model/errors.js'
import type { Git } from '../../../../src/ports/git.js'
import type { Command } from '../../../../src/ports/process.js'
import { sha256Hex } from '../../../../src/model/digest.js'
import { runGit } from '../../../support/git-process.js'
import { exampleSubmodules, makeSuperproject, type Superproject } from '../../../support/superproject.js'

const token = 'EXAMPLE-token-of-the-checkout'
let scratch: string
let world: Superproject
const real = processRunner()
const commands: Command[] = []

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'git-submodule-test-'))
  world = await makeSuperproject({
    token,
    submodules: { ...exampleSubmodules, 'vendor/lib': { 'python/lib.py': 'x = 1\n' } }
  })
})
afterAll(async () => {
  await world.close()
  await rm(scratch, { recursive: true, force: true })
})

function gitIn(directory: string): Git {
  return createGit({
    process: {
      run: command => {
        commands.push(command)
        return real.run(command)
      }
    },
    directory,
    scratchDirectory: scratch
  })
}

async function failure(promise: Promise<unknown>): Promise<CodedError> {
  const error: unknown = await promise.then(
    () => new Error('expected a failure'),
    (thrown: unknown) => thrown
  )
  if (error instanceof CodedError) return error
  throw error
}

/** A superproject whose `.gitmodules` says what it should not; `text` sees the server's URL. */
async function withGitmodules(text: string, work: (directory: string) => Promise<void>): Promise<void> {
  const branch = `bad-${sha256Hex(text).slice(0, 12)}`
  await world.commitFiles({ '.gitmodules': text }, { branch, from: 'main' })
  await world.push(branch)
  await work(await world.cloneForRun({ branch }))
}

describe('dirtyPaths', () => {
  it('names what is changed or new, a submodule that is, and nothing where all is as committed', async () => {
    const directory = await world.cloneForRun({ branch: 'main' })
    const git = gitIn(directory)
    expect(await git.dirtyPaths()).toEqual([])
    // Checking a submodule out changes nothing of the superproject.
    await git.initialiseSubmodule('da_flask')
    expect(await git.dirtyPaths()).toEqual([])
    await writeFile(join(directory, 'new.txt'), 'x')
    await writeFile(join(directory, '.gitmodules'), 'x', { flag: 'a' })
    await writeFile(join(directory, 'da_flask/new.txt'), 'x')
    expect(await git.dirtyPaths()).toEqual(['.gitmodules', 'da_flask', 'new.txt'])
  })

  it('leaves out a submodule that git cannot look into', async () => {
    const directory = await world.cloneForRun({ branch: 'main', submodules: true })
    await writeFile(join(directory, 'da_flask/.git'), 'gitdir: /nowhere\n')
    await writeFile(join(directory, 'new.txt'), 'x')
    expect(await gitIn(directory).dirtyPaths()).toEqual(['new.txt'])
  })
})

describe('initialiseSubmodule', () => {
  it('checks out one submodule at depth 1 with the credentials of the checkout, which no argument shows', async () => {
    const directory = await world.cloneForRun({ branch: 'main' })
    commands.length = 0
    const before = world.server.requests.length
    const git = gitIn(directory)
    await git.initialiseSubmodule('da_flask')
    const commit = world.firstSubmoduleCommits['da_flask']!
    expect(await git.checkoutState('da_flask')).toEqual({ kind: 'present', commit, dirtyPaths: [] })
    expect(await readFile(join(directory, 'da_flask/python/da_flask/app.py'), 'utf8')).toContain('da_flask')
    expect(await git.checkoutState('da_framework')).toEqual({ kind: 'not-initialised' })
    const requests = world.server.requests.slice(before).map(request => request.path)
    expect(requests.every(path => path.startsWith('/da_flask.git/'))).toBe(true)
    const secrets = [token, Buffer.from(`x-access-token:${token}`).toString('base64')]
    for (const { argv } of commands) for (const secret of secrets) expect(argv.join(' ')).not.toContain(secret)
    expect(await readFile(join(directory, '.git/modules/da_flask/config'), 'utf8')).not.toContain(secrets[1])
    // git itself takes it for a submodule like any other.
    expect(await runGit(directory, ['submodule', 'status', 'da_flask'])).toMatch(new RegExp(`^ ${commit} da_flask`))
    expect(await runGit(directory, ['status', '--porcelain'])).toBe('')
  })

  it('takes depth 1 of a long history, a commit that is no tip, and a nested path', async () => {
    const older = await world.commitSubmodule('da_framework', { 'python/v.py': '1' })
    await world.commitSubmodule('da_framework', { 'python/v.py': '2' })
    await world.bumpSubmodule('da_framework', older, { branch: 'older', from: 'main' })
    await world.push('older')
    const directory = await world.cloneForRun({ branch: 'older' })
    await gitIn(directory).initialiseSubmodule('da_framework')
    await gitIn(directory).initialiseSubmodule('vendor/lib')
    expect(await runGit(join(directory, 'da_framework'), ['log', '--format=%H'])).toBe(older)
    expect(await readFile(join(directory, 'vendor/lib/python/lib.py'), 'utf8')).toBe('x = 1\n')
  })

  it('finds the credentials that actions/checkout v6 keeps in a file of its own', async () => {
    const directory = await world.cloneForRun({ branch: 'main' })
    const key = `http.${world.server.url}/.extraheader`
    const header = await runGit(directory, ['config', '--local', key])
    await runGit(directory, ['config', '--local', '--unset-all', key])
    const file = join(scratch, 'git-credentials-11111111-2222-4333-8444-555555555555.config')
    await runGit(directory, ['config', '--file', file, key, header])
    await expect(gitIn(directory).initialiseSubmodule('da_flask')).rejects.toThrow(/GIT_FAILED/)
    await runGit(directory, ['config', '--local', `includeIf.gitdir:${directory}/.git.path`, file])
    await gitIn(directory).initialiseSubmodule('da_flask')
    expect(await gitIn(directory).checkoutState('da_flask')).toMatchObject({ kind: 'present' })
  })

  it('completes what a killed run left', async () => {
    const directory = await world.cloneForRun({ branch: 'main' })
    const gitDirectory = join(directory, '.git/modules/da_flask')
    await mkdir(join(directory, '.git/modules'))
    await runGit(directory, ['init', '-q', '--separate-git-dir', gitDirectory, 'da_flask'])
    expect(await gitIn(directory).checkoutState('da_flask')).toEqual({ kind: 'not-initialised' })
    await gitIn(directory).initialiseSubmodule('da_flask')
    expect(await gitIn(directory).checkoutState('da_flask')).toMatchObject({ kind: 'present', dirtyPaths: [] })
  })

  it('uses the git directory that an earlier job left, though its files are gone', async () => {
    const directory = await world.cloneForRun({ branch: 'main', submodules: true })
    await rm(join(directory, 'da_flask'), { recursive: true })
    await mkdir(join(directory, 'da_flask'))
    const git = gitIn(directory)
    expect(await git.checkoutState('da_flask')).toEqual({ kind: 'not-initialised' })
    await git.initialiseSubmodule('da_flask')
    expect(await git.checkoutState('da_flask')).toMatchObject({ kind: 'present', dirtyPaths: [] })
    expect(await readdir(join(directory, 'da_flask'))).toContain('python')
  })

  it('initialises several at once, and one that is asked for twice only once', async () => {
    const directory = await world.cloneForRun({ branch: 'main' })
    const git = gitIn(directory)
    const paths = ['da_flask', 'da_framework', 'vendor/lib', 'da_flask']
    commands.length = 0
    await Promise.all(paths.map(path => git.initialiseSubmodule(path)))
    for (const path of paths) expect(await git.checkoutState(path)).toMatchObject({ kind: 'present', dirtyPaths: [] })
    expect(commands.filter(({ argv }) => argv.includes('fetch'))).toHaveLength(3)
  })

  it('tries once more where the server stumbles, not where it refuses', async () => {
    let faults = 1
    const stumbling = await makeSuperproject({
      fault: path => (path.startsWith('/da_flask') && faults-- > 0 ? 503 : null)
    })
    try {
      const directory = await stumbling.cloneForRun({ branch: 'main' })
      await gitIn(directory).initialiseSubmodule('da_flask')
      faults = 2
      const other = await stumbling.cloneForRun({ branch: 'main' })
      expect((await failure(gitIn(other).initialiseSubmodule('da_flask'))).message).toMatch(/^GIT_FAILED: .*503/)
    } finally {
      await stumbling.close()
    }
  })

  it('does not touch submodules inside the submodule', async () => {
    const inner = {
      '.gitmodules': '[submodule "i"]\n\tpath = i\n\turl = https://example.invalid/i.git\n',
      i: { gitlink: 'a'.repeat(40) }
    }
    const commit = await world.commitSubmodule('da_flask', inner)
    await world.bumpSubmodule('da_flask', commit, { branch: 'nested', from: 'main' })
    await world.push('nested')
    const directory = await world.cloneForRun({ branch: 'nested' })
    const git = gitIn(directory)
    await git.initialiseSubmodule('da_flask')
    expect(await readdir(join(directory, 'da_flask/i'))).toEqual([])
    expect(await git.checkoutState('da_flask')).toMatchObject({ dirtyPaths: [] })
    expect(await git.exportSubmodule('da_flask', join(scratch, 'nested'))).toEqual({ leftOut: ['da_flask/i'] })
  })

  it('F31 gitlink not on the remote: names submodule, commit and remote, without its credentials', async () => {
    const { host } = new URL(world.server.url)
    const missing = 'c0ffee'.padEnd(40, '0')
    const url = `http://x-access-token:${token}@${host}/da_flask.git`
    const gitmodules = `[submodule "da_flask"]\n\tpath = da_flask\n\turl = ${url}\n`
    await world.commitFiles(
      { '.gitmodules': gitmodules, da_flask: { gitlink: missing } },
      { branch: 'missing', from: 'main' }
    )
    await world.push('missing')
    const directory = await world.cloneForRun({ branch: 'missing' })
    const error = await failure(gitIn(directory).initialiseSubmodule('da_flask'))
    expect(error.message).toBe(
      `GIT_FAILED: Expected commit ${missing} of submodule "da_flask" on http://***@${host}/da_flask.git, found no such commit there. ` +
        "To fix: push the submodule's commit to its remote, or set the gitlink to one that is there."
    )
    expect(await gitIn(directory).checkoutState('da_flask')).toEqual({ kind: 'not-initialised' })
  })

  it('F35 names the remote without its credentials where it does not answer', async () => {
    const gitmodules = '[submodule "da_flask"]\n\tpath = da_flask\n\turl = http://octo:s3cr3t@127.0.0.1:1/x.git\n'
    await withGitmodules(gitmodules, async directory => {
      const error = await failure(gitIn(directory).initialiseSubmodule('da_flask'))
      expect(error.message).toMatch(/^GIT_FAILED: .*127\.0\.0\.1/)
      expect(`${error.message}${String(error.cause)}`).not.toContain('s3cr3t')
    })
  })

  const hostile: readonly (readonly [string, string])[] = [
    ['file://', 'url = file:///etc'],
    ['a local path', 'url = /etc'],
    ['a path out of the tree', 'url = ../../../../../etc\n\tupdate = checkout\n\tpath = da_flask'],
    ['ext::', 'url = "ext::sh -c touch% pwned"'],
    ['ext::ssh', 'url = ext::ssh'],
    ['a leading dash', 'url = -u./payload'],
    ['an option for ssh', 'url = ssh://-oProxyCommand=touch-pwned/x'],
    ['git://', 'url = git://127.0.0.1/x.git'],
    ['http to another machine', 'url = http://example.com/x.git'],
    ['http to another machine, disguised', 'url = http://127.0.0.1@example.com/x.git'],
    ['no url', 'branch = main'],
    ['update = !cmd', 'url = ../da_flask.git\n\tupdate = !touch pwned']
  ]
  it.each(hostile)('F34 refuses %s', async (_name, lines) => {
    await withGitmodules(`[submodule "da_flask"]\n\tpath = da_flask\n\t${lines}\n`, async directory => {
      commands.length = 0
      const before = world.server.requests.length
      const error = await failure(gitIn(directory).initialiseSubmodule('da_flask'))
      expect(error.code).toBe('GIT_FAILED')
      expect(error.finding.mend).not.toBe('')
      if (!lines.includes('etc')) expect(commands.filter(({ argv }) => argv.includes('fetch'))).toEqual([])
      const asked = world.server.requests.slice(before).map(request => request.path)
      expect(asked.filter(path => path.startsWith('/da_flask'))).toEqual([])
      await expect(lstat(join(directory, 'pwned'))).rejects.toThrow()
      await expect(lstat(join(directory, 'da_flask/pwned'))).rejects.toThrow()
    })
  })

  it.each(['../..', 'a/../../hooks', '..', '/x', '-x', 'a\\\\..\\\\b', '.git'])(
    'F34 refuses the name %s',
    async name => {
      await withGitmodules(`[submodule "${name}"]\n\tpath = da_flask\n\turl = ../da_flask.git\n`, async directory => {
        const error = await failure(gitIn(directory).initialiseSubmodule('da_flask'))
        expect(error.finding.expected).toMatch(/a plain submodule name/)
      })
    }
  )

  it('F34 refuses a local path that a rewritten URL leads to', async () => {
    const directory = await world.cloneForRun({ branch: 'main' })
    const remotes = join(world.directory, 'remotes')
    await runGit(directory, ['config', '--local', `url.${remotes}/.insteadOf`, `${world.server.url}/`])
    expect((await failure(gitIn(directory).initialiseSubmodule('da_flask'))).message).toMatch(
      /transport 'file' not allowed/
    )
  })

  it('F34 refuses a git directory inside that of another submodule', async () => {
    const modules = ['da_flask', 'da_framework'].map((path, index) => {
      return `[submodule "${['one', 'one/hooks'][index]!}"]\n\tpath = ${path}\n\turl = ../${path}.git\n`
    })
    await withGitmodules(modules.join(''), async directory => {
      await gitIn(directory).initialiseSubmodule('da_flask')
      const error = await failure(gitIn(directory).initialiseSubmodule('da_framework'))
      expect(error.finding.found).toMatch(/inside that of another submodule/)
    })
  })

  it('F33 refuses to write through a symbolic link', async () => {
    const outside = await mkdtemp(join(scratch, 'outside-'))
    const directory = await world.cloneForRun({ branch: 'main' })
    await rm(join(directory, 'vendor'), { recursive: true })
    await symlink(outside, join(directory, 'vendor'))
    const error = await failure(gitIn(directory).initialiseSubmodule('vendor/lib'))
    expect(error.finding.found).toMatch(/symbolic link/)
    expect(await readdir(join(outside, 'lib')).catch(() => [])).toEqual([])
  })

  it('refuses a path that is no submodule, or is not in .gitmodules', async () => {
    const directory = await world.cloneForRun({ branch: 'main' })
    expect((await failure(gitIn(directory).initialiseSubmodule('constraints.txt'))).finding.found).toBe('mode 100644')
    expect((await failure(gitIn(directory).initialiseSubmodule('nowhere'))).finding.found).toBe('nothing')
    await withGitmodules('[core]\n\tx = y\n', async other => {
      expect((await failure(gitIn(other).initialiseSubmodule('da_flask'))).finding.expected).toMatch(
        /a section in \.gitmodules/
      )
    })
  })
})

describe('export', () => {
  it('writes exactly what is committed, attributes applied, and leaves no trace in the repository', async () => {
    const files = {
      '.gitattributes': '*.sh text eol=crlf\n',
      'folder/run.sh': { executable: 'a\nb\n' },
      'folder/sub/x': 'x',
      'folder/link': { link: 'sub/x' },
      'other/y': 'y'
    }
    await world.commitFiles(files, { branch: 'export', from: 'main' })
    await world.push('export')
    const directory = await world.cloneForRun({ branch: 'export' })
    await writeFile(join(directory, 'folder/untracked'), 'new')
    await writeFile(join(directory, 'folder/sub/x'), 'changed')
    const listing = async (): Promise<string[]> => (await readdir(join(directory, '.git'), { recursive: true })).sort()
    const before = await listing()
    const destination = join(scratch, 'exported')
    await gitIn(directory).exportPaths(['folder', 'constraints.txt'], destination)
    const written = (await readdir(destination, { recursive: true })).filter(path => !path.startsWith('.git')).sort()
    expect(written).toEqual(['constraints.txt', 'folder', 'folder/link', 'folder/run.sh', 'folder/sub', 'folder/sub/x'])
    expect(await readFile(join(destination, 'folder/run.sh'), 'utf8')).toBe('a\r\nb\r\n')
    expect((await lstat(join(destination, 'folder/run.sh'))).mode & 0o100).toBe(0o100)
    expect((await lstat(join(destination, 'folder/link'))).isSymbolicLink()).toBe(true)
    expect(await readFile(join(destination, 'folder/sub/x'), 'utf8')).toBe('x')
    expect(await listing()).toEqual(before)
    // A build tool that asks git for a version finds the commit.
    expect(await runGit(join(destination, 'folder'), ['rev-parse', 'HEAD'])).toBe(
      await runGit(directory, ['rev-parse', 'HEAD'])
    )
    expect(await runGit(join(destination, 'folder'), ['status', '--porcelain', '.'])).toBe('')
  })

  it('writes the whole superproject for the path `.`', async () => {
    const directory = await world.cloneForRun({ branch: 'main' })
    const destination = join(scratch, 'whole')
    await gitIn(directory).exportPaths(['.'], destination)
    expect((await readdir(destination)).sort()).toEqual((await readdir(directory)).sort())
  })

  it('writes a submodule of a checkout made with `submodules: recursive`', async () => {
    const directory = await world.cloneForRun({ branch: 'main', submodules: true })
    await writeFile(join(directory, 'da_flask/__pycache__'), 'cache')
    const destination = join(scratch, 'recursive')
    expect(await gitIn(directory).exportSubmodule('da_flask', destination)).toEqual({ leftOut: [] })
    expect((await readdir(join(destination, 'da_flask'))).sort()).toEqual(['.git', 'README.md', 'python'])
    const head = await runGit(join(destination, 'da_flask'), ['rev-parse', 'HEAD'])
    expect(head).toBe(world.firstSubmoduleCommits['da_flask'])
  })

  it('writes what a sparse checkout left out', async () => {
    const directory = await world.cloneForRun({ branch: 'export' })
    await runGit(directory, ['sparse-checkout', 'set', 'other'])
    await gitIn(directory).exportPaths(['folder'], join(scratch, 'sparse'))
    expect(await readFile(join(scratch, 'sparse/folder/sub/x'), 'utf8')).toBe('x')
  })
})
