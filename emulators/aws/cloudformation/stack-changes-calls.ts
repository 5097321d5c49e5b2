/** CreateStack, UpdateStack and ContinueUpdateRollback: the ways to change a stack without a change set. */
import { OnFailure } from '@aws-sdk/client-cloudformation'
import { z } from 'zod'
import { AwsError } from '../lambda/aws-error.js'
import type { XmlTree } from '../xml.js'
import type { Call } from './call.js'
import * as members from './request-members.js'
import { findStack, requireStack } from './stack/lookup.js'
import { newStack } from './stack/new-stack.js'
import { isUpdatable, startContinuedRollback, startCreate, startUpdate, type Deployment } from './stack/operations.js'
import { planChangeSet } from './stack/plan-change-set.js'
import { stacksOf, type Stack } from './stack/stack.js'
import { readDefinition, requireExpansion, templateSource } from './stack-definition.js'

const { UsePreviousTemplate, ...newTemplateSource } = templateSource

const createMembers = z.strictObject({
  StackName: members.newName,
  ClientRequestToken: members.token.optional(),
  DisableRollback: members.flag.optional(),
  OnFailure: z.enum(Object.values(OnFailure)).optional(),
  EnableTerminationProtection: members.flag.optional(),
  ...newTemplateSource
})

export function createStack(call: Call): XmlTree {
  const input = members.readMembers(call.parameters, createMembers)
  const token = input.ClientRequestToken ?? null
  const existing = findStack(call.state, input.StackName)
  if (existing !== undefined && token !== null && existing.clientRequestToken === token) return { StackId: existing.id }
  if (existing !== undefined) {
    throw new AwsError('AlreadyExistsException', `Stack [${input.StackName}] already exists`)
  }
  requireExpansion(input, null)
  const definition = readDefinition(input, null, call.state)
  const stack = newStack(call.world, call.state, input.StackName)
  stack.events.length = 0
  stack.clientRequestToken = token
  stack.terminationProtection = input.EnableTerminationProtection ?? false
  stacksOf(call.state).set(stack.id, stack)
  const onFailure = input.DisableRollback === true ? 'DO_NOTHING' : (input.OnFailure ?? 'ROLLBACK')
  startCreate({ ...call, stack }, deployment(definition, onFailure))
  return { StackId: stack.id }
}

const updateMembers = z.strictObject({
  StackName: members.stackName,
  ClientRequestToken: members.token.optional(),
  DisableRollback: members.flag.optional(),
  UsePreviousTemplate,
  ...newTemplateSource
})

/** The stack's change sets become obsolete. */
export function updateStack(call: Call): XmlTree {
  const input = members.readMembers(call.parameters, updateMembers)
  const stack = requireStack(call.state, input.StackName, 'Stack [ ]')
  const token = input.ClientRequestToken ?? null
  if (token !== null && stack.clientRequestToken === token) return { StackId: stack.id }
  if (!isUpdatable(stack)) throw wrongState(stack)
  const context = { ...call, stack }
  requireExpansion(input, stack.definition)
  const definition = readDefinition(input, stack.definition, call.state)
  if (!planChangeSet(context, definition).differs) {
    throw new AwsError('ValidationError', 'No updates are to be performed.')
  }
  for (const changeSet of stack.changeSets.values()) changeSet.executionStatus = 'OBSOLETE'
  stack.clientRequestToken = token
  startUpdate(context, deployment(definition, input.DisableRollback === true ? 'DO_NOTHING' : 'ROLLBACK'))
  return { StackId: stack.id }
}

const continueMembers = z.strictObject({
  StackName: members.stackName,
  ClientRequestToken: members.token.optional()
})

export function continueUpdateRollback(call: Call): XmlTree {
  const input = members.readMembers(call.parameters, continueMembers)
  const stack = requireStack(call.state, input.StackName, 'Stack [ ]')
  if (stack.status !== 'UPDATE_ROLLBACK_FAILED') throw wrongState(stack)
  stack.clientRequestToken = input.ClientRequestToken ?? null
  startContinuedRollback({ ...call, stack })
  return {}
}

function deployment(definition: Deployment['definition'], onFailure: Deployment['onFailure']): Deployment {
  return { definition, onFailure, onEnd: () => undefined }
}

function wrongState(stack: Stack): AwsError {
  return new AwsError('ValidationError', `Stack:${stack.id} is in ${stack.status} state and can not be updated.`)
}
