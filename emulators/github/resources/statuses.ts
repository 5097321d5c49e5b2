/** Commit statuses. They are never changed: a newer one of the same context counts. */
import {
  ApiFailure,
  characterCount,
  list,
  notFound,
  ofRepository,
  one,
  validationFailed,
  type ApiRequest,
  type Operation
} from '../operation.js'
import { resolveRevision } from '../history.js'
import { timestamp, type CommitRecord, type StatusRecord, type World } from '../world.js'
import { renderRepository, repositoryUrl } from './repositories.js'
import { nodeId, renderUser } from './users.js'

/** GitHub: "description is too long (maximum is 140 characters)". */
export const maxDescriptionCharacters = 140
/** GitHub, "Create a commit status": "a limit of 1000 statuses per sha and context within a repository". */
const maxStatusesPerContext = 1000

function renderSimpleStatus(world: World, status: StatusRecord) {
  return {
    id: status.id,
    node_id: nodeId('SC', status.id),
    url: `${repositoryUrl(world, status.repository)}/statuses/${status.sha}`,
    avatar_url: renderUser(world, status.creator).avatar_url,
    state: status.state,
    description: status.description,
    target_url: status.targetUrl,
    context: status.context,
    created_at: timestamp(status.createdAt),
    updated_at: timestamp(status.createdAt)
  }
}

function renderStatus(world: World, status: StatusRecord) {
  return { ...renderSimpleStatus(world, status), creator: renderUser(world, status.creator) }
}

export function commitOf(request: ApiRequest, revision: string): CommitRecord {
  const commit = resolveRevision(request.world, request.repository.fullName, revision)
  if (commit === null) throw notFound()
  return commit
}

/** Newest first. */
const statusesOf = (request: ApiRequest, sha: string): StatusRecord[] =>
  ofRepository(request.world.state.statuses, request)
    .filter(status => status.sha === sha)
    .reverse()

/** The newest status of each context. */
export function latestStatuses(request: ApiRequest, sha: string): StatusRecord[] {
  const newestLast = statusesOf(request, sha).reverse()
  return [...new Map(newestLast.map(status => [status.context, status])).values()]
}

function createStatus(request: ApiRequest): StatusRecord {
  const { world, repository, token } = request
  const sha = request.params['sha'] ?? ''
  const body = request.body as {
    state: StatusRecord['state']
    target_url?: string | null
    description?: string | null
    context?: string
  }
  if (!/^[0-9a-f]{40}$/.test(sha) || resolveRevision(world, repository.fullName, sha) === null) {
    throw new ApiFailure(422, `No commit found for SHA: ${sha}`)
  }
  const { description = null, target_url: targetUrl = null, context = 'default' } = body
  if (characterCount(description ?? '') > maxDescriptionCharacters) {
    const message = `description is too long (maximum is ${maxDescriptionCharacters} characters)`
    throw validationFailed('Status', 'description', 'custom', message)
  }
  if (targetUrl !== null && targetUrl !== '' && !/^https?:\/\//.test(targetUrl)) {
    throw validationFailed('Status', 'target_url', 'custom', 'target_url must use http(s) scheme')
  }
  if (statusesOf(request, sha).filter(s => s.context === context).length >= maxStatusesPerContext) {
    const message = 'This SHA and context has reached the maximum number of statuses.'
    throw validationFailed('Status', 'context', 'custom', message)
  }
  const where = { id: world.nextId(), repository: repository.fullName, sha }
  const what = { state: body.state, context, description, targetUrl }
  return { ...where, ...what, creator: token.login, createdAt: world.now() }
}

/** GitHub, "Get the combined status": failure before pending before success; pending where there is none. */
function combinedState(statuses: readonly StatusRecord[]): string {
  if (statuses.some(s => s.state === 'error' || s.state === 'failure')) return 'failure'
  return statuses.length > 0 && statuses.every(s => s.state === 'success') ? 'success' : 'pending'
}

export const statusOperations: readonly Operation[] = [
  {
    id: 'repos/create-commit-status',
    needs: [['statuses', 'write']],
    handle(request) {
      const status = createStatus(request)
      request.world.state.statuses.push(status)
      return one(renderStatus(request.world, status), 201)
    }
  },
  {
    id: 'repos/list-commit-statuses-for-ref',
    needs: [['statuses', 'read']],
    handle(request) {
      const { sha } = commitOf(request, request.params['ref'] ?? '')
      return list(statusesOf(request, sha), status => renderStatus(request.world, status))
    }
  },
  {
    id: 'repos/get-combined-status-for-ref',
    needs: [['statuses', 'read']],
    handle(request) {
      const { world, repository } = request
      const { sha } = commitOf(request, request.params['ref'] ?? '')
      const latest = latestStatuses(request, sha)
      const root = repositoryUrl(world, repository.fullName)
      return list(
        latest,
        status => renderSimpleStatus(world, status),
        statuses => ({
          state: combinedState(latest),
          sha,
          total_count: latest.length,
          statuses,
          repository: renderRepository(world, repository),
          commit_url: `${root}/commits/${sha}`,
          url: `${root}/commits/${sha}/status`
        })
      )
    }
  }
]
