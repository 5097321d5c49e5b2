/** One change of one stack through a change set whose name and tokens come from what it brings: a repeated run adopts it. */
import { CodedError } from '../../errors.js'
import type { ChangeSetDescription, StackDescription, Stacks } from '../../ports/aws.js'
import { canonicalJson, sha256Hex } from '../../sha256.js'
import { tagPrefix } from '../deploy-record.js'
import { stackReadiness } from '../stack-status.js'
import type { Target } from '../target.js'
import type { EngineContext } from './engine.js'
import { pollUntil } from './poll.js'

export interface StackChange {
  readonly target: Target
  readonly templateBody: string
  readonly parameters: Readonly<Record<string, string>>
  readonly tags: Readonly<Record<string, string>>
}

/** `executed` by us; `overtaken`: somebody else executed it; `no-changes`: the stack is that way already. */
export type ChangeOutcome = 'executed' | 'overtaken' | 'no-changes'

/** How often a change set may vanish or turn out unusable under our hands before we give up. */
const maximumAttempts = 5

/**
 * @param before the stack as it stands, no operation under way; `null` or an empty shell: it is created.
 * @throws CodedError AWS_FAILED with the first failed resource's reason; TEMPLATE_DELETES_VERSIONS
 */
export async function applyChangeSet(
  context: EngineContext,
  before: StackDescription | null,
  change: StackChange
): Promise<ChangeOutcome> {
  const { stackName } = change.target
  const stacks = context.region(change.target.region).stacks
  const name = changeSetName(change, before)
  for (let attempt = 1; attempt <= maximumAttempts; attempt++) {
    await stacks.createChangeSet({
      stackName,
      changeSetName: name,
      type: before === null || stackReadiness(before.status) === 'create' ? 'CREATE' : 'UPDATE',
      // A change set that was deleted in between needs a token of its own.
      token: `${name}-${attempt}`,
      description: 'layer-deploy-action',
      ...change
    })
    const changeSet = await finishedChangeSet(context, stacks, stackName, name)
    if (changeSet === null) continue
    if (changeSet.status === 'FAILED') {
      await stacks.deleteChangeSet(stackName, name)
      if (isWithoutChanges(changeSet)) return 'no-changes'
      throw changeSetFailed(stackName, changeSet)
    }
    if (changeSet.executionStatus !== 'AVAILABLE') {
      if (changeSet.executionStatus === 'OBSOLETE') {
        await stacks.deleteChangeSet(stackName, name)
        continue
      }
      return 'overtaken'
    }
    await assertKeepsVersions(stacks, stackName, name, changeSet)
    const token = sha256Hex(`${name} ${changeSet.id}`)
    const started = await stacks.executeChangeSet(stackName, name, token)
    await finishedOperation(context, stacks, change, token)
    return started === 'started' ? 'executed' : 'overtaken'
  }
  throw new CodedError('AWS_FAILED', {
    expected: `the change set ${name} of ${stackName} to stay until it is executed`,
    found: `a change set that vanished ${maximumAttempts} times`,
    mend: 'see who else changes this stack, and run again'
  })
}

/** From the content digest, and from all else that makes this change another one. */
function changeSetName(change: StackChange, before: StackDescription | null): string {
  const content = change.tags[`${tagPrefix}content-digest`] ?? ''
  const rest = sha256Hex(
    canonicalJson([
      change.templateBody,
      change.parameters,
      change.tags[`${tagPrefix}source-digest`],
      before?.outputs ?? {}
    ])
  )
  return `layer-deploy-${content.slice(0, 32)}-${rest.slice(0, 16)}`
}

/** `null`: the change set is gone. */
function finishedChangeSet(
  context: EngineContext,
  stacks: Stacks,
  stackName: string,
  name: string
): Promise<ChangeSetDescription | null> {
  return pollUntil(context, async () => {
    const changeSet = await stacks.describeChangeSet(stackName, name)
    const pending = changeSet !== null && /_(PENDING|IN_PROGRESS)$/.test(changeSet.status)
    return pending ? undefined : changeSet
  })
}

/** CloudFormation tells "nothing to change" only in the words of the reason. */
function isWithoutChanges(changeSet: ChangeSetDescription): boolean {
  return /didn't contain changes|no updates are to be performed/i.test(changeSet.statusReason)
}

/** Waits until the operation with our token has ended. An older status that is still shown is not taken for its end. */
async function finishedOperation(
  context: EngineContext,
  stacks: Stacks,
  change: StackChange,
  token: string
): Promise<void> {
  const { stackName } = change.target
  const wanted = Object.entries(change.tags).filter(
    ([key]) => key === `${tagPrefix}source-digest` || key === `${tagPrefix}content-digest`
  )
  const failure = await pollUntil<'none' | CodedError>(context, async () => {
    const stack = await stacks.describe(stackName)
    if (stack === null) return undefined
    switch (stackReadiness(stack.status)) {
      case 'wait':
      case 'create':
        return undefined
      case 'proceed':
        return wanted.every(([key, value]) => stack.tags[key] === value) ? 'none' : undefined
      case 'failed':
      case 'stop':
        return operationFailure(stacks, stackName, stack.status, token)
    }
  })
  if (failure !== 'none') throw failure
}

/** The first resource that failed under our token says why; `undefined` where our operation has left no trace yet. */
async function operationFailure(
  stacks: Stacks,
  stackName: string,
  status: string,
  token: string
): Promise<CodedError | undefined> {
  const events = (await stacks.events(stackName)).filter(event => event.token === token)
  if (events.length === 0) return undefined
  const failed = events.filter(event => event.status.endsWith('_FAILED')).at(-1)
  return new CodedError('AWS_FAILED', {
    expected: `the stack ${stackName} to take the change`,
    found: failed === undefined ? status : `${status}: ${failed.logicalId} ${failed.status}: ${failed.reason}`,
    mend: 'mend what the reason names and run again; the version that was deployed before is untouched'
  })
}

/** AWS CloudFormation API reference, ResourceChange: PolicyAction says what becomes of the old resource. */
async function assertKeepsVersions(
  stacks: Stacks,
  stackName: string,
  name: string,
  changeSet: ChangeSetDescription
): Promise<void> {
  const deleting = changeSet.changes.find(
    change => change.resourceType === 'AWS::Lambda::LayerVersion' && /Delete|Snapshot/.test(change.policyAction ?? '')
  )
  if (deleting === undefined) return
  await stacks.deleteChangeSet(stackName, name)
  throw new CodedError('TEMPLATE_DELETES_VERSIONS', {
    expected: `every layer version of ${stackName} to be retained`,
    found: `${deleting.action} of ${deleting.logicalId} with the policy ${deleting.policyAction ?? ''}`,
    mend: 'set DeletionPolicy and UpdateReplacePolicy of the layer version to Retain in the deployed template first'
  })
}

function changeSetFailed(stackName: string, changeSet: ChangeSetDescription): CodedError {
  return new CodedError('AWS_FAILED', {
    expected: `a change set for the stack ${stackName}`,
    found: changeSet.statusReason === '' ? changeSet.status : changeSet.statusReason,
    mend: 'mend what the reason names and run again; nothing was changed'
  })
}
