/**
 * AWS::Lambda::LayerVersionPermission. Every property is "Update requires: Replacement"; Ref is the statement's id behind the
 * version's ARN. Source: AWS::Lambda::LayerVersionPermission in the CloudFormation Template Reference.
 */
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { AwsError } from '../../lambda/aws-error.js'
import { addPermission, removePermission } from '../../lambda/layer-permissions.js'
import { findLayerVersion } from '../../lambda/layers.js'
import type { LayerVersionRecord } from '../../world.js'
import { authorize, type PropertyRule, type ResourceContext, type ResourceType } from './resource-type.js'

const replaced = (required: boolean): PropertyRule => ({ shape: 'string', required, recreation: 'Always' })

const shareable = z.object({
  Action: z.string(),
  LayerVersionArn: z.string(),
  OrganizationId: z.string().optional(),
  Principal: z.string()
})

export const layerVersionPermission: ResourceType = {
  name: 'AWS::Lambda::LayerVersionPermission',
  service: 'Lambda',
  properties: {
    Action: replaced(true),
    LayerVersionArn: replaced(true),
    OrganizationId: replaced(false),
    Principal: replaced(true)
  },
  attributes: ['Id'],
  taggable: false,
  create(context, properties) {
    const { LayerVersionArn, ...input } = shareable.parse(properties)
    authorize(context, 'lambda:AddLayerVersionPermission', LayerVersionArn)
    const StatementId = randomUUID()
    addPermission(versionOf(context, LayerVersionArn), { ...input, StatementId }, null)
    // The handler reads back what it made: "handlers" in the resource type's schema.
    authorize(context, 'lambda:GetLayerVersionPolicy', LayerVersionArn)
    return `${LayerVersionArn}#${StatementId}`
  },
  update() {
    throw new Error('AWS::Lambda::LayerVersionPermission is never updated in place')
  },
  remove(context, physicalId) {
    const [arn = '', statementId = ''] = physicalId.split('#')
    authorize(context, 'lambda:GetLayerVersionPolicy', arn)
    authorize(context, 'lambda:RemoveLayerVersionPermission', arn)
    try {
      removePermission(versionOf(context, arn), statementId, null)
    } catch (thrown) {
      if (!(thrown instanceof AwsError) || thrown.code !== 'ResourceNotFoundException') throw thrown
    }
  },
  attribute: (_context, physicalId) => physicalId
}

function versionOf({ world, caller }: ResourceContext, arn: string): LayerVersionRecord {
  const state = world.region(caller.principal.accountId, caller.region)
  const [, name = '', version = ''] = /:layer:([^:]+):(\d+)$/.exec(arn) ?? []
  return findLayerVersion(state, name, Number(version))
}
