/** CreateChangeSet, DescribeChangeSet, ExecuteChangeSet, DeleteChangeSet, ListChangeSets. */
import { randomUUID } from 'node:crypto'
import { OnStackFailure } from '@aws-sdk/client-cloudformation'
import { z } from 'zod'
import { AwsError } from '../lambda/aws-error.js'
import type { XmlTree } from '../xml.js'
import { arnPrefix, type Call } from './call.js'
import { changeSetMembers, changeSetSummary } from './change-set-members.js'
import * as members from './request-members.js'
import { findStack, requireChangeSet, requireStack, type FoundChangeSet } from './stack/lookup.js'
import { newStack } from './stack/new-stack.js'
import { isUpdatable, startCreate, startUpdate, type Deployment } from './stack/operations.js'
import { changeSetCreation, noChanges, planChangeSet } from './stack/plan-change-set.js'
import { passRead } from './stack/progress.js'
import { stacksOf, type ChangeSet, type Stack, type StackDefinition } from './stack/stack.js'
import { failedDefinition, readDefinition, templateSource } from './stack-definition.js'
import { TransformFailure } from './template/transforms.js'

const createMembers = z.strictObject({
  StackName: members.stackName,
  ChangeSetName: members.newName,
  ChangeSetType: z.enum(['CREATE', 'UPDATE']).optional(),
  ClientToken: members.token.optional(),
  Description: z.string().max(1024).optional(),
  OnStackFailure: z.enum(Object.values(OnStackFailure)).optional(),
  IncludeNestedStacks: members.flag.optional(),
  ...templateSource
})

export function createChangeSet(call: Call): XmlTree {
  const input = members.readMembers(call.parameters, createMembers)
  const repeated = repeatedRequest(call, input)
  if (repeated !== null) return { Id: repeated.changeSet.id, StackId: repeated.stack.id }
  const type = input.ChangeSetType ?? 'UPDATE'
  const existing = findStack(call.state, input.StackName)
  const stack = type === 'CREATE' ? stackToCreate(call, input, existing) : stackToUpdate(call, input.StackName)
  refuseTakenName(stack, input)
  const read = expandedOrFailed(call, stack, input)
  const { definition } = read
  const { changes, differs } =
    read.failure === null ? planChangeSet({ ...call, stack }, definition) : { changes: [], differs: false }
  const changeSet: ChangeSet = {
    id: `${arnPrefix(call)}:changeSet/${input.ChangeSetName}/${randomUUID()}`,
    name: input.ChangeSetName,
    type,
    description: input.Description ?? null,
    createdAt: call.world.now(),
    clientToken: input.ClientToken ?? null,
    request: call.parameters.toString(),
    onStackFailure: input.OnStackFailure ?? null,
    definition,
    changes,
    status: 'CREATE_PENDING',
    statusReason: null,
    executionStatus: 'UNAVAILABLE',
    executionToken: null,
    listed: true,
    progress: null
  }
  stacksOf(call.state).set(stack.id, stack)
  stack.changeSets.set(changeSet.id, changeSet)
  const failure = read.failure ?? (differs ? null : noChanges)
  changeSet.progress = changeSetCreation(changeSet, failure, call.world.inProgressReads)
  return { Id: changeSet.id, StackId: stack.id }
}

/** A transform runs after the call: what it refuses fails the change set. */
function expandedOrFailed(
  call: Call,
  stack: Stack,
  input: z.infer<typeof createMembers>
): { readonly definition: StackDefinition; readonly failure: string | null } {
  try {
    return { definition: readDefinition(input, stack.definition, call.state), failure: null }
  } catch (error) {
    if (!(error instanceof TransformFailure)) throw error
    return { definition: failedDefinition(input, stack.definition), failure: error.message }
  }
}

const describeMembers = z.strictObject({
  ChangeSetName: members.changeSetName,
  StackName: members.stackName.optional(),
  IncludePropertyValues: members.flag.optional()
})

/** Counts as a read of the change set and of a running operation on its stack. */
export function describeChangeSet(call: Call): XmlTree {
  const input = members.readMembers(call.parameters, describeMembers)
  const found = requireChangeSet(call.state, input.ChangeSetName, input.StackName)
  found.changeSet.progress = passRead(found.changeSet.progress)
  found.stack.progress = passRead(found.stack.progress)
  return changeSetMembers(found, input.IncludePropertyValues ?? false)
}

const executeMembers = z.strictObject({
  ChangeSetName: members.changeSetName,
  StackName: members.stackName.optional(),
  ClientRequestToken: members.token.optional(),
  DisableRollback: members.flag.optional()
})

