/** A place in the configuration where it is wrong, before its line and column are known. */
import { type Finding, shortened } from '../../model/errors.js'

export type ConfigPath = readonly (string | number)[]

export interface ConfigProblem {
  /** From the root to the value; where that does not exist, the nearest thing that does is shown. */
  readonly path: ConfigPath
  /** `key`: the key itself is wrong, not what stands under it. */
  readonly at?: 'key'
  readonly finding: Finding
}

/** `environments.sandbox.regions[0]`. */
export function dotted(path: ConfigPath): string {
  return path
    .map(part => (typeof part === 'number' ? `[${part}]` : `.${shortened(part)}`))
    .join('')
    .replace(/^\./, '')
}
