/** Waiting for a stack: until nothing goes on, and until our own operation has ended. */
import { CodedError } from '../../../model/errors.js'
import type { StackDescription, Stacks } from '../../../ports/aws.js'
import { stackReadiness } from './stack-status.js'
import type { Target } from '../../target.js'
import { deniedInStack } from './denied-in-stack.js'
import type { EngineContext } from '../engine.js'
import { pollUntil } from '../poll.js'

/** The stack as soon as no operation is under way; `null`: there is none. */
export function settledStack(context: EngineContext, target: Target): Promise<StackDescription | null> {
  const { stacks } = context.region(target.region)
  return pollUntil(context, async () => {
    const stack = await stacks.describe(target.stackName)
    return stack !== null && stackReadiness(stack.status) === 'wait' ? undefined : stack
  })
}

/**
 * The stack after an execution. What is still shown from before it is not taken for its end.
 * @param changeSetBefore the change set that the stack was in before
 * @param token of our execution, by which its events are known
 * @throws CodedError AWS_FAILED with the reason of the first resource that failed, ACCESS_DENIED where that is a denial
 */
export async function endOfOperation(
  context: EngineContext,
  stacks: Stacks,
  stackName: string,
  changeSetBefore: string | null,
  token: string
): Promise<StackDescription> {
  const end = await pollUntil<StackDescription | CodedError>(context, async () => {
    const stack = await stacks.describe(stackName)
    if (stack === null) return vanished(stackName)
    switch (stackReadiness(stack.status)) {
      case 'wait':
      case 'create':
        return undefined
      case 'proceed':
        return stack.changeSetId === changeSetBefore ? undefined : stack
      case 'failed':
      case 'stop':
        return operationFailure(stacks, stack, token)
    }
  })
  if (end instanceof CodedError) throw end
  return end
}

/** The first resource that failed under our token says why; `undefined` where our operation has left no trace yet. */
async function operationFailure(
  stacks: Stacks,
  stack: StackDescription,
  token: string
): Promise<CodedError | undefined> {
  const { name, status, statusReason } = stack
  const events = (await stacks.events(name)).filter(event => event.token === token)
  if (events.length === 0) return undefined
  const failed = events.filter(event => event.status.endsWith('_FAILED')).at(-1)
  const reason = failed === undefined ? statusReason : `${failed.logicalId} ${failed.status}: ${failed.reason}`
  const denied = deniedInStack(stack, reason)
  if (denied !== null) return denied
  return new CodedError('AWS_FAILED', {
    expected: `the stack ${name} to take the change`,
    found: reason === '' ? status : `${status}: ${reason}`,
    mend: 'mend what the reason names and run again; the version that was deployed before is untouched'
  })
}

function vanished(stackName: string): CodedError {
  return new CodedError('AWS_FAILED', {
    expected: `the stack ${stackName} to take the change`,
    found: 'no such stack any more',
    mend: 'find out who deleted it, and run again'
  })
}
