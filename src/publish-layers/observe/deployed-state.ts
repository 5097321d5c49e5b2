/** What every region runs against what the commit wants: the rows and the conclusion of the command `report`. Pure. */
import type { Facts } from '../plan/facts.js'
import { CodedError } from '../../model/errors.js'
import type { DeployedVersion, LayerChange, LayerResult, Reason, RunResult, Verdict } from '../../model/index.js'
import { shownAccess, targetKey, type Target } from '../target.js'
import type { DeployedCommit } from '../plan/stale-run.js'
import { absencesOf, deployedRow, removedLayers, type RunSubject } from '../result.js'

/** A version that this workflow run made, whichever of its jobs it was. */
export interface OwnVersion {
  /** `null`: there was none before, or it is gone. */
  readonly previousVersion: number | null
  readonly reason: Reason
  readonly from: string | null
}

export interface DeployedState {
  readonly facts: Facts
  /** By commit: of what is deployed and is not what is wanted. */
  readonly relations: ReadonlyMap<string, DeployedCommit['relation']>
  /** What the tip of the branch, a newer commit, wants otherwise; `null`: nothing. */
  readonly aside: LeftToTip | null
  /** By `targetKey`; what is missing was deployed before this workflow run. */
  readonly own: ReadonlyMap<string, OwnVersion>
}

/** What the jobs of this run left to the run of a newer commit. */
export interface LeftToTip {
  readonly commit: string
  /** By `targetKey`. */
  readonly keys: readonly string[]
}

/** How many rows an error names; the table has them all. */
const namedRows = 5

export function resultOfDeployed(subject: RunSubject, state: DeployedState): RunResult {
  const { facts } = state
  const targets = new Map(facts.targets.map(target => [targetKey(target), target]))
  const rows = facts.changes.flatMap(change => {
    const target = targets.get(targetKey(change))
    return target === undefined ? [] : [rowOf(state, target, change)]
  })
  const refusals = facts.verdicts.filter(isRefusal)
  const missing = rows.filter(({ status }) => status === 'not-attempted')
  const aside = rows.filter(({ reason }) => reason === 'stale-run')
  const errors = [
    ...refusals.map(({ guard, finding }) => new CodedError(guard, finding)),
    ...(missing.length === 0 ? [] : [notDeployed(facts, missing)])
  ]
  const acted: readonly LayerResult['status'][] = ['published', 'failed', 'not-attempted']
  return {
    ...subject,
    conclusion: errors.length > 0 ? 'failure' : aside.length > 0 ? 'neutral' : 'success',
    headline: headlineOf(facts, rows),
    changedLayers: [...new Set(rows.filter(row => acted.includes(row.status)).map(row => row.layerId))],
    layers: rows,
    verdicts: facts.verdicts,
    errors,
    warnings: [...absencesOf(rows), ...(aside.length === 0 ? [] : [staleWarning(state, aside)])],
    plan: null
  }
}

function rowOf(state: DeployedState, target: Target, change: LayerChange): LayerResult {
  const { facts, relations } = state
  const key = targetKey(target)
  const deployed = facts.deployed.get(key) ?? null
  const row = baseRow(facts, target, change, deployed)
  const refusal = facts.verdicts.filter(isRefusal).find(({ subject }) => subject === key)
  if (refusal !== undefined) {
    const error = new CodedError(refusal.guard, refusal.finding)
    const unverified = refusal.guard === 'PUBLISH_UNVERIFIED' ? { version: null, arn: null } : {}
    return { ...row, ...unverified, status: 'failed', reason: 'failed', error }
  }
  // Nothing was read of it: a failed guard of the whole run says why.
  if (!facts.deployed.has(key)) return { ...row, status: 'not-attempted', reason: 'refused' }
  if (change.reason === 'removed') return { ...row, status: 'skipped' }
  if (!change.changed) return ownRow(row, state.own.get(key))
  const isNewer = deployed?.commit != null && relations.get(deployed.commit) === 'descendant'
  if (isNewer || state.aside?.keys.includes(key) === true) {
    return { ...row, status: 'skipped', reason: 'stale-run' }
  }
  return { ...row, status: 'not-attempted' }
}

function baseRow(
  facts: Facts,
  target: Target,
  change: LayerChange,
  deployed: DeployedVersion | null
): Omit<LayerResult, 'status'> {
  return {
    ...deployedRow(target, deployed),
    reason: change.reason,
    sourceDigest: facts.sources.get(target.layerId)?.sourceDigest ?? null,
    fromCommit: change.from,
    toCommit: change.to,
    ...shownAccess(target.access)
  }
}

function ownRow(row: Omit<LayerResult, 'status'>, own: OwnVersion | undefined): LayerResult {
  if (own === undefined) return { ...row, status: 'unchanged', reason: 'unchanged' }
  // The run only renewed the record: the content was deployed already.
  if (own.reason === 'same-content') return { ...row, status: 'unchanged', reason: 'same-content' }
  const { previousVersion, reason, from } = own
  return { ...row, status: 'published', reason, previousVersion, fromCommit: from }
}

function notDeployed(facts: Facts, missing: readonly LayerResult[]): CodedError {
  const named = missing.slice(0, namedRows).map(row => `${targetKey(row)} (${versionText(row)})`)
  const more = missing.length > namedRows ? ` and ${missing.length - namedRows} more` : ''
  return new CodedError('NOT_DEPLOYED', {
    expected: `every selected layer to run what ${facts.headCommit} wants in ${facts.environment.name}`,
    found: `other content, or none, in ${named.join(', ')}${more}`,
    mend: 'look at the deploy jobs of this run that failed, were cancelled or never started, and re-run them and this job'
  })
}

function versionText(row: LayerResult): string {
  return row.version === null ? 'no version' : `version ${row.version}`
}

function staleWarning({ facts, aside: left, relations }: DeployedState, aside: readonly LayerResult[]): string {
  const newer = aside.flatMap(row => {
    const commit = facts.deployed.get(targetKey(row))?.commit ?? ''
    return relations.get(commit) === 'descendant' ? [commit] : []
  })
  const commits = [...new Set([...(left === null ? [] : [left.commit]), ...newer])]
  return `STALE_RUN: ${aside.length} × layer and region are left to a newer commit (${commits.slice(0, 3).join(', ')}): it stands`
}

function headlineOf(facts: Facts, rows: readonly LayerResult[]): string {
  const count = (status: LayerResult['status']): number => rows.filter(row => row.status === status).length
  const parts = (['published', 'failed', 'not-attempted', 'skipped', 'unchanged'] as const)
    .filter(status => count(status) > 0)
    .map(status => `${count(status)} ${status.replace('-', ' ')}`)
  const { name, accountId } = facts.environment
  const told = [...removedLayers(rows), ...parts]
  return `${name} (${accountId}): ${told.length === 0 ? 'no layer selected' : told.join(', ')}`
}

function isRefusal(verdict: Verdict): verdict is Verdict & { readonly passed: false } {
  return verdict.passed === false
}
