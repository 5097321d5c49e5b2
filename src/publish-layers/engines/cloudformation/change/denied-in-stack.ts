/** A denial that CloudFormation met on our behalf: it publishes with the caller's rights, and says so only in an event's reason. */
import type { StackDescription } from '../../../../ports/inventory.js'
import { denialOf, type Denial } from '../../../../ports/aws-refusals.js'
import { CodedError } from '../../../../model/errors.js'

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

export function askedByCloudFormation({ action, resource }: Denial): string {
  return `permission for ${action} on ${resource}, asked for by CloudFormation with the caller's rights`
}
