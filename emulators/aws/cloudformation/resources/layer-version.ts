/**
 * AWS::Lambda::LayerVersion. Every property is "Update requires: Replacement", and Ref is the layer version ARN.
 * Source: AWS::Lambda::LayerVersion in the CloudFormation Template Reference.
 */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { deleteLayerVersion, layerArn, ownLayerName, publishLayerVersion } from '../../lambda/layers.js'
import type { RegionState } from '../../world.js'
import { authorize, type PropertyRule, type ResourceContext, type ResourceType } from './resource-type.js'

const replaced = (shape: PropertyRule['shape'], required = false): PropertyRule => ({
  shape,
  required,
  recreation: 'Always'
})

const publishable = z.object({
  LayerName: z.string().optional(),
  Content: z.object({
    S3Bucket: z.string(),
    S3Key: z.string(),
    S3ObjectVersion: z.string().optional()
  }),
  Description: z.string().optional(),
  LicenseInfo: z.string().optional(),
  CompatibleRuntimes: z.array(z.string()).optional(),
  CompatibleArchitectures: z.array(z.string()).optional()
})

export const layerVersion: ResourceType = {
  name: 'AWS::Lambda::LayerVersion',
  service: 'Lambda',
  properties: {
    CompatibleArchitectures: replaced('string-list'),
    CompatibleRuntimes: replaced('string-list'),
    Content: replaced({ S3Bucket: 'string', S3Key: 'string', S3ObjectVersion: 'string' }, true),
    Description: replaced('string'),
    LayerName: replaced('string'),
    LicenseInfo: replaced('string')
  },
  attributes: ['LayerVersionArn'],
  taggable: false,
  create(context, properties) {
    const { LayerName = generatedName(context), ...input } = publishable.parse(properties)
    authorize(context, 'lambda:PublishLayerVersion', layerArn(regionOf(context), bareName(context, LayerName)))
    const { arn } = publishLayerVersion(context.world, context.caller, { ...input, LayerName })
    // The handler reads back what it made: "handlers" in the resource type's schema.
    authorize(context, 'lambda:GetLayerVersion', arn)
    return arn
  },
  update() {
    throw new Error('AWS::Lambda::LayerVersion is never updated in place')
  },
  remove(context, physicalId) {
    authorize(context, 'lambda:DeleteLayerVersion', physicalId)
    const parts = /:layer:([^:]+):(\d+)$/.exec(physicalId)
    deleteLayerVersion(regionOf(context), parts?.[1] ?? '', Number(parts?.[2]))
  },
  attribute: (_context, physicalId) => physicalId
}

function regionOf({ world, caller }: ResourceContext): RegionState {
  return world.region(caller.principal.accountId, caller.region)
}

function bareName(context: ResourceContext, nameOrArn: string): string {
  return ownLayerName(regionOf(context), nameOrArn, 'lambda:PublishLayerVersion', context.caller)
}

/** Where the template names no layer: the logical id and what tells this stack from others. */
function generatedName({ stackId, logicalId }: ResourceContext): string {
  return `${logicalId}${createHash('sha256').update(`${stackId} ${logicalId}`).digest('hex').slice(0, 12)}`
}
