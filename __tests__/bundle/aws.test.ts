/** FAULTS.md, rows 46 to 66, as far as one run through the bundle shows them: what AWS answers, and what becomes of it. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { stacksOf } from '../../emulators/aws/cloudformation/stack/stack.js'
import type { Bucket, StoredObject } from '../../emulators/aws/world.js'
import type { RunOutcome } from '../../emulators/runner/index.js'
import {
  makeActionWorld,
  productionAccount,
  region,
  sandboxAccount,
  type ActionRun,
  type ActionWorld
} from '../support/action-world.js'
import { push } from '../support/events.js'
import { configText, folderLayer } from './config-text.js'
import { codesOf, errorsOf, rowsOf, statusesOf, versionsIn, warningsOf } from './reading.js'

let world: ActionWorld
/** Called before each call of a run is worked on. */
let onCall: (action: string) => void = () => undefined
beforeAll(async () => {
  const layers = { da_flask: '{ path: da_flask }', other: '{ path: other }', tampered: '{ path: tampered }' }
  world = await makeActionWorld({
    config: configText({ layers }),
    submodules: {},
    files: { ...folderLayer, 'other/python/other.py': '1\n', 'tampered/python/t.py': '1\n' },
    aws: {
      onBoundary: (call, moment) => {
        if (moment === 'before') onCall(call.action)
      }
    }
  })
})
afterAll(() => world.close())
beforeEach(() => {
  world.aws.resetCalls()
  world.aws.faults.clear()
  onCall = () => undefined
})

const bucket = (): Bucket => world.aws.world.buckets.get(`${sandboxAccount}-code-deployment`)!
const head = (): Promise<string> => world.superproject.git('rev-parse', 'test')

async function deploy(job: Partial<ActionRun> = {}): Promise<RunOutcome> {
  const after = await head()
  const inputs = { layers: 'da_flask', ...job.inputs }
  const checkout = { branch: 'test', commit: after }
  return world.run({ event: push({ after }), checkout, account: sandboxAccount, ...job, inputs })
}
async function changeSource(): Promise<void> {
  const content = `${await head()}\n`
  await world.superproject.commitFiles({ 'da_flask/python/da_flask/changed.txt': content }, { branch: 'test' })
  await world.superproject.push('test')
}

function expectRefused(outcome: RunOutcome, code: string): void {
  expect(codesOf(outcome)).toEqual([code])
  expect(errorsOf(outcome)[0]).toMatch(/Expected .+, found .+\. To fix: .+/)
  expect(outcome.exitCode).toBe(1)
  expect(outcome.outputs).toMatchObject({ conclusion: 'failure' })
  expect(world.aws.writes().filter(({ accepted }) => accepted)).toEqual([])
  expect(statusesOf(world).at(-1)).toBe('layer-deploy/sandbox failure')
}

describe('credentials', () => {
  it('F47 F76 none on a push: the error names the places, at once', async () => {
    const outcome = await deploy({ account: null })
    expectRefused(outcome, 'NO_CREDENTIALS')
    for (const place of ['AWS_ACCESS_KEY_ID', 'AWS_WEB_IDENTITY_TOKEN_FILE', 'AWS_PROFILE', 'metadata']) {
      expect(errorsOf(outcome)[0]).toContain(place)
    }
    expect(outcome.durationMs).toBeLessThan(10_000)
    // The error is longer than a status description may be.
    expect(errorsOf(outcome)[0]?.length).toBeGreaterThan(140)
    expect(world.github.state.statuses.at(-1)?.description?.length).toBeLessThanOrEqual(140)
  })

  it('F47 ones that AWS does not know', async () => {
    const outcome = await deploy({ env: { AWS_SECRET_ACCESS_KEY: 'another-EXAMPLE' } })
    expectRefused(outcome, 'NO_CREDENTIALS')
  })

  it.each([false, true])('F46 of another account, dry run %s', async dryRun => {
    const outcome = await deploy({ account: productionAccount, inputs: { 'dry-run': String(dryRun), force: 'true' } })
    expect(codesOf(outcome)).toEqual(['ACCOUNT_MISMATCH'])
    expect(outcome.exitCode).toBe(1)
    expect(world.aws.calls.map(({ action }) => action)).toEqual(['sts:GetCallerIdentity'])
  })

  it('F48 that expire before the first write: a failure that can be resumed', async () => {
    world.aws.faults.add({ action: 's3:PutObject', kind: 'expired-token', times: 9 })
    expectRefused(await deploy(), 'NO_CREDENTIALS')
  })

  it('F50 without a permission: the error names action and ARN, and nothing is tried again', async () => {
    world.aws.faults.add({ action: 'cloudformation:CreateChangeSet', kind: 'denied', times: 9 })
    const outcome = await deploy()
    expect(codesOf(outcome)).toEqual(['ACCESS_DENIED'])
    expect(outcome.exitCode).toBe(1)
    expect(errorsOf(outcome)[0]).toMatch(/cloudformation:CreateChangeSet on \S*dev-da-flask-layer/)
    expect(world.aws.calls.filter(({ action }) => action === 'cloudformation:CreateChangeSet')).toHaveLength(1)
  })
})

