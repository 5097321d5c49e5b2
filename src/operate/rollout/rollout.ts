/** The command `rollout`: functions that the configuration names move to the deployed version of a layer. Never part of a deploy. */
import { asCodedError, CodedError } from '../../model/errors.js'
import type { Consumer, LayerConsumers, LayerResult, Verdict } from '../../model/index.js'
import { targetsOf, type Target } from '../../publish-layers/target.js'
import {
  identityVerdicts,
  isRefused,
  type Operation,
  type OperationPorts,
  type OperationRequest
} from '../operation.js'
import { moveFunction } from './move-function.js'
import {
  namesFunction,
  pinTags,
  planRollout,
  type FoundFunction,
  type RolloutFacts,
  type RolloutStep,
  rolloutDetails,
  rolloutDocument,
  rolloutHeadline,
  type Outcome
} from './plan-rollout.js'
import { deployedRow } from '../../publish-layers/result.js'

/** @throws CodedError CONFIG_INVALID where no selected layer names a function; what AWS answers to reads */
export const rollout: Operation = async (request, ports) => {
  assertConsumers(request)
  const identity = await identityVerdicts(request, ports.aws)
  const observed = isRefused(identity) ? { facts: [], verdicts: [] } : await observe(request, ports)
  const plan = planRollout(observed.facts)
  const verdicts = [...identity, ...observed.verdicts, ...plan.verdicts]
  const refused = isRefused(verdicts)
  const outcomes = await apply(plan.steps, refused ? 'refused' : request.dryRun ? 'planned' : 'apply', ports)
  const refusals = verdicts.flatMap(verdict =>
    verdict.passed === true ? [] : [new CodedError(verdict.guard, verdict.finding)]
  )
  const interruption = ports.signal.aborted ? [asCodedError(ports.signal.reason)] : []
  const errors = [...interruption, ...refusals, ...outcomes.flatMap(({ error }) => error ?? [])]
  return {
    details: rolloutDetails(outcomes),
    result: {
      ...request.subject,
      conclusion: errors.length > 0 ? 'failure' : 'success',
      headline: rolloutHeadline(request, outcomes, errors),
      changedLayers: [],
      layers: observed.facts.map(fact => rowOf(fact, outcomes)),
      verdicts,
      errors,
      warnings: plan.warnings,
      consumers: consumersOf(outcomes),
      plan: { functions: rolloutDocument(outcomes) }
    }
  }
}

function assertConsumers({ layers }: OperationRequest): void {
  if (layers.some(({ consumers }) => consumers !== undefined)) return
  throw new CodedError('CONFIG_INVALID', {
    expected: 'consumers with functions in at least one of the selected layers',
    found: 'none',
    mend: 'add consumers: { functions: [name] } to the layer whose functions are to move'
  })
}

async function observe(
  { environment, layers, regions }: OperationRequest,
  { engine, aws }: OperationPorts
): Promise<{ readonly facts: readonly RolloutFacts[]; readonly verdicts: readonly Verdict[] }> {
  const facts: RolloutFacts[] = []
  const verdicts: Verdict[] = []
  for (const region of regions ?? environment.regions) {
    const functions = await aws.region(region).functions()
    const listed = await functions.list()
    for (const layer of layers) {
      const patterns = layer.consumers?.functions ?? []
      const [target] = targetsOf(environment, [layer], [region])
      if (patterns.length === 0 || target === undefined) continue
      const observation = await engine.observe(target, true)
      verdicts.push(...observation.verdicts)
      const named = [...listed.keys()].filter(name => patterns.some(pattern => namesFunction(pattern, name))).sort()
      const found: FoundFunction[] = []
      for (const name of named) {
        const state = await functions.read(name)
        if (state === null) continue
        const mayMove = observation.deployed !== null && usesAnother(state.layers, observation.deployed.arn)
        const tags = mayMove ? await functions.tags(name) : {}
        found.push({ state, pinned: pinTags.some(tag => Object.hasOwn(tags, tag)) })
      }
      const missing = patterns.filter(pattern => !pattern.includes('*') && !listed.has(pattern))
      facts.push({ target, deployed: observation.deployed, functions: found, missing })
    }
  }
  return { facts, verdicts }
}

/** Only then are its tags of interest. */
function usesAnother(layers: readonly { readonly arn: string }[], deployedArn: string): boolean {
  const layerArn = deployedArn.slice(0, deployedArn.lastIndexOf(':') + 1)
  return layers.some(({ arn }) => arn.startsWith(layerArn) && arn !== deployedArn)
}

/** One after the other: the first failure ends it, so that a version that breaks functions breaks one. */
async function apply(
  steps: readonly RolloutStep[],
  mode: 'apply' | 'planned' | 'refused',
  ports: OperationPorts
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = []
  let failed = false
  for (const step of steps) {
    if (step.action !== 'move') {
      outcomes.push({ step, status: step.action === 'keep' ? 'current' : 'skipped', error: null })
    } else if (mode === 'planned') {
      outcomes.push({ step, status: 'planned', error: null })
    } else if (mode === 'refused' || failed || ports.signal.aborted) {
      outcomes.push({ step, status: 'not-attempted', error: null })
    } else {
      const outcome = await moved(step, ports)
      failed = outcome.error !== null
      outcomes.push(outcome)
    }
  }
  return outcomes
}

async function moved(step: RolloutStep, { aws, clock, signal, progress }: OperationPorts): Promise<Outcome> {
  const { target, functionName, to } = step
  const tell = (what: string, ended: boolean): void => {
    progress({ layerId: target.layerId, region: target.region, what: `function ${functionName}: ${what}`, ended })
  }
  try {
    tell(`moving to version ${to}`, false)
    const functions = await aws.region(target.region).functions()
    await moveFunction(step, { functions, clock, signal })
    tell(`moved to version ${to}`, true)
    return { step, status: 'moved', error: null }
  } catch (error) {
    const coded = asCodedError(error)
    tell(coded.message, true)
    return { step, status: 'failed', error: coded }
  }
}

function consumersOf(outcomes: readonly Outcome[]): readonly LayerConsumers[] {
  const places = new Map<string, { readonly target: Target; readonly consumers: Consumer[] }>()
  for (const { step, status } of outcomes) {
    if (step.from === null) continue
    const key = `${step.target.layerId}\n${step.target.region}`
    const place = places.get(key) ?? { target: step.target, consumers: [] }
    const layerVersion = status === 'moved' ? step.to : step.from
    place.consumers.push({
      functionName: step.functionName,
      functionVersion: '$LATEST',
      aliases: [],
      layerVersion,
      status
    })
    places.set(key, place)
  }
  return [...places.values()].map(({ target: { layerId, region }, consumers }) => ({ layerId, region, consumers }))
}

function rowOf({ target, deployed }: RolloutFacts, outcomes: readonly Outcome[]): LayerResult {
  const error = outcomes.find(({ step, error }) => step.target === target && error !== null)?.error ?? null
  return {
    ...deployedRow(target, deployed),
    status: error === null ? 'unchanged' : 'failed',
    reason: error === null ? 'unchanged' : 'failed',
    error
  }
}
