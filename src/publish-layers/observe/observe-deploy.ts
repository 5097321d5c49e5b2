/** What only a deploy looks at (the age of the run, the bucket, the gates), and what a preview does too: the built archives, the promotion. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import pLimit from 'p-limit'
import type { ObserveRequest, DeployPorts } from './observe-request.js'
import type { Facts } from '../plan/facts.js'
import { asCodedError, CodedError, settled } from '../../model/errors.js'
import { type Packers, workerPackers } from '../../build-layers/archive/compress/packers.js'
import { buildLayer } from '../../build-layers/build-layer.js'
import { prepareSource } from '../../build-layers/source/checkout-source.js'
import { machineError } from '../../build-layers/command/failure.js'
import { type Isolation, findIsolation } from '../../build-layers/command/isolation/build-place.js'
import type { SourceRevision } from '../../build-layers/build-request.js'
import { separateLogs } from '../../build-layers/command/separate-logs.js'
import type { Artifact, Layer, LayerChange, TreeEntry, Verdict } from '../../model/index.js'
import type { Git } from '../../ports/git.js'
import { observeChecks, observeCoverage } from './observe-gates.js'
import { observeAge } from './branch-tip.js'
import type { ObservedTemplates } from '../own-template/observe-templates.js'
import type { ProvenLayer } from '../plan/guards.js'
import { foretellPromotion, observePromotion } from './observe-promotion.js'
import { observePackages } from './contents/observe-packages.js'
import { observeContents } from './contents/bucket-contents.js'
import { targetKey, type Target } from '../target.js'
import type { Engine } from '../engines/engine.js'

/** Two at once: a build is mostly the installer's network and the packer's processor time. */
const buildsAtOnce = 2

export async function observeDeploy(request: ObserveRequest, facts: Facts, ports: DeployPorts): Promise<Facts> {
  const age = await observeAge(request, facts, ports)
  const aged = { ...facts, aside: age.aside, verdicts: [...facts.verdicts, ...age.verdicts] }
  return age.isOver ? aged : observeBuilds(request, aged, ports)
}

/** What a deploy would publish, built and judged. Nothing is written: neither the bucket nor the tip of the branch is asked. */
export async function observePreview(request: ObserveRequest, facts: Facts, ports: DeployPorts): Promise<Facts> {
  const built = await buildAll(layersToBuild(request, facts), facts, ports)
  const wanted = new Map(
    facts.changes.filter(isBuilt).map(({ layerId }) => [layerId, wantedProof(facts, layerId, built.artifacts)])
  )
  const [promoted, packages] = await settled([
    foretellPromotion(request, wanted, ports),
    observePackages(facts, publishable(facts), built.artifacts, ports)
  ])
  const { targets, builds, verdicts } = built
  return { ...facts, ...packages.facts, targets, builds, verdicts: [...facts.verdicts, ...verdicts, ...promoted] }
}

async function observeBuilds(request: ObserveRequest, before: Facts, ports: DeployPorts): Promise<Facts> {
  const layers = layersToBuild(request, before)
  const [gates, built] = await settled([observeGates(request, layers, ports), buildAll(layers, before, ports)])
  const { targets, builds, artifacts } = built
  const facts = await readUnread(before, artifacts, ports)
  const wanted = new Map([...artifacts.keys()].map(layerId => [layerId, wantedProof(facts, layerId, artifacts)]))
  const [{ buckets, packages }, promoted] = await settled([
    observeContents(facts, publishable(facts), artifacts, request.layers, ports),
    observePromotion(request, wanted, ports)
  ])
  const verdicts = [...facts.verdicts, ...gates, ...built.verdicts, ...buckets.verdicts, ...promoted]
  return { ...facts, ...packages.facts, targets, builds, stored: buckets.stored, verdicts }
}

function layersToBuild(request: ObserveRequest, facts: Facts): readonly Layer[] {
  const isLeft = (change: LayerChange): boolean => change.changed && !facts.aside.has(targetKey(change))
  // An own template is read where the layer is built: without it the stack could not be changed.
  const templated = new Set(request.layers.filter(({ template }) => template != null).map(({ id }) => id))
  const isNeeded = (change: LayerChange) => isBuilt(change) || templated.has(change.layerId)
  const toBuild = new Set(
    facts.changes.filter(change => isLeft(change) && isNeeded(change)).map(({ layerId }) => layerId)
  )
  return request.layers.filter(layer => toBuild.has(layer.id))
}

interface Builds extends Pick<Facts, 'builds' | 'targets' | 'verdicts'> {
  /** Of `builds`, those that were made. */
  readonly artifacts: ReadonlyMap<string, Artifact>
}

