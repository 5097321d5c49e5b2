/** Is this run still the one to write? Asked of the remote once, and only where something would be written. */
import type { ObserveRequest } from './observe-request.js'
import type { Facts } from '../plan/facts.js'
import type { LayerChange, Verdict } from '../../model/index.js'
import type { Git } from '../../ports/git.js'
import type { Log } from '../../ports/runner.js'
import { staleVerdict } from '../plan/stale-run.js'
import { targetKey } from '../target.js'
import { observeTip, wantedAt, wantedText } from './branch-tip.js'

export interface Age {
  /** By `targetKey`: what is left to the run of a newer commit. */
  readonly aside: ReadonlySet<string>
  readonly verdicts: readonly Verdict[]
  /** Nothing is left to write. */
  readonly isOver: boolean
}

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
