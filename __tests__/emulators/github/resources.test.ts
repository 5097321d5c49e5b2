import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Endpoints } from '@octokit/types'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { seedFromGit, type GitHubEmulator } from '../../../emulators/github/index.js'
import { client, commitId, failureOf, repository, startWithHistory } from './emulator-under-test.js'

let emulator: GitHubEmulator
let now: number
beforeEach(async () => {
  now = Date.UTC(2026, 10, 23, 8, 57, 7, 500)
  emulator = await startWithHistory({ now: () => now })
})
afterEach(() => emulator.close())
/** The answer's type is that of the route; of a deployment only the created one (201). */
type AnswerTo<R extends keyof Endpoints> = Extract<Endpoints[R]['response'], { status: 200 | 201 | 204 }>
async function ask<R extends keyof Endpoints>(
  route: R,
  parameters: Record<string, unknown> = {}
): Promise<AnswerTo<R>> {
  return (await client(emulator).request(route as string, { ...repository, ...parameters })) as AnswerTo<R>
}

describe('comments', () => {
  const list = 'GET /repos/{owner}/{repo}/issues/{issue_number}/comments'

  it('are listed oldest first; an edit changes the body and the time of the change', async () => {
    const create = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments'
    const { data: first } = await ask(create, { issue_number: 7, body: 'one' })
    const { data: second } = await ask(create, { issue_number: 7, body: 'two' })
    expect(second.id).toBeGreaterThan(first.id)
    now += 5000
    await ask('PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}', { comment_id: first.id, body: 'uno' })
    const { data } = await ask(list, { issue_number: 7 })
    const times = { created_at: '2026-11-23T08:57:07Z', updated_at: '2026-11-23T08:57:12Z' }
    expect(data).toMatchObject([
      { body: 'uno', ...times },
      { body: 'two', updated_at: times.created_at }
    ])
    const { data: since } = await ask(list, { issue_number: 7, since: '2026-11-23T08:57:10Z' })
    expect(since).toMatchObject([{ body: 'uno' }])
  })

  it('of another pull request are not listed, and a deleted one is gone', async () => {
    const { id } = emulator.seed.comment({ issueNumber: 5, author: 'hubot', body: 'there' })
    expect((await ask(list, { issue_number: 7 })).data).toEqual([])
    expect((await ask('DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}', { comment_id: id })).status).toBe(
      204
    )
    expect((await ask(list, { issue_number: 5 })).data).toEqual([])
    const gone = ask('GET /repos/{owner}/{repo}/issues/comments/{comment_id}', { comment_id: id })
    expect((await failureOf(gone)).status).toBe(404)
  })
})

describe('statuses', () => {
  const set = (state: string, context: string) =>
    ask('POST /repos/{owner}/{repo}/statuses/{sha}', { sha: commitId('d'), state, context })
  const combined = async () =>
    (await ask('GET /repos/{owner}/{repo}/commits/{ref}/status', { ref: 'feature/one' })).data

  it('the newest of each context counts', async () => {
    expect(await combined()).toMatchObject({ state: 'pending', total_count: 0 })
    await set('pending', 'x')
    await set('success', 'y')
    expect(await combined()).toMatchObject({ state: 'pending', total_count: 2 })
    await set('success', 'x')
    expect(await combined()).toMatchObject({ state: 'success', total_count: 2 })
    await set('error', 'y')
    expect(await combined()).toMatchObject({ state: 'failure', sha: commitId('d') })
    const { data } = await ask('GET /repos/{owner}/{repo}/commits/{ref}/statuses', { ref: commitId('d') })
    expect((data as { state: string }[]).map(s => s.state)).toEqual(['error', 'success', 'success', 'pending'])
  })
})

