/**
 * One change of one stack through a change set whose name and tokens come from what it brings: a repeated run adopts it. Where it never
 * comes to be executed, why.
 */
import type { StackDescription } from '../../../ports/inventory.js'
import { CodedError } from '../../../model/errors.js'
import type { ChangeSetDescription, ResourceChange, Stacks } from '../../../ports/aws.js'
import { canonicalJson, sha256Hex } from '../../../model/digest.js'
import { tagPrefix } from '../../deploy-record.js'
import { stackReadiness } from './stack-status.js'
import { layerVersionArnOutput } from './stack-template.js'
import type { Target } from '../../target.js'
import type { EngineContext } from '../engine.js'
import { assertNothingLeft, deletes, endOfOperation, type WaitingContext } from './stack-operation.js'
import { pollUntil } from '../poll.js'

export interface StackChange {
  readonly target: Target
  /** `version`: it makes another version; `record`: only tags change. */
  readonly brings: 'version' | 'record'
  /** `null`: the template that the stack has. */
  readonly templateBody: string | null
  /** `null`: the value that the stack has. */
  readonly parameters: Readonly<Record<string, string | null>>
  readonly tags: Readonly<Record<string, string>>
}

export type ChangeOutcome =
  /** By us or, with the same token, by a run beside us. */
  | { readonly kind: 'executed'; readonly stack: StackDescription }
  | { readonly kind: 'no-changes' }
  /** The stack was not as it was described, or somebody else was faster: look again. */
  | { readonly kind: 'again'; readonly why: string }

const again = (why: string): ChangeOutcome => ({ kind: 'again', why })
const layerVersionType = 'AWS::Lambda::LayerVersion'

/**
 * @param before the stack as it stood, no operation under way; `null` or an empty shell: it is created
 * @param attempt tells repeated requests of this run apart
 * @throws CodedError AWS_FAILED with the first failed resource's reason; TEMPLATE_DELETES_VERSIONS
 */
export async function applyChangeSet(
  context: WaitingContext,
  before: StackDescription | null,
  change: StackChange,
  attempt: number
): Promise<ChangeOutcome> {
  const { target, templateBody, parameters, tags, brings } = change
  const { stackName } = target
  const { stacks } = context.region(target.region)
  const waited = context.waited(target.region)
  const name = changeSetName(change, before)
  const created = await stacks.createChangeSet({
    stackName,
    changeSetName: name,
    type: before === null || stackReadiness(before.status) === 'create' ? 'CREATE' : 'UPDATE',
    token: sha256Hex(`${name} ${context.run} ${attempt}`),
    description: 'layer-deploy-action',
    capabilities: target.template?.capabilities ?? [],
    ...{ templateBody, parameters, tags }
  })
  if (created === 'not-now') return again('a change set that was refused, because the stack is not as it was described')
  const changeSet = await finishedChangeSet(context, stacks, stackName, name)
  if (changeSet === null) return again('a change set that was gone as soon as it was made')
  const { status, executionStatus } = changeSet
  const found = `a change set in the status ${status} with the execution status ${executionStatus}`
  if (executionStatus === 'EXECUTE_IN_PROGRESS' || executionStatus === 'EXECUTE_COMPLETE') return again(found)

  if (status === 'FAILED' || executionStatus !== 'AVAILABLE') {
    await stacks.deleteChangeSet(stackName, name)
    if (status !== 'FAILED') return again(found)
    if (isWithoutChanges(changeSet)) return { kind: 'no-changes' }
    throw changeSetFailed(stackName, changeSet)
  }
  if (!(await isMadeOn(waited, stackName, before, changeSet, brings))) {
    await stacks.deleteChangeSet(stackName, name)
    return again('a change set that was made on another stack than the one that was described')
  }
  await assertKeepsVersions(stacks, stackName, changeSet, name)
  const token = sha256Hex(`${name} ${changeSet.id}`)
  if ((await stacks.executeChangeSet(stackName, name, token)) === 'not-executable') {
    return again('a change set that could not be executed')
  }
  const execution = {
    changeSetId: changeSet.id,
    changeSetName: name,
    changeSetBefore: before?.changeSetId ?? null,
    token
  }
  const stack = await endOfOperation(context, waited, stackName, execution)
  if (deletes(changeSet)) await assertNothingLeft(stacks, stack, token)
  return { kind: 'executed', stack }
}

/** From the content digest, and from all else that makes this change another one; not from the run, so that it is found again. */
function changeSetName(change: StackChange, before: StackDescription | null): string {
  const { templateBody, parameters, tags } = change
  const { [`${tagPrefix}run`]: _run, ...lasting } = tags
  const content = tags[`${tagPrefix}content-digest`] ?? ''
  const rest = sha256Hex(canonicalJson([templateBody, parameters, lasting, before?.outputs ?? {}]))
  return `layer-deploy-${content.slice(0, 32)}-${rest.slice(0, 16)}`
}

