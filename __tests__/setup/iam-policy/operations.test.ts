/** G11 for rollback, prune, discover, history and rollout: the generated policy suffices, and none of its actions can be spared. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { authorizationData } from '../../../emulators/aws/iam/authorization-data.js'
import { policyFindings } from '../../../emulators/aws/iam/policy-findings.js'
import { addFunction } from '../../../emulators/aws/lambda/function-calls.js'
import { createAws } from '../../../src/adapters/aws/index.js'
import type { Config, Engine as EngineName, Layer } from '../../../src/model/index.js'
import { observeEstate } from '../../../src/operate/discover/observe-estate.js'
import { observeHistory } from '../../../src/operate/history/observe-history.js'
import { iamPolicy } from '../../../src/setup/iam-policy/index.js'
import { operationPurposes, type OperationPurpose } from '../../../src/setup/iam-policy/operation-permissions.js'
import type { OperationPorts, OperationRequest } from '../../../src/operate/operation.js'
import { prune } from '../../../src/operate/prune/prune.js'
import { rollout } from '../../../src/operate/rollout/rollout.js'
import { rollback } from '../../../src/operate/rollback/rollback.js'
import { createEngine } from '../../../src/publish-layers/engines/index.js'
import { unknownSubject } from '../../../src/publish-layers/result.js'
import { layer, sandbox } from '../../support/configs.js'
import { accountId, bucketName, openAccount, region, type Account } from '../../trials/account.js'
import { deploy, repository } from '../../trials/deploy.js'
import { fastClock } from '../../trials/fast-clock.js'
import { allowed, deniedCalls, onFailedUpload, user, without } from '../../trials/policy-trials.js'

let account: Account
let scratchDirectory: string
beforeAll(async () => {
  account = await openAccount()
  scratchDirectory = await mkdtemp(join(tmpdir(), 'operations-'))
})
afterAll(async () => {
  expect(account.emulator.defects).toEqual([])
  await account.close()
  await rm(scratchDirectory, { recursive: true })
})

const git = {
  relation: () => Promise.resolve('same' as const),
  readBranchTip: () => Promise.resolve('3'.repeat(40)),
  hasCommit: () => Promise.resolve(false),
  readEntries: () => Promise.resolve([])
} as unknown as OperationPorts['git']

/** What other cases left: `discover` would read all of it, at AWS's rate. */
function emptyAccount(): void {
  const { world } = account.emulator
  const { layers, stacks, functions } = world.region(accountId, region)
  for (const records of [layers, stacks, functions, world.buckets.get(bucketName)!.objects]) records.clear()
}

/** Fresh layers with three versions, old enough for a prune, a function on the first one, and one that was never deployed. */
async function prepare(engine: EngineName, id: string): Promise<readonly Layer[]> {
  account.emulator.iam.attach(user, null)
  emptyAccount()
  for (const commit of ['1', '2', '3']) await deploy({ engine, content: { [id]: commit }, commit })
  const stored = account.emulator.world.region(accountId, region).layers.get(`dev-${id}-layer`)!
  stored.versions.forEach((version, index) => {
    stored.versions[index] = { ...version, createdDate: '2026-01-01T00:00:00.000+0000' }
  })
  addFunction(account.emulator.world, accountId, region, { name: id, layers: [stored.versions[0]!.arn] })
  account.emulator.resetCalls()
  return [
    { ...layer(id), consumers: { functions: [id] } },
    { ...layer(`${id}-never`), consumers: { functions: ['ghost'] } }
  ]
}

