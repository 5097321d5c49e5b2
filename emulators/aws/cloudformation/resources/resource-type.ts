/** What a resource type is to the emulator: its properties as data, and how it is made, changed and removed. */
import { notAuthorized, type Caller } from '../../lambda/aws-error.js'
import type { World } from '../../world.js'
import type { JsonObject } from '../template/template.js'

export interface PropertyRule {
  readonly shape: 'string' | 'string-list' | { readonly [member: string]: 'string' }
  readonly required: boolean
  /** Does a change of it need a new physical resource? */
  readonly recreation: 'Always' | 'Never'
}

/** CloudFormation acts in the name of whoever started the operation. */
export interface ResourceContext {
  readonly world: World
  readonly caller: Caller
  readonly stackId: string
  readonly logicalId: string
  /** Has the stack tags? They reach its taggable resources. */
  readonly tagged: boolean
  /** Did the stack lose a tag that the resource bears? */
  readonly untagged: boolean
}

export interface ResourceType {
  readonly name: string
  /** The service behind it, as it is named in failure reasons. */
  readonly service: string
  readonly properties: Readonly<Record<string, PropertyRule>>
  /** For Fn::GetAtt. */
  readonly attributes: readonly string[]
  /** Do stack tags reach it? Then a change of them is a change of the resource. */
  readonly taggable: boolean
  /** Returns the physical id. Throws `AwsError`. */
  create(context: ResourceContext, properties: JsonObject): string
  /** Called only where every changed property has recreation `Never`. */
  update(context: ResourceContext, physicalId: string, properties: JsonObject): void
  /** Removing what is already gone is no error. */
  remove(context: ResourceContext, physicalId: string): void
  attribute(context: ResourceContext, physicalId: string, attribute: string): string
}

/** A resource handler acts with the caller's rights. Throws `AccessDeniedException` where they lack the action. */
export function authorize({ caller }: ResourceContext, action: string, resource: string): void {
  if (caller.allows?.({ action, resource, write: true }) === false) {
    throw notAuthorized(caller, action, resource, 'identity-based')
  }
}
