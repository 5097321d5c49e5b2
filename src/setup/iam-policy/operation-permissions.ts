/** What rollback, prune, discover and history ask of AWS: what a plan reads, or a deploy does, and what each needs beside it. */
import type { Environment } from '../../model/index.js'
import { allow, type Permission } from './permission.js'

export const operationPurposes = ['rollback', 'prune', 'discover', 'history', 'rollout'] as const
export type OperationPurpose = (typeof operationPurposes)[number]

interface Resources {
  /** Versions of the configured layers. */
  readonly versions: readonly string[]
  /** Artifacts of the configured layers. */
  readonly artifacts: readonly string[]
  /** The environment's buckets. */
  readonly buckets: readonly string[]
  /** Functions that the configuration names for `rollout`. */
  readonly functions: readonly string[]
  /** Of AWS KMS, that encrypt the objects. */
  readonly keys: readonly string[]
}

/**
 * Sources: Service Authorization Reference; DescribeStacks, AWS CloudFormation API reference ("This requires ListStacks and
 * DescribeStacks permissions", of a call that names no stack).
 * @param base what a deploy may, for `rollback`; what a plan may, for the others
 */
export function operationPermissions(
  purpose: OperationPurpose,
  environment: Environment,
  base: readonly Permission[],
  resources: Resources
): readonly Permission[] {
  const further = furtherOf(purpose, environment, resources)
  const named = new Set(further.map(({ sid }) => sid))
  return [...base.filter(({ sid }) => !named.has(sid)), ...further]
}

function furtherOf(
  purpose: OperationPurpose,
  environment: Environment,
  { versions, artifacts, buckets, functions: movable, keys }: Resources
): readonly Permission[] {
  const { partition, accountId, regions } = environment
  const listed = (sid: string, actions: Readonly<Record<string, string>>): Permission =>
    allow(sid, ['*'], actions, { StringEquals: { 'aws:RequestedRegion': regions } })
  const everywhere = (resource: string): readonly string[] =>
    regions.map(region => `arn:${partition}:lambda:${region}:${accountId}:${resource}`)
  const listVersions = (why: string): Permission => listed('ListVersions', { 'lambda:ListLayerVersions': why })
  // In place of the permission for the own stacks alone.
  const readStacks = listed('ReadStacks', {
    'cloudformation:DescribeStacks': "every stack's outputs: one may name a layer version",
    'cloudformation:ListStacks': 'asked for along with DescribeStacks of a call that names no stack'
  })
  const functions = { 'lambda:ListFunctions': 'who uses which version; IAM knows no resource for it' }
  switch (purpose) {
    case 'rollback':
      return [listVersions('finds the version before, and what a killed run left; IAM knows no resource for it')]
    case 'prune':
      return [
        listVersions('which versions there are; IAM knows no resource for it'),
        listed('ListFunctions', functions),
        readStacks,
        allow('DeleteVersions', versions, {
          'lambda:DeleteLayerVersion': 'the prune itself, of configured layers only'
        })
      ]
    case 'discover':
      return [
        listVersions('which versions there are; IAM knows no resource for it'),
        listed('ListFunctions', { ...functions, 'lambda:ListLayers': 'layers that nobody configured are shown, too' }),
        readStacks,
        ...readPolicies(everywhere('layer:*:*'), buckets, accountId),
        allow('ReadAliases', everywhere('function:*'), {
          'lambda:ListAliases': 'which alias points to a function version that uses a layer'
        })
      ]
    case 'rollout':
      return [
        listed('ListFunctions', {
          'lambda:ListFunctions': 'which functions the names mean; IAM knows no resource for it'
        }),
        ...(movable.length === 0 ? [] : [moveFunctions(movable)])
      ]
    case 'history':
      return [
        listVersions('which versions there are; IAM knows no resource for it'),
        allow(
          'ReadArtifacts',
          artifacts,
          { 's3:GetObject': 'the record beside an archive names the commit that built it' },
          { StringEquals: { 's3:ResourceAccount': accountId } }
        ),
        ...(keys.length === 0 ? [] : [allow('ReadWithKey', keys, { 'kms:Decrypt': 'the archives are encrypted' })])
      ]
  }
}

/** Who reaches the versions and the objects. */
function readPolicies(
  versions: readonly string[],
  buckets: readonly string[],
  accountId: string
): readonly [Permission, Permission] {
  return [
    allow('ReadVersions', versions, {
      'lambda:GetLayerVersion': 'the SHA-256 of each version',
      'lambda:GetLayerVersionPolicy': 'who each version is shared with'
    }),
    allow(
      'ReadBucketPolicy',
      buckets,
      { 's3:GetBucketPolicy': 'what the bucket lets other accounts do' },
      { StringEquals: { 's3:ResourceAccount': accountId } }
    )
  ]
}

function moveFunctions(movable: readonly string[]): Permission {
  return allow('MoveFunctions', movable, {
    'lambda:GetFunctionConfiguration': 'the layers of a function, and whether its update has finished',
    'lambda:ListTags': 'the tag that pins the version',
    'lambda:UpdateFunctionConfiguration': 'the rollout itself, of the functions that the configuration names'
  })
}
