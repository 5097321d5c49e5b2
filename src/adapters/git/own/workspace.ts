/** Where the superproject's repository keeps what: one question to git, asked once. */
import type { RunGit } from '../command/call.js'
import { decodePath } from '../command/tree-records.js'
import { CodedError } from '../../../model/errors.js'

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
