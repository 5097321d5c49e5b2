/** The deployed state of many layers, by pages: how many calls it takes, and what it notices all the same. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { stacksOf, type Stack } from '../../../emulators/aws/cloudformation/stack/stack.js'
import type { Engine as EngineName } from '../../../src/model/index.js'
import { iamPolicy } from '../../../src/setup/iam-policy/index.js'
import { layer, sandbox } from '../../support/configs.js'
import { accountId, openAccount, region, type Account } from '../../trials/account.js'
import { deploy, outcomes, repository, type DeployOptions } from '../../trials/deploy.js'
import { user, without } from '../../trials/policy-trials.js'

const count = 14
let account: Account
beforeAll(async () => {
  account = await openAccount()
})
afterAll(async () => {
  expect(account.emulator.defects).toEqual([])
  await account.close()
})
beforeEach(() => {
  account.emulator.iam.attach(user, null)
})

const nameOf = (id: string): string => `dev-${id}-layer`
const stateOf = () => account.emulator.world.region(accountId, region)
const versionsOf = (id: string) => stateOf().layers.get(nameOf(id))!.versions

function calls(): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const { api } of account.emulator.calls) counts[api] = (counts[api] ?? 0) + 1
  return counts
}

/** Layers of an engine, each with the content `one`. */
function fleet(engine: EngineName, name: string, size = count) {
  const ids = Array.from({ length: size }, (_unused, index) => `${name}-${String(index).padStart(2, '0')}`)
  const all = Object.fromEntries(ids.map(id => [id, 'one']))
  return {
    ids,
    run: async (changes: Readonly<Record<string, string>> = {}, more: Partial<DeployOptions> = {}) => {
      account.emulator.resetCalls()
      return deploy({ engine, content: { ...all, ...changes }, ...more })
    },
    /** The outcomes of a run in which only these are not `unchanged 1`. */
    but: (others: Readonly<Record<string, string>>) => ids.map(id => others[id] ?? 'unchanged 1')
  }
}

