/** AWS Lambda, as far as layers go: REST JSON over HTTP. */
import type { AwsRequest, AwsResponse, Operation, Service, World } from '../world.js'
import { partitionOf } from '../world-state.js'
import { answering, AwsError } from './aws-error.js'
import { listAliases, listFunctions, listVersionsByFunction } from './function-calls.js'
import { getFunctionConfiguration, listTags, updateFunctionConfiguration } from './function-configuration.js'
import { getVersion, getVersionByArn, listLayers, listVersions, publish, removeVersion } from './layer-calls.js'
import { addVersionPermission, getVersionPolicy, removeVersionPermission } from './layer-policy-calls.js'
import { routeOf, type Route } from './routes.js'

export const lambdaService: Service = {
  name: 'lambda',
  operation: request => operationOf(request, routeOf(request)),
  handle: (request, world) =>
    answering(
      () => answer(world, request, routeOf(request)),
      error => errorResponse(request, error.code, error.message, error.status)
    ),
  error: errorResponse
}

/** IAM's names and resources. Source: Service Authorization Reference, "Actions, resources, and condition keys for AWS Lambda". */
function operationOf(request: AwsRequest, route: Route): Operation {
  const layer = (nameOrArn: string): string =>
    nameOrArn.startsWith('arn:')
      ? nameOrArn
      : `arn:${partitionOf(request.region)}:lambda:${request.region}:${request.principal.accountId}:layer:${nameOrArn}`
  switch (route.call) {
    case 'PublishLayerVersion':
      return { action: 'lambda:PublishLayerVersion', resource: layer(route.layerName), write: true }
    case 'DeleteLayerVersion':
      return {
        action: 'lambda:DeleteLayerVersion',
        resource: `${layer(route.layerName)}:${route.version}`,
        write: true
      }
    case 'AddLayerVersionPermission':
    case 'RemoveLayerVersionPermission':
    case 'GetLayerVersionPolicy': {
      const resource = `${layer(route.layerName)}:${route.version}`
      return { action: `lambda:${route.call}`, resource, write: route.call !== 'GetLayerVersionPolicy' }
    }
    case 'GetLayerVersion':
      return { action: 'lambda:GetLayerVersion', resource: `${layer(route.layerName)}:${route.version}`, write: false }
    case 'GetLayerVersionByArn':
      return { action: 'lambda:GetLayerVersion', resource: route.arn, write: false, api: 'GetLayerVersionByArn' }
    case 'ListTags':
      return { action: 'lambda:ListTags', resource: route.arn, write: false }
    case 'GetFunctionConfiguration':
    case 'UpdateFunctionConfiguration':
    case 'ListVersionsByFunction':
    case 'ListAliases': {
      const { partition, accountId } = {
        partition: partitionOf(request.region),
        accountId: request.principal.accountId
      }
      const resource = `arn:${partition}:lambda:${request.region}:${accountId}:function:${route.functionName}`
      return { action: `lambda:${route.call}`, resource, write: route.call === 'UpdateFunctionConfiguration' }
    }
    case 'ListLayerVersions':
    case 'ListLayers':
    case 'ListFunctions':
    case 'Unknown':
      return { action: `lambda:${route.call}`, resource: '*', write: false }
  }
}

function answer(world: World, request: AwsRequest, route: Route): AwsResponse {
  switch (route.call) {
    case 'PublishLayerVersion':
      return json(request, 201, publish(world, request, route.layerName))
    case 'AddLayerVersionPermission':
      return json(request, 201, addVersionPermission(world, request, route.layerName, route.version))
    case 'GetLayerVersionPolicy':
      return json(request, 200, getVersionPolicy(world, request, route.layerName, route.version))
    case 'RemoveLayerVersionPermission':
      removeVersionPermission(world, request, route)
      return { status: 204, headers: { 'x-amzn-requestid': request.requestId } }
    case 'GetLayerVersion':
      return json(request, 200, getVersion(world, request, route.layerName, route.version))
    case 'GetLayerVersionByArn':
      return json(request, 200, getVersionByArn(world, request, route.arn))
    case 'ListLayerVersions':
      return json(request, 200, listVersions(world, request, route.layerName))
    case 'ListLayers':
      return json(request, 200, listLayers(world, request))
    case 'ListFunctions':
      return json(request, 200, listFunctions(world, request))
    case 'ListVersionsByFunction':
      return json(request, 200, listVersionsByFunction(world, request, route.functionName))
    case 'ListAliases':
      return json(request, 200, listAliases(world, request, route.functionName))
    case 'GetFunctionConfiguration':
      return json(request, 200, getFunctionConfiguration(world, request, route.functionName))
    case 'UpdateFunctionConfiguration':
      return json(request, 200, updateFunctionConfiguration(world, request, route.functionName))
    case 'ListTags':
      return json(request, 200, listTags(world, request, route.arn))
    case 'DeleteLayerVersion':
      removeVersion(world, request, route.layerName, route.version)
      return { status: 204, headers: { 'x-amzn-requestid': request.requestId } }
    case 'Unknown':
      throw new AwsError(
        'UnknownOperationException',
        `The emulator does not implement ${request.method} ${request.path}`,
        404
      )
  }
}

function json(request: AwsRequest, status: number, body: Readonly<Record<string, unknown>>): AwsResponse {
  const headers = { 'content-type': 'application/json', 'x-amzn-requestid': request.requestId }
  return { status, headers, body: JSON.stringify(body) }
}

function errorResponse(request: AwsRequest, code: string, message: string, status: number): AwsResponse {
  const answered = json(request, status, { Type: status < 500 ? 'User' : 'Service', message, Message: message })
  return { ...answered, headers: { ...answered.headers, 'x-amzn-errortype': code } }
}
