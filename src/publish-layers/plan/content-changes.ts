/** What changes between two contents of a layer, their packages and the team's own files, and what the plan says of sizes. Pure. */
import type { PackageChange, PackageVersion, OwnFilesChange } from '../../model/index.js'
import { ownerOf, type DirectoryEntry, shownOwnFiles, shownPackages } from '../../model/packages.js'
import type { Facts, PlanStep } from './facts.js'
import { targetKey, type Target } from '../target.js'

/** What is known of packages beside their versions. */
export interface PackageMarks {
  /** By name; empty: none is named. `null`: not known. */
  readonly licencesBefore: ReadonlyMap<string, string> | null
  readonly licencesAfter: ReadonlyMap<string, string> | null
  readonly yanked: readonly PackageVersion[]
}

const noMarks: PackageMarks = { licencesBefore: null, licencesAfter: null, yanked: [] }

/** By name; a package that is there in two versions has both. One that stays is named where something is to be said of it. */
export function packageChanges(
  before: readonly PackageVersion[],
  after: readonly PackageVersion[],
  marks: PackageMarks = noMarks
): readonly PackageChange[] {
  const [old, now] = [versionsByName(before), versionsByName(after)]
  const yanked = new Set(marks.yanked.map(({ name, version }) => `${name} ${version}`))
  return [...new Set([...old.keys(), ...now.keys()])].sort().flatMap(name => {
    const [from, to] = [textOf(old.get(name)), textOf(now.get(name))]
    const licence = licenceChange(name, marks)
    const isYanked = [...(now.get(name) ?? [])].some(version => yanked.has(`${name} ${version}`))
    if (from === to && licence === null && !isYanked) return []
    return [{ name, from, to, ...(licence === null ? {} : { licence }), ...(isYanked && { yanked: true as const }) }]
  })
}

/** Of a package that is in both. */
function licenceChange(
  name: string,
  { licencesBefore, licencesAfter }: PackageMarks
): Required<PackageChange>['licence'] | null {
  const [from, to] = [licencesBefore?.get(name), licencesAfter?.get(name)]
  if (from === undefined || to === undefined || from.toLowerCase() === to.toLowerCase()) return null
  return { from, to }
}

function versionsByName(packages: readonly PackageVersion[]): ReadonlyMap<string, ReadonlySet<string>> {
  const versions = new Map<string, Set<string>>()
  for (const { name, version } of packages) versions.set(name, (versions.get(name) ?? new Set()).add(version))
  return versions
}

function textOf(versions: ReadonlySet<string> | undefined): string | null {
  return versions === undefined ? null : [...versions].sort().join(' and ')
}

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

/** `null`: not known. */
export function packagesChangedOf({ packagesChanged }: Facts, target: Target): readonly PackageChange[] | null {
  return packagesChanged.get(targetKey(target)) ?? null
}

/** Both changes are against what the region runs; `null` where that is not known. */
export function sizesOfStep(step: PlanStep): Readonly<Record<string, unknown>> {
  if (step.kind !== 'publish') return {}
  const { sizeBytes, unzippedBytes } = step.artifact
  const before = step.deployed?.sizeBytes ?? null
  return {
    'size-bytes': sizeBytes,
    'unzipped-bytes': unzippedBytes,
    'size-change-bytes': before === null ? null : sizeBytes - before,
    'packages-changed': shownPackages(step.packagesChanged),
    ...shownOwnFiles(step.contentChange)
  }
}

/** By layer id, once for all regions: the largest first. */
export function largestPackagesOf(steps: readonly PlanStep[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    steps.flatMap(step => {
      if (step.kind !== 'publish') return []
      const packages = step.artifact.packages.map(({ name, version, sizeBytes }) => {
        return { name, version, 'size-bytes': sizeBytes }
      })
      return [[step.target.layerId, packages] as const]
    })
  )
}
