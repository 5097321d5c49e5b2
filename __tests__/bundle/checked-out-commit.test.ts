/** `SOURCE_NOT_CHECKED_OUT` through dist/: what is deployed, returned to, deleted or reported is the commit that the event names. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { RunOutcome } from '../../emulators/runner/index.js'
import { makeActionWorld, productionAccount, sandboxAccount, type ActionWorld } from '../support/action-world.js'
import { push, workflowDispatch, workflowRun, type WorkflowEvent } from '../support/events.js'
import { configText } from './config-text.js'
import { codesOf, errorsOf, rowsOf, statusesOf, versionsIn, warningsOf } from './reading.js'

const source = (text: string) => ({ 'alpha/python/alpha.py': `${text}\n` })
const inputsOf: Readonly<Record<string, Record<string, string>>> = {
  deploy: { force: 'true' },
  rollback: { version: '1' },
  prune: { keep: '1' },
  report: {}
}
const commands = Object.keys(inputsOf)

let world: ActionWorld
/** The tip of `test`, which runs in the sandbox, and a commit on a branch that is mapped to nothing. */
let named = ''
let other = ''
beforeAll(async () => {
  world = await makeActionWorld({
    config: configText({ layers: { alpha: '{ path: alpha }' } }),
    submodules: {},
    files: source('1')
  })
  for (const text of ['2', '3']) {
    await world.superproject.commitFiles(source(text), { branch: 'test' })
    expect(errorsOf(await world.push('test'))).toEqual([])
  }
  named = await world.superproject.git('rev-parse', 'test')
  other = await world.superproject.commitFiles(source('nobody reviewed it'), { branch: 'side', from: 'test' })
  await world.superproject.push('side')
})
afterAll(() => world.close())
beforeEach(() => {
  world.aws.resetCalls()
})

/** A job of `event` whose checkout step was told another ref. */
function elsewhere(event: WorkflowEvent, inputs: Record<string, string>, branch = 'side'): Promise<RunOutcome> {
  return world.run({ event, checkout: { branch, depth: 0 }, account: sandboxAccount, inputs })
}
const dispatched = () => workflowDispatch({ ref: 'refs/heads/test', sha: named })

describe('another commit than the dispatch names', () => {
  it.each(commands)('F135 %s is refused, with no write and no record', async command => {
    const deployments = world.github.state.deployments.length
    const from = world.github.state.statuses.length
    const outcome = await elsewhere(dispatched(), { command, ...inputsOf[command] })
    expect({ exitCode: outcome.exitCode, codes: codesOf(outcome) }).toEqual({
      exitCode: 1,
      codes: ['SOURCE_NOT_CHECKED_OUT']
    })
    expect(outcome.outputs).toMatchObject({ conclusion: 'failure' })
    for (const commit of [named, other]) expect(errorsOf(outcome)[0]).toContain(commit)
    expect(world.aws.writes()).toEqual([])
    expect(world.github.state.deployments).toHaveLength(deployments)
    expect(statusesOf(world, from).at(-1)).not.toBe('layer-deploy/sandbox success')
  })

  it.each(commands)('F135 a dry run of %s says which commit it looks at', async command => {
    const outcome = await elsewhere(dispatched(), { command, 'dry-run': 'true', ...inputsOf[command] })
    expect(errorsOf(outcome)).toEqual([])
    expect(outcome.exitCode).toBe(0)
    const [said = '', ...further] = warningsOf(outcome).filter(line => line.includes(other))
    expect({ said: said.includes(named), further }).toEqual({ said: true, further: [] })
    expect(world.aws.writes()).toEqual([])
  })

  it('F135 the commit that the dispatch names is taken, whatever branch is checked out', async () => {
    await world.superproject.git('push', '-q', world.superproject.url, `${named}:refs/heads/same`)
    const outcome = await elsewhere(dispatched(), { command: 'report' }, 'same')
    expect(errorsOf(outcome)).toEqual([])
    expect(outcome.outputs).toMatchObject({ command: 'report', conclusion: 'success' })
  })
})

describe('another commit than', () => {
  it('F135 was pushed', async () => {
    const outcome = await elsewhere(push({ branch: 'test', after: named }), { force: 'true' })
    expect(codesOf(outcome)).toEqual(['SOURCE_NOT_CHECKED_OUT'])
    expect(world.aws.writes()).toEqual([])
  })

  it('F135 the workflow before tested: the default branch, as checkout without ref takes it', async () => {
    const outcome = await elsewhere(workflowRun({ headBranch: 'test', headCommit: named }), { force: 'true' }, 'main')
    expect(codesOf(outcome)).toEqual(['SOURCE_NOT_CHECKED_OUT'])
    expect(errorsOf(outcome)[0]).toContain('workflow_run.head_sha')
    expect(world.aws.writes()).toEqual([])
  })
})

describe('a proof', () => {
  const production = (): Promise<RunOutcome> => world.push('main')

  it('F135 of a commit that the branch of the sandbox does not hold any more does not count', async () => {
    const proven = await world.superproject.commitFiles(source('4'), { branch: 'test' })
    expect(errorsOf(await world.push('test'))).toEqual([])
    await world.superproject.git('update-ref', 'refs/heads/main', proven)
    await world.superproject.git('update-ref', 'refs/heads/test', named)
    await world.superproject.push('test')
    world.aws.resetCalls()
    const outcome = await production()
    expect({ exitCode: outcome.exitCode, codes: codesOf(outcome) }).toEqual({ exitCode: 1, codes: ['NOT_PROMOTED'] })
    expect(errorsOf(outcome)[0]).toMatch(/found .*no branch of sandbox holds/)
    expect(world.aws.writes()).toEqual([])
    expect(versionsIn(world, productionAccount)).toEqual({})
  })

  it('F135 counts again once the branch holds it', async () => {
    await world.superproject.git('update-ref', 'refs/heads/test', 'main')
    await world.superproject.push('test')
    const outcome = await production()
    expect(errorsOf(outcome)).toEqual([])
    expect(rowsOf(outcome)['alpha']?.['us-east-2']).toMatchObject({ status: 'published', version: 1 })
  })
})
