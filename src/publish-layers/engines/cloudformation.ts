/** Engine `cloudformation`: one stack per layer and region, changed through a change set only. */
import type { DeployedVersion, Verdict } from '../../model.js'
import type { StackDescription } from '../../ports/aws.js'
import { readRecord, tagPrefix, tagsOf } from '../deploy-record.js'
import { layerVersionArnOutput } from '../stack-template.js'
import { notReady, stackReadiness } from '../stack-status.js'
import { targetKey, type Target } from '../target.js'
import { applyChangeSet, type StackChange } from './change-set.js'
import type { Engine, EngineContext, Observation, Published, PublishOrder } from './engine.js'
import { generationOf, parametersOf, stackTemplate } from '../stack-template.js'
import { pollUntil } from './poll.js'
import { assertNotOvertaken, verifyPublished, versionOfArn } from './verify.js'

export function createCloudFormationEngine(context: EngineContext): Engine {
  return {
    observe: (target, wait) => observe(context, target, wait),
    publish: order => publish(context, order),
    refreshRecord: async order => {
      const stack = await settledStack(context, order.target)
      assertNotOvertaken(order.target, order.previous, stack === null ? null : deployedOf(stack))
      if (stack === null) return
      await applyChangeSet(context, stack, {
        target: order.target,
        templateBody: stackTemplate(order.target.layerName, order.properties, generationOf(stack.parameters)),
        parameters: stack.parameters,
        tags: {
          ...stack.tags,
          ...tagsOf({ ...order.record, artifactSha256: stackSha256(stack, order.record.artifactSha256) })
        }
      })
    }
  }
}

async function observe(context: EngineContext, target: Target, wait: boolean): Promise<Observation> {
  const stack = wait ? await settledStack(context, target) : await describe(context, target)
  const verdicts = [ownership(context, target, stack), readinessVerdict(target, stack)]
  const recorded = stack === null ? null : deployedOf(stack)
  if (recorded === null) return { deployed: null, verdicts }
  const detail = await context.region(target.region).layers.get(target.layerName, recorded.version)
  if (detail === null) return { deployed: recorded, verdicts }
  const { description, licenseInfo, compatibleRuntimes, compatibleArchitectures } = detail
  const properties = { description, licenseInfo, compatibleRuntimes, compatibleArchitectures }
  return { deployed: { ...recorded, sizeBytes: detail.sizeBytes, properties }, verdicts }
}

async function publish(context: EngineContext, order: PublishOrder): Promise<Published> {
  const { target } = order
  const before = await settledStack(context, target)
  const current = before === null ? null : deployedOf(before)
  if (isDone(order, current)) return verified(context, order, current, 'adopted')
  assertNotOvertaken(target, order.previous, current)

  const outcome = await applyChangeSet(context, before, stackChange(order, before))
  const after = await settledStack(context, target)
  const deployed = after === null ? null : deployedOf(after)
  if (deployed === null) throw new Error(`the stack ${target.stackName} has no output ${layerVersionArnOutput}`)
  assertNotOvertaken(target, isDone(order, deployed) ? deployed : order.previous, deployed)
  return verified(context, order, deployed, outcome === 'executed' ? 'published' : 'adopted')
}

/** Another run, or a killed one, brought exactly this content since the plan was made. */
function isDone(order: PublishOrder, current: DeployedVersion | null): current is DeployedVersion {
  return (
    current !== null &&
    current.version !== order.previous?.version &&
    current.contentDigest === order.record.contentDigest &&
    current.sourceDigest === order.record.sourceDigest
  )
}

function stackChange(order: PublishOrder, before: StackDescription | null): StackChange {
  const current = before === null ? 1 : generationOf(before.parameters)
  // The version that the stack believes in is gone: only a new logical id makes CloudFormation publish again.
  const generation = order.previous !== null && order.previous.properties === null ? current + 1 : current
  return {
    target: order.target,
    templateBody: stackTemplate(order.target.layerName, order.properties, generation),
    parameters: parametersOf({ artifactBucket: order.artifact.bucket, artifactKey: order.artifact.key }, generation),
    tags: { ...(before?.tags ?? {}), ...tagsOf(order.record) }
  }
}

function verified(
  context: EngineContext,
  order: PublishOrder,
  deployed: DeployedVersion,
  outcome: Published['outcome']
): Promise<Published> {
  const layers = context.region(order.target.region).layers
  return verifyPublished(layers, order.target, deployed.version, order.artifact, outcome)
}

function describe(context: EngineContext, target: Target): Promise<StackDescription | null> {
  return context.region(target.region).stacks.describe(target.stackName)
}

/** The stack as soon as no operation is under way; an empty shell of a change set counts as no stack yet. */
function settledStack(context: EngineContext, target: Target): Promise<StackDescription | null> {
  return pollUntil(context, async () => {
    const stack = await describe(context, target)
    if (stack === null) return null
    switch (stackReadiness(stack.status)) {
      case 'wait':
        return undefined
      case 'create':
      case 'proceed':
      case 'failed':
      case 'stop':
        return stack
    }
  })
}

function deployedOf(stack: StackDescription): DeployedVersion | null {
  const arn = stack.outputs[layerVersionArnOutput]
  if (arn === undefined) return null
  const record = readRecord(stack.tags, tagPrefix)
  return {
    version: versionOfArn(arn),
    arn,
    sourceDigest: record.sourceDigest ?? null,
    contentDigest: record.contentDigest ?? null,
    artifactSha256: record.artifactSha256 ?? null,
    commit: record.commit ?? null,
    sourceCommit: record.sourceCommit ?? null,
    sizeBytes: null,
    properties: null
  }
}

function stackSha256(stack: StackDescription, otherwise: string): string {
  return readRecord(stack.tags, tagPrefix).artifactSha256 ?? otherwise
}

/** A stack without our tag, or of another repository, belongs to somebody else. */
function ownership(context: EngineContext, target: Target, stack: StackDescription | null): Verdict {
  const subject = targetKey(target)
  const guard = 'STACK_NOT_OURS'
  if (stack === null || stackReadiness(stack.status) === 'create') {
    return { guard, subject, passed: true, detail: `no stack ${target.stackName} yet` }
  }
  const owner = readRecord(stack.tags, tagPrefix).repository
  if (owner === context.repository)
    return { guard, subject, passed: true, detail: `${target.stackName} belongs to ${owner}` }
  const finding = {
    expected: `the stack ${target.stackName} with the tag ${tagPrefix}repository=${context.repository}`,
    found: owner === undefined ? 'a stack without that tag' : `a stack of ${owner}`,
    mend: `give the layer another stack-name, or tag ${target.stackName} with ${tagPrefix}repository=${context.repository} to hand it over`
  }
  return { guard, subject, passed: false, finding }
}

function readinessVerdict(target: Target, stack: StackDescription | null): Verdict {
  const subject = targetKey(target)
  const guard = 'STACK_NOT_READY'
  if (stack !== null && stackReadiness(stack.status) === 'stop') {
    return { guard, subject, passed: false, finding: notReady(target.stackName, stack.status) }
  }
  return { guard, subject, passed: true, detail: stack?.status ?? 'no stack yet' }
}
