import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { readFixture } from '../../../emulators/github/contract.js'
import type { GitHubEmulator } from '../../../emulators/github/index.js'
import { client, commitId, repository, startWithHistory } from './emulator-under-test.js'

/** Every described operation, asked once with what it needs: its answer has passed GitHub's own schema. */
const requests: Readonly<Record<string, Record<string, unknown>>> = {
  'POST /repos/{owner}/{repo}/issues/{issue_number}/comments': { issue_number: 7, body: 'first' },
  'GET /repos/{owner}/{repo}/issues/{issue_number}/comments': { issue_number: 7 },
  'GET /repos/{owner}/{repo}/issues/comments/{comment_id}': { comment_id: 'comment' },
  'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}': { comment_id: 'comment', body: 'second' },
  'DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}': { comment_id: 'comment' },
  'POST /repos/{owner}/{repo}/statuses/{sha}': { sha: commitId('d'), state: 'success', context: 'x' },
  'GET /repos/{owner}/{repo}/commits/{ref}/statuses': { ref: 'feature/one' },
  'GET /repos/{owner}/{repo}/commits/{ref}/status': { ref: commitId('d') },
  'POST /repos/{owner}/{repo}/check-runs': {
    name: 'plan',
    head_sha: commitId('d'),
    status: 'in_progress',
    output: { title: 't', summary: 's' }
  },
  'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}': { check_run_id: 'check', conclusion: 'success' },
  'GET /repos/{owner}/{repo}/commits/{ref}/check-runs': { ref: commitId('d') },
  'GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls': { commit_sha: commitId('d') },
  'GET /repos/{owner}/{repo}/pulls/{pull_number}': { pull_number: 7 },
  'GET /repos/{owner}/{repo}/pulls': { state: 'all' },
  'POST /repos/{owner}/{repo}/deployments': {
    ref: commitId('d'),
    task: 'layer-deploy',
    environment: 'sandbox',
    required_contexts: [],
    payload: { da_flask: { 'source-digest': 'x' } }
  },
  'GET /repos/{owner}/{repo}/deployments': { environment: 'sandbox', task: 'layer-deploy' },
  'GET /repos/{owner}/{repo}/deployments/{deployment_id}': { deployment_id: 'deployment' },
  'POST /repos/{owner}/{repo}/deployments/{deployment_id}/statuses': { deployment_id: 'deployment', state: 'success' },
  'GET /repos/{owner}/{repo}/deployments/{deployment_id}/statuses': { deployment_id: 'deployment' },
  'GET /repos/{owner}/{repo}/compare/{basehead}': { basehead: 'main...feature/one' },
  'GET /repos/{owner}/{repo}/commits/{ref}': { ref: commitId('c') },
  'GET /repos/{owner}/{repo}/branches': {},
  'GET /repos/{owner}/{repo}/branches/{branch}': { branch: 'feature/one' },
  'GET /repos/{owner}/{repo}/git/ref/{ref}': { ref: 'heads/feature/one' },
  'GET /repos/{owner}/{repo}': {},
  'GET /repos/{owner}/{repo}/rules/branches/{branch}': { branch: 'main' },
  'GET /repos/{owner}/{repo}/environments/{environment_name}': { environment_name: 'sandbox' },
  'GET /repos/{owner}/{repo}/actions/runs': { head_sha: commitId('d') },
  'GET /repos/{owner}/{repo}/actions/runs/{run_id}': { run_id: 'run' },
  'GET /rate_limit': {},
  'GET /user': {}
}

describe('every operation of the cut', () => {
  let emulator: GitHubEmulator
  const ids: Record<string, number> = {}
  beforeAll(async () => {
    emulator = await startWithHistory()
    const { seed } = emulator
    ids['comment'] = seed.comment({ issueNumber: 7, author: 'hubot', body: 'hello' }).id
    ids['deployment'] = seed.deployment({ sha: commitId('d'), environment: 'sandbox' }).id
    const fullName = `${repository.owner}/${repository.repo}`
    emulator.state.environments.push({ id: 1, repository: fullName, name: 'sandbox', rules: [], branches: null })
    ids['run'] = seed.workflowRun({ headSha: commitId('d') }).id
    const { data } = await client(emulator).request('POST /repos/{owner}/{repo}/check-runs', {
      ...{ ...repository, name: 'plan', head_sha: commitId('d') }
    })
    ids['check'] = data.id
  })
  afterAll(() => emulator.close())

  it('is asked here', () => {
    const described = Object.entries(readFixture().description.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map(method => `${method.toUpperCase()} ${path}`)
    )
    expect(Object.keys(requests).sort()).toEqual(described.sort())
  })

  it.each(Object.entries(requests))('%s', async (route, parameters) => {
    const filled = Object.entries(parameters).map(([name, value]) => {
      const id = name.endsWith('_id') ? ids[String(value)] : undefined
      return [name, id ?? value]
    })
    const token = route === 'GET /user' ? 'user-token' : 'workflow-token'
    const where = route.includes('{owner}') ? repository : {}
    const response = await client(emulator, token).request(route, {
      ...where,
      ...(Object.fromEntries(filled) as object)
    })
    expect(response.status).toBeGreaterThanOrEqual(200)
    expect(emulator.calls.at(-1)).toMatchObject({ route, status: response.status, write: !route.startsWith('GET') })
    expect(emulator.violations).toEqual([])
  })
})
