/** The configuration's text, line by line with the option that each value comes from. */
import type { FoundLayer } from './facts.js'
import { withLayerIds } from './layer-ids.js'

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
