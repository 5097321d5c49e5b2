/** The bill of materials of what a layer runs, from the bucket: printed only where it is what the stored archive gives. */
import type { ObjectPlace } from '../ports/inventory.js'
import { maximumArchiveBytes } from '../build-layers/archive/read-archive.js'
import { billOfArchive } from '../build-layers/bill-of-materials/write-bill.js'
import { billProperties } from '../build-layers/bill-of-materials/document.js'
import { CodedError } from '../model/errors.js'
import type { Environment, Layer } from '../model/index.js'
import { artifactKey, billKey, targetsOf, type Target } from '../publish-layers/target.js'
import { observeHistory, type HistoryPorts } from './history/observe-history.js'

export interface BillRequest {
  readonly environment: Environment
  readonly layer: Layer
  readonly region: string
  /** `null`: the one that is deployed. */
  readonly version: number | null
}

/** One of 5,000 packages has some megabytes. */
const longestBytes = 64_000_000
/** How far back a version is looked for. */
const mostVersions = 1_000

/** @throws CodedError VERSION_NOT_FOUND, ARTIFACT_GONE, ARTIFACT_ALTERED */
export async function readBill(request: BillRequest, ports: HistoryPorts): Promise<string> {
  const { environment, layer, region } = request
  const [target] = targetsOf(environment, [layer], [region])
  if (target === undefined) throw new Error('a layer and a region are a target')
  const contentDigest = await contentOf(request, target, ports)
  const { objects } = ports.aws.region(region)
  const bucket = { bucket: target.bucket, owner: target.accountId }
  const place = { ...bucket, key: billKey(target.layerName, contentDigest) }
  const archive = { ...bucket, key: artifactKey(target.layerName, contentDigest) }
  const [bill, zip] = await Promise.all([objects.get(place, longestBytes), objects.get(archive, maximumArchiveBytes)])
  if (bill === null) throw gone(place, 'nothing there')
  if (zip === null) throw gone(archive, 'nothing there, so that the bill of materials beside it cannot be verified')
  const text = new TextDecoder().decode(bill.body)
  const made = await billOfArchive(zip.body, { layerId: layer.id, ...declaredIn(text) }).catch((error: unknown) => {
    throw altered(archive, error instanceof Error ? error.message : 'no archive')
  })
  if (made.contentDigest !== contentDigest) throw altered(archive, `content ${made.contentDigest}`)
  if (made.text !== text) throw altered(place, 'another document than the archive gives')
  return text
}

async function contentOf(
  { environment, layer, region, version }: BillRequest,
  target: Target,
  ports: HistoryPorts
): Promise<string> {
  const { deployed } = await ports.engine.observe(target, false)
  if (version === null || deployed?.version === version) {
    if (deployed?.contentDigest != null) return deployed.contentDigest
    throw notFound(target, `a deployed version of ${target.layerName} in ${region} that a record names`)
  }
  const request = { environment, layers: [layer], regions: [region], limit: mostVersions }
  const [history] = (await observeHistory(request, ports)).layers
  const found = history?.versions.find(each => each.version === version)
  if (found?.contentDigest != null) return found.contentDigest
  throw notFound(target, `version ${version} of ${target.layerName} in ${region}, with a record of its content`)
}

/** What no archive holds; it is taken as it stands there. */
function declaredIn(text: string): {
  readonly compatibleRuntimes: string[]
  readonly compatibleArchitectures: string[]
} {
  const values = (name: string): string[] =>
    propertiesOf(text).flatMap(each => (each.name === name ? [each.value] : []))
  return {
    compatibleRuntimes: values(billProperties.runtime),
    compatibleArchitectures: values(billProperties.architecture)
  }
}

interface Property {
  readonly name: string
  readonly value: string
}

/** Whoever may write to the bucket may have put anything there. */
function propertiesOf(text: string): readonly Property[] {
  try {
    const { metadata } = JSON.parse(text) as { metadata?: { component?: { properties?: unknown } } }
    const properties = metadata?.component?.properties
    return Array.isArray(properties) ? properties.filter(isProperty) : []
  } catch {
    return []
  }
}

function isProperty(value: unknown): value is Property {
  const { name, value: text } = (value ?? {}) as Partial<Record<'name' | 'value', unknown>>
  return typeof name === 'string' && typeof text === 'string'
}

function notFound({ layerName }: Target, expected: string): CodedError {
  const mend = `layer-deploy history shows the versions of ${layerName} and what is known of each`
  return new CodedError('VERSION_NOT_FOUND', { expected, found: 'none', mend })
}

function gone({ bucket, key }: ObjectPlace, found: string): CodedError {
  return new CodedError('ARTIFACT_GONE', {
    expected: `s3://${bucket}/${key}`,
    found,
    mend: 'restore it from an earlier version of the bucket; every content that is published for the first time from now on gets one'
  })
}

function altered({ bucket, key }: ObjectPlace, found: string): CodedError {
  return new CodedError('ARTIFACT_ALTERED', {
    expected: `s3://${bucket}/${key} as the action wrote it`,
    found,
    mend: 'find out who wrote there, and restore the object from an earlier version of the bucket'
  })
}
