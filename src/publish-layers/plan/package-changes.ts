/** What changes between the packages of two contents of a layer. Pure. */
import type { PackageChange, PackageVersion } from '../../model/index.js'

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
  return [...new Set([...old.keys(), ...now.keys()])].sort(byText).flatMap(name => {
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
  return versions === undefined ? null : [...versions].sort(byText).join(' and ')
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
