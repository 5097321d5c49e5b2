/** Writes one status; the main step and the post step share it. */
import { GitHubError, type GitHub, type NewStatus } from '../../ports/github.js'
import type { Runner } from '../../ports/runner.js'

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