describe.each(['cloudformation', 'lambda'] as const)('engine %s', engine => {
  const layers = fleet(engine, engine)
  const [first = '', second = '', third = ''] = layers.ids
  const lists = engine === 'cloudformation' ? { 'cloudformation:DescribeStacks': 1 } : { 's3:ListObjectsV2': 1 }
  const bodies = engine === 'cloudformation' ? {} : { 's3:GetObject': count }

  it('of layers that were never deployed none is asked for', async () => {
    const before = fleet(engine, `${engine}-never`)
    await before.run({}, { tip: () => '2' })
    expect(calls()).toEqual({ 'sts:GetCallerIdentity': 1, 'lambda:ListLayers': 1, ...lists })
  })

  it('an unchanged run takes one page of each list, and reads back the ten versions that were made last', async () => {
    expect(outcomes(await layers.run())).toEqual(layers.ids.map(() => 'published 1'))
    expect(outcomes(await layers.run())).toEqual(layers.but({}))
    const readBack = { 'sts:GetCallerIdentity': 1, 'lambda:ListLayers': 1, 'lambda:GetLayerVersion': 10 }
    expect(calls()).toEqual({ ...readBack, ...lists, ...bodies })
    expect(account.writes()).toEqual([])
  })

  it('F59 a version that was deleted by hand is noticed, and published again', async () => {
    versionsOf(first)[0]!.deleted = true
    expect(outcomes(await layers.run())).toEqual(layers.but({ [first]: 'published 2' }))
    expect(outcomes(await layers.run())).toEqual(layers.but({ [first]: 'unchanged 2' }))
  })

  it('a newer version that somebody else made is no reason to publish', async () => {
    const [made] = versionsOf(second)
    versionsOf(second).push({ ...made!, version: 2, arn: made!.arn.replace(/1$/, '2'), description: 'by hand' })
    expect(outcomes(await layers.run())).toEqual(layers.but({ [first]: 'unchanged 2' }))
  })

  it('another content in the newest version is refused', async () => {
    const newest = layers.ids.at(-1) ?? ''
    const [made] = versionsOf(newest) as { codeSha256: string }[]
    const { codeSha256 } = made!
    made!.codeSha256 = Buffer.alloc(32).toString('base64')
    expect(outcomes(await layers.run())).toEqual(['PUBLISH_UNVERIFIED'])
    made!.codeSha256 = codeSha256
  })

  it('a list that lags behind is asked about singly', async () => {
    account.emulator.faults.add({ action: 'lambda:ListLayers', kind: 'error-500-before', times: 1 })
    expect(outcomes(await layers.run({ [third]: 'two' }, { commit: '2' }))).toEqual(
      layers.but({ [first]: 'unchanged 2', [third]: 'published 2' })
    )
    account.emulator.faults.clear()
  })

  it('what declares something else is published anew', async () => {
    const described = await layers.run({ [third]: 'two' }, { commit: '3', description: 'other' })
    expect(outcomes(described)).toHaveLength(count)
    expect(outcomes(described).filter(outcome => !outcome.startsWith('published'))).toEqual([])
  })

  describe('G11 without the permission for the lists', () => {
    const config = { environments: [{ ...sandbox, engine }], layers: layers.ids.map(id => layer(id)) }
    const policy = () => {
      const [access] = iamPolicy(config, { for: 'role', environments: null, repository, repositoryId: '4711' })
      return access!.deploy
    }
    const optional = ['ListLayers', 'ListByPages']
    const lists = () => policy().Statement.filter(({ Sid }) => optional.includes(Sid))

    it('each of them is in the policy, and the layers are read one by one where it is not', async () => {
      const actions = lists().flatMap(({ Sid, Action }) => [Action].flat().map(action => ({ Sid, action })))
      expect(actions.map(({ action }) => action)).toContain('lambda:ListLayers')
      account.emulator.iam.attach(user, [policy()])
      expect(outcomes(await layers.run({ [third]: 'two' }, { commit: '3', description: 'other' }))).toHaveLength(count)
      expect(account.emulator.calls.filter(({ status }) => status === 403)).toEqual([])
      for (const { Sid, action } of actions) {
        account.emulator.iam.attach(user, [without(policy(), Sid, action)])
        const deployed = await layers.run({ [third]: 'two' }, { commit: '3', description: 'other' })
        expect(outcomes(deployed).filter(outcome => !outcome.startsWith('unchanged'))).toEqual([])
      }
    })
  })
})

describe('engine cloudformation', () => {
  it('a stack that an operation is changing is waited for', async () => {
    const layers = fleet('cloudformation', 'moving')
    await layers.run()
    const [busy = ''] = layers.ids
    const stack = [...stacksOf(stateOf()).values()].find(({ name }) => name === nameOf(busy)) as Stack
    const { status } = stack
    // The operation ends once the stack was asked for by its name.
    const asked = () => account.emulator.calls.filter(({ body }) => body.includes(`StackName=${nameOf(busy)}`)).length
    Object.defineProperty(stack, 'status', {
      configurable: true,
      get: () => (asked() > 1 ? status : 'UPDATE_IN_PROGRESS')
    })
    expect(outcomes(await layers.run())).toEqual(layers.but({}))
    expect(asked()).toBeGreaterThan(1)
    Object.defineProperty(stack, 'status', { value: status, writable: true, configurable: true, enumerable: true })
  })

  it('lists that would take more pages than single reads are given up', async () => {
    const layers = fleet('cloudformation', 'few', 11)
    await layers.run()
    const known = stacksOf(stateOf())
    const [some] = known.values()
    for (let other = 0; other < 1_300; other++)
      known.set(`other-${other}`, { ...some!, name: `other-${other}`, id: `other-${other}` })
    expect(outcomes(await layers.run())).toEqual(layers.but({}))
    expect(calls()['cloudformation:DescribeStacks']).toBe(22)
    for (let other = 0; other < 1_300; other++) known.delete(`other-${other}`)
  })

  it('ten layers are read one by one', async () => {
    const layers = fleet('cloudformation', 'ten', 10)
    await layers.run()
    expect(outcomes(await layers.run())).toEqual(layers.but({}))
    expect(calls()).toEqual({
      ...{ 'sts:GetCallerIdentity': 1, 'cloudformation:DescribeStacks': 10, 'lambda:GetLayerVersion': 10 }
    })
  })
})
