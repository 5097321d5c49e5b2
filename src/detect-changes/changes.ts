/** Which layers changed, per region, against what each region runs now. Pure and total: when in doubt, changed. */
import { unreachable } from '../model/errors.js'
import type { Layer, LayerChange, LayerSource, Reason, DeployedLayer } from '../model/index.js'

/** What the base revision had of a layer in one region. */
export interface BaseLayer {
  readonly layerId: string
  readonly region: string
  /** `null`: its configuration deployed nothing there; `unknown`: what it deployed there cannot be told. */
  readonly source: LayerSource | null | 'unknown'
}

/** What the sources are compared with. */
export type Baseline =
  | { readonly kind: 'deployed'; readonly layers: readonly DeployedLayer[] }
  | { readonly kind: 'revision'; readonly layers: readonly BaseLayer[] }
  | { readonly kind: 'unknown'; readonly why: string }

export interface ChangesInput {
  readonly layers: readonly Layer[]
  readonly regions: readonly string[]
  /** The sources at the head revision, one per layer; a layer without one counts as removed. */
  readonly sources: readonly LayerSource[]
  readonly baseline: Baseline
  readonly force: boolean
}

/** One change per layer and region, in the order given. */
export function detectChanges(input: ChangesInput): LayerChange[] {
  const sources = new Map(input.sources.map(source => [source.layerId, source]))
  const compare = comparison(input.baseline)
  return input.layers.flatMap(layer =>
    input.regions.map(region => {
      const source = sources.get(layer.id)
      const to = source?.root?.objectId ?? null
      // Nothing at the head to build from: a deploy never deletes, so this is not a change.
      if (source === undefined || to === null) {
        return { layerId: layer.id, region, changed: false, reason: 'removed', from: null, to: null }
      }
      const { reason, from } = compare(layer, region, source)
      // The true reason comes first: `forced` is what moves a layer that nothing else would move.
      const shown = input.force && (reason === 'unchanged' || reason === 'access-changed') ? 'forced' : reason
      return { layerId: layer.id, region, changed: shown !== 'unchanged', reason: shown, from, to }
    })
  )
}

interface Comparison {
  readonly reason: Reason
  readonly from: string | null
}
type Compare = (layer: Layer, region: string, source: LayerSource) => Comparison

function comparison(baseline: Baseline): Compare {
  switch (baseline.kind) {
    case 'deployed': {
      const known = byPlace(baseline.layers)
      return (layer, region, source) => againstDeployed(layer, source, known.get(placeKey(layer.id, region)))
    }
    case 'revision': {
      const known = byPlace(baseline.layers)
      return (layer, region, source) => againstRevision(source, known.get(placeKey(layer.id, region)))
    }
    case 'unknown':
      return () => ({ reason: 'base-unknown', from: null })
    default:
      return unreachable(baseline)
  }
}

function byPlace<T extends { readonly layerId: string; readonly region: string }>(layers: readonly T[]) {
  return new Map(layers.map(each => [placeKey(each.layerId, each.region), each]))
}

/** No id and no region holds a blank. */
function placeKey(layerId: string, region: string): string {
  return `${layerId} ${region}`
}

function againstDeployed(layer: Layer, source: LayerSource, region: DeployedLayer | undefined): Comparison {
  if (region === undefined) return { reason: 'base-unknown', from: null }
  const { deployed, accessDiffers = false, propertiesDiffer = false } = region
  if (deployed === null) return { reason: 'never-deployed', from: null }
  const from = deployed.sourceCommit
  if (deployed.sourceDigest === source.sourceDigest) {
    if (deployed.properties === null) return { reason: 'version-missing', from }
    // Its content is right, and it was published under another configuration: by an older run, by hand, by a rollback.
    if (propertiesDiffer) return { reason: 'recipe-changed', from }
    return { reason: accessDiffers ? 'access-changed' : 'unchanged', from }
  }
  // A version that somebody else published: nobody recorded what it was built from.
  if (deployed.sourceDigest === null) return { reason: 'base-unknown', from }
  // With further watched paths the root alone cannot tell a moved source from a moved recipe.
  const sameSource = layer.alsoWatch.length === 0 && from === source.root?.objectId
  return { reason: sameSource ? 'recipe-changed' : 'source-changed', from }
}

function againstRevision(source: LayerSource, base: BaseLayer | undefined): Comparison {
  if (base === undefined || base.source === 'unknown') return { reason: 'base-unknown', from: null }
  if (base.source === null || base.source.root === null) return { reason: 'never-deployed', from: null }
  const from = base.source.root.objectId
  if (base.source.sourceDigest === source.sourceDigest) return { reason: 'unchanged', from }
  const sameEntries = JSON.stringify(listing(base.source)) === JSON.stringify(listing(source))
  return { reason: sameEntries ? 'recipe-changed' : 'source-changed', from }
}

function listing(source: LayerSource): unknown {
  return source.entries.map(({ path, mode, objectId }) => [path, mode, objectId])
}
