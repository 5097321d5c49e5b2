/** F147 credentials that end in mid-run, engine `lambda`: what was written is told, and the next run completes. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { FaultRule } from '../../emulators/aws/faults.js'
import type { RunOutcome } from '../../emulators/runner/index.js'
import { makeActionWorld, sandboxAccount, type ActionRun, type ActionWorld } from '../support/action-world.js'
import { push } from '../support/events.js'
import { configText, folderLayer } from './config-text.js'
import { codesOf, rowsOf, statusesOf, versionsIn, warningsOf } from './reading.js'

const [first, second] = ['dev-da-flask-layer', 'dev-da-other-layer']
const self = 'github-actions[bot]'

let world: ActionWorld
let changes = 0
let head = ''
beforeAll(async () => {
  const layers = { da_flask: '{ path: da_flask }', da_other: '{ path: da_other }' }
  const files = { ...folderLayer, 'da_other/python/other.py': '1\n' }
  // One at a time: the first layer is done before the second begins.
  const config = configText({ layers, engine: 'lambda', sandbox: ['concurrency: 1'] })
  world = await makeActionWorld({ config, submodules: {}, files })
})
afterAll(() => world.close())
beforeEach(async () => {
  const files = { [`da_flask/python/change_${++changes}.py`]: '1\n', [`da_other/python/change_${changes}.py`]: '1\n' }
  const before = changes === 1 ? 'test' : head
  head = await world.superproject.commitFiles(files, { branch: 'test' })
  await world.superproject.push('test')
  const ends = { head: { ref: 'feature', sha: head }, base: { ref: 'test', sha: before } }
  world.github.seed.pullRequest({ number: changes, ...ends, mergeCommit: head })
  world.github.state.statuses.length = 0
  world.github.state.comments.length = 0
  world.github.faults.clear()
  world.aws.faults.clear()
  world.aws.resetCalls()
})

const run = (job: Partial<ActionRun> = {}): Promise<RunOutcome> =>
  world.run({
    event: push({ after: head }),
    checkout: { branch: 'test', commit: head },
    account: sandboxAccount,
    ...job
  })
const versions = () => versionsIn(world, sandboxAccount)
const rowOf = (outcome: RunOutcome, layer: string) => rowsOf(outcome)[layer]?.['us-east-2']
const newest = (layer: string) => versions()[layer]?.at(-1) ?? 0
const comment = () => world.github.state.comments.find(({ author }) => author === self)?.body ?? ''

/** Told in the outputs, the comment, the summary, the status and the exit code. */
function expectTold(outcome: RunOutcome): void {
  expect(outcome.exitCode).toBe(1)
  expect(codesOf(outcome)).toContain('NO_CREDENTIALS')
  expect(outcome.outputs).toMatchObject({ conclusion: 'failure' })
  for (const text of [comment(), outcome.summary])
    for (const word of [first, 'NO_CREDENTIALS']) expect(text).toContain(word)
  expect(statusesOf(world)).toEqual(['layer-deploy/sandbox pending', 'layer-deploy/sandbox failure'])
}

/** Each layer has one version more than `before`, whatever run published it. */
async function expectNextRunCompletes(before: Record<string, number[]>): Promise<void> {
  world.aws.faults.clear()
  const next = await run()
  expect(codesOf(next)).toEqual([])
  expect(next.outputs).toMatchObject({ conclusion: 'success' })
  for (const layer of [first, second]) expect(versions()[layer]).toHaveLength((before[layer] ?? []).length + 1)
  expect([rowOf(next, 'da_flask')?.version, rowOf(next, 'da_other')?.version]).toEqual([newest(first), newest(second)])
  const again = await run()
  expect(again.outputs).toMatchObject({ conclusion: 'success', changed: 'false' })
}

describe('F147 the AWS key', () => {
  const rows: readonly [what: string, fault: FaultRule][] = [
    [
      'the second archive is stored',
      { action: 's3:PutObject', resource: `artifacts/${second}/`, kind: 'expired-token', times: 1_000 }
    ],
    [
      'the second version is published',
      { action: 'lambda:PublishLayerVersion', resource: second, kind: 'expired-token', times: 1_000 }
    ],
    [
      'the second version is recorded',
      { action: 's3:PutObject', resource: `state/${second}.json`, kind: 'expired-token', times: 1_000 }
    ]
  ]
  it.each(rows)(
    'F147 ends when %s: the first layer is told as published, the second as failed',
    async (_what, fault) => {
      const before = versions()
      world.aws.faults.add(fault)
      const outcome = await run()
      expectTold(outcome)
      expect(rowOf(outcome, 'da_flask')).toMatchObject({ status: 'published', version: newest(first) })
      expect(outcome.outputs).toMatchObject({ da_flask_published: 'true', da_flask_version: String(newest(first)) })
      expect(rowOf(outcome, 'da_other')).toMatchObject({ status: 'failed' })
      expect(outcome.outputs).toMatchObject({ da_other_published: 'false' })
      await expectNextRunCompletes(before)
    }
  )
})

describe('F147 the GitHub token', () => {
  it.each([1, 2, 3, 4])('F147 ends at call %d: what was published is in the outputs and the summary', async nth => {
    const before = versions()
    const fault = { kind: 'error', status: 401, when: 'before', message: 'Bad credentials' } as const
    world.github.faults.add({ operation: '*', fault, nth, times: 1_000 })
    const outcome = await run()
    world.github.faults.clear()
    // A report that cannot be delivered does not make a deploy fail.
    expect(outcome).toMatchObject({ exitCode: 0, outputs: { conclusion: 'success', da_flask_published: 'true' } })
    for (const layer of [first, second]) {
      expect(versions()[layer]).toHaveLength((before[layer] ?? []).length + 1)
      expect(outcome.summary).toContain(layer)
    }
    expect(warningsOf(outcome).some(text => /401|token/.test(text))).toBe(true)
  })
})
