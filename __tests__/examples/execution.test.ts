/** Every example, and every workflow that one calls, run: jobs, needs, matrices, permissions, bash, and dist/ for the action. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { RunOutcome } from '../../emulators/runner/index.js'
import type { WorkflowResult } from '../../emulators/runner/workflow/run-workflow.js'
import { roleArn, runWorkflowIn, type WorkflowRun } from '../../emulators/world/workflow-world.js'
import { errorsOf, statusesOf, versionsIn, warningsOf } from '../bundle/reading.js'
import {
  makeActionWorld,
  productionAccount,
  region,
  sandboxAccount,
  type ActionWorld
} from '../support/action-world.js'
import { mergeGroup, pullRequest, push, schedule, workflowDispatch, workflowRun } from '../support/events.js'
import { branchEvents, type BranchEvents } from './branch-events.js'
import { frameworkTools, type FrameworkTools } from './framework-tools.js'

let world: ActionWorld
let tools: FrameworkTools
let runId = 900
let branches: BranchEvents
beforeAll(async () => {
  // Private remotes: who checks out without credentials left behind fetches nothing afterwards.
  world = await makeActionWorld({ token: 'ghs_EXAMPLEcheckout' })
  branches = branchEvents(world)
  tools = await frameworkTools()
})
afterAll(async () => {
  await tools.close()
  await world.close()
})
beforeEach(() => {
  world.aws.resetCalls()
  world.github.state.statuses.length = 0
  world.github.calls.length = 0
})

async function start(run: Omit<WorkflowRun, 'tools'>): Promise<WorkflowResult> {
  const result = await runWorkflowIn(world, { tools: tools.folder, runId: String(++runId), ...run })
  if (result === null) throw new Error('the event did not start the workflow')
  return result
}

const resultsOf = (result: WorkflowResult) =>
  Object.fromEntries(Object.values(result).map(({ id, result }) => [id, result]))
/** What dist/ did, wherever it ran. */
const actionRuns = (result: WorkflowResult): RunOutcome[] =>
  Object.values(result)
    .flatMap(({ runs }) => runs)
    .flatMap(({ steps }) => steps.flatMap(({ effect }) => (effect.run === undefined ? [] : [effect.run])))
const logOf = (result: WorkflowResult, job: string): string =>
  (result[job]?.runs ?? []).flatMap(({ steps }) => steps.flatMap(({ effect }) => effect.log)).join('\n')

function expectQuiet(result: WorkflowResult): void {
  expect(actionRuns(result).flatMap(errorsOf)).toEqual([])
  expect(actionRuns(result).flatMap(warningsOf)).toEqual([])
  expect(world.github.calls.filter(({ status }) => status === 401 || status === 403)).toEqual([])
}

const workflow = 'examples/superproject.yml'

