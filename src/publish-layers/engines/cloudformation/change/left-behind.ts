/** CloudFormation ends an update as complete even where it could not delete what the update took out: only its events tell. */
import type { StackDescription } from '../../../../ports/inventory.js'
import { CodedError } from '../../../../model/errors.js'
import type { ChangeSetDescription, ResourceChange, Stacks } from '../../../../ports/aws.js'
import { denialOf } from '../../../../ports/aws-refusals.js'
import { askedByCloudFormation } from './denied-in-stack.js'

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
