/** `required-checks`, `coverage` and `status: check-run` through dist/. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { RunOutcome } from '../../emulators/runner/index.js'
import { makeActionWorld, sandboxAccount, type ActionWorld } from '../support/action-world.js'
import { configText, folderLayer } from './config-text.js'
import { codesOf, errorsOf, versionsIn, warningsOf } from './reading.js'

const coverage = (percent: number): string => JSON.stringify({ totals: { percent_covered: percent } })
const config = configText({
  layers: { da_flask: '{ path: da_flask, coverage: { report: coverage.json, minimum: 24 } }' },
  sandbox: ['required-checks: { names: [unit tests, layer-check], wait-minutes: 0 }']
})

let world: ActionWorld
beforeAll(async () => {
  world = await makeActionWorld({ config, submodules: {}, files: { ...folderLayer, 'coverage.json': coverage(52) } })
})
afterAll(async () => {
  expect(world.github.violations).toEqual([])
  await world.close()
})

function check(sha: string, name: string, conclusion: string): void {
  world.github.state.checkRuns.push({
    ...{ id: world.github.state.checkRuns.length + 1, repository: 'octo-org/superproject', headSha: sha },
    ...{ creator: 'ci[bot]', name, status: 'completed', conclusion, startedAt: null, completedAt: null },
    ...{ detailsUrl: null, externalId: null, output: { title: null, summary: null, text: null, annotations: 0 } }
  })
}

function refused(outcome: RunOutcome, ...codes: string[]): void {
  expect(codesOf(outcome)).toEqual(codes)
  expect(outcome.exitCode).toBe(1)
  expect(versionsIn(world, sandboxAccount)).toEqual({})
  expect(world.aws.writes()).toEqual([])
}

describe('gates', () => {
  it('a check that is missing, and one that failed, are refused; nothing is written', async () => {
    const sha = await world.superproject.git('rev-parse', 'test')
    check(sha, 'unit tests (3.10)', 'failure')
    refused(await world.push('test'), 'REQUIRED_CHECKS', 'REQUIRED_CHECKS')
  })

  it('F69 F70 where GitHub does not say, nothing counts as succeeded', async () => {
    world.github.faults.add({
      operation: 'checks/list-for-ref',
      fault: { kind: 'error', status: 403, when: 'before' },
      times: 9
    })
    refused(await world.push('test'), 'REQUIRED_CHECKS')
    world.github.faults.clear()
  })

  it('a coverage below the minimum is refused, and shown in the plan of a pull request', async () => {
    await world.superproject.commitFiles({ 'coverage.json': coverage(12.5) }, { branch: 'low', from: 'test' })
    await world.superproject.commitFiles({ 'da_flask/python/low.py': '1\n' }, { branch: 'low' })
    const outcome = await world.pullRequest(3, 'low', 'test')
    refused(outcome, 'COVERAGE_BELOW_MINIMUM')
    expect(world.github.state.comments[0]?.body).toContain('found: 12&#46;5 %')
  })

  it('with both it deploys, the comment shows them, and the status is a check run', async () => {
    const sha = await world.superproject.commitFiles({ 'README.md': 'x\n' }, { branch: 'test' })
    check(sha, 'unit tests (3.10)', 'success')
    world.github.state.statuses.push({
      ...{ id: 1, repository: 'octo-org/superproject', sha, state: 'success', context: 'layer-check' },
      ...{ description: null, targetUrl: null, creator: 'octocat', createdAt: 0 }
    })
    const base = { ref: 'test', sha: world.superproject.firstCommit }
    world.github.seed.pullRequest({ number: 4, head: { ref: 'feature', sha }, base, mergeCommit: sha })
    world.github.calls.length = 0
    const outcome = await world.push('test', { inputs: { status: 'check-run' } })
    expect([errorsOf(outcome), warningsOf(outcome)]).toEqual([[], []])
    expect(versionsIn(world, sandboxAccount)).toEqual({ 'dev-da-flask-layer': [1] })
    const body = world.github.state.comments.at(-1)?.body ?? ''
    expect(body).toContain('52 % (minimum 24 %)')
    expect(body).toContain('Required checks: `unit tests` success')
    expect(body).toContain('```text\narn:aws:lambda:us-east-2:111122223333:layer:dev-da-flask-layer:1\n```')
    const ours = world.github.state.checkRuns.filter(({ name }) => name === 'layer-deploy/sandbox')
    expect(ours).toMatchObject([{ status: 'completed', conclusion: 'success', headSha: sha }])
    expect(ours[0]?.output.summary).toContain('da_flask')
    expect(world.github.state.statuses.filter(status => status.sha === sha)).toHaveLength(1)
    expect(world.github.state.deployments).toMatchObject([{ task: 'layer-deploy' }])
    expect(world.github.state.deployments[0]?.statuses.map(({ state }) => state)).toEqual(['in_progress', 'success'])
    expect(world.github.calls.length).toBeLessThanOrEqual(13)
  })
})
