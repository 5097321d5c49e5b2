/** Check runs: only a GitHub App (the workflow's own token is one) may write them. */
import {
  ApiFailure,
  list,
  ofRepository,
  one,
  recordById,
  validationFailed,
  type ApiRequest,
  type Operation
} from '../operation.js'
import { resolveRevision } from '../history.js'
import { timestamp, type CheckRunRecord, type World } from '../world.js'
import { renderPullMinimal } from './pulls.js'
import { repositoryUrl } from './repositories.js'
import { commitOf } from './statuses.js'
import { nodeId, renderApp } from './users.js'

function renderCheckRun(world: World, run: CheckRunRecord) {
  const url = `${repositoryUrl(world, run.repository)}/check-runs/${run.id}`
  const page = `${world.htmlUrl}/${run.repository}/runs/${run.id}`
  const pulls = world.state.pulls.filter(p => p.repository === run.repository && p.head.sha === run.headSha)
  const { annotations, ...output } = run.output
  return {
    id: run.id,
    node_id: nodeId('CR', run.id),
    ...{ name: run.name, head_sha: run.headSha, external_id: run.externalId },
    ...{ url, html_url: page, details_url: run.detailsUrl ?? page },
    ...{ status: run.status, conclusion: run.conclusion },
    ...{ started_at: run.startedAt, completed_at: run.completedAt },
    output: { ...output, annotations_count: annotations, annotations_url: `${url}/annotations` },
    check_suite: { id: run.id },
    app: renderApp(world, run.creator),
    pull_requests: pulls.filter(p => p.state === 'open').map(pull => renderPullMinimal(world, pull))
  }
}

interface CheckRunBody {
  readonly name?: string
  readonly head_sha?: string
  readonly status?: string
  readonly conclusion?: string
  readonly started_at?: string
  readonly completed_at?: string
  readonly details_url?: string
  readonly external_id?: string
  readonly output?: {
    readonly title?: string
    readonly summary: string
    readonly text?: string
    readonly annotations?: readonly unknown[]
  }
}

function requireApp({ token }: ApiRequest): void {
  if (token.kind !== 'installation') throw new ApiFailure(403, 'You must authenticate via a GitHub App.')
}

/** A given conclusion completes the run; a completed run must have one. GitHub, "Create a check run". */
function applyBody(run: CheckRunRecord, body: CheckRunBody, now: string): void {
  const status = body.conclusion === undefined ? (body.status ?? run.status) : 'completed'
  const conclusion = body.conclusion ?? (status === 'completed' ? run.conclusion : null)
  if (status === 'completed' && conclusion === null) {
    throw validationFailed('CheckRun', 'conclusion', 'missing_field', 'conclusion is required when status is completed')
  }
  Object.assign(run, { status, conclusion })
  run.completedAt = status === 'completed' ? (body.completed_at ?? run.completedAt ?? now) : null
  run.name = body.name ?? run.name
  run.startedAt = body.started_at ?? run.startedAt
  run.detailsUrl = body.details_url ?? run.detailsUrl
  run.externalId = body.external_id ?? run.externalId
  if (body.output !== undefined) {
    const { title = null, summary, text = null, annotations = [] } = body.output
    // GitHub adds annotations of an update to those that are there.
    run.output = { title, summary, text, annotations: run.output.annotations + annotations.length }
  }
}

function createCheckRun(request: ApiRequest): CheckRunRecord {
  requireApp(request)
  const { world, repository, token } = request
  const body = request.body as CheckRunBody & { name: string; head_sha: string }
  if (resolveRevision(world, repository.fullName, body.head_sha) === null) {
    throw new ApiFailure(422, `No commit found for SHA: ${body.head_sha}`)
  }
  const now = timestamp(world.now())
  const run: CheckRunRecord = {
    ...{ id: world.nextId(), repository: repository.fullName, headSha: body.head_sha, creator: token.login },
    ...{ name: body.name, status: 'queued', conclusion: null, startedAt: now, completedAt: null },
    ...{ detailsUrl: null, externalId: null },
    output: { title: null, summary: null, text: null, annotations: 0 }
  }
  applyBody(run, body, now)
  world.state.checkRuns.push(run)
  return run
}

function updateCheckRun(request: ApiRequest): CheckRunRecord {
  requireApp(request)
  const run = recordById(request.world.state.checkRuns, request, 'check_run_id')
  if (run.creator !== request.token.login) {
    throw new ApiFailure(403, 'Invalid app_id - check run can only be modified by the GitHub App that created it.')
  }
  applyBody(run, request.body as CheckRunBody, timestamp(request.world.now()))
  return run
}

/** Newest first; `filter=latest` (the default) keeps the newest run of each name and app. */
function checkRunsOf(request: ApiRequest): CheckRunRecord[] {
  const { check_name: name, status, filter = 'latest' } = request.query
  const { sha } = commitOf(request, request.params['ref'] ?? '')
  const all = ofRepository(request.world.state.checkRuns, request).filter(run => run.headSha === sha)
  const kept = filter === 'all' ? all : [...new Map(all.map(run => [`${run.creator} ${run.name}`, run])).values()]
  return kept
    .filter(run => (name === undefined || run.name === name) && (status === undefined || run.status === status))
    .sort((a, b) => b.id - a.id)
}

export const checkRunOperations: readonly Operation[] = [
  {
    id: 'checks/create',
    needs: [['checks', 'write']],
    handle: request => one(renderCheckRun(request.world, createCheckRun(request)), 201)
  },
  {
    id: 'checks/update',
    needs: [['checks', 'write']],
    handle: request => one(renderCheckRun(request.world, updateCheckRun(request)))
  },
  {
    id: 'checks/list-for-ref',
    needs: [['checks', 'read']],
    handle(request) {
      const runs = checkRunsOf(request)
      const render = (run: CheckRunRecord) => renderCheckRun(request.world, run)
      return list(runs, render, page => ({ total_count: runs.length, check_runs: page }))
    }
  }
]
