/** What stands at a path of a revision. Paths are relative to the working directory, wherever in the repository that lies. */
import type { RunGit } from './command/call.js'
import { decodePath, parseTree } from './command/tree-records.js'
import { isGitlink } from '../../ports/git.js'
import { CodedError } from '../../model/errors.js'
import type { TreeEntry } from '../../model/index.js'
import type { ObjectReader } from './objects.js'

/** Folders that are read by name. Above it the whole tree is listed once: git looks each name up from the root. */
const foldersAtOnce = 200
/** Above this number of paths git's own filter is quadratic (measured): the whole tree is read once instead. */
const pathsAtOnce = 200

/**
 * The entries at exactly these paths, sorted; where a submodule stands above a path, its gitlink. What is in neither way in
 * the revision is left out.
 */
export async function readEntries(
  { run, objects }: { readonly run: RunGit; readonly objects: ObjectReader },
  revision: string,
  paths: readonly string[]
): Promise<readonly TreeEntry[]> {
  const outside = paths.find(isOutOfReach)
  if (outside !== undefined) throw outOfReach(outside)
  const wanted = new Set(paths)
  const above = new Map<string, readonly string[]>()
  for (const path of wanted) if (path !== '.') above.set(path, foldersAbove(path))
  const folders = new Set([...above.values()].flat())
  if (wanted.has('.')) folders.add('')
  const listed = folders.size <= foldersAtOnce ? null : await listWholeTree(run, revision)
  const known = listed ?? (await readFolders(objects, revision, [...folders], wanted))
  const found = new Map<string, TreeEntry>()
  for (const [path, parents] of above) {
    const chain = [...parents.slice(1), path]
    const entry =
      known.get(path) ?? chain.map(each => known.get(each)).find(each => each !== undefined && isGitlink(each))
    if (entry !== undefined) found.set(entry.path, entry)
  }
  if (wanted.has('.')) for (const root of await rootEntry(objects, revision)) found.set('.', root)
  return [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1))
}

/** What `readEntries` will ask for joins the next process. Nothing is said of what is not there. */
export function askAhead(objects: ObjectReader, revision: string, paths: readonly string[]): void {
  const folders = new Set(paths.filter(path => !isOutOfReach(path)).flatMap(foldersAbove))
  if (folders.size > foldersAtOnce) return
  for (const folder of folders) objects.read(`${revision}:./${folder}`).catch(() => undefined)
}

/** `a/b/c` → ``, `a`, `a/b`. */
function foldersAbove(path: string): string[] {
  const parts = path.split('/').slice(0, -1)
  return ['', ...parts.map((_part, index) => parts.slice(0, index + 1).join('/'))]
}

function isOutOfReach(path: string): boolean {
  return /^\/|(?:^|\/)\.\.(?:\/|$)/.test(path)
}

async function rootEntry(objects: ObjectReader, revision: string): Promise<readonly TreeEntry[]> {
  const root = await objects.read(`${revision}:./`)
  return root === null ? [] : [{ path: '.', mode: '040000', objectId: root.id }]
}

/** The entries of these folders that are asked for, or lie on the way to one that is. */
async function readFolders(
  objects: ObjectReader,
  revision: string,
  folders: readonly string[],
  wanted: ReadonlySet<string>
): Promise<ReadonlyMap<string, TreeEntry>> {
  const known = new Map<string, TreeEntry>()
  const onTheWay = new Set(folders)
  const trees = await Promise.all(folders.map(folder => objects.read(`${revision}:./${folder}`)))
  for (const [index, tree] of trees.entries()) {
    if (tree?.type !== 'tree') continue
    const folder = folders[index] ?? ''
    for (const entry of parseRawTree(tree.content, tree.id.length / 2, folder === '' ? '' : `${folder}/`)) {
      if (wanted.has(entry.path) || onTheWay.has(entry.path)) known.set(entry.path, entry)
    }
  }
  if (trees.every(tree => tree === null)) await throwWhereNoCommit(objects, revision)
  return known
}

