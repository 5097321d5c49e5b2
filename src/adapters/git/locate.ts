/** Where the repository is that we work in, and where it keeps what. */
import { decodePath } from './command/tree-records.js'
import { CodedError } from '../../model/errors.js'
import type { ProcessRunner } from '../../ports/process.js'
import { gitFailed, gitRunner } from './command/run.js'
import type { RunGit } from './command/call.js'

/**
 * The repository that a folder lies in, and where it was cloned from.
 * @throws CodedError GIT_FAILED where the folder is in no repository
 */
export async function locateRepository(
  process: ProcessRunner,
  directory: string
): Promise<{
  /** Absolute. */
  readonly root: string
  /** Of the remote `origin`; `null`: there is none. */
  readonly remoteUrl: string | null
  /** The branch that is checked out; `null`: none is. */
  readonly branch: string | null
  /** `false`: nothing was ever committed. */
  readonly hasCommit: boolean
}> {
  const run = gitRunner(process, directory)
  const where = ['rev-parse', '--show-toplevel', '--symbolic-full-name', 'HEAD'] as const
  const [top, remote] = await Promise.all([
    run({ args: where, answers: [128] }),
    run({ args: ['config', '--get', 'remote.origin.url'], answers: [1, 128] })
  ])
  if (/not a git repository/i.test(top.stderr)) {
    throw new CodedError('GIT_FAILED', {
      expected: `a checkout of the superproject at ${directory}`,
      found: 'no git repository',
      mend: 'change into the checkout and run again'
    })
  }
  const lines = decodePath(top.stdout).replace(/\n$/, '')
  const [root, head] = [lines.slice(0, Math.max(0, lines.lastIndexOf('\n'))), lines.slice(lines.lastIndexOf('\n') + 1)]
  // Before its first commit a branch has no HEAD to name.
  if (root === '') throw gitFailed(where, directory, top)
  const branch = head.startsWith('refs/heads/') ? head.slice('refs/heads/'.length) : null
  const url = decodePath(remote.stdout).replace(/\n$/, '')
  return { root, remoteUrl: remote.exitCode === 0 ? url : null, branch, hasCommit: top.exitCode === 0 }
}

export function noCommit(): CodedError {
  return new CodedError('GIT_FAILED', {
    expected: 'a commit that is checked out',
    found: 'a repository without any commit',
    mend: 'commit what is to be deployed (git add, git commit), then run again'
  })
}

/** Where the superproject's repository keeps what: one question to git, asked once. */
export interface Workspace {
  /** Absolute, as all of these: the folder that is checked out. */
  readonly topLevel: string
  /** The working directory in it, `a/b/`; empty: it is the root. */
  readonly prefix: string
  /** Of this work tree; in a linked one not the `commonDirectory`. */
  readonly gitDirectory: string
  readonly commonDirectory: string
  readonly objects: string
  /** The file that lists at which commits the history is cut. */
  readonly shallowFile: string
  /** `sha1` or `sha256`: every repository of ours takes the format of the one that it serves. */
  readonly objectFormat: string
}

export async function readWorkspace(run: RunGit): Promise<Workspace> {
  const where = ['--show-toplevel', '--git-dir', '--git-common-dir', '--git-path', 'objects', '--git-path', 'shallow']
  const { stdout } = await run({
    args: ['rev-parse', '--path-format=absolute', ...where, '--show-object-format', '--show-prefix']
  })
  const lines = decodePath(stdout).split('\n').slice(0, 7)
  const [topLevel = '', gitDirectory = '', commonDirectory = '', objects = '', shallowFile = '', ...rest] = lines
  const [objectFormat = '', prefix = ''] = rest
  if (lines.length === 7) return { topLevel, prefix, gitDirectory, commonDirectory, objects, shallowFile, objectFormat }
  throw new CodedError('GIT_FAILED', {
    expected: 'a workspace whose path is one line',
    found: JSON.stringify(topLevel),
    mend: 'check out into a folder without line ends in its name'
  })
}
