/** `NOT_PROMOTED` through dist/: where the proofs cannot be read nothing is published, and the refusal says what is missing. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { Fault, PermissionName } from '../../emulators/github/index.js'
import type { RunOutcome } from '../../emulators/runner/index.js'
import { runGit } from '../../emulators/world/git-process.js'
import { makeActionWorld, productionAccount, type ActionRun, type ActionWorld } from '../support/action-world.js'
import { configText } from './config-text.js'
import { codesOf, errorsOf, versionsIn, warningsOf } from './reading.js'

const source = (text: string) => ({ 'alpha/python/alpha.py': `${text}\n` })
const noToken = { 'github-token': '' }
const granted: Readonly<Record<PermissionName, 'read' | 'write' | 'none'>> = {
  actions: 'none',
  checks: 'none',
  contents: 'read',
  deployments: 'write',
  issues: 'write',
  metadata: 'read',
  'pull-requests': 'write',
  statuses: 'write'
}
/** The emulator looks at it with each request. */
const permissions = { ...granted }

interface Guard {
  readonly guard: string
  readonly passed: boolean
}
const gateOf = (outcome: RunOutcome): Guard | undefined =>
  (JSON.parse(outcome.outputs['plan'] ?? '{}') as { guards: Guard[] }).guards.find(
    ({ guard }) => guard === 'NOT_PROMOTED'
  )

let world: ActionWorld
beforeAll(async () => {
  world = await makeActionWorld({
    config: configText({ layers: { alpha: '{ path: alpha }' } }),
    submodules: {},
    files: source('1'),
    permissions
  })
  expect(errorsOf(await world.push('test'))).toEqual([])
})
afterAll(() => world.close())
beforeEach(() => {
  Object.assign(permissions, granted)
  world.github.faults.clear()
  world.aws.resetCalls()
})

function expectNotPromoted(outcome: RunOutcome): void {
  expect({ exitCode: outcome.exitCode, codes: codesOf(outcome) }).toEqual({ exitCode: 1, codes: ['NOT_PROMOTED'] })
  expect(outcome.outputs).toMatchObject({ conclusion: 'failure' })
  expect(world.aws.writes()).toEqual([])
  expect(versionsIn(world, productionAccount)).toEqual({})
}

describe('proofs that are there and cannot be read: nothing is published', () => {
  const answers: readonly (readonly [string, Fault])[] = [
    ['403', { kind: 'error', status: 403, when: 'before' }],
    ['404', { kind: 'error', status: 404, when: 'before' }],
    ['502', { kind: 'error', status: 502, when: 'before' }],
    ['a page that is no JSON', { kind: 'garbage' }],
    ['a reset', { kind: 'reset', when: 'before' }]
  ]
  it.each(answers)('NOT_PROMOTED where the list of deployments is answered by %s', async (_what, fault) => {
    world.github.faults.add({ operation: 'repos/list-deployments', fault, times: 99 })
    expectNotPromoted(await world.push('main'))
  })

  it.each([403, 502])('NOT_PROMOTED where what became of them is answered by %d', async status => {
    const fault: Fault = { kind: 'error', status, when: 'before' }
    for (const operation of ['graphql', 'repos/list-deployment-statuses']) {
      world.github.faults.add({ operation, fault, times: 99 })
    }
    expectNotPromoted(await world.push('main'))
  })

  it('NOT_PROMOTED without the permission: names it', async () => {
    permissions.deployments = 'none'
    const outcome = await world.push('main')
    expectNotPromoted(outcome)
    expect(errorsOf(outcome)[0]).toContain('deployments: read')
  })

  it('NOT_PROMOTED without a token: names the input', async () => {
    const outcome = await world.push('main', { inputs: noToken })
    expectNotPromoted(outcome)
    expect(errorsOf(outcome)[0]).toContain('github-token')
    expect(world.github.state.deployments.filter(({ environment }) => environment === 'production')).toEqual([])
  })

  it('NOT_PROMOTED where the branch of the sandbox cannot be read', async () => {
    const prepare = async (workspace: string): Promise<void> => {
      await runGit(workspace, ['remote', 'set-url', 'origin', '/nowhere.git'])
    }
    const outcome = await world.push('main', { prepare })
    expectNotPromoted(outcome)
    expect(errorsOf(outcome)[0]).toMatch(/found a branch that cannot be read/)
  })
})

describe('F107 what is missing', () => {
  const planned = async (number: number, job: Partial<ActionRun> = {}): Promise<RunOutcome> => {
    const outcome = await world.pullRequest(number, 'test', 'main', job)
    expect(errorsOf(outcome)).toEqual([])
    expect(outcome.exitCode).toBe(0)
    expect(world.aws.writes()).toEqual([])
    return outcome
  }
  const commentOn = (number: number): string =>
    world.github.state.comments.find(({ issueNumber }) => issueNumber === number)?.body ?? ''

  it('F107 a plan for production says that the gate will pass', async () => {
    await world.superproject.commitFiles(source('2'), { branch: 'test' })
    expect(errorsOf(await world.push('test'))).toEqual([])
    world.aws.resetCalls()
    const outcome = await planned(7)
    expect(gateOf(outcome)).toMatchObject({ passed: true })
    expect(warningsOf(outcome)).toEqual([])
  })

  it('F107 a deploy without a token says so at once, and names the input and who will refuse', async () => {
    await world.superproject.commitFiles(source('3'), { branch: 'test' })
    const outcome = await world.push('test', { inputs: noToken })
    expect(errorsOf(outcome)).toEqual([])
    const [said = ''] = warningsOf(outcome)
    for (const part of ['no proof is recorded', 'production', 'github-token']) expect(said).toContain(part)
  })

  it('F107 a plan for production says that the gate will refuse', async () => {
    const outcome = await planned(8)
    expect(gateOf(outcome)).toMatchObject({ passed: false })
    expect(commentOn(8)).toContain('NOT_PROMOTED')
  })

  it('F107 a plan that cannot read the proofs says that too', async () => {
    world.github.faults.add({
      operation: 'repos/list-deployments',
      fault: { kind: 'error', status: 502, when: 'before' },
      times: 99
    })
    expect(gateOf(await planned(8))).toMatchObject({ passed: false })
  })

  it('F107 NOT_PROMOTED says where it looked, and what makes a record', async () => {
    await world.superproject.git('update-ref', 'refs/heads/main', 'test')
    const outcome = await world.push('main')
    expectNotPromoted(outcome)
    for (const part of ['in the newest 2 deployments of sandbox', 'deployments: write', 'GITHUB_TOKEN']) {
      expect(errorsOf(outcome)[0]).toContain(part)
    }
  })

  it('F107 the next run of the sandbox records it, changed or not, and production publishes', async () => {
    expect(errorsOf(await world.push('test'))).toEqual([])
    expect(world.aws.writes()).toEqual([])
    expect(errorsOf(await world.push('main'))).toEqual([])
    expect(versionsIn(world, productionAccount)).toEqual({ 'prod-alpha-layer': [1] })
  })
})

it('never asked GitHub or AWS for what their descriptions do not allow', () => {
  expect({ aws: world.aws.defects, github: world.github.violations }).toEqual({ aws: [], github: [] })
})
