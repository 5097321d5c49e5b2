/** The calls that list functions, their versions and aliases. Functions are put into the world by `addFunction`, not by a call. */
import type { AwsRequest, FunctionRecord, World } from '../world.js'
import { partitionOf } from '../world-state.js'
import { AwsError } from './aws-error.js'
import { pageSize } from './constraints.js'
import { pageOf } from './paging.js'

type Json = Readonly<Record<string, unknown>>

export interface NewFunction {
  readonly name: string
  /** Layer version ARNs of `$LATEST`. */
  readonly layers: readonly string[]
  /** Published versions, `1` first, with theirs. */
  readonly versions?: readonly { readonly version: string; readonly layers: readonly string[] }[]
  readonly aliases?: Readonly<Record<string, string>>
  readonly runtime?: string
  readonly architectures?: readonly string[]
  readonly tags?: Readonly<Record<string, string>>
  /** How many reads an update takes. Default 1. */
  readonly updateReads?: number
  readonly failsWith?: FunctionRecord['failsWith']
}

/** What a deployment of functions leaves behind. A function of that name is replaced. */
export function addFunction(world: World, accountId: string, region: string, added: NewFunction): void {
  const { name, layers, versions = [], aliases = {}, runtime = 'python3.10', architectures = ['x86_64'] } = added
  const { tags = {}, updateReads = 1, failsWith = [] } = added
  const arn = `arn:${partitionOf(region)}:lambda:${region}:${accountId}:function:${name}`
  const all = [{ version: '$LATEST', layers }, ...versions]
  world.region(accountId, region).functions.set(name, {
    ...{ name, arn, versions: all, aliases, runtime, architectures, tags, updateReads, failsWith },
    ...{ revision: 1, updating: 0, failure: null }
  })
}

/** `FunctionVersion=ALL` lists every published version beside `$LATEST`; at most 50 a page whatever is asked for. */
export function listFunctions(world: World, request: AwsRequest): Json {
  const { query } = request
  const asked = query.get('FunctionVersion')
  if (asked !== null && asked !== 'ALL') {
    const message = `1 validation error detected: Value '${asked}' at 'functionVersion' failed to satisfy constraint: Member must satisfy enum value set: [ALL]`
    throw new AwsError('ValidationException', message)
  }
  const state = world.region(request.principal.accountId, request.region)
  const functions = [...state.functions.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
  const listed = functions.flatMap(each =>
    each.versions.filter(({ version }) => asked === 'ALL' || version === '$LATEST').map(one => [each, one] as const)
  )
  const page = pageOf(listed, query, Math.min(50, largePageSize(query.get('MaxItems'))))
  return { Functions: page.items.map(([each, one]) => configuration(each, one)), NextMarker: page.nextMarker }
}

export function listVersionsByFunction(world: World, request: AwsRequest, name: string): Json {
  const found = requireFunction(world, request, name)
  const page = pageOf(found.versions, request.query, Math.min(50, largePageSize(request.query.get('MaxItems'))))
  return { Versions: page.items.map(one => configuration(found, one)), NextMarker: page.nextMarker }
}

export function listAliases(world: World, request: AwsRequest, name: string): Json {
  const found = requireFunction(world, request, name)
  const page = pageOf(Object.entries(found.aliases), request.query, pageSize(request.query.get('MaxItems')))
  const aliases = page.items.map(([Name, FunctionVersion]) => ({
    ...{ AliasArn: `${found.arn}:${Name}`, Name, FunctionVersion }
  }))
  return { Aliases: aliases, NextMarker: page.nextMarker }
}

/** `MaxItems` of the function lists: 1 to 10,000. */
function largePageSize(text: string | null): number {
  const size = text === null ? 50 : Number(text)
  if (Number.isInteger(size) && size >= 1 && size <= 10_000) return size
  throw new AwsError('ValidationException', `1 validation error detected: Value '${text ?? ''}' at 'maxItems'`)
}

export function requireFunction(world: World, request: AwsRequest, name: string): FunctionRecord {
  const found = world.region(request.principal.accountId, request.region).functions.get(name)
  if (found !== undefined) return found
  throw new AwsError('ResourceNotFoundException', `Function not found: ${name}`, 404)
}

export function configuration(each: FunctionRecord, one: FunctionRecord['versions'][number]): Json {
  return {
    FunctionName: each.name,
    FunctionArn: one.version === '$LATEST' ? each.arn : `${each.arn}:${one.version}`,
    Version: one.version,
    Runtime: each.runtime,
    Architectures: each.architectures,
    Handler: 'app.handler',
    CodeSize: 1,
    ...(one.layers.length > 0 && { Layers: one.layers.map(Arn => ({ Arn, CodeSize: 1 })) })
  }
}