async function buildAll(layers: readonly Layer[], facts: Facts, ports: DeployPorts): Promise<Builds> {
  const limit = pLimit(buildsAtOnce)
  const checkoutErrors = await watchCheckout(ports.git, layers)
  const packers = workerPackers()
  const logOf = layers.length > 1 ? separateLogs(ports.log, ports.signal) : () => ports.log
  let found: Promise<Isolation> | undefined
  const isolation = (): Promise<Isolation> => (found ??= isolationOf(ports))
  const building = layers.map(layer => limit(() => build(layer, facts, { ...ports, log: logOf(), packers, isolation })))
  const finished = await settled(building).finally(() => packers.close())
  const built = withCheckoutErrors(finished, await checkoutErrors())
  const builds = new Map(built.flatMap(({ layerId, result }) => (result === null ? [] : [[layerId, result] as const])))
  const artifacts = new Map([...builds].filter((entry): entry is [string, Artifact] => !(entry[1] instanceof Error)))
  const declared = new Map(built.flatMap(({ targets = [] }) => targets.map(target => [targetKey(target), target])))
  const targets = facts.targets.map(target => declared.get(targetKey(target)) ?? target)
  return { builds, artifacts, targets, verdicts: built.flatMap(layer => layer.verdicts) }
}

/** Where only sharing or the parameter changes, the version stays as it is. */
function isBuilt({ changed, reason }: LayerChange): boolean {
  return changed && reason !== 'access-changed'
}

function publishable({ changes, targets }: Facts): readonly Target[] {
  const built = new Set(changes.filter(isBuilt).map(targetKey))
  return targets.filter(target => built.has(targetKey(target)))
}

/** Coverage first: what it refuses needs no waiting for checks. */
async function observeGates(
  request: ObserveRequest,
  layers: readonly Layer[],
  ports: DeployPorts
): Promise<readonly Verdict[]> {
  const coverage = await observeCoverage(layers, ports.workspace, 'deploy')
  if (coverage.some(({ passed }) => passed === false)) return coverage
  return [...coverage, ...(await observeChecks(request.environment.requiredChecks, request.headCommit, ports))]
}

interface Built {
  readonly layerId: string
  /** `null`: the source could not be had, as the verdicts say. */
  readonly result: Artifact | CodedError | null
  readonly verdicts: readonly Verdict[]
  /** Of a layer with an own template: what that declares. */
  readonly targets?: readonly Target[]
}

/** Found once for all builds of the run. Where there is none, that is told: secrets of the job are then in reach of what is built. */
async function isolationOf({ process, log }: DeployPorts): Promise<Isolation> {
  const isolation = await findIsolation({ process })
  if (isolation.kind === 'none') {
    log.warning(
      `Builds cannot be kept apart from this job's processes and files (${isolation.why}): build in an earlier job without credentials, see "What a build sees" in docs/building.md`
    )
  } else log.debug(`Builds run in namespaces of their own, made by way of ${isolation.kind}`)
  return isolation
}

async function build(
  layer: Layer,
  facts: Facts,
  ports: DeployPorts & { readonly packers: Packers; readonly isolation: () => Promise<Isolation> }
): Promise<Built> {
  const source = facts.sources.get(layer.id)
  if (source === undefined) return { layerId: layer.id, result: null, verdicts: [] }
  try {
    ports.signal.throwIfAborted()
    ports.progress?.({ layerId: layer.id, region: null, what: 'building', ended: false })
    const { git, workspace, submodules, process, log, signal, packers, isolation } = ports
    const destination = join(ports.scratchDirectory, layer.id, 'source')
    const prepared = await prepareSource(layer, source, { git, workspace, destination, submodules })
    for (const warning of prepared.warnings) log.warning(warning)
    if (prepared.verdicts.some(({ passed }) => passed !== true)) {
      return { layerId: layer.id, result: null, verdicts: prepared.verdicts }
    }
    const own = await ownTemplates(layer, facts, destination)
    const judged = [...prepared.verdicts, ...(own?.verdicts ?? [])]
    if (judged.some(({ passed }) => passed !== true)) return { layerId: layer.id, result: null, verdicts: judged }
    const outputDirectory = join(ports.scratchDirectory, layer.id, 'output')
    await mkdir(outputDirectory, { recursive: true })
    const artifact = await buildLayer(
      {
        layer: own?.layer ?? layer,
        sourceDirectory: own?.contentDirectory ?? prepared.directory,
        outputDirectory,
        baseDirectory: join(ports.scratchDirectory, layer.id),
        ...(source.root === null ? {} : { revision: revisionOf(source.root, git) })
      },
      { process, log, signal, packers, isolation, checkout: workspace, commandSeconds: ports.commandSeconds }
    )
    const what = `built, ${artifact.fileCount} files, ${artifact.sizeBytes} bytes`
    ports.progress?.({ layerId: layer.id, region: null, what, ended: true })
    const verdicts = [...judged, ...artifact.verdicts]
    return { layerId: layer.id, result: artifact, verdicts, ...(own === null ? {} : { targets: own.targets }) }
  } catch (error) {
    if (ports.signal.aborted) throw ports.signal.reason
    // An own template that cannot be read is a configuration that cannot be read.
    if (error instanceof CodedError && error.code === 'CONFIG_INVALID') throw error
    return failedBuild(layer, error)
  }
}

