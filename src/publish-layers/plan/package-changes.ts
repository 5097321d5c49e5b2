/** What changes between the packages of two contents of a layer. Pure. */
import type { PackageChange, PackageVersion } from '../../model/index.js'

/** By name; a package that is there in two versions has both. */
export function packageChanges(
  before: readonly PackageVersion[],
  after: readonly PackageVersion[]
): readonly PackageChange[] {
  const [old, now] = [versionsByName(before), versionsByName(after)]
  return [...new Set([...old.keys(), ...now.keys()])].sort(byText).flatMap(name => {
    const [from = null, to = null] = [old.get(name), now.get(name)]
    return from === to ? [] : [{ name, from, to }]
  })
}

function versionsByName(packages: readonly PackageVersion[]): ReadonlyMap<string, string> {
  const versions = new Map<string, Set<string>>()
  for (const { name, version } of packages) versions.set(name, (versions.get(name) ?? new Set()).add(version))
  return new Map([...versions].map(([name, all]) => [name, [...all].sort(byText).join(' and ')]))
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
