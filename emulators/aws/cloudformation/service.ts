/**
 * AWS CloudFormation over its query protocol: change sets, stacks, templates. Operations take reads, not seconds:
 * see `stack/progress.ts`; what they do is in `stack/operations.ts`.
 */
import { answering } from '../lambda/aws-error.js'
import { queryError, queryParameters, queryResponse } from '../query-protocol.js'
import { partitionOf } from '../world-state.js'
import type { AwsRequest, AwsResponse, Operation, Service } from '../world.js'
import type { XmlTree } from '../xml.js'
import type { Call } from './call.js'
import * as changeSets from './change-set-calls.js'
import * as stacks from './stack-calls.js'
import * as stackChanges from './stack-changes-calls.js'
import * as templates from './template-calls.js'

interface Action {
  readonly run: (call: Call) => XmlTree | null
  readonly write: boolean
  /** `any`: IAM allows it for Resource `*` only. Source: Service Authorization Reference, AWS CloudFormation. */
  readonly resource: 'stack' | 'any'
}

const read = (run: Action['run'], resource: Action['resource'] = 'stack'): Action => ({ run, write: false, resource })
const write = (run: Action['run']): Action => ({ run, write: true, resource: 'stack' })

const actions: ReadonlyMap<string, Action> = new Map([
  ['CreateChangeSet', write(changeSets.createChangeSet)],
  ['DescribeChangeSet', read(changeSets.describeChangeSet)],
  ['ExecuteChangeSet', write(changeSets.executeChangeSet)],
  ['DeleteChangeSet', write(changeSets.deleteChangeSet)],
  ['ListChangeSets', read(changeSets.listChangeSets)],
  ['CreateStack', write(stackChanges.createStack)],
  ['UpdateStack', write(stackChanges.updateStack)],
  ['ContinueUpdateRollback', write(stackChanges.continueUpdateRollback)],
  ['DescribeStacks', read(stacks.describeStacks)],
  ['ListStacks', read(stacks.listStacks, 'any')],
  ['DescribeStackEvents', read(stacks.describeStackEvents)],
  ['DescribeStackResources', read(stacks.describeStackResources)],
  ['ListStackResources', read(stacks.listStackResources)],
  ['GetTemplate', read(stacks.getTemplate)],
  ['DeleteStack', write(stacks.deleteStack)],
  ['UpdateTerminationProtection', write(stacks.updateTerminationProtection)],
  ['ValidateTemplate', read(templates.validateTemplate, 'any')],
  ['GetTemplateSummary', read(templates.getTemplateSummary)]
])

const namespace = 'http://cloudformation.amazonaws.com/doc/2010-05-15/'

export const cloudformationService: Service = {
  name: 'cloudformation',
  operation(request) {
    const name = queryParameters(request).get('Action') ?? 'Unknown'
    const action = actions.get(name)
    if (action === undefined) return { action: 'cloudformation:Unknown', resource: '*', write: false }
    const resource = action.resource === 'any' ? '*' : stackResource(request)
    const context = { 'cloudformation:ChangeSetName': changeSetName(request) }
    const further = [...tagging(request, name, resource), ...listing(request, name)]
    return { action: `cloudformation:${name}`, resource, write: action.write, context, further } satisfies Operation
  },
  handle(request, world): AwsResponse {
    const parameters = queryParameters(request)
    const name = parameters.get('Action') ?? ''
    const action = actions.get(name)
    if (action === undefined) {
      return errorResponse(request, 'InvalidAction', `Could not find operation ${name} for version 2010-05-15`, 400)
    }
    const state = world.region(request.principal.accountId, request.region)
    return answering(
      () =>
        queryResponse(request, name, namespace, action.run({ world, caller: calledFrom(request), state, parameters })),
      error => errorResponse(request, error.code, error.message, error.status)
    )
  },
  error: errorResponse
}

function errorResponse(request: AwsRequest, code: string, message: string, status: number): AwsResponse {
  return queryError(request, namespace, code, message, status)
}

/** What CloudFormation asks of other services it asks in the caller's name: "aws:CalledVia", IAM User Guide. */
function calledFrom(request: AwsRequest): AwsRequest {
  const { allows } = request
  if (allows === undefined) return request
  const via = { 'aws:CalledVia': ['cloudformation.amazonaws.com'], 'aws:ViaAWSService': 'true' }
  return { ...request, allows: operation => allows({ ...operation, context: { ...operation.context, ...via } }) }
}

/** A change set, or a stack, that is made with tags needs the permission to tag, too: TagResource, Service Authorization Reference. */
function tagging(request: AwsRequest, name: string, resource: string): readonly Operation[] {
  const isTagged = queryParameters(request).has('Tags.member.1.Key')
  if (!isTagged || !['CreateChangeSet', 'CreateStack', 'UpdateStack'].includes(name)) return []
  const context = { 'cloudformation:CreateAction': name }
  return [{ action: 'cloudformation:TagResource', resource, write: true, context }]
}

/** Of all stacks it needs the permission to list them, too: DescribeStacks, AWS CloudFormation API reference. */
function listing(request: AwsRequest, name: string): readonly Operation[] {
  if (name !== 'DescribeStacks' || queryParameters(request).has('StackName')) return []
  return [{ action: 'cloudformation:ListStacks', resource: '*', write: false }]
}

/** The name, also where the request gives the ARN. */
function changeSetName(request: AwsRequest): string | null {
  const given = queryParameters(request).get('ChangeSetName')
  return given === null ? null : (/:changeSet\/([^/]+)/.exec(given)?.[1] ?? given)
}

/** A stack that is named without its id has the ARN `…:stack/<name>/*` to IAM; a change set alone, its own ARN. */
function stackResource(request: AwsRequest): string {
  const parameters = queryParameters(request)
  const name = parameters.get('StackName')
  if (name === null) return parameters.get('ChangeSetName') ?? '*'
  if (name.startsWith('arn:')) return name
  return `arn:${partitionOf(request.region)}:cloudformation:${request.region}:${request.principal.accountId}:stack/${name}/*`
}
