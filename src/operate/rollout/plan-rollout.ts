/** Which functions a rollout moves, a pure function of what was found, and how that is shown. Functions that the configuration does not name stay. */
import type { DeployedVersion, Verdict, Consumer } from '../../model/index.js'
import type { FunctionState } from '../../ports/aws.js'
import type { Target } from '../../publish-layers/target.js'
import type { CodedError } from '../../model/errors.js'
import { inlineCode, markdownText } from '../../redaction/escape.js'
import type { OperationRequest } from '../operation.js'

export interface RolloutFacts {
  readonly target: Target
  readonly deployed: DeployedVersion | null
  /** What the configuration names and the region has. */
  readonly functions: readonly FoundFunction[]
  /** Names, without `*`, that no function has. */
  readonly missing: readonly string[]
}

export interface FoundFunction {
  readonly state: FunctionState
  /** It bears the tag that keeps a rollout away. */
  readonly pinned: boolean
}

export interface RolloutStep {
  readonly target: Target
  readonly functionName: string
  readonly action: 'move' | 'keep' | 'skip'
  readonly why: string
  /** The version of the layer that the function uses; `null`: none. */
  readonly from: number | null
  readonly to: number
  /** Of the function, as it is and as it is to be; only one of them differs. */
  readonly layersBefore: readonly string[]
  readonly layersAfter: readonly string[]
  readonly revisionId: string
}

export interface RolloutPlan {
  readonly steps: readonly RolloutStep[]
  readonly verdicts: readonly Verdict[]
  readonly warnings: readonly string[]
}

/** AWS Lambda Developer Guide, "Lambda quotas": of a function with all its layers, unzipped. A zip is never larger than what it holds by much. */
const maximumBytes = 262_144_000

/** Tags of a function that keep a rollout away from it, whatever their value. */
export const pinTags: readonly string[] = ['layer-deploy:pin', 'pin']

export function planRollout(facts: readonly RolloutFacts[]): RolloutPlan {
  const planned = facts.map(planOne)
  return {
    steps: planned.flatMap(({ steps }) => steps),
    verdicts: planned.flatMap(({ verdicts }) => verdicts),
    warnings: planned.flatMap(({ warnings }) => warnings)
  }
}

function planOne({ target, deployed, functions, missing }: RolloutFacts): RolloutPlan {
  const warnings = missing.map(
    name =>
      `Layer ${target.layerId} in ${target.region}: consumers names the function ${name}, which does not exist there`
  )
  if (functions.length === 0) return { steps: [], verdicts: [], warnings }
  if (deployed === null) return { steps: [], verdicts: [notDeployed(target)], warnings }
  const steps = functions.map(found => stepOf(target, deployed, found))
  const moving = functions.filter((_found, index) => steps[index]?.action === 'move')
  return { steps, verdicts: moving.flatMap(({ state }) => verdictsOf(target, deployed, state)), warnings }
}

const standings: Readonly<Record<FunctionState['update'], string>> = {
  successful: 'uses the deployed version',
  'in-progress': 'its update to the deployed version is under way',
  failed: 'its update to the deployed version failed'
}

function stepOf(target: Target, deployed: DeployedVersion, { state, pinned }: FoundFunction): RolloutStep {
  const layerArn = deployed.arn.slice(0, deployed.arn.lastIndexOf(':'))
  const before = state.layers.map(({ arn }) => arn)
  const used = before.find(arn => arn.startsWith(`${layerArn}:`))
  const from = used === undefined ? null : Number(used.slice(layerArn.length + 1))
  const step = {
    target,
    functionName: state.functionName,
    from,
    to: deployed.version,
    layersBefore: before,
    layersAfter: before,
    revisionId: state.revisionId
  }
  if (from === null) return { ...step, action: 'skip', why: 'uses no version of this layer' }
  if (from === deployed.version) {
    // A rollout that was killed in its midst has set the layers, and did not see what came of it.
    return { ...step, action: state.update === 'successful' ? 'keep' : 'move', why: standings[state.update] }
  }
  if (from > deployed.version)
    return { ...step, action: 'skip', why: `uses version ${from}, newer than the deployed one` }
  if (pinned) return { ...step, action: 'skip', why: 'its tag pins the version' }
  const layersAfter = before.map(arn => (arn === used ? deployed.arn : arn))
  return { ...step, action: 'move', why: `uses version ${from}`, layersAfter }
}

function notDeployed({ layerId, layerName, region }: Target): Verdict {
  return {
    guard: 'NOT_DEPLOYED',
    subject: `${layerId} in ${region}`,
    passed: false,
    finding: {
      expected: `a deployed version of ${layerName} in ${region} to move functions to`,
      found: 'none',
      mend: 'deploy the layer first'
    }
  }
}

