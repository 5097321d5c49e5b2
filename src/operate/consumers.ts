/** Who uses a layer: what a report says of its older versions, for its reader and never for a decision, and what keeps a version from being deleted. */
import type { LayerConsumers, LayerResult, RunResult } from '../model/index.js'
import type { Aws } from '../ports/aws.js'
import type { FunctionVersion, Inventory } from '../ports/inventory.js'

/** The result with the functions that use an older version than the region runs now. What cannot be read is a warning. */
export async function withConsumers(result: RunResult, aws: Pick<Aws, 'region'>): Promise<RunResult> {
  const regions = [...new Set(result.layers.map(({ region }) => region))]
  const read = await Promise.all(
    regions.map(async region => {
      try {
        const inventory = await aws.region(region).inventory()
        const rows = result.layers.filter(row => row.region === region)
        return { consumers: await consumersIn(inventory, rows), warning: [] }
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error)
        return { consumers: [], warning: [`Who uses the layers in ${region} was not read: ${why}`] }
      }
    })
  )
  return {
    ...result,
    consumers: read.flatMap(({ consumers }) => consumers),
    warnings: [...result.warnings, ...read.flatMap(({ warning }) => warning)]
  }
}

async function consumersIn(
  inventory: Pick<Inventory, 'functionVersions' | 'aliases'>,
  rows: readonly LayerResult[]
): Promise<readonly LayerConsumers[]> {
  const versioned = rows.filter(({ version, arn }) => version !== null && arn !== null)
  if (versioned.length === 0) return []
  const functions = await inventory.functionVersions()
  const found = versioned.map(row => ({ row, users: functions.flatMap(each => olderUse(each, row)) }))
  const aliases = new Map<string, Readonly<Record<string, string>>>()
  for (const name of new Set(found.flatMap(({ users }) => users.map(({ functionName }) => functionName)))) {
    aliases.set(name, await inventory.aliases(name))
  }
  return found.flatMap(({ row: { layerId, region }, users }) => {
    // A published version that no alias points to serves nobody who does not name it.
    const consumers = users.map(user => ({ ...user, aliases: aliasesOf(aliases.get(user.functionName), user) }))
    return consumers.length === 0 ? [] : [{ layerId, region, consumers: consumers.sort(byVersion) }]
  })
}

interface Use {
  readonly functionName: string
  readonly functionVersion: string
  readonly layerVersion: number
  readonly status: 'older'
}

function olderUse({ functionName, version, layers }: FunctionVersion, row: LayerResult): readonly Use[] {
  const { arn, version: current } = row
  if (arn === null || current === null) return []
  const prefix = arn.slice(0, arn.lastIndexOf(':') + 1)
  return layers
    .filter(used => used.startsWith(prefix))
    .map(used => Number(used.slice(prefix.length)))
    .filter(layerVersion => layerVersion < current)
    .map(layerVersion => ({ functionName, functionVersion: version, layerVersion, status: 'older' as const }))
}

function aliasesOf(aliases: Readonly<Record<string, string>> = {}, { functionVersion }: Use): readonly string[] {
  return Object.entries(aliases)
    .filter(([, version]) => version === functionVersion)
    .map(([name]) => name)
    .sort()
}

/** The oldest layer version last: what is nearest to the deployed one is what was deployed last. */
function byVersion(a: Use, b: Use): number {
  if (a.layerVersion !== b.layerVersion) return b.layerVersion - a.layerVersion
  return a.functionName < b.functionName ? -1 : a.functionName > b.functionName ? 1 : 0
}

/** Layer version ARN → its users in words: `function orders:3`, `output LayerArn of stack orders`. */
export type LayerUsers = ReadonlyMap<string, readonly string[]>

/** Every version of every function (hence whatever an alias can point to), and every output (hence export) of a stack. */
export async function layerUsers(inventory: Pick<Inventory, 'functionVersions' | 'stacks'>): Promise<LayerUsers> {
  const [functions, stacks] = await Promise.all([inventory.functionVersions(), inventory.stacks()])
  const users = new Map<string, string[]>()
  const add = (arn: string, user: string): void => {
    users.set(arn, [...(users.get(arn) ?? []), user])
  }
  for (const { functionName, version, layers } of functions) {
    for (const arn of layers) add(arn, `function ${functionName}${version === '$LATEST' ? '' : `:${version}`}`)
  }
  for (const { name, outputs } of stacks) {
    for (const [key, value] of Object.entries(outputs)) {
      for (const arn of layerVersionArns(value)) add(arn, `output ${key} of stack ${name}`)
    }
  }
  return users
}

/** Also several in one value, as lists are joined in outputs. */
export function layerVersionArns(text: string): readonly string[] {
  return text.match(/arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:layer:[A-Za-z0-9_-]+:\d+/g) ?? []
}
