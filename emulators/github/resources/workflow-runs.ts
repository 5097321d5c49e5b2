/** Workflow runs: read only; tests and the demo seed them. */
import { resolveRevision } from '../history.js'
import { list, ofRepository, one, recordById, type ApiRequest, type Operation } from '../operation.js'
import { timestamp, type WorkflowRunRecord, type World } from '../world.js'
import { renderRepository, repositoryNamed, repositoryUrl } from './repositories.js'
import { nodeId, renderUser } from './users.js'

function renderWorkflowRun(world: World, run: WorkflowRunRecord) {
  const root = repositoryUrl(world, run.repository)
  const url = `${root}/actions/runs/${run.id}`
  const actor = renderUser(world, run.actor)
  const commit = resolveRevision(world, run.repository, run.headSha)
  const time = timestamp(run.createdAt)
  const path = `.github/workflows/${run.name}.yml`
  return {
    id: run.id,
    node_id: nodeId('WFR', run.id),
    ...{ name: run.name, display_title: run.name, path, run_number: 1, run_attempt: 1, workflow_id: 1 },
    ...{ event: run.event, status: run.status, conclusion: run.conclusion },
    ...{ head_branch: run.headBranch, head_sha: run.headSha },
    head_commit: commit === null ? null : renderHeadCommit(commit.sha, commit.message, commit.date, commit.author),
    ...{ pull_requests: [], actor, triggering_actor: actor },
    ...{ created_at: time, updated_at: time, run_started_at: time },
    ...{ url, html_url: `${world.htmlUrl}/${run.repository}/actions/runs/${run.id}` },
    ...{ jobs_url: `${url}/jobs`, logs_url: `${url}/logs`, artifacts_url: `${url}/artifacts` },
    ...{ cancel_url: `${url}/cancel`, rerun_url: `${url}/rerun`, previous_attempt_url: null },
    ...{ check_suite_url: `${root}/check-suites/${run.id}`, workflow_url: `${root}/actions/workflows/1` },
    repository: renderRepository(world, repositoryNamed(world, run.repository)),
    head_repository: renderRepository(world, repositoryNamed(world, run.headRepository))
  }
}

function renderHeadCommit(id: string, message: string, date: number, { name, email }: { name: string; email: string }) {
  const person = { name, email }
  return { id, tree_id: id, message, timestamp: timestamp(date), author: person, committer: person }
}

function listRuns(request: ApiRequest): WorkflowRunRecord[] {
  const { actor, branch, event, status, head_sha: sha } = request.query
  const wanted = (asked: unknown, ...found: (string | null)[]) => asked === undefined || found.includes(asked as string)
  return ofRepository(request.world.state.workflowRuns, request)
    .filter(run => wanted(actor, run.actor) && wanted(branch, run.headBranch) && wanted(event, run.event))
    .filter(run => wanted(status, run.status, run.conclusion) && wanted(sha, run.headSha))
    .reverse()
}

export const workflowRunOperations: readonly Operation[] = [
  {
    id: 'actions/list-workflow-runs-for-repo',
    needs: [['actions', 'read']],
    handle(request) {
      const runs = listRuns(request)
      const render = (run: WorkflowRunRecord) => renderWorkflowRun(request.world, run)
      return list(runs, render, page => ({ total_count: runs.length, workflow_runs: page }))
    }
  },
  {
    id: 'actions/get-workflow-run',
    needs: [['actions', 'read']],
    handle: request =>
      one(renderWorkflowRun(request.world, recordById(request.world.state.workflowRuns, request, 'run_id')))
  }
]
