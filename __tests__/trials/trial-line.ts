/** A trial in one line, `engine=lambda layer=new call=7`: what a failing one prints, and what replays it. */
import type { Engine } from '../../src/model/index.js'
import { engines, layerKinds, type LayerKind, type Scenario } from './scenarios.js'

export type Fields = ReadonlyMap<string, string>

export function fieldsOf(line: string): Fields {
  return new Map(
    line.split(' ').map(part => {
      const at = part.indexOf('=')
      return [part.slice(0, at), part.slice(at + 1)] as const
    })
  )
}

/** @throws Error where the field has none of the values */
export function oneOf<T extends string>(fields: Fields, name: string, values: readonly T[]): T {
  const value = values.find(value => value === fields.get(name))
  if (value === undefined) throw new Error(`TRIAL: ${name} is one of ${values.join(', ')}`)
  return value
}

/** @throws Error where the field is no number from 1; `otherwise` stands for a field that is not there */
export function numberOf(fields: Fields, name: string, otherwise?: number): number {
  const text = fields.get(name)
  if (text === undefined && otherwise !== undefined) return otherwise
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < 1) throw new Error(`TRIAL: ${name} is a number from 1`)
  return value
}

export function scenarioOf(fields: Fields): Scenario {
  return {
    engine: oneOf<Engine>(fields, 'engine', engines),
    layer: oneOf<LayerKind>(fields, 'layer', layerKinds)
  }
}

/** Fields with `undefined` or 0 are left out. */
export function lineOf(fields: Readonly<Record<string, string | number | undefined>>): string {
  return Object.entries(fields)
    .filter(([, value]) => value !== undefined && value !== 0)
    .map(([name, value]) => `${name}=${value ?? ''}`)
    .join(' ')
}

/** What replays the trial comes first, and stays whole. */
export function badLine(line: string, bad: readonly string[]): string {
  return `TRIAL='${line}' npm run bench:faults: ${bad.join('; ').slice(0, 600)}`
}
