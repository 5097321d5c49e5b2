/** What the names in a template stand for in one stack. */
import type { Scope } from '../template/expressions.js'
import { referenceValue } from '../template/parameter-values.js'
import type { Json } from '../template/template.js'
import type { Stack, StackDefinition } from './stack.js'

/** How resources answer Ref and Fn::GetAtt. */
export interface ResourceValues {
  physicalId(logicalId: string): string
  attribute(logicalId: string, attribute: string): string
}

export function scopeOf(
  stack: Pick<Stack, 'id' | 'name' | 'state'>,
  definition: StackDefinition,
  resources: ResourceValues
): Scope {
  const pseudo = pseudoParameters(stack)
  return {
    value(name): Json | undefined {
      if (name === 'AWS::NoValue') return undefined
      const declaration = definition.template.parameters.get(name)
      if (declaration !== undefined) return referenceValue(declaration, definition.parameters.get(name) ?? '')
      return pseudo.get(name) ?? resources.physicalId(name)
    },
    attribute: (logicalId, attribute) => resources.attribute(logicalId, attribute)
  }
}

function pseudoParameters({ id, name, state }: Pick<Stack, 'id' | 'name' | 'state'>): ReadonlyMap<string, string> {
  return new Map([
    ['AWS::AccountId', state.accountId],
    ['AWS::Partition', state.partition],
    ['AWS::Region', state.region],
    ['AWS::StackId', id],
    ['AWS::StackName', name],
    ['AWS::URLSuffix', state.partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com']
  ])
}