/** A folder that is not there is an answer; a revision that is not in the clone is none. */
async function throwWhereNoCommit(objects: ObjectReader, revision: string): Promise<void> {
  if ((await objects.read(`${revision}^{tree}`)) !== null) return
  throw noSuchCommit(revision)
}

function outOfReach(path: string): CodedError {
  return new CodedError('GIT_FAILED', {
    expected: 'a path inside the working directory',
    found: JSON.stringify(path),
    mend: 'set the path relative to the input working-directory'
  })
}

export function noSuchCommit(revision: string): CodedError {
  return new CodedError('GIT_FAILED', {
    expected: `commit ${revision} in the clone`,
    found: 'no such commit',
    mend: 'fetch the commit: set `fetch-depth: 0` in actions/checkout'
  })
}

async function listWholeTree(run: RunGit, revision: string): Promise<ReadonlyMap<string, TreeEntry>> {
  const { stdout } = await run({ args: ['ls-tree', '-r', '-t', '-z', revision] })
  return new Map(parseTree(stdout).map(entry => [entry.path, entry]))
}

/** Every gitlink of the revision at or below one of the paths. */
export async function readGitlinks(
  run: RunGit,
  revision: string,
  paths: readonly string[]
): Promise<readonly TreeEntry[]> {
  const everything = paths.includes('.') || paths.length > pathsAtOnce || !paths.every(isPlain)
  const pathspecs = everything ? [] : ['--', ...paths]
  const { stdout } = await run({ args: ['ls-tree', '-r', '-z', revision, ...pathspecs] })
  const below = (entry: TreeEntry): boolean =>
    paths.some(path => path === '.' || entry.path === path || entry.path.startsWith(`${path}/`))
  return parseTree(stdout).filter(entry => isGitlink(entry) && below(entry))
}

/** Every folder and submodule of the revision. */
export async function readFolderPaths(run: RunGit, revision: string): Promise<readonly string[]> {
  const { stdout } = await run({ args: ['ls-tree', '-r', '-d', '-z', revision] })
  return parseTree(stdout)
    .map(({ path }) => path)
    .filter(path => path !== './')
}

/** Lone surrogates stand for bytes that no argument of a process can carry. */
function isPlain(path: string): boolean {
  return !/\p{Surrogate}/u.test(path)
}

/**
 * The entries of a tree object: `<mode> <name>\0<id>`, over and over.
 * @param idBytes 20, or 32 in a repository of SHA-256
 */
export function parseRawTree(content: Uint8Array, idBytes: number, prefix: string): TreeEntry[] {
  const entries: TreeEntry[] = []
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength)
  for (let at = 0; at < bytes.length;) {
    const space = bytes.indexOf(0x20, at)
    const end = bytes.indexOf(0, space + 1)
    const next = end + 1 + idBytes
    if (space === -1 || end === -1 || next > bytes.length) throw brokenTree(bytes.subarray(at))
    const mode = canonicalMode(Number.parseInt(bytes.toString('latin1', at, space), 8))
    entries.push({
      path: prefix + decodePath(bytes.subarray(space + 1, end)),
      mode,
      objectId: bytes.toString('hex', end + 1, next)
    })
    at = next
  }
  return entries
}

/** As git's own `canon_mode`: old trees hold modes that it reads as one of these five. */
function canonicalMode(mode: number): string {
  switch (mode & 0o170000) {
    case 0o100000:
      return (mode & 0o100) === 0 ? '100644' : '100755'
    case 0o120000:
      return '120000'
    case 0o040000:
      return '040000'
    default:
      return '160000'
  }
}

function brokenTree(rest: Uint8Array): CodedError {
  return new CodedError('GIT_FAILED', {
    expected: 'the entries of a tree object',
    found: JSON.stringify(decodePath(rest.subarray(0, 80))),
    mend: 'check the repository with `git fsck`'
  })
}
