/** One request as the calls see it. */
import type { Caller } from '../lambda/aws-error.js'
import type { RegionState, World } from '../world.js'

export interface Call {
  readonly world: World
  readonly caller: Caller
  /** The caller's account in the request's region. */
  readonly state: RegionState
  readonly parameters: URLSearchParams
}

export function arnPrefix({ state }: Pick<Call, 'state'>): string {
  return `arn:${state.partition}:cloudformation:${state.region}:${state.accountId}`
}
