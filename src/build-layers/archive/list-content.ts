import { setImmediate as nextTurn } from 'node:timers/promises'
import { isUtf8 } from 'node:buffer'
import { lstatSync, readdirSync, readlinkSync, type Stats } from 'node:fs'
import { matcherOf } from '../source/globs.js'

/** A file that goes into the archive. Only the owner's execute bit counts: umask and checkout decide the others. */
export interface FileEntry {
  readonly kind: 'file'
  /** Relative to the content's root, `/` as separator. */
  readonly path: string
  readonly executable: boolean
  readonly sizeBytes: number
  /** What `fingerprintOf` gave while listing: a file with another one has changed since. */
  readonly fingerprint: string
}
/** A symbolic link, kept as a link: Lambda unpacks links as such, and shared libraries come as chains of them. */
export interface SymlinkEntry {
  readonly kind: 'symlink'
  readonly path: string
  readonly target: string
}
/** What cannot go into an archive: devices, FIFOs, sockets, names that are not UTF-8. */
interface RefusedEntry {
  readonly kind: 'refused'
  readonly path: string
  readonly why: string
}
export type ContentEntry = FileEntry | SymlinkEntry | RefusedEntry

/**
 * Everything under `root` in the byte order of the UTF-8 paths. `.git` (a folder, or the file that a submodule has) is never
 * part of a layer; a path or folder that one of the `exclude` globs matches is left out; empty folders do not appear.
 */
export async function listContent(root: string, exclude: readonly string[] = []): Promise<readonly ContentEntry[]> {
  const excluded = exclude.length === 0 ? () => none : matcherOf(exclude, 'build.exclude')
  const entries: ContentEntry[] = []
  const folders = ['']
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    const names = namesIn(`${root}/${folder}`)
    const pathOf = (name: string): string => (folder === '' ? name : `${folder}/${name}`)
    const left = excluded(names.map(({ name }) => pathOf(name)))
    for (const { name, isFolder, isReadable } of names) {
      const path = pathOf(name)
      if (name === '.git' || left.has(path)) continue
      if (!isReadable) entries.push({ kind: 'refused', path, why: 'its name is not UTF-8' })
      else if (isFolder) folders.push(path)
      else entries.push(entryAt(`${root}/${path}`, path))
    }
    // Each call returns in microseconds; waiting for the thread pool instead would double the time of a large tree.
    await nextTurn()
  }
  return sortByPath(entries)
}

const none: ReadonlySet<string> = new Set()

interface Name {
  readonly name: string
  readonly isFolder: boolean
  readonly isReadable: boolean
}

function namesIn(folder: string): readonly Name[] {
  const dirents = readdirSync(folder, { withFileTypes: true })
  if (!dirents.some(({ name }) => name.includes('\ufffd'))) {
    return dirents.map(dirent => ({ name: dirent.name, isFolder: dirent.isDirectory(), isReadable: true }))
  }
  // Read as text, a name that is not UTF-8 looks like one that holds the replacement character.
  return readdirSync(folder, { withFileTypes: true, encoding: 'buffer' }).map(dirent => {
    return { name: dirent.name.toString(), isFolder: dirent.isDirectory(), isReadable: isUtf8(dirent.name) }
  })
}

function entryAt(absolute: string, path: string): ContentEntry {
  const stats = lstatSync(absolute)
  if (stats.isFile()) {
    const executable = (stats.mode & 0o100) !== 0
    return { kind: 'file', path, executable, sizeBytes: stats.size, fingerprint: fingerprintOf(stats) }
  }
  if (stats.isSymbolicLink()) {
    const target = readlinkSync(absolute, { encoding: 'buffer' })
    return isUtf8(target)
      ? { kind: 'symlink', path, target: target.toString() }
      : { kind: 'refused', path, why: "its link's target is not UTF-8" }
  }
  return { kind: 'refused', path, why: `it is ${specialKind(stats)}` }
}

function specialKind(stats: Stats): string {
  if (stats.isFIFO()) return 'a FIFO'
  if (stats.isSocket()) return 'a socket'
  if (stats.isBlockDevice() || stats.isCharacterDevice()) return 'a device'
  return 'neither a file nor a link'
}

function sortByPath(entries: readonly ContentEntry[]): readonly ContentEntry[] {
  // UTF-16 order, which `<` uses, differs from UTF-8's only where there are surrogates.
  if (!entries.some(({ path }) => /[\ud800-\udfff]/.test(path))) {
    return [...entries].sort((a, b) => (a.path < b.path ? -1 : 1))
  }
  return entries
    .map(entry => ({ entry, key: Buffer.from(entry.path) }))
    .sort((a, b) => Buffer.compare(a.key, b.key))
    .map(({ entry }) => entry)
}

/** Changes with every write: the change time, here to a quarter of a microsecond, cannot be set back by a program. */
export function fingerprintOf({ dev, ino, size, ctimeMs }: Stats): string {
  // Joined it is one flat string; a template would keep each of its parts, 20 MB of a hundred thousand files.
  return [dev, ino, size, ctimeMs].join(':')
}
