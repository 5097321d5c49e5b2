import type { TreeEntry } from '../model/index.js'

/** The superproject's repository. Every method throws `GIT_FAILED` where git itself fails. Paths are relative to its root. */
export interface Git {
  /** The commit that is checked out. */
  headCommit(): Promise<string>
  /** The branch that is checked out, `null` where HEAD is detached. */
  currentBranch(): Promise<string | null>
  /** The commit that a revision (branch, tag, short or full id) names here; `null` where it names none. */
  resolveCommit(revision: string): Promise<string | null>
  /** The parents of a commit, also of one at the edge of a shallow clone. */
  parents(commit: string): Promise<readonly string[]>
  /** The entries at exactly these paths, sorted by path; a path that does not exist at the revision is left out. */
  readEntries(revision: string, paths: readonly string[]): Promise<readonly TreeEntry[]>
  /** Every gitlink of the revision at or below one of the paths. */
  readGitlinks(revision: string, paths: readonly string[]): Promise<readonly TreeEntry[]>
  /** A file's bytes at a revision, `null` where there is none. */
  readFile(revision: string, path: string): Promise<Uint8Array | null>
  hasCommit(commit: string): Promise<boolean>
  /** Fetches one commit by id at depth 1, bounded in time; `false` where the remote does not give it out. */
  fetchCommit(commit: string): Promise<boolean>
  /** `null` where the two share no history. In a shallow clone that hides the answer the remote's history is asked. */
  mergeBase(a: string, b: string): Promise<string | null>
  /** How `other` stands to `head`, fetching commits (never into the workspace) where the clone is shallow. */
  relation(head: string, other: string): Promise<'same' | 'ancestor' | 'descendant' | 'diverged' | 'unknown'>
  /** The commit that the remote's branch points at now; `null` where the branch or the remote is missing. */
  remoteBranchTip(branch: string): Promise<string | null>
  /** State of the checked-out submodule or folder at `path`. */
  checkoutState(path: string): Promise<CheckoutState>
  /** Every changed or untracked path of the checkout; of a submodule with any its own. */
  dirtyPaths(): Promise<readonly string[]>
  /** Checks out one submodule at depth 1 at the commit that HEAD's gitlink names. */
  initialiseSubmodule(path: string): Promise<void>
  /** Subjects, newest first, of the commits between two of a submodule's; `null` where its clone here cannot tell. */
  submoduleSubjects(
    path: string,
    from: string,
    to: string,
    most: number
  ): Promise<{ readonly subjects: readonly string[]; readonly total: number } | null>
  /** Writes what HEAD holds at these paths (no submodules) to the same paths below `destination`. */
  exportPaths(paths: readonly string[], destination: string): Promise<void>
  /** Writes what the checked-out commit of a submodule holds to `path` below `destination`, checked-out submodules in it too. */
  exportSubmodule(path: string, destination: string): Promise<ExportedSubmodule>
}

export interface ExportedSubmodule {
  /** Submodules inside this submodule that are not checked out, hence not exported. */
  readonly leftOut: readonly string[]
}

export type CheckoutState =
  | { readonly kind: 'missing' }
  /** A submodule's folder that is empty or has no commit checked out. */
  | { readonly kind: 'not-initialised' }
  /** `commit`: what is checked out there (`null` for a plain folder). `dirtyPaths`: changed or untracked, at most 20. */
  | { readonly kind: 'present'; readonly commit: string | null; readonly dirtyPaths: readonly string[] }
