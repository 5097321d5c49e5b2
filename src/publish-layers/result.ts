/** What a run came to, in the one shape that every report renders. */
import { asCodedError, CodedError, furtherProblems, type ErrorCode } from '../model/errors.js'
import type {
  Command,
  DeployedVersion,
  Environment,
  LayerChange,
  LayerResult,
  RunResult,
  Verdict
} from '../model/index.js'
import { planDocument, type Plan } from './plan/plan.js'
import type { Target } from './target.js'

/** What is known of a run from the start, whatever it comes to. */
export interface RunSubject {
  readonly command: Exclude<Command, 'auto'>
  readonly environment: Environment | null
  readonly regions: readonly string[]
  readonly branch: string | null
  readonly headCommit: string | null
  readonly dryRun: boolean
}

/** What every row says of a layer in one region, whose version is `deployed` before the run does anything. */
export function deployedRow(
  { layerId, region, layerName }: Pick<Target, 'layerId' | 'region' | 'layerName'>,
  deployed: DeployedVersion | null
): Omit<LayerResult, 'status' | 'reason'> {
  return {
    layerId,
    region,
    layerName,
    version: deployed?.version ?? null,
    arn: deployed?.arn ?? null,
    previousVersion: deployed?.version ?? null,
    artifactSha256: deployed?.artifactSha256 ?? null,
    contentDigest: deployed?.contentDigest ?? null,
    sourceDigest: deployed?.sourceDigest ?? null,
    sizeBytes: deployed?.sizeBytes ?? null,
    fromCommit: deployed?.sourceCommit ?? null,
    toCommit: deployed?.sourceCommit ?? null,
    error: null
  }
}

/** Before the inputs, the event and the configuration are read. */
export const unknownSubject: RunSubject = {
  command: 'plan',
  environment: null,
  regions: [],
  branch: null,
  headCommit: null,
  dryRun: false
}

/** @param further what happened beside the plan: a record that was not made, the cancellation or deadline that ended it */
export function resultOfPlan(
  subject: RunSubject,
  plan: Plan,
  rows: readonly LayerResult[],
  further: { readonly warning: string | null; readonly interruption: CodedError | null }
): RunResult {
  const refusals = plan.verdicts.filter(isRefusal).map(({ guard, finding }) => new CodedError(guard, finding))
  const failures = rows.flatMap(({ error }) => error ?? [])
  const interruption = further.interruption === null ? [] : [further.interruption]
  const errors = [...interruption, ...refusals.sort(byUrgency), ...failures]
  const overtaken = rows.flatMap(({ aside }) => aside ?? [])
  const standsAside =
    plan.outcome === 'stand-aside' || overtaken.length > 0 || plan.steps.some(({ kind }) => kind === 'stand-aside')
  const asides = plan.verdicts.flatMap(verdict =>
    verdict.passed === 'stand-aside' ? [new CodedError(verdict.guard, verdict.finding).message] : []
  )
  const undone = plan.steps.flatMap(undoneRollback)
  const overridden = overridesOf(plan.verdicts)
  return {
    ...subject,
    conclusion: errors.length > 0 ? 'failure' : standsAside ? 'neutral' : 'success',
    headline: headlineOf(subject, plan, rows, errors),
    changedLayers: [...new Set(plan.steps.filter(step => step.change.changed).map(step => step.target.layerId))],
    layers: rows,
    verdicts: plan.verdicts,
    errors,
    warnings: [
      ...asides,
      ...overtaken.map(({ message }) => message),
      ...undone,
      ...overridden,
      ...absencesOf(reasonsOf(plan)),
      ...(further.warning === null ? [] : [further.warning])
    ],
    plan: planDocument(plan)
  }
}

/** A run that ended before there was a plan. */
export function resultOfFailure(subject: RunSubject, thrown: unknown): RunResult {
  const error = asCodedError(thrown)
  const errors = [error, ...furtherProblems(error)]
  return { ...empty(subject), conclusion: 'failure', headline: error.message, errors }
}

export function resultOfRefusal(subject: RunSubject, verdict: Verdict & { readonly passed: false }): RunResult {
  const error = new CodedError(verdict.guard, verdict.finding)
  return { ...resultOfFailure(subject, error), verdicts: [verdict] }
}

export function resultOfNothing(subject: RunSubject, why: string): RunResult {
  return { ...empty(subject), conclusion: 'neutral', headline: `Nothing to do: ${why}` }
}

function empty(subject: RunSubject): Omit<RunResult, 'conclusion' | 'headline'> {
  return { ...subject, changedLayers: [], layers: [], verdicts: [], errors: [], warnings: [], plan: null }
}

/** What passed only because a person said so, one sentence for each. */
export function overridesOf(verdicts: readonly Verdict[]): readonly string[] {
  return verdicts.flatMap(verdict =>
    verdict.passed === true && (verdict.overridden === true || verdict.foretold === true)
      ? [`${verdict.guard} ${verdict.subject}: ${verdict.detail}`]
      : []
  )
}

/** A deploy goes forward again from a rollback: who reads the report must know what it brings back. */
function undoneRollback(step: Plan['steps'][number]): readonly string[] {
  const { deployed, target, kind } = step
  if (deployed?.rolledBackTo === undefined || (kind !== 'publish' && kind !== 'announce')) return []
  const { version, rolledBackTo } = deployed
  return [
    `Layer ${target.layerId} in ${target.region}: this undoes the rollback to version ${rolledBackTo} (version ${version})`
  ]
}

