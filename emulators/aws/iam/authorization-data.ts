/**
 * Which resources and condition keys each action knows. Source: Service Authorization Reference, "Actions, resources, and
 * condition keys for …" AWS Lambda, AWS CloudFormation, Amazon S3, AWS Systems Manager, AWS STS, AWS IAM. The part that layers need;
 * an action that is missing here is a defect of the emulator, never "allowed".
 */

export interface ActionData {
  /** Resource types; empty: IAM allows the action for Resource `*` only. */
  readonly resources: readonly ResourceType[]
  /** Beyond the global `aws:` keys that every request bears. */
  readonly conditionKeys: readonly string[]
  /** Changes state. */
  readonly write: boolean
}

/** ARN patterns in the reference's form, `${…}` for any text without a colon. */
export const resourceTypes = {
  layer: 'arn:${Partition}:lambda:${Region}:${Account}:layer:${LayerName}',
  layerVersion: 'arn:${Partition}:lambda:${Region}:${Account}:layer:${LayerName}:${LayerVersion}',
  function: 'arn:${Partition}:lambda:${Region}:${Account}:function:${FunctionName}',
  stack: 'arn:${Partition}:cloudformation:${Region}:${Account}:stack/${StackName}/${Id}',
  changeSet: 'arn:${Partition}:cloudformation:${Region}:${Account}:changeSet/${ChangeSetName}/${Id}',
  bucket: 'arn:${Partition}:s3:::${BucketName}',
  object: 'arn:${Partition}:s3:::${BucketName}/${ObjectName}',
  key: 'arn:${Partition}:kms:${Region}:${Account}:key/${KeyId}',
  parameter: 'arn:${Partition}:ssm:${Region}:${Account}:parameter/${ParameterName}',
  role: 'arn:${Partition}:iam::${Account}:role/${RoleName}',
  policy: 'arn:${Partition}:iam::${Account}:policy/${PolicyName}',
  user: 'arn:${Partition}:iam::${Account}:user/${UserName}'
} as const
type ResourceType = keyof typeof resourceTypes

type Row = readonly [write: 'read' | 'write', resources: string, conditionKeys?: string]

const s3Keys = 's3:ResourceAccount s3:authType s3:signatureversion s3:x-amz-content-sha256'
const kmsKeys = 'kms:ViaService kms:CallerAccount kms:EncryptionContextKeys kms:EncryptionContext:aws:s3:arn'
const changeSetKey = 'cloudformation:ChangeSetName'
const tagKeys = 'aws:RequestTag/${TagKey} aws:TagKeys'

