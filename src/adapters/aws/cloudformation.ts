/** Stacks over the SDK, and the client that all who ask share in an account and region, with its rate budgets. */
import type { Stack } from '@aws-sdk/client-cloudformation'
import type { StackDescription } from '../../ports/inventory.js'
import type { ChangeSetDescription, ChangeSetRequest, ResourceChange, StackEvent, Stacks } from '../../ports/aws.js'
import { partitionOf } from '../../model/naming/regions.js'
import { errorName, UnreadableAnswer, watched } from './aws-errors.js'
import { call, rateBudget, withinBudget, type RateBudget } from './calls.js'
import { type AwsSession, clientOptions } from './client-options.js'
import type * as CloudFormation from './sdk/cloudformation.js'
import { systemClock } from '../process/clock.js'

/** A change set of ours has at most a handful of changes; the loop must end all the same. */
const maximumPages = 100

interface Loaded extends LoadedCloudFormation {
  readonly options: { readonly abortSignal: AbortSignal }
}

/** Runs one call on a stack; the action is named as IAM names it. */
type Run = <T>(action: string, stackName: string, work: (loaded: Loaded) => Promise<T>) => Promise<T>

export function createStacks(region: string, aws: AwsSession, loaded: CloudFormationClient): Stacks {
  const run: Run = (action, stackName, work) => {
    // Service Authorization Reference, AWS CloudFormation: a stack that is named without its id is `…:stack/<name>/*`.
    const resource = `arn:${partitionOf(region)}:cloudformation:${region}:${aws.accountId}:stack/${stackName}/*`
    const limits = { signal: aws.signal, seconds: aws.timing.callSeconds }
    return call({ action: `cloudformation:${action}`, resource }, limits, async options =>
      work({ ...(await loaded()), options })
    )
  }
  return {
    describe: stackName => describe(run, stackName),
    createChangeSet: request => createChangeSet(run, request),
    describeChangeSet: (stackName, changeSetName) =>
      run('DescribeChangeSet', stackName, loaded => describeChangeSet(loaded, stackName, changeSetName)),
    executeChangeSet: (stackName, changeSetName, token) => executeChangeSet(run, stackName, changeSetName, token),
    deleteChangeSet: (StackName, ChangeSetName) =>
      run('DeleteChangeSet', StackName, async ({ sdk, client, options }) => {
        const request = new sdk.DeleteChangeSetCommand({ StackName, ChangeSetName })
        await client.send(request, options).catch((error: unknown) => {
          if (!isGone(error) && !isNotNow(error)) throw error
        })
      }),
    protect: (StackName, EnableTerminationProtection) =>
      run('UpdateTerminationProtection', StackName, async ({ sdk, client, options }) => {
        await client.send(
          new sdk.UpdateTerminationProtectionCommand({ StackName, EnableTerminationProtection }),
          options
        )
      }),
    heldVersions: stackName => heldVersions(run, stackName),
    delete: (stackName, StackName) =>
      run('DeleteStack', stackName, async ({ sdk, client, options }) => {
        await client.send(new sdk.DeleteStackCommand({ StackName }), options)
      }),
    events: stackName => events(run, stackName)
  }
}

function describe(run: Run, stackName: string): Promise<StackDescription | null> {
  return run('DescribeStacks', stackName, async ({ sdk, client, options }) => {
    const answer = await client
      .send(new sdk.DescribeStacksCommand({ StackName: stackName }), options)
      .catch(nullIfNoStack)
    if (answer === null) return null
    const stack = answer.Stacks?.[0]
    if (stack === undefined) throw new UnreadableAnswer('a description without a stack')
    return stackDescription(stack)
  })
}

