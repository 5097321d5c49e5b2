/** The source digest: one value for everything that a layer is built from, read from the superproject's trees alone. */
import type { Layer, LayerSource, TreeEntry } from '../model/index.js'
import { isGitlink } from '../ports/git.js'
import { canonicalJson, sha256Hex } from '../model/digest.js'

/** Tree entries by path: looked up once for each path, however many layers there are. */
export type EntryIndex = ReadonlyMap<string, TreeEntry>

export function indexEntries(entries: readonly TreeEntry[]): EntryIndex {
  return new Map(entries.map(entry => [entry.path, entry]))
}

/** What each of `layers` is built from at the revision that `entries` were read from. */
export function layerSources(layers: readonly Layer[], entries: readonly TreeEntry[]): readonly LayerSource[] {
  const index = indexEntries(entries)
  return layers.map(layer => layerSource(layer, index))
}

/**
 * What `layer` is built from. `index` may hold more than this layer's paths. For a submodule the gitlink's commit id stands
 * for the content, so no checkout is needed; it stands for every path below the submodule too.
 */
export function layerSource(layer: Layer, index: EntryIndex): LayerSource {
  const found = new Map<string, TreeEntry>()
  for (const path of watchedPaths([layer])) {
    const entry = entryAt(index, path)
    if (entry !== null) found.set(entry.path, entry)
  }
  const own = [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1))
  const listing = own.map(({ path, mode, objectId }) => [path, mode, objectId])
  return {
    layerId: layer.id,
    root: entryAt(index, layer.path),
    entries: own,
    sourceDigest: sha256Hex(canonicalJson({ entries: listing, recipe: recipeOf(layer) }))
  }
}

/** The entry at a path, or the gitlink of the submodule that the path lies in; `null` where neither is there. */
export function entryAt(index: EntryIndex, path: string): TreeEntry | null {
  const exact = index.get(path)
  if (exact !== undefined) return exact
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
    const above = index.get(path.slice(0, end))
    if (above !== undefined) return isGitlink(above) ? above : null
  }
  return null
}

/** The paths whose entries decide the sources of `layers`: what to ask git for, once. */
export function watchedPaths(layers: readonly Layer[]): string[] {
  return [...new Set(layers.flatMap(layer => [layer.path, ...layer.alsoWatch, ...templatePath(layer)]))]
}

/** A template inside the layer's own folder is part of its entry already. */
function templatePath({ path, template }: Layer): readonly string[] {
  return template == null || template.file.startsWith(`${path}/`) ? [] : [template.file]
}

/**
 * Everything of a layer that decides what is built or published, besides its files. Nothing of an environment stands
 * here: the sandbox and production must come to the same digest. The id and the path are names, not content.
 */
function recipeOf(layer: Layer): unknown {
  const { build, template } = layer
  // What a version declares stands in the template.
  if (template != null) return { build, template }
  return {
    build: layer.build,
    compatibleRuntimes: layer.compatibleRuntimes,
    compatibleArchitectures: layer.compatibleArchitectures,
    description: layer.description,
    licenseInfo: layer.licenseInfo
  }
}
