/** The output of `git status --porcelain=v2 -z --branch --no-renames`. */
import { decodePath } from './command/tree-records.js'
import { CodedError } from '../../model/errors.js'

export interface Status {
  /** `null`: no commit is checked out. */
  readonly commit: string | null
  /** Changed, staged, conflicting and untracked paths, in git's order. */
  readonly dirtyPaths: readonly string[]
}

/** Fields before the path, by the first character of a record. */
const fieldsBeforePath: ReadonlyMap<string, number> = new Map([
  ['1', 8],
  ['u', 10],
  ['?', 1]
])

/** @throws CodedError `GIT_FAILED` with the raw record, for one of an unknown kind */
export function parseStatus(output: Uint8Array): Status {
  let commit: string | null = null
  const dirtyPaths: string[] = []
  for (const record of decodePath(output)
    .split('\0')
    .filter(each => each !== '')) {
    if (record.startsWith('# ')) {
      commit = /^# branch\.oid ([0-9a-f]{40,64})$/.exec(record)?.[1] ?? commit
      continue
    }
    const path = record
      .split(' ')
      .slice(fieldsBeforePath.get(record[0] ?? '') ?? Infinity)
      .join(' ')
    if (path === '') {
      const found = JSON.stringify(record)
      throw new CodedError('GIT_FAILED', {
        expected: 'a record of git status',
        found,
        mend: 'update git to 2.31 or newer'
      })
    }
    dirtyPaths.push(path)
  }
  return { commit, dirtyPaths }
}
