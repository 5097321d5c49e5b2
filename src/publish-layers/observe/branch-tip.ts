/** Where this run stands on its branch, and whether it is still the one to write. Read once, before the first write, and for no run that writes nothing. */
import type { ConfigAtRevision, LayerChange, Verdict } from '../../model/index.js'
import { CodedError } from '../../model/errors.js'
import { layerSources, watchedPaths } from '../../detect-changes/source-digest.js'
import type { CommitFiles, Git } from '../../ports/git.js'
import type { Log } from '../../ports/runner.js'
import { type BranchTip, type DeployedCommit, staleVerdict } from '../plan/stale-run.js'
import { targetKey, targetsOf } from '../target.js'
import type { ObserveRequest } from './observe-request.js'
import type { Facts } from '../plan/facts.js'

export interface TipRequest {
  readonly headCommit: string
  readonly branch: string
  /** Commits that the account's records name. */
  readonly deployed: readonly string[]
}

type TipGit = Pick<Git, 'readBranchTip' | 'ancestorsAmong' | 'relation'>

export async function observeTip(
  request: TipRequest,
  { git, log }: { readonly git: TipGit; readonly log: Pick<Log, 'warning'> }
): Promise<BranchTip> {
  const { headCommit, branch } = request
  try {
    const tip = await git.readBranchTip(branch)
    if (tip === headCommit) return { kind: 'head' }
    if (tip === null) return { kind: 'elsewhere', commit: null }
    const isOnIt = (await git.ancestorsAmong(tip, [headCommit])).includes(headCommit)
    return { kind: isOnIt ? 'newer' : 'elsewhere', commit: tip }
  } catch (error) {
    if (!isGitFailure(error)) throw error
    log.warning(`The tip of ${branch} is not read: ${error.message}`)
    const deployed = await relationsOf(request, git)
    return { kind: 'unreadable', why: error.finding.found, deployed }
  }
}

/** The clone may know by itself; the remote that did not answer is not needed then. */
async function relationsOf({ headCommit, deployed }: TipRequest, git: TipGit): Promise<readonly DeployedCommit[]> {
  const relations: DeployedCommit[] = []
  for (const commit of new Set(deployed)) {
    relations.push({ commit, relation: await relationOr(git, headCommit, commit) })
  }
  return relations
}

async function relationOr(git: TipGit, head: string, commit: string): Promise<DeployedCommit['relation']> {
  try {
    return await git.relation(head, commit)
  } catch (error) {
    if (isGitFailure(error)) return 'unknown'
    throw error
  }
}

interface WantedAt {
  readonly environment: string
  readonly branch: string
  readonly configAt: (revision: string, files: CommitFiles) => Promise<ConfigAtRevision>
}

/**
 * What the commit wants of each layer and region by its own configuration, as comparable text by `targetKey`. A layer that
 * it does not configure, or another environment for the branch, is missing.
 */
async function wantedAt(
  commit: string,
  wanted: WantedAt,
  git: Pick<Git, 'readCommit'>
): Promise<ReadonlyMap<string, string>> {
  const read = async (files: CommitFiles): Promise<ReadonlyMap<string, string>> => {
    const at = await wanted.configAt(commit, files)
    if (at.kind !== 'read') return new Map()
    const { environments, layers } = at.config
    const environment = environments.find(({ branches }) => branches.includes(wanted.branch))
    if (environment?.name !== wanted.environment) return new Map()
    const entries = await files.readEntries(commit, watchedPaths(layers))
    const digests = new Map(layerSources(layers, entries).map(source => [source.layerId, source.sourceDigest]))
    const targets = targetsOf(environment, layers, environment.regions)
    return new Map(targets.map(target => [targetKey(target), wantedText(digests.get(target.layerId), target)]))
  }
  return (await git.readCommit(commit, read)) ?? new Map<string, string>()
}

/** The same source under the same name, in the same place, shared with the same accounts. */
function wantedText(sourceDigest: string | undefined, target: ReturnType<typeof targetsOf>[number]): string {
  return JSON.stringify([sourceDigest, target])
}

function isGitFailure(error: unknown): error is CodedError {
  return error instanceof CodedError && error.code === 'GIT_FAILED'
}

interface Age {
  /** By `targetKey`: what is left to the run of a newer commit. */
  readonly aside: ReadonlySet<string>
  readonly verdicts: readonly Verdict[]
  /** Nothing is left to write. */
  readonly isOver: boolean
}

/** Is this run still the one to write? Asked of the remote once, and only where something would be written. */
export async function observeAge(
  request: ObserveRequest,
  facts: Facts,
  ports: { readonly git: Git; readonly log: Log }
): Promise<Age> {
  // A dry run writes nothing, and may look at a commit that no branch has.
  if (request.dryRun) return { aside: new Set(), verdicts: [], isOver: false }
  const { headCommit, branch } = request
  const isWrite = (change: LayerChange): boolean => change.changed || facts.protectionDiffers.has(targetKey(change))
  const writes = facts.changes.filter(change => change.reason !== 'removed' && isWrite(change))
  const deployed = [...facts.deployed.values()].flatMap(version => version?.commit ?? [])
  const tip = await observeTip({ headCommit, branch, deployed }, ports)
  const aside = tip.kind === 'newer' ? await differingAt(tip.commit, writes.map(targetKey), request, facts, ports) : []
  const layerIds = writes.filter(change => aside.includes(targetKey(change))).map(({ layerId }) => layerId)
  const everything = aside.length === writes.length
  const verdict = staleVerdict({ headCommit, branch, tip, differing: [...new Set(layerIds)], everything })
  return { aside: new Set(aside), verdicts: [verdict], isOver: verdict.passed === 'stand-aside' && everything }
}

/** Which of these the newer commit wants otherwise. */
export async function differingAt(
  commit: string,
  keys: readonly string[],
  { environment, branch, configAt }: ObserveRequest,
  facts: Facts,
  { git }: { readonly git: Git }
): Promise<readonly string[]> {
  const there = await wantedAt(commit, { environment: environment.name, branch, configAt }, git)
  const here = new Map(
    facts.targets.map(target => [
      targetKey(target),
      wantedText(facts.sources.get(target.layerId)?.sourceDigest, target)
    ])
  )
  return keys.filter(key => there.get(key) === undefined || there.get(key) !== here.get(key))
}
