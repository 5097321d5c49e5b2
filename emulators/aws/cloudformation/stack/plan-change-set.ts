/** What a change set would do, and whether it would do anything. */
import { isDeepStrictEqual } from 'node:util'
import { AwsError } from '../../lambda/aws-error.js'
import { attributeOf, resourceValues, type StackContext } from './apply.js'
import { computeChanges } from './changes.js'
import { outputsOf } from './outputs.js'
import { begin, type Progress } from './progress.js'
import { scopeOf } from './scope.js'
import type { ChangeSet, StackDefinition, ResourceChange } from './stack.js'

export interface ChangeSetPlan {
  readonly changes: readonly ResourceChange[]
  /** Also where only stack tags or outputs differ: that is an update without resource changes. */
  readonly differs: boolean
}

/** Throws `ValidationError` where a logical id changes its type. */
export function planChangeSet(context: StackContext, definition: StackDefinition): ChangeSetPlan {
  const { stack } = context
  for (const { logicalId, type } of definition.template.resources.values()) {
    const old = stack.resources.get(logicalId)
    if (old === undefined || old.type === type) continue
    const message = `Update of resource type is not permitted. The new template modifies resource type of the following resources: [${logicalId}]`
    throw new AwsError('ValidationError', message)
  }
  const changes = computeChanges({
    before: stack.definition,
    resources: stack.resources,
    after: definition,
    scope: values => scopeOf(stack, definition, values),
    attribute: (resource, attribute) => attributeOf(context, resource, attribute)
  })
  const tagsDiffer = !isDeepStrictEqual(stack.definition?.tags, definition.tags)
  return { changes, differs: changes.length > 0 || tagsDiffer || outputsDiffer(context, definition) }
}

export const noChanges =
  "The submitted information didn't contain changes. Submit different information to create a change set."

/**
 * CREATE_PENDING and CREATE_IN_PROGRESS together last for `reads` reads; with a single one only the latter is seen.
 * @param failure why it fails in the end; `null`: it does not
 */
export function changeSetCreation(changeSet: ChangeSet, failure: string | null, reads: number): Progress | null {
  return begin([
    { reads: reads > 1 ? 1 : 0, enter: () => void (changeSet.status = 'CREATE_PENDING') },
    { reads: reads > 1 ? reads - 1 : reads, enter: () => void (changeSet.status = 'CREATE_IN_PROGRESS') },
    {
      reads: 0,
      enter() {
        changeSet.status = failure === null ? 'CREATE_COMPLETE' : 'FAILED'
        changeSet.statusReason = failure
        changeSet.executionStatus = failure === null ? 'AVAILABLE' : 'UNAVAILABLE'
      }
    }
  ])
}

/** Matters only where no resource changes: then every value that an output shows is known. */
function outputsDiffer(context: StackContext, definition: StackDefinition): boolean {
  const { stack } = context
  const after = outputsOf(stack, definition, resourceValues(context))
  return !isDeepStrictEqual(stack.outputs, after)
}
