/** Deployments and their statuses. */
import { ancestry, resolveRevision } from '../history.js'
import {
  ApiFailure,
  characterCount,
  list,
  ofRepository,
  one,
  recordById,
  validationFailed,
  type ApiRequest,
  type ApiResponse,
  type Operation
} from '../operation.js'
import { timestamp, type DeploymentRecord, type DeploymentStatusRecord, type World } from '../world.js'
import { repositoryUrl } from './repositories.js'
import { latestStatuses, maxDescriptionCharacters } from './statuses.js'
import { nodeId, renderApp, renderUser } from './users.js'

function renderDeployment(world: World, deployment: DeploymentRecord) {
  const root = repositoryUrl(world, deployment.repository)
  const url = `${root}/deployments/${deployment.id}`
  return {
    id: deployment.id,
    node_id: nodeId('DE', deployment.id),
    ...{ url, statuses_url: `${url}/statuses`, repository_url: root },
    ...{ sha: deployment.sha, ref: deployment.ref, task: deployment.task, payload: deployment.payload },
    ...{ environment: deployment.environment, original_environment: deployment.environment },
    description: deployment.description,
    creator: renderUser(world, deployment.creator),
    ...{ created_at: timestamp(deployment.createdAt), updated_at: timestamp(latestChange(deployment)) },
    ...{ transient_environment: deployment.transient, production_environment: deployment.production },
    performed_via_github_app: renderApp(world, deployment.creator)
  }
}

const latestChange = ({ createdAt, statuses }: DeploymentRecord): number => statuses.at(-1)?.createdAt ?? createdAt

function renderDeploymentStatus(world: World, deployment: DeploymentRecord, status: DeploymentStatusRecord) {
  const root = repositoryUrl(world, deployment.repository)
  const deploymentUrl = `${root}/deployments/${deployment.id}`
  return {
    id: status.id,
    node_id: nodeId('DES', status.id),
    ...{ url: `${deploymentUrl}/statuses/${status.id}`, deployment_url: deploymentUrl, repository_url: root },
    ...{ state: status.state, description: status.description, environment: status.environment },
    ...{ target_url: status.targetUrl, log_url: status.logUrl, environment_url: status.environmentUrl },
    creator: renderUser(world, status.creator),
    ...{ created_at: timestamp(status.createdAt), updated_at: timestamp(status.createdAt) },
    performed_via_github_app: renderApp(world, status.creator)
  }
}

interface NewDeployment {
  readonly ref: string
  readonly task?: string
  readonly auto_merge?: boolean
  readonly required_contexts?: readonly string[]
  readonly payload?: string | Record<string, unknown>
  readonly environment?: string
  readonly description?: string | null
  readonly transient_environment?: boolean
  readonly production_environment?: boolean
}

function createDeployment(request: ApiRequest): ApiResponse {
  const { world, repository, token } = request
  const body = request.body as NewDeployment
  const commit = resolveRevision(world, repository.fullName, body.ref)
  if (commit === null) throw new ApiFailure(422, `No ref found for: ${body.ref}`)
  const merged = autoMerge(request, body)
  if (merged !== null) return merged
  refuseUnmetContexts(request, body, commit.sha)
  const { task = 'deploy', payload = '', environment = 'production', description = null } = body
  const deployment: DeploymentRecord = {
    id: world.nextId(),
    repository: repository.fullName,
    ...{ sha: commit.sha, ref: body.ref, task, payload, environment, description },
    creator: token.login,
    transient: body.transient_environment ?? false,
    production: body.production_environment ?? environment === 'production',
    createdAt: world.now(),
    statuses: []
  }
  world.state.deployments.push(deployment)
  return one(renderDeployment(world, deployment), 201)
}

/** By default GitHub merges the default branch into a branch that lacks commits of it, and creates no deployment. */
function autoMerge({ world, repository }: ApiRequest, body: NewDeployment): ApiResponse | null {
  const isBranch = world.state.branches.some(b => b.repository === repository.fullName && b.name === body.ref)
  if (body.auto_merge === false || !isBranch) return null
  const tip = resolveRevision(world, repository.fullName, repository.defaultBranch)
  const head = resolveRevision(world, repository.fullName, body.ref)
  if (tip === null || head === null || ancestry(world, head).some(c => c.sha === tip.sha)) return null
  return one({ message: `Auto-merged ${repository.defaultBranch} into ${body.ref} on deployment.` }, 202)
}

