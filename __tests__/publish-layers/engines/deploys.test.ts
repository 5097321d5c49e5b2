import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { forceStackStatus } from '../../../emulators/aws/cloudformation/reader.js'
import { accountId, bucketName, openAccount, otherAccountId, region, type Account } from '../../trials/account.js'
import { storedObject } from '../../support/zip-file.js'
import { deploy, outcomes, type DeployOptions } from '../../trials/deploy.js'

let account: Account
beforeAll(async () => {
  account = await openAccount()
})
afterAll(() => account.close())
afterEach(() => {
  expect(account.emulator.faults.pending()).toEqual([])
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

  it('creates, leaves alone, updates, in a bounded number of calls', async () => {
    expect(outcomes(await run('one'))).toEqual(['published 1'])
    expect(account.emulator.calls.length).toBeLessThanOrEqual(13)
    account.emulator.resetCalls()
    expect(outcomes(await run('one'))).toEqual(['unchanged 1'])
    expect(account.writes()).toEqual([])
    expect(account.emulator.calls.length).toBeLessThanOrEqual(3)
    expect(outcomes(await run('two', { commit: '2' }))).toEqual(['published 2'])
    expect(published()).toEqual([1, 2])
    expect(account.pointer(name)).toBe(2)
  })

  const bills = () =>
    [...(account.emulator.world.buckets.get(bucketName)?.objects.values() ?? [])].filter(
      ({ key }) => key.startsWith(`layer-deploy/artifacts/${name}/`) && key.endsWith('.cdx.json')
    )
  const puts = () =>
    account.emulator.calls.filter(({ action, status }) => action === 's3:PutObject' && status === 200).length

  it('writes a bill of materials beside the artifact, once, by one call', async () => {
    const { plan, warnings } = await run('one')
    const step = plan.steps[0]
    const digest = step?.kind === 'publish' ? step.record.contentDigest : ''
    expect(bills().map(({ key }) => key)).toEqual([`layer-deploy/artifacts/${name}/${digest}.cdx.json`])
    expect(warnings).toEqual([])
    const written = bills()[0]?.body
    await run('two', { commit: '2' })
    account.emulator.resetCalls()
    expect(outcomes(await run('one', { commit: '3' }))).toEqual(['published 3'])
    // Engine lambda writes its claim and its record.
    expect(puts()).toBe(engine === 'lambda' ? 2 : 0)
    expect(bills()).toHaveLength(2)
    expect(bills()[0]?.body).toBe(written)
  })

  it('writes it where a run was killed between the artifact and it', async () => {
    const action = engine === 'lambda' ? 'lambda:PublishLayerVersion' : 'cloudformation:CreateChangeSet'
    const withdraw = account.emulator.faults.add({ action, kind: 'denied', times: 9 })
    expect(outcomes(await run('one'))).toEqual(['ACCESS_DENIED'])
    withdraw()
    const [bill] = bills()
    account.emulator.world.buckets.get(bucketName)?.objects.delete(bill?.key ?? '')
    expect(outcomes(await run('one'))).toEqual(['published 1'])
    expect(bills().map(({ key, body }) => [key, body.toString()])).toEqual([[bill?.key, bill?.body.toString()]])
  })

  it('publishes without a bill of materials where none can be stored, and says what is missing', async () => {
    const refused = { action: 's3:PutObject', resource: '.cdx.json' } as const
    const withdraw = account.emulator.faults.add({ ...refused, kind: 'denied', times: 9 })
    const denied = await run('one')
    withdraw()
    expect(outcomes(denied)).toEqual(['published 1'])
    expect(denied.warnings).toHaveLength(1)
    expect(denied.warnings[0]).toMatch(/bill of materials.*[.]cdx[.]json.*ACCESS_DENIED/)
    expect(bills()).toEqual([])
    expect(outcomes(await run('one'))).toEqual(['unchanged 1'])
    expect(published()).toEqual([1])
  })

  it('F64 records a source that moved without its content, and publishes nothing', async () => {
    await run('one')
    expect(outcomes(await run('one', { source: 'moved', commit: '2' }))).toEqual(['unchanged 1'])
    account.emulator.resetCalls()
    expect(outcomes(await run('one', { source: 'moved', commit: '2' }))).toEqual(['unchanged 1'])
    expect(account.writes()).toEqual([])
    expect(published()).toEqual([1])
  })

  it('publishes the same content again where what a version declares changed', async () => {
    await run('one')
    expect(outcomes(await run('one', { description: 'now with words', commit: '2' }))).toEqual(['published 2'])
  })

  it('publishes a content that was there before as a new version', async () => {
    await run('one')
    await run('two', { commit: '2' })
    expect(outcomes(await run('one', { commit: '3' }))).toEqual(['published 3'])
  })

  it('F59 publishes again what somebody deleted', async () => {
    await run('one')
    const layer = account.emulator.world.region(accountId, region).layers.get(name)
    for (const version of layer?.versions ?? []) version.deleted = true
    expect(outcomes(await run('one'))).toEqual(['published 2'])
    expect(outcomes(await run('one'))).toEqual(['unchanged 2'])
  })

  it('F54 F136 refuses an artifact whose bytes somebody else wrote under its key, whatever its metadata says', async () => {
    const { plan } = await run('one')
    const step = plan.steps[0]
    const digest = step?.kind === 'publish' ? step.record.contentDigest : ''
    const objects = account.emulator.world.buckets.get(bucketName)?.objects
    const key = `layer-deploy/artifacts/${name}/${digest}.zip`
    const object = objects?.get(key)
    if (object === undefined) throw new Error('no artifact')
    await run('two', { commit: '2' })
    objects?.set(key, storedObject(key, Buffer.from('other bytes'), { ...object.metadata }))
    expect(outcomes(await run('one', { commit: '3' }))).toEqual(['ARTIFACT_ALTERED'])
    expect(published()).toEqual([1, 2])
  })

  it('F55 refuses a bucket of another account with zero writes', async () => {
    const other = `other-${engine}-bucket`
    account.emulator.world.addBucket({ name: other, ownerAccountId: otherAccountId, region })
    const attempt = run('one', { environment: { artifactBucketTemplate: other } }).then(outcomes, (error: unknown) => [
      String(error).split(': ')[1]
    ])
    expect(await attempt).toEqual(['BUCKET_OWNER_MISMATCH'])
    expect(account.writes()).toEqual([])
  })
})

