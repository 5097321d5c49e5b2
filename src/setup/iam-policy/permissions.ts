/** What each run asks of AWS, as data: the one table that policies, the page docs/iam-policy.md and the comments are made from. */
import { artifactBucketOf, kmsKeyOf, layerNameOf, stackNameOf } from '../../model/naming/names.js'
import type { Config, Environment } from '../../model/index.js'
import { accessPermissions } from './access-permissions.js'
import { operationPermissions, operationPurposes, type OperationPurpose } from './operation-permissions.js'
import { mostSingleReads } from '../../publish-layers/engines/listing.js'
import { allow, type Permission } from './permission.js'

type BasePurpose = 'plan' | 'deploy'
/** `plan` only reads; `deploy` holds all that a plan reads, too, and `rollback` all that a deploy does. */
export type Purpose = BasePurpose | OperationPurpose
export const purposes: readonly Purpose[] = ['plan', 'deploy', ...operationPurposes]

/** How the layers of an environment are named in resources. */
export type NameScope = 'exact' | 'pattern'

interface Names {
  readonly environment: Environment
  readonly layers: readonly string[]
  readonly stacks: readonly string[]
  readonly buckets: readonly string[]
  /** The layers of a region are read by pages of all that is there. */
  readonly byPages: boolean
}

/** Sources: Service Authorization Reference (resource types, condition keys); AWS::Lambda::LayerVersion, "handlers" of its schema. */
export function permissionsFor(
  config: Config,
  environment: Environment,
  purpose: Purpose,
  scope: NameScope
): readonly Permission[] {
  const names = namesOf(config, environment, scope)
  if (purpose !== 'plan' && purpose !== 'deploy') {
    // What names its layers reads them one by one.
    const single = { ...names, byPages: false }
    const base =
      purpose === 'rollback'
        ? basePermissions(config, names, 'deploy', scope)
        : basePermissions(config, single, 'plan', scope).filter(({ sid }) => sid !== packageReads && sid !== packageKey)
    const withLists =
      purpose === 'history' ? [listBuckets(names), ...base.filter(({ sid }) => sid !== bucketLists)] : base
    const resources = {
      versions: layerArns(names, ':*'),
      artifacts: objects(names, 'artifacts', '/*'),
      buckets: bucketArns(names),
      functions: functionArns(config, environment),
      keys: kmsKeys(environment)
    }
    return operationPermissions(purpose, environment, withLists, resources)
  }
  return basePermissions(config, names, purpose, scope)
}

function basePermissions(config: Config, names: Names, purpose: BasePurpose, scope: NameScope): readonly Permission[] {
  const { environment } = names
  const engine = environment.engine === 'cloudformation' ? stackPermissions : directPermissions
  const layers = scope === 'exact' ? config.layers : [{ id: '*' }]
  const access = purpose === 'plan' ? [] : accessPermissions(environment, layers, layerArns(names, ':*'))
  return [...engine(names, purpose), ...encryptionKey(environment, purpose), ...access, ...guardRails(names, purpose)]
}

/** IAM's `*` means what ours does. */
function functionArns(config: Config, { partition, accountId, regions }: Environment): readonly string[] {
  const named = unique(config.layers.flatMap(({ consumers }) => consumers?.functions ?? []))
  return regions.flatMap(region => named.map(name => `arn:${partition}:lambda:${region}:${accountId}:function:${name}`))
}

/** @param scope `pattern`: one name with `*` in place of the layer id */
function namesOf(config: Config, environment: Environment, scope: NameScope): Names {
  const layers = scope === 'exact' ? config.layers : [{ id: '*' }]
  return {
    environment,
    layers: unique(layers.map(layer => layerNameOf(environment, layer))),
    stacks: unique(layers.map(layer => stackNameOf(environment, layer))),
    buckets: unique(environment.regions.map(region => artifactBucketOf(environment, region))),
    byPages: config.layers.length > mostSingleReads
  }
}

