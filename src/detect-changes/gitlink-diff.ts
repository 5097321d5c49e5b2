/** What happened to the submodules between two trees. A changed URL in `.gitmodules` alone is no change of any gitlink. */
import type { TreeEntry } from '../model/index.js'

export type GitlinkChange =
  | { readonly kind: 'added'; readonly path: string; readonly to: string }
  | { readonly kind: 'removed'; readonly path: string; readonly from: string }
  /** The same commit at another path. */
  | { readonly kind: 'renamed'; readonly path: string; readonly formerPath: string; readonly to: string }
  | { readonly kind: 'bumped'; readonly path: string; readonly from: string; readonly to: string }
  /** A folder or file became a submodule. `from` is its tree or blob id, `to` the commit. */
  | { readonly kind: 'became-submodule'; readonly path: string; readonly from: string; readonly to: string }
  /** A submodule became a folder or file. `from` is the commit, `to` the tree or blob id. */
  | { readonly kind: 'ceased-submodule'; readonly path: string; readonly from: string; readonly to: string }

const gitlinkMode = '160000'

/** The mode of an entry says whether it is a submodule. */
export function isGitlink(entry: TreeEntry): boolean {
  return entry.mode === gitlinkMode
}

/**
 * The submodules' changes from `base` to `head`, sorted by path. Both lists hold the entries of the whole tree, or of the
 * same paths; entries that are submodules on neither side are left out.
 */
export function diffGitlinks(base: readonly TreeEntry[], head: readonly TreeEntry[]): GitlinkChange[] {
  const before = new Map(base.map(entry => [entry.path, entry]))
  const after = new Map(head.map(entry => [entry.path, entry]))
  const changes: GitlinkChange[] = []
  const appeared: TreeEntry[] = []
  for (const entry of head) {
    const old = before.get(entry.path)
    if (old === undefined) {
      if (isGitlink(entry)) appeared.push(entry)
    } else {
      changes.push(...changeInPlace(old, entry))
    }
  }
  const vanished = base.filter(entry => isGitlink(entry) && !after.has(entry.path))
  changes.push(...pairRenames(vanished, appeared))
  return changes.sort((a, b) => (a.path < b.path ? -1 : 1))
}

function changeInPlace(old: TreeEntry, entry: TreeEntry): GitlinkChange[] {
  const ids = { path: entry.path, from: old.objectId, to: entry.objectId }
  if (isGitlink(old) && isGitlink(entry)) return ids.from === ids.to ? [] : [{ kind: 'bumped', ...ids }]
  if (isGitlink(entry)) return [{ kind: 'became-submodule', ...ids }]
  return isGitlink(old) ? [{ kind: 'ceased-submodule', ...ids }] : []
}

/** A vanished and an appeared submodule of one commit are one rename; each is used once, in path order. */
function pairRenames(vanished: readonly TreeEntry[], appeared: readonly TreeEntry[]): GitlinkChange[] {
  const byPath = (a: TreeEntry, b: TreeEntry): number => (a.path < b.path ? -1 : 1)
  const gone = [...vanished].sort(byPath)
  const arrivals = [...appeared].sort(byPath).map((entry): GitlinkChange => {
    const { path, objectId: to } = entry
    const former = gone.find(old => old.objectId === to)
    if (former === undefined) return { kind: 'added', path, to }
    gone.splice(gone.indexOf(former), 1)
    return { kind: 'renamed', path, formerPath: former.path, to }
  })
  return [...arrivals, ...gone.map(({ path, objectId: from }): GitlinkChange => ({ kind: 'removed', path, from }))]
}
