/** What a stack's status means for a deploy, and whether this run may change the stack: the same when the plan is made and just before each write. */
import type { StackStatus } from '@aws-sdk/client-cloudformation'
import { CodedError, type Finding } from '../../../model/errors.js'
import type { StackDescription } from '../../../ports/inventory.js'
import type { Verdict } from '../../../model/index.js'
import { readRecord, tagPrefix, isOwn, isUnowned, ownerText, type Owner } from '../../deploy-record.js'
import { targetKey, type Target } from '../../target.js'

/**
 * What a stack's status means for a deploy:
 * `create` nothing is there yet; `proceed` an update may start; `wait` an operation is under way;
 * `failed` an operation ended and was undone, an update may start; `stop` a person has to mend it first.
 */
export type StackReadiness = 'create' | 'proceed' | 'wait' | 'failed' | 'stop'

/** Exhaustive over the SDK's enumeration: a new status does not compile until it is placed (AWS CloudFormation, "Stack status codes"). */
const readinessOf: Record<StackStatus, StackReadiness> = {
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
  if (Object.hasOwn(readinessOf, status)) return readinessOf[status as StackStatus]
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

/** @param held versions that a stack holds which could be created anew; `null`: not such a stack, or not asked */
export function stackVerdicts(
  target: Target,
  owner: Owner,
  stack: StackDescription | null,
  held: readonly string[] | null = null
): readonly Verdict[] {
  return [ownership(target, owner, stack), readiness(target, stack, held)]
}

/** Its creation failed, it is ours, and the configuration says that it may go. What it holds is still to be asked. */
export function isRecreatable(target: Target, owner: Owner, stack: StackDescription | null): boolean {
  return (
    target.recreateFailedStack &&
    stack?.status === 'ROLLBACK_COMPLETE' &&
    !stack.terminationProtection &&
    ownership(target, owner, stack).passed === true
  )
}

/** @throws CodedError STACK_NOT_OURS, STACK_NOT_READY */
export function assertWritable(
  target: Target,
  owner: Owner,
  stack: StackDescription | null,
  held: readonly string[] | null = null
): void {
  for (const verdict of stackVerdicts(target, owner, stack, held)) {
    if (verdict.passed !== true) throw new CodedError(verdict.guard, verdict.finding)
  }
}

/** A stack without our tag, or of another repository, belongs to somebody else. An empty shell has no tags yet. */
function ownership(target: Target, owner: Owner, stack: StackDescription | null): Verdict {
  const [guard, subject] = ['STACK_NOT_OURS', targetKey(target)] as const
  const { stackName } = target
  if (stack === null || stackReadiness(stack.status) === 'create') {
    return { guard, subject, passed: true, detail: `no stack ${stackName} yet` }
  }
  const recorded = readRecord(stack.tags, tagPrefix)
  if (isOwn(owner, recorded))
    return { guard, subject, passed: true, detail: `${stackName} belongs to ${ownerText(owner)}` }
  const tag = `${tagPrefix}repository=${owner.repository}`
  const id = owner.repositoryId == null ? '' : ` and ${tagPrefix}repository-id=${owner.repositoryId}`
  const finding = {
    expected: `the stack ${stackName} of ${ownerText(owner)}`,
    found: isUnowned(recorded) ? `a stack without the tag ${tagPrefix}repository` : `a stack of ${ownerText(recorded)}`,
    mend: `give the layer another stack-name, or tag ${stackName} with ${tag}${id} to hand it over (docs/ownership.md)`
  }
  return { guard, subject, passed: false, finding }
}

function readiness(target: Target, stack: StackDescription | null, held: readonly string[] | null): Verdict {
  const [guard, subject] = ['STACK_NOT_READY', targetKey(target)] as const
  if (stack !== null && held !== null) {
    const detail = `${stack.status}, holds no version: ${stack.name} is created anew`
    if (held.length === 0) return { guard, subject, passed: true, detail }
    return { guard, subject, passed: false, finding: holdsVersions(stack, held) }
  }
  if (stack !== null && stackReadiness(stack.status) === 'stop') {
    return { guard, subject, passed: false, finding: notReady(target.stackName, stack.status) }
  }
  return { guard, subject, passed: true, detail: stack?.status ?? 'no stack yet' }
}

function holdsVersions({ name, status }: StackDescription, held: readonly string[]): Finding {
  return {
    expected: `the stack ${name} without a layer version, to create it anew`,
    found: `${status} with ${held.join(', ')}`,
    mend: `delete the stack ${name} by hand once nobody uses that version, and run again`
  }
}
