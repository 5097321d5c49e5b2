/** What doctor and iam-policy ask about roles. */
import type * as Iam from '@aws-sdk/client-iam'
import type { AccountInspection } from '../../ports/account-inspection.js'
import { errorName } from './aws-errors.js'

export type AskIam = <T>(
  action: string,
  resource: string,
  work: (sdk: typeof Iam, client: Iam.IAMClient, options: { readonly abortSignal: AbortSignal }) => Promise<T>
) => Promise<T>

/** @param arnOf a role's, by its name */
export function roleQuestions(
  ask: AskIam,
  arnOf: (name: string) => string
): Pick<AccountInspection, 'roleTrust' | 'rolePolicies'> {
  return {
    roleTrust: name =>
      ask('iam:GetRole', arnOf(name), async (sdk, client, options) => {
        const answer = await client
          .send(new sdk.GetRoleCommand({ RoleName: name }), options)
          .catch(nullWhere('NoSuchEntity', 'NoSuchEntityException'))
        const document = answer?.Role?.AssumeRolePolicyDocument
        return document === undefined ? null : policyDocument(document)
      }),
    rolePolicies: async name => {
      const attached = await ask('iam:ListAttachedRolePolicies', arnOf(name), async (sdk, client, options) => {
        // At most 20 can be attached ("IAM and AWS STS quotas"): one page holds 100.
        const answer = await client.send(new sdk.ListAttachedRolePoliciesCommand({ RoleName: name }), options)
        return (answer.AttachedPolicies ?? []).flatMap(({ PolicyArn }) => PolicyArn ?? [])
      })
      return Promise.all(attached.map(arn => managedPolicy(ask, arn)))
    }
  }
}

async function managedPolicy(ask: AskIam, arn: string): Promise<unknown> {
  const version = await ask('iam:GetPolicy', arn, async (sdk, client, options) => {
    const answer = await client.send(new sdk.GetPolicyCommand({ PolicyArn: arn }), options)
    return answer.Policy?.DefaultVersionId ?? 'v1'
  })
  return ask('iam:GetPolicyVersion', arn, async (sdk, client, options) => {
    const request = new sdk.GetPolicyVersionCommand({ PolicyArn: arn, VersionId: version })
    const answer = await client.send(request, options)
    return policyDocument(answer.PolicyVersion?.Document ?? '{}')
  })
}

/** IAM API reference: policies come URL-encoded (RFC 3986). */
function policyDocument(text: string): unknown {
  return JSON.parse(decodeURIComponent(text)) as unknown
}

export function nullWhere(...names: readonly string[]): (error: unknown) => null {
  return error => {
    if (names.includes(errorName(error) ?? '')) return null
    throw error
  }
}
