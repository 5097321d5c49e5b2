/** Waiting for a stack: until nothing goes on, and until our own operation has ended, with what its events say of how it did. */
import type { StackDescription } from '../../../ports/inventory.js'
import { CodedError } from '../../../model/errors.js'
import type { Stacks, ChangeSetDescription, ResourceChange } from '../../../ports/aws.js'
import { mendOfMessage, denialOf, type Denial } from '../../../ports/aws-refusals.js'
import { stackReadiness } from './stack-status.js'
import type { Target } from '../../target.js'
import type { EngineContext } from '../engine.js'
import { pollUntil } from '../poll.js'

/** How stacks that are waited for are described. */
export interface WaitingContext extends EngineContext {
  /** The stacks of a region, asked for together with whoever else waits. */
  readonly waited: (region: string) => Stacks
}

/** The stack as soon as no operation is under way; `null`: there is none. */
export function settledStack(context: WaitingContext, target: Target): Promise<StackDescription | null> {
  const stacks = context.waited(target.region)
  let status = ''
  const what = () => `the stack ${target.stackName} (${status}), which an operation is changing`
  return pollUntil(context, what, async () => {
    const stack = await stacks.describe(target.stackName)
    status = stack?.status ?? ''
    return stack !== null && stackReadiness(stack.status) === 'wait' ? undefined : stack
  })
}

/** What was executed, and how its traces are known. */
export interface Execution {
  readonly changeSetId: string
  readonly changeSetName: string
  /** The change set that the stack was in before; `null`: none, or the service does not say. */
  readonly changeSetBefore: string | null
  /** By which its events are known. */
  readonly token: string
}

/** No operation ends sooner. */
const firstLookMilliseconds = 500

/** How often a stack must look the same after its change set was executed where it still names the one before. */
const agreeingReads = 3

/**
 * The stack after an execution. What is still shown from before it is not taken for its end: that is established by the
 * stack's own change set, else by the execution status of ours, else by the events with our token.
 * @throws CodedError AWS_FAILED with the reason of the first resource that failed, ACCESS_DENIED where that is a denial
 */
export async function endOfOperation(
  context: EngineContext,
  stacks: Stacks,
  stackName: string,
  execution: Execution
): Promise<StackDescription> {
  let status = ''
  let readsAfterEnd = 0
  const what = () => `the stack ${stackName} (${status}) to take the change set ${execution.changeSetName}`
  const end = await pollUntil<StackDescription | CodedError>(
    context,
    what,
    async () => {
      const stack = await stacks.describe(stackName)
      if (stack === null) return vanished(stackName)
      status = stack.status
      switch (stackReadiness(stack.status)) {
        case 'wait':
        case 'create':
          return undefined
        case 'proceed': {
          const { changeSetId } = stack
          // Ours, or one that was executed after it.
          if (changeSetId !== null && changeSetId !== execution.changeSetBefore) return stack
          // Read before the end was known: what it says may be older.
          if (readsAfterEnd > 0 && (changeSetId === null || readsAfterEnd >= agreeingReads)) return stack
          const ended = readsAfterEnd > 0 ? 'complete' : await executionEnd(stacks, stackName, execution)
          if (ended === 'complete') readsAfterEnd += 1
          return ended === 'failed' ? operationFailure(stacks, stack, execution) : undefined
        }
        case 'failed':
        case 'stop':
          return operationFailure(stacks, stack, execution)
      }
    },
    firstLookMilliseconds
  )
  if (end instanceof CodedError) throw end
  return end
}

/** What the change set says of its execution; where it is gone or silent, what the stack's own events with our token say. */
async function executionEnd(
  stacks: Stacks,
  stackName: string,
  { changeSetName, token }: Execution
): Promise<'complete' | 'failed' | 'not yet'> {
  const changeSet = await stacks.describeChangeSet(stackName, changeSetName)
  switch (changeSet?.executionStatus) {
    case 'EXECUTE_COMPLETE':
      return 'complete'
    case 'EXECUTE_FAILED':
      return 'failed'
    case 'EXECUTE_IN_PROGRESS':
      return 'not yet'
    default: {
      const ofStack = (await stacks.events(stackName)).filter(
        event => event.token === token && event.resourceType === 'AWS::CloudFormation::Stack'
      )
      const last = ofStack[0]?.status ?? ''
      if (/^(CREATE|UPDATE|IMPORT)_COMPLETE$/.test(last)) return 'complete'
      return /(ROLLBACK_COMPLETE|_FAILED)$/.test(last) ? 'failed' : 'not yet'
    }
  }
}

