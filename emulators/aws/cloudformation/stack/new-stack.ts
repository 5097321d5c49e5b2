import { randomUUID } from 'node:crypto'
import type { RegionState, World } from '../../world.js'
import { setStackStatus } from './events.js'
import type { Stack } from './stack.js'

/** A stack that only has change sets so far: REVIEW_IN_PROGRESS, without tags, parameters or template. Not yet stored. */
export function newStack(world: World, state: RegionState, name: string): Stack {
  const stack: Stack = {
    id: `arn:${state.partition}:cloudformation:${state.region}:${state.accountId}:stack/${name}/${randomUUID()}`,
    name,
    state,
    createdAt: world.now(),
    updatedAt: null,
    deletedAt: null,
    status: 'REVIEW_IN_PROGRESS',
    statusReason: null,
    definition: null,
    outputs: [],
    resources: new Map(),
    events: [],
    changeSets: new Map(),
    changeSetId: null,
    terminationProtection: false,
    progress: null,
    clientRequestToken: null
  }
  setStackStatus(stack, world.now(), 'REVIEW_IN_PROGRESS', 'User Initiated')
  return stack
}
