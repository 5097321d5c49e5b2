/** The source digest: one value for everything that a layer is built from, read from the superproject's trees alone. */
import type { Layer, LayerSource, TreeEntry } from '../model/index.js'
import { canonicalJson, sha256Hex } from '../model/digest.js'

/**
 * What `layer` is built from at the revision that `entries` were read from. `entries` may hold more than this layer's
 * paths. For a submodule the gitlink's commit id stands for the content, so no checkout is needed.
 */
export function layerSource(layer: Layer, entries: readonly TreeEntry[]): LayerSource {
  const paths = new Set(watchedPaths([layer]))
  const own = [...new Map(entries.filter(entry => paths.has(entry.path)).map(entry => [entry.path, entry])).values()]
  own.sort((a, b) => (a.path < b.path ? -1 : 1))
  const listing = own.map(({ path, mode, objectId }) => [path, mode, objectId])
  return {
    layerId: layer.id,
    root: own.find(entry => entry.path === layer.path) ?? null,
    entries: own,
    sourceDigest: sha256Hex(canonicalJson({ entries: listing, recipe: recipeOf(layer) }))
  }
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