/** The first resource that failed under our token says why; `undefined` where our operation has left no trace yet. */
async function operationFailure(
  stacks: Stacks,
  stack: StackDescription,
  { changeSetName, token }: Execution
): Promise<CodedError | undefined> {
  const { name, status, statusReason } = stack
  const events = (await stacks.events(name)).filter(event => event.token === token)
  if (events.length === 0) {
    const changeSet = await stacks.describeChangeSet(name, changeSetName)
    if (changeSet?.executionStatus !== 'EXECUTE_FAILED') return undefined
  }
  const failed = events.filter(event => event.status.endsWith('_FAILED')).at(-1)
  const reason = failed === undefined ? statusReason : `${failed.logicalId} ${failed.status}: ${failed.reason}`
  const denied = deniedInStack(stack, reason)
  if (denied !== null) return denied
  return new CodedError('AWS_FAILED', {
    expected: `the stack ${name} to take the change`,
    found: reason === '' ? status : `${status}: ${reason}`,
    mend:
      mendOfMessage(reason) ??
      'mend what the reason names and run again; the version that was deployed before is untouched'
  })
}

function vanished(stackName: string): CodedError {
  return new CodedError('AWS_FAILED', {
    expected: `the stack ${stackName} to take the change`,
    found: 'no such stack any more',
    mend: 'find out who deleted it, and run again'
  })
}

/** `null`: the reason is no denial. */
export function deniedInStack(
  { id, name: stackName }: Pick<StackDescription, 'id' | 'name'>,
  reason: string
): CodedError | null {
  const [, partition = 'aws'] = id.split(':')
  const denied = denialOf(reason, partition)
  if (denied === null) return null
  return new CodedError('ACCESS_DENIED', {
    expected: askedByCloudFormation(denied),
    found: `the stack ${stackName} failed: ${reason}`,
    mend: `${denied.mend}; a stack that failed to be created (ROLLBACK_COMPLETE) must be deleted before the next run`
  })
}

function askedByCloudFormation({ action, resource }: Denial): string {
  return `permission for ${action} on ${resource}, asked for by CloudFormation with the caller's rights`
}

/** Whether the change set has CloudFormation delete anything ("ResourceChange", AWS CloudFormation API reference). */
export function deletes(changeSet: ChangeSetDescription): boolean {
  return changeSet.changes.some(isDeletion)
}

function isDeletion({ action, replacement, policyAction }: ResourceChange): boolean {
  if (policyAction !== null) return !/^(ReplaceAnd)?Retain$/.test(policyAction)
  return action === 'Remove' || (action === 'Modify' && replacement !== 'False')
}

/**
 * @param token of our execution, by which its events are known
 * @throws CodedError ACCESS_DENIED, AWS_FAILED: the change is made, and something of what was before is still there
 */
export async function assertNothingLeft(stacks: Stacks, stack: StackDescription, token: string): Promise<void> {
  const { name: stackName } = stack
  const events = await stacks.events(stackName)
  const left = events.find(event => event.token === token && event.status === 'DELETE_FAILED')
  if (left === undefined) return
  const what = `${left.logicalId} (${left.resourceType})`
  const byHand = `delete ${what} by hand: the stack no longer holds it`
  const denied = denialOf(left.reason, stack.id.split(':')[1])
  if (denied !== null) {
    throw new CodedError('ACCESS_DENIED', {
      expected: askedByCloudFormation(denied),
      found: `${what} left behind: ${left.reason}`,
      mend: `${denied.mend}, and ${byHand}`
    })
  }
  throw new CodedError('AWS_FAILED', {
    expected: `the stack ${stackName} to let go of ${what}`,
    found: left.reason,
    mend: byHand
  })
}