function createChangeSet(run: Run, request: ChangeSetRequest): ReturnType<Stacks['createChangeSet']> {
  return run('CreateChangeSet', request.stackName, async ({ sdk, client, options }) => {
    const command = new sdk.CreateChangeSetCommand({
      StackName: request.stackName,
      ChangeSetName: request.changeSetName,
      ChangeSetType: request.type,
      ClientToken: request.token,
      ...(request.templateBody === null ? { UsePreviousTemplate: true } : { TemplateBody: request.templateBody }),
      Description: request.description,
      Parameters: Object.entries(request.parameters).map(([ParameterKey, value]) =>
        value === null ? { ParameterKey, UsePreviousValue: true } : { ParameterKey, ParameterValue: value }
      ),
      ...(request.capabilities.length === 0 ? {} : { Capabilities: [...request.capabilities] }),
      Tags: Object.entries(request.tags).map(([Key, Value]) => ({ Key, Value }))
    })
    try {
      await client.send(command, options)
      return 'created'
    } catch (error) {
      if (errorName(error) === 'AlreadyExistsException') return 'exists'
      if (isNotNow(error)) return 'not-now'
      throw error
    }
  })
}

function executeChangeSet(
  run: Run,
  StackName: string,
  ChangeSetName: string,
  ClientRequestToken: string
): Promise<'started' | 'not-executable'> {
  return run('ExecuteChangeSet', StackName, async ({ sdk, client, options }) => {
    try {
      await client.send(new sdk.ExecuteChangeSetCommand({ StackName, ChangeSetName, ClientRequestToken }), options)
      return 'started'
    } catch (error) {
      if (isGone(error) || isNotNow(error)) return 'not-executable'
      throw error
    }
  })
}

/** A resource without a physical id was never made; what the rollback deleted has the status DELETE_COMPLETE. */
function heldVersions(run: Run, StackName: string): Promise<readonly string[]> {
  return run('DescribeStackResources', StackName, async ({ sdk, client, options }) => {
    const answer = await client.send(new sdk.DescribeStackResourcesCommand({ StackName }), options).catch(nullIfNoStack)
    return (answer?.StackResources ?? []).flatMap(({ ResourceType, ResourceStatus, PhysicalResourceId = '' }) =>
      ResourceType === 'AWS::Lambda::LayerVersion' && ResourceStatus !== 'DELETE_COMPLETE' && PhysicalResourceId !== ''
        ? [PhysicalResourceId]
        : []
    )
  })
}

function events(run: Run, StackName: string): Promise<readonly StackEvent[]> {
  return run('DescribeStackEvents', StackName, async ({ sdk, client, options }) => {
    const answer = await client.send(new sdk.DescribeStackEventsCommand({ StackName }), options)
    return (answer.StackEvents ?? []).map(event => ({
      time: event.Timestamp?.toISOString() ?? '',
      logicalId: event.LogicalResourceId ?? '',
      resourceType: event.ResourceType ?? '',
      status: event.ResourceStatus ?? '',
      reason: event.ResourceStatusReason ?? '',
      token: event.ClientRequestToken ?? ''
    }))
  })
}

async function describeChangeSet(
  { sdk, client, options }: Loaded,
  stackName: string,
  changeSetName: string
): Promise<ChangeSetDescription | null> {
  const changes: ResourceChange[] = []
  let token: string | undefined
  for (let page = 0; page < maximumPages; page++) {
    const request = new sdk.DescribeChangeSetCommand({
      StackName: stackName,
      ChangeSetName: changeSetName,
      ...(token === undefined ? {} : { NextToken: token })
    })
    const answer = await client.send(request, options).catch(nullIfNoChangeSet)
    if (answer === null) return null
    if (answer.Status === undefined) throw new UnreadableAnswer('a change set without a status')
    for (const { ResourceChange: change } of answer.Changes ?? []) {
      if (change === undefined) continue
      changes.push({
        action: change.Action ?? '',
        logicalId: change.LogicalResourceId ?? '',
        physicalId: change.PhysicalResourceId ?? null,
        resourceType: change.ResourceType ?? '',
        replacement: change.Replacement ?? null,
        policyAction: change.PolicyAction ?? null
      })
    }
    token = answer.NextToken
    if (token === undefined) {
      return {
        id: answer.ChangeSetId ?? '',
        status: answer.Status,
        executionStatus: answer.ExecutionStatus ?? '',
        statusReason: answer.StatusReason ?? '',
        changes
      }
    }
  }
  throw new Error(`the change set ${changeSetName} has more than ${maximumPages} pages`)
}

