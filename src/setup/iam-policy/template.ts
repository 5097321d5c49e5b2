/** A CloudFormation template that makes what a deploy needs in an account: identity provider, roles (or a user's policies), bucket. */
import type { Environment } from '../../model/index.js'
import type { Purpose } from './permissions.js'
import type { PolicyDocument } from './policy.js'
import { audience, providerHost, trustPolicy, type TextOrFunction, type TrustedRepository } from './trust.js'

export interface AccessTemplateRequest {
  readonly environment: Environment
  readonly policies: readonly { readonly purpose: Purpose; readonly document: PolicyDocument }[]
  readonly for: 'role' | 'user'
  /** `owner/name`; `null`: asked for when the stack is made. */
  readonly repository: string | null
  readonly repositoryId: string | null
}

type Json = Readonly<Record<string, unknown>>

export function accessTemplate(request: AccessTemplateRequest): Json {
  const { environment } = request
  const forRole = request.for === 'role'
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: `What layer-deploy-action needs in account ${environment.accountId} for environment ${environment.name}`,
    Parameters: { ...(forRole ? roleParameters(request) : userParameters), ...sharedParameters },
    Rules: { RightAccount: rightAccount(environment) },
    Conditions: {
      ...(forRole && { MakeProvider: isTrue('CreateProvider') }),
      MakeAccess: isTrue('CreateAccess'),
      MakeBucket: isTrue('CreateBucket')
    },
    Resources: { ...(forRole ? roleResources(request) : userResources(request)), ...bucketResources(environment) },
    ...(forRole && {
      Outputs: Object.fromEntries(
        request.policies.map(({ purpose }) => [
          `${roleId(purpose)}Arn`,
          { Condition: 'MakeAccess', Value: { 'Fn::GetAtt': [roleId(purpose), 'Arn'] } }
        ])
      )
    })
  }
}

const yesOrNo = (standard: 'true' | 'false', description: string): Json => ({
  Type: 'String',
  AllowedValues: ['true', 'false'],
  Default: standard,
  Description: description
})

const sharedParameters: Json = {
  CreateAccess: yesOrNo('true', 'IAM is global: "true" in one region of the environment, "false" in each further one'),
  CreateBucket: yesOrNo('true', "The artifact bucket of the stack's region; false where it exists")
}

const userParameters: Json = { UserName: { Type: 'String', Description: 'The IAM user that deploys today' } }

function roleParameters({ repository, repositoryId }: AccessTemplateRequest): Json {
  return {
    Repository: {
      Type: 'String',
      Description: 'owner/name of the superproject on GitHub',
      AllowedPattern: '[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+',
      ...(repository !== null && { Default: repository })
    },
    RepositoryId: {
      Type: 'String',
      Description: "GitHub's number of the repository: gh api repos/OWNER/NAME --jq .id",
      AllowedPattern: '[0-9]+',
      ...(repositoryId !== null && { Default: repositoryId })
    },
    CreateProvider: yesOrNo('true', 'An account has one provider for GitHub; false where it exists')
  }
}

/** A template for another account must not come to be here. */
function rightAccount({ accountId }: Environment): Json {
  return {
    Assertions: [
      {
        Assert: { 'Fn::Equals': [{ Ref: 'AWS::AccountId' }, accountId] },
        AssertDescription: `This template belongs to account ${accountId}`
      }
    ]
  }
}

