/** Where the report goes and what it links to: read once from the runner's environment, never by the renderers. */
import type { Environment, Layer, TriggerEvent } from '../model/index.js'

export interface ReportContext {
  /** Without a trailing slash: `https://github.com`, on GitHub Enterprise Server the server's own. */
  readonly serverUrl: string
  /** `owner/name`. */
  readonly repository: string
  /** `GITHUB_RUN_ID`; `null` outside GitHub Actions. */
  readonly runId: string | null
  /** `GITHUB_RUN_ATTEMPT`, from 1. */
  readonly runAttempt: number
  readonly event: TriggerEvent
  /** Every configured environment, for the picture of the promotion. */
  readonly environments: readonly Environment[]
  /** Every configured layer: each has its outputs, selected or not. */
  readonly layers: readonly Pick<Layer, 'id'>[]
  /** The inputs `comment` and `status`. */
  readonly comment: boolean
  readonly status: boolean
  /** The status is written as a check run, which holds the summary and annotations. */
  readonly checkRun?: boolean
}

type Links = Pick<ReportContext, 'serverUrl' | 'repository' | 'runId' | 'runAttempt'>

/** The one address of a run: who looks for what a run left compares it. `null` outside GitHub Actions. */
export function runUrl(context: Links): string | null {
  if (context.runId === null || context.repository === '') return null
  const attempt = context.runAttempt > 1 ? `/attempts/${context.runAttempt}` : ''
  return `${repositoryUrl(context)}/actions/runs/${encodeURIComponent(context.runId)}${attempt}`
}

export function commitUrl(context: Links, commit: string): string {
  return `${repositoryUrl(context)}/commit/${encodeURIComponent(commit)}`
}

function repositoryUrl(context: Links): string {
  return `${context.serverUrl}/${context.repository.split('/').map(encodeURIComponent).join('/')}`
}
