/** Carries a definition out on the resources of a stack, and remembers how to undo it and what is left to clean up. */
import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { AwsError, type Caller } from '../../lambda/aws-error.js'
import type { World } from '../../world.js'
import { checkProperties } from '../resources/property-check.js'
import type { ResourceContext, ResourceType } from '../resources/resource-type.js'
import { knownResourceType } from '../resources/resource-types.js'
import type { Scope } from '../template/expressions.js'
import type { JsonObject, ResourceDeclaration } from '../template/template.js'
import { evaluatedProperties } from './changes.js'
import { addResourceEvent } from './events.js'
import { scopeOf, type ResourceValues } from './scope.js'
import type { Stack, StackDefinition, StackResource } from './stack.js'

export interface StackContext {
  readonly world: World
  readonly caller: Caller
  readonly stack: Stack
}

export interface Applied {
  /** Logical id of the resource that failed; `null`: all went well. Nothing after it was tried. */
  readonly failed: string | null
  /** Newest first. */
  readonly undo: readonly (() => void)[]
  /** Replaced and removed physical resources, each to be deleted or let go. */
  readonly cleanup: readonly (() => void)[]
}

export function applyDefinition(context: StackContext, definition: StackDefinition): Applied {
  const { stack } = context
  const undo: (() => void)[] = []
  const cleanup: (() => void)[] = []
  const scope = scopeOf(stack, definition, resourceValues(context))
  for (const declaration of definition.template.resources.values()) {
    try {
      applyResource(context, declaration, scope, undo, cleanup)
    } catch (thrown) {
      if (!(thrown instanceof AwsError)) throw thrown
      reportFailure(context, declaration, thrown)
      return { failed: declaration.logicalId, undo: undo.reverse(), cleanup: [] }
    }
  }
  const removed = [...stack.resources.values()].filter(one => !definition.template.resources.has(one.logicalId))
  for (const resource of removed.reverse()) {
    cleanup.push(() => {
      stack.resources.delete(resource.logicalId)
      removePhysical(context, resource, resource.deletionPolicy === 'Delete')
    })
  }
  return { failed: null, undo: undo.reverse(), cleanup }
}

/** Deletes a physical resource, or lets it go with a DELETE_SKIPPED event. Returns whether that went well. */
export function removePhysical(context: StackContext, resource: StackResource, isDeleted: boolean): boolean {
  const { stack, world } = context
  if (!isDeleted) {
    addResourceEvent(stack, world.now(), resource, 'DELETE_SKIPPED')
    return true
  }
  addResourceEvent(stack, world.now(), resource, 'DELETE_IN_PROGRESS')
  const type = knownResourceType(resource.type)
  try {
    type.remove(resourceContext(context, resource.logicalId), resource.physicalId)
  } catch (thrown) {
    if (!(thrown instanceof AwsError)) throw thrown
    addResourceEvent(stack, world.now(), resource, 'DELETE_FAILED', handlerMessage(type, thrown))
    return false
  }
  addResourceEvent(stack, world.now(), resource, 'DELETE_COMPLETE')
  return true
}

/** Resources as they are. */
export function resourceValues(context: StackContext): ResourceValues {
  const find = (logicalId: string): StackResource => {
    const resource = context.stack.resources.get(logicalId)
    if (resource === undefined) throw new Error(`resource ${logicalId} is read before it was made`)
    return resource
  }
  return {
    physicalId: logicalId => find(logicalId).physicalId,
    attribute: (logicalId, attribute) => attributeOf(context, find(logicalId), attribute)
  }
}

export function attributeOf(context: StackContext, resource: StackResource, attribute: string): string {
  const inner = resourceContext(context, resource.logicalId)
  return knownResourceType(resource.type).attribute(inner, resource.physicalId, attribute)
}

