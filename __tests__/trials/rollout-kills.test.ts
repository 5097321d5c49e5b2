/** A rollout that is killed at any of its calls, before or after its effect: the next one completes it, and no function that nobody named is touched. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Call } from '../../emulators/aws/index.js'
import { addFunction, type NewFunction } from '../../emulators/aws/lambda/function-calls.js'
import { createAws } from '../../src/adapters/aws/index.js'
import type { Engine as EngineName } from '../../src/model/index.js'
import type { OperationPorts, OperationRequest } from '../../src/operate/operation.js'
import { rollout } from '../../src/operate/rollout/rollout.js'
import { createEngine } from '../../src/publish-layers/engines/index.js'
import { unknownSubject } from '../../src/publish-layers/result.js'
import { layer, sandbox } from '../support/configs.js'
import { accountId, openWorld, region, useCredentials, type Account } from './account.js'
import { copyWorld } from './copy-world.js'
import { deploy, repository, shortTiming } from './deploy.js'
import { fastClock } from './fast-clock.js'
import { patience } from './own-process.js'

const arn = (version: number) => `arn:aws:lambda:${region}:${accountId}:layer:dev-alpha-layer:${version}`
const other = `arn:aws:lambda:${region}:444455556666:layer:other:7`
const named: readonly NewFunction[] = [
  { name: 'billing-a', layers: [other, arn(1)], updateReads: 2 },
  { name: 'billing-b', layers: [arn(1)] },
  { name: 'orders', layers: [arn(2)] }
]
/** Nobody named them, or a tag keeps the rollout away. */
const untouched: readonly NewFunction[] = [
  { name: 'foreign', layers: [arn(1)] },
  { name: 'orders-old', layers: [arn(1)] },
  { name: 'billing-pinned', layers: [arn(1)], tags: { pin: '' } }
]

let restore: () => void
let scratchDirectory: string
beforeAll(async () => {
  restore = useCredentials()
  scratchDirectory = await mkdtemp(join(tmpdir(), 'rollouts-'))
})
afterAll(async () => {
  restore()
  await rm(scratchDirectory, { recursive: true })
})

async function run(name: EngineName, endpoint: string, signal = new AbortController().signal) {
  const environment = { ...sandbox, engine: name }
  const aws = createAws({
    environment: process.env,
    signal,
    homeRegion: region,
    accountId,
    endpoint,
    timing: shortTiming
  })
  const clock = fastClock()
  const context = { region: (at: string) => aws.region(at), clock, signal, log: { info: () => undefined } }
  const engine = createEngine(name, { ...context, repository, run: '7/1' })
  const layers = [{ ...layer('alpha'), consumers: { functions: ['orders', 'billing-*'] } }]
  const request: OperationRequest = {
    ...{ subject: { ...unknownSubject, command: 'rollout', environment }, environment, branch: 'test', layers },
    ...{ headCommit: '2'.repeat(40), named: false, regions: null, dryRun: false, version: null, keep: 1 },
    ...{ repository, run: '7/1', runUrl: null }
  }
  const nothing = () => undefined
  const log = { info: nothing, debug: nothing, warning: nothing, notice: nothing } as unknown as OperationPorts['log']
  const git = {} as OperationPorts['git']
  const ports = { aws, engine, git, github: null, clock, log, progress: nothing, signal, scratchDirectory }
  const { result } = await rollout(request, ports)
  const { functions } = result.plan as { functions: readonly { function: string; status: string }[] }
  return {
    statuses: Object.fromEntries(functions.map(each => [each.function, each.status])),
    errors: result.errors.map(({ code }) => code)
  }
}

const functionsOf = ({ emulator }: Account) => emulator.world.region(accountId, region).functions
const layersOf = (account: Account, name: string) => functionsOf(account).get(name)?.versions[0]?.layers

/** Two versions, and functions on them. */
async function prepared(engine: EngineName, failing: readonly string[]): Promise<Account> {
  const account = await openWorld()
  for (const commit of ['1', '2'])
    await deploy({ engine, content: { alpha: commit }, commit, endpoint: account.emulator.url })
  const failsWith = [{ layer: arn(2), reason: 'too large' }]
  for (const each of [...named, ...untouched]) {
    const fails = failing.includes(each.name) ? { failsWith } : {}
    addFunction(account.emulator.world, accountId, region, { ...each, ...fails })
  }
  account.emulator.resetCalls()
  return account
}