describe('check runs', () => {
  it('are completed, and only the newest of a name is listed', async () => {
    const create = () => ask('POST /repos/{owner}/{repo}/check-runs', { name: 'plan', head_sha: commitId('d') })
    await create()
    const { data: run } = await create()
    expect(run).toMatchObject({ status: 'queued', conclusion: null, pull_requests: [{ number: 7 }] })
    const update = 'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}'
    await ask(update, { check_run_id: run.id, status: 'completed', conclusion: 'failure' })
    const list = 'GET /repos/{owner}/{repo}/commits/{ref}/check-runs'
    const { data } = await ask(list, { ref: commitId('d') })
    expect(data).toMatchObject({ total_count: 1, check_runs: [{ id: run.id, conclusion: 'failure' }] })
    expect((await ask(list, { ref: commitId('d'), filter: 'all' })).data.total_count).toBe(2)
    expect((await failureOf(ask(update, { check_run_id: run.id, status: 'completed' }))).status).toBe(422)
  })
})

describe('pull requests', () => {
  const ofCommit = async (commit_sha: string): Promise<number[]> => {
    const { data } = await ask('GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls', { commit_sha })
    return (data as { number: number }[]).map(p => p.number)
  }

  it('F81 of a commit: merged ones on the default branch, elsewhere the open ones, too', async () => {
    expect(await ofCommit(commitId('b'))).toEqual([5])
    expect(await ofCommit(commitId('c'))).toEqual([7])
    expect(await ofCommit(commitId('a'))).toEqual([])
    const other = { head: { ref: 'x', sha: commitId('c') }, base: { ref: 'test', sha: commitId('b') } }
    emulator.seed.pullRequest({ number: 9, ...other })
    expect(await ofCommit(commitId('c'))).toEqual([7, 9])
    emulator.seed.branch('main', commitId('d'))
    expect(await ofCommit(commitId('c'))).toEqual([])
  })

  it('are filtered by state, base and head', async () => {
    const numbers = async (filter: Record<string, string>) =>
      (await ask('GET /repos/{owner}/{repo}/pulls', filter)).data.map((p: { number: number }) => p.number)
    expect(await numbers({})).toEqual([7])
    expect(await numbers({ state: 'all' })).toEqual([7, 5])
    expect(await numbers({ state: 'closed' })).toEqual([5])
    expect(await numbers({ head: 'acme:feature/one' })).toEqual([7])
    expect(await numbers({ head: 'other:feature/one' })).toEqual([])
    expect(await numbers({ base: 'test' })).toEqual([])
  })

  it('of a fork and of a deleted fork', async () => {
    const base = { ref: 'main', sha: commitId('a') }
    const get = async () => (await ask('GET /repos/{owner}/{repo}/pulls/{pull_number}', { pull_number: 9 })).data
    const head = { ref: 'x', sha: commitId('c') }
    emulator.seed.pullRequest({ number: 9, head: { ...head, repository: 'someone/superproject' }, base })
    expect((await get()).head).toMatchObject({
      label: 'someone:x',
      repo: { full_name: 'someone/superproject', fork: true }
    })
    emulator.seed.pullRequest({ number: 9, head: { ...head, repository: null }, base })
    expect((await get()).head.repo).toBeNull()
  })

  it('a merged one says so', async () => {
    const { data } = await ask('GET /repos/{owner}/{repo}/pulls/{pull_number}', { pull_number: 5 })
    expect(data).toMatchObject({ merged: true, state: 'closed', merge_commit_sha: commitId('b') })
  })
})

