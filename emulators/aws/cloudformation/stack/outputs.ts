/** The outputs of a stack, given how its resources answer. */
import { evaluate } from '../template/expressions.js'
import { scopeOf, type ResourceValues } from './scope.js'
import type { Stack, StackDefinition, StackOutput } from './stack.js'

export function outputsOf(
  stack: Stack,
  definition: StackDefinition,
  resources: ResourceValues
): readonly StackOutput[] {
  const scope = scopeOf(stack, definition, resources)
  return [...definition.template.outputs.values()].flatMap(({ name, value, description }) => {
    const evaluated = evaluate(value, scope)
    if (evaluated === undefined) return []
    return [{ key: name, value: typeof evaluated === 'string' ? evaluated : JSON.stringify(evaluated), description }]
  })
}
