/**
 * A right configuration, read without the machinery that explains a wrong one: zod and the sentences of the errors cost a
 * start more than the rest of the reading. `load.ts` is the judge; this accepts exactly what it accepts.
 */
import type { Config } from '../../model/index.js'
import { acceptedShape } from '../schema/accepted-shape.js'
import { checkEnvironments } from '../check/check-environments.js'
import { checkLayers } from '../check/check-layers.js'
import { checkNames } from '../check/check-names.js'
import type { RawConfig } from '../schema/schema.js'
import { hasShape } from '../schema/shape.js'
import { refusedText } from './text.js'
import { toConfig } from './to-config.js'
import { readPlainYaml } from './plain-yaml.js'

/** `null` where anything is wrong, or is YAML that only the library reads: `parseConfig` then says what. */
export function acceptConfig(text: string, file: string): Config | null {
  const body = text.startsWith('\uFEFF') ? text.slice(1) : text
  if (refusedText(body, file) !== null) return null
  const raw: unknown = readPlainYaml(body)
  if (!isRawConfig(raw)) return null
  const config = toConfig(raw)
  const problems = [checkEnvironments(raw), checkLayers(raw, config)].flat()
  return problems.length === 0 && checkNames(raw, config).length === 0 ? config : null
}

function isRawConfig(value: unknown): value is RawConfig {
  return hasShape(value, acceptedShape)
}
