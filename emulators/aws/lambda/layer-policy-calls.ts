/** The calls on a layer version's policy: request members in, response members out. */
import { z } from 'zod'
import type { AwsRequest, LayerVersionRecord, World } from '../world.js'
import { AwsError } from './aws-error.js'
import { parseJson, reach, versionNumber } from './layer-calls.js'
import { addPermission, policyOf, removePermission, revisionOf } from './layer-permissions.js'
import { findLayerVersion } from './layers.js'

type Json = Readonly<Record<string, unknown>>

const permissionBody = z.strictObject({
  Action: z.string(),
  OrganizationId: z.string().optional(),
  Principal: z.string(),
  StatementId: z.string()
})

export function addVersionPermission(world: World, request: AwsRequest, layerName: string, version: string): Json {
  const parsed = permissionBody.safeParse(parseJson(request.body))
  if (!parsed.success) throw new AwsError('SerializationException', z.prettifyError(parsed.error).replace(/\n/g, ' '))
  const record = versionOf(world, request, layerName, version, 'lambda:AddLayerVersionPermission')
  const statement = addPermission(record, parsed.data, request.query.get('RevisionId'))
  return { Statement: JSON.stringify(statement), RevisionId: revisionOf(record) }
}

export function getVersionPolicy(world: World, request: AwsRequest, layerName: string, version: string): Json {
  return policyOf(versionOf(world, request, layerName, version, 'lambda:GetLayerVersionPolicy'))
}

export function removeVersionPermission(
  world: World,
  request: AwsRequest,
  route: { readonly layerName: string; readonly version: string; readonly statementId: string }
): void {
  const { layerName, version, statementId } = route
  const record = versionOf(world, request, layerName, version, 'lambda:RemoveLayerVersionPermission')
  removePermission(record, statementId, request.query.get('RevisionId'))
}

function versionOf(
  world: World,
  request: AwsRequest,
  nameOrArn: string,
  version: string,
  action: string
): LayerVersionRecord {
  const { state, name } = reach(world, request, nameOrArn, action)
  return findLayerVersion(state, name, versionNumber(version))
}
