/**
 * The policy of a layer version, statement by statement. CloudFormation shares through here too.
 * Source: AWS Lambda API Reference, AddLayerVersionPermission, GetLayerVersionPolicy, RemoveLayerVersionPermission.
 */
import { createHash } from 'node:crypto'
import type { LayerVersionRecord, World, PolicyStatement } from '../world.js'
import { AwsError, notAuthorized, type Caller } from './aws-error.js'
import { checkLength, checkPattern } from './constraints.js'

export interface PermissionInput {
  readonly StatementId: string
  readonly Action: string
  readonly Principal: string
  readonly OrganizationId?: string | undefined
}

const maximumPolicyBytes = 20_480

export function addPermission(
  record: LayerVersionRecord,
  input: PermissionInput,
  revision: string | null
): PolicyStatement {
  checkInput(input)
  checkRevision(record, revision)
  const statements = statementsOf(record)
  if (statements.some(({ Sid }) => Sid === input.StatementId)) {
    const message = `The statement id (${input.StatementId}) provided already exists. Please provide a new statement id, or remove the existing statement.`
    throw new AwsError('ResourceConflictException', message, 409)
  }
  const added = statementOf(record, input)
  const policy = [...statements, added]
  if (JSON.stringify(documentOf(policy)).length > maximumPolicyBytes) {
    throw new AwsError('PolicyLengthExceededException', 'The final policy size is bigger than the limit (20480).')
  }
  record.policy = policy
  return added
}

/** Throws `ResourceNotFoundException` where there is no such statement. */
export function removePermission(record: LayerVersionRecord, statementId: string, revision: string | null): void {
  checkStatementId(statementId)
  const statements = statementsOf(record)
  const left = statements.filter(({ Sid }) => Sid !== statementId)
  if (left.length === statements.length) {
    throw new AwsError('ResourceNotFoundException', `Statement ${statementId} is not found in resource policy.`, 404)
  }
  checkRevision(record, revision)
  record.policy = left
}

/** Throws `ResourceNotFoundException` where nobody was let in. */
export function policyOf(record: LayerVersionRecord): { readonly Policy: string; readonly RevisionId: string } {
  const statements = statementsOf(record)
  if (statements.length === 0) {
    throw new AwsError('ResourceNotFoundException', 'No policy is associated with the given resource.', 404)
  }
  return { Policy: JSON.stringify(documentOf(statements)), RevisionId: revisionOf(record) }
}

export function statementsOf({ policy = [] }: LayerVersionRecord): readonly PolicyStatement[] {
  return policy
}

/** Changes with the policy. */
export function revisionOf(record: LayerVersionRecord): string {
  const hex = createHash('sha256')
    .update(JSON.stringify([record.arn, statementsOf(record)]))
    .digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-')
}

/** A version of another account in the caller's region, where its policy lets the caller's account in. The emulator has no organizations. */
export function sharedVersion(world: World, caller: Caller, layerArn: string, version: number): LayerVersionRecord {
  const [, , , region = '', accountId = '', , name = ''] = layerArn.split(':')
  const record = world
    .region(accountId, region)
    .layers.get(name)
    ?.versions.find(one => one.version === version && !one.deleted)
  const { accountId: own } = caller.principal
  const letsIn = ({ Principal, Condition }: PolicyStatement): boolean =>
    Condition === undefined && (Principal === '*' || Principal.AWS.includes(`::${own}:`))
  if (region === caller.region && record !== undefined && statementsOf(record).some(letsIn)) return record
  throw notAuthorized(caller, 'lambda:GetLayerVersion', `${layerArn}:${version}`, 'resource-based')
}

function documentOf(statements: readonly PolicyStatement[]): unknown {
  return { Version: '2012-10-17', Id: 'default', Statement: statements }
}

function statementOf(record: LayerVersionRecord, input: PermissionInput): PolicyStatement {
  const { StatementId: Sid, Action, Principal, OrganizationId } = input
  const [, partition = ''] = record.arn.split(':')
  const account = /\d{12}/.exec(Principal)?.[0]
  return {
    ...{ Sid, Effect: 'Allow' },
    Principal: account === undefined ? '*' : { AWS: `arn:${partition}:iam::${account}:root` },
    ...{ Action, Resource: record.arn },
    ...(OrganizationId !== undefined && { Condition: { StringEquals: { 'aws:PrincipalOrgID': OrganizationId } } })
  }
}

function checkInput({ StatementId, Action, Principal, OrganizationId }: PermissionInput): void {
  checkStatementId(StatementId)
  checkLength('action', Action, 0, 22)
  checkPattern('action', Action, 'lambda:GetLayerVersion')
  checkPattern('principal', Principal, '\\d{12}|\\*|arn:(aws[a-zA-Z-]*):iam::\\d{12}:root')
  if (OrganizationId === undefined) return
  checkLength('organizationId', OrganizationId, 0, 34)
  checkPattern('organizationId', OrganizationId, 'o-[a-z0-9]{10,32}')
  if (Principal === '*') return
  throw new AwsError('InvalidParameterValueException', 'OrganizationId may only be given where the principal is *.')
}

function checkStatementId(statementId: string): void {
  checkLength('statementId', statementId, 1, 100)
  checkPattern('statementId', statementId, '([a-zA-Z0-9-_]+)')
}

function checkRevision(record: LayerVersionRecord, revision: string | null): void {
  if (revision === null || revision === revisionOf(record)) return
  const message =
    'The Revision Id provided does not match the latest Revision Id. Call the GetLayerVersionPolicy API to retrieve the latest Revision Id'
  throw new AwsError('PreconditionFailedException', message, 412)
}
