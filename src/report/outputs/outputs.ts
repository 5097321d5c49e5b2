/** The step outputs of DESIGN.md, all strings. Source: GitHub Actions, "Metadata syntax: outputs" (1 MB, counted as UTF-16). */
import type { Layer, LayerResult, RunResult } from '../../model/index.js'
import { shownOwnFiles, shownPackages } from '../../model/packages.js'
import { matrixOf } from './matrix.js'

export interface Outputs {
  readonly values: Readonly<Record<string, string>>
  /** What had to be left out, and why. */
  readonly warnings: readonly string[]
}

/** Leaves room below GitHub's 1 MB for names and the file command's delimiters. */
const OUTPUTS_LIMIT_BYTES = 1_000_000

/** The names that stand in every run; per layer id come `<id>_changed`, `<id>_published`, `<id>_version` and `<id>_arn`. */
export const outputNames = [
  'command',
  'environment',
  'stage',
  'account-id',
  'regions',
  'changed',
  'changed-layers',
  'matrix',
  'layer-versions',
  'versions',
  'conclusion',
  'plan',
  'sboms',
  'consumers'
] as const

/**
 * Every output. `layers`: all configured layers, so that a layer that was not selected still has its outputs.
 * What is over the limit is left out from the least needed on, and every value stays valid JSON (F77).
 */
export function outputsOf(
  result: RunResult,
  layers: readonly Pick<Layer, 'id'>[],
  limitBytes = OUTPUTS_LIMIT_BYTES
): Outputs {
  const warnings: string[] = []
  let values = outputsOfRun(result)
  // Four for each layer: they are measured once, and never copied.
  let perLayer = outputsPerLayer(result, layers)
  let bytesPerLayer = sizeOf(perLayer)
  for (const reduction of reductions) {
    if (sizeOf(values) + bytesPerLayer <= limitBytes) break
    const reduced = reduction.apply(values, result)
    if (reduced === values) continue
    if (reduced === null) {
      perLayer = {}
      bytesPerLayer = 0
    } else values = reduced
    warnings.push(`The outputs are over ${limitBytes} bytes: ${reduction.leavesOut}.`)
  }
  return { values: Object.assign(values, perLayer), warnings }
}

function outputsOfRun(result: RunResult): Record<string, string> {
  const { environment } = result
  return {
    command: result.command,
    environment: environment?.name ?? '',
    stage: environment?.stage ?? '',
    'account-id': environment?.accountId ?? '',
    regions: JSON.stringify(result.regions),
    changed: String(result.changedLayers.length > 0),
    'changed-layers': JSON.stringify(result.changedLayers),
    matrix: JSON.stringify({ include: matrixOf(result) }),
    'layer-versions': layerVersions(result.layers, fullRow),
    versions: layerVersions(result.layers, namedRow),
    conclusion: result.conclusion,
    plan: JSON.stringify(result.plan ?? null),
    sboms: JSON.stringify(result.sboms ?? {}),
    consumers: consumersOf(result)
  }
}

function outputsPerLayer(result: RunResult, layers: readonly Pick<Layer, 'id'>[]): Record<string, string> {
  const changed = new Set(result.changedLayers)
  // A rollback publishes, too: the content of an earlier version, as a new one.
  const made = result.layers.filter(({ status }) => status === 'published' || status === 'rolled-back')
  const published = new Set(made.map(({ layerId }) => layerId))
  const firstRegion = result.regions[0]
  const rows = new Map(result.layers.filter(row => row.region === firstRegion).map(row => [row.layerId, row]))
  const ids = new Set([...layers.map(layer => layer.id), ...result.layers.map(row => row.layerId), ...changed])
  return Object.fromEntries(
    [...ids].flatMap(id => [
      [`${id}_changed`, String(changed.has(id))],
      [`${id}_published`, String(published.has(id))],
      [`${id}_version`, rows.get(id)?.version?.toString() ?? ''],
      [`${id}_arn`, rows.get(id)?.arn ?? '']
    ])
  )
}

/** `{id: {region: […]}}` of the functions that use a layer, as far as they were looked at. */
function consumersOf({ consumers = [] }: RunResult): string {
  const byLayer = new Map<string, [string, unknown][]>()
  for (const { layerId, region, consumers: users } of consumers) {
    const regions = byLayer.get(layerId) ?? []
    const rows = users.map(({ functionName, functionVersion, aliases, layerVersion, status }) => ({
      ...{ function: functionName, 'function-version': functionVersion, aliases, 'layer-version': layerVersion, status }
    }))
    regions.push([region, rows])
    byLayer.set(layerId, regions)
  }
  return JSON.stringify(Object.fromEntries([...byLayer].map(([id, regions]) => [id, Object.fromEntries(regions)])))
}

