import type { EventPlace } from './event-objects.js'

export interface WorkflowEvent {
  readonly eventName: string
  readonly payload: Record<string, unknown>
  readonly ref: string
  readonly sha: string
  /** Branch names, pull requests only. */
  readonly baseRef?: string
  readonly headRef?: string
}

export const noCommit = '0'.repeat(40)

/** Events without a branch of their own run on the default branch's tip. */
export function onDefaultBranch(place: EventPlace): { ref: string; sha: string } {
  return { ref: `refs/heads/${place.defaultBranch ?? 'main'}`, sha: place.defaultBranchCommit ?? 'd'.repeat(40) }
}