function stackPermissions(names: Names, purpose: BasePurpose): readonly Permission[] {
  const stacks = regional(
    names,
    'cloudformation',
    names.stacks.map(name => `stack/${name}/*`)
  )
  const reading = [
    ...readStacks(names, stacks),
    ...(names.environment.recreateFailedStacks
      ? [
          allow('ReadFailedStacks', stacks, {
            'cloudformation:DescribeStackResources': 'recreate-failed-stacks: whether a failed stack holds a version'
          })
        ]
      : []),
    readVersions(names)
  ]
  if (purpose === 'plan') return [...reading, readPackages(names)]
  return [
    ...reading,
    ...(names.environment.recreateFailedStacks
      ? [
          allow('DeleteFailedStacks', stacks, {
            'cloudformation:DeleteStack': 'recreate-failed-stacks is configured'
          })
        ]
      : []),
    allow('ReadStackEvents', stacks, { 'cloudformation:DescribeStackEvents': 'why a stack failed' }),
    allow(
      'ChangeStacks',
      stacks,
      {
        'cloudformation:CreateChangeSet': 'every change goes through a change set',
        'cloudformation:DescribeChangeSet': 'what it would do, before it is executed',
        'cloudformation:ExecuteChangeSet': 'the deploy itself',
        'cloudformation:DeleteChangeSet': 'change sets without a change, or that a killed run left'
      },
      { StringLike: { 'cloudformation:ChangeSetName': 'layer-deploy-*' } }
    ),
    ...(names.environment.terminationProtection === null
      ? []
      : [
          allow('ProtectStacks', stacks, {
            'cloudformation:UpdateTerminationProtection': 'termination-protection is configured'
          })
        ]),
    allow('TagStacks', stacks, { 'cloudformation:TagResource': 'digests and commits stand in stack tags' }),
    allow(
      'PublishThroughStacks',
      layerArns(names, ''),
      { 'lambda:PublishLayerVersion': "CloudFormation publishes with the caller's rights, and only it may" },
      { 'ForAnyValue:StringEquals': { 'aws:CalledVia': 'cloudformation.amazonaws.com' } }
    ),
    artifacts(names),
    listBuckets(names)
  ]
}

function directPermissions(names: Names, purpose: BasePurpose): readonly Permission[] {
  const state = objects(names, 'state', '.json')
  const reading = [
    inRegions(names, 'ListVersions', {
      'lambda:ListLayerVersions': 'finds a version that a killed run left; IAM knows no resource for it'
    }),
    ...(names.byPages
      ? [inRegions(names, 'ListLayers', { 'lambda:ListLayers': `${pagesWhy}; without it they are read one by one` })]
      : []),
    readVersions(names),
    listBuckets(names)
  ]
  if (purpose === 'plan') {
    return [
      ...reading,
      inAccount(names, 'ReadState', state, { 's3:GetObject': 'what is deployed stands in a state file' }),
      readPackages(names)
    ]
  }
  return [
    ...reading,
    inAccount(names, 'State', state, {
      's3:GetObject': 'what is deployed stands in a state file',
      's3:PutObject': 'replaces the state file by compare and swap'
    }),
    allow('Publish', layerArns(names, ''), { 'lambda:PublishLayerVersion': 'the deploy itself' }),
    artifacts(names)
  ]
}

const pagesWhy = `more than ${mostSingleReads} layers are read by pages; IAM knows no resource for it`

/** DescribeStacks, AWS CloudFormation API reference: of a call that names no stack, "this requires ListStacks and DescribeStacks". */
function readStacks(names: Names, stacks: readonly string[]): readonly Permission[] {
  const why = 'what is deployed: status, tags, output'
  if (!names.byPages) return [allow('ReadStacks', stacks, { 'cloudformation:DescribeStacks': why })]
  return [
    inRegions(names, 'ReadStacks', { 'cloudformation:DescribeStacks': `${why}, by pages of all stacks` }),
    inRegions(names, 'ListByPages', {
      'cloudformation:ListStacks': 'asked for along with DescribeStacks of a call that names no stack',
      'lambda:ListLayers': `${pagesWhy}; without it they are read one by one`
    })
  ]
}

/** What IAM knows no resource for. */
function inRegions({ environment }: Names, sid: string, actions: Readonly<Record<string, string>>): Permission {
  return allow(sid, ['*'], actions, { StringEquals: { 'aws:RequestedRegion': environment.regions } })
}

function readVersions(names: Names): Permission {
  const why = 'the CodeSha256 of the version is compared with ours, by the run and by CloudFormation'
  return allow('ReadVersions', layerArns(names, ':*'), { 'lambda:GetLayerVersion': why })
}

/** Sids: only a plan and a deploy say which packages change. */
const [packageReads, packageKey] = ['ReadArtifacts', 'ReadArtifactsWithKey'] as const