function applyResource(
  context: StackContext,
  declaration: ResourceDeclaration,
  scope: Scope,
  undo: (() => void)[],
  cleanup: (() => void)[]
): void {
  const { stack } = context
  const type = knownResourceType(declaration.type)
  const properties = evaluatedProperties(declaration, scope)
  const old = stack.resources.get(declaration.logicalId)
  if (old === undefined) {
    const made = create(context, declaration, type, properties)
    undo.push(() => {
      stack.resources.delete(made.logicalId)
      removePhysical(context, made, declaration.deletionPolicy !== 'Retain')
    })
    return
  }
  const changed = Object.keys({ ...old.properties, ...properties }).filter(
    name => !isDeepStrictEqual(old.properties[name], properties[name])
  )
  const { deletionPolicy } = declaration
  undo.push(() => stack.resources.set(old.logicalId, old))
  const retagged = type.taggable && !isDeepStrictEqual(old.tags, tagsOf(context))
  if (changed.length === 0 && !retagged) {
    stack.resources.set(old.logicalId, { ...old, deletionPolicy })
    return
  }
  const keeps = declaration.updateReplacePolicy === 'Retain'
  if (changed.some(name => type.properties[name]?.recreation !== 'Never')) {
    const made = create(context, declaration, type, properties, old)
    undo.push(() => removePhysical(context, made, !keeps))
    cleanup.push(() => removePhysical(context, old, !keeps))
    return
  }
  updateInPlace(context, type, old, { ...old, properties, deletionPolicy, tags: tagsOf(context) })
  undo.push(() => {
    updateInPlace(context, type, old, old)
  })
}

function create(
  context: StackContext,
  declaration: ResourceDeclaration,
  type: ResourceType,
  properties: JsonObject,
  replaced?: StackResource
): StackResource {
  const { stack, world } = context
  const { logicalId, deletionPolicy } = declaration
  const verb = replaced === undefined ? 'CREATE' : 'UPDATE'
  const begun = { logicalId, type: type.name, physicalId: replaced?.physicalId ?? '' }
  const reason =
    replaced === undefined
      ? null
      : 'Requested update requires the creation of a new physical resource; hence creating one.'
  addResourceEvent(stack, world.now(), begun, `${verb}_IN_PROGRESS`, reason)
  checkProperties(type, logicalId, properties)
  const physicalId = type.create(resourceContext(context, logicalId), properties)
  const status = `${verb}_COMPLETE` as const
  const made: StackResource = {
    ...begun,
    physicalId,
    properties,
    deletionPolicy,
    status,
    tags: tagsOf(context),
    updatedAt: world.now()
  }
  addResourceEvent(stack, world.now(), made, `${verb}_IN_PROGRESS`, 'Resource creation Initiated')
  addResourceEvent(stack, world.now(), made, status)
  stack.resources.set(logicalId, made)
  return made
}

function updateInPlace(context: StackContext, type: ResourceType, old: StackResource, next: StackResource): void {
  const { stack, world } = context
  addResourceEvent(stack, world.now(), old, 'UPDATE_IN_PROGRESS')
  checkProperties(type, old.logicalId, next.properties)
  const untagged = [...old.tags.keys()].some(key => !next.tags.has(key))
  type.update({ ...resourceContext(context, old.logicalId), untagged }, old.physicalId, next.properties)
  stack.resources.set(old.logicalId, { ...next, status: 'UPDATE_COMPLETE', updatedAt: world.now() })
  addResourceEvent(stack, world.now(), old, 'UPDATE_COMPLETE')
}

function reportFailure(context: StackContext, declaration: ResourceDeclaration, error: AwsError): void {
  const { stack, world } = context
  const { logicalId, type } = declaration
  const old = stack.resources.get(logicalId)
  const status = old === undefined ? 'CREATE_FAILED' : 'UPDATE_FAILED'
  const reason = handlerMessage(knownResourceType(type), error)
  const failed = { logicalId, type, physicalId: old?.physicalId ?? '' }
  addResourceEvent(stack, world.now(), failed, status, reason)
}

/** As CloudFormation quotes the service behind a resource. Its own schema check is quoted as it is. */
function handlerMessage(type: ResourceType, error: AwsError): string {
  if (error.code === 'ValidationError') return error.message
  const origin = `Service: ${type.service}, Status Code: ${error.status}, Request ID: ${randomUUID()}`
  const handlerCode = error.status === 403 ? 'AccessDenied' : 'InvalidRequest'
  return `Resource handler returned message: "${error.message} (${origin})" (RequestToken: ${randomUUID()}, HandlerErrorCode: ${handlerCode})`
}

function tagsOf({ stack }: StackContext): ReadonlyMap<string, string> {
  return stack.definition?.tags ?? new Map<string, string>()
}

function resourceContext(context: StackContext, logicalId: string): ResourceContext {
  const { world, caller, stack } = context
  return { world, caller, stackId: stack.id, logicalId, tagged: tagsOf(context).size > 0, untagged: false }
}