export function executeChangeSet(call: Call): XmlTree {
  const input = members.readMembers(call.parameters, executeMembers)
  const requestToken = input.ClientRequestToken ?? null
  const { stack, changeSet } = requireChangeSet(call.state, input.ChangeSetName, input.StackName, requestToken)
  if (requestToken !== null && changeSet.executionToken === requestToken) return {}
  if (changeSet.status !== 'CREATE_COMPLETE') throw notExecutable(changeSet, `status of [${changeSet.status}]`)
  if (changeSet.executionStatus !== 'AVAILABLE') {
    throw notExecutable(changeSet, `execution status of [${changeSet.executionStatus}]`)
  }
  if (input.DisableRollback !== undefined && changeSet.onStackFailure !== null) {
    throw new AwsError('ValidationError', 'DisableRollback cannot be specified together with OnStackFailure')
  }
  if (changeSet.type === 'CREATE' ? stack.status !== 'REVIEW_IN_PROGRESS' : !isUpdatable(stack)) {
    throw notUpdatable(stack)
  }
  // "CloudFormation deletes all other change sets associated with the stack": Execute a change set, User Guide.
  for (const other of stack.changeSets.values()) if (other !== changeSet) stack.changeSets.delete(other.id)
  changeSet.executionStatus = 'EXECUTE_IN_PROGRESS'
  changeSet.executionToken = requestToken
  stack.changeSetId = changeSet.id
  stack.clientRequestToken = requestToken
  const deployment: Deployment = {
    definition: changeSet.definition,
    onFailure: input.DisableRollback === true ? 'DO_NOTHING' : (changeSet.onStackFailure ?? 'ROLLBACK'),
    onEnd(succeeded) {
      changeSet.executionStatus = succeeded ? 'EXECUTE_COMPLETE' : 'EXECUTE_FAILED'
      // What was executed is found by its ARN only; what failed keeps its name until it is deleted.
      changeSet.listed = !succeeded
    }
  }
  const start = changeSet.type === 'CREATE' ? startCreate : startUpdate
  start({ ...call, stack }, deployment)
  return {}
}

const namedMembers = z.strictObject({ ChangeSetName: members.changeSetName, StackName: members.stackName.optional() })

/** Deleting what does not exist is no error. */
export function deleteChangeSet(call: Call): XmlTree {
  const input = members.readMembers(call.parameters, namedMembers)
  try {
    const { stack, changeSet } = requireChangeSet(call.state, input.ChangeSetName, input.StackName)
    if (changeSet.executionStatus === 'EXECUTE_IN_PROGRESS') {
      const message = `ChangeSet [${changeSet.id}] cannot be deleted in its current execution status of [EXECUTE_IN_PROGRESS]`
      throw new AwsError('InvalidChangeSetStatus', message)
    }
    stack.changeSets.delete(changeSet.id)
  } catch (thrown) {
    if (!(thrown instanceof AwsError) || thrown.code !== 'ChangeSetNotFound') throw thrown
  }
  return {}
}

export function listChangeSets(call: Call): XmlTree {
  const input = members.readMembers(call.parameters, z.strictObject({ StackName: members.stackName }))
  const stack = requireStack(call.state, input.StackName, 'Stack [ ]')
  const listed = [...stack.changeSets.values()].filter(changeSet => changeSet.listed)
  return { Summaries: { member: listed.map(changeSet => changeSetSummary({ stack, changeSet })) } }
}

function listedByName(stack: Stack, name: string): ChangeSet | undefined {
  return [...stack.changeSets.values()].find(one => one.listed && one.name === name)
}

/** The same token with the same request is the same change set. */
function repeatedRequest(call: Call, input: z.infer<typeof createMembers>): FoundChangeSet | null {
  const stack = findStack(call.state, input.StackName)
  if (stack === undefined || input.ClientToken === undefined) return null
  const changeSet = listedByName(stack, input.ChangeSetName)
  if (changeSet?.clientToken !== input.ClientToken || changeSet.request !== call.parameters.toString()) return null
  return { stack, changeSet }
}

function refuseTakenName(stack: Stack, input: z.infer<typeof createMembers>): void {
  const taken = listedByName(stack, input.ChangeSetName)
  if (taken === undefined) return
  const isRepeated = input.ClientToken !== undefined && taken.clientToken === input.ClientToken
  const why = isRepeated ? 'cannot be created due to a mismatch with an existing attribute' : 'already exists'
  throw new AwsError('AlreadyExistsException', `ChangeSet ${input.ChangeSetName} ${why}`)
}

function stackToCreate(call: Call, input: z.infer<typeof createMembers>, existing: Stack | undefined): Stack {
  if (existing?.status === 'REVIEW_IN_PROGRESS') return existing
  if (existing !== undefined) {
    const message = `Stack [${existing.name}] already exists and cannot be created again with the changeSet [${input.ChangeSetName}].`
    throw new AwsError('ValidationError', message)
  }
  return newStack(call.world, call.state, newStackName(input.StackName))
}

function newStackName(name: string): string {
  if (members.newName.safeParse(name).success) return name
  const constraint = 'Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*'
  const message = `1 validation error detected: Value '${name}' at 'stackName' failed to satisfy constraint: ${constraint}`
  throw new AwsError('ValidationError', message)
}

function stackToUpdate(call: Call, nameOrId: string): Stack {
  const stack = requireStack(call.state, nameOrId, 'Stack [ ]')
  if (!isUpdatable(stack)) throw notUpdatable(stack)
  return stack
}

function notUpdatable(stack: Stack): AwsError {
  return new AwsError('ValidationError', `Stack:${stack.id} is in ${stack.status} state and can not be updated.`)
}

function notExecutable(changeSet: ChangeSet, current: string): AwsError {
  const message = `ChangeSet [${changeSet.id}] cannot be executed in its current ${current}`
  return new AwsError('InvalidChangeSetStatus', message)
}
