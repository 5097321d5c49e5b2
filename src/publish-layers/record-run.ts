import type { Config, LayerResult } from '../model.js'
import { GitHubError, type GitHub } from '../ports/github.js'
import type { Plan } from './plan.js'
import { recordProven, type PromotedLayer } from './promotion.js'
import { overridesOf } from './result.js'

/**
 * Puts on record what the environment runs after a deploy. A layer counts once every region of the run has it.
 * A failure changes nothing of the deploy's result: the next run, changed or not, records it.
 * @returns a warning, or `null`
 */
export async function recordRun(
  github: GitHub | null,
  config: Config,
  plan: Plan,
  rows: readonly LayerResult[],
  logUrl: string | null
): Promise<string | null> {
  if (plan.mode !== 'deploy' || plan.dryRun || plan.outcome === 'refuse' || plan.outcome === 'stand-aside') return null
  const isSource = config.environments.some(({ promoteFrom }) => promoteFrom === plan.environment.name)
  const wrote = rows.some(({ status, reason }) => status === 'published' || reason === 'same-content')
  // Without a change only the environment that others are promoted from is looked at again: a lost record would block them.
  if (github === null || (!wrote && !isSource)) return null
  const run = {
    environment: plan.environment.name,
    commit: plan.headCommit,
    production: plan.environment.promoteFrom !== null,
    note: overridesOf(plan.verdicts)[0] ?? null,
    logUrl
  }
  try {
    await recordProven(github, run, promotionOf(rows))
    return null
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error
    const mend =
      error.permission === null
        ? 'run the workflow again'
        : `grant ${error.permission} under permissions in the workflow`
    return `The deployment was not recorded on GitHub, so nothing can be promoted from ${run.environment}: ${error.message}; ${mend}.`
  }
}

function promotionOf(rows: readonly LayerResult[]): ReadonlyMap<string, PromotedLayer> {
  const failed = new Set(
    rows.filter(row => row.status !== 'published' && row.status !== 'unchanged').map(row => row.layerId)
  )
  return new Map(
    rows.flatMap(({ layerId, sourceDigest, contentDigest, artifactSha256 }) => {
      if (failed.has(layerId) || sourceDigest === null || contentDigest === null || artifactSha256 === null) return []
      return [[layerId, { sourceDigest, contentDigest, artifactSha256 }] as const]
    })
  )
}