/** A mistyped path must not be a green run that says nothing. */
export function absencesOf(rows: readonly Pick<LayerResult, 'layerId' | 'reason'>[]): readonly string[] {
  return [...new Set(rows.flatMap(({ layerId, reason }) => (reason === 'removed' ? [absence(layerId)] : [])))]
}

function absence(layerId: string): string {
  return `Layer ${layerId}: nothing is at its path in this revision; its versions stay. Correct the path or take the layer out of the configuration`
}

function isRefusal(verdict: Verdict): verdict is Verdict & { readonly passed: false } {
  return verdict.passed === false
}

/** The guards in the order in which a reader should hear of them; the rest keeps its order. */
const urgency: readonly ErrorCode[] = [
  'ACCOUNT_MISMATCH',
  'REGION_NOT_ALLOWED',
  'BUCKET_OWNER_MISMATCH',
  'STALE_RUN',
  'SOURCE_NOT_CHECKED_OUT'
]

function byUrgency(a: CodedError, b: CodedError): number {
  const rank = ({ code }: CodedError) => (urgency.includes(code) ? urgency.indexOf(code) : urgency.length)
  return rank(a) - rank(b)
}

function headlineOf(
  subject: RunSubject,
  plan: Plan,
  rows: readonly LayerResult[],
  errors: readonly CodedError[]
): string {
  const count = (status: LayerResult['status']) => rows.filter(row => row.status === status).length
  const where = `${plan.environment.name} (${plan.environment.accountId})`
  const removed = removedLayers(reasonsOf(plan))
  if (errors[0] !== undefined && count('published') === 0) {
    return [`${errors[0].code}: nothing was published to ${where}`, ...removed].join(', ')
  }
  if (plan.outcome === 'stand-aside') {
    return [`Stood aside: the branch has a newer commit for ${where}`, ...removed].join(', ')
  }
  const overtaken = rows.filter(({ aside }) => aside !== undefined).length + standAside(plan)
  const planned = rows.filter(row => row.status === 'planned' && row.reason !== 'access-changed').length
  const access = rows.filter(row => row.reason === 'access-changed').length
  if (plan.mode === 'plan' || plan.dryRun) {
    const parts = [
      ...(planned + access === 0 ? [`No layer would change in ${where}`] : []),
      ...(planned === 0 ? [] : [`${layers(planned)} would be published to ${where}`]),
      ...(access === 0 ? [] : [`sharing or parameter of ${layers(access)} would change in ${where}`])
    ]
    // Near the front: a status description ends after 140 characters.
    return [...parts.slice(0, 1), ...removed, ...parts.slice(1), ...queueOf(plan)].join(', ')
  }
  const parts = [
    ...removed,
    count('published') > 0 ? `${layers(count('published'))} published` : '',
    count('failed') > 0 ? `${count('failed')} failed` : '',
    overtaken > 0 ? `${overtaken} left to a newer commit` : '',
    count('not-attempted') > 0 ? `${count('not-attempted')} not attempted` : '',
    access > 0 ? `sharing or parameter of ${layers(access)} changed` : '',
    count('unchanged') > access ? `${count('unchanged') - access} unchanged` : ''
  ].filter(part => part !== '')
  return `${subject.command === 'deploy' ? where : subject.command}: ${parts.length === 0 ? 'no layer selected' : parts.join(', ')}`
}

function standAside({ steps }: Plan): number {
  return steps.filter(({ kind }) => kind === 'stand-aside').length
}

/** What was found of each layer: a row of a refused run tells of the refusal alone. */
function reasonsOf({ steps }: Plan): readonly Pick<LayerResult, 'layerId' | 'reason'>[] {
  return steps.map(({ target, change }) => ({ layerId: target.layerId, reason: change.reason }))
}

/** A layer that was deployed and whose path is gone is no success like another: it must not be read over. */
export function removedLayers(rows: readonly Pick<LayerResult, 'layerId' | 'reason'>[]): readonly string[] {
  const ids = rows.flatMap(({ layerId, reason }) => (reason === 'removed' ? [layerId] : []))
  return ids.length === 0 ? [] : [`nothing is at the path of ${named(ids)} any more`]
}

/** Of a merge queue's entry: what it adds itself, and what the entries below it add. */
function queueOf(plan: Plan): readonly string[] {
  const by = (whose: LayerChange['addedBy']): readonly string[] =>
    plan.steps.flatMap(({ change, target }) => (change.addedBy === whose ? [target.layerId] : []))
  const [own, below] = [by('this-entry'), by('entries-below')]
  if (own.length + below.length === 0) return []
  const ofThis =
    own.length === 0 ? 'none by this entry of the merge queue' : `by this entry of the merge queue ${named(own)}`
  return [ofThis, ...(below.length === 0 ? [] : [`by the entries below it ${named(below)}`])]
}

function named(ids: readonly string[]): string {
  const once = [...new Set(ids)]
  const more = once.length - 5
  return `${once.slice(0, 5).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

function layers(count: number): string {
  return count === 1 ? '1 layer' : `${count} layers`
}
