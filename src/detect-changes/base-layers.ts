/** What the base revision deployed, and where: by its own configuration, and by its own trees. */
import { layerNameOf, stackNameOf } from '../model/naming/names.js'
import type { Config, ConfigAtRevision, Environment, Layer, LayerSource, TreeEntry } from '../model/index.js'
import { settled } from '../model/errors.js'
import type { Git } from '../ports/git.js'
import type { BaseLayer } from './changes.js'
import { indexEntries, layerSource, watchedPaths } from './source-digest.js'

interface Wanted {
  readonly environment: Environment
  readonly layers: readonly Layer[]
  readonly regions: readonly string[]
}

export async function readBaseLayers(
  wanted: Wanted,
  base: { readonly commit: string; readonly configAt: (revision: string) => Promise<ConfigAtRevision> },
  git: Pick<Git, 'readEntries'>
): Promise<readonly BaseLayer[]> {
  const watched = watchedPaths(wanted.layers)
  const [before, entries] = await settled([base.configAt(base.commit), git.readEntries(base.commit, watched)])
  if (before.kind === 'absent') return everywhere(wanted, () => null)
  if (before.kind === 'unreadable') return everywhere(wanted, () => 'unknown')
  if (before.kind === 'elsewhere') return everywhere(wanted, sourcesOf(wanted.layers, entries))
  const places = placesOf(before.config, wanted)
  const layersBefore = [...new Set([...places.values()].flatMap(({ layer }) => layer ?? []))]
  const known = new Set(watched)
  const further = watchedPaths(layersBefore).filter(path => !known.has(path))
  const all = further.length === 0 ? entries : [...entries, ...(await git.readEntries(base.commit, further))]
  const sourceOf = sourcesOf(layersBefore, all)
  return everywhere(wanted, (layer, region) => {
    const place = places.get(placeOf(wanted.environment, layer, region))
    if (place === undefined) return null
    return sourceOf(place.way === wayOf(wanted.environment, layer) ? place.layer : null)
  })
}

/** Each source is made once, in however many regions it is asked for. */
function sourcesOf(
  layers: readonly Layer[],
  entries: readonly TreeEntry[]
): (layer: Layer | null) => LayerSource | 'unknown' {
  const index = indexEntries(entries)
  const sources = new Map<Layer | null, LayerSource>(layers.map(layer => [layer, layerSource(layer, index)]))
  return layer => sources.get(layer) ?? 'unknown'
}

function everywhere(
  { layers, regions }: Wanted,
  sourceOf: (layer: Layer, region: string) => LayerSource | null | 'unknown'
): readonly BaseLayer[] {
  return layers.flatMap(layer =>
    regions.map(region => ({ layerId: layer.id, region, source: sourceOf(layer, region) }))
  )
}

interface Place {
  /** `null`: two layers of the base have this one name. */
  readonly layer: Layer | null
  readonly way: string
}

/** Where the base's configuration deployed what, in the account and the regions that are looked at. */
function placesOf({ environments, layers }: Config, { environment, regions }: Wanted): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>()
  for (const before of environments.filter(({ accountId }) => accountId === environment.accountId)) {
    for (const region of before.regions.filter(each => regions.includes(each))) {
      for (const layer of layers) {
        const place = placeOf(before, layer, region)
        places.set(place, { layer: places.has(place) ? null : layer, way: wayOf(before, layer) })
      }
    }
  }
  return places
}

/** What a version is known by in an account. */
function placeOf(environment: Environment, layer: Layer, region: string): string {
  return `${region} ${layerNameOf(environment, layer)}`
}

/** Another engine or stack has no record of what is deployed: as with credentials, its source is then not known. */
function wayOf(environment: Environment, layer: Layer): string {
  return environment.engine === 'lambda' ? 'lambda' : `cloudformation ${stackNameOf(environment, layer)}`
}