function roleResources({ environment, policies }: AccessTemplateRequest): Json {
  const { partition, accountId, name } = environment
  const repository: TrustedRepository<TextOrFunction> = {
    subject: rest => ({ 'Fn::Sub': `repo:\${Repository}:${rest}` }),
    id: { Ref: 'RepositoryId' },
    providerArn: `arn:${partition}:iam::${accountId}:oidc-provider/${providerHost}`
  }
  const role = (purpose: Purpose): Json => ({
    Type: 'AWS::IAM::Role',
    Condition: 'MakeAccess',
    Properties: {
      RoleName: `layer-deploy-${name}-${purpose}`,
      Description: `layer-deploy-action, ${purpose} in ${name}`,
      MaxSessionDuration: 3600,
      AssumeRolePolicyDocument: trustPolicy(environment, purpose, repository),
      ManagedPolicyArns: [{ Ref: policyId(purpose) }]
    }
  })
  return {
    Provider: {
      Type: 'AWS::IAM::OIDCProvider',
      Condition: 'MakeProvider',
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: { Url: `https://${providerHost}`, ClientIdList: [audience] }
    },
    ...Object.fromEntries(
      policies.map(({ purpose, document }) => [policyId(purpose), managedPolicy(environment, purpose, document)])
    ),
    ...Object.fromEntries(policies.map(({ purpose }) => [roleId(purpose), role(purpose)]))
  }
}

/** Deploy holds all that a plan reads, and rollback all that a deploy does: a user needs the widest of them. */
function userResources({ environment, policies }: AccessTemplateRequest): Json {
  const asked = policies.map(({ purpose }) => purpose)
  const held = (purpose: Purpose): boolean =>
    (purpose === 'plan' && (asked.includes('deploy') || asked.includes('rollback'))) ||
    (purpose === 'deploy' && asked.includes('rollback'))
  const attached = { Users: [{ Ref: 'UserName' }] }
  return Object.fromEntries(
    policies
      .filter(({ purpose }) => !held(purpose))
      .map(({ purpose, document }) => [policyId(purpose), managedPolicy(environment, purpose, document, attached)])
  )
}

const policyId = (purpose: Purpose): string => `${capital(purpose)}Policy`
const roleId = (purpose: Purpose): string => `${capital(purpose)}Role`
const capital = (word: string): string => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`

/** The quota of a managed policy is its own; that of inline policies is shared by all of a role. */
function managedPolicy(
  environment: Environment,
  purpose: Purpose,
  document: PolicyDocument,
  attached: Json = {}
): Json {
  return {
    Type: 'AWS::IAM::ManagedPolicy',
    Condition: 'MakeAccess',
    Properties: {
      ManagedPolicyName: `layer-deploy-${environment.name}-${purpose}`,
      PolicyDocument: document,
      ...attached
    }
  }
}

function bucketResources(environment: Environment): Json {
  const { partition, artifactBucketTemplate, stage, name } = environment
  const bucketName = artifactBucketTemplate.replaceAll('{stage}', stage).replaceAll('{environment}', name)
  const regional = bucketName.includes('{region}')
  const named = regional ? { 'Fn::Sub': bucketName.replaceAll('{region}', '${AWS::Region}') } : bucketName
  const arn = (path: string): Json => ({ 'Fn::Sub': `arn:${partition}:s3:::\${Bucket}${path}` })
  const key = environment.encryption?.kind === 'kms-key' ? environment.encryption.arn : null
  const keyId = key?.includes('{region}') === true ? { 'Fn::Sub': key.replaceAll('{region}', '${AWS::Region}') } : key
  const byDefault = key === null ? { SSEAlgorithm: 'AES256' } : { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: keyId }
  return {
    Bucket: {
      Type: 'AWS::S3::Bucket',
      Condition: 'MakeBucket',
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        BucketName: named,
        VersioningConfiguration: { Status: 'Enabled' },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true
        },
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: byDefault }]
        },
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
        LifecycleConfiguration: {
          Rules: [{ Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } }]
        }
      }
    },
    BucketPolicy: {
      Type: 'AWS::S3::BucketPolicy',
      Condition: 'MakeBucket',
      Properties: {
        Bucket: { Ref: 'Bucket' },
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            {
              Sid: 'TlsOnly',
              Effect: 'Deny',
              Principal: '*',
              Action: 's3:*',
              Resource: [arn(''), arn('/*')],
              Condition: { Bool: { 'aws:SecureTransport': 'false' } }
            }
          ]
        }
      }
    }
  }
}

function isTrue(parameter: string): Json {
  return { 'Fn::Equals': [{ Ref: parameter }, 'true'] }
}