/** What comes in by the door, the `nth` of it, is the last that the rollout does. */
async function killed(from: Account, engine: EngineName, nth: number, moment: 'before' | 'after') {
  let onBoundary: (call: Call, at: 'before' | 'after') => Promise<void> | undefined = () => undefined
  const account = await openWorld({ onBoundary: (call, at) => onBoundary(call, at) })
  copyWorld(from.emulator.world, account.emulator.world)
  const door = await account.emulator.openDoor()
  const stop = new AbortController()
  let calls = 0
  let last = 0
  let hit = false
  onBoundary = (call, at) => {
    if (call.door !== door.number || (at === 'after' && call.seq > last)) return undefined
    if (at === 'before' && ++calls === nth) last = call.seq
    if (at !== moment || call.seq !== last) return undefined
    hit = true
    void door.shut()
    stop.abort(new Error('killed'))
    return new Promise<void>(() => undefined)
  }
  await run(engine, door.url, stop.signal).catch(() => undefined)
  await door.shut()
  onBoundary = () => undefined
  return { account, hit }
}

describe.each(['cloudformation', 'lambda'] as const)('engine %s', engine => {
  let start: Account
  let failing: Account
  beforeAll(async () => {
    start = await prepared(engine, [])
    failing = await prepared(engine, ['billing-b'])
  })
  afterAll(async () => {
    await start.close()
    await failing.close()
  })

  /** How many calls an undisturbed one makes. */
  async function length(from: Account): Promise<number> {
    const account = await openWorld()
    copyWorld(from.emulator.world, account.emulator.world)
    await run(engine, account.emulator.url)
    const { length: calls } = account.emulator.calls
    await account.close()
    return calls
  }

  function expectUntouched(account: Account, when: string): void {
    for (const { name, layers } of untouched) {
      expect([when, name, layersOf(account, name)]).toEqual([when, name, layers])
      expect(functionsOf(account).get(name)?.revision).toBe(1)
    }
  }

  it(
    'killed at every call: the next rollout completes it',
    async () => {
      const calls = await length(start)
      expect(calls).toBeGreaterThan(8)
      for (let nth = 1; nth <= calls; nth++) {
        for (const moment of ['before', 'after'] as const) {
          const when = `${moment} call ${nth}`
          const { account, hit } = await killed(start, engine, nth, moment)
          expect([when, hit]).toEqual([when, true])
          expectUntouched(account, when)
          const next = await run(engine, account.emulator.url)
          expect([when, next.errors]).toEqual([when, []])
          expect(layersOf(account, 'billing-a')).toEqual([other, arn(2)])
          for (const name of ['billing-b', 'orders']) expect([when, layersOf(account, name)]).toEqual([when, [arn(2)]])
          for (const { name } of named)
            expect(functionsOf(account).get(name)).toMatchObject({ updating: 0, failure: null })
          expectUntouched(account, when)
          account.emulator.resetCalls()
          const third = await run(engine, account.emulator.url)
          expect([when, account.writes()]).toEqual([when, []])
          expect(third.statuses).toEqual({
            'billing-a': 'current',
            'billing-b': 'current',
            'billing-pinned': 'skipped',
            orders: 'current'
          })
          await account.close()
        }
      }
    },
    patience
  )

  it(
    'killed at every call while one function refuses the version: it is never called up to date, and the rest stays as it is',
    async () => {
      const calls = await length(failing)
      for (let nth = 1; nth <= calls; nth++) {
        for (const moment of ['before', 'after'] as const) {
          const when = `${moment} call ${nth}`
          const { account, hit } = await killed(failing, engine, nth, moment)
          expect([when, hit]).toEqual([when, true])
          const next = await run(engine, account.emulator.url)
          expect([when, next.errors, next.statuses['billing-b']]).toEqual([when, ['AWS_FAILED'], 'failed'])
          expectUntouched(account, when)
          // The cause is gone: it completes.
          const record = functionsOf(account).get('billing-b')!
          functionsOf(account).set('billing-b', { ...record, failsWith: [] })
          const third = await run(engine, account.emulator.url)
          expect([when, third.errors, layersOf(account, 'billing-b')]).toEqual([when, [], [arn(2)]])
          expectUntouched(account, when)
          await account.close()
        }
      }
    },
    patience
  )
})
