/** One function's configuration: read, its layers replaced, its tags. Sources: AWS Lambda API reference, "GetFunctionConfiguration", "UpdateFunctionConfiguration", "ListTags". */
import { z } from 'zod'
import type { AwsRequest, FunctionRecord, World } from '../world.js'
import { AwsError, notAuthorized } from './aws-error.js'
import { configuration, requireFunction } from './function-calls.js'
import { parseJson } from './layer-calls.js'
import { findLayerVersion } from './layers.js'

type Json = Readonly<Record<string, unknown>>

const updateBody = z.strictObject({
  Layers: z.array(z.string()).optional(),
  RevisionId: z.string().optional()
})

/** "Lambda quotas": layers a function; function and layers unzipped. */
const maximumLayers = 5

export function getFunctionConfiguration(world: World, request: AwsRequest, name: string): Json {
  const found = requireFunction(world, request, name)
  const shown = whole(found)
  if (found.updating > 0) settle(world, request, { ...found, updating: found.updating - 1 })
  return shown
}

export function updateFunctionConfiguration(world: World, request: AwsRequest, name: string): Json {
  const found = requireFunction(world, request, name)
  const parsed = updateBody.safeParse(parseJson(request.body))
  if (!parsed.success)
    throw new AwsError('InvalidParameterValueException', parsed.error.issues[0]?.message ?? 'invalid')
  const { Layers, RevisionId } = parsed.data
  if (found.updating > 0) {
    const message = `The operation cannot be performed at this time. An update is in progress for resource: ${found.arn}`
    throw new AwsError('ResourceConflictException', message, 409)
  }
  if (RevisionId !== undefined && RevisionId !== revisionOf(found)) {
    const message =
      'The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id'
    throw new AwsError('PreconditionFailedException', message, 412)
  }
  if (Layers !== undefined) checkLayers(world, request, Layers)
  const versions = found.versions.map(one =>
    one.version === '$LATEST' && Layers !== undefined ? { ...one, layers: Layers } : one
  )
  const failure = found.failsWith.find(({ layer }) => Layers?.includes(layer))?.reason ?? null
  const updated = { ...found, versions, revision: found.revision + 1, updating: found.updateReads, failure }
  settle(world, request, updated)
  return whole(updated)
}

export function listTags(world: World, request: AwsRequest, arn: string): Json {
  const { accountId } = request.principal
  const name = arn.split(':').at(6) ?? ''
  const found = world.region(accountId, request.region).functions.get(name)
  if (found?.arn !== arn) throw new AwsError('ResourceNotFoundException', `Function not found: ${arn}`, 404)
  return { Tags: found.tags }
}

function checkLayers(world: World, request: AwsRequest, layers: readonly string[]): void {
  if (layers.length > maximumLayers)
    throw new AwsError('InvalidParameterValueException', 'Layers consume more than the available 5 layers.')
  const names = layers.map(arn => arn.slice(0, arn.lastIndexOf(':')))
  if (new Set(names).size < names.length) {
    const message = 'Two different versions of the same layer are not allowed to be referenced in the same function.'
    throw new AwsError('InvalidParameterValueException', message)
  }
  for (const arn of layers) {
    const [, , , region = '', account = '', , name = '', version = ''] = arn.split(':')
    if (account !== request.principal.accountId) continue
    const wanted = { action: 'lambda:GetLayerVersion', resource: arn, write: false }
    if (request.allows?.(wanted) === false) throw notAuthorized(request, wanted.action, arn, 'identity-based')
    try {
      findLayerVersion(world.region(account, region), name, Number(version))
    } catch {
      throw new AwsError('InvalidParameterValueException', `Layer version ${arn} does not exist.`)
    }
  }
}

function settle(world: World, request: AwsRequest, record: FunctionRecord): void {
  world.region(request.principal.accountId, request.region).functions.set(record.name, record)
}

function revisionOf({ name, revision }: FunctionRecord): string {
  return `${name}-revision-${revision}`
}

function whole(record: FunctionRecord): Json {
  const [latest] = record.versions
  if (latest === undefined) throw new Error(`the function ${record.name} has no $LATEST`)
  const failed = record.updating === 0 && record.failure !== null
  return {
    ...configuration(record, latest),
    RevisionId: revisionOf(record),
    LastUpdateStatus: record.updating > 0 ? 'InProgress' : failed ? 'Failed' : 'Successful',
    ...(failed && { LastUpdateStatusReason: record.failure, LastUpdateStatusReasonCode: 'InternalError' })
  }
}
