/** The tables of action inputs and outputs. */
import type { ActionMetadata } from './action-metadata.js'
import { code, table } from './markdown.js'

export function inputTable(inputs: ActionMetadata['inputs']): string {
  const rows = Object.entries(inputs).map(([name, input]) => [
    code(name),
    input.default === undefined ? (input.required === true ? 'required' : '') : code(input.default),
    input.description
  ])
  return table(['input', 'default', 'meaning'], rows)
}

/** The outputs of each layer are named by the configuration, so action.yml cannot list them. */
const perLayer: readonly (readonly [string, string])[] = [
  ['<id>_changed', '`true` or `false`, for each layer id: its source changed. In a plan, too.'],
  [
    '<id>_published',
    '`true` only where this run published a version of it: the condition for a step that uses the ARN.'
  ],
  ['<id>_version', 'The layer version that the first region runs after the run.'],
  ['<id>_arn', 'The ARN of that version.']
]

export function outputTable(outputs: ActionMetadata['outputs']): string {
  const rows = [...Object.entries(outputs).map(([name, { description }]) => [name, description] as const), ...perLayer]
  return table(
    ['output', 'meaning'],
    rows.map(([name, meaning]) => [code(name), meaning])
  )
}