/** Without it a preview is the same, but for the packages that change. */
function readPackages(names: Names): Permission {
  return inAccount(names, packageReads, objects(names, 'artifacts', '/*'), {
    's3:GetObject': 'which packages change is read from the end of the deployed archive and its bill of materials'
  })
}

function artifacts(names: Names): Permission {
  return inAccount(names, 'Artifacts', objects(names, 'artifacts', '/*'), {
    's3:GetObject': "the stored checksum is compared; Lambda reads the archive with the caller's rights",
    's3:PutObject': 'uploads the archive, and its bill of materials',
    's3:AbortMultipartUpload': 'removes the parts of an upload that failed'
  })
}

/** "Protecting data with SSE-KMS", Amazon S3 User Guide: an upload in parts and every read decrypt. */
function encryptionKey(environment: Environment, purpose: BasePurpose): readonly Permission[] {
  const keys = kmsKeys(environment)
  if (keys.length === 0) return []
  const decrypt = { 'kms:Decrypt': "reads what is encrypted; Lambda reads the archive with the caller's rights" }
  return [
    purpose === 'plan'
      ? allow(environment.engine === 'lambda' ? 'ReadWithKey' : packageKey, keys, decrypt)
      : allow('EncryptWithKey', keys, { 'kms:GenerateDataKey': 'encryption is configured', ...decrypt })
  ]
}

function kmsKeys(environment: Environment): readonly string[] {
  return unique(environment.regions.flatMap(region => kmsKeyOf(environment, region) ?? []))
}

const bucketLists = 'NotFoundInsteadOfDenied'

/** GetObject, Amazon S3 API reference: without s3:ListBucket a missing object is answered with 403 in place of 404. */
function listBuckets(names: Names): Permission {
  return allow(
    bucketLists,
    bucketArns(names),
    { 's3:ListBucket': 'an object that is not there yet is told from one that is denied' },
    {
      StringEquals: { 's3:ResourceAccount': names.environment.accountId },
      // The check behind a missing object names no prefix.
      StringLikeIfExists: { 's3:prefix': 'layer-deploy/*' }
    }
  )
}

/** Denials that hold even where another policy of the role allows more. */
function guardRails(names: Names, purpose: BasePurpose): readonly Permission[] {
  const tls: Permission = {
    sid: 'TlsOnly',
    effect: 'Deny',
    actions: ['*'],
    resources: ['*'],
    condition: { BoolIfExists: { 'aws:SecureTransport': 'false' } },
    why: ['nothing is asked for without TLS']
  }
  if (purpose === 'plan') return [tls]
  const writeOnce: Permission = {
    sid: 'ArtifactsWriteOnce',
    effect: 'Deny',
    actions: ['s3:PutObject'],
    resources: bucketArns(names).map(arn => `${arn}/layer-deploy/artifacts/*`),
    // "Enforce conditional writes on Amazon S3 buckets", Amazon S3 User Guide: parts of an upload bear no condition.
    condition: { Null: { 's3:if-none-match': 'true' }, Bool: { 's3:ObjectCreationOperation': 'true' } },
    why: ['an archive is never written over']
  }
  return [writeOnce, tls]
}

function inAccount(
  names: Names,
  sid: string,
  resources: readonly string[],
  actions: Readonly<Record<string, string>>
): Permission {
  return allow(sid, resources, actions, { StringEquals: { 's3:ResourceAccount': names.environment.accountId } })
}

/** @param suffix empty for the layer, `:*` for its versions */
function layerArns(names: Names, suffix: '' | ':*'): readonly string[] {
  return regional(
    names,
    'lambda',
    names.layers.map(name => `layer:${name}${suffix}`)
  )
}

function regional({ environment }: Names, service: string, resources: readonly string[]): readonly string[] {
  const { partition, accountId, regions } = environment
  return regions.flatMap(region => resources.map(name => `arn:${partition}:${service}:${region}:${accountId}:${name}`))
}

function bucketArns({ environment, buckets }: Names): readonly string[] {
  return buckets.map(bucket => `arn:${environment.partition}:s3:::${bucket}`)
}

function objects(names: Names, folder: 'artifacts' | 'state', suffix: string): readonly string[] {
  return bucketArns(names).flatMap(arn => names.layers.map(name => `${arn}/layer-deploy/${folder}/${name}${suffix}`))
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)]
}
