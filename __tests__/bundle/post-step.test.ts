/** The post step, a file of its own: it closes a status and does nothing else, however early the main step died. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { readActionManifest } from '../../emulators/runner/action-manifest.js'
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
import { statusesOf, versionsIn } from './reading.js'

const root = resolve(import.meta.dirname, '../..')
const bundleText = (folder: string): string =>
  readdirSync(join(root, folder))
    .filter(name => name.endsWith('.js'))
    .map(name => readFileSync(join(root, folder, name), 'utf8'))
    .join('\n')

describe('F134 the bundle of the post step', () => {
  it('F134 is a file of its own', async () => {
    const { main, post } = await readActionManifest(root)
    expect({ main, post }).toEqual({ main: 'dist/index.js', post: 'dist/post/index.js' })
    expect(/main-ran|STATE_/.exec(readFileSync(join(root, 'dist/index.js'), 'utf8'))?.[0]).toBeUndefined()
  })

  it('F134 holds nothing of ours that could deploy', () => {
    const modules = readFileSync(join(root, 'dist/post/modules.txt'), 'utf8').trim().split('\n')
    expect(modules).toEqual(expect.arrayContaining(['action/post.ts', 'report/status/write-status.ts']))
    const parts =
      /^(run|publish-layers|operate|build-layers|detect-changes|setup|cli|adapters\/(aws|git|process))\/|^action\/(main|index)\.ts$/
    expect(modules.filter(module => parts.test(module))).toEqual([])
  })

  it('F134 names no call of AWS that writes, as the bundle of the main step does', () => {
    for (const call of ['PublishLayerVersion', 'ExecuteChangeSet', 'PutObject', 'spawn(']) {
      expect(bundleText('dist')).toContain(call)
      expect(bundleText('dist/post')).not.toContain(call)
    }
  })
})

/** A rate limit of minutes passes in seconds, in the post step alone. */
const shortWaits = `--import=data:text/javascript,${encodeURIComponent(
  `if (process.argv[1]?.includes('/post/')) {
     const wait = globalThis.setTimeout
     globalThis.setTimeout = (work, milliseconds, ...rest) => {
       if (milliseconds > 20_000) process.stdout.write('waits ' + Math.round(milliseconds / 1000) + ' s\\n')
       return wait(work, milliseconds > 20_000 ? milliseconds / 100 : milliseconds, ...rest)
     }
   }`
)}`

