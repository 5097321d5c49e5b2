/** What doctor and iam-policy ask about an account: its buckets, keys, roles, and what a caller may do. */
import { partitionOf } from '../../model/naming/regions.js'
import type {
  AccountInspection,
  BucketPlace,
  BucketStanding,
  SimulatedAnswer,
  SimulatedQuestion
} from '../../ports/account-inspection.js'
import { httpStatus, errorName } from './aws-errors.js'
import { call } from './calls.js'
import { connectionsOf, clientOptions, standardTiming, type AwsSession } from './client-options.js'
import type * as Iam from './sdk/iam.js'
import type * as S3 from './sdk/s3.js'

interface LoadedS3 {
  readonly sdk: typeof S3
  readonly client: InstanceType<typeof S3.S3Client>
}

type Options = { readonly abortSignal: AbortSignal }
type AskBucket = <T>(
  action: string,
  place: BucketPlace,
  work: (s3: LoadedS3, where: { Bucket: string; ExpectedBucketOwner: string }, options: Options) => Promise<T>
) => Promise<T>

/** Over the SDK; clients are loaded on first use. IAM is asked in the account's partition, whatever the region. */
export function createAccountInspection(options: {
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly signal: AbortSignal
  readonly accountId: string
  readonly homeRegion: string
  /** A profile of ~/.aws; `null`: the SDK's own choice. */
  readonly profile: string | null
}): AccountInspection {
  const { environment, signal, accountId, homeRegion, profile } = options
  const customEndpoint = ['AWS_ENDPOINT_URL', 'AWS_ENDPOINT_URL_S3'].some(name => (environment[name] ?? '') !== '')
  const ends = { customEndpoint, endpoint: null, profile, encryption: null, connections: connectionsOf(environment) }
  const session: AwsSession = { accountId, signal, timing: standardTiming, ...ends }
  const limits = { signal, seconds: session.timing.callSeconds }
  const askBucket: AskBucket = (action, place, work) => {
    const resource = `arn:${partitionOf(place.region)}:s3:::${place.bucket}`
    return call({ action, resource }, limits, async callOptions => {
      const sdk = await import('./sdk/s3.js')
      const common = await clientOptions(place.region, session)
      const client = new sdk.S3Client({ ...common, forcePathStyle: customEndpoint })
      return work({ sdk, client }, { Bucket: place.bucket, ExpectedBucketOwner: place.owner }, callOptions)
    })
  }
  const askIam: AskIam = (action, resource, work) =>
    call({ action, resource }, limits, async callOptions => {
      const sdk = await import('./sdk/iam.js')
      return work(sdk, new sdk.IAMClient(await clientOptions(homeRegion, session)), callOptions)
    })
  const userArn = (name: string): string => `arn:${partitionOf(homeRegion)}:iam::${accountId}:user/${name}`
  return {
    ...bucketQuestions(askBucket),
    accessKeys: userName =>
      askIam('iam:ListAccessKeys', userArn(userName), async (sdk, client, callOptions) => {
        const answer = await client.send(new sdk.ListAccessKeysCommand({ UserName: userName }), callOptions)
        return (answer.AccessKeyMetadata ?? []).map(key => ({
          id: key.AccessKeyId ?? '',
          active: key.Status === 'Active',
          createdAt: key.CreateDate?.getTime() ?? 0
        }))
      }),
    ...roleQuestions(askIam, name => `arn:${partitionOf(homeRegion)}:iam::${accountId}:role/${name}`),
    simulate: (principalArn, question) => simulate(askIam, principalArn, question)
  }
}

/** At most 1,000 answers (SimulatePrincipalPolicy, IAM API reference): the questions of doctor are far fewer. */
function simulate(ask: AskIam, principalArn: string, question: SimulatedQuestion): Promise<readonly SimulatedAnswer[]> {
  return ask('iam:SimulatePrincipalPolicy', principalArn, async (sdk, client, options) => {
    const request = new sdk.SimulatePrincipalPolicyCommand({
      PolicySourceArn: principalArn,
      ActionNames: [...question.actions],
      ResourceArns: [...question.resources],
      MaxItems: 1000,
      ContextEntries: Object.entries(question.context).map(([key, values]) => ({
        ContextKeyName: key,
        ContextKeyType: values.length === 1 ? 'string' : 'stringList',
        ContextKeyValues: [...values]
      }))
    })
    const answer = await client.send(request, options)
    return (answer.EvaluationResults ?? []).map((result): SimulatedAnswer => ({
      action: result.EvalActionName ?? '',
      resource: result.EvalResourceName ?? '',
      allowed: result.EvalDecision === 'allowed'
    }))
  })
}

/** Actions as IAM names them: "Required permissions for Amazon S3 API operations", Amazon S3 User Guide. */
function bucketQuestions(ask: AskBucket) {
  return {
    bucket: (place: BucketPlace) =>
      ask('s3:ListBucket', place, async ({ sdk, client }, where, options): Promise<BucketStanding> => {
        try {
          await client.send(new sdk.HeadBucketCommand(where), options)
          return { kind: 'ours' }
        } catch (error) {
          return standingOf(error)
        }
      }),
    bucketVersioning: (place: BucketPlace) =>
      ask('s3:GetBucketVersioning', place, async ({ sdk, client }, where, options) => {
        const answer = await client.send(new sdk.GetBucketVersioningCommand(where), options)
        return answer.Status === 'Enabled'
      }),
    publicAccessBlocked: (place: BucketPlace) =>
      ask('s3:GetBucketPublicAccessBlock', place, async ({ sdk, client }, where, options) => {
        const answer = await client
          .send(new sdk.GetPublicAccessBlockCommand(where), options)
          .catch(nullWhere('NoSuchPublicAccessBlockConfiguration'))
        const block = answer?.PublicAccessBlockConfiguration
        const settings = [block?.BlockPublicAcls, block?.BlockPublicPolicy, block?.IgnorePublicAcls]
        return [...settings, block?.RestrictPublicBuckets].every(setting => setting === true)
      }),
    bucketEncryption: (place: BucketPlace) =>
      ask('s3:GetEncryptionConfiguration', place, async ({ sdk, client }, where, options) => {
        const answer = await client
          .send(new sdk.GetBucketEncryptionCommand(where), options)
          .catch(nullWhere('ServerSideEncryptionConfigurationNotFoundError'))
        const [rule] = answer?.ServerSideEncryptionConfiguration?.Rules ?? []
        return rule?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm ?? null
      })
  }
}

/** HeadBucket, Amazon S3 API reference: 404 no such bucket, 403 not for this caller or not of this owner, 301 another region. */
function standingOf(error: unknown): BucketStanding {
  switch (httpStatus(error)) {
    case 404:
      return { kind: 'missing' }
    case 403:
      return { kind: 'foreign' }
    case 301: {
      const headers = (error as { $response?: { headers?: Readonly<Record<string, string>> } }).$response?.headers
      return { kind: 'other-region', region: headers?.['x-amz-bucket-region'] ?? null }
    }
    default:
      throw error
  }
}

type AskIam = <T>(
  action: string,
  resource: string,
  work: (
    sdk: typeof Iam,
    client: InstanceType<typeof Iam.IAMClient>,
    options: { readonly abortSignal: AbortSignal }
  ) => Promise<T>
) => Promise<T>

/**
 * What doctor and iam-policy ask about roles.
 * @param arnOf a role's, by its name
 */
function roleQuestions(
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

function nullWhere(...names: readonly string[]): (error: unknown) => null {
  return error => {
    if (names.includes(errorName(error) ?? '')) return null
    throw error
  }
}
