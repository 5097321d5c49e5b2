/** Stacks and change sets by name or ARN. */
import { AwsError } from '../../lambda/aws-error.js'
import type { RegionState } from '../../world.js'
import { stacksOf, type ChangeSet, type Stack } from './stack.js'

/** By name: the one that is not deleted. By id: also a deleted one. */
export function findStack(state: RegionState, nameOrId: string): Stack | undefined {
  const stacks = stacksOf(state)
  if (nameOrId.startsWith('arn:')) return stacks.get(nameOrId)
  return [...stacks.values()].find(stack => stack.name === nameOrId && stack.status !== 'DELETE_COMPLETE')
}

/** The calls word a missing stack in two ways. */
export type MissingWording = 'Stack with id' | 'Stack [ ]'

/** Throws `ValidationError`, which is how CloudFormation says that a stack does not exist. */
export function requireStack(state: RegionState, nameOrId: string, wording: MissingWording): Stack {
  const stack = findStack(state, nameOrId)
  if (stack !== undefined) return stack
  const subject = wording === 'Stack [ ]' ? `Stack [${nameOrId}]` : `Stack with id ${nameOrId}`
  throw new AwsError('ValidationError', `${subject} does not exist`)
}

export interface FoundChangeSet {
  readonly stack: Stack
  readonly changeSet: ChangeSet
}

/**
 * `executedWith`: a change set that was executed with this token is found by its name too, so that a repeated request meets it.
 * Throws `ChangeSetNotFound`, or `ValidationError` where the stack is missing or not named.
 */
export function requireChangeSet(
  state: RegionState,
  nameOrId: string,
  stackNameOrId: string | undefined,
  executedWith: string | null = null
): FoundChangeSet {
  for (const { stack, changeSet } of candidates(state, nameOrId, stackNameOrId)) {
    const isNamed = changeSet.name === nameOrId && (changeSet.listed || hasToken(changeSet, executedWith))
    if (changeSet.id === nameOrId || isNamed) return { stack, changeSet }
  }
  throw new AwsError('ChangeSetNotFound', `ChangeSet [${nameOrId}] does not exist`, 404)
}

function hasToken(changeSet: ChangeSet, token: string | null): boolean {
  return token !== null && changeSet.executionToken === token
}

function candidates(state: RegionState, nameOrId: string, stackNameOrId: string | undefined): FoundChangeSet[] {
  if (stackNameOrId === undefined && !nameOrId.startsWith('arn:')) {
    const message = 'StackName must be specified if ChangeSetName is not specified as an ARN.'
    throw new AwsError('ValidationError', message)
  }
  const stacks =
    stackNameOrId === undefined ? [...stacksOf(state).values()] : [requireStack(state, stackNameOrId, 'Stack [ ]')]
  return stacks.flatMap(stack => [...stack.changeSets.values()].map(changeSet => ({ stack, changeSet }))).reverse()
}
