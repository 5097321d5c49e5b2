/** The command `report`: reads back what the jobs of a fan-out (or a run that was killed) left in AWS. Reads only. */
import pLimit from 'p-limit'
import type { ObserveRequest } from './observe-request.js'
import type { Facts } from '../plan/facts.js'
import type { DeployedVersion, LayerChange, RunResult } from '../../model/index.js'
import { resultOfDeployed, type LeftToTip, type OwnVersion } from './deployed-state.js'
import { observeTip, differingAt } from './branch-tip.js'
import type { DeployedCommit } from '../plan/stale-run.js'
import type { ObservePorts } from './observe.js'
import { buildPlan } from '../plan/plan.js'
import { recordReadBack, type Recorder } from '../promotion/record-run.js'
import type { RunSubject } from '../result.js'
import { placeOf } from '../apply/stored-artifact.js'
import { targetKey, type Target } from '../target.js'

export interface ReadBackPorts extends ObservePorts {
  /** Against the event's base: what the jobs compared with is overwritten, and nobody wrote it down. */
  readonly changesSinceBase: () => Promise<readonly LayerChange[]>
  readonly recorder: Recorder
}

/** @param facts of the mode `report`, without `force`: content that is as wanted is as wanted */
export async function readBack(
  subject: RunSubject,
  request: ObserveRequest,
  facts: Facts,
  ports: ReadBackPorts
): Promise<RunResult> {
  const [relations, aside, own] = await Promise.all([
    relationsOf(facts, ports),
    leftToTip(request, facts, ports),
    ownVersions(request, facts, ports)
  ])
  const result = resultOfDeployed(subject, { facts, relations, aside, own })
  const warning = await recordReadBack(ports.recorder, buildPlan(facts), result.layers)
  return warning === null ? result : { ...result, warnings: [...result.warnings, warning] }
}

/** How the commits of what is not as wanted stand to this run's: another run may have been quicker. */
async function relationsOf(
  facts: Facts,
  { git }: ObservePorts
): Promise<ReadonlyMap<string, DeployedCommit['relation']>> {
  const changed = facts.changes.filter(change => change.changed)
  const commits = new Set(changed.flatMap(change => facts.deployed.get(targetKey(change))?.commit ?? []))
  const relations = new Map<string, DeployedCommit['relation']>()
  for (const commit of commits) relations.set(commit, await git.relation(facts.headCommit, commit))
  return relations
}

/** The jobs of an overtaken run stood aside: what they left is no failure of theirs. Asked only where something was left. */
async function leftToTip(request: ObserveRequest, facts: Facts, ports: ObservePorts): Promise<LeftToTip | null> {
  const keys = facts.changes.filter(change => change.changed).map(targetKey)
  if (keys.length === 0) return null
  const { headCommit, branch } = request
  // That the tip is unknown matters to nobody here: nothing is written any more.
  const warning = (message: string): void => {
    ports.log.debug(message)
  }
  const tip = await observeTip({ headCommit, branch, deployed: [] }, { git: ports.git, log: { warning } })
  if (tip.kind !== 'newer') return null
  return { commit: tip.commit, keys: await differingAt(tip.commit, keys, request, facts, ports) }
}

async function ownVersions(
  request: ObserveRequest,
  facts: Facts,
  ports: ReadBackPorts
): Promise<ReadonlyMap<string, OwnVersion>> {
  const runId = runIdOf(request.run)
  const candidates = facts.changes.filter(change => {
    const run = facts.deployed.get(targetKey(change))?.run
    return !change.changed && runId !== null && run != null && runIdOf(run) === runId
  })
  if (candidates.length === 0) return new Map()
  const before = new Map((await ports.changesSinceBase()).map(change => [targetKey(change), change]))
  const targets = new Map(facts.targets.map(target => [targetKey(target), target]))
  const limit = pLimit(facts.environment.concurrency)
  const found = candidates.flatMap(change => {
    const key = targetKey(change)
    const [target, deployed] = [targets.get(key), facts.deployed.get(key)]
    if (target === undefined || deployed == null) return []
    const facets = { target, deployed, since: before.get(key), forced: request.force, headCommit: facts.headCommit }
    return [limit(async () => [key, await ownVersion(facets, ports)] as const)]
  })
  return new Map(await Promise.all(found))
}

/** All attempts of a run are one: a re-run of its failed jobs completes what the first attempt began. */
function runIdOf(run: string): string | null {
  return run === 'local' ? null : (run.split('/')[0] ?? null)
}

async function ownVersion(
  version: {
    readonly target: Target
    readonly deployed: DeployedVersion
    readonly since: LayerChange | undefined
    readonly forced: boolean
    readonly headCommit: string
  },
  { aws }: ObservePorts
): Promise<OwnVersion> {
  const { target, deployed, since, forced, headCommit } = version
  const region = aws.region(target.region)
  const from = since?.from ?? null
  // An artifact is written once, by the first commit that had its content. What it says of itself only tells a row's reason.
  const { contentDigest } = deployed
  const artifact = contentDigest === null ? null : await region.objects.head(placeOf(target, contentDigest))
  const firstCommit = artifact?.metadata['commit']
  if (deployed.version > 1 && firstCommit !== undefined && firstCommit !== headCommit) {
    return { previousVersion: deployed.version, reason: 'same-content', from }
  }
  const earlier = deployed.version === 1 ? null : await region.layers.get(target.layerName, deployed.version - 1)
  return { previousVersion: earlier?.version ?? null, reason: reasonOf(deployed, since, forced), from }
}

function reasonOf(deployed: DeployedVersion, since: LayerChange | undefined, forced: boolean): LayerChange['reason'] {
  if (deployed.version === 1) return 'never-deployed'
  if (since?.changed === true && since.reason !== 'base-unknown') return since.reason
  return forced ? 'forced' : 'source-changed'
}
