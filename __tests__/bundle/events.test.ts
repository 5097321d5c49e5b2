/** FAULTS.md, rows 13 to 25: what may start a run, and what it may do then. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { RunOutcome } from '../../emulators/runner/index.js'
import {
  makeActionWorld,
  productionAccount,
  sandboxAccount,
  type ActionRun,
  type ActionWorld
} from '../support/action-world.js'
import {
  deletedPush,
  issueComment,
  mergeGroup,
  pullRequest,
  pullRequestTarget,
  push,
  schedule,
  workflowDispatch,
  workflowRun
} from '../support/events.js'
import { configText, folderLayer } from './config-text.js'
import { changedOf, codesOf, errorsOf, noticesOf, rowsOf, statusesOf, versionsIn, warningsOf } from './reading.js'

let world: ActionWorld
let statusesBefore = 0
/** The commit that the sandbox runs, its parent, and one that no layer is part of. */
let deployed = ''
let older = ''
beforeAll(async () => {
  world = await makeActionWorld({ config: configText(), submodules: {}, files: folderLayer })
})
afterAll(() => world.close())
beforeEach(() => {
  world.aws.resetCalls()
  statusesBefore = world.github.state.statuses.length
})

const run = (job: Omit<ActionRun, 'account'> & { account?: string | null }): Promise<RunOutcome> =>
  world.run({ account: sandboxAccount, ...job })

function expectNothing(outcome: RunOutcome, why: RegExp): void {
  expect(errorsOf(outcome)).toEqual([])
  expect(outcome.exitCode).toBe(0)
  expect(outcome.outputs).toMatchObject({ conclusion: 'neutral', changed: 'false', matrix: '{"include":[]}' })
  expect(noticesOf(outcome)).toEqual([expect.stringMatching(why)])
  expect(world.aws.calls).toEqual([])
  expect(statusesOf(world, statusesBefore)).toEqual([])
  expect(world.github.state.comments).toEqual([])
}

function expectRefused(outcome: RunOutcome, code: string): void {
  expect(codesOf(outcome)).toEqual([code])
  expect(outcome.exitCode).toBe(1)
  expect(outcome.outputs).toMatchObject({ conclusion: 'failure' })
  expect(world.aws.writes()).toEqual([])
  expect(outcome.summary).toContain(code)
}

describe('push', () => {
  it('F13 the first push of a branch deploys', async () => {
    older = await world.superproject.git('rev-parse', 'test')
    const outcome = await world.push('test')
    expect(errorsOf(outcome)).toEqual([])
    expect(rowsOf(outcome)['da_flask']?.['us-east-2']).toMatchObject({ version: 1, reason: 'never-deployed' })
  })

  it('F14 a forced push whose base is gone deploys what the branch is now', async () => {
    const gone = await world.superproject.commitFiles({ 'da_flask/python/gone.py': '1\n' }, { branch: 'test' })
    expect((await world.push('test')).outputs['da_flask_version']).toBe('2')
    deployed = await world.superproject.commitFiles(
      { 'da_flask/python/kept.py': '1\n' },
      { branch: 'test', from: older }
    )
    await world.superproject.push('test')
    const event = push({ branch: 'test', before: gone, after: deployed, forced: true })
    const outcome = await run({ event, checkout: { branch: 'test', commit: deployed } })
    expect(errorsOf(outcome)).toEqual([])
    expect(rowsOf(outcome)['da_flask']?.['us-east-2']).toMatchObject({ version: 3, reason: 'source-changed' })
  })

  it('F14 the commit that was pushed away is refused', async () => {
    const away = world.github.state.statuses.find(({ sha }) => sha !== older && sha !== deployed)?.sha ?? ''
    const event = push({ branch: 'test', after: away })
    const outcome = await run({ event, checkout: { branch: 'test', commit: away } })
    expectRefused(outcome, 'STALE_RUN')
    expect(statusesOf(world, statusesBefore)).toEqual(['layer-deploy/sandbox pending', 'layer-deploy/sandbox failure'])
  })

  it('F15 a deleted branch does nothing', async () => {
    const event = deletedPush({ branch: 'test', before: deployed, defaultBranchCommit: older })
    expectNothing(await run({ event, checkout: { commit: older } }), /branch test was deleted/)
  })

  it.each(['v1', 'test', 'main'])('F16 the tag %s does nothing', async tag => {
    await world.superproject.git('tag', '-f', tag, deployed)
    await world.superproject.git('push', '-q', world.superproject.url, `refs/tags/${tag}`)
    const event = push({ tag, after: deployed })
    const outcome = await run({ event, checkout: { ref: `refs/tags/${tag}` } })
    await world.superproject.git('tag', '-d', tag)
    expectNothing(outcome, /refs\/tags\/.* is not a branch/)
  })

  it.each(['Main', 'TEST', 'm\u0430in', 'main/x', 'test\u200b', 'feature'])(
    'F25 branch %j does nothing',
    async branch => {
      const event = push({ branch, after: deployed })
      expectNothing(await run({ event, checkout: { commit: deployed } }), /not mapped to an environment/)
    }
  )

  it('refuses a checkout of another commit than was pushed', async () => {
    const event = push({ branch: 'test', after: deployed })
    expectRefused(await run({ event, checkout: { commit: older } }), 'SOURCE_NOT_CHECKED_OUT')
  })

  it('F23 a re-run of an old run stands aside for the newer commit', async () => {
    const event = push({ branch: 'test', after: older })
    const outcome = await run({ event, checkout: { branch: 'test', commit: older }, runAttempt: '2' })
    expect(outcome.exitCode).toBe(0)
    expect(errorsOf(outcome)).toEqual([])
    expect(outcome.outputs).toMatchObject({ conclusion: 'neutral' })
    expect(warningsOf(outcome)).toEqual([expect.stringContaining(deployed)])
    expect(warningsOf(outcome)[0]).toMatch(/^STALE_RUN: .*revert on test/)
    expect(rowsOf(outcome)['da_flask']?.['us-east-2']).toMatchObject({ status: 'skipped', version: 3 })
    expect(world.aws.writes()).toEqual([])
    expect(statusesOf(world, statusesBefore)).toEqual(['layer-deploy/sandbox pending', 'layer-deploy/sandbox success'])
  })
})

