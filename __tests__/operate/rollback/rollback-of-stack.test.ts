/** A rollback with engine `cloudformation`, whose versions name no content: the bucket is searched for it. */
import { expect, it } from '@jest/globals'
import { rollback } from '../../../src/operate/rollback/rollback.js'
import { bucketName, otherAccountId } from '../../trials/account.js'
import { deployedWorld } from '../deployed-world.js'

const at = (content: string, commit: string) =>
  ({ engine: 'cloudformation', content: { x: content }, commit, run: `${commit}/1` }) as const
const { account, run: rollBack } = deployedWorld(rollback, ['x'], [at('one', '1'), at('two', '2')])
const bucket = () => account().emulator.world.buckets.get(bucketName)!

it('publishes the content that lies there, and its record', async () => {
  const result = await rollBack({ engine: 'cloudformation' })
  expect(result).toMatchObject({ conclusion: 'success', layers: [{ status: 'rolled-back', version: 3 }] })
  const [first, , third] = account().versions('dev-x-layer')
  expect(third?.codeSha256).toBe(first?.codeSha256)
  expect(account().stack('dev-x-layer')?.tags).toMatchObject({ 'layer-deploy:rolled-back-to': '1' })
})

it.each([
  ['of another account', () => Object.assign(bucket(), { ownerAccountId: otherAccountId })],
  ['of another region', () => Object.assign(bucket(), { region: 'eu-west-1' })],
  ['that is not there', () => account().emulator.world.buckets.delete(bucketName)]
])('a bucket %s is refused, as every command refuses it', async (_what, spoil) => {
  spoil()
  const result = await rollBack({ engine: 'cloudformation' })
  expect(result).toMatchObject({ conclusion: 'failure', errors: [{ code: 'BUCKET_OWNER_MISMATCH' }] })
  expect(account().writes()).toEqual([])
})

it('a role that may not list the bucket is an error of its own', async () => {
  account().emulator.faults.add({ action: 's3:ListBucket', kind: 'denied' })
  await expect(rollBack({ engine: 'cloudformation' })).rejects.toMatchObject({ code: 'ACCESS_DENIED' })
})
