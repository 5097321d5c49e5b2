import type { TreeEntry } from '../model/index.js'

/**
 * The superproject's repository. Every method throws `GIT_FAILED` where git itself fails. Paths are relative to the working
 * directory, which is the root of the repository or a folder in it. Questions that are asked at one time are one process.
 */
export interface Git {
  /** The commit that is checked out. */
  headCommit(): Promise<string>
  /** The branch that is checked out, `null` where HEAD is detached. */
  currentBranch(): Promise<string | null>
  /** The commit that a revision (branch, tag, short or full id) names here; `null` where it names none. */
  resolveCommit(revision: string): Promise<string | null>
  /** The parents of a commit, also of one at the edge of a shallow clone. */
  parents(commit: string): Promise<readonly string[]>
  /** Says that `readEntries` will be asked this: it is read with what else is asked now. A wrong guess does no harm. */
  askAhead(revision: string, paths: readonly string[]): void
  /**
   * The entries at exactly these paths, sorted by path; of a path below a submodule that submodule's. A path that does not
   * exist at the revision is left out.
   */
  readEntries(revision: string, paths: readonly string[]): Promise<readonly TreeEntry[]>
  /** Every gitlink of the revision at or below one of the paths. */
  readGitlinks(revision: string, paths: readonly string[]): Promise<readonly TreeEntry[]>
  /** Every folder and submodule of the revision. */
  folderPaths(revision: string): Promise<readonly string[]>
  /** Does the path lie in the repository, whether or not something is there? */
  holdsPath(path: string): Promise<boolean>
  /** A file's bytes at a revision, `null` where there is none, or where `path` leads out of the repository. */
  readFile(revision: string, path: string): Promise<Uint8Array | null>
  hasCommit(commit: string): Promise<boolean>
  /**
   * Fetches one commit by id at depth 1, bounded in time, to where it can be read from here, not into the workspace; `false`
   * where there is no remote or it does not give the commit out.
   */
  fetchCommit(commit: string): Promise<boolean>
  /** In a shallow clone that hides the answer the remote's history is asked. */
  mergeBase(a: string, b: string): Promise<MergeBase>
  /** How `other` stands to `head`, fetching commits (never into the workspace) where the clone is shallow. */
  relation(head: string, other: string): Promise<'same' | 'ancestor' | 'descendant' | 'diverged' | 'unknown'>
  /** The commit that the remote's branch points at now; `null` where the branch or the remote is missing. */
  remoteBranchTip(branch: string): Promise<string | null>
  /** The commit that the remote's tag names; `null` where the tag or the remote is missing. */
  remoteTag(tag: string): Promise<string | null>
  /** The same, but no remote, or one that does not answer, is `GIT_FAILED`: `null` means that the remote has no such branch. */
  readBranchTip(branch: string): Promise<string | null>
  /** Those of `commits` that are `tip`, a commit of the remote, or lie in its history. */
  ancestorsAmong(tip: string, commits: readonly string[]): Promise<readonly string[]>
  /** Reads a commit of the remote at depth 1, outside the workspace; `null` where the remote does not give it out. */
  readCommit<T>(commit: string, read: (files: CommitFiles) => Promise<T>): Promise<T | null>
  /** State of the checked-out submodule or folder at `path`. */
  checkoutState(path: string): Promise<CheckoutState>
  /** Every changed or untracked path of the checkout; of a submodule with any its own. */
  dirtyPaths(): Promise<readonly string[]>
  /** Subjects, newest first, of the commits between two of a submodule's; `null` where its clone here cannot tell. */
  submoduleSubjects(
    path: string,
    from: string,
    to: string,
    most: number
  ): Promise<{ readonly subjects: readonly string[]; readonly total: number } | null>
  /**
   * Writes what HEAD holds at these paths (no submodules) to the same paths below `destination`: the committed bytes.
   * @param asRepository so that build tools that ask git find the commit
   */
  exportPaths(paths: readonly string[], destination: string, asRepository: boolean): Promise<ExportedSource>
  /**
   * Writes a commit of a submodule to the submodule's path below `destination`, and the submodules in it. What the checkout
   * does not hold is fetched at depth 1, outside the workspace, where `mayFetch`.
   */
  exportSubmodule(gitlink: Gitlink, destination: string, mayFetch: boolean): Promise<ExportedSource>
  /** Paths of the submodules that `.gitmodules` of the revision reaches over SSH, sorted. */
  sshSubmodules(revision: string): Promise<readonly string[]>
  /** The tags of a submodule's commit, asked of its remote; none, and a warning, where it does not answer. */
  tagsOf(path: string, commit: string): Promise<readonly string[]>
  /** Removes what was fetched for this run. */
  close(): Promise<void>
}

/** What can be read of a commit wherever it lies. */
export type CommitFiles = Pick<Git, 'readEntries' | 'readFile'>

export type MergeBase =
  | { readonly kind: 'commit'; readonly commit: string }
  /** It is established that the two share no history. */
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown'; readonly why: string }

export interface Gitlink {
  /** Of the submodule, relative to where `Git` works. */
  readonly path: string
  readonly commit: string
}

export interface ExportedSource {
  /** Submodules, also inside a submodule, whose commit the checkout does not hold, and that were not to be fetched. */
  readonly missing: readonly Gitlink[]
  /** Files that are pointers of Git LFS still. */
  readonly pointers: readonly string[]
}

export type CheckoutState =
  | { readonly kind: 'missing' }
  /** A submodule's folder that is empty, has no commit checked out, or a `.git` that leads nowhere. */
  | { readonly kind: 'not-initialised' }
  /** `commit`: what is checked out there (`null` for a plain folder). `dirtyPaths`: changed or untracked, at most 20. */
  | { readonly kind: 'present'; readonly commit: string | null; readonly dirtyPaths: readonly string[] }

/** The mode of an entry says whether it is a submodule. */
export function isGitlink({ mode }: Pick<TreeEntry, 'mode'>): boolean {
  return mode === '160000'
}

/** Git LFS Specification, "The Pointer". */
export interface LfsPointer {
  /** SHA-256 of the content, 64 hex digits. */
  readonly oid: string
  readonly sizeBytes: number
}

/** The second is of the time before Git LFS had its name. */
const pointerVersions = ['https://git-lfs.github.com/spec/v1', 'https://hawser.github.com/spec/v1']
/** The specification: a pointer is smaller than this. */
export const longestPointer = 1024

/** What a file that is a pointer names; `null` where it is none. */
export function parsePointer(content: Uint8Array): LfsPointer | null {
  // Most files are told apart by their first letter.
  if (content[0] !== 0x76 || content.length >= longestPointer) return null
  const lines = new TextDecoder('utf-8').decode(content).split(/\r?\n/)
  const version = /^version (\S+)$/.exec(lines[0] ?? '')?.[1]
  if (version === undefined || !pointerVersions.includes(version)) return null
  const value = (key: string): string | undefined =>
    lines.find(line => line.startsWith(`${key} `))?.slice(key.length + 1)
  const oid = /^sha256:([0-9a-f]{64})$/.exec(value('oid') ?? '')?.[1]
  const size = /^\d{1,15}$/.exec(value('size') ?? '')?.[0]
  return oid === undefined || size === undefined ? null : { oid, sizeBytes: Number(size) }
}