describe('F55 the bucket', () => {
  const standIn = (change: Partial<Bucket>) => {
    const own = bucket()
    world.aws.world.buckets.set(own.name, { ...own, ...change })
    return () => world.aws.world.buckets.set(own.name, own)
  }
  const faults: readonly (readonly [string, Partial<Bucket>])[] = [
    ['of another account', { ownerAccountId: productionAccount }],
    ['of another account that lets us in', { ownerAccountId: productionAccount, allowedAccountIds: [sandboxAccount] }],
    ['in another region', { region: 'us-west-2' }]
  ]
  it.each(faults)('F55 one %s', async (_name, change) => {
    const restore = standIn(change)
    const outcome = await deploy()
    restore()
    expectRefused(outcome, 'BUCKET_OWNER_MISMATCH')
    expect(world.aws.writes()).toEqual([])
  })

  it('F55 one that there is not: named, nothing is published', async () => {
    const restore = standIn({})
    world.aws.world.buckets.delete(`${sandboxAccount}-code-deployment`)
    const outcome = await deploy()
    restore()
    expect(outcome.exitCode).toBe(1)
    expect(errorsOf(outcome)).toEqual([expect.stringContaining(`${sandboxAccount}-code-deployment`)])
    expect(world.aws.writes().filter(({ accepted }) => accepted)).toEqual([])
  })
})

describe('the artifact', () => {
  const tamper = (key: string, change: (object: StoredObject) => StoredObject) => {
    const object = bucket().objects.get(key)
    if (object !== undefined) bucket().objects.set(key, change(object))
  }
  const keys = (): string[] => [...bucket().objects.keys()].filter(key => key.endsWith('.zip'))

  it('F54 lies there from a killed run: its bytes are used, nothing is uploaded', async () => {
    world.aws.faults.add({ action: 'cloudformation:CreateChangeSet', kind: 'denied', times: 9 })
    await deploy()
    expect(keys()).toHaveLength(1)
    world.aws.faults.clear()
    world.aws.resetCalls()
    const outcome = await deploy()
    expect(errorsOf(outcome)).toEqual([])
    expect(rowsOf(outcome)['da_flask']?.[region]).toMatchObject({ status: 'published', version: 1 })
    expect(world.aws.writes().filter(({ service }) => service === 's3')).toEqual([])
  })

  it('F54 F136 lies there, and says of itself what is not so: its bytes count', async () => {
    await changeSource()
    world.aws.faults.add({ action: 'cloudformation:CreateChangeSet', kind: 'denied', times: 9 })
    await deploy()
    world.aws.faults.clear()
    world.aws.resetCalls()
    const key = keys().at(-1) ?? ''
    const kept = bucket().objects.get(key)!
    tamper(key, object => ({ ...object, metadata: { ...object.metadata, 'artifact-sha256': '0'.repeat(64) } }))
    const outcome = await deploy()
    bucket().objects.set(key, kept)
    expect(errorsOf(outcome)).toEqual([])
    expect(rowsOf(outcome)['da_flask']?.[region]).toMatchObject({ status: 'published' })
  })

  it('F57 what AWS published is not what was uploaded: no ARN is given out', async () => {
    const other = Buffer.from(listedZip(world))
    onCall = action => {
      if (action === 'cloudformation:ExecuteChangeSet')
        tamper(keys().at(-1) ?? '', object => ({ ...object, body: other }))
    }
    const outcome = await deploy({ inputs: { layers: 'tampered' } })
    expect(codesOf(outcome)).toEqual(['PUBLISH_UNVERIFIED'])
    expect(outcome.exitCode).toBe(1)
    expect(outcome.outputs).toMatchObject({ conclusion: 'failure', tampered_arn: '', tampered_version: '' })
    expect(rowsOf(outcome)['tampered']?.[region]).toMatchObject({ status: 'failed', arn: null })
  })
})

