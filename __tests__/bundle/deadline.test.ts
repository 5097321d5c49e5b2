/** `timeout-minutes` bounds the whole step, whatever hangs; and what a run cannot say or write in the end. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RunOutcome } from '../../emulators/runner/index.js'
import {
  type ActionRun,
  type ActionWorld,
  makeActionWorld,
  ownProcesses,
  sandboxAccount
} from '../support/action-world.js'
import { push } from '../support/events.js'
import { configText, folderLayer } from './config-text.js'
import { codesOf, errorsOf, rowsOf, statusesOf, versionsIn, warningsOf } from './reading.js'

let world: ActionWorld
let changes = 0
const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'deadline-')))
beforeAll(async () => {
  const layers = { da_flask: '{ path: da_flask }', da_other: '{ path: da_other }' }
  const files = { ...folderLayer, 'da_other/python/other.py': '1\n' }
  // One at a time: the first layer is done before the second begins.
  const config = configText({ layers, sandbox: ['concurrency: 1'] })
  world = await makeActionWorld({ steps: ownProcesses, config, submodules: {}, files })
  await world.superproject.push('test')
})
afterAll(async () => {
  await world.close()
  rmSync(scratch, { recursive: true, force: true })
})
beforeEach(async () => {
  world.github.state.statuses.length = 0
  world.github.faults.clear()
  world.aws.faults.clear()
  const files = { [`da_flask/python/change_${++changes}.py`]: '1\n', [`da_other/python/change_${changes}.py`]: '1\n' }
  await world.superproject.commitFiles(files, { branch: 'test' })
  await world.superproject.push('test')
  world.aws.resetCalls()
})

async function run(job: Partial<ActionRun> = {}): Promise<RunOutcome> {
  const after = await world.superproject.git('rev-parse', 'test')
  return world.run({
    event: push({ after }),
    checkout: { branch: 'test', commit: after },
    account: sandboxAccount,
    ...job
  })
}

/** A git that hangs at the commands named, in front of the real one. */
function hangingGit(words: string): Record<string, string> {
  const path = process.env['PATH'] ?? ''
  const folder = mkdtempSync(join(scratch, 'bin-'))
  const script = `#!/bin/sh\ncase " $* " in ${words}) exec sleep 600;; esac\nPATH='${path}' exec git "$@"\n`
  writeFileSync(join(folder, 'git'), script, { mode: 0o755 })
  return { PATH: `${folder}:${path}` }
}

describe('F140 the deadline', () => {
  const minutes = 0.2
  const inputs = { 'timeout-minutes': String(minutes) }
  /** Its own time, and what the operating system takes to start and end the process on a busy machine. */
  const mostMilliseconds = minutes * 60_000 + 3_000
  const expectInTime = (outcome: RunOutcome): void => {
    expect(outcome.exitCode).toBe(1)
    expect(codesOf(outcome)[0]).toBe('DEADLINE_EXCEEDED')
    expect(outcome.outputs).toMatchObject({ conclusion: 'failure' })
    expect(outcome.durationMs).toBeLessThan(mostMilliseconds)
  }

  it('F140 bounds a GitHub that hangs: what was published is in the outputs', async () => {
    world.github.faults.add({ operation: '*', fault: { kind: 'hang', when: 'before' }, times: 1_000 })
    const outcome = await run({ inputs })
    world.github.faults.clear()
    expectInTime(outcome)
    expect(rowsOf(outcome)['da_flask']?.['us-east-2']).toMatchObject({ status: 'published' })
    expect(outcome.summary).toContain('published')
  }, 180_000)

  it.each(['sts:GetCallerIdentity', 's3:PutObject', 'cloudformation:CreateChangeSet'])(
    'F140 bounds an AWS that hangs at %s',
    async action => {
      world.aws.faults.add({ action, kind: 'hang-before', times: 1_000 })
      const outcome = await run({ inputs })
      expectInTime(outcome)
      expect(statusesOf(world)).toEqual(['layer-deploy/sandbox pending', 'layer-deploy/sandbox failure'])
    }
  )

  it('F140 F147 one layer hangs: what the other came to is told', async () => {
    const resource = 'dev-da-other-layer'
    world.aws.faults.add({ action: 'cloudformation:CreateChangeSet', kind: 'hang-before', times: 1_000, resource })
    const outcome = await run({ inputs })
    expectInTime(outcome)
    expect(rowsOf(outcome)['da_flask']?.['us-east-2']).toMatchObject({ status: 'published' })
    expect(rowsOf(outcome)['da_other']?.['us-east-2']).toMatchObject({ status: 'failed', arn: null })
  })

  it.each(['*', '*" ls-tree "*', '*" archive "*|*" cat-file "*'])('F140 bounds a git that hangs at %s', async words => {
    const outcome = await run({ inputs, env: hangingGit(words) })
    expectInTime(outcome)
    expect(world.aws.writes()).toEqual([])
  })
})