/** A submodule's commit has its tags; a plain folder has none of its own. */
function revisionOf(root: TreeEntry, git: Git): SourceRevision {
  const { path, mode, objectId } = root
  return { objectId, tags: () => (mode === '160000' ? git.tagsOf(path, objectId) : Promise.resolve([])) }
}

async function ownTemplates(layer: Layer, facts: Facts, destination: string): Promise<ObservedTemplates | null> {
  if (layer.template == null) return null
  const { isTemplated, observeTemplates } = await import('../own-template/observe-templates.js')
  const targets = facts.targets.filter(({ layerId }) => layerId === layer.id)
  return isTemplated(layer) ? observeTemplates(layer, targets, destination) : null
}

/** What a build gave counts for nothing where its command wrote into the checkout. */
function withCheckoutErrors(built: readonly Built[], errors: ReadonlyMap<string, CodedError>): readonly Built[] {
  return built.map(one => {
    const error = errors.get(one.layerId)
    return error === undefined || one.result === null ? one : { ...one, result: error }
  })
}

/** An error that is a guard's code is that guard's refusal; any other is the failure of this layer alone. */
function failedBuild(layer: Layer, error: unknown): Built {
  const coded = asCodedError(machineError(error, 'the layer to be built'))
  const guard = /^(ARCHIVE_|SECRET_|SOURCE_|WRONG_)/.test(coded.code)
  if (!guard) return { layerId: layer.id, result: coded, verdicts: [] }
  const verdict: Verdict = { guard: coded.code, subject: layer.id, passed: false, finding: coded.finding }
  return { layerId: layer.id, result: null, verdicts: [verdict] }
}

/** What was built here of a layer; where nothing was, its source alone. */
function wantedProof(facts: Facts, layerId: string, artifacts: ReadonlyMap<string, Artifact>): ProvenLayer {
  const contentDigest = artifacts.get(layerId)?.contentDigest ?? ''
  return { contentDigest, sourceDigest: facts.sources.get(layerId)?.sourceDigest ?? '' }
}

const pathsShown = 5

/**
 * Looks whether the commands of the layers' builds write into the superproject's checkout, which they have no business with: what they run in is a
 * copy. Looks twice at `git status`, whatever the number of layers, and only where a layer has a command. The function that it gives is called after
 * the builds, and gives the error of each layer that may have done it: of builds that ran at once nobody knows which.
 */
async function watchCheckout(
  git: Pick<Git, 'dirtyPaths'>,
  layers: readonly Pick<Layer, 'id' | 'build'>[]
): Promise<() => Promise<ReadonlyMap<string, CodedError>>> {
  const suspects = layers.filter(({ build }) => build.kind === 'command' || build.check !== null)
  if (suspects.length === 0) return () => Promise.resolve(new Map())
  const before = new Set(await git.dirtyPaths())
  return async () => {
    const written = (await git.dirtyPaths()).filter(path => !before.has(path))
    if (written.length === 0) return new Map()
    return new Map(suspects.map(({ id }) => [id, checkoutChanged(suspects, written)] as const))
  }
}

function checkoutChanged(suspects: readonly Pick<Layer, 'id' | 'build'>[], written: readonly string[]): CodedError {
  const ids = suspects.map(({ id }) => id).join(', ')
  const more = written.length > pathsShown ? ` and ${written.length - pathsShown} more` : ''
  return new CodedError('BUILD_FAILED', {
    expected: `build.command and build.check of ${suspects.length === 1 ? `layer ${ids}` : `the layers ${ids}`} to leave the checkout as it is`,
    found: `${written.slice(0, pathsShown).join(', ')}${more} changed or new in it`,
    mend: 'write into "$LAYER_BUILD_DIR" or the working directory, which is a copy, with the command'
  })
}

/** The facts with those versions. */
async function readUnread(
  facts: Facts,
  artifacts: ReadonlyMap<string, Artifact>,
  { engine }: { readonly engine: Pick<Engine, 'readVersion'> }
): Promise<Facts> {
  const limit = pLimit(facts.environment.concurrency)
  const reads = facts.targets.flatMap(target => {
    const deployed = facts.deployed.get(targetKey(target)) ?? null
    const built = artifacts.get(target.layerId)
    if (deployed?.unread !== true || built === undefined || built.contentDigest !== deployed.contentDigest) return []
    return [limit(async () => [targetKey(target), await engine.readVersion(target, deployed)] as const)]
  })
  if (reads.length === 0) return facts
  const read = await settled(reads)
  return {
    ...facts,
    deployed: new Map([...facts.deployed, ...read.map(([key, { deployed }]) => [key, deployed] as const)]),
    verdicts: [...facts.verdicts, ...read.flatMap(([, { verdicts }]) => verdicts)]
  }
}
