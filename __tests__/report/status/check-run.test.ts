import { afterEach, beforeEach, expect, it } from '@jest/globals'
import { startGitHubEmulator, type GitHubEmulator } from '../../../emulators/github/index.js'
import { createGitHub } from '../../../src/adapters/github/index.js'
import { CodedError } from '../../../src/model/errors.js'
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