describe('F145 files of the runner that cannot be written', () => {
  it('F145 outputs: what is published is reported, and the run fails', async () => {
    const outcome = await run({ options: { commandFiles: { output: '/dev/full' } } })
    expect(outcome.exitCode).toBe(1)
    expect(codesOf(outcome)).toEqual(['RUNNER_FAILED'])
    expect(errorsOf(outcome)[0]).toMatch(/GITHUB_OUTPUT.*ENOSPC/)
    expect(outcome.summary).toContain('published')
    expect(statusesOf(world)).toEqual(['layer-deploy/sandbox pending', 'layer-deploy/sandbox failure'])
    expect(world.github.state.statuses.at(-1)?.description).toMatch(/^RUNNER_FAILED: .*published/)
  })

  it('F145 state: a coded error before anything is written', async () => {
    const before = versionsIn(world, sandboxAccount)
    const outcome = await run({ options: { commandFiles: { state: '/dev/full' } } })
    expect(outcome.exitCode).toBe(1)
    expect(codesOf(outcome)).toEqual(['RUNNER_FAILED'])
    expect(errorsOf(outcome)[0]).toMatch(/GITHUB_STATE.*ENOSPC/)
    expect(world.aws.writes()).toEqual([])
    expect(versionsIn(world, sandboxAccount)).toEqual(before)
  })

  it('F145 the job summary: a warning', async () => {
    const outcome = await run({ options: { commandFiles: { step_summary: '/dev/full' } } })
    expect(outcome.exitCode).toBe(0)
    expect(errorsOf(outcome)).toEqual([])
    expect(warningsOf(outcome)).toEqual([expect.stringMatching(/^The job summary was not written: .*ENOSPC/)])
    expect(outcome.outputs).toMatchObject({ conclusion: 'success' })
  })
})

describe('F147 credentials that end in mid-run', () => {
  it('F147 the GitHub token: what was published is in the outputs and the summary', async () => {
    const fault = { kind: 'error', status: 401, when: 'before', message: 'Bad credentials' } as const
    world.github.faults.add({ operation: '*', fault, nth: 2, times: 1_000 })
    const outcome = await run()
    world.github.faults.clear()
    expect(outcome.exitCode).toBe(0)
    expect(rowsOf(outcome)['da_flask']?.['us-east-2']).toMatchObject({ status: 'published' })
    expect(outcome.summary).toContain('published')
    expect(warningsOf(outcome).length).toBeGreaterThanOrEqual(2)
  })

  it('F147 the AWS key: what was published before is told, and the next run completes', async () => {
    const before = versionsIn(world, sandboxAccount)['dev-da-other-layer'] ?? []
    const [nth, times] = [2, 1_000]
    world.aws.faults.add({ action: 'cloudformation:CreateChangeSet', kind: 'expired-token', nth, times })
    const outcome = await run()
    world.aws.faults.clear()
    expect(outcome.exitCode).toBe(1)
    expect(rowsOf(outcome)['da_flask']?.['us-east-2']).toMatchObject({ status: 'published' })
    expect(rowsOf(outcome)['da_other']?.['us-east-2']).toMatchObject({ status: 'failed' })
    expect(outcome.summary).toContain('dev-da-flask-layer')
    expect(world.github.state.statuses.at(-1)).toMatchObject({ state: 'failure' })

    const next = await run()
    expect(next.exitCode).toBe(0)
    expect(rowsOf(next)['da_flask']?.['us-east-2']).toMatchObject({ status: 'unchanged' })
    expect(versionsIn(world, sandboxAccount)['dev-da-other-layer']).toHaveLength(before.length + 1)
  })
})