const rows: Readonly<Record<string, Row>> = {
  'lambda:PublishLayerVersion': ['write', 'layer'],
  'lambda:GetLayerVersion': ['read', 'layerVersion'],
  'lambda:DeleteLayerVersion': ['write', 'layerVersion'],
  'lambda:AddLayerVersionPermission': ['write', 'layerVersion'],
  'lambda:RemoveLayerVersionPermission': ['write', 'layerVersion'],
  'lambda:GetLayerVersionPolicy': ['read', 'layerVersion'],
  'lambda:ListLayerVersions': ['read', ''],
  'lambda:ListLayers': ['read', ''],
  'lambda:ListFunctions': ['read', ''],
  'lambda:ListVersionsByFunction': ['read', 'function'],
  'lambda:ListAliases': ['read', 'function'],
  'lambda:GetFunctionConfiguration': ['read', 'function'],
  'lambda:UpdateFunctionConfiguration': ['write', 'function', 'lambda:Layer'],
  'lambda:ListTags': ['read', 'function'],

  'cloudformation:CreateChangeSet': [
    'write',
    'stack',
    `${changeSetKey} cloudformation:ResourceTypes cloudformation:ImportResourceTypes cloudformation:RoleArn cloudformation:StackPolicyUrl cloudformation:TemplateUrl ${tagKeys}`
  ],
  'cloudformation:DescribeChangeSet': ['read', 'stack changeSet', changeSetKey],
  'cloudformation:ExecuteChangeSet': ['write', 'stack changeSet', changeSetKey],
  'cloudformation:DeleteChangeSet': ['write', 'stack changeSet', changeSetKey],
  'cloudformation:ListChangeSets': ['read', 'stack'],
  'cloudformation:TagResource': ['write', 'stack changeSet', `cloudformation:CreateAction ${tagKeys}`],
  'cloudformation:CreateStack': ['write', 'stack', `cloudformation:RoleArn cloudformation:TemplateUrl ${tagKeys}`],
  'cloudformation:UpdateStack': ['write', 'stack', `cloudformation:RoleArn cloudformation:TemplateUrl ${tagKeys}`],
  'cloudformation:ContinueUpdateRollback': ['write', 'stack', 'cloudformation:RoleArn'],
  'cloudformation:DeleteStack': ['write', 'stack', 'cloudformation:RoleArn'],
  'cloudformation:UpdateTerminationProtection': ['write', 'stack'],
  'cloudformation:DescribeStacks': ['read', 'stack'],
  'cloudformation:DescribeStackEvents': ['read', 'stack'],
  'cloudformation:DescribeStackResources': ['read', 'stack'],
  'cloudformation:ListStackResources': ['read', 'stack'],
  'cloudformation:GetTemplate': ['read', 'stack'],
  'cloudformation:GetTemplateSummary': ['read', 'stack'],
  'cloudformation:ListStacks': ['read', ''],
  'cloudformation:ListExports': ['read', ''],
  'cloudformation:ListImports': ['read', ''],
  'cloudformation:ValidateTemplate': ['read', ''],

  's3:GetObject': ['read', 'object', s3Keys],
  's3:GetObjectVersion': ['read', 'object', `${s3Keys} s3:VersionId`],
  's3:PutObject': [
    'write',
    'object',
    `${s3Keys} s3:if-none-match s3:if-match s3:ObjectCreationOperation s3:x-amz-acl s3:x-amz-server-side-encryption s3:x-amz-server-side-encryption-aws-kms-key-id s3:x-amz-storage-class`
  ],
  's3:DeleteObject': ['write', 'object', s3Keys],
  's3:AbortMultipartUpload': ['write', 'object', s3Keys],
  's3:ListBucket': ['read', 'bucket', `${s3Keys} s3:prefix s3:delimiter s3:max-keys`],
  's3:GetBucketLocation': ['read', 'bucket', s3Keys],
  's3:GetBucketVersioning': ['read', 'bucket', s3Keys],
  's3:GetBucketPublicAccessBlock': ['read', 'bucket', s3Keys],
  's3:GetBucketPolicy': ['read', 'bucket', s3Keys],
  's3:GetEncryptionConfiguration': ['read', 'bucket', s3Keys],
  's3:ListAllMyBuckets': ['read', ''],

  // The reference calls them writes; neither changes what anybody can see.
  'kms:GenerateDataKey': ['read', 'key', kmsKeys],
  'kms:Decrypt': ['read', 'key', kmsKeys],

  'ssm:PutParameter': ['write', 'parameter', `ssm:Overwrite ${tagKeys}`],
  'ssm:GetParameter': ['read', 'parameter'],
  'ssm:GetParameters': ['read', 'parameter'],
  'ssm:DeleteParameter': ['write', 'parameter'],
  'ssm:AddTagsToResource': ['write', 'parameter', tagKeys],
  'ssm:RemoveTagsFromResource': ['write', 'parameter', 'aws:TagKeys'],

  'iam:GetRole': ['read', 'role'],
  'iam:ListAttachedRolePolicies': ['read', 'role'],
  'iam:GetPolicy': ['read', 'policy'],
  'iam:GetPolicyVersion': ['read', 'policy'],
  'iam:ListAccessKeys': ['read', 'user'],
  'iam:SimulatePrincipalPolicy': ['read', 'role user'],

  'sts:GetCallerIdentity': ['read', '']
}

/** By the action in the reference's spelling. */
export const authorizationData: ReadonlyMap<string, ActionData> = new Map(
  Object.entries(rows).map(([action, [access, resources, conditionKeys = '']]) => [
    action,
    {
      resources: words(resources) as readonly ResourceType[],
      conditionKeys: words(conditionKeys),
      write: access === 'write'
    }
  ])
)

function words(text: string): readonly string[] {
  return text.split(' ').filter(word => word !== '')
}
