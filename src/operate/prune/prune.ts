/** The command `prune`: deletes layer versions that nobody needs any more. The only one that deletes any. */
import pLimit from 'p-limit'
import { asCodedError, CodedError } from '../../model/errors.js'
import type { LayerResult, Verdict } from '../../model/index.js'
import { targetsOf } from '../../publish-layers/target.js'
import {
  identityVerdicts,
  isRefused,
  type Operation,
  type OperationPorts,
  type OperationRequest
} from '../operation.js'
import { layerUsers, type LayerUsers } from '../consumers.js'
import {
  planPrune,
  pruneDocument,
  type Decision,
  type PruneFacts,
  type PruneStep,
  pruneDetails,
  pruneHeadline
} from './plan-prune.js'
import { deployedRow } from '../../publish-layers/result.js'

/** How many deletions at once, within Lambda's budget of requests. */
const deletionsAtOnce = 4

export const prune: Operation = async (request, ports) => {
  const identity = await identityVerdicts(request, ports.aws)
  const observed = isRefused(identity) ? { facts: [], verdicts: [] } : await observe(request, ports)
  const verdicts = [...identity, ...observed.verdicts]
  const steps = planPrune(observed.facts, request.keep, ports.clock.now())
  const refused = isRefused(verdicts)
  const outcomes = refused || request.dryRun ? [] : await apply(steps, request, ports)
  const rows = steps.map(step => rowOf(step, observed.facts, outcomes))
  const refusals = verdicts.flatMap(verdict =>
    verdict.passed === true ? [] : [new CodedError(verdict.guard, verdict.finding)]
  )
  const interruption = ports.signal.aborted ? [asCodedError(ports.signal.reason)] : []
  const errors = [...interruption, ...refusals, ...rows.flatMap(({ error }) => error ?? [])]
  const deleted = outcomes.filter(({ error }) => error === null).length
  return {
    details: pruneDetails(steps, request.dryRun || refused),
    result: {
      ...request.subject,
      conclusion: errors.length > 0 ? 'failure' : 'success',
      headline: pruneHeadline(request, steps, deleted, errors),
      changedLayers: [],
      layers: rows,
      verdicts,
      errors,
      warnings: [],
      plan: { keep: request.keep, layers: pruneDocument(steps) }
    }
  }
}

/** A deploy that is under way is waited for: what it publishes is then the deployed version, which stays. */
async function observe(
  request: OperationRequest,
  { engine, aws }: OperationPorts
): Promise<{ readonly facts: readonly PruneFacts[]; readonly verdicts: readonly Verdict[] }> {
  const { environment, layers } = request
  const regions = request.regions ?? environment.regions
  const limit = pLimit(environment.concurrency)
  const users = new Map(await Promise.all(regions.map(async name => [name, await usersIn(name, { aws })] as const)))
  const observed = await Promise.all(
    targetsOf(environment, layers, regions).map(target =>
      limit(async () => {
        const { deployed, verdicts } = await engine.observe(target, true)
        const inventory = await aws.region(target.region).inventory()
        const versions = await inventory.versions(target.layerName)
        return { facts: { target, deployed, versions, users: users.get(target.region) ?? new Map() }, verdicts }
      })
    )
  )
  return { facts: observed.map(({ facts }) => facts), verdicts: observed.flatMap(({ verdicts }) => verdicts) }
}

async function usersIn(region: string, { aws }: Pick<OperationPorts, 'aws'>): Promise<LayerUsers> {
  return layerUsers(await aws.region(region).inventory())
}

interface Outcome {
  readonly arn: string
  readonly error: CodedError | null
}

/** Who uses what is asked once more, just before: a function may have been moved to an old version since. */
async function apply(
  steps: readonly PruneStep[],
  request: OperationRequest,
  ports: OperationPorts
): Promise<readonly Outcome[]> {
  const regions = [...new Set(steps.map(({ target }) => target.region))]
  const done = await Promise.all(
    regions.map(async region => {
      const doomed = steps.filter(({ target }) => target.region === region).flatMap(doomedOf)
      if (doomed.length === 0) return []
      const users = await usersIn(region, ports)
      const limit = pLimit(deletionsAtOnce)
      const free = doomed.filter(({ decision }) => !users.has(decision.arn))
      return Promise.all(free.map(each => limit(() => remove(each, ports))))
    })
  )
  return done.flat()
}

interface Doomed {
  readonly step: PruneStep
  readonly decision: Decision
}

function doomedOf(step: PruneStep): readonly Doomed[] {
  return step.decisions.filter(({ action }) => action === 'delete').map(decision => ({ step, decision }))
}

async function remove({ step, decision }: Doomed, { aws, engine, signal, progress }: OperationPorts): Promise<Outcome> {
  const { target } = step
  const { arn, version } = decision
  try {
    signal.throwIfAborted()
    const { deployed } = await engine.observe(target, false)
    if (deployed?.version === version) throw nowDeployed(target.layerName, version)
    await (await aws.region(target.region).inventory()).deleteVersion(target.layerName, version)
    progress({ layerId: target.layerId, region: target.region, what: `version ${version} deleted`, ended: true })
    return { arn, error: null }
  } catch (error) {
    return { arn, error: asCodedError(error) }
  }
}

function nowDeployed(layerName: string, version: number): CodedError {
  return new CodedError('STALE_RUN', {
    expected: `version ${version} of ${layerName} to be an old one, as when this prune was planned`,
    found: 'the deployed version',
    mend: 'run again to plan anew'
  })
}

function rowOf({ target }: PruneStep, facts: readonly PruneFacts[], outcomes: readonly Outcome[]): LayerResult {
  const fact = facts.find(each => each.target === target)
  const arns = new Set(fact?.versions.map(({ arn }) => arn))
  const error = outcomes.find(outcome => arns.has(outcome.arn) && outcome.error !== null)?.error ?? null
  const deployed = fact?.deployed ?? null
  return {
    ...deployedRow(target, deployed),
    status: error === null ? 'unchanged' : 'failed',
    reason: error === null ? 'unchanged' : 'failed',
    error
  }
}
