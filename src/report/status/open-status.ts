/** What the main step hands to the post step: the status that it opened, and what it came to where that could not be written. */
import type { NewStatus } from '../../ports/github.js'

export interface OpenStatus {
  readonly commit: string
  readonly context: string
  /** `null`: the main step ended before it knew. */
  readonly final: { readonly state: NewStatus['state']; readonly description: string } | null
}

/** The runner hands it on as `STATE_open-status`. Empty: nothing is left to close. */
export const openStatusState = 'open-status'

const states: readonly string[] = ['success', 'failure', 'error']

/** @throws SyntaxError where it is no JSON */
export function readOpenStatus(state: string | undefined): OpenStatus | null {
  if (state === undefined || state === '') return null
  const { commit, context, final } = JSON.parse(state) as Partial<OpenStatus>
  if (typeof commit !== 'string' || typeof context !== 'string') return null
  const known = typeof final?.description === 'string' && states.includes(final.state)
  return { commit, context, final: known ? final : null }
}
