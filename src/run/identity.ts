import type { RunContext } from '../action/inputs.js'

/** Who writes, as records name it. */
export function identityOf(context: Pick<RunContext, 'repository' | 'repositoryId' | 'runId' | 'runAttempt'>): {
  readonly repository: string
  readonly repositoryId: string | null
  readonly run: string
} {
  return {
    repository: context.repository === '' ? 'local' : context.repository,
    repositoryId: context.repositoryId,
    run: context.runId === '' ? 'local' : `${context.runId}/${context.runAttempt}`
  }
}
