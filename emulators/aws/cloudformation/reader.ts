/** What tests and the demo see of the stacks past the HTTP API, and how they force a status. */
import type { StackStatus } from '@aws-sdk/client-cloudformation'
import type { World } from '../world.js'
import { setStackStatus } from './stack/events.js'
import { requireStack } from './stack/lookup.js'
import { stacksOf } from './stack/stack.js'

export interface StackView {
  readonly id: string
  readonly name: string
  readonly status: StackStatus
  readonly statusReason: string | null
  readonly tags: Readonly<Record<string, string>>
  readonly parameters: Readonly<Record<string, string>>
  readonly outputs: Readonly<Record<string, string>>
  readonly resources: readonly ResourceView[]
  /** Names of the change sets that a list shows. */
  readonly changeSets: readonly string[]
  readonly terminationProtection: boolean
}

interface ResourceView {
  readonly logicalId: string
  readonly type: string
  readonly physicalId: string
  readonly status: string
}

/** Oldest first, deleted ones too. Reading here moves no operation on. */
export function listStacks(world: World, accountId: string, region: string): readonly StackView[] {
  return [...stacksOf(world.region(accountId, region)).values()].map(stack => ({
    id: stack.id,
    name: stack.name,
    status: stack.status,
    statusReason: stack.statusReason,
    tags: Object.fromEntries(stack.definition?.tags ?? []),
    parameters: Object.fromEntries(stack.definition?.parameters ?? []),
    outputs: Object.fromEntries(stack.outputs.map(output => [output.key, output.value])),
    resources: [...stack.resources.values()].map(({ logicalId, type, physicalId, status }) => {
      return { logicalId, type, physicalId, status }
    }),
    changeSets: [...stack.changeSets.values()].filter(one => one.listed).map(one => one.name),
    terminationProtection: stack.terminationProtection
  }))
}

/** Puts a stack into any status, as if AWS had; a running operation is cut off. Throws where there is no such stack. */
export function forceStackStatus(
  world: World,
  where: { readonly accountId: string; readonly region: string; readonly stackName: string },
  status: StackStatus,
  reason: string | null = null
): void {
  const stack = requireStack(world.region(where.accountId, where.region), where.stackName, 'Stack [ ]')
  stack.progress = null
  setStackStatus(stack, world.now(), status, reason)
  if (status === 'DELETE_COMPLETE') stack.deletedAt = world.now()
}

/** Takes tags off a stack, as somebody does who updates it with tags of their own. Throws where there is no such stack. */
export function dropStackTags(
  world: World,
  where: { readonly accountId: string; readonly region: string; readonly stackName: string },
  keeps: (key: string) => boolean
): void {
  const stack = requireStack(world.region(where.accountId, where.region), where.stackName, 'Stack [ ]')
  if (stack.definition === null) return
  const tags = new Map([...stack.definition.tags].filter(([key]) => keeps(key)))
  stack.definition = { ...stack.definition, tags }
}
