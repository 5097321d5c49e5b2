/** Whose a layer is, which versions were on record, and what a version declares: with both engines, against the emulated account. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { stacksOf } from '../../../emulators/aws/cloudformation/stack/stack.js'
import { storedObject } from '../../support/zip-file.js'
import { accountId, bucketName, openAccount, region, type Account } from '../../trials/account.js'
import { deploy, outcomes, type DeployOptions } from '../../trials/deploy.js'

let account: Account
beforeAll(async () => {
  account = await openAccount()
})
afterAll(() => account.close())
afterEach(() => {
  expect(account.emulator.defects).toEqual([])
})

describe.each(['cloudformation', 'lambda'] as const)('engine %s', engine => {
  let id = ''
  let name = ''
  let count = 0
  beforeEach(() => {
    id = `${engine}${++count}`
    name = `dev-${id}-layer`
    account.emulator.resetCalls()
  })
  const run = (content: string, more: Partial<DeployOptions> = {}) =>
    deploy({ engine, content: { [id]: content }, ...more })
  const published = () => account.versions(name).map(({ version }) => version)

  const owned = { repository: 'octo-org/superproject', repositoryId: '4711' }
  const notOurs = engine === 'lambda' ? 'LAYER_NOT_OURS' : 'STACK_NOT_OURS'

  it.each([
    ['another repository', { repository: 'octo-org/fork', repositoryId: '4712' }],
    ['another repository that took the name', { ...owned, repositoryId: '4712' }],
    ['another repository whose number is not known', { repository: 'octo-org/fork' }]
  ])('F137 %s is refused with zero writes', async (_name, other) => {
    await run('one', owned)
    account.emulator.resetCalls()
    expect(outcomes(await run('two', { ...other, commit: '2' }))).toEqual([notOurs])
    expect(account.writes()).toEqual([])
    expect(published()).toEqual([1])
  })

  it.each([
    ['renamed', { ...owned, repository: 'octo-org/renamed' }],
    ['transferred', { ...owned, repository: 'other-org/superproject' }],
    ['in another case', { ...owned, repository: 'Octo-Org/Superproject' }],
    ['of the name, where its number is not known', { repository: owned.repository }]
  ])('F137 the same repository, %s, goes on', async (_name, same) => {
    await run('one', owned)
    expect(outcomes(await run('two', { ...same, commit: '2' }))).toEqual(['published 2'])
    const record = account.state(name) ?? account.stack(name)?.tags ?? {}
    const value = (key: string) => record[key] ?? record[`layer-deploy:${key}`]
    expect({ repository: value('repository'), id: value('repository-id') }).toEqual({
      repository: same.repository,
      id: owned.repositoryId
    })
  })

  it('F137 what changed hands between the plan and the write is refused', async () => {
    await run('one', owned)
    const wrap: NonNullable<DeployOptions['wrap']> = inner => ({
      ...inner,
      publish: async order => {
        takeOver('octo-org/other', '4712')
        return inner.publish(order)
      }
    })
    expect(outcomes(await run('two', { ...owned, commit: '2', wrap }))).toEqual([notOurs])
    expect(published()).toEqual([1])
  })

  const rewriteRecord = (values: Readonly<Record<string, string>>): void => {
    const { objects } = account.emulator.world.buckets.get(bucketName)!
    const key = `layer-deploy/state/${name}.json`
    const file = objects.get(key)
    if (file !== undefined) {
      const state = { ...(JSON.parse(file.body.toString()) as object), ...values }
      objects.set(key, storedObject(key, Buffer.from(JSON.stringify(state)), {}))
    }
    const stacks = [...stacksOf(account.emulator.world.region(accountId, region)).values()]
    const stack = stacks.find(one => one.name === name)
    if (stack === undefined) return
    const tags = Object.entries(values).map(([tag, value]) => [`layer-deploy:${tag}`, value] as const)
    const { definition } = stack
    if (definition !== null) Object.assign(definition, { tags: new Map([...definition.tags, ...tags]) })
  }
  /** As docs/ownership.md tells it. */
  const takeOver = (repository: string, repositoryId: string): void => {
    rewriteRecord({ repository, 'repository-id': repositoryId })
  }

  it('F137 the new owner goes on where it was handed over', async () => {
    await run('one', owned)
    takeOver('octo-org/successor', '4713')
    const successor = { repository: 'octo-org/successor', repositoryId: '4713' }
    expect(outcomes(await run('two', { ...successor, commit: '2' }))).toEqual(['published 2'])
    expect(outcomes(await run('three', { ...owned, commit: '3' }))).toEqual([notOurs])
  })

  it('F151 keeps on record which versions were on record before', async () => {
    const earlier = () => {
      const record = account.state(name) ?? account.stack(name)?.tags ?? {}
      return record['versions'] ?? record['layer-deploy:versions']
    }
    await run('one')
    expect(earlier()).toBeUndefined()
    await run('two', { commit: '2' })
    expect(earlier()).toBe('1')
    // Only the record moves.
    await run('two', { source: 'moved', commit: '3' })
    expect(earlier()).toBe('1')
    await run('three', { commit: '4' })
    expect(earlier()).toBe('1-2')
  })

  it('F152 a version that declares something else than is configured is published anew, whatever its record says', async () => {
    const { plan } = await run('one')
    expect(outcomes(await run('one', { description: 'other words', commit: '2' }))).toEqual(['published 2'])
    // As a record that a rollback made from the first writer's notes.
    rewriteRecord({ 'source-digest': plan.steps[0]?.sourceDigest ?? '' })
    const again = await run('one', { commit: '3' })
    expect(again.rows[0]).toMatchObject({ status: 'published', reason: 'recipe-changed', version: 3 })
    account.emulator.resetCalls()
    expect(outcomes(await run('one', { commit: '3' }))).toEqual(['unchanged 3'])
    expect(account.writes()).toEqual([])
  })
})
