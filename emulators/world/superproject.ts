/** A real superproject with real submodules, its remotes served over HTTP, for tests and the demo. */
import { mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serveGit, type GitHttpOptions, type GitHttpServer } from '../runner/git-http.js'
import { branchesOf, commitClock, type Branches } from './branches.js'
import { checkoutAsRunner, type CheckoutOptions } from './checkout.js'
import { commitFiles, type Files } from './git-commit.js'
import { firstCommitSeconds, runGit } from './git-process.js'

export type { Files }

/** The example of the design, without `build`: both folders already hold `python/`. */
export const exampleConfig = `version: 1
environments:
  sandbox:
    branch: test
    stage: dev
    account-id: "111122223333"
    regions: [us-east-2]
    artifact-bucket: 111122223333-code-deployment
  production:
    branch: main
    stage: prod
    account-id: "444455556666"
    regions: [us-east-2]
    artifact-bucket: 444455556666-code-deployment
    promote-from: sandbox
defaults:
  compatible-runtimes: [python3.10]
  compatible-architectures: [x86_64]
layers:
  da_flask:
    path: da_flask
    also-watch: [constraints.txt]
  da_framework:
    path: da_framework
`

export const exampleSubmodules: Readonly<Record<string, Files>> = {
  da_flask: {
    'README.md': '# da_flask\n',
    'python/da_flask/__init__.py': '__version__ = "1.0.0"\n',
    'python/da_flask/app.py': 'def create_app():\n    return "da_flask"\n'
  },
  da_framework: {
    'README.md': '# da_framework\n',
    'python/da_framework/__init__.py': '__version__ = "1.0.0"\n',
    'python/da_framework/core.py': 'def answer():\n    return 42\n'
  }
}

export interface SuperprojectOptions {
  /** Path (and name of the remote) → first content. Default `exampleSubmodules`. */
  readonly submodules?: Readonly<Record<string, Files>>
  /** `.github/layer-deploy.yml`; default `exampleConfig`, `null`: none. */
  readonly config?: string | null
  /** Further files of the superproject's first commit. */
  readonly files?: Files
  /** Branches that start at the first commit and are pushed. Default `main` and `test`; the first is the default branch. */
  readonly branches?: readonly string[]
  /** The remotes demand this token; checkouts leave it as their credentials. */
  readonly token?: string
  readonly fault?: GitHttpOptions['fault']
  /** Of every repository. Default `sha1`. */
  readonly objectFormat?: 'sha1' | 'sha256'
  /** Text of `.gitmodules`' url for a submodule. Default relative (`../da_flask.git`), which keeps commit ids reproducible. */
  readonly submoduleUrl?: (name: string, serverUrl: string) => string
}

interface CommitOptions {
  /** Default: the default branch. */
  readonly branch?: string
  readonly message?: string
  /** A branch or commit to start from, for a new branch or to rewrite one. */
  readonly from?: string
}

export interface Superproject extends Branches {
  /** Everything lies below this folder. */
  readonly directory: string
  /** URL of the superproject's remote. */
  readonly url: string
  readonly server: GitHttpServer
  /** The bare repository that commits are made in; `push` publishes its branches. */
  readonly repository: string
  /** The superproject's first commit, and each submodule's. */
  readonly firstCommit: string
  readonly firstSubmoduleCommits: Readonly<Record<string, string>>
  /** A new commit on a submodule's `main`, pushed to its remote. Returns its id. */
  commitSubmodule(name: string, files: Files, message?: string): Promise<string>
  /** The superproject's gitlink at `name` moves to `commit`. Not pushed. Returns the superproject's commit. */
  bumpSubmodule(name: string, commit: string, options?: CommitOptions): Promise<string>
  /** A commit in the superproject, not pushed. Returns its id. */
  commitFiles(files: Files, options?: CommitOptions): Promise<string>
  /** What actions/checkout leaves, in a fresh folder. Returns its path. */
  cloneForRun(options: CheckoutOptions): Promise<string>
  /** Ends the server and removes everything. */
  close(): Promise<void>
}

export async function makeSuperproject(options: SuperprojectOptions = {}): Promise<Superproject> {
  const directory = await realpath(await mkdtemp(join(tmpdir(), 'superproject-')))
  const remotes = join(directory, 'remotes')
  const repository = join(directory, 'local.git')
  const [defaultBranch = 'main', ...otherBranches] = options.branches ?? ['main', 'test']
  const clock = commitClock(firstCommitSeconds)
  const { objectFormat = 'sha1' } = options
  const initBare = (path: string, branch: string): Promise<string> =>
    runGit(directory, ['init', '-q', '--bare', `--object-format=${objectFormat}`, '-b', branch, path])
  const remoteOf = (name: string): string => join(remotes, `${name}.git`)
  const branches = branchesOf(repository, remoteOf('superproject'), clock)

  const submodules = options.submodules ?? exampleSubmodules
  await initBare(repository, defaultBranch)
  await initBare(remoteOf('superproject'), defaultBranch)
  const commitSubmodule = (name: string, files: Files, message = `Change ${name}`): Promise<string> =>
    commitFiles(remoteOf(name), { branch: 'main', files, message, seconds: clock.next() })
  const firstSubmoduleCommits: Record<string, string> = {}
  for (const [name, files] of Object.entries(submodules)) {
    await initBare(remoteOf(name), 'main')
    firstSubmoduleCommits[name] = await commitSubmodule(name, files, 'First commit')
  }

  const server = await serveGit({ root: remotes, token: options.token, fault: options.fault })
  const commit = (files: Files, { branch = defaultBranch, message = 'Change files', from }: CommitOptions = {}) =>
    commitFiles(repository, { branch, files, message, from, seconds: clock.next() })
  const firstCommit = await commit(firstFiles(options, firstSubmoduleCommits, server.url), { message: 'First commit' })

  for (const branch of otherBranches) await branches.git('branch', branch, firstCommit)
  for (const branch of [defaultBranch, ...otherBranches]) await branches.push(branch)

  let checkouts = 0
  const url = `${server.url}/superproject.git`
  return {
    ...branches,
    directory,
    url,
    server,
    repository,
    firstCommit,
    firstSubmoduleCommits,
    commitSubmodule,
    commitFiles: commit,
    bumpSubmodule: (name, to, bump = {}) =>
      commit({ [name]: { gitlink: to } }, { message: `Move ${name} to ${to.slice(0, 7)}`, ...bump }),
    cloneForRun: async checkout => {
      const folder = join(directory, `checkout-${++checkouts}`)
      await checkoutAsRunner(folder, { url, token: options.token, objectFormat }, checkout)
      return folder
    },
    close: async () => {
      await server.close()
      await rm(directory, { recursive: true, force: true })
    }
  }
}

function firstFiles(options: SuperprojectOptions, commits: Readonly<Record<string, string>>, serverUrl: string): Files {
  const config = options.config === undefined ? exampleConfig : options.config
  const url = options.submoduleUrl ?? ((name: string) => `../${name}.git`)
  const names = Object.keys(commits)
  const modules = names.map(name => `[submodule "${name}"]\n\tpath = ${name}\n\turl = ${url(name, serverUrl)}\n`)
  return {
    'README.md': '# superproject\n',
    'constraints.txt': 'flask==3.0.0\n',
    ...(config === null ? {} : { '.github/layer-deploy.yml': config }),
    ...(names.length === 0 ? {} : { '.gitmodules': modules.join('') }),
    ...Object.fromEntries(Object.entries(commits).map(([name, commit]) => [name, { gitlink: commit }])),
    ...options.files
  }
}
