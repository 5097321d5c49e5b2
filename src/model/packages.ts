/** The packages of a layer: which, how large, what changes of them, and which of two versions is the older one. */

/** One package of a layer. */
export interface PackageVersion {
  readonly name: string
  readonly version: string
}

/** `null`: it was, or is, not there. The same version twice: only what it is marked with is news. */
export interface PackageChange {
  readonly name: string
  readonly from: string | null
  readonly to: string | null
  /** What its metadata named and names, where that differs; empty: none. */
  readonly licence?: { readonly from: string; readonly to: string }
  /** Its index has withdrawn this version, and the installer said so (PEP 592). */
  readonly yanked?: true
}

/** How many of the team's own files differ. */
export interface OwnFilesChange {
  readonly added: number
  readonly changed: number
  readonly removed: number
}

/** What differs from what the region runs, beside its packages. */
export interface ContentChange {
  /** `null`: not known. */
  readonly ownFiles: OwnFilesChange | null
  /** The content that runs has a bill of materials that names its licences. */
  readonly licencesCompared: boolean
}

/** How much of a layer is one package, or one folder that no package has installed. */
export interface PackageSize {
  /** `numpy`, or `python/da_flask` where no package says that it is its own. */
  readonly name: string
  readonly version: string | null
  /** Unzipped. */
  readonly sizeBytes: number
}

/** A name as package indexes compare it (Python Packaging User Guide, "Names and normalization"). */
export function normalizedName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-')
}

/** As the outputs carry it: `downgrade`, `licence` and `yanked` only where they hold. */
export function shownPackages(
  changes: readonly PackageChange[] | null
): readonly Readonly<Record<string, unknown>>[] | null {
  return (
    changes?.map(change => {
      const { from, to } = change
      return { ...change, ...(from !== null && to !== null && isOlder(from, to) && { downgrade: true }) }
    }) ?? null
  )
}

/** As the outputs carry it; nothing where there is nothing to compare with, or it is not known. */
export function shownOwnFiles(change: ContentChange | undefined): { readonly 'own-files-changed'?: OwnFilesChange } {
  return change?.ownFiles == null ? {} : { 'own-files-changed': change.ownFiles }
}

interface SizedEntry {
  readonly path: string
  readonly sizeBytes: number
}

type PackageOf = ReadonlyMap<string, { readonly name: string; readonly version: string }>

/** AWS Lambda Developer Guide, "Lambda quotas": deployment package unzipped, layers included. */
export const maxUnzippedBytes = 262_144_000

/** As many as a report shows. */
const most = 10

/** The largest packages, the largest first. A file that no package has recorded counts to the folder or module that it lies in. */
export function largestPackages(entries: readonly SizedEntry[], installed: PackageOf): readonly PackageSize[] {
  const sizes = new Map<string, PackageSize>()
  for (const { path, sizeBytes } of entries) {
    const { name, version } = installed.get(path) ?? { name: ownerOf(path), version: null }
    const key = `${name} ${version ?? ''}`
    const before = sizes.get(key)
    sizes.set(key, { name, version, sizeBytes: (before?.sizeBytes ?? 0) + sizeBytes })
  }
  return [...sizes.values()].sort((a, b) => b.sizeBytes - a.sizeBytes || (a.name < b.name ? -1 : 1)).slice(0, most)
}

/** `python/da_flask`, `nodejs/node_modules/@scope/name`, `lib/libx.so`: what one would name in `build.exclude`. */
export function ownerOf(path: string): string {
  const owner =
    /^python\/lib\/python3[.]\d+\/site-packages\/[^/]+/.exec(path) ??
    /^nodejs\/(?:node\d+\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ??
    /^[^/]+\/[^/]+/.exec(path)
  return owner?.[0] ?? path
}

/** `31.4 MB`: decimal, as package indexes and AWS's console count. */
export function bytesText(count: number): string {
  if (count < 1000) return `${count} B`
  return count < 1_000_000 ? `${(count / 1000).toFixed(1)} kB` : `${(count / 1_000_000).toFixed(1)} MB`
}

export function packageText({ name, version, sizeBytes }: PackageSize): string {
  return `${name}${version === null ? '' : ` ${version}`} ${bytesText(sizeBytes)}`
}

/** One entry of an archive's central directory: enough to tell whether two archives hold the same file. */
export interface DirectoryEntry {
  readonly path: string
  /** As the content digest has it. */
  readonly mode: '100644' | '100755' | '120000'
  readonly crc32: number
  /** Unzipped. */
  readonly sizeBytes: number
}

/** A version as package indexes write it (Python Packaging User Guide, "Version specifiers"; PEP 440). */
const versionForm =
  /^v?(?:(\d{1,15})!)?(\d{1,15}(?:[.]\d{1,15}){0,15})(?:[-_.]?(alpha|a|beta|b|preview|pre|c|rc)[-_.]?(\d{0,15}))?(?:-(\d{1,15})|[-_.]?(post|rev|r)[-_.]?(\d{0,15}))?(?:[-_.]?(dev)[-_.]?(\d{0,15}))?(?:[+]([a-z0-9]{1,50}(?:[-_.][a-z0-9]{1,50}){0,9}))?$/

/** No version of an index is longer. */
const longestVersion = 200

/** Lists of numbers and words that compare one after the other; `null`: it is none that can be ordered. */
type Key = readonly (readonly Part[])[]
type Part = number | string

/** Whether `to` comes before `from`; what is no version, or is two of them, is not judged. */
export function isOlder(from: string, to: string): boolean {
  const [old, now] = [keyOf(from), keyOf(to)]
  if (old === null || now === null) return false
  for (const [index, parts] of old.entries()) {
    const order = compareParts(parts, now[index] ?? [])
    if (order !== 0) return order > 0
  }
  return false
}

/** A part that is missing stands before every other, but for a pre-release, which stands before its release. */
function keyOf(version: string): Key | null {
  if (version.length > longestVersion) return null
  const match = versionForm.exec(version.trim().toLowerCase())
  if (match === null) return null
  const [, epoch = '0', release = '', pre, preNumber, implicitPost, post, postNumber, dev, devNumber, local] = match
  const isPost = post !== undefined || implicitPost !== undefined
  const phase = pre === undefined ? (dev !== undefined && !isPost ? -1 : 3) : phaseOf(pre)
  return [
    [Number(epoch)],
    trimmed(release.split('.').map(Number)),
    [phase, Number(preNumber === undefined || preNumber === '' ? 0 : preNumber)],
    isPost ? [1, Number(implicitPost ?? (postNumber === '' ? 0 : postNumber))] : [0],
    dev === undefined ? [1] : [0, Number(devNumber === undefined || devNumber === '' ? 0 : devNumber)],
    local === undefined ? [] : local.split(/[-_.]/).map(part => (/^\d+$/.test(part) ? Number(part) : part))
  ]
}

function phaseOf(pre: string): number {
  return pre.startsWith('a') ? 0 : pre.startsWith('b') ? 1 : 2
}

/** `3.0` and `3` are the same release. */
function trimmed(release: readonly number[]): readonly number[] {
  const last = release.findLastIndex(number => number !== 0)
  return release.slice(0, last + 1)
}

/** A number comes after every word; a list that ends comes before one that goes on. */
function compareParts(a: readonly Part[], b: readonly Part[]): number {
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const [one, other] = [a[index], b[index]]
    if (one === other) continue
    if (one === undefined) return -1
    if (other === undefined) return 1
    if (typeof one !== typeof other) return typeof one === 'number' ? 1 : -1
    return one < other ? -1 : 1
  }
  return 0
}
