/** The calls that read stacks, delete them, or protect them. */
import { z } from 'zod'
import { StackStatus } from '@aws-sdk/client-cloudformation'
import { AwsError } from '../lambda/aws-error.js'
import type { XmlTree } from '../xml.js'
import type { Call } from './call.js'
import { list } from './members.js'
import * as members from './request-members.js'
import { findStack, requireStack } from './stack/lookup.js'
import { startDelete } from './stack/operations.js'
import { passRead } from './stack/progress.js'
import { stacksOf, type Stack, type StackResource } from './stack/stack.js'
import { eventMembers, resourceMembers, resourceSummary, stackMembers, stackSummary } from './stack-members.js'

const named = z.strictObject({ StackName: members.stackName })
const maybeNamed = z.strictObject({ StackName: members.stackName.optional(), NextToken: z.string().optional() })
/** AWS ends a page of DescribeStacks at 1 MB, one of ListStacks at 100 entries: here both end at this many. */
const stacksOnPage = 100

/** Counts as a read of the operation that runs on each stack that it shows. Without a name: all that are not deleted. */
export function describeStacks(call: Call): XmlTree {
  const { StackName, NextToken } = members.readMembers(call.parameters, maybeNamed)
  const live = [...stacksOf(call.state).values()].filter(stack => stack.status !== 'DELETE_COMPLETE')
  const page = pageOf(live, NextToken)
  const shown = StackName === undefined ? page.items : [requireStack(call.state, StackName, 'Stack with id')]
  for (const stack of shown) stack.progress = passRead(stack.progress)
  // A stack that this very read finds deleted is no longer found by its name.
  if (StackName !== undefined) requireStack(call.state, StackName, 'Stack with id')
  return { Stacks: list(shown.map(stackMembers)), NextToken: StackName === undefined ? page.nextToken : null }
}

const listMembers = z.strictObject({ StackStatusFilter: members.texts.optional(), NextToken: z.string().optional() })

/** Newest first, deleted ones too. No read in the sense of `describeStacks`. */
export function listStacks(call: Call): XmlTree {
  const { StackStatusFilter = [], NextToken } = members.readMembers(call.parameters, listMembers)
  const known: readonly string[] = Object.values(StackStatus)
  const unknown = StackStatusFilter.find(status => !known.includes(status))
  if (unknown !== undefined) throw new AwsError('ValidationError', `Unknown stack status ${unknown}`)
  const stacks = [...stacksOf(call.state).values()].reverse()
  const shown = stacks.filter(stack => StackStatusFilter.length === 0 || StackStatusFilter.includes(stack.status))
  const page = pageOf(shown, NextToken)
  return { StackSummaries: list(page.items.map(stackSummary)), NextToken: page.nextToken }
}

function pageOf(
  stacks: readonly Stack[],
  token: string | undefined
): { items: readonly Stack[]; nextToken: string | null } {
  const start = token === undefined ? 0 : Number(/^after-(\d+)$/.exec(token)?.[1])
  if (Number.isNaN(start)) throw new AwsError('ValidationError', `Invalid NextToken ${token ?? ''}`)
  const end = start + stacksOnPage
  return { items: stacks.slice(start, end), nextToken: end < stacks.length ? `after-${end}` : null }
}

/** Newest first. */
export function describeStackEvents(call: Call): XmlTree {
  const { StackName } = members.readMembers(call.parameters, named)
  const stack = requireStack(call.state, StackName, 'Stack [ ]')
  return { StackEvents: list([...stack.events].reverse().map(event => eventMembers(stack, event))) }
}

const resourceFilter = z.strictObject({ StackName: members.stackName, LogicalResourceId: z.string().optional() })

export function describeStackResources(call: Call): XmlTree {
  const input = members.readMembers(call.parameters, resourceFilter)
  const stack = requireStack(call.state, input.StackName, 'Stack with id')
  const shown =
    input.LogicalResourceId === undefined
      ? [...stack.resources.values()]
      : [requireResource(stack, input.LogicalResourceId)]
  return { StackResources: list(shown.map(resource => resourceMembers(stack, resource))) }
}

export function listStackResources(call: Call): XmlTree {
  const { StackName } = members.readMembers(call.parameters, named)
  const stack = requireStack(call.state, StackName, 'Stack with id')
  return { StackResourceSummaries: list([...stack.resources.values()].map(resourceSummary)) }
}

const templateMembers = z.strictObject({
  StackName: members.stackName,
  TemplateStage: z.enum(['Original', 'Processed']).optional()
})

export function getTemplate(call: Call): XmlTree {
  const { StackName } = members.readMembers(call.parameters, templateMembers)
  const stack = requireStack(call.state, StackName, 'Stack with id')
  if (stack.definition === null) throw new AwsError('ValidationError', `Stack with id ${StackName} has no template`)
  return { TemplateBody: stack.definition.template.body, StagesAvailable: list(['Original', 'Processed']) }
}

const deleteMembers = z.strictObject({
  StackName: members.stackName,
  RetainResources: members.texts.optional(),
  ClientRequestToken: members.token.optional()
})

/** Deleting what does not exist, or is being deleted, is no error. */
export function deleteStack(call: Call): XmlTree | null {
  const input = members.readMembers(call.parameters, deleteMembers)
  const stack = findStack(call.state, input.StackName)
  if (stack === undefined || stack.status === 'DELETE_COMPLETE' || stack.status === 'DELETE_IN_PROGRESS') return null
  if (stack.terminationProtection) {
    const message = `Stack [${stack.id}] cannot be deleted while TerminationProtection is enabled`
    throw new AwsError('ValidationError', message)
  }
  if (stack.status.endsWith('_IN_PROGRESS') && !deletableInProgress.includes(stack.status)) {
    throw new AwsError('ValidationError', `Stack [${stack.name}] cannot be deleted while in status ${stack.status}`)
  }
  const retained = input.RetainResources ?? []
  if (retained.length > 0 && stack.status !== 'DELETE_FAILED') {
    const message = `Invalid operation on stack [${stack.id}]. RetainResources can only be specified when the stack is in the DELETE_FAILED state.`
    throw new AwsError('ValidationError', message)
  }
  stack.clientRequestToken = input.ClientRequestToken ?? null
  startDelete({ ...call, stack }, new Set(retained))
  return null
}

const deletableInProgress: readonly string[] = ['REVIEW_IN_PROGRESS', 'CREATE_IN_PROGRESS']

const protectionMembers = z.strictObject({
  StackName: members.stackName,
  EnableTerminationProtection: members.flag
})

export function updateTerminationProtection(call: Call): XmlTree {
  const input = members.readMembers(call.parameters, protectionMembers)
  const stack = requireStack(call.state, input.StackName, 'Stack [ ]')
  if (stack.status === 'DELETE_COMPLETE' || stack.status === 'DELETE_IN_PROGRESS') {
    throw new AwsError('ValidationError', `Stack [${stack.id}] is in ${stack.status} state and can not be updated.`)
  }
  stack.terminationProtection = input.EnableTerminationProtection
  return { StackId: stack.id }
}

function requireResource(stack: Stack, logicalId: string): StackResource {
  const resource = stack.resources.get(logicalId)
  if (resource !== undefined) return resource
  throw new AwsError('ValidationError', `Resource ${logicalId} does not exist for stack ${stack.name}`)
}
