/** Who uses a layer version in an account and region, as far as that account can tell. */
import type { Inventory } from '../ports/inventory.js'

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
