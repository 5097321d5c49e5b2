/**
 * Delivers a run's report to GitHub: commit status, pull request comment. Each part stands alone: what fails in one is a
 * warning and changes neither the other parts nor the result of the run (F69). It is loaded where GitHub is to be told.
 * GitHub calls: the status 2; the comment 3 (4 where nobody said who the token is); after a push one more; whatever the
 * number of layers.
 */
import type { RunResult } from '../model/index.js'
import type { Clock } from '../ports/process.js'
import type { GitHub, GitHubError, CheckRunReport } from '../ports/github.js'
import type { Runner } from '../ports/runner.js'
import { commentScope, renderSection, type CommentScope } from './comment/comment.js'
import { commentTarget, writeComment } from './comment/deliver-comment.js'
import type { ReportContext } from './context.js'
import { deliverLocally, statusTarget, type LocalDelivery } from './deliver.js'
import { finalStatus, pendingStatus, type StatusSubject } from './status/status.js'
import { attempt, writeStatus } from './status/write-status.js'
import { annotationsOf } from './status/annotations.js'
import { renderSummary } from './summary/summary.js'

export interface ReportPorts {
  /** `null`: there is no token; the report stays on this machine. */
  readonly github: GitHub | null
  readonly runner: Runner
  readonly clock: Pick<Clock, 'sleep'>
}

export interface Delivery {
  /** What could not be delivered. Already shown as warnings. */
  readonly warnings: readonly string[]
  readonly commentUrl: string | null
  /** The final status was written, or none was due. */
  readonly statusClosed: boolean
}

/**
 * Sets the pending status. `true`: it stands, and must be closed (by `deliverReport`, or by the post step with
 * `writeStatus`). `false`: none is due, or the token may not: pass `status: false` on, and it warns only once.
 */
export async function openStatus(
  subject: StatusSubject,
  headCommit: string | null,
  context: ReportContext,
  ports: ReportPorts
): Promise<boolean> {
  const commit = statusTarget(headCommit, context)
  if (commit === null) return false
  const warning = await writeStatus(commit, pendingStatus(subject, context), ports)
  if (warning !== null) ports.runner.warning(warning)
  return warning === null
}

/** Delivers everything. Never throws. */
export async function deliverReport(
  unredacted: RunResult,
  context: ReportContext,
  ports: ReportPorts
): Promise<Delivery> {
  return deliverToGitHub(await deliverLocally(unredacted, context, ports.runner), context, ports)
}

/** Commit status and pull request comment, side by side. Never throws. */
export async function deliverToGitHub(
  { result, warnings: local }: LocalDelivery,
  context: ReportContext,
  ports: ReportPorts
): Promise<Delivery> {
  const [status, comment] = await Promise.all([closeStatus(result, context, ports), comments(result, context, ports)])
  const warnings = [...local, status, comment.warning].filter(warning => warning !== null)
  for (const warning of warnings) ports.runner.warning(warning)
  return { warnings, commentUrl: comment.url, statusClosed: status === null }
}

async function closeStatus(result: RunResult, context: ReportContext, ports: ReportPorts): Promise<string | null> {
  const commit = statusTarget(result.headCommit, context)
  if (commit === null) return null
  const status = finalStatus(result, context)
  const report = context.checkRun === true ? { report: checkRunReport(result, context) } : {}
  return writeStatus(commit, { ...status, ...report }, ports)
}

async function comments(
  result: RunResult,
  context: ReportContext,
  { github, runner, clock }: ReportPorts
): Promise<{ readonly url: string | null; readonly warning: string | null }> {
  let url: string | null = null
  let locked = false
  const warning = await attempt(
    'The pull request comment was not written',
    async () => {
      const section = renderSection(result, context)
      if (!context.comment || github === null || section === null) return
      const target = await commentTarget(context.event, result, github)
      if (target.kind === 'none') {
        runner.info(`No pull request comment: ${target.why}.`)
        return
      }
      locked = target.locked
      const shared = isShared(result, context)
      const scope = shared ? null : scopeOf(result, context)
      url = (await writeComment(target.number, section, github, clock, { shared, scope })).url
    },
    error => (isLocked(error, locked) ? 'unlock the conversation, or set the input comment to false' : null)
  )
  return { url, warning }
}

/** What the comment may still hold after a run of every layer in every region: all else is configured no longer. */
function scopeOf({ environment }: RunResult, context: ReportContext): CommentScope | null {
  if (environment === null || context.layers.length === 0) return null
  return commentScope(environment.name, context.layers, environment.regions)
}

/** A run of some layers or regions is one of several jobs, which report at the same time. */
function isShared(result: RunResult, context: ReportContext): boolean {
  const layers = new Set(result.layers.map(({ layerId }) => layerId))
  const regions = result.environment?.regions ?? []
  return context.layers.some(({ id }) => !layers.has(id)) || regions.some(region => !result.regions.includes(region))
}

function isLocked(error: GitHubError, locked: boolean): boolean {
  return error.kind === 'permission' && (locked || /\blocked\b/i.test(error.message))
}

/** GitHub REST API, "Create a check run": 65,535 characters of summary, 50 annotations in a request. */
const SUMMARY_LIMIT = 65_535
const ANNOTATIONS = 50

/** What a check run holds beside a status: the job summary, and annotations on lines of the configuration. */
export function checkRunReport(result: RunResult, context: ReportContext): CheckRunReport {
  const annotations = annotationsOf(result).flatMap(({ level, message, place }) => {
    const { file, line, title = '' } = place
    if (file === undefined || line === undefined) return []
    return [{ path: file, line, level: level === 'error' ? ('failure' as const) : level, title, message }]
  })
  return { summary: renderSummary(result, context, SUMMARY_LIMIT), annotations: annotations.slice(0, ANNOTATIONS) }
}
