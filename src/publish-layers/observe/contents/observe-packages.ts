/** How what would be published differs from what each region runs: read for the report, never for a decision. */
import type { Artifact, ContentChange, DeployedVersion, PackageChange } from '../../../model/index.js'
import type { Facts } from '../../plan/facts.js'
import { ownFileChanges, packageChanges } from '../../plan/content-changes.js'
import { targetKey, type Target } from '../../target.js'
import { builtContent, noContent, storedAt, type ContentPorts, type StoredContent } from './stored-content.js'

export interface ObservedPackages {
  readonly facts: Pick<Facts, 'deployed' | 'packagesChanged' | 'contentChanges'>
  /** By `targetKey`: whose bucket gave the archive that runs now. */
  readonly answered: ReadonlySet<string>
}

/**
 * What changes, by `targetKey`, and what the archives that run now weigh; what is missing is not known. What a region runs lies in the bucket
 * under its content digest: the archive's end is read, and where the run only shows what would be, the bill of materials; once for each of
 * a layer's contents, however many regions run it.
 */
export async function observePackages(
  { deployed, mode, dryRun }: Pick<Facts, 'deployed' | 'mode' | 'dryRun'>,
  targets: readonly Target[],
  artifacts: ReadonlyMap<string, Artifact>,
  ports: ContentPorts
): Promise<ObservedPackages> {
  const withBill = mode === 'plan' || dryRun
  const reads = new Map<string, Promise<StoredContent | null>>()
  const once = (key: string, read: () => Promise<StoredContent | null>) => {
    const known = reads.get(key) ?? read()
    reads.set(key, known)
    return known
  }
  const found = targets.map(async target => {
    const artifact = artifacts.get(target.layerId)
    const version = deployed.get(targetKey(target))
    if (artifact === undefined || version === undefined) return []
    const digest = version?.contentDigest ?? null
    if (version !== null && digest === null) return []
    const [before, after] = await Promise.all([
      digest === null
        ? noContent
        : once(`${target.layerId} ${digest}`, () => storedAt(target, digest, withBill, ports)),
      once(target.layerId, () => builtContent(artifact))
    ])
    if (before === null || after === null) return []
    const sizeBytes = version?.sizeBytes ?? before.sizeBytes
    const packages = packagesBetween(before, after, artifact)
    const content = before === noContent ? null : contentBetween(before, after, artifact)
    // What a bill of materials alone tells says nothing of whose bucket it is that holds the archive.
    const isRead = before !== noContent && before.files !== null
    return [{ key: targetKey(target), packages, content, version, sizeBytes, isRead }]
  })
  return observed(deployed, (await Promise.all(found)).flat())
}

interface Found {
  readonly key: string
  readonly packages: readonly PackageChange[]
  readonly content: ContentChange | null
  readonly version: DeployedVersion | null
  readonly sizeBytes: number | null
  readonly isRead: boolean
}

function observed(deployed: Facts['deployed'], known: readonly Found[]): ObservedPackages {
  const weighed = known.flatMap(({ key, version, sizeBytes }) =>
    version === null ? [] : [[key, { ...version, sizeBytes }] as const]
  )
  const facts = {
    deployed: new Map<string, DeployedVersion | null>([...deployed, ...weighed]),
    packagesChanged: new Map(known.map(({ key, packages }) => [key, packages])),
    contentChanges: new Map(known.flatMap(({ key, content }) => (content === null ? [] : [[key, content] as const])))
  }
  return { facts, answered: new Set(known.flatMap(({ key, isRead }) => (isRead ? [key] : []))) }
}

function packagesBetween(before: StoredContent, after: StoredContent, { yanked = [] }: Artifact): Found['packages'] {
  const [old, now] = before.node === null || after.node === null ? [[], []] : [before.node, after.node]
  return packageChanges([...before.python, ...old], [...after.python, ...now], {
    licencesBefore: before.bill?.licences ?? null,
    licencesAfter: after.bill?.licences ?? null,
    yanked
  })
}

function contentBetween(before: StoredContent, after: StoredContent, { ownFiles }: Artifact): ContentChange {
  const compared =
    before.files === null || after.files === null || ownFiles === undefined
      ? null
      : ownFileChanges({
          before: before.files,
          after: after.files,
          own: new Set(ownFiles),
          ownPlacesBefore: before.bill?.ownPlaces ?? null
        })
  return { ownFiles: compared, licencesCompared: before.bill !== null && after.bill !== null }
}
