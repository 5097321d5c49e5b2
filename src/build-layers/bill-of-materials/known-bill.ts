/**
 * A bill of materials that was read back: which packages with which licences, and where the team's own files lie. It is shown and decides
 * nothing, and whoever may write to the bucket may have put anything there: what is no document of ours is `null`.
 */
import { packagesIn } from '../inspect/installed-packages.js'
import type { PackageVersion } from '../../model/index.js'
import { billProperties } from './document.js'

export interface KnownBill {
  readonly contentDigest: string
  readonly python: readonly PackageVersion[]
  readonly node: readonly PackageVersion[]
  /** By the name of the package; empty: none is named. */
  readonly licences: ReadonlyMap<string, string>
  /** As `ownerOf` has them: modules, folders and files that no package brought. */
  readonly ownPlaces: ReadonlySet<string>
}

type Json = Readonly<Record<string, unknown>>

const nodePackage = /^nodejs\/(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+$/

/** No licence, name or version that we wrote is longer. */
const longest = 1_000

export function knownBill(text: string): KnownBill | null {
  const document = objectOf(parsed(text))
  const contentDigest = propertyOf(objectOf(objectOf(document['metadata'])['component']), billProperties.contentDigest)
  // A content of nothing but excluded files cannot be: the list is there, but for a serializer that leaves out what is empty.
  const { components = [] } = document
  if (document['bomFormat'] !== 'CycloneDX' || contentDigest === null || !Array.isArray(components)) return null
  const found = { python: [] as PackageVersion[], node: [] as PackageVersion[] }
  const licences = new Map<string, Set<string>>()
  const ownPlaces = new Set<string>()
  for (const component of components.map(objectOf)) {
    const place = propertyOf(component, billProperties.place)
    if (place === null) return null
    const one = packageAt(place, component)
    if (one === 'own') ownPlaces.add(place)
    else if (one !== null) {
      found[place.endsWith('.dist-info') ? 'python' : 'node'].push(one)
      licences.set(one.name, (licences.get(one.name) ?? new Set()).add(licenceOf(component)))
    }
  }
  const joined = [...licences].map(([name, all]) => [name, [...all].sort().join(' and ')] as const)
  return { contentDigest, ...found, licences: new Map(joined), ownPlaces }
}

/** A Python package is called as its folder is, which the archive's own directory says, too. `null`: a folder without a version. */
function packageAt(place: string, component: Json): PackageVersion | 'own' | null {
  if (place.endsWith('.dist-info')) return packagesIn([`${place}/`])[0] ?? null
  const { name, version = '' } = component
  const isPackage = nodePackage.test(place) && typeof component['purl'] === 'string'
  return isPackage && isLine(name) && isLine(version) ? { name, version } : 'own'
}

/** `{ expression }`, or `{ license: { name } }` for each. */
function licenceOf({ licenses }: Json): string {
  if (!Array.isArray(licenses)) return ''
  const names = licenses.map(objectOf).map(({ expression, license }) => {
    const { id, name } = objectOf(license)
    return [expression, id, name].find(isLine) ?? ''
  })
  return names.filter(name => name !== '').join(', ')
}

function propertyOf({ properties }: Json, wanted: string): string | null {
  if (!Array.isArray(properties)) return null
  const value = properties.map(objectOf).find(({ name }) => name === wanted)?.['value']
  return typeof value === 'string' ? value : null
}

function isLine(value: unknown): value is string {
  return typeof value === 'string' && value.length <= longest
}

function objectOf(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {}
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return null
  }
}
