/** The same account twice: what a scenario needs is deployed once, and each of its trials starts from a copy. */
import type { World } from '../../emulators/aws/world.js'
import { accountId, region } from './account.js'

/** Only a world in which nothing is under way may be copied. */
export function copyWorld(from: World, to: World): void {
  const [source, target] = [from.region(accountId, region), to.region(accountId, region)]
  const all = [source.layers, source.stacks, from.buckets, source.parameters, source.functions]
  const copied = copy(all, new Map()) as [
    typeof source.layers,
    typeof source.stacks,
    typeof from.buckets,
    typeof source.parameters,
    typeof source.functions
  ]
  for (const [name, layer] of copied[0]) target.layers.set(name, layer)
  for (const [id, stack] of copied[1]) target.stacks.set(id, stack)
  for (const [name, bucket] of copied[2]) to.buckets.set(name, bucket)
  for (const [name, parameter] of copied[3]) target.parameters.set(name, parameter)
  for (const [name, each] of copied[4]) target.functions.set(name, each)
}

/** Maps, lists and plain objects; bytes and functions are shared, nobody changes them. */
function copy(value: unknown, known: Map<unknown, unknown>): unknown {
  if (value === null || typeof value !== 'object' || Buffer.isBuffer(value)) return value
  const before = known.get(value)
  if (before !== undefined) return before
  if (value instanceof Map) {
    const map = new Map<unknown, unknown>()
    known.set(value, map)
    for (const [key, item] of value) map.set(key, copy(item, known))
    return map
  }
  if (Array.isArray(value)) {
    const list: unknown[] = []
    known.set(value, list)
    list.push(...value.map(item => copy(item, known)))
    return list
  }
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype)
    throw new Error(`a world holds a ${value.constructor.name}, which cannot be copied`)
  const object: Record<string, unknown> = {}
  known.set(value, object)
  for (const [key, item] of Object.entries(value)) object[key] = copy(item, known)
  return object
}
