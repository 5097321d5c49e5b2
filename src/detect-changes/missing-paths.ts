/** Paths of the configuration that the head does not have: a mistyped one must not be a green run that deploys nothing. */
import { nearest } from '../model/naming/nearest.js'
import { CodedError, errorOfAll, type SourceLocation } from '../model/errors.js'
import type { Layer, LayerSource } from '../model/index.js'
import type { Git } from '../ports/git.js'
import type { Baseline } from './changes.js'
import { entryAt, indexEntries } from './source-digest.js'

/** Where a value stands in the configuration's text: what tells it is loaded where it is asked. */
export type ConfigPlaces = (path: readonly (string | number)[]) => Promise<SourceLocation>

interface Selected {
  readonly headCommit: string
  readonly layers: readonly Layer[]
  readonly named: boolean
  readonly places: ConfigPlaces
}

/**
 * A layer that was deployed may lose its path: its versions stay. One that never was, or that somebody asks for by name,
 * has a path that is wrong.
 * @throws CodedError CONFIG_INVALID, with one problem for each such layer
 */
export async function refuseMissingPaths(
  { headCommit, layers, named, places }: Selected,
  sources: readonly LayerSource[],
  baseline: Baseline,
  git: Pick<Git, 'folderPaths'>
): Promise<void> {
  const absent = new Set(sources.filter(({ root }) => root === null).map(({ layerId }) => layerId))
  if (absent.size === 0) return
  const existed = layersBefore(baseline)
  const wrong = layers.filter(({ id }) => absent.has(id) && (named || !existed.has(id)))
  if (wrong.length === 0) return
  const folders = await git.folderPaths(headCommit)
  const problems = wrong.slice(0, mostProblems).map(async ({ id, path }) => {
    const near = nearestFolder(path, folders)
    const finding = {
      expected: `layers.${id}.path to be a folder or submodule of commit ${headCommit.slice(0, 12)}`,
      found: `nothing at ${JSON.stringify(path)}`,
      mend:
        near === null
          ? `correct the path, or delete the layer ${id} from the configuration`
          : `write path: ${near} if that is what you mean; else correct the path or delete the layer`
    }
    return new CodedError('CONFIG_INVALID', finding, { location: await places(['layers', id, 'path']) })
  })
  throw errorOfAll(await Promise.all(problems))
}

const mostProblems = 100

/** The layers that are deployed, or were there at the base. */
function layersBefore(baseline: Baseline): ReadonlySet<string> {
  switch (baseline.kind) {
    case 'deployed':
      return new Set(baseline.layers.flatMap(({ layerId, deployed }) => (deployed === null ? [] : [layerId])))
    case 'revision':
      return new Set(
        baseline.layers.flatMap(({ layerId, source }) =>
          source !== null && source !== 'unknown' && source.root !== null ? [layerId] : []
        )
      )
    case 'unknown':
      return new Set()
  }
}

/** Each comparison costs the product of two lengths. */
const mostCompared = 20_000

function nearestFolder(path: string, folders: readonly string[]): string | null {
  const name = (of: string): string => of.slice(of.lastIndexOf('/') + 1).toLowerCase()
  const sameName = folders.filter(folder => name(folder) === name(path))
  return nearest(path, folders.slice(0, mostCompared)) ?? (sameName.length === 1 ? (sameName[0] ?? null) : null)
}

/** One sentence, with its place, for each `also-watch` that nothing in the head matches. */
export async function unmatchedPaths(
  layers: readonly Layer[],
  sources: readonly LayerSource[],
  places: ConfigPlaces
): Promise<readonly string[]> {
  const entriesOf = new Map(sources.map(({ layerId, entries }) => [layerId, entries]))
  const warnings: string[] = []
  for (const { id, alsoWatch } of layers) {
    if (alsoWatch.length === 0 || warnings.length >= mostProblems) continue
    const index = indexEntries(entriesOf.get(id) ?? [])
    for (const [at, path] of alsoWatch.entries()) {
      if (entryAt(index, path) !== null) continue
      const { file, line, column } = await places(['layers', id, 'also-watch', at])
      const what = `layers.${id}.also-watch names ${JSON.stringify(path)}, and nothing is there in this commit`
      warnings.push(`${file}:${line}:${column}: ${what}: a change of it is not noticed. Correct the path or delete it`)
    }
  }
  return warnings
}