describe('deployments', () => {
  const create = (fields: Record<string, unknown>) => ask('POST /repos/{owner}/{repo}/deployments', fields)
  const setState = (deployment_id: number | bigint, state: string, fields: Record<string, unknown> = {}) =>
    ask('POST /repos/{owner}/{repo}/deployments/{deployment_id}/statuses', { deployment_id, state, ...fields })
  const plain = { ref: commitId('d'), environment: 'sandbox', required_contexts: [], auto_merge: false }

  it('keep their payload and are found by environment and task, newest first', async () => {
    const payload = { da_flask: { 'content-digest': 'x' } }
    await create({ ...plain, task: 'layer-deploy', payload })
    const { data: newest } = await create({ ...plain, task: 'layer-deploy', payload })
    await create({ ...plain, environment: 'production' })
    const { data } = await ask('GET /repos/{owner}/{repo}/deployments', {
      environment: 'sandbox',
      task: 'layer-deploy'
    })
    expect(data).toHaveLength(2)
    expect(data[0]).toMatchObject({ id: newest.id, payload, production_environment: false })
  })

  it('by default every status of the commit must have succeeded', async () => {
    await ask('POST /repos/{owner}/{repo}/statuses/{sha}', { sha: commitId('d'), state: 'pending', context: 'x' })
    const failure = await failureOf(create({ ref: commitId('d') }))
    expect(failure).toMatchObject({ status: 409, message: expect.stringContaining('Commit status checks failed') })
    expect((await failureOf(create({ ...plain, required_contexts: ['absent'] }))).status).toBe(409)
    await ask('POST /repos/{owner}/{repo}/statuses/{sha}', { sha: commitId('d'), state: 'success', context: 'x' })
    expect((await create({ ref: commitId('d') })).status).toBe(201)
  })

  it('by default the default branch is merged into a branch that lacks it: 202, no deployment', async () => {
    emulator.seed.branch('behind', commitId('a'))
    const answer = await create({ ref: 'behind', required_contexts: [] })
    expect(answer).toMatchObject({ status: 202, data: { message: 'Auto-merged main into behind on deployment.' } })
    expect(emulator.state.deployments).toEqual([])
    expect((await create({ ...plain, ref: 'behind' })).data.sha).toBe(commitId('a'))
    expect((await create({ ref: 'feature/one', required_contexts: [] })).status).toBe(201)
  })

  it('an unknown ref is 422', async () => {
    expect(await failureOf(create({ ref: 'nowhere' }))).toMatchObject({ status: 422 })
  })

  it('a success makes earlier successes of the environment inactive, but no production', async () => {
    const states = async (id: number | bigint) =>
      (await ask('GET /repos/{owner}/{repo}/deployments/{deployment_id}/statuses', { deployment_id: id })).data.map(
        (s: { state: string }) => s.state
      )
    const [first, second, third] = [await create(plain), await create(plain), await create(plain)]
    await setState(first.data.id, 'success')
    await setState(second.data.id, 'failure')
    await setState(third.data.id, 'success')
    expect(await states(first.data.id)).toEqual(['inactive', 'success'])
    expect(await states(second.data.id)).toEqual(['failure'])
    const production = { ...plain, environment: 'production' }
    const [old, current] = [await create(production), await create(production)]
    await setState(old.data.id, 'success')
    await setState(current.data.id, 'success')
    expect(await states(old.data.id)).toEqual(['success'])
  })

  it('a description of a status has at most 140 characters', async () => {
    const { data } = await create(plain)
    expect((await failureOf(setState(data.id, 'success', { description: 'x'.repeat(141) }))).status).toBe(422)
    expect((await setState(data.id, 'success', { description: 'x'.repeat(140) })).status).toBe(201)
  })
})

