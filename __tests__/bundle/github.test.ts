/** FAULTS.md, rows 69 to 81: what GitHub answers, which never changes what was deployed. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { PermissionName } from '../../emulators/github/index.js'
import type { RunOutcome } from '../../emulators/runner/index.js'
import { makeActionWorld, sandboxAccount, type ActionRun, type ActionWorld } from '../support/action-world.js'
import { pullRequest, push } from '../support/events.js'
import { configText, folderLayer } from './config-text.js'
import { errorsOf, statusesOf, warningsOf } from './reading.js'

const granted: Readonly<Record<PermissionName, 'read' | 'write' | 'none'>> = {
  actions: 'none',
  checks: 'none',
  contents: 'read',
  deployments: 'write',
  issues: 'none',
  metadata: 'read',
  'pull-requests': 'write',
  statuses: 'write'
}
/** The emulator looks at it with each request: a test may take a permission away. */
const permissions = { ...granted }
const layer = { config: configText(), submodules: {}, files: folderLayer }
const self = 'github-actions[bot]'

let world: ActionWorld
beforeAll(async () => {
  world = await makeActionWorld({ ...layer, permissions })
})
afterAll(() => world.close())
beforeEach(() => {
  Object.assign(permissions, granted)
  world.github.faults.clear()
  world.github.state.comments.length = 0
  world.github.state.statuses.length = 0
  world.github.state.deployments.length = 0
  world.github.calls.length = 0
})

let changes = 0
async function change(branch: string, from?: string): Promise<string> {
  const files = { [`da_flask/python/change_${++changes}.py`]: '1\n' }
  return world.superproject.commitFiles(files, { branch, ...(from === undefined ? {} : { from }) })
}

/** A change of the layer lands on `test` as the merge commit of pull request `number`. */
async function mergedPush(number: number, job: Partial<ActionRun> = {}): Promise<RunOutcome> {
  const mergeCommit = await change('test')
  const base = { ref: 'test', sha: world.superproject.firstCommit }
  world.github.seed.pullRequest({ number, head: { ref: 'feature', sha: mergeCommit }, base, mergeCommit })
  return world.push('test', job)
}

async function plan(number: number, locked = false, action: 'synchronize' | 'closed' = 'synchronize') {
  const { base, head, merge } = await world.superproject.openPullRequest(number, 'feature', 'test')
  const ends = { head: { ref: 'feature', sha: head }, base: { ref: 'test', sha: base } }
  world.github.seed.pullRequest({ number, ...ends, locked, state: action === 'closed' ? 'closed' : 'open' })
  const options = { number, base: 'test', baseCommit: base, headCommit: head, mergeCommit: merge, locked, action }
  const checkout = { ref: `refs/pull/${number}/merge` }
  return world.run({ event: pullRequest(options), checkout, account: sandboxAccount })
}

const mine = () => world.github.state.comments.filter(({ author }) => author === self)
function expectDeployed(outcome: RunOutcome): void {
  expect(errorsOf(outcome)).toEqual([])
  expect(outcome.exitCode).toBe(0)
  expect(outcome.outputs).toMatchObject({ command: 'deploy', conclusion: 'success', da_flask_changed: 'true' })
}

describe('the report of a deploy', () => {
  it('F81 lands on the pull request that the commit came from', async () => {
    const outcome = await mergedPush(21)
    expectDeployed(outcome)
    expect(mine()).toMatchObject([{ issueNumber: 21 }])
    expect(mine()[0]?.body).toContain('sandbox')
    expect(statusesOf(world)).toEqual(['layer-deploy/sandbox pending', 'layer-deploy/sandbox success'])
    expect(world.github.state.deployments).toMatchObject([{ task: 'layer-deploy', environment: 'sandbox' }])
  })

  const missing: readonly (readonly [PermissionName, RegExp])[] = [
    ['statuses', /status layer-deploy\/sandbox was not written.*statuses: write/],
    ['pull-requests', /comment was not written.*pull-requests: (read|write)/],
    ['deployments', /deployment was not recorded.*deployments: (read|write)/]
  ]
  it.each(missing)('F69 without the permission %s: deployed, and one warning names it', async (name, warning) => {
    permissions[name] = 'none'
    const outcome = await mergedPush(22)
    expectDeployed(outcome)
    expect(warningsOf(outcome)).toEqual([expect.stringMatching(warning)])
    expect(outcome.summary).toContain('da_flask')
    expect(outcome.postExitCode).toBe(0)
  })

  it('a record of the promotion that could not be made is made by the next run, changed or not', async () => {
    permissions.deployments = 'none'
    expectDeployed(await mergedPush(26))
    expect(world.github.state.deployments).toEqual([])
    Object.assign(permissions, granted)
    world.aws.resetCalls()
    const outcome = await world.push('test')
    expect(outcome.outputs).toMatchObject({ conclusion: 'success', changed: 'false' })
    expect(world.aws.writes()).toEqual([])
    expect(world.github.state.deployments).toMatchObject([{ environment: 'sandbox', statuses: [{ state: 'success' }] }])
  })

  it('F69 without any permission: deployed, with a warning for each', async () => {
    for (const name of Object.keys(permissions) as PermissionName[]) permissions[name] = 'none'
    const outcome = await mergedPush(23)
    expectDeployed(outcome)
    expect(warningsOf(outcome)).toHaveLength(3)
    expect(world.github.state).toMatchObject({ comments: [], statuses: [], deployments: [] })
  })

  it('without a token: deployed, and nobody is asked', async () => {
    await change('test')
    const after = await world.superproject.push('test')
    const outcome = await world.run({
      event: push({ after }),
      checkout: { branch: 'test' },
      account: sandboxAccount,
      inputs: { 'github-token': ' ' }
    })
    expectDeployed(outcome)
    expect(world.github.calls).toEqual([])
  })

  it('with `comment` and `status` off: neither', async () => {
    expectDeployed(await mergedPush(24, { inputs: { comment: 'false', status: 'false' } }))
    expect(world.github.state).toMatchObject({ comments: [], statuses: [] })
  })

  it('GitHub is down: deployed, in time, with warnings', async () => {
    world.github.faults.add({ operation: '*', fault: { kind: 'error', status: 502, when: 'before' }, times: 999 })
    const outcome = await mergedPush(25)
    expectDeployed(outcome)
    expect(warningsOf(outcome).length).toBeGreaterThan(0)
    expect(outcome.durationMs).toBeLessThan(60_000)
  })
})