describe('through dist/', () => {
  let world: ActionWorld
  beforeAll(async () => {
    const layers = {
      da_flask: '{ path: da_flask }',
      slow: '{ path: slow, build: { command: "echo building; sleep 60" } }'
    }
    const files = { ...folderLayer, 'slow/x.py': '1\n' }
    world = await makeActionWorld({ steps: ownProcesses, config: configText({ layers }), submodules: {}, files })
    await world.superproject.push('test')
  })
  afterAll(() => world.close())
  beforeEach(() => {
    world.github.state.statuses.length = 0
    world.github.calls.length = 0
    world.aws.resetCalls()
  })
  async function run(job: Partial<ActionRun> = {}): Promise<RunOutcome> {
    const after = await world.superproject.git('rev-parse', 'test')
    const checkout = { branch: 'test', commit: after }
    return world.run({ event: push({ after }), checkout, account: sandboxAccount, ...job })
  }
  const githubWrites = (): string[] =>
    world.github.calls.filter(({ method }) => method !== 'GET').map(({ operation }) => operation)
  const killedWhileBuilding = {
    inputs: { layers: 'slow' },
    options: {
      cancelAfter: (line: string) => line.includes('building'),
      cancelTimeline: { sigtermAfterMs: 0, sigkillAfterMs: 0 }
    }
  }

  const moments = Array.from({ length: 21 }, (_unused, index) => index * 5)
  it.each(moments)('F134 main killed after %d ms: the post step writes nothing but a status', async milliseconds => {
    const cancelTimeline = { sigtermAfterMs: 0, sigkillAfterMs: 0 }
    const killed = await run({ inputs: { layers: 'da_flask' }, options: { cancelAfter: milliseconds, cancelTimeline } })
    expect(killed.exitCode).not.toBe(0)
    expect(killed.postExitCode).toBe(0)
    expect(world.aws.writes()).toEqual([])
    expect(versionsIn(world, sandboxAccount)).toEqual({})
    expect(githubWrites().filter(operation => operation !== 'repos/create-commit-status')).toEqual([])
    expect(statusesOf(world).at(-1) ?? '').not.toContain('pending')
  })

  it.each(['rollback', 'prune', 'deploy'])('F134 main of %s that leaves no state: post does nothing', async command => {
    const cancelTimeline = { sigtermAfterMs: 0, sigkillAfterMs: 0 }
    const killed = await run({ inputs: { command }, options: { cancelAfter: 1, cancelTimeline } })
    expect(killed.state).toEqual({})
    expect(killed.postExitCode).toBe(0)
    expect([...githubWrites(), ...world.aws.writes()]).toEqual([])
  })

  it.each(['1', '2', '3'])('F88 attempt %s is killed: the post step closes its status', async runAttempt => {
    const killed = await run({ ...killedWhileBuilding, runId: '77', runAttempt })
    expect(killed.exitCode).toBe(137)
    expect(statusesOf(world)).toEqual(['layer-deploy/sandbox pending', 'layer-deploy/sandbox error'])
    const [pending, closed] = world.github.state.statuses
    expect(closed?.targetUrl).toBe(pending?.targetUrl)
    expect(pending?.targetUrl).toMatch(
      runAttempt === '1' ? /\/runs\/77$/ : new RegExp(`/runs/77/attempts/${runAttempt}$`)
    )
  })

  it('F88 the status of another attempt stays as it is', async () => {
    await run({ inputs: { layers: 'slow', 'dry-run': 'true' }, runId: '78', options: { dieAfter: 2_000 } })
    const later = await run({ ...killedWhileBuilding, runId: '78', runAttempt: '2' })
    expect(later.exitCode).toBe(137)
    expect(world.github.state.statuses.filter(({ state }) => state === 'error')).toHaveLength(1)
  })

  const finalStatus = 'repos/create-commit-status'
  const limited = (retryAfterSeconds: number) =>
    ({ kind: 'secondary-rate-limit', status: 403, retryAfterSeconds }) as const
  it('F143 a rate limit on the final status: the post step waits as told and writes what the run came to', async () => {
    world.github.faults.add({ operation: finalStatus, fault: limited(100), nth: 2, times: 2 })
    const outcome = await run({ inputs: { layers: 'da_flask' }, env: { NODE_OPTIONS: shortWaits } })
    world.github.faults.clear()
    expect(outcome).toMatchObject({ exitCode: 0, postExitCode: 0 })
    expect(outcome.postRawStdout).toContain('waits 100 s')
    expect(statusesOf(world)).toEqual(['layer-deploy/sandbox pending', 'layer-deploy/sandbox success'])
    expect(world.github.state.statuses.at(-1)?.description).toContain('1 layer published')
  })

  it('F143 told to wait longer than two minutes, it leaves the status to the next run', async () => {
    world.github.faults.add({ operation: finalStatus, fault: limited(3_600), nth: 2, times: 2 })
    const before = await world.superproject.git('rev-parse', 'test')
    const outcome = await run({ inputs: { layers: 'da_flask' } })
    world.github.faults.clear()
    expect(outcome.postExitCode).toBe(0)
    expect(outcome.annotations.filter(({ level }) => level === 'warning').length).toBeGreaterThanOrEqual(2)
    expect(statusesOf(world)).toEqual(['layer-deploy/sandbox pending'])

    await world.superproject.commitFiles({ 'README.md': 'newer\n' }, { branch: 'test' })
    const after = await world.superproject.push('test')
    await run({ event: push({ before, after }), inputs: { layers: 'da_flask' } })
    const left = world.github.state.statuses.filter(({ sha }) => sha === before).map(({ state }) => state)
    expect(left).toEqual(['pending', 'error'])
  })
})
