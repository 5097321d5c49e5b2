import type { RunContext } from '../action/inputs.js'

/** Who writes, as records name it. */
export function identityOf(context: Pick<RunContext, 'repository' | 'runId' | 'runAttempt'>): {
  readonly repository: string
  readonly run: string
} {
  return {
    repository: context.repository === '' ? 'local' : context.repository,
    run: context.runId === '' ? 'local' : `${context.runId}/${context.runAttempt}`
  }
}