/** `null`: the change set is gone. */
function finishedChangeSet(
  context: EngineContext,
  stacks: Stacks,
  stackName: string,
  name: string
): Promise<ChangeSetDescription | null> {
  return pollUntil(context, `the change set ${name} of the stack ${stackName}`, async () => {
    const changeSet = await stacks.describeChangeSet(stackName, name)
    const pending = changeSet !== null && /_(PENDING|IN_PROGRESS)$/.test(changeSet.status)
    return pending ? undefined : changeSet
  })
}

/** CloudFormation tells "nothing to change" only in the words of the reason. */
function isWithoutChanges(changeSet: ChangeSetDescription): boolean {
  return /didn't contain changes|no updates are to be performed/i.test(changeSet.statusReason)
}

/**
 * Was the change set made on the stack that was described? From now on that cannot change unnoticed: any other execution
 * deletes this change set or makes it obsolete.
 */
async function isMadeOn(
  stacks: Stacks,
  stackName: string,
  before: StackDescription | null,
  changeSet: ChangeSetDescription,
  brings: StackChange['brings']
): Promise<boolean> {
  const proven = brings === 'version' ? replaces(before, changeSet) : null
  if (proven === false) return false
  // Where nothing is deployed there is neither a record nor an owner that could have changed under the same version.
  if (proven === true && before?.outputs[layerVersionArnOutput] === undefined) return true
  return isUntouched(stacks, stackName, before)
}

/**
 * Does it replace the version that was described? `null`: it names no version, or changes none. A stack that lost its tags may hold the
 * wanted content: its record alone changes then.
 */
function replaces(before: StackDescription | null, changeSet: ChangeSetDescription): boolean | null {
  const changes = changeSet.changes.filter(({ resourceType }) => resourceType === layerVersionType)
  const old = changes.flatMap(({ physicalId }) => (physicalId === null || physicalId === '' ? [] : [physicalId]))
  const described = before?.outputs[layerVersionArnOutput]
  if (changes.length === 0) return null
  if (described === undefined || old.includes(described)) return true
  return old.length === 0 ? null : false
}

/** Tags, and with them the record and the owner, change under the same version: whether they did must be asked. */
async function isUntouched(stacks: Stacks, stackName: string, before: StackDescription | null): Promise<boolean> {
  const seen = (stack: StackDescription | null): string =>
    canonicalJson([stack?.changeSetId ?? null, stack?.status ?? null, stack?.tags ?? {}])
  return seen(await stacks.describe(stackName)) === seen(before)
}

/** Whether the version that there is goes. Where CloudFormation does not say so, the default of a resource counts: Delete. */
function endsVersion({ resourceType, action, replacement, policyAction }: ResourceChange): boolean {
  if (resourceType !== layerVersionType) return false
  if (policyAction !== null) return !/^(ReplaceAnd)?Retain$/.test(policyAction)
  return action === 'Remove' || (action === 'Modify' && replacement !== 'False')
}

/** AWS CloudFormation API reference, ResourceChange: PolicyAction says what becomes of the old resource. */
async function assertKeepsVersions(
  stacks: Stacks,
  stackName: string,
  changeSet: ChangeSetDescription,
  name: string
): Promise<void> {
  const deleting = changeSet.changes.find(endsVersion)
  if (deleting === undefined) return
  await stacks.deleteChangeSet(stackName, name)
  throw new CodedError('TEMPLATE_DELETES_VERSIONS', {
    expected: `every layer version of ${stackName} to be retained`,
    found: `${deleting.action} of ${deleting.logicalId} with the policy ${deleting.policyAction ?? 'Delete'}`,
    mend: 'set DeletionPolicy and UpdateReplacePolicy of the layer version to Retain in the deployed template first'
  })
}

function changeSetFailed(stackName: string, changeSet: ChangeSetDescription): CodedError {
  return new CodedError('AWS_FAILED', {
    expected: `a change set for the stack ${stackName}`,
    found: changeSet.statusReason === '' ? changeSet.status : changeSet.statusReason,
    mend: 'mend what the reason names and run again; nothing was changed'
  })
}

/** One attempt: the stack as it stood, and why nothing was executed. */
export interface Turn {
  readonly before: StackDescription | null
  readonly why: string
}

/** A change that never came to be executed. Others are blamed only where the stack was seen to be another one than before. */
export function noTurn(stackName: string, turns: readonly Turn[]): CodedError {
  const states = new Set(turns.map(({ before }) => stateOf(before)))
  const why = turns.at(-1)?.why ?? 'no attempt'
  const expected = `a change of the stack ${stackName} to get its turn`
  if (states.size > 1) {
    return new CodedError('AWS_FAILED', {
      expected,
      found: `a stack that others changed meanwhile, in ${turns.length} attempts`,
      mend: 'see who else changes this stack, and run again'
    })
  }
  return new CodedError('AWS_FAILED', {
    expected,
    found: `${why}, in each of ${turns.length} attempts, while the stack stayed as it was`,
    mend: `look at the change sets of ${stackName} and at what answers in place of AWS CloudFormation (AWS_ENDPOINT_URL, a proxy), delete its change sets and run again`
  })
}

function stateOf(stack: StackDescription | null): string {
  if (stack === null) return ''
  const { id, status, changeSetId, outputs, tags, parameters } = stack
  return JSON.stringify([id, status, changeSetId, outputs, tags, parameters])
}