describe('superproject.yml', () => {
  it('a push to test: CI, then a deploy with exactly the permissions it has', async () => {
    const result = await start({ workflow, event: await branches.pushTo('test') })
    expectQuiet(result)
    expect(resultsOf(result)).toEqual({
      ci: 'success',
      'ci / lint': 'success',
      'ci / test': 'success',
      'ci / status': 'success',
      plan: 'skipped',
      deploy: 'success',
      'deploy / deploy': 'success'
    })
    expect([...(await tools.asked())].sort()).toEqual([
      'black --check da_flask',
      'black --check da_framework',
      'isort --check-only --profile black da_flask',
      'isort --check-only --profile black da_framework',
      'pytest da_flask --cov=da_flask --cov-report=term --cov-report=xml:coverage/da_flask.xml --cov-fail-under=24',
      'pytest da_framework --cov=da_framework --cov-report=term --cov-report=xml:coverage/da_framework.xml --cov-fail-under=20'
    ])
    expect(versionsIn(world, sandboxAccount)).toEqual({ 'dev-da-flask-layer': [1], 'dev-da-framework-layer': [1] })
    expect(JSON.parse(result['deploy']?.outputs['versions'] ?? '')).toMatchObject({
      da_flask: { [region]: { status: 'published', version: 1 } }
    })
    expect(result['deploy']).toMatchObject({
      outputs: { changed: 'true', 'changed-layers': '["da_flask","da_framework"]' },
      concurrency: { group: 'layers-test', cancelInProgress: false }
    })
    expect(statusesOf(world)).toEqual(['layer-deploy/sandbox pending', 'layer-deploy/sandbox success'])
  })

  it('a pull request: CI and a plan at once, no deploy, nobody asks AWS', async () => {
    await world.superproject.commitFiles({ 'constraints.txt': 'flask==3.0.1\n' }, { branch: 'feature', from: 'test' })
    const result = await start({ workflow, event: pullRequest(await branches.pullRequestOf(7)) })
    expectQuiet(result)
    expect(resultsOf(result)).toMatchObject({ 'ci / status': 'success', 'plan / plan': 'success', deploy: 'skipped' })
    expect(result['plan']?.outputs).toEqual({ changed: 'true', 'changed-layers': '["da_flask"]' })
    expect(world.aws.calls).toEqual([])
    expect(world.github.state.comments).toHaveLength(1)
    expect(statusesOf(world)).toEqual(['layer-deploy/plan pending', 'layer-deploy/plan success'])
    await tools.asked()
  })

  it.each([
    ['UNFORMATTED', 'lint'],
    ['COVERAGE', 'test']
  ])('%s: the required status fails, and nothing is deployed', async (file, job) => {
    const tip = await world.superproject.git('rev-parse', 'test')
    const commit = await world.superproject.commitSubmodule('da_flask', { [file]: '3\n' })
    await world.superproject.bumpSubmodule('da_flask', commit, { branch: 'test' })
    const result = await start({ workflow, event: await branches.pushTo('test') })
    expect(resultsOf(result)).toMatchObject({
      [`ci / ${job}`]: 'failure',
      'ci / status': 'failure',
      ci: 'failure',
      deploy: 'skipped'
    })
    expect(logOf(result, 'ci / status')).toContain('a job of this run ended as failure')
    expect(world.aws.calls).toEqual([])
    await world.superproject.commitSubmodule('da_flask', { [file]: null })
    await world.superproject.git('update-ref', 'refs/heads/test', tip)
    await branches.pushTo('test')
  })

  it('main is linted strictly, and takes what the sandbox proved', async () => {
    await tools.asked()
    await world.superproject.mergeBranch('test', 'main')
    const result = await start({ workflow, event: await branches.pushTo('main') })
    expectQuiet(result)
    expect(await tools.asked()).toContain('flake8 --max-line-length 120 da_flask')
    expect(versionsIn(world, productionAccount)).toEqual({ 'prod-da-flask-layer': [1], 'prod-da-framework-layer': [1] })
    expect(result['deploy / deploy']?.runs[0]?.environment).toBe('production')
  })

  it('coverage: CI has a minimum for each framework, and a deploy reads the report that CI made', async () => {
    await tools.asked()
    const tip = await world.superproject.git('rev-parse', 'test')
    const config = await world.superproject.git('show', 'test:.github/layer-deploy.yml')
    const gated = config.replace(
      '    path: da_flask\n',
      '    path: da_flask\n    coverage: { report: coverage/da_flask.xml, minimum: 60 }\n'
    )
    await world.superproject.commitFiles({ '.github/layer-deploy.yml': `${gated}\n` }, { branch: 'test' })
    const bump = async (framework: string, covered: number): Promise<void> => {
      const commit = await world.superproject.commitSubmodule(framework, { COVERAGE: `${covered}\n` })
      await world.superproject.bumpSubmodule(framework, commit, { branch: 'test' })
    }
    // 52 % is enough for CI (24 %), not for the gate (60 %); 20 % is just enough.
    await bump('da_flask', 52)
    await bump('da_framework', 20)
    const refused = await start({ workflow, event: await branches.pushTo('test') })
    expect(resultsOf(refused)).toMatchObject({ 'ci / status': 'success', 'deploy / deploy': 'failure' })
    const [error = ''] = actionRuns(refused).flatMap(errorsOf)
    expect(error).toMatch(/^COVERAGE_BELOW_MINIMUM: .*52/)
    expect(world.aws.writes()).toEqual([])
    await bump('da_framework', 19)
    expect(resultsOf(await start({ workflow, event: await branches.pushTo('test') }))).toMatchObject({
      'ci / status': 'failure'
    })
    for (const name of ['da_flask', 'da_framework']) await world.superproject.commitSubmodule(name, { COVERAGE: null })
    await world.superproject.git('update-ref', 'refs/heads/test', tip)
    await branches.pushTo('test')
    await tools.asked()
  })

  it('a framework with requirements alone is not installed as a project', async () => {
    await tools.asked()
    const tip = await world.superproject.git('rev-parse', 'test')
    const files = { 'requirements.txt': 'flask\n', 'pyproject.toml': '[tool.black]\nline-length = 120\n' }
    const commit = await world.superproject.commitSubmodule('da_flask', files)
    await world.superproject.bumpSubmodule('da_flask', commit, { branch: 'test' })
    const project = { 'pyproject.toml': '[project]\nname = "da-framework"\nversion = "1"\n' }
    const other = await world.superproject.commitSubmodule('da_framework', project)
    await world.superproject.bumpSubmodule('da_framework', other, { branch: 'test' })
    const result = await start({ workflow, event: await branches.pushTo('test') })
    expect(resultsOf(result)).toMatchObject({ 'ci / test': 'success' })
    const installed = (await tools.installed()).filter(line => !line.includes('=='))
    expect(installed.sort()).toEqual([
      'pip install --requirement da_flask/requirements.txt',
      'pip install ./da_framework'
    ])
    const gone = { 'requirements.txt': null, 'pyproject.toml': null }
    for (const name of ['da_flask', 'da_framework']) await world.superproject.commitSubmodule(name, gone)
    await world.superproject.git('update-ref', 'refs/heads/test', tip)
    await branches.pushTo('test')
    await tools.asked()
  })

  it('a tag, another branch and a deleted branch start nothing', async () => {
    const after = branches.commits.test
    for (const event of [push({ tag: 'test', after }), push({ branch: 'feature', after })]) {
      expect(await runWorkflowIn(world, { workflow, event })).toBeNull()
    }
  })
})

