/** A rollback with engine `cloudformation`, whose versions name no content: the bucket is searched for it. */
import { expect, it } from '@jest/globals'
import { bucketName, otherAccountId } from '../../trials/account.js'
import { rollbackWorld } from './rollback-world.js'

const at = (content: string, commit: string) =>
  ({ engine: 'cloudformation', content: { x: content }, commit, run: `${commit}/1` }) as const
const { account, rollBack } = rollbackWorld(['x'], [at('one', '1'), at('two', '2')])
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
