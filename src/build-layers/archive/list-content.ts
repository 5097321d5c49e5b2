import { isUtf8 } from 'node:buffer'
import { lstatSync, readlinkSync, type BigIntStats } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import picomatch from 'picomatch'

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
export interface RefusedEntry {
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
  const excluded = exclude.length === 0 ? () => false : picomatch([...exclude], { dot: true })
  const entries: ContentEntry[] = []
  const folders = ['']
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const dirent of await readdir(join(root, folder), { withFileTypes: true, encoding: 'buffer' })) {
      const name = dirent.name.toString()
      const path = folder === '' ? name : `${folder}/${name}`
      if (name === '.git' || excluded(path)) continue
      if (!isUtf8(dirent.name)) entries.push({ kind: 'refused', path, why: 'its name is not UTF-8' })
      else if (dirent.isDirectory()) folders.push(path)
      else entries.push(entryAt(root, path))
    }
  }
  return sortByPath(entries)
}

function entryAt(root: string, path: string): ContentEntry {
  const absolute = join(root, path)
  const stats = lstatSync(absolute, { bigint: true })
  if (stats.isFile()) {
    const executable = (stats.mode & 0o100n) !== 0n
    return { kind: 'file', path, executable, sizeBytes: Number(stats.size), fingerprint: fingerprintOf(stats) }
  }
  if (stats.isSymbolicLink()) {
    const target = readlinkSync(absolute, { encoding: 'buffer' })
    return isUtf8(target)
      ? { kind: 'symlink', path, target: target.toString() }
      : { kind: 'refused', path, why: "its link's target is not UTF-8" }
  }
  return { kind: 'refused', path, why: `it is ${specialKind(stats)}` }
}

function specialKind(stats: BigIntStats): string {
  if (stats.isFIFO()) return 'a FIFO'
  if (stats.isSocket()) return 'a socket'
  if (stats.isBlockDevice() || stats.isCharacterDevice()) return 'a device'
  return 'neither a file nor a link'
}

/** Changes with every write: the change time cannot be set back by a program. */
export function fingerprintOf(stats: BigIntStats): string {
  return [stats.dev, stats.ino, stats.size, stats.mtimeNs, stats.ctimeNs].join(':')
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
