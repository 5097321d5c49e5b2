/** The policy of a layer version: who may use it from outside its account. */
import type * as Lambda from '@aws-sdk/client-lambda'
import { partitionOf } from '../../../model/naming/regions.js'
import type { LayerPermission, LayerPermissions } from '../../../ports/aws.js'
import { errorName } from '../aws-errors.js'
import { call, UnreadableAnswer } from '../calls.js'
import type { AwsSession } from '../credentials/client-options.js'
import type { LambdaClients, LoadedLambda } from './lambda-client.js'

/** The one action that a layer version can be shared for (AWS Lambda API reference, AddLayerVersionPermission). */
const sharedAction = 'lambda:GetLayerVersion'

export function createLayerPermissions(region: string, aws: AwsSession, clients: LambdaClients): LayerPermissions {
  const layerArn = `arn:${partitionOf(region)}:lambda:${region}:${aws.accountId}:layer`
  const run = <T>(
    action: string,
    layerName: string,
    version: number,
    work: (loaded: LoadedLambda, options: { readonly abortSignal: AbortSignal }) => Promise<T>
  ): Promise<T> => {
    const subject = { action: `lambda:${action}`, resource: `${layerArn}:${layerName}:${version}` }
    const limits = { signal: aws.signal, seconds: aws.timing.callSeconds }
    return call(subject, limits, async options => work(await clients.reader(), options))
  }
  return {
    list: (LayerName, VersionNumber) =>
      run('GetLayerVersionPolicy', LayerName, VersionNumber, async ({ sdk, client }, options) => {
        const request = new sdk.GetLayerVersionPolicyCommand({ LayerName, VersionNumber })
        const answer = await client.send(request, options).catch(nullIfMissing)
        return answer === null ? [] : readPolicy(answer)
      }),
    add: (LayerName, VersionNumber, permission) =>
      run('AddLayerVersionPermission', LayerName, VersionNumber, async ({ sdk, client }, options) => {
        const request = { LayerName, VersionNumber, ...wirePermission(permission) }
        try {
          await client.send(new sdk.AddLayerVersionPermissionCommand(request), options)
          return 'added'
        } catch (error) {
          if (errorName(error) === 'ResourceConflictException') return 'exists'
          throw error
        }
      }),
    remove: (LayerName, VersionNumber, StatementId) =>
      run('RemoveLayerVersionPermission', LayerName, VersionNumber, async ({ sdk, client }, options) => {
        const request = new sdk.RemoveLayerVersionPermissionCommand({ LayerName, VersionNumber, StatementId })
        await client.send(request, options).catch(nullIfMissing)
      })
  }
}

function wirePermission({ statementId: StatementId, principal }: LayerPermission) {
  const organization = principal.startsWith('o-') ? { OrganizationId: principal } : {}
  const Principal = /^\d{12}$/.test(principal) ? principal : '*'
  return { StatementId, Action: sharedAction, Principal, ...organization }
}

function readPolicy({ Policy }: Lambda.GetLayerVersionPolicyCommandOutput): readonly LayerPermission[] {
  const document = parsed(Policy ?? '')
  if (!Array.isArray(document?.Statement)) throw new UnreadableAnswer('a policy without statements')
  return document.Statement.map((statement: unknown) => {
    const { Sid } = statement as { Sid?: unknown }
    return { statementId: typeof Sid === 'string' ? Sid : '', principal: principalOf(statement as PolicyStatement) }
  })
}

function parsed(policy: string): { readonly Statement?: unknown } | null {
  try {
    return JSON.parse(policy) as { readonly Statement?: unknown } | null
  } catch {
    throw new UnreadableAnswer('a policy that is no JSON')
  }
}

interface PolicyStatement {
  readonly Effect?: unknown
  readonly Action?: unknown
  readonly Principal?: unknown
  readonly Condition?: unknown
}

/** In the words of the configuration where the statement says just that; else the statement itself. */
function principalOf(statement: PolicyStatement): string {
  const { Effect, Action, Principal, Condition } = statement
  if (Effect === 'Allow' && Action === sharedAction) {
    const aws = typeof Principal === 'string' ? Principal : (Principal as { AWS?: unknown } | null | undefined)?.AWS
    const account = typeof aws === 'string' ? /^(?:arn:[^:]+:iam::(\d{12}):root|(\d{12}))$/.exec(aws) : null
    if (account !== null && Condition === undefined) return account[1] ?? account[2] ?? ''
    if (aws === '*') {
      if (Condition === undefined) return 'public'
      const organization = /^\{"StringEquals":\{"aws:PrincipalOrgID":"(o-[a-z0-9]+)"\}\}$/.exec(
        JSON.stringify(Condition)
      )
      if (organization?.[1] !== undefined) return organization[1]
    }
  }
  return JSON.stringify({ Effect, Action, Principal, Condition })
}

function nullIfMissing(error: unknown): null {
  if (errorName(error) === 'ResourceNotFoundException') return null
  throw error
}