describe('events that only plan', () => {
  it('F17 merge_group', async () => {
    const headCommit = await world.superproject.commitFiles(
      { 'da_flask/python/queued.py': '1\n' },
      { branch: 'queue', from: deployed }
    )
    await world.superproject.push('queue')
    const event = mergeGroup({ base: 'test', baseCommit: deployed, headCommit })
    const outcome = await run({ event, checkout: { commit: headCommit } })
    expect(outcome.exitCode).toBe(0)
    expect(outcome.outputs).toMatchObject({ command: 'plan', environment: 'sandbox', da_flask_changed: 'true' })
    expect(world.aws.writes()).toEqual([])
    expect(statusesOf(world, statusesBefore)).toEqual(['layer-deploy/plan pending', 'layer-deploy/plan success'])
    expect(world.github.state.statuses.at(-1)?.sha).toBe(headCommit)
  })

  it('F19 a pull request from a fork, without credentials: a summary, no comment, no status', async () => {
    const { base, merge } = await world.superproject.openPullRequest(9, 'queue', 'test')
    const event = pullRequest({
      number: 9,
      base: 'test',
      baseCommit: base,
      headCommit: '1'.repeat(40),
      mergeCommit: merge,
      from: 'fork'
    })
    const checkout = { ref: 'refs/pull/9/merge' }
    const outcome = await run({ event, checkout, account: null })
    expect(errorsOf(outcome)).toEqual([])
    expect(outcome.exitCode).toBe(0)
    expect(changedOf(outcome)).toEqual(['da_flask'])
    expect(outcome.summary).toContain('da_flask')
    expect(statusesOf(world, statusesBefore)).toEqual([])
    expect(world.github.state.comments).toEqual([])
    expect(world.aws.calls).toEqual([])
    expectRefused(await run({ event, checkout, account: null, inputs: { command: 'deploy' } }), 'TRUSTED_EVENT')
  })

  it('F22 schedule reports the drift of the default branch', async () => {
    const sha = await world.superproject.push('main')
    const outcome = await run({
      event: schedule({ defaultBranchCommit: sha }),
      checkout: { branch: 'main' },
      account: productionAccount
    })
    expect(outcome.exitCode).toBe(0)
    expect(outcome.outputs).toMatchObject({ command: 'plan', environment: 'production', changed: 'true' })
    expect(world.aws.calls.length).toBeGreaterThan(0)
    expect(world.aws.writes()).toEqual([])
  })
})