/** By default every status context of the commit must have succeeded; `[]` asks for none. */
function refuseUnmetContexts(request: ApiRequest, body: NewDeployment, sha: string): void {
  const latest = latestStatuses(request, sha)
  const required = body.required_contexts ?? latest.map(status => status.context)
  const unmet = required.filter(context => latest.find(s => s.context === context)?.state !== 'success')
  if (unmet.length === 0) return
  const contexts = unmet.map(context => ({ context, state: latest.find(s => s.context === context)?.state ?? null }))
  throw new ApiFailure(409, `Conflict: Commit status checks failed for ${body.ref}.`, {
    errors: [{ resource: 'Deployment', field: 'required_contexts', code: 'invalid', contexts }]
  })
}

function listDeployments(request: ApiRequest): DeploymentRecord[] {
  const { sha, ref, task, environment } = request.query
  const wanted = (asked: unknown, found: string) => asked === undefined || asked === 'none' || asked === found
  return ofRepository(request.world.state.deployments, request)
    .filter(d => wanted(sha, d.sha) && wanted(ref, d.ref) && wanted(task, d.task) && wanted(environment, d.environment))
    .reverse()
}

interface NewDeploymentStatus {
  readonly state: string
  readonly target_url?: string
  readonly log_url?: string
  readonly description?: string
  readonly environment?: string
  readonly environment_url?: string
  readonly auto_inactive?: boolean
}

function createDeploymentStatus(request: ApiRequest): ApiResponse {
  const { world, token } = request
  const deployment = recordById(world.state.deployments, request, 'deployment_id')
  const body = request.body as NewDeploymentStatus
  const { description = '', log_url: logUrl = body.target_url ?? '', environment = deployment.environment } = body
  if (characterCount(description) > maxDescriptionCharacters) {
    const message = `description is too long (maximum is ${maxDescriptionCharacters} characters)`
    throw validationFailed('DeploymentStatus', 'description', 'custom', message)
  }
  const status: DeploymentStatusRecord = {
    id: world.nextId(),
    ...{ state: body.state, description, environment, logUrl, targetUrl: logUrl },
    environmentUrl: body.environment_url ?? '',
    creator: token.login,
    createdAt: world.now()
  }
  deployment.statuses.push(status)
  if (body.state === 'success' && body.auto_inactive !== false) retireOlder(world, deployment, token.login)
  return one(renderDeploymentStatus(world, deployment, status), 201)
}

/** GitHub, `auto_inactive`: earlier successful, non-transient, non-production deployments of the environment. */
function retireOlder(world: World, current: DeploymentRecord, creator: string): void {
  const older = world.state.deployments.filter(
    d => d.repository === current.repository && d.environment === current.environment && d.id < current.id
  )
  for (const deployment of older) {
    const last = deployment.statuses.at(-1)
    if (last?.state !== 'success' || deployment.transient || deployment.production) continue
    deployment.statuses.push({ ...last, id: world.nextId(), state: 'inactive', creator, createdAt: world.now() })
  }
}

export const deploymentOperations: readonly Operation[] = [
  {
    id: 'repos/list-deployments',
    needs: [['deployments', 'read']],
    handle: request => list(listDeployments(request), deployment => renderDeployment(request.world, deployment))
  },
  { id: 'repos/create-deployment', needs: [['deployments', 'write']], handle: createDeployment },
  {
    id: 'repos/get-deployment',
    needs: [['deployments', 'read']],
    handle: request =>
      one(renderDeployment(request.world, recordById(request.world.state.deployments, request, 'deployment_id')))
  },
  {
    id: 'repos/list-deployment-statuses',
    needs: [['deployments', 'read']],
    handle(request) {
      const deployment = recordById(request.world.state.deployments, request, 'deployment_id')
      const newestFirst = [...deployment.statuses].reverse()
      return list(newestFirst, status => renderDeploymentStatus(request.world, deployment, status))
    }
  },
  { id: 'repos/create-deployment-status', needs: [['deployments', 'write']], handle: createDeploymentStatus }
]