async function operate(purpose: OperationPurpose, name: EngineName, layers: readonly Layer[]): Promise<string> {
  const environment = { ...sandbox, engine: name }
  const { signal } = new AbortController()
  const clock = fastClock()
  const aws = createAws({ environment: process.env, signal, homeRegion: region, accountId })
  const engine = createEngine(name, {
    ...{ region: at => aws.region(at), clock, signal, log: { info: () => undefined }, repository, run: '7/1' }
  })
  const config: Config = { environments: [environment], layers }
  const request: OperationRequest = {
    ...{ subject: { ...unknownSubject, command: 'rollback', environment }, environment, branch: 'test', layers },
    ...{ headCommit: '3'.repeat(40), named: true, regions: null, dryRun: false, version: 'previous', keep: 1 },
    ...{ repository, run: '7/1', runUrl: null }
  }
  const nothing = () => undefined
  const log = { info: nothing, debug: nothing, warning: nothing, notice: nothing } as unknown as OperationPorts['log']
  const ports = { aws, engine, git, github: null, clock, log, progress: nothing, signal, scratchDirectory }
  switch (purpose) {
    case 'rollback': {
      const { result } = await rollback({ ...request, layers: layers.slice(0, 1) }, ports)
      return result.errors.map(({ message }) => message).join('\n')
    }
    case 'prune': {
      const { result } = await prune(request, { ...ports, clock: { ...clock, now: () => Date.now() } })
      return result.errors.map(({ message }) => message).join('\n')
    }
    case 'rollout': {
      const { result } = await rollout(request, ports)
      return result.errors.map(({ message }) => message).join('\n')
    }
    case 'discover': {
      const { unread } = await observeEstate(config, [environment], { regions: null, layers: null }, () =>
        Promise.resolve(aws)
      )
      return unread.map(({ why }) => why).join('\n')
    }
    case 'history': {
      const { notes } = await observeHistory({ environment, layers, regions: [region], limit: 20 }, ports)
      return notes.filter(note => !note.includes('GITHUB_TOKEN')).join('\n')
    }
  }
}

const attempt = (...args: Parameters<typeof operate>): Promise<string> =>
  operate(...args).catch((error: unknown) => (error as Error).message)

const policyOf = (purpose: OperationPurpose, engine: EngineName, layers: readonly Layer[]) => {
  const config: Config = { environments: [{ ...sandbox, engine }], layers }
  const options = { for: 'role' as const, environments: null, repository, repositoryId: '4711', purposes: [purpose] }
  return iamPolicy(config, options)[0]!.access[0]!.policy
}

const cases = (['cloudformation', 'lambda'] as const).flatMap(engine =>
  operationPurposes.map(purpose => [purpose, engine] as const)
)

describe.each(cases)('%s, engine %s', (purpose, engine) => {
  let round = 0
  let layers: readonly Layer[]
  beforeEach(async () => {
    layers = await prepare(engine, `${purpose}-${engine}-${++round}`)
  })

  it('G11 passes with its policy, which only lets prune delete and rollback publish', async () => {
    const policy = policyOf(purpose, engine, layers)
    account.emulator.iam.attach(user, [policy])
    expect(await attempt(purpose, engine, layers)).toBe('')
    expect(deniedCalls(account)).toEqual([])
    expect(policyFindings(policy)).toEqual([])
    const actions = allowed(policy).map(({ action }) => action)
    expect(actions.includes('lambda:DeleteLayerVersion')).toBe(purpose === 'prune')
    const writes = actions.filter(action => authorizationData.get(action)?.write === true)
    if (purpose === 'prune') expect(writes).toEqual(['lambda:DeleteLayerVersion'])
    else if (purpose === 'rollout') expect(writes).toEqual(['lambda:UpdateFunctionConfiguration'])
    else if (purpose !== 'rollback') expect(writes).toEqual([])
  })

  // What a rollback needs of a deploy is proven in least-privilege.test.ts; a rollback meets not all that a deploy may.
  const needed = allowed(policyOf(purpose, engine, [{ ...layer('a'), consumers: { functions: ['a'] } }])).filter(
    ({ Sid, action }) => action !== onFailedUpload && (purpose !== 'rollback' || Sid === 'ListVersions')
  )
  it.each(needed)('G11 F50 without $action of $Sid it names action and ARN', async ({ Sid, action }) => {
    // A layer that was made without the engine has no state file.
    if (action === 's3:ListBucket' && purpose === 'discover') {
      const state = `layer-deploy/state/dev-${layers[0]!.id}-layer.json`
      account.emulator.world.buckets.get(bucketName)!.objects.delete(state)
    }
    account.emulator.iam.attach(user, [without(policyOf(purpose, engine, layers), Sid, action)])
    expect(await attempt(purpose, engine, layers)).toMatch(
      new RegExp(`ACCESS_DENIED: Expected permission for ${action} on (arn:aws:\\S+|\\*)`)
    )
  })
})
