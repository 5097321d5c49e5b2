/** Runs that end before their work does: killed, cancelled, timed out (FAULTS.md, row 78). The next run completes them. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { Call } from '../../emulators/aws/index.js'
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
import { codesOf, errorsOf, rowsOf, statusesOf, versionsIn } from './reading.js'

interface Boundary {
  readonly action: string
  readonly moment: 'before' | 'after'
}

/** Twenty seconds pass for the run in one: a claim of the engine `lambda` that nobody comes back for is waited out in time. */
const fastClock = {
  NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(
    'const now = Date.now; const start = now(); Date.now = () => start + 20 * (now() - start)'
  )}`
}

describe.each(['cloudformation', 'lambda'] as const)('engine %s', engine => {
  let world: ActionWorld
  /** Resolves as a run comes to the boundary; the call then waits for what the test does about it. */
  let arrive: ((call: Call, moment: 'before' | 'after') => Promise<void>) | null = null
  let release: () => void = () => undefined
  let versions = 0
  beforeAll(async () => {
    world = await makeActionWorld({
      steps: ownProcesses,
      config: configText({
        engine,
        layers: {
          da_flask: '{ path: da_flask }',
          slow: '{ path: slow, build: { command: "echo building; sleep 60" } }'
        }
      }),
      submodules: {},
      files: { ...folderLayer, 'slow/x.py': '1\n' },
      aws: { onBoundary: (call, moment) => arrive?.(call, moment) }
    })
    await world.superproject.push('test')
  })
  afterAll(() => world.close())
  beforeEach(async () => {
    const files = { [`da_flask/python/change_${versions}.py`]: '1\n' }
    await world.superproject.commitFiles(files, { branch: 'test' })
    await world.superproject.push('test')
    world.github.state.statuses.length = 0
    world.aws.resetCalls()
  })

  async function run(job: Partial<ActionRun> = {}): Promise<RunOutcome> {
    const after = await world.superproject.git('rev-parse', 'test')
    const checkout = { branch: 'test', commit: after }
    const inputs = { layers: 'da_flask', ...job.inputs }
    return world.run({ event: push({ after }), checkout, account: sandboxAccount, ...job, inputs })
  }

  /** Resolves at the boundary; the answer is held back for `holdMilliseconds`, or until `release` is called. */
  function reaching(boundary: Boundary, holdMilliseconds: number): Promise<void> {
    return new Promise(resolve => {
      arrive = async (call, moment) => {
        if (call.action !== boundary.action || moment !== boundary.moment) return
        arrive = null
        resolve()
        await new Promise<void>(resume => {
          release = resume
          setTimeout(resume, holdMilliseconds).unref()
        })
      }
    })
  }

  const publishing = engine === 'lambda' ? 'lambda:PublishLayerVersion' : 'cloudformation:ExecuteChangeSet'
  const killings: readonly Boundary[] = [
    { action: 's3:PutObject', moment: 'after' },
    { action: publishing, moment: 'before' },
    { action: publishing, moment: 'after' }
  ]
  it.each(killings)(
    'F78 killed $moment $action: the next run completes, with exactly one new version',
    async boundary => {
      const killed = await run({ options: { dieAfter: reaching(boundary, 200) } })
      expect(killed.exitCode).toBe(137)
      expect(statusesOf(world)).toEqual(['layer-deploy/sandbox pending'])

      const next = await run({ env: fastClock })
      versions += 1
      expect(errorsOf(next)).toEqual([])
      expect(next.outputs).toMatchObject({ conclusion: 'success', da_flask_version: String(versions) })
      expect(versionsIn(world, sandboxAccount)['dev-da-flask-layer']).toHaveLength(versions)
      expect(statusesOf(world).at(-1)).toBe('layer-deploy/sandbox success')

      world.aws.resetCalls()
      expect((await run()).outputs).toMatchObject({ changed: 'false', da_flask_version: String(versions) })
      expect(world.aws.writes()).toEqual([])
    }
  )

  it('cancelled while it publishes: the final status is written within 5 s, and the next run completes', async () => {
    const started: number[] = []
    const boundary = reaching({ action: publishing, moment: 'before' }, 8_000).then(() => started.push(Date.now()))
    const cancelled = await run({ options: { cancelAfter: boundary } })
    expect(Date.now() - (started[0] ?? 0)).toBeLessThan(5_500)
    expect(cancelled.conclusion).toBe('cancelled')
    expect(codesOf(cancelled)[0]).toBe('CANCELLED')
    expect(cancelled.outputs).toMatchObject({ conclusion: 'failure' })
    expect(cancelled.summary).toContain('CANCELLED')
    expect(statusesOf(world)).toEqual(['layer-deploy/sandbox pending', 'layer-deploy/sandbox error'])

    // By the fast clock of the next run it would be under way for longer than any call can be.
    release()
    const next = await run({ env: fastClock })
    versions += 1
    expect(errorsOf(next)).toEqual([])
    expect(rowsOf(next)['da_flask']?.['us-east-2']).toMatchObject({ version: versions })
    expect(versionsIn(world, sandboxAccount)['dev-da-flask-layer']).toHaveLength(versions)
  }, 90_000)

  if (engine === 'lambda') return

  it('cancelled while it builds: nothing is written, the build is ended', async () => {
    const begun = (line: string): boolean => line.includes('building')
    const cancelled = await run({ inputs: { layers: 'slow' }, options: { cancelAfter: begun } })
    expect(codesOf(cancelled)[0]).toBe('CANCELLED')
    expect(cancelled.durationMs).toBeLessThan(10_000)
    expect(statusesOf(world)).toEqual(['layer-deploy/sandbox pending', 'layer-deploy/sandbox error'])
    expect(world.aws.writes()).toEqual([])
  })

  it('cancelled while GitHub hangs: it ends within 5 s, and the post step closes the status', async () => {
    const operation = 'repos/create-commit-status'
    world.github.faults.add({ operation, fault: { kind: 'hang', when: 'before' }, nth: 2 })
    let cancelledAt = 0
    const begun = (line: string): boolean => {
      if (line.includes('building')) cancelledAt = Date.now()
      return cancelledAt > 0
    }
    const cancelled = await run({ inputs: { layers: 'slow' }, options: { cancelAfter: begun } })
    const seconds = (Date.now() - cancelledAt) / 1000
    world.github.faults.clear()
    // The time of the post step is in it, too.
    expect(seconds).toBeLessThan(7)
    expect(codesOf(cancelled)[0]).toBe('CANCELLED')
    expect(statusesOf(world)).toEqual(['layer-deploy/sandbox pending', 'layer-deploy/sandbox error'])
  })

  it('F78 cancelled and then killed before GitHub took its status: the post step closes it with what the run came to', async () => {
    const operation = 'repos/create-commit-status'
    world.github.faults.add({ operation, fault: { kind: 'hang', when: 'before' }, nth: 2 })
    const begun = (line: string): boolean => line.includes('building')
    const killed = await run({
      inputs: { layers: 'slow' },
      options: { cancelAfter: begun, cancelTimeline: { sigtermAfterMs: 2_000, sigkillAfterMs: 500 } }
    })
    expect(killed.exitCode).toBe(137)
    expect(killed.postExitCode).toBe(0)
    expect(statusesOf(world)).toEqual(['layer-deploy/sandbox pending', 'layer-deploy/sandbox error'])
    expect(world.github.state.statuses.at(-1)?.description).toMatch(/^CANCELLED/)
  })

  it('F78 killed, and a newer commit is pushed: its run closes what was left open', async () => {
    const before = await world.superproject.git('rev-parse', 'test')
    const killed = await run({ options: { dieAfter: line => line.startsWith('::group::') } })
    expect(killed.exitCode).toBe(137)
    expect(statusesOf(world)).toEqual(['layer-deploy/sandbox pending'])
    await world.superproject.commitFiles({ 'README.md': 'newer\n' }, { branch: 'test' })
    const after = await world.superproject.push('test')
    const next = await run({ event: push({ before, after }) })
    versions += 1
    expect(errorsOf(next)).toEqual([])
    const left = world.github.state.statuses.filter(({ sha }) => sha === before).map(({ state }) => state)
    expect(left).toEqual(['pending', 'error'])
    expect(world.github.state.statuses.filter(({ sha }) => sha === after).at(-1)?.state).toBe('success')
  })

  it('F78 F82 killed, the run of the next commit dropped from the queue: the newest closes what was left open', async () => {
    const lost = await world.superproject.git('rev-parse', 'test')
    const killed = await run({ options: { dieAfter: line => line.startsWith('::group::') } })
    expect(killed.exitCode).toBe(137)
    await world.superproject.commitFiles({ 'README.md': 'dropped\n' }, { branch: 'test' })
    const before = await world.superproject.push('test')
    world.github.seed.commit({ sha: before, parents: [lost] })
    await world.superproject.commitFiles({ 'README.md': 'newest\n' }, { branch: 'test' })
    const after = await world.superproject.push('test')
    const next = await run({ event: push({ before, after }) })
    versions += 1
    expect(errorsOf(next)).toEqual([])
    const left = world.github.state.statuses.filter(({ sha }) => sha === lost).map(({ state }) => state)
    expect(left.slice(-2)).toEqual(['pending', 'error'])
  })

  it('the deadline is a failure, not a warning', async () => {
    const late = await run({ inputs: { layers: 'slow', 'timeout-minutes': '0.05' } })
    expect(codesOf(late)).toEqual(['DEADLINE_EXCEEDED'])
    expect(late.exitCode).toBe(1)
    expect(late.durationMs).toBeLessThan(15_000)
    expect(statusesOf(world)).toEqual(['layer-deploy/sandbox pending', 'layer-deploy/sandbox failure'])
    expect(world.aws.writes()).toEqual([])
  })

  it('a finished run leaves the post step nothing to do', async () => {
    const outcome = await run()
    expect(outcome.postExitCode).toBe(0)
    expect(outcome.postRawStdout).toBe('')
    expect(statusesOf(world)).toEqual(['layer-deploy/sandbox pending', 'layer-deploy/sandbox success'])
  })
})
