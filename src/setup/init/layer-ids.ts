import type { FoundLayer } from './facts.js'

/** Layer ids: letters, digits, `_`, `-`, not beginning with a digit, at most 100 characters (schema of the configuration). */
const longest = 100

/** The last part of the path where that is unique, also as a layer name (where `_` becomes `-`); else the whole path. */
export function withLayerIds(layers: readonly FoundLayer[]): readonly { readonly id: string; readonly path: string }[] {
  const short = layers.map(({ path }) => idOf(path.split('/').at(-1) ?? path))
  const taken = new Set<string>()
  return layers.map(({ path }, index) => {
    const own = short[index] ?? ''
    const isUnique = short.filter(other => nameOf(other) === nameOf(own)).length === 1
    let id = isUnique ? own : idOf(path)
    for (let number = 2; taken.has(nameOf(id)); number++) id = `${idOf(path).slice(0, longest - 5)}_${number}`
    taken.add(nameOf(id))
    return { id, path }
  })
}

function idOf(text: string): string {
  const plain = text.replace(/[^A-Za-z0-9_-]+/g, '_').slice(0, longest - 1)
  return /^[A-Za-z_]/.test(plain) ? plain : `_${plain}`
}

/** Two ids of one layer name would be refused, whatever their case. */
function nameOf(id: string): string {
  return id.replaceAll('_', '-').toLowerCase()
}