function fullRow(row: LayerResult): Record<string, unknown> {
  return {
    status: row.status,
    'layer-name': row.layerName,
    version: row.version,
    arn: row.arn,
    'artifact-sha256': row.artifactSha256,
    'content-digest': row.contentDigest,
    'source-digest': row.sourceDigest,
    'size-bytes': row.sizeBytes,
    ...sizesOf(row),
    reason: row.reason
  }
}

/** Only a layer that was built in this run has them. */
function sizesOf(row: LayerResult): Record<string, unknown> {
  const { sizeBytes, previousSizeBytes = null, unzippedBytes, packagesChanged = null } = row
  if (unzippedBytes === undefined || sizeBytes === null) return {}
  const change = previousSizeBytes === null ? null : sizeBytes - previousSizeBytes
  return {
    'unzipped-bytes': unzippedBytes,
    'size-change-bytes': change,
    'packages-changed': shownPackages(packagesChanged),
    ...shownOwnFiles(row.contentChange)
  }
}

/** Nothing here names the account: GitHub empties a job output that holds a masked value, and account ids often are masked. */
function namedRow({ status, layerName, version }: LayerResult): Record<string, unknown> {
  return { status, 'layer-name': layerName, version }
}

/** `{id: {region: …}}`. Built from entries so that a layer called `__proto__` is a key like any other. */
function layerVersions(rows: readonly LayerResult[], shape: (row: LayerResult) => unknown): string {
  const byLayer = new Map<string, [string, unknown][]>()
  for (const row of rows) {
    const regions = byLayer.get(row.layerId) ?? []
    regions.push([row.region, shape(row)])
    byLayer.set(row.layerId, regions)
  }
  return JSON.stringify(Object.fromEntries([...byLayer].map(([id, regions]) => [id, Object.fromEntries(regions)])))
}

interface Reduction {
  readonly leavesOut: string
  /** Of the outputs of the run; `null`: those of each layer go. */
  readonly apply: (values: Record<string, string>, result: RunResult) => Record<string, string> | null
}

const reductions: readonly Reduction[] = [
  {
    leavesOut: 'the output plan names no packages',
    apply: (values, { plan }) => {
      if (typeof plan !== 'object' || plan === null) return values
      const { 'largest-packages': packages = {} } = plan as { 'largest-packages'?: object }
      if (Object.keys(packages).length === 0) return values
      return { ...values, plan: JSON.stringify({ ...plan, 'largest-packages': {} }) }
    }
  },
  {
    leavesOut: 'the output consumers is empty',
    apply: values => (values['consumers'] === '{}' ? values : { ...values, consumers: '{}' })
  },
  {
    leavesOut: 'the output plan is null',
    apply: values => ({ ...values, plan: 'null' })
  },
  {
    leavesOut: 'layer-versions names no packages',
    apply: (values, result) => {
      if (result.layers.every(({ packagesChanged = null }) => packagesChanged === null)) return values
      return { ...values, 'layer-versions': layerVersions(result.layers.map(withoutPackages), fullRow) }
    }
  },
  {
    leavesOut: 'layer-versions states no digests of unchanged layers',
    apply: (values, result) => ({
      ...values,
      'layer-versions': layerVersions(result.layers.map(withoutPackages), row =>
        row.status === 'unchanged' ? shortRow(row) : fullRow(row)
      )
    })
  },
  {
    leavesOut: 'layer-versions states no digests',
    apply: (values, result) => ({ ...values, 'layer-versions': layerVersions(result.layers, shortRow) })
  },
  {
    leavesOut: 'layer-versions names changed layers only',
    apply: (values, result) => {
      const changed = result.layers.filter(row => row.status !== 'unchanged')
      return { ...values, 'layer-versions': layerVersions(changed, shortRow) }
    }
  },
  {
    leavesOut: 'layer-versions and versions are empty',
    apply: values => ({ ...values, 'layer-versions': '{}', versions: '{}' })
  },
  {
    leavesOut: 'there are no outputs per layer',
    apply: () => null
  },
  {
    leavesOut: 'changed-layers and matrix are empty; select fewer layers with the input layers',
    apply: values => ({ ...values, 'changed-layers': '[]', matrix: '{"include":[]}' })
  }
]

function withoutPackages(row: LayerResult): LayerResult {
  return row.packagesChanged == null ? row : { ...row, packagesChanged: null }
}

function shortRow(row: LayerResult): Record<string, unknown> {
  return { ...fullRow(withoutPackages(row)), 'artifact-sha256': null, 'content-digest': null, 'source-digest': null }
}

function sizeOf(values: Readonly<Record<string, string>>): number {
  return Object.entries(values).reduce((sum, [name, value]) => sum + 2 * (name.length + value.length), 0)
}