/** What the function is must be among what the version says that it is for; a version that says nothing is for all. */
function verdictsOf({ layerId, region }: Target, deployed: DeployedVersion, state: FunctionState): readonly Verdict[] {
  const { compatibleRuntimes = [], compatibleArchitectures = [] } = deployed.properties ?? {}
  const subject = `function ${state.functionName} in ${region}`
  const refuse = (guard: 'WRONG_ARCHITECTURE' | 'ARCHIVE_TOO_LARGE', expected: string, found: string, mend: string) =>
    ({ guard, subject, passed: false, finding: { expected, found, mend } }) as const
  const version = `version ${deployed.version} of layer ${layerId}`
  const elsewhere = `set the tag ${String(pinTags[0])} on the function, or take it out of consumers`
  const problems = [
    ...(compatibleRuntimes.length > 0 && !compatibleRuntimes.includes(state.runtime)
      ? [[compatibleRuntimes.join(', '), state.runtime === '' ? 'a container image' : state.runtime] as const]
      : []),
    ...(compatibleArchitectures.length > 0 && !state.architectures.every(each => compatibleArchitectures.includes(each))
      ? [[compatibleArchitectures.join(', '), state.architectures.join(', ')] as const]
      : [])
  ]
  const zipped = state.codeBytes + state.layers.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  return [
    ...problems.map(([wanted, found]) =>
      refuse('WRONG_ARCHITECTURE', `${subject} to be what ${version} is for: ${wanted}`, found, elsewhere)
    ),
    ...(zipped > maximumBytes
      ? [
          refuse(
            'ARCHIVE_TOO_LARGE',
            `${subject} with its layers to have at most ${maximumBytes} bytes`,
            `${zipped} bytes zipped`,
            elsewhere
          )
        ]
      : [])
  ]
}

/** Does a name of the configuration mean this function? `*` stands for any letters; a name without one is exact. */
export function namesFunction(pattern: string, functionName: string): boolean {
  const [first = '', ...rest] = pattern.split('*')
  if (rest.length === 0) return first === functionName
  const last = rest.pop() ?? ''
  if (!functionName.startsWith(first) || functionName.length < first.length + last.length) return false
  if (!functionName.endsWith(last)) return false
  const middle = functionName.slice(first.length, functionName.length - last.length)
  let from = 0
  return rest.every(part => {
    const at = middle.indexOf(part, from)
    from = at + part.length
    return at !== -1
  })
}

const words: Readonly<Record<Consumer['status'], string>> = {
  older: 'uses an older version',
  current: 'up to date',
  planned: '**would move**',
  moved: '**moved**',
  skipped: 'skipped',
  failed: '**failed**',
  'not-attempted': 'not attempted'
}

/** What a rollout says of itself: the headline, the table of functions, the plan as JSON. */
export function rolloutHeadline(
  { environment, dryRun }: Pick<OperationRequest, 'environment' | 'dryRun'>,
  outcomes: readonly Outcome[],
  errors: readonly CodedError[]
): string {
  const where = `${environment.name} (${environment.accountId})`
  const count = (status: Consumer['status']) => outcomes.filter(outcome => outcome.status === status).length
  if (errors[0] !== undefined && count('moved') === 0) return `${errors[0].code}: no function was moved in ${where}`
  const moved = dryRun ? `${functions(count('planned'))} would move` : `${functions(count('moved'))} moved`
  const further = [
    count('failed') > 0 ? `${count('failed')} failed` : '',
    count('not-attempted') > 0 ? `${count('not-attempted')} not attempted` : '',
    count('current') > 0 ? `${count('current')} up to date` : '',
    count('skipped') > 0 ? `${count('skipped')} skipped` : ''
  ].filter(part => part !== '')
  return `${[moved, ...further].join(', ')}, in ${where}`
}

function functions(count: number): string {
  return count === 1 ? '1 function' : `${count} functions`
}

/** Markdown: one row for each function. */
export function rolloutDetails(outcomes: readonly Outcome[]): string {
  if (outcomes.length === 0) return '## Functions\n\nNo function of the configuration was found.\n'
  const rows = outcomes.map(({ step, status, error }) => {
    const { target, functionName, from, to, why } = step
    const versions = from === null ? '-' : from === to ? String(to) : `${from} → ${to}`
    const cells = [
      inlineCode(functionName),
      inlineCode(target.layerName),
      inlineCode(target.region),
      versions,
      words[status]
    ]
    return `| ${[...cells, markdownText(error?.message ?? why, 500)].join(' | ')} |`
  })
  return [
    '## Functions',
    '',
    '| Function | Layer | Region | Version | | Why |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows,
    '',
    'A rollout changes `$LATEST`. Published function versions, and aliases that point to them, keep their layers.',
    ''
  ].join('\n')
}

export function rolloutDocument(outcomes: readonly Outcome[]): unknown {
  return outcomes.map(({ step, status }) => ({
    function: step.functionName,
    layer: step.target.layerId,
    region: step.target.region,
    from: step.from,
    to: step.to,
    status,
    why: step.why
  }))
}

/** What became of one function. */
export interface Outcome {
  readonly step: RolloutStep
  readonly status: Consumer['status']
  readonly error: CodedError | null
}
