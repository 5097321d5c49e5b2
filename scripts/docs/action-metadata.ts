/** What action.yml says about inputs and outputs. */
import { parse } from 'yaml'

interface ActionInput {
  readonly description: string
  readonly default?: string
  readonly required?: boolean
}

export interface ActionMetadata {
  readonly inputs: Readonly<Record<string, ActionInput>>
  readonly outputs: Readonly<Record<string, { readonly description: string }>>
}

/** Throws where an input or output has no description: it would be an empty line in the documentation. */
export function readActionMetadata(text: string): ActionMetadata {
  const { inputs = {}, outputs = {} } = parse(text) as Partial<ActionMetadata>
  for (const [name, { description }] of [...Object.entries(inputs), ...Object.entries(outputs)]) {
    if (typeof description !== 'string') throw new Error(`action.yml: ${name} has no description`)
  }
  return { inputs, outputs }
}
