/** The configuration's text, line by line with the option that each value comes from. */
import type { FoundLayer } from './facts.js'

export interface ConfigLine {
  readonly text: string
  /** `null`: the repository says it. */
  readonly option: string | null
}

export function configLines(layers: readonly FoundLayer[], known: Known): readonly ConfigLine[] {
  const line = (text: string, option: string | null = null): ConfigLine => ({ text, option })
  const regions = known.regions.map(quoted).join(', ')
  const environment = (name: 'sandbox' | 'production', { account, branch, stage, bucket }: EnvironmentAnswers) => [
    line(`  ${name}:`),
    line(`    branch: ${quoted(branch)}`, `--${name}-branch`),
    line(`    stage: ${quoted(stage)}`, `--${name}-stage`),
    line(`    account-id: ${JSON.stringify(account)}`, `--${name}-account`),
    line(`    regions: [${regions}]`, '--region'),
    line(`    artifact-bucket: ${quoted(bucket)}`, `--${name}-bucket`)
  ]
  return [
    line('version: 1'),
    line('environments:'),
    ...environment('sandbox', known.sandbox),
    ...environment('production', known.production),
    line('    promote-from: sandbox'),
    line('defaults:'),
    line(`  compatible-runtimes: [${quoted(known.runtime)}]`, '--runtime'),
    line('layers:'),
    ...withLayerIds(layers).map(({ id, path }) => line(`  ${id}: { path: ${quoted(path)} }`))
  ]
}

/** A string of JSON is one of YAML. */
function quoted(text: string): string {
  return /^[A-Za-z][\w./-]*$/.test(text) && !/^(true|false|null|yes|no|on|off|y|n)$/i.test(text)
    ? text
    : JSON.stringify(text)
}

export interface EnvironmentAnswers {
  readonly account: string
  readonly branch: string
  readonly stage: string
  readonly bucket: string
}

export interface Known {
  readonly sandbox: EnvironmentAnswers
  readonly production: EnvironmentAnswers
  readonly regions: readonly string[]
  readonly runtime: string
  readonly action: string
  /** Layers come from submodules that are fetched over SSH. */
  readonly needsSshKey: boolean
}

/** Layer ids: letters, digits, `_`, `-`, not beginning with a digit, at most 100 characters (schema of the configuration). */
const longestId = 100

/** The last part of the path where that is unique, also as a layer name (where `_` becomes `-`); else the whole path. */
function withLayerIds(layers: readonly FoundLayer[]): readonly { readonly id: string; readonly path: string }[] {
  const short = layers.map(({ path }) => idOf(path.split('/').at(-1) ?? path))
  const taken = new Set<string>()
  return layers.map(({ path }, index) => {
    const own = short[index] ?? ''
    const isUnique = short.filter(other => nameOf(other) === nameOf(own)).length === 1
    let id = isUnique ? own : idOf(path)
    for (let number = 2; taken.has(nameOf(id)); number++) id = `${idOf(path).slice(0, longestId - 5)}_${number}`
    taken.add(nameOf(id))
    return { id, path }
  })
}

function idOf(text: string): string {
  const plain = text.replace(/[^A-Za-z0-9_-]+/g, '_').slice(0, longestId - 1)
  return /^[A-Za-z_]/.test(plain) ? plain : `_${plain}`
}

/** Two ids of one layer name would be refused, whatever their case. */
function nameOf(id: string): string {
  return id.replaceAll('_', '-').toLowerCase()
}