describe('plan-and-deploy.yml, beside a CI of its own', () => {
  const workflow = 'examples/plan-and-deploy.yml'

  it('python-framework-ci.yml is that CI: its name is the one that is waited for', async () => {
    const workflow = 'examples/python-framework-ci.yml'
    const result = await start({ workflow, event: push({ branch: 'test', after: branches.commits.test }) })
    expect(resultsOf(result)).toMatchObject({ ci: 'success', 'ci / status': 'success' })
  })

  it('deploys the commit that CI succeeded on, not the default branch', async () => {
    const event = workflowRun({
      name: 'CI',
      headCommit: branches.commits.test,
      defaultBranchCommit: branches.commits.main
    })
    const result = await start({ workflow, event })
    expectQuiet(result)
    expect(resultsOf(result)).toEqual({ plan: 'skipped', deploy: 'success', 'deploy / deploy': 'success' })
    expect(actionRuns(result)[0]?.outputs).toMatchObject({ environment: 'sandbox', changed: 'false' })
    expect(world.github.state.statuses.at(-1)).toMatchObject({ sha: branches.commits.test, state: 'success' })
    expect(result['deploy']?.concurrency?.group).toBe('layers-test')
  })

  it('plans a pull request', async () => {
    const result = await start({ workflow, event: pullRequest(await branches.pullRequestOf(7)) })
    expectQuiet(result)
    expect(resultsOf(result)).toEqual({ plan: 'success', 'plan / plan': 'success', deploy: 'skipped' })
  })

  it('with a role to plan with: what the account runs is read, nothing written', async () => {
    const variables = { AWS_PLAN_ROLE_SANDBOX: roleArn(sandboxAccount, 'plan') }
    const result = await start({ workflow, variables, event: pullRequest(await branches.pullRequestOf(7)) })
    expectQuiet(result)
    expect(world.aws.calls.length).toBeGreaterThan(0)
    expect(world.aws.writes()).toEqual([])
  })

  it('a fork, and Dependabot: planned without a role, told in the summary, and green', async () => {
    const variables = { AWS_PLAN_ROLE_SANDBOX: roleArn(sandboxAccount, 'plan') }
    const event = pullRequest({ ...(await branches.pullRequestOf(7)), from: 'fork' })
    const result = await start({ workflow, variables, event, readOnly: true })
    expect(resultsOf(result)).toMatchObject({ plan: 'success' })
    expect(actionRuns(result)[0]?.summary).toContain('da_flask')
    expect(world.aws.calls).toEqual([])
    expect(statusesOf(world)).toEqual([])
  })

  it('in the merge queue: a plan', async () => {
    const { baseCommit, headCommit } = await branches.pullRequestOf(7)
    const event = mergeGroup({ base: 'test', baseCommit, headCommit })
    await world.superproject.git(
      'push',
      '-q',
      '--force',
      `${world.superproject.directory}/remotes/superproject.git`,
      `${headCommit}:${event.ref}`
    )
    const result = await start({ workflow, event })
    expectQuiet(result)
    expect(resultsOf(result)).toMatchObject({ plan: 'success', deploy: 'skipped' })
  })

  it.each([
    ['failed', { conclusion: 'failure' as const }],
    ['ran on a pull request', { cause: 'pull_request' }]
  ])('does nothing after a CI that %s', async (_name, options) => {
    const event = workflowRun({
      name: 'CI',
      headCommit: branches.commits.test,
      defaultBranchCommit: branches.commits.main,
      ...options
    })
    expect(resultsOf(await start({ workflow, event }))).toEqual({ plan: 'skipped', deploy: 'skipped' })
  })

  it('is not started by another workflow, nor on another branch', async () => {
    const common = { headCommit: branches.commits.test, defaultBranchCommit: branches.commits.main }
    const events = [
      workflowRun({ ...common, name: 'Docs' }),
      workflowRun({ ...common, name: 'CI', headBranch: 'feature' })
    ]
    for (const event of events) expect(await runWorkflowIn(world, { workflow, event })).toBeNull()
  })
})

