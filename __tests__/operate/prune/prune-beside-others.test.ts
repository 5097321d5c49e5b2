/** Bad company: a prune beside a deploy or a rollback, functions that move meanwhile, and a role that may only read. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals'
import { addFunction } from '../../../emulators/aws/lambda/function-calls.js'
import { createAws } from '../../../src/adapters/aws/index.js'
import { iamPolicy } from '../../../src/setup/iam-policy/index.js'
import type { OperationPorts, OperationRequest } from '../../../src/operate/operation.js'
import { prune } from '../../../src/operate/prune/prune.js'
import type { Engine } from '../../../src/publish-layers/engines/engine.js'
import { createEngine } from '../../../src/publish-layers/engines/index.js'
import { unknownSubject } from '../../../src/publish-layers/result.js'
import { layer, sandbox } from '../../support/configs.js'
import { accountId, openAccount, region, type Account } from '../../trials/account.js'
import { deploy, outcomes, repository } from '../../trials/deploy.js'
import { fastClock } from '../../trials/fast-clock.js'
import { user } from '../../trials/policy-trials.js'

let account: Account
let scratchDirectory: string
beforeAll(async () => {
  account = await openAccount()
  scratchDirectory = await mkdtemp(join(tmpdir(), 'prune-'))
})
afterAll(async () => {
  expect(account.emulator.defects).toEqual([])
  await account.close()
  await rm(scratchDirectory, { recursive: true })
})

const environment = { ...sandbox, engine: 'lambda' as const }
let round = 0
let id: string
beforeEach(async () => {
  account.emulator.iam.attach(user, null)
  id = `layer-${++round}`
  for (const commit of ['1', '2', '3']) await deploy({ engine: 'lambda', content: { [id]: commit }, commit })
  const stored = account.emulator.world.region(accountId, region).layers.get(`dev-${id}-layer`)!
  stored.versions.forEach((version, index) => {
    stored.versions[index] = { ...version, createdDate: '2026-01-01T00:00:00.000+0000' }
  })
  account.emulator.resetCalls()
})
const left = () => account.versions(`dev-${id}-layer`).map(({ version }) => version)

/** @param beside what others do between the plan of the prune and its deletions */
async function pruneBeside(beside: (engine: Engine) => Partial<Engine>) {
  const { signal } = new AbortController()
  const aws = createAws({ environment: process.env, signal, homeRegion: region, accountId })
  const clock = { ...fastClock(), now: () => Date.now() }
  const context = {
    region: (name: string) => aws.region(name),
    clock,
    signal,
    log: { info: () => undefined },
    repository,
    run: '7/1'
  }
  const engine = createEngine('lambda', context)
  const request: OperationRequest = {
    ...{ subject: { ...unknownSubject, command: 'prune', environment }, environment, branch: 'test' },
    ...{ layers: [layer(id)], headCommit: '3'.repeat(40), named: true, regions: null, dryRun: false, version: null },
    ...{ keep: 1, repository, run: '7/1', runUrl: null }
  }
  const ports = {
    ...{ aws, clock, signal, scratchDirectory, github: null, progress: () => undefined },
    engine: { ...engine, ...beside(engine) }
  }
  const { result } = await prune(request, ports as unknown as OperationPorts)
  return result
}

it('a version that another run makes the deployed one meanwhile stays, and is told of', async () => {
  const result = await pruneBeside(engine => ({
    observe: async (target, wait) => {
      const observation = await engine.observe(target, wait)
      return wait ? observation : { ...observation, deployed: { ...observation.deployed!, version: 1 } }
    }
  }))
  expect(result).toMatchObject({ conclusion: 'failure', errors: [{ code: 'STALE_RUN' }] })
  expect(left()).toEqual([1, 3])
})

it('a version that a function is moved to meanwhile stays', async () => {
  const arn = account.versions(`dev-${id}-layer`)[1]!.arn
  const result = await pruneBeside(engine => ({
    observe: (target, wait) => {
      // The plan has asked already who uses what.
      if (wait) addFunction(account.emulator.world, accountId, region, { name: `late-${id}`, layers: [arn] })
      return engine.observe(target, wait)
    }
  }))
  expect(result.conclusion).toBe('success')
  expect(left()).toEqual([2, 3])
})

it('F50 a role that may only plan deploys, and prunes, nothing: the action and the ARN are named', async () => {
  const config = { environments: [environment], layers: [layer(id)] }
  const [access] = iamPolicy(config, { for: 'role', environments: null, repository, repositoryId: '4711' })
  account.emulator.iam.attach(user, [access!.plan])
  const pruned = await pruneBeside(() => ({})).catch((error: unknown) => error as Error)
  expect('message' in pruned ? pruned.message : '').toMatch(
    /^ACCESS_DENIED: Expected permission for \S+ on (\*|arn:aws:\S+)/
  )
  const deployed = await deploy({ engine: 'lambda', content: { [id]: 'four' }, commit: '4' }).then(
    done => outcomes(done).concat(done.rows.flatMap(({ error }) => error?.message ?? [])),
    (error: unknown) => [(error as Error).message]
  )
  expect(deployed.join('\n')).toMatch(/ACCESS_DENIED: Expected permission for (s3|lambda):\w+ on arn:aws:\S+/)
  expect(left()).toEqual([1, 2, 3])
})