describe('the comment', () => {
  beforeAll(() => change('feature', 'test'))

  it('F71 F72 its creation took effect but was answered with 502: still one comment', async () => {
    const fault = { kind: 'error', status: 502, when: 'after' } as const
    world.github.faults.add({ operation: 'issues/create-comment', fault })
    expect(errorsOf(await plan(31))).toEqual([])
    expect(mine()).toHaveLength(1)
    expect(mine()[0]?.body).toContain('da_flask')
  })

  it('F71 its creation was reset before it took effect: one comment', async () => {
    world.github.faults.add({ operation: 'issues/create-comment', fault: { kind: 'reset', when: 'before' } })
    expect(warningsOf(await plan(32))).toEqual([])
    expect(mine()).toHaveLength(1)
  })

  it('F70 a secondary rate limit is waited for', async () => {
    const fault = { kind: 'secondary-rate-limit', status: 403, retryAfterSeconds: 1 } as const
    world.github.faults.add({ operation: 'repos/create-commit-status', fault })
    expect(warningsOf(await plan(33))).toEqual([])
    expect(statusesOf(world)).toEqual(['layer-deploy/plan pending', 'layer-deploy/plan success'])
  })

  it('F73 F74 is found among 300, and only where it is ours', async () => {
    const marker = '<!-- layer-deploy -->\nnot yours\n'
    for (let count = 0; count < 300; count++) {
      world.github.seed.comment({ issueNumber: 34, author: 'mona', body: count === 5 ? marker : `comment ${count}` })
    }
    await plan(34)
    expect(mine()).toHaveLength(1)
    const [first] = mine()
    await change('feature')
    world.github.calls.length = 0
    const outcome = await plan(34)
    expect(warningsOf(outcome)).toEqual([])
    expect(mine()).toHaveLength(1)
    expect(mine()[0]?.id).toBe(first?.id)
    expect(world.github.state.comments.filter(({ body }) => body === marker)).toHaveLength(1)
    expect(world.github.calls.filter(({ operation }) => operation === 'issues/create-comment')).toEqual([])
  })

  it('F80 on a locked pull request: planned, and the warning says why there is none', async () => {
    const outcome = await plan(35, true)
    expect(outcome.exitCode).toBe(0)
    expect(outcome.outputs).toMatchObject({ conclusion: 'success' })
    expect(mine()).toEqual([])
    expect(warningsOf(outcome)).toEqual([expect.stringContaining('unlock the conversation')])
    expect(statusesOf(world)).toEqual(['layer-deploy/plan pending', 'layer-deploy/plan success'])
  })

  it('F80 on a closed pull request: one comment', async () => {
    expect(warningsOf(await plan(36, false, 'closed'))).toEqual([])
    expect(mine()).toHaveLength(1)
  })
})

it('the emulator found nothing to complain of', () => {
  expect(world.github.violations).toEqual([])
})

it('F79 on GitHub Enterprise Server, below /api/v3', async () => {
  const server = await makeActionWorld({ ...layer, prefix: '/api/v3' })
  try {
    for (const content of ['1\n', '2\n']) {
      await server.superproject.commitFiles({ 'da_flask/python/x.py': content }, { branch: 'feature', from: 'test' })
      const outcome = await server.pullRequest(7, 'feature', 'test')
      expect(warningsOf(outcome)).toEqual([])
      expect(outcome.outputs).toMatchObject({ conclusion: 'success', da_flask_changed: 'true' })
    }
    expect(server.github.state.comments).toHaveLength(1)
    expect(statusesOf(server).at(-1)).toBe('layer-deploy/plan success')
    expect(server.github.violations).toEqual([])
    expect(server.github.calls.every(({ path }) => path.startsWith('/api/'))).toBe(true)
  } finally {
    await server.close()
  }
})