describe('history', () => {
  it.each([
    ['main...feature/one', 'ahead', 2, 0],
    ['feature/one...main', 'behind', 0, 2],
    ['main...heads/main', 'identical', 0, 0],
    [`${commitId('e')}...feature/one`, 'diverged', 2, 1]
  ])('compare %s: %s', async (basehead, status, ahead_by, behind_by) => {
    emulator.seed.commit({ sha: commitId('e'), parents: [commitId('b')] })
    const { data } = await ask('GET /repos/{owner}/{repo}/compare/{basehead}', { basehead })
    expect(data).toMatchObject({ status, ahead_by, behind_by, total_commits: ahead_by })
    if (status === 'diverged') expect(data.merge_base_commit.sha).toBe(commitId('b'))
  })

  it('compare lists the files of the commits ahead', async () => {
    const { data } = await ask('GET /repos/{owner}/{repo}/compare/{basehead}', { basehead: 'main...feature/one' })
    expect(data.files).toMatchObject([{ filename: 'x/y z' }, { filename: 'da_flask' }])
  })

  it('unknown revisions and unrelated histories are refused', async () => {
    emulator.seed.commit({ sha: commitId('f') })
    for (const basehead of [`main...${commitId('f')}`, 'main...nowhere', 'main', 'main..main']) {
      expect((await failureOf(ask('GET /repos/{owner}/{repo}/compare/{basehead}', { basehead }))).status).toBe(404)
    }
    expect((await failureOf(ask('GET /repos/{owner}/{repo}/commits/{ref}', { ref: 'nowhere' }))).status).toBe(422)
    for (const ref of ['heads/nowhere', 'tags/v1']) {
      expect((await failureOf(ask('GET /repos/{owner}/{repo}/git/ref/{ref}', { ref }))).status).toBe(404)
    }
    expect((await failureOf(ask('GET /repos/{owner}/{repo}/branches/{branch}', { branch: 'no' }))).status).toBe(404)
  })

  it('a path with an unescaped slash in the ref is understood', async () => {
    const headers = { authorization: 'token workflow-token' }
    const response = await fetch(`${emulator.url}/repos/acme/superproject/git/ref/heads/feature/one`, { headers })
    expect(await response.json()).toMatchObject({ ref: 'refs/heads/feature/one', object: { sha: commitId('d') } })
  })

  it('with acceptUnknownCommits every full id exists', async () => {
    const lenient = await startWithHistory({ acceptUnknownCommits: true })
    const status = { ...repository, sha: commitId('9'), state: 'success' as const }
    const answer = await client(lenient).request('POST /repos/{owner}/{repo}/statuses/{sha}', status)
    expect(answer.status).toBe(201)
    await lenient.close()
  })

  it('seedFromGit takes commits, parents, files and branches from a real repository', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'seed-from-git-'))
    const git = (...args: string[]) => {
      const identity = ['-c', 'user.name=Octo Cat', '-c', 'user.email=octocat@example.com']
      return execFileSync('git', ['-C', directory, ...identity, ...args], { encoding: 'utf8' }).trim()
    }
    git('init', '-q', '-b', 'main')
    writeFileSync(join(directory, 'a file'), '1')
    git('add', '.')
    git('commit', '-qm', 'first')
    git('checkout', '-qb', 'test')
    writeFileSync(join(directory, 'a file'), '2')
    git('commit', '-qam', 'second | with a bar')
    await seedFromGit(emulator.seed, directory)
    const [head, base] = [git('rev-parse', 'test'), git('rev-parse', 'main')]
    rmSync(directory, { recursive: true })
    const { data } = await ask('GET /repos/{owner}/{repo}/compare/{basehead}', { basehead: 'main...test' })
    expect(data).toMatchObject({ status: 'ahead', ahead_by: 1, base_commit: { sha: base }, commits: [{ sha: head }] })
    expect(data.commits[0]?.commit.message).toBe('second | with a bar')
    expect(data.files).toMatchObject([{ filename: 'a file', status: 'modified' }])
  })
})

describe('workflow runs', () => {
  it('are found by commit, event, branch and conclusion', async () => {
    const { id } = emulator.seed.workflowRun({ headSha: commitId('d'), headBranch: 'test', conclusion: 'failure' })
    emulator.seed.workflowRun({ headSha: commitId('b') })
    const found = async (filter: Record<string, string>) =>
      (await ask('GET /repos/{owner}/{repo}/actions/runs', filter)).data.workflow_runs.map(r => r.id)
    expect(await found({ head_sha: commitId('d') })).toEqual([id])
    expect(await found({ status: 'failure', branch: 'test', event: 'push' })).toEqual([id])
    expect(await found({ status: 'cancelled' })).toEqual([])
    expect(await found({})).toHaveLength(2)
  })
})
