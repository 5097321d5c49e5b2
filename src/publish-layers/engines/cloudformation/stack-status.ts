import type { StackStatus } from '@aws-sdk/client-cloudformation'
import { CodedError, type Finding } from '../../../model/errors.js'

/**
 * What a stack's status means for a deploy:
 * `create` nothing is there yet; `proceed` an update may start; `wait` an operation is under way;
 * `failed` an operation ended and was undone, an update may start; `stop` a person has to mend it first.
 */
export type StackReadiness = 'create' | 'proceed' | 'wait' | 'failed' | 'stop'

/** Exhaustive over the SDK's enumeration: a new status does not compile until it is placed (AWS CloudFormation, "Stack status codes"). */
const readiness: Record<StackStatus, StackReadiness> = {
  REVIEW_IN_PROGRESS: 'create',
  DELETE_COMPLETE: 'create',
  CREATE_COMPLETE: 'proceed',
  UPDATE_COMPLETE: 'proceed',
  IMPORT_COMPLETE: 'proceed',
  UPDATE_ROLLBACK_COMPLETE: 'failed',
  IMPORT_ROLLBACK_COMPLETE: 'failed',
  CREATE_IN_PROGRESS: 'wait',
  UPDATE_IN_PROGRESS: 'wait',
  UPDATE_COMPLETE_CLEANUP_IN_PROGRESS: 'wait',
  UPDATE_ROLLBACK_IN_PROGRESS: 'wait',
  UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS: 'wait',
  ROLLBACK_IN_PROGRESS: 'wait',
  DELETE_IN_PROGRESS: 'wait',
  IMPORT_IN_PROGRESS: 'wait',
  IMPORT_ROLLBACK_IN_PROGRESS: 'wait',
  CREATE_FAILED: 'stop',
  ROLLBACK_COMPLETE: 'stop',
  ROLLBACK_FAILED: 'stop',
  DELETE_FAILED: 'stop',
  UPDATE_FAILED: 'stop',
  UPDATE_ROLLBACK_FAILED: 'stop',
  IMPORT_ROLLBACK_FAILED: 'stop'
}

/** @throws CodedError STACK_NOT_READY for a status that the SDK does not know. */
export function stackReadiness(status: string): StackReadiness {
  if (Object.hasOwn(readiness, status)) return readiness[status as StackStatus]
  throw new CodedError('STACK_NOT_READY', {
    expected: 'a stack status that AWS CloudFormation documents',
    found: `an unknown stack status: ${JSON.stringify(status)}`,
    mend: 'look at the stack in the console; where AWS has a new status, update this action'
  })
}

/** The mend of a stack that no update can start from. */
export function notReady(stackName: string, status: string): Finding {
  const mends: Partial<Record<string, string>> = {
    ROLLBACK_COMPLETE: `delete the stack ${stackName} (its creation failed), or set recreate-failed-stacks: true for the environment, and run again`,
    UPDATE_ROLLBACK_FAILED: `continue the rollback of ${stackName} (aws cloudformation continue-update-rollback) and run again`
  }
  return {
    expected: `the stack ${stackName} in a state that an update can start from`,
    found: status,
    mend: mends[status] ?? `look at the events of ${stackName}, mend or delete it, and run again`
  }
}
