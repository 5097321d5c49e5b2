import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { startGitHubEmulator, type GitHubEmulator } from '../../../emulators/github/index.js'
import { createGitHub } from '../../../src/adapters/github/index.js'
import { CodedError } from '../../../src/model/errors.js'
import type { CommitCheck, GitHub } from '../../../src/ports/github.js'
import { withCheckRuns } from '../../../src/report/status/check-run.js'
import { checkRunReport } from '../../../src/report/deliver-to-github.js'
import { commits, layerResults, reportContext, runResult } from '../../support/results.js'

const token = 'ghs_EXAMPLEtokenOfTheWorkflow'
const status = { context: 'layer-deploy/sandbox', description: 'Deploying', targetUrl: 'https://github.com/run' }

let emulator: GitHubEmulator
const open = () =>
  withCheckRuns(
    createGitHub({ apiUrl: emulator.url, token, repository: 'acme/superproject', retryBaseMilliseconds: 5 })
  )
beforeEach(async () => {
  emulator = await startGitHubEmulator({
    repositories: [{ owner: 'acme', name: 'superproject' }],
    tokens: [{ token, permissions: { checks: 'write' } }]
  })
  emulator.seed.commit({ sha: commits.head })
})
afterEach(async () => {
  expect(emulator.violations).toEqual([])
  await emulator.close()
})

it('is opened, and closed with the summary and annotations on the lines of the configuration', async () => {
  const location = { file: '.github/layer-deploy.yml', line: 7, column: 3 }
  const finding = { expected: 'a', found: 'b', mend: 'correct it' }
  const error = new CodedError('CONFIG_INVALID', finding, { location })
  const report = checkRunReport(runResult({ conclusion: 'failure', errors: [error] }), reportContext())
  expect(report.annotations).toMatchObject([{ path: '.github/layer-deploy.yml', line: 7, level: 'failure' }])
  const github = open()
  await github.createStatus(commits.head, { ...status, state: 'pending' })
  expect(await github.listStatuses(commits.head)).toMatchObject([{ state: 'pending', targetUrl: status.targetUrl }])
  await github.createStatus(commits.head, { ...status, state: 'failure', report })
  expect(emulator.state.checkRuns).toMatchObject([
    { status: 'completed', conclusion: 'failure', output: { annotations: 1, title: 'Deploying' } }
  ])
  expect(emulator.calls).toHaveLength(3)
  expect(await github.viewerLogin()).toBe('github-actions[bot]')
  expect(emulator.calls).toHaveLength(3)
})

it('of a killed run is closed by another process, and not written twice', async () => {
  await open().createStatus(commits.head, { ...status, state: 'pending' })
  await open().createStatus(commits.head, { ...status, state: 'error' })
  expect(emulator.state.checkRuns).toMatchObject([{ status: 'completed', conclusion: 'cancelled' }])
  expect(await open().listStatuses(commits.head)).toMatchObject([{ state: 'error' }])
})

it('of 1,000 layers is within what GitHub takes', () => {
  const { summary } = checkRunReport(runResult({ layers: layerResults(1000) }), reportContext())
  expect(summary.length).toBeLessThanOrEqual(65_535)
  expect(summary.length).toBeGreaterThan(50_000)
})

describe('for who knows statuses alone', () => {
  /** What is written, and the check runs that are there. */
  function checked(runs: readonly CommitCheck[] = []) {
    const written: unknown[][] = []
    const github = {
      createCheckRun: (...given: unknown[]) => Promise.resolve(written.push(['create', ...given])),
      updateCheckRun: (...given: unknown[]) => Promise.resolve(void written.push(['update', ...given])),
      checkRunsNamed: (_commit: string, name: string) => Promise.resolve(runs.filter(run => run.name === name)),
      listCheckRuns: () => Promise.resolve(runs)
    } as unknown as GitHub
    return { written, github: withCheckRuns(github) }
  }
  const run = (outcome: string, id = 4): CommitCheck => ({
    id,
    name: status.context,
    outcome,
    url: 'https://github.com/r'
  })

  it.each([
    ['pending', null],
    ['success', 'success'],
    ['failure', 'failure'],
    ['error', 'cancelled']
  ] as const)('%s is the conclusion %j', async (state, conclusion) => {
    const { github, written } = checked()
    await github.createStatus('a1', { ...status, state })
    const content = { name: status.context, conclusion, title: 'Deploying', summary: 'Deploying', annotations: [] }
    expect(written).toEqual([['create', 'a1', { ...content, detailsUrl: status.targetUrl }]])
  })

  it('a title has at most 255 characters, and a report its own summary', async () => {
    const { github, written } = checked()
    const report = {
      summary: 'S',
      annotations: [{ path: 'a', line: 1, level: 'warning', title: 'T', message: 'M' }]
    } as const
    await github.createStatus('a1', { ...status, description: 'x'.repeat(300), state: 'success', report })
    expect(written[0]?.[2]).toMatchObject({ ...report, title: `${'x'.repeat(254)}…` })
  })

  it('what was opened is closed, by commit and context', async () => {
    const { github, written } = checked()
    await github.createStatus('a1', { ...status, state: 'pending' })
    await github.createStatus('a2', { ...status, state: 'success' })
    await github.createStatus('a1', { ...status, context: 'other', state: 'success' })
    await github.createStatus('a1', { ...status, state: 'success' })
    expect(written.map(([how, about]) => [how, about])).toEqual([
      ['create', 'a1'],
      ['create', 'a2'],
      ['create', 'a1'],
      ['update', 1]
    ])
  })

  it.each([
    [[run('success')], ['create', 'a1']],
    [
      [run('failure'), run('pending', 7)],
      ['update', 7]
    ]
  ])('of check runs that stand as %j', async (runs, expected) => {
    const { github, written } = checked(runs)
    await github.createStatus('a1', { ...status, state: 'success' })
    expect(written.map(([how, about]) => [how, about])).toEqual([expected])
    expect(await github.pendingStatuses('a1', status.context)).toEqual(
      expected[0] === 'create' ? [] : [{ commit: 'a1', targetUrl: 'https://github.com/r' }]
    )
  })

  it.each([
    ['pending', 'pending'],
    ['success', 'success'],
    ['failure', 'failure'],
    ['neutral', 'error'],
    ['cancelled', 'error']
  ])('a check run that is %s is listed as %s', async (outcome, state) => {
    const { github } = checked([run(outcome), { name: 'no id', outcome, url: null }])
    const listed = { state, description: '', creator: '' }
    expect(await github.listStatuses('a1')).toEqual([
      { ...listed, id: 4, context: status.context, targetUrl: 'https://github.com/r' },
      { ...listed, id: 0, context: 'no id', targetUrl: null }
    ])
  })
})
