/**
 * What an update would do to each resource: a pure comparison of two definitions.
 * Source: ResourceChange, ResourceChangeDetail and ResourceTargetDefinition in the CloudFormation API Reference.
 */
import { isDeepStrictEqual } from 'node:util'
import type { Replacement, ResourceAttribute } from '@aws-sdk/client-cloudformation'
import { knownResourceType } from '../resources/resource-types.js'
import { evaluate, references, type Scope } from '../template/expressions.js'
import type { Json, JsonObject, ResourceDeclaration } from '../template/template.js'
import type { ResourceValues } from './scope.js'
import type { StackDefinition, StackResource, ChangeDetail, ResourceChange } from './stack.js'

/** How AWS writes a value that only the execution will tell. */
const knownAfterApply = '{{changeSet:KNOWN_AFTER_APPLY}}'

export interface ChangeInput {
  readonly before: StackDefinition | null
  readonly resources: ReadonlyMap<string, StackResource>
  readonly after: StackDefinition
  /** The scope of `after`, given how resources answer. */
  readonly scope: (values: ResourceValues) => Scope
  /** The present value of an attribute. */
  readonly attribute: (resource: StackResource, attribute: string) => string
}

/** Sorted by logical id. What depends on a replaced resource is `Dynamic`: its value is not known before the execution. */
export function computeChanges(input: ChangeInput): readonly ResourceChange[] {
  const unsettled = new Map<string, ResourceChange>()
  const scope = input.scope(valuesBefore(input, unsettled))
  for (const declaration of input.after.template.resources.values()) {
    const resource = input.resources.get(declaration.logicalId)
    const change =
      resource === undefined
        ? addition(declaration, scope)
        : modification(input, declaration, resource, scope, unsettled)
    if (change !== null) unsettled.set(change.logicalId, change)
  }
  const removed = [...input.resources.values()].filter(one => !input.after.template.resources.has(one.logicalId))
  const changes = [...unsettled.values(), ...removed.map(removal)]
  return changes.sort((a, b) => (a.logicalId < b.logicalId ? -1 : 1))
}

/** Resources as they are now, but for those that this very update makes anew. */
function valuesBefore(input: ChangeInput, unsettled: ReadonlyMap<string, ResourceChange>): ResourceValues {
  return {
    physicalId(logicalId) {
      return isRecreated(unsettled.get(logicalId))
        ? knownAfterApply
        : (input.resources.get(logicalId)?.physicalId ?? '')
    },
    attribute(logicalId, attribute) {
      const resource = input.resources.get(logicalId)
      if (resource === undefined || unsettled.has(logicalId)) return knownAfterApply
      return input.attribute(resource, attribute)
    }
  }
}

function isRecreated(change: ResourceChange | undefined): boolean {
  return change !== undefined && (change.action === 'Add' || change.replacement !== 'False')
}

const unchanged = { replacement: null, policyAction: null, scope: [], details: [], before: null, after: null }

function addition(declaration: ResourceDeclaration, scope: Scope): ResourceChange {
  const { logicalId, type } = declaration
  const after = evaluatedProperties(declaration, scope)
  return { ...unchanged, action: 'Add', logicalId, physicalId: null, type, after }
}

function removal({ logicalId, physicalId, type, deletionPolicy, properties }: StackResource): ResourceChange {
  const policyAction = deletionPolicy === 'Delete' ? 'Delete' : 'Retain'
  return { ...unchanged, action: 'Remove', logicalId, physicalId, type, policyAction, before: properties }
}