describe('workflow_run', () => {
  const refusals: readonly (readonly [string, () => Parameters<typeof workflowRun>[0]])[] = [
    ['that failed', () => ({ headCommit: deployed, conclusion: 'failure' })],
    ['that was cancelled', () => ({ headCommit: deployed, conclusion: 'cancelled' })],
    ['without a conclusion', () => ({ headCommit: deployed, conclusion: null })],
    ['of a fork', () => ({ headCommit: deployed, fromFork: true })],
    ['of a pull request', () => ({ headCommit: deployed, cause: 'pull_request' })],
    ['that is not at the tip', () => ({ headCommit: older })]
  ]
  it.each(refusals)('F18 one %s is refused', async (_name, options) => {
    const event = workflowRun(options())
    const { headCommit, fromFork = false } = options()
    expectRefused(await run({ event, checkout: { commit: headCommit } }), 'TRUSTED_EVENT')
    // A commit of a fork has no status in this repository.
    expect(statusesOf(world, statusesBefore)).toHaveLength(fromFork ? 0 : 2)
  })

  it('F18 a checkout of the default branch instead of the tested commit is refused', async () => {
    const event = workflowRun({ headCommit: deployed })
    expectRefused(await run({ event, checkout: { branch: 'main' } }), 'SOURCE_NOT_CHECKED_OUT')
  })

  it('F18 on an unmapped branch does nothing', async () => {
    const event = workflowRun({ headCommit: deployed, headBranch: 'queue' })
    const outcome = await run({ event, checkout: { commit: deployed } })
    expectNothing(outcome, /branch queue is not mapped/)
  })

  it('F18 one that succeeded, of a push, at the tip, deploys', async () => {
    const outcome = await run({ event: workflowRun({ headCommit: deployed }), checkout: { commit: deployed } })
    expect(errorsOf(outcome)).toEqual([])
    expect(outcome.outputs).toMatchObject({ command: 'deploy', environment: 'sandbox', da_flask_version: '3' })
    expect(world.github.state.statuses.at(-1)).toMatchObject({ sha: deployed, state: 'success' })
  })
})

describe('events with secrets and foreign content', () => {
  it('F20 pull_request_target does nothing, and never deploys', async () => {
    const event = pullRequestTarget({
      base: 'test',
      baseCommit: deployed,
      headCommit: '1'.repeat(40),
      from: 'fork',
      defaultBranchCommit: older
    })
    expectNothing(await run({ event, checkout: { commit: older } }), /pull_request_target never deploys/)
    const asked = await run({ event, checkout: { commit: older }, inputs: { command: 'deploy' } })
    expectRefused(asked, 'TRUSTED_EVENT')
  })

  it('F20 issue_comment does nothing', async () => {
    const event = issueComment({ defaultBranchCommit: older })
    expectNothing(await run({ event, checkout: { commit: older } }), /issue_comment never deploys/)
  })
})

describe('workflow_dispatch', () => {
  it('F21 with another environment than its branch maps to is refused', async () => {
    const event = workflowDispatch({ sha: deployed })
    const inputs = { environment: 'production' }
    const outcome = await run({ event, checkout: { branch: 'test' }, account: productionAccount, inputs })
    expectRefused(outcome, 'ENVIRONMENT_MAPPED')
    expect(world.aws.calls).toEqual([])
  })

  it('F21 with an environment that nobody configured is refused', async () => {
    const event = workflowDispatch({ sha: deployed })
    const outcome = await run({ event, checkout: { branch: 'test' }, inputs: { environment: 'Sandbox' } })
    expectRefused(outcome, 'ENVIRONMENT_MAPPED')
    expect(errorsOf(outcome)[0]).toContain('sandbox, production')
  })

  it('F21 with the right environment deploys', async () => {
    const event = workflowDispatch({ sha: deployed })
    const outcome = await run({ event, checkout: { branch: 'test' }, inputs: { environment: 'sandbox' } })
    expect(outcome.outputs).toMatchObject({ command: 'deploy', conclusion: 'success', changed: 'false' })
  })
})

describe('F24 an event file that cannot be read', () => {
  it.each([
    ['missing', null],
    ['empty', ''],
    ['cut', '{"ref": "refs/heads/test", "after'],
    ['a list', '[]'],
    ['without the commit', '{"ref":"refs/heads/test","before":"x"}']
  ])('F24 %s', async (_name, eventText) => {
    const event = push({ branch: 'test', after: deployed })
    expectRefused(await run({ event, checkout: { commit: deployed }, options: { eventText } }), 'EVENT_INVALID')
    expect(world.aws.calls).toEqual([])
  })
})

it('no run wrote to production, and no call was one that GitHub or AWS does not know', () => {
  expect(versionsIn(world, productionAccount)).toEqual({})
  expect(versionsIn(world, sandboxAccount)).toEqual({ 'dev-da-flask-layer': [1, 2, 3] })
  expect(world.github.violations).toEqual([])
  expect(world.aws.defects).toEqual([])
})
