/** What CloudFormation remembers: stacks, their change sets, resources and events. */
import type {
  Capability,
  ChangeSetStatus,
  ExecutionStatus,
  OnStackFailure,
  ResourceStatus,
  StackStatus,
  ChangeSource,
  EvaluationType,
  PolicyAction,
  Replacement,
  RequiresRecreation,
  ResourceAttribute
} from '@aws-sdk/client-cloudformation'
import type { RegionState } from '../../world.js'
import type { DeletionPolicy, JsonObject, Template } from '../template/template.js'
import type { ParameterValues } from '../template/parameter-values.js'
import type { Progress } from './progress.js'

/** What a stack is, or is to become. */
export interface StackDefinition {
  readonly template: Template
  readonly parameters: ParameterValues
  readonly tags: ReadonlyMap<string, string>
  readonly capabilities: readonly Capability[]
}

export interface StackResource {
  readonly logicalId: string
  readonly type: string
  readonly physicalId: string
  /** Evaluated. */
  readonly properties: JsonObject
  readonly deletionPolicy: DeletionPolicy
  readonly status: ResourceStatus
  readonly updatedAt: number
  /** The stack tags that it bears, where its type takes them. */
  readonly tags: ReadonlyMap<string, string>
}

export interface StackEvent {
  readonly id: string
  readonly time: number
  readonly logicalId: string
  readonly physicalId: string
  readonly type: string
  readonly status: ResourceStatus
  readonly reason: string | null
  readonly clientRequestToken: string | null
}

export interface StackOutput {
  readonly key: string
  readonly value: string
  readonly description: string | null
}

export interface ChangeSet {
  readonly id: string
  readonly name: string
  readonly type: 'CREATE' | 'UPDATE'
  readonly description: string | null
  readonly createdAt: number
  readonly clientToken: string | null
  /** The request as text: a repeated token must come with the same one. */
  readonly request: string
  readonly onStackFailure: OnStackFailure | null
  readonly definition: StackDefinition
  readonly changes: readonly ResourceChange[]
  status: ChangeSetStatus
  statusReason: string | null
  executionStatus: ExecutionStatus
  executionToken: string | null
  /** Found by its name and in lists? One that was executed is found by its ARN only. */
  listed: boolean
  progress: Progress | null
}

export interface Stack {
  readonly id: string
  readonly name: string
  readonly state: RegionState
  readonly createdAt: number
  updatedAt: number | null
  deletedAt: number | null
  status: StackStatus
  statusReason: string | null
  /** `null` in REVIEW_IN_PROGRESS: nothing was executed yet. */
  definition: StackDefinition | null
  outputs: readonly StackOutput[]
  /** By logical id. */
  readonly resources: Map<string, StackResource>
  /** Oldest first. */
  readonly events: StackEvent[]
  /** By id. */
  readonly changeSets: Map<string, ChangeSet>
  /** The change set that was executed last. */
  changeSetId: string | null
  terminationProtection: boolean
  /** The running operation. */
  progress: Progress | null
  clientRequestToken: string | null
}

/** The map is `unknown` to the HTTP server; only this service writes to it. */
export function stacksOf(state: RegionState): Map<string, Stack> {
  return state.stacks as Map<string, Stack>
}

export interface ChangeDetail {
  readonly attribute: ResourceAttribute
  /** The property's name, where the attribute is `Properties`. */
  readonly name: string | null
  readonly requiresRecreation: RequiresRecreation
  readonly evaluation: EvaluationType
  readonly source: ChangeSource
  /** The parameter, resource, or `resource.attribute` whose change causes this one. */
  readonly causingEntity: string | null
}

export interface ResourceChange {
  readonly action: 'Add' | 'Modify' | 'Remove'
  readonly logicalId: string
  readonly physicalId: string | null
  readonly type: string
  readonly replacement: Replacement | null
  readonly policyAction: PolicyAction | null
  readonly scope: readonly ResourceAttribute[]
  readonly details: readonly ChangeDetail[]
  readonly before: JsonObject | null
  /** With `knownAfterApply` where a value is not known yet. */
  readonly after: JsonObject | null
}
