/** Which Lambda call a request is. Source: AWS Lambda API Reference, "Request Syntax" of each layer action. */
import type { AwsRequest } from '../world.js'

export type Route =
  | { readonly call: 'PublishLayerVersion' | 'ListLayerVersions'; readonly layerName: string }
  | { readonly call: 'GetLayerVersion' | 'DeleteLayerVersion'; readonly layerName: string; readonly version: string }
  | {
      readonly call: 'AddLayerVersionPermission' | 'GetLayerVersionPolicy'
      readonly layerName: string
      readonly version: string
    }
  | {
      readonly call: 'RemoveLayerVersionPermission'
      readonly layerName: string
      readonly version: string
      readonly statementId: string
    }
  | { readonly call: 'GetLayerVersionByArn'; readonly arn: string }
  | { readonly call: 'ListLayers' | 'ListFunctions' }
  | {
      readonly call:
        'ListVersionsByFunction' | 'ListAliases' | 'GetFunctionConfiguration' | 'UpdateFunctionConfiguration'
      readonly functionName: string
    }
  | { readonly call: 'ListTags'; readonly arn: string }
  | { readonly call: 'Unknown' }

const root = '/2018-10-31/layers'

export function routeOf(request: AwsRequest): Route {
  const { method, query } = request
  const path = request.path.replace(/\/$/, '')
  if (path === root && method === 'GET') {
    if (query.get('find') === 'LayerVersion') return { call: 'GetLayerVersionByArn', arn: query.get('Arn') ?? '' }
    return query.has('find') ? { call: 'Unknown' } : { call: 'ListLayers' }
  }
  if (/^\/2015-03-31\/functions(\/|$)/.test(path)) return functionRoute(method, path)
  const [, tagged] = /^\/2017-03-31\/tags\/(.+)$/.exec(path) ?? []
  if (tagged !== undefined && method === 'GET') return { call: 'ListTags', arn: decodeURIComponent(tagged) }
  const policy = /^\/2018-10-31\/layers\/([^/]+)\/versions\/([^/]+)\/policy(?:\/([^/]+))?$/.exec(path)
  if (policy !== null) return policyRoute(method, policy.slice(1))
  const parts = /^\/2018-10-31\/layers\/([^/]+)\/versions(?:\/([^/]+))?$/.exec(path)
  if (parts === null) return { call: 'Unknown' }
  const layerName = decodeURIComponent(parts[1] ?? '')
  if (parts[2] === undefined) {
    if (method === 'POST') return { call: 'PublishLayerVersion', layerName }
    return method === 'GET' ? { call: 'ListLayerVersions', layerName } : { call: 'Unknown' }
  }
  const version = decodeURIComponent(parts[2])
  if (method === 'GET') return { call: 'GetLayerVersion', layerName, version }
  return method === 'DELETE' ? { call: 'DeleteLayerVersion', layerName, version } : { call: 'Unknown' }
}

function policyRoute(method: string, parts: readonly (string | undefined)[]): Route {
  const [layerName = '', version = '', statementId] = parts.map(part =>
    part === undefined ? undefined : decodeURIComponent(part)
  )
  if (statementId !== undefined) {
    const call = 'RemoveLayerVersionPermission'
    return method === 'DELETE' ? { call, layerName, version, statementId } : { call: 'Unknown' }
  }
  if (method === 'POST') return { call: 'AddLayerVersionPermission', layerName, version }
  return method === 'GET' ? { call: 'GetLayerVersionPolicy', layerName, version } : { call: 'Unknown' }
}

/** "Request Syntax" of ListFunctions, ListVersionsByFunction, ListAliases, Get- and UpdateFunctionConfiguration. */
function functionRoute(method: string, path: string): Route {
  const [, configured] = /^\/2015-03-31\/functions\/([^/]+)\/configuration$/.exec(path) ?? []
  if (configured !== undefined && (method === 'GET' || method === 'PUT')) {
    const call = method === 'GET' ? 'GetFunctionConfiguration' : 'UpdateFunctionConfiguration'
    return { call, functionName: decodeURIComponent(configured) }
  }
  if (method !== 'GET') return { call: 'Unknown' }
  if (path === '/2015-03-31/functions') return { call: 'ListFunctions' }
  const [, name, list] = /^\/2015-03-31\/functions\/([^/]+)\/(versions|aliases)$/.exec(path) ?? []
  if (name === undefined) return { call: 'Unknown' }
  const functionName = decodeURIComponent(name)
  return { call: list === 'aliases' ? 'ListAliases' : 'ListVersionsByFunction', functionName }
}