describe('where the account id is masked', () => {
  it('a called deploy hands its versions on, and GitHub skips no output of it', async () => {
    const rewrite = (text: string) =>
      text.replaceAll(
        /( +)role-to-assume: (.*\n)(?= +aws-region: \$\{\{ inputs)/g,
        '$1role-to-assume: $2$1mask-aws-account-id: true\n'
      )
    const event = workflowRun({
      name: 'CI',
      headCommit: branches.commits.test,
      defaultBranchCommit: branches.commits.main
    })
    const result = await start({ workflow: 'examples/plan-and-deploy.yml', event, rewrite })
    const [deploy] = result['deploy / deploy']?.runs ?? []
    expect(actionRuns(result)[0]?.jobOutputs['layer-versions']).toBeUndefined()
    expect(actionRuns(result)[0]?.log.join('\n')).not.toContain(sandboxAccount)
    expect(deploy?.warnings).toEqual([])
    expect(JSON.parse(result['deploy']?.outputs['versions'] ?? '')).toMatchObject({
      da_flask: { [region]: { 'layer-name': 'dev-da-flask-layer', version: expect.any(Number) } }
    })
  })
})

describe('fan-out.yml', () => {
  const workflow = 'examples/fan-out.yml'

  it('plans, deploys each entry in a job of its own, and reports once', async () => {
    for (const name of ['da_flask', 'da_framework']) {
      const commit = await world.superproject.commitSubmodule(name, { 'python/more.py': '1\n' })
      await world.superproject.bumpSubmodule(name, commit, { branch: 'test' })
    }
    const result = await start({ workflow, event: await branches.pushTo('test') })
    expectQuiet(result)
    expect(result['layers / deploy']?.runs.map(({ name }) => name)).toEqual([
      'deploy us-east-2 (0)',
      'deploy us-east-2 (1)'
    ])
    expect(JSON.parse(result['layers']?.outputs['versions'] ?? '')).toMatchObject({
      da_flask: { [region]: { status: 'published', version: 2 } },
      da_framework: { [region]: { status: 'published', version: 2 } }
    })
    expect(statusesOf(world)).toEqual(['layer-deploy/sandbox pending', 'layer-deploy/sandbox success'])
  })

  it('with nothing to do no job deploys, and the report says unchanged', async () => {
    const result = await start({ workflow, event: await branches.pushTo('test') })
    expectQuiet(result)
    expect(resultsOf(result)).toMatchObject({ 'layers / deploy': 'skipped', 'layers / report': 'success' })
    expect(world.aws.writes()).toEqual([])
  })
})

describe('rollback.yml', () => {
  it('a layer returns to the version before', async () => {
    const inputs = { layer: 'da_flask', version: '1' }
    const event = workflowDispatch({ sha: branches.commits.test, inputs })
    const result = await start({ workflow: 'examples/rollback.yml', event })
    const warnings = actionRuns(result).flatMap(warningsOf)
    expect(warnings).toEqual([expect.stringMatching(/^The next push to test deploys forward again/)])
    expect(resultsOf(result)).toEqual({ rollback: 'success', 'rollback / rollback': 'success' })
    expect(actionRuns(result)[0]?.outputs).toMatchObject({ command: 'rollback', conclusion: 'success' })
    expect(statusesOf(world).at(-1)).toBe('layer-deploy/sandbox success')
  })
})

describe('drift-report.yml', () => {
  const workflow = 'examples/drift-report.yml'
  const drift = () => start({ workflow, event: schedule({ defaultBranchCommit: branches.commits.main }) })

  it('is green where production runs what the branch says', async () => {
    const result = await drift()
    expectQuiet(result)
    expect(resultsOf(result)).toEqual({ drift: 'success' })
    expect(world.aws.writes()).toEqual([])
  })

  it('fails and names the layers where it does not', async () => {
    await world.superproject.commitFiles({ 'constraints.txt': 'flask==3.0.2\n' }, { branch: 'main' })
    await branches.pushTo('main')
    const result = await drift()
    expect(resultsOf(result)).toEqual({ drift: 'failure' })
    expect(logOf(result, 'drift')).toContain('production does not run what the branch says: ["da_flask"]')
  })
})

describe('permissions are least: each one taken away is missed', () => {
  const event = () =>
    workflowRun({ name: 'CI', headCommit: branches.commits.test, defaultBranchCommit: branches.commits.main })
  const without = (permission: string) => (text: string) =>
    text.replaceAll(new RegExp(`^      ${permission}(?: #.*)?\n`, 'gm'), '')

  it.each([
    ['contents: read', /Repository not found/],
    ['id-token: write', /id-token: write is missing/],
    ['statuses: write', /was not written.*statuses: write/],
    ['deployments: write', /deployment.*deployments: (read|write)/],
    ['pull-requests: write', /comment was not written.*pull-requests: (read|write)/]
  ])('%s', async (permission, missed) => {
    // Something to record and somewhere to report it.
    await world.superproject.commitFiles({ 'constraints.txt': `${permission}\n` }, { branch: 'test' })
    await branches.pushTo('test')
    const head = { ref: 'feature', sha: branches.commits.test }
    const base = { ref: 'test', sha: branches.commits.main }
    world.github.seed.pullRequest({ number: runId, head, base, mergeCommit: branches.commits.test })
    const result = await start({
      workflow: 'examples/plan-and-deploy.yml',
      event: event(),
      rewrite: without(permission)
    })
    expect(logOf(result, 'deploy / deploy')).toMatch(missed)
  })

  it('a caller that grants less than is asked for is not started', async () => {
    const rewrite = (text: string) => (text.includes('workflow_call') ? text : without('statuses: write')(text))
    const started = start({ workflow: 'examples/plan-and-deploy.yml', event: event(), rewrite })
    await expect(started).rejects.toThrow(
      "'deploy / deploy' is requesting 'statuses: write', but is only allowed 'statuses: none'"
    )
  })
})

it('nothing was asked of GitHub or AWS that their descriptions do not allow', () => {
  expect(world.github.violations).toEqual([])
  expect(world.aws.defects).toEqual([])
})