describe('stacks', () => {
  const run = (id: string, content: string, more: Partial<DeployOptions> = {}) =>
    deploy({ engine: 'cloudformation', content: { [id]: content }, ...more })
  const force = (id: string, status: Parameters<typeof forceStackStatus>[2]) => {
    forceStackStatus(account.emulator.world, { accountId, region, stackName: `dev-${id}-layer` }, status)
  }

  it('F66 refuses the stack of another repository', async () => {
    await run('owned', 'one')
    account.emulator.resetCalls()
    expect(outcomes(await run('owned', 'two', { repository: 'octo-org/other' }))).toEqual(['STACK_NOT_OURS'])
    expect(account.writes()).toEqual([])
  })

  it.each(['ROLLBACK_COMPLETE', 'UPDATE_ROLLBACK_FAILED'] as const)('F61 F62 refuses a stack in %s', async status => {
    const id = status === 'ROLLBACK_COMPLETE' ? 'rolledback' : 'stuck'
    await run(id, 'one')
    force(id, status)
    account.emulator.resetCalls()
    const { plan, rows } = await run(id, 'two', { commit: '2' })
    expect(outcomes({ plan, rows, warnings: [] })).toEqual(['STACK_NOT_READY'])
    expect(account.writes()).toEqual([])
  })
})
