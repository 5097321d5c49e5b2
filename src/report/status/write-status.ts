/**
 * Writes one status, for the main step and the post step alike; and what the first hands to the second: the status that it opened,
 * and what it came to where that could not be written.
 */
import { type NewStatus, GitHubError, type GitHub } from '../../ports/github.js'
import type { Runner } from '../../ports/runner.js'

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

/** Never throws: the warning, or `null`. */
export async function writeStatus(
  commit: string,
  status: NewStatus,
  ports: { readonly github: GitHub | null; readonly runner: Pick<Runner, 'redact'> }
): Promise<string | null> {
  const { github, runner } = ports
  if (github === null) return null
  const description = runner.redact(status.description)
  return attempt(`The commit status ${status.context} was not written`, () =>
    github.createStatus(commit, { ...status, description })
  )
}

/** Runs one part of the delivery. The warning says what went wrong and the mend; `null` where nothing did. */
export async function attempt(
  what: string,
  work: () => void | Promise<void>,
  mendOf: (error: GitHubError) => string | null = () => null
): Promise<string | null> {
  try {
    await work()
    return null
  } catch (error) {
    if (!(error instanceof GitHubError)) return `${what}: ${error instanceof Error ? error.message : String(error)}.`
    return `${what}: ${error.message}; ${mendOf(error) ?? error.mend}.`
  }
}
