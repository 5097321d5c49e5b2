import type { StackDescription } from '../../../ports/inventory.js'
import type { Stack } from '@aws-sdk/client-cloudformation'

export function stackDescription(stack: Stack): StackDescription {
  return {
    id: stack.StackId ?? '',
    name: stack.StackName ?? '',
    status: stack.StackStatus ?? '',
    statusReason: stack.StackStatusReason ?? '',
    parameters: record(stack.Parameters ?? [], parameter => [parameter.ParameterKey, parameter.ParameterValue]),
    outputs: record(stack.Outputs ?? [], output => [output.OutputKey, output.OutputValue]),
    tags: record(stack.Tags ?? [], tag => [tag.Key, tag.Value]),
    changeSetId: stack.ChangeSetId ?? null,
    terminationProtection: stack.EnableTerminationProtection ?? false
  }
}

function record<T>(
  items: readonly T[],
  entry: (item: T) => readonly [string | undefined, string | undefined]
): Record<string, string> {
  return Object.fromEntries(
    items.map(entry).filter((pair): pair is [string, string] => pair[0] !== undefined && pair[1] !== undefined)
  )
}