/** CloudFormation has no error code of its own for a stack that does not exist. */
function nullIfNoStack(error: unknown): null {
  if (isNoStack(error)) return null
  throw error
}

function nullIfNoChangeSet(error: unknown): null {
  if (isGone(error)) return null
  throw error
}

function isNoStack(error: unknown): boolean {
  return isValidationError(error, /does not exist/)
}

function isGone(error: unknown): boolean {
  return isNoStack(error) || errorName(error).startsWith('ChangeSetNotFound')
}

/**
 * The stack, or the change set, is not as it was when we looked: it was created, deleted, or an operation began. Told only
 * in words for a stack.
 */
function isNotNow(error: unknown): boolean {
  return (
    /^(InvalidChangeSetStatus|OperationInProgress)(Exception)?$/.test(errorName(error)) ||
    isValidationError(error, /already exists and cannot be created again|state and can ?not be updated|does not exist/)
  )
}

function isValidationError(error: unknown, message: RegExp): boolean {
  return errorName(error) === 'ValidationError' && error instanceof Error && message.test(error.message)
}

/**
 * AWS publishes no rate for CloudFormation ("AWS CloudFormation quotas" names none) and throttles each action for itself: support told
 * users of 5 DescribeStacks a second (github.com/aws/aws-sam-cli, issue 2671). What is throttled all the same, the SDK repeats.
 */
const describeStacksPerSecond = 5
/** Of each other action. */
const requestsPerSecond = 10

interface LoadedCloudFormation {
  readonly sdk: typeof CloudFormation
  readonly client: InstanceType<typeof CloudFormation.CloudFormationClient>
}

export type CloudFormationClient = () => Promise<LoadedCloudFormation>

export function cloudFormationClient(region: string, aws: AwsSession): CloudFormationClient {
  const budgets = new Map<string, RateBudget>()
  const budgetOf = (action: string): RateBudget => {
    const perSecond = action === 'DescribeStacks' ? describeStacksPerSecond : requestsPerSecond
    const budget = budgets.get(action) ?? rateBudget(perSecond, systemClock)
    budgets.set(action, budget)
    return budget
  }
  const load = async (): Promise<LoadedCloudFormation> => {
    const sdk = await import('./sdk/cloudformation.js')
    const client = watched(new sdk.CloudFormationClient(await clientOptions(region, aws)))
    return { sdk, client: withinBudget(client, budgetOf, aws.signal) }
  }
  let loading: Promise<LoadedCloudFormation> | undefined
  return () => (loading ??= load())
}

export function stackDescription(stack: Stack): StackDescription {
  return {
    id: stack.StackId ?? '',
    name: stack.StackName ?? '',
    status: stack.StackStatus ?? '',
    statusReason: stack.StackStatusReason ?? '',
    parameters: record(stack.Parameters ?? [], parameter => [parameter.ParameterKey, parameter.ParameterValue]),
    outputs: record(stack.Outputs ?? [], output => [output.OutputKey, output.OutputValue]),
    tags: record(stack.Tags ?? [], tag => [tag.Key, tag.Value]),
    changeSetId: stack.ChangeSetId ?? null,
    terminationProtection: stack.EnableTerminationProtection ?? false
  }
}

function record<T>(
  items: readonly T[],
  entry: (item: T) => readonly [string | undefined, string | undefined]
): Record<string, string> {
  return Object.fromEntries(
    items.map(entry).filter((pair): pair is [string, string] => pair[0] !== undefined && pair[1] !== undefined)
  )
}
