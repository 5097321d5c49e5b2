/** G5: every way to be about to write to the wrong account, region or bucket. Each must be refused with no write asked for. */
import type { BucketOption } from '../../emulators/aws/world-state.js'
import type { Engine, Environment } from '../../src/model/index.js'
import { accountId, bucketName, openAccount, otherAccountId, region, useEnvironment, type Account } from './account.js'
import { deploy, outcomes } from './deploy.js'
import { engines } from './scenarios.js'
import { badLine, lineOf, numberOf, oneOf, type Fields } from './trial-line.js'

export interface WrongPlace {
  readonly name: string
  readonly code: 'ACCOUNT_MISMATCH' | 'REGION_NOT_ALLOWED' | 'BUCKET_OWNER_MISMATCH'
  /** Credentials of the other account. */
  readonly foreignCredentials?: true
  readonly environment?: Partial<Environment>
  /** The input `regions`. */
  readonly regions?: readonly string[]
  /** In place of the account's own bucket; `null`: there is none. */
  readonly bucket?: Partial<BucketOption> | null
}

const planted = 'PLANTED'
const otherRegion = 'us-west-2'
const twoRegions = { regions: [region, otherRegion] }
const [wrongAccount, wrongRegion, wrongBucket] = [
  'ACCOUNT_MISMATCH',
  'REGION_NOT_ALLOWED',
  'BUCKET_OWNER_MISMATCH'
] as const

export const wrongPlaces: readonly WrongPlace[] = [
  { name: 'credentials of another account', code: wrongAccount, foreignCredentials: true },
  {
    name: 'credentials of another account that the bucket lets in',
    code: wrongAccount,
    foreignCredentials: true,
    bucket: { allowedAccountIds: [otherAccountId] }
  },
  {
    name: 'credentials and bucket of another account',
    code: wrongAccount,
    foreignCredentials: true,
    bucket: { ownerAccountId: otherAccountId }
  },
  { name: 'an environment of another account', code: wrongAccount, environment: { accountId: otherAccountId } },
  { name: 'an account id with one other digit', code: wrongAccount, environment: { accountId: '111122223334' } },
  { name: 'an account id that is empty', code: wrongAccount, environment: { accountId: '' } },
  { name: 'an account id with a blank', code: wrongAccount, environment: { accountId: `${accountId} ` } },
  ...[otherRegion, 'US-EAST-2', '', `${region} `, 'us-east-22', 'us-east', 'cn-north-1', '*'].map(
    (name): WrongPlace => ({ name: `the region ${JSON.stringify(name)}`, code: wrongRegion, regions: [name] })
  ),
  { name: 'a right and a wrong region', code: wrongRegion, regions: [region, otherRegion] },
  { name: 'a bucket of another account', code: wrongBucket, bucket: { ownerAccountId: otherAccountId } },
  {
    name: 'a bucket of another account that lets us in',
    code: wrongBucket,
    bucket: { ownerAccountId: otherAccountId, allowedAccountIds: [accountId] }
  },
  { name: 'a bucket of our own in another region', code: wrongBucket, bucket: { region: otherRegion } },
  {
    name: 'a bucket of another account in another region',
    code: wrongBucket,
    bucket: { ownerAccountId: otherAccountId, region: otherRegion, allowedAccountIds: [accountId] }
  },
  { name: 'no bucket of that name', code: wrongBucket, bucket: null },
  {
    name: 'a bucket of a look-alike name',
    code: wrongBucket,
    environment: { artifactBucketTemplate: `${bucketName}s` }
  },
  {
    name: "the other account's bucket by name",
    code: wrongBucket,
    environment: { artifactBucketTemplate: 'other-code' }
  },
  { name: 'two regions and one bucket', code: wrongBucket, environment: twoRegions },
  {
    name: 'two regions, the second bucket of another account',
    code: wrongBucket,
    environment: { ...twoRegions, artifactBucketTemplate: '{region}-code' }
  },
  { name: 'a region without a bucket', code: wrongBucket, environment: { regions: [otherRegion] } }
]

/** What went wrong, one line; `null`: it was refused, and nothing was written. */
export async function tryWrongPlace(account: Account, engine: Engine, place: WrongPlace): Promise<string | null> {
  const { world } = account.emulator
  const own: BucketOption = { name: bucketName, ownerAccountId: accountId, region }
  world.buckets.clear()
  if (place.bucket !== null) world.addBucket({ ...own, ...place.bucket })
  world.addBucket({ name: 'other-code', ownerAccountId: otherAccountId, region, allowedAccountIds: [accountId] })
  world.addBucket({ name: `${region}-code`, ownerAccountId: accountId, region })
  world.addBucket({
    name: `${otherRegion}-code`,
    ownerAccountId: otherAccountId,
    region: otherRegion,
    allowedAccountIds: [accountId]
  })
  account.emulator.resetCalls()
  const restore = useEnvironment(account.emulator.env(place.foreignCredentials ? otherAccountId : accountId, region))
  const { environment = {}, regions = null } = place
  const options = { engine, content: { wrong_place: planted }, environment, regions }
  const found = await deploy(options).then(outcomes, (error: unknown) => [
    (error as { code?: string }).code ?? String(error)
  ])
  restore()
  // Only the upload itself tells that a bucket does not exist: it is asked for, and refused.
  const writes = account.emulator
    .writes()
    .filter(({ accepted, errorCode }) => accepted || errorCode !== 'NoSuchBucket')
    .map(({ api }) => api)
  if (found.length > 0 && found.every(code => code === place.code) && writes.length === 0) return null
  const line = lineOf({ engine, place: wrongPlaces.indexOf(place) + 1 })
  return badLine(line, [`${place.name}: ${found.join(', ')}, writes ${writes.join(', ')}`])
}

/** `engine=lambda place=3`: its number in the list, from 1 */
export function wrongPlaceOf(fields: Fields): { readonly engine: Engine; readonly place: WrongPlace } {
  const place = wrongPlaces[numberOf(fields, 'place') - 1]
  if (place === undefined) throw new Error(`TRIAL: place is one of 1 to ${wrongPlaces.length}`)
  return { engine: oneOf<Engine>(fields, 'engine', engines), place }
}

export async function runWrongPlaces(): Promise<{ readonly trials: number; readonly bad: readonly string[] }> {
  const account = await openAccount()
  const bad: string[] = []
  let trials = 0
  for (const engine of engines) {
    for (const place of wrongPlaces) {
      trials += 1
      const found = await tryWrongPlace(account, engine, place)
      if (found !== null) bad.push(found)
    }
  }
  await account.close()
  return { trials, bad }
}