function modification(
  input: ChangeInput,
  declaration: ResourceDeclaration,
  resource: StackResource,
  scope: Scope,
  unsettled: ReadonlyMap<string, ResourceChange>
): ResourceChange | null {
  const after = evaluatedProperties(declaration, scope)
  const names = new Set([...Object.keys(resource.properties), ...Object.keys(after)])
  const changed = [...names].filter(name => !isDeepStrictEqual(resource.properties[name], after[name]))
  const inProperties = changed.sort().flatMap(name => propertyDetails(input, declaration, name, unsettled))
  const details = [...inProperties, ...attributeDetails(input, declaration)]
  if (details.length === 0) return null
  const replacement = replacementOf(details)
  const replaced = declaration.updateReplacePolicy === 'Retain' ? 'ReplaceAndRetain' : 'ReplaceAndDelete'
  return {
    action: 'Modify',
    logicalId: declaration.logicalId,
    physicalId: resource.physicalId,
    type: declaration.type,
    replacement,
    policyAction: replacement === 'False' ? null : replaced,
    scope: [...new Set(details.map(detail => detail.attribute))],
    details,
    before: resource.properties,
    after
  }
}

export function evaluatedProperties(declaration: ResourceDeclaration, scope: Scope): JsonObject {
  return (evaluate(declaration.properties, scope) ?? {}) as JsonObject
}

function replacementOf(details: readonly ChangeDetail[]): Replacement {
  const recreating = details.filter(detail => detail.requiresRecreation === 'Always')
  if (recreating.length === 0) return 'False'
  return recreating.some(detail => detail.evaluation === 'Static') ? 'True' : 'Conditional'
}

function propertyDetails(
  { before, after }: ChangeInput,
  declaration: ResourceDeclaration,
  name: string,
  unsettled: ReadonlyMap<string, ResourceChange>
): readonly ChangeDetail[] {
  const rule = knownResourceType(declaration.type).properties[name]
  const target = { attribute: 'Properties', name, requiresRecreation: rule?.recreation ?? 'Never' } as const
  const direct = { ...target, source: 'DirectModification', causingEntity: null } as const
  const expression: Json | undefined = declaration.properties[name]
  const expressionBefore = before?.template.resources.get(declaration.logicalId)?.properties[name]
  const details: ChangeDetail[] = []
  if (!isDeepStrictEqual(expression, expressionBefore)) details.push({ ...direct, evaluation: 'Static' })
  for (const reference of expression === undefined ? [] : references(expression)) {
    if (reference.kind === 'attribute') {
      if (!unsettled.has(reference.logicalId)) continue
      const causingEntity = `${reference.logicalId}.${reference.attribute}`
      details.push({ ...target, source: 'ResourceAttribute', evaluation: 'Dynamic', causingEntity })
    } else if (isRecreated(unsettled.get(reference.name))) {
      const causingEntity = reference.name
      details.push({ ...target, source: 'ResourceReference', evaluation: 'Dynamic', causingEntity })
    } else if (before?.parameters.get(reference.name) !== after.parameters.get(reference.name)) {
      const causingEntity = reference.name
      details.push({ ...target, source: 'ParameterReference', evaluation: 'Static', causingEntity })
      // AWS adds this one: whether the property changes directly is known only when the change set is executed.
      details.push({ ...direct, evaluation: 'Dynamic' })
    }
  }
  if (details.length === 0) details.push({ ...direct, evaluation: 'Static' })
  return details.filter((one, index) => details.findIndex(other => isDeepStrictEqual(one, other)) === index)
}

function attributeDetails({ before, after }: ChangeInput, declaration: ResourceDeclaration): readonly ChangeDetail[] {
  const old = before?.template.resources.get(declaration.logicalId)
  const differing: ResourceAttribute[] = []
  if (old?.deletionPolicy !== declaration.deletionPolicy) differing.push('DeletionPolicy')
  if (!isDeepStrictEqual(old?.metadata, declaration.metadata)) differing.push('Metadata')
  if (old?.updateReplacePolicy !== declaration.updateReplacePolicy) differing.push('UpdateReplacePolicy')
  const { taggable } = knownResourceType(declaration.type)
  if (taggable && !isDeepStrictEqual(before?.tags, after.tags)) differing.push('Tags')
  return differing.map(attribute => ({
    attribute,
    name: null,
    requiresRecreation: 'Never',
    evaluation: 'Static',
    source: 'DirectModification',
    causingEntity: null
  }))
}
