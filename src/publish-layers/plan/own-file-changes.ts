/** How many of the team's own files differ between two archives of a layer. Pure. */
import type { OwnFilesChange } from '../../model/index.js'
import { ownerOf, type DirectoryEntry } from '../../model/packages.js'

/** What is known of two contents. */
export interface ComparedFiles {
  readonly before: readonly DirectoryEntry[]
  readonly after: readonly DirectoryEntry[]
  /** Of `after`, by path. */
  readonly own: ReadonlySet<string>
  /** Of `before`, as its bill of materials has them; `null`: there is none. */
  readonly ownPlacesBefore: ReadonlySet<string> | null
}

/** Of an installed package, whoever wrote it. */
const ofPackage =
  /^python\/(?:lib\/python3[.]\d+\/site-packages\/)?[^/]+[.]dist-info\/|^nodejs\/(?:.*\/)?node_modules\//

/** `null`: whose a file was that is gone cannot be told. */
export function ownFileChanges({ before, after, own, ownPlacesBefore }: ComparedFiles): OwnFilesChange | null {
  const [was, is] = [byPath(before), byPath(after)]
  const shared = [...own].flatMap(path => {
    const entry = is.get(path)
    return entry === undefined ? [] : [{ entry, earlier: was.get(path) }]
  })
  const gone = [...was.keys()].filter(path => !is.has(path) && !ofPackage.test(path))
  const owners = ownersOf(is, own)
  const withoutPackages = ![...was.keys()].some(path => ofPackage.test(path))
  const whose = gone.map(path => (withoutPackages ? true : wasOwn(ownerOf(path), owners, ownPlacesBefore)))
  if (whose.includes(null)) return null
  return {
    added: shared.filter(({ earlier }) => earlier === undefined).length,
    changed: shared.filter(({ entry, earlier }) => earlier !== undefined && !same(entry, earlier)).length,
    removed: whose.filter(isOwn => isOwn === true).length
  }
}

interface Owners {
  readonly own: ReadonlySet<string>
  readonly packages: ReadonlySet<string>
}

/** A module that is only the team's, or only a package's, was so before. */
function wasOwn(owner: string, { own, packages }: Owners, ownPlaces: ReadonlySet<string> | null): boolean | null {
  const isOwn = own.has(owner)
  const isPackage = packages.has(owner)
  if (isOwn !== isPackage) return isOwn
  return ownPlaces === null ? null : ownPlaces.has(owner)
}

function ownersOf(entries: ReadonlyMap<string, DirectoryEntry>, own: ReadonlySet<string>): Owners {
  const found = { own: new Set<string>(), packages: new Set<string>() }
  for (const path of entries.keys()) (own.has(path) ? found.own : found.packages).add(ownerOf(path))
  return found
}

/** Folders are no files. */
function byPath(entries: readonly DirectoryEntry[]): ReadonlyMap<string, DirectoryEntry> {
  return new Map(entries.flatMap(entry => (entry.path.endsWith('/') ? [] : [[entry.path, entry] as const])))
}

function same(a: DirectoryEntry, b: DirectoryEntry): boolean {
  return a.crc32 === b.crc32 && a.sizeBytes === b.sizeBytes && a.mode === b.mode
}
