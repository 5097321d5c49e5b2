/**
 * The stack's state machine. Resources are made and changed when an operation starts, as a started operation goes on in AWS
 * even if nobody looks; what was replaced is removed when the cleanup phase ends; outputs show from the cleanup phase on;
 * new parameters and tags show from the start. Phases pass by reads, see `progress.ts`.
 * Source: "Stack status codes" in the CloudFormation User Guide.
 */
import type { OnStackFailure, StackStatus } from '@aws-sdk/client-cloudformation'
import { applyDefinition, removePhysical, resourceValues, type Applied, type StackContext } from './apply.js'
import { setStackStatus } from './events.js'
import { outputsOf } from './outputs.js'
import { begin, type Step } from './progress.js'
import type { Stack, StackDefinition } from './stack.js'

export interface Deployment {
  readonly definition: StackDefinition
  readonly onFailure: OnStackFailure
  /** Called once, when the operation is over. */
  readonly onEnd: (succeeded: boolean) => void
}

interface Phase {
  readonly status: StackStatus
  readonly reason?: string
  /** Before the status is set. */
  readonly act?: () => void
}

export function startCreate(context: StackContext, deployment: Deployment): void {
  const { stack, world } = context
  const { definition, onFailure, onEnd } = deployment
  stack.definition = definition
  setStackStatus(stack, world.now(), 'CREATE_IN_PROGRESS', 'User Initiated')
  const applied = applyDefinition(context, definition)
  if (applied.failed === null) {
    const act = (): void => {
      stack.outputs = outputsOf(stack, definition, resourceValues(context))
      onEnd(true)
    }
    pass(context, [{ status: 'CREATE_COMPLETE', act }])
    return
  }
  const failure = `The following resource(s) failed to create: [${applied.failed}]. `
  const end = (): void => {
    onEnd(false)
  }
  if (onFailure === 'DO_NOTHING') {
    pass(context, [{ status: 'CREATE_FAILED', reason: failure, act: end }])
    return
  }
  const reason = `${failure}${onFailure === 'DELETE' ? 'Delete' : 'Rollback'} requested by user.`
  const unwindAndEnd = (): void => {
    unwinding(applied)()
    if (onFailure === 'DELETE') stack.deletedAt = world.now()
    end()
  }
  pass(context, [
    { status: onFailure === 'DELETE' ? 'DELETE_IN_PROGRESS' : 'ROLLBACK_IN_PROGRESS', reason },
    { status: onFailure === 'DELETE' ? 'DELETE_COMPLETE' : 'ROLLBACK_COMPLETE', act: unwindAndEnd }
  ])
}

export function startUpdate(context: StackContext, deployment: Deployment): void {
  const { stack, world } = context
  const { definition, onFailure, onEnd } = deployment
  const previous = stack.definition
  stack.definition = definition
  stack.updatedAt = world.now()
  setStackStatus(stack, world.now(), 'UPDATE_IN_PROGRESS', 'User Initiated')
  const applied = applyDefinition(context, definition)
  if (applied.failed === null) {
    const finish = (): void => {
      for (const clean of applied.cleanup) clean()
      onEnd(true)
    }
    const show = (): void => void (stack.outputs = outputsOf(stack, definition, resourceValues(context)))
    pass(context, [
      { status: 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', act: show },
      { status: 'UPDATE_COMPLETE', act: finish }
    ])
    return
  }
  const reason = `The following resource(s) failed to update: [${applied.failed}]. `
  const end = (): void => {
    onEnd(false)
  }
  if (onFailure === 'DO_NOTHING') {
    pass(context, [{ status: 'UPDATE_FAILED', reason, act: end }])
    return
  }
  pass(context, [
    { status: 'UPDATE_ROLLBACK_IN_PROGRESS', reason, act: () => void (stack.definition = previous) },
    { status: 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS', act: unwinding(applied) },
    { status: 'UPDATE_ROLLBACK_COMPLETE', act: end }
  ])
}

/** What an update left behind was already put back when its rollback began; only the phases are left to pass. */
export function startContinuedRollback(context: StackContext): void {
  const { stack, world } = context
  setStackStatus(stack, world.now(), 'UPDATE_ROLLBACK_IN_PROGRESS', 'User Initiated')
  pass(context, [{ status: 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS' }, { status: 'UPDATE_ROLLBACK_COMPLETE' }])
}

/** Resources go newest first; those with a retaining policy, or named in `retained`, are let go. */
export function startDelete(context: StackContext, retained: ReadonlySet<string>): void {
  const { stack, world } = context
  stack.changeSets.clear()
  setStackStatus(stack, world.now(), 'DELETE_IN_PROGRESS', 'User Initiated')
  const failed: string[] = []
  for (const resource of [...stack.resources.values()].reverse()) {
    const isDeleted = resource.deletionPolicy === 'Delete' && !retained.has(resource.logicalId)
    if (removePhysical(context, resource, isDeleted)) stack.resources.delete(resource.logicalId)
    else failed.push(resource.logicalId)
  }
  if (failed.length > 0) {
    const reason = `The following resource(s) failed to delete: [${failed.join(', ')}]. `
    pass(context, [{ status: 'DELETE_FAILED', reason }])
    return
  }
  pass(context, [{ status: 'DELETE_COMPLETE', act: () => void (stack.deletedAt = world.now()) }])
}

/** The present status lasts for `world.inProgressReads` reads, and so does each phase but the last, which stays. */
function pass({ stack, world }: StackContext, phases: readonly Phase[]): void {
  const reads = world.inProgressReads
  const steps = phases.map(({ status, reason = null, act }): Step => {
    return {
      reads,
      enter() {
        act?.()
        setStackStatus(stack, world.now(), status, reason)
      }
    }
  })
  stack.progress = begin([{ reads, enter: () => undefined }, ...steps])
}

function unwinding(applied: Applied): () => void {
  return () => {
    for (const undo of applied.undo) undo()
  }
}

/** Source: "Update behaviors" and "Stack failure options" in the CloudFormation User Guide. */
const updatable: ReadonlySet<StackStatus> = new Set<StackStatus>([
  'CREATE_COMPLETE',
  'CREATE_FAILED',
  'IMPORT_COMPLETE',
  'IMPORT_ROLLBACK_COMPLETE',
  'UPDATE_COMPLETE',
  'UPDATE_FAILED',
  'UPDATE_ROLLBACK_COMPLETE'
])

export function isUpdatable(stack: Stack): boolean {
  return updatable.has(stack.status)
}
