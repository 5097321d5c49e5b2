/** How many calls one layer takes, waiting apart; and that a first attempt on what was observed a moment ago is safe. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { dropStackTags } from '../../../emulators/aws/cloudformation/reader.js'
import { pollsAmong } from '../../../bench/calls.js'
import type { Engine } from '../../../src/publish-layers/engines/engine.js'
import { standardTiming } from '../../../src/adapters/aws/client-options.js'
import { accountId, openAccount, region, type Account } from '../../trials/account.js'
import { deploy, outcomes, type DeployOptions } from '../../trials/deploy.js'

let account: Account
let id = ''
let round = 0
beforeAll(async () => {
  account = await openAccount()
})
afterAll(async () => {
  expect(account.emulator.defects).toEqual([])
  await account.close()
})
beforeEach(() => {
  id = `calls-${++round}`
})

const run = (content: string, more: Partial<DeployOptions> = {}) => {
  account.emulator.resetCalls()
  return deploy({ engine: 'cloudformation', content: { [id]: content }, ...more })
}
const apis = () => account.emulator.calls.map(({ api }) => api)
const withoutPolls = () => apis().length - pollsAmong(apis())
const count = (api: string) => apis().filter(each => each === api).length

/** Before the engine publishes, something else happens. */
const meanwhile = (work: () => Promise<unknown>) => ({
  wrap: (engine: Engine): Engine => ({
    ...engine,
    publish: async order => {
      await work()
      return engine.publish(order)
    }
  })
})

describe('one layer of engine cloudformation', () => {
  it('takes 8 calls and its bill of materials to create, two looks more to update; 3 unchanged', async () => {
    expect(outcomes(await run('one'))).toEqual(['published 1'])
    expect(withoutPolls()).toBe(9)
    expect(outcomes(await run('one'))).toEqual(['unchanged 1'])
    expect(apis()).toEqual(['sts:GetCallerIdentity', 'cloudformation:DescribeStacks', 'lambda:GetLayerVersion'])
    expect(outcomes(await run('two', { commit: '2' }))).toEqual(['published 2'])
    // Two looks more: who owns the stack and what is on record may change until the change set is executed.
    expect(
      apis()
        .slice(0, apis().indexOf('cloudformation:ExecuteChangeSet'))
        .filter(api => api === 'cloudformation:DescribeStacks')
    ).toHaveLength(3)
    expect(count('lambda:GetLayerVersion')).toBe(1)
    expect(count('s3:HeadObject')).toBe(0)
  })

  it.each(['one', null])('what another run deployed meanwhile is not written over, on %s', async first => {
    if (first !== null) await run(first)
    const other = meanwhile(() => run('other', { commit: '3', run: '202/1' }))
    const deployed = await run('two', { commit: '2', tip: () => '2', ...other })
    expect(outcomes(deployed)).toEqual([expect.stringMatching(/^(STALE_RUN|skipped \d)$/)])
    expect(outcomes(await run('other', { commit: '3' }))).toEqual([first === null ? 'unchanged 1' : 'unchanged 2'])
  })

  it('what another run put on record meanwhile, under the same version, is not written over', async () => {
    await run('one')
    const other = meanwhile(() => run('one', { commit: '3', run: '202/1', source: 'moved' }))
    const deployed = await run('two', { commit: '2', tip: () => '2', ...other })
    expect(outcomes(deployed)).toEqual([expect.stringMatching(/^(STALE_RUN|skipped \d)$/)])
    expect(account.versions(`dev-${id}-layer`)).toHaveLength(1)
  })

  it('what another run of the same commit deployed meanwhile is adopted', async () => {
    await run('one')
    const same = meanwhile(() => run('two', { commit: '2', run: '202/1' }))
    expect(outcomes(await run('two', { commit: '2', ...same }))).toEqual(['published 2'])
    expect(account.versions(`dev-${id}-layer`).map(({ version }) => version)).toEqual([1, 2])
  })

  it('a stack that was deleted meanwhile is created anew', async () => {
    await run('one')
    const state = account.emulator.world.region('111122223333', 'us-east-2')
    const gone = meanwhile(() => {
      for (const [key, stack] of state.stacks as Map<string, { name: string }>) {
        if (stack.name === `dev-${id}-layer`) state.stacks.delete(key)
      }
      return Promise.resolve()
    })
    const deployed = await run('two', { commit: '2', ...gone })
    expect(outcomes(deployed)).toEqual(['STALE_RUN'])
    expect(outcomes(await run('two', { commit: '2' }))).toEqual(['published 2'])
  })

  it.each([
    ['all but its owner', /^layer-deploy:repository$/],
    ['its content digest', /^layer-deploy:(?!content-digest)/],
    ['its artifact and its source', /^layer-deploy:(?!artifact|source)/]
  ])('a stack that lost of its record %s gets it again, and no new version', async (_lost, kept) => {
    await run('one')
    const where = { accountId, region, stackName: `dev-${id}-layer` }
    dropStackTags(account.emulator.world, where, key => kept.test(key))
    const told: string[] = []
    const wrap = (engine: Engine): Engine => ({
      ...engine,
      publish: order => engine.publish(order).then(published => (told.push(published.outcome), published))
    })
    expect(outcomes(await run('one', { commit: '2', wrap }))).toEqual(['unchanged 1'])
    // Of a stack that knows its content and its artifact the record alone is renewed.
    expect(told).toEqual(told.length === 0 ? [] : ['adopted'])
    expect(account.versions(`dev-${id}-layer`)).toHaveLength(1)
    expect(outcomes(await run('one', { commit: '3' }))).toEqual(['unchanged 1'])
    expect(account.writes()).toEqual([])
    expect(outcomes(await run('two', { commit: '4' }))).toEqual(['published 2'])
  })

  it('the same content from another source is read before it counts as the same', async () => {
    await run('one')
    expect(outcomes(await run('one', { commit: '2', source: 'moved' }))).toEqual(['unchanged 1'])
    expect(count('lambda:GetLayerVersion')).toBe(1)
    account.emulator.world.region('111122223333', 'us-east-2').layers.get(`dev-${id}-layer`)!.versions[0]!.deleted =
      true
    expect(outcomes(await run('one', { commit: '3', source: 'again' }))).toEqual(['published 2'])
  })
})

it('stacks that many change and wait for are described by pages', async () => {
  const ids = Array.from({ length: 30 }, (_unused, index) => `many-${String(index).padStart(2, '0')}`)
  const environment = { concurrency: 30 }
  for (const [version, bytes] of [[1, 'one'] as const, [2, 'two'] as const]) {
    const content = Object.fromEntries(ids.map(each => [each, bytes]))
    account.emulator.resetCalls()
    // Thirty at once on a busy machine: the short deadlines of the trials are too short.
    const commit = String(version)
    const deployed = await deploy({ engine: 'cloudformation', content, environment, commit, timing: standardTiming })
    expect(outcomes(deployed)).toEqual(ids.map(() => `published ${version}`))
    const listed = account.emulator.calls.filter(({ api, body }) => {
      return api === 'cloudformation:DescribeStacks' && !body.includes('StackName=')
    })
    expect(listed.length).toBeGreaterThan(1)
    expect(count('cloudformation:DescribeStacks')).toBeLessThan(45)
  }
})