describe('the stack', () => {
  const stack = () =>
    [...stacksOf(world.aws.world.region(sandboxAccount, region)).values()].find(
      ({ name }) => name === 'dev-da-flask-layer'
    )!

  it('F64 is that way already: unchanged, no version', async () => {
    await changeSource()
    expect(errorsOf(await deploy())).toEqual([])
    const before = versionsIn(world, sandboxAccount)
    const outcome = await deploy({ inputs: { force: 'true' } })
    expect(errorsOf(outcome)).toEqual([])
    expect(rowsOf(outcome)['da_flask']?.[region]).toMatchObject({ status: 'unchanged', reason: 'same-content' })
    expect(versionsIn(world, sandboxAccount)).toEqual(before)
  })

  it('F64 the change set says that there are no changes', async () => {
    world.aws.resetCalls()
    const runId = '4711'
    const before = versionsIn(world, sandboxAccount)
    await deploy({ runId, inputs: { force: 'true' } })
    world.aws.resetCalls()
    const outcome = await deploy({ runId, inputs: { force: 'true' } })
    expect(errorsOf(outcome)).toEqual([])
    expect(rowsOf(outcome)['da_flask']?.[region]).toMatchObject({ status: 'unchanged' })
    expect(world.aws.calls.map(({ action }) => action)).not.toContain('cloudformation:ExecuteChangeSet')
    expect(versionsIn(world, sandboxAccount)).toEqual(before)
  })

  it('F66 belongs to another repository', async () => {
    await changeSource()
    const own = stack().definition!
    const tags = new Map(own.tags)
    tags.set('layer-deploy:repository', 'octo-org/another')
    tags.set('layer-deploy:repository-id', '99')
    stack().definition = { ...own, tags }
    const outcome = await deploy()
    stack().definition = { ...own, tags: new Map() }
    const untagged = await deploy()
    stack().definition = own
    expectRefused(outcome, 'STACK_NOT_OURS')
    expect(errorsOf(outcome)[0]).toContain('octo-org/another')
    expectRefused(untagged, 'STACK_NOT_OURS')
  })

  it('F61 F62 is in a state that nothing can start from', async () => {
    const { status } = stack()
    for (const broken of ['ROLLBACK_COMPLETE', 'UPDATE_ROLLBACK_FAILED'] as const) {
      stack().status = broken
      const outcome = await deploy()
      stack().status = status
      expectRefused(outcome, 'STACK_NOT_READY')
      expect(errorsOf(outcome)[0]).toContain(broken)
    }
  })

  it('a refusal of one layer keeps every other from being written', async () => {
    const { status } = stack()
    stack().status = 'ROLLBACK_COMPLETE'
    const outcome = await deploy({ inputs: { layers: 'da_flask,other' } })
    stack().status = status
    expectRefused(outcome, 'STACK_NOT_READY')
    expect(rowsOf(outcome)['other']?.[region]).toMatchObject({ status: 'not-attempted', reason: 'refused' })
  })

  it('the failure of one layer stops no other', async () => {
    world.aws.faults.add({
      action: 'cloudformation:CreateChangeSet',
      kind: 'denied',
      resource: 'dev-da-flask-layer',
      times: 9
    })
    const outcome = await deploy({ inputs: { layers: 'da_flask,other' } })
    expect(codesOf(outcome)).toEqual(['ACCESS_DENIED'])
    expect(outcome.exitCode).toBe(1)
    expect(outcome.outputs).toMatchObject({ conclusion: 'failure', other_version: '1', da_flask_version: '' })
    expect(rowsOf(outcome)['other']?.[region]).toMatchObject({ status: 'published' })
    expect(warningsOf(outcome)).toEqual([])
  })

  it('F59 a version that somebody deleted is published again', async () => {
    expect(errorsOf(await deploy())).toEqual([])
    const layer = world.aws.world.region(sandboxAccount, region).layers.get('dev-da-flask-layer')!
    const last = layer.versions.at(-1)!
    last.deleted = true
    const outcome = await deploy()
    expect(errorsOf(outcome)).toEqual([])
    expect(rowsOf(outcome)['da_flask']?.[region]).toMatchObject({
      reason: 'version-missing',
      version: last.version + 1
    })
  })
})

it('the emulators found nothing to complain of', () => {
  expect(world.github.violations).toEqual([])
  expect(world.aws.defects).toEqual([])
  expect(versionsIn(world, productionAccount)).toEqual({})
})

/** Another zip than the one that is deployed, and a valid one. */
function listedZip({ aws }: ActionWorld): Buffer {
  return aws.world.region(sandboxAccount, region).layers.get('dev-da-flask-layer')!.versions[0]!.zip
}
