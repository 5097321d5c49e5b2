/** Detect changes, in the order of the reading: sources at the head, what they are compared with, one change per layer and region. */
import { CodedError, settled } from '../model/errors.js'
import type {
  BaseRevision,
  Environment,
  Layer,
  LayerChange,
  LayerSource,
  TriggerEvent,
  ConfigAtRevision,
  DeployedLayer,
  ObservedChanges
} from '../model/index.js'
import type { CommitFiles, Git } from '../ports/git.js'
import type { Log } from '../ports/runner.js'
import { readBaseLayers } from './base-layers.js'
import { presentCommit, resolveBaseRevision } from './base-revision.js'
import { detectChanges, type Baseline } from './changes.js'
import { refuseMissingPaths, unmatchedPaths, type ConfigPlaces } from './missing-paths.js'
import { layerSources, watchedPaths } from './source-digest.js'

export interface ChangesRequest {
  readonly event: TriggerEvent
  readonly headCommit: string
  readonly environment: Environment
  readonly layers: readonly Layer[]
  /** Does the input `layers` name them, rather than the configuration alone? */
  readonly named: boolean
  /** Of the environment's, those that are looked at. */
  readonly regions: readonly string[]
  /** The input `base`, `null` where it is not given. */
  readonly base: string | null
  readonly force: boolean
  readonly configAt: (revision: string, files?: CommitFiles) => Promise<ConfigAtRevision>
  readonly places: ConfigPlaces
}

export type ChangesPorts = {
  readonly git: Pick<
    Git,
    | 'readEntries'
    | 'folderPaths'
    | 'resolveCommit'
    | 'hasCommit'
    | 'fetchCommit'
    | 'mergeBase'
    | 'parents'
    | 'remoteBranchTip'
    | 'remoteTag'
  >
  readonly log: Log
}

/**
 * @param reading the sources at the head, where they are being read already
 * @param deployed what the account runs; `null`: it cannot be read, and a base revision takes its place
 * @throws CodedError CONFIG_INVALID where a layer's path is not there and never was
 */
export async function observeChanges(
  request: ChangesRequest,
  deployed: readonly DeployedLayer[] | null,
  ports: ChangesPorts,
  reading: Promise<readonly LayerSource[]> = readSources(request, ports)
): Promise<ObservedChanges> {
  const { layers, regions, force } = request
  const [sources, against] = await settled([
    reading,
    deployed === null ? revisionBaseline(request, ports) : ({ kind: 'deployed', layers: deployed } as const)
  ])
  await refuseMissingPaths(request, sources, against, ports.git)
  for (const warning of await unmatchedPaths(layers, sources, request.places)) ports.log.warning(warning)
  const changes = detectChanges({ layers, regions, sources, baseline: against, force })
  return { sources, changes: await withQueue(request, sources, changes, ports) }
}

export async function readSources(
  { headCommit, layers }: Pick<ChangesRequest, 'headCommit' | 'layers'>,
  { git }: Pick<ChangesPorts, 'git'>
): Promise<readonly LayerSource[]> {
  return layerSources(layers, await git.readEntries(headCommit, watchedPaths(layers)))
}

/** No deployed state can be read: the layers are compared with a base revision, recipes included. */
export async function revisionBaseline(request: ChangesRequest, { git, log }: ChangesPorts): Promise<Baseline> {
  const base = await baseOf(request, git)
  if (base.kind === 'unknown') {
    log.warning(`No base revision: ${base.why}. Every layer counts as changed.`)
    return base
  }
  const { commit } = base
  return { kind: 'revision', layers: await readBaseLayers(request, { commit, configAt: request.configAt }, git) }
}

/** A merge queue's entry is compared with the branch itself: the entries below it are not merged yet. */
async function baseOf(request: ChangesRequest, git: ChangesPorts['git']): Promise<BaseRevision> {
  const { event, base, headCommit } = request
  const own = await resolveBaseRevision(git, event, base ?? '', headCommit)
  if (event.kind !== 'merge_group' || base !== null) return own
  const tip = await branchTip(event.baseRef, git)
  return tip === null || tip === event.baseCommit ? own : await presentCommit(git, tip)
}

/** `null`: there is none, or the remote does not say. The queue's own base then has to do. */
async function branchTip(ref: string, git: ChangesPorts['git']): Promise<string | null> {
  try {
    return await git.remoteBranchTip(ref.replace(/^refs\/heads\//, ''))
  } catch (error) {
    if (error instanceof CodedError && error.code === 'GIT_FAILED') return null
    throw error
  }
}

/** Of a merge queue with several entries: which changes are this entry's, and which those of the entries below it. */
async function withQueue(
  request: ChangesRequest,
  sources: readonly LayerSource[],
  changes: readonly LayerChange[],
  { git }: ChangesPorts
): Promise<readonly LayerChange[]> {
  const { event, layers, regions } = request
  if (event.kind !== 'merge_group' || !changes.some(({ changed }) => changed)) return changes
  const below = await presentCommit(git, event.baseCommit)
  if (below.kind === 'unknown') return changes
  const base = { commit: below.commit, configAt: request.configAt }
  const baseline = { kind: 'revision', layers: await readBaseLayers(request, base, git) } as const
  const own = detectChanges({ layers, regions, sources, baseline, force: false })
  return changes.map((change, index) => {
    if (!change.changed) return change
    return { ...change, addedBy: own[index]?.changed === true ? 'this-entry' : 'entries-below' }
  })
}
