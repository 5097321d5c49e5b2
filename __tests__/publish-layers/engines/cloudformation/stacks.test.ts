/** Engine `cloudformation`: stacks as others left them, and what the configuration says about them. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import {
  CloudFormationClient,
  CreateChangeSetCommand,
  CreateStackCommand,
  DeleteStackCommand
} from '@aws-sdk/client-cloudformation'
import { forceStackStatus } from '../../../../emulators/aws/cloudformation/reader.js'
import { accountId, bucketName, openAccount, region, type Account } from '../../../trials/account.js'
import { deploy, outcomes, type DeployOptions } from '../../../trials/deploy.js'

let account: Account
let client: CloudFormationClient
let id = ''
let name = ''
let count = 0
beforeAll(async () => {
  account = await openAccount()
  client = new CloudFormationClient({ region })
})
afterAll(async () => {
  client.destroy()
  await account.close()
})
beforeEach(() => {
  id = `stack${++count}`
  name = `dev-${id}-layer`
  account.emulator.resetCalls()
})

const run = (content: string, more: Partial<DeployOptions> = {}) =>
  deploy({ engine: 'cloudformation', content: { [id]: content }, ...more })
const force = (status: Parameters<typeof forceStackStatus>[2]) => {
  forceStackStatus(account.emulator.world, { accountId, region, stackName: name }, status)
}
const published = () => account.versions(name).map(({ version }) => version)
const failureOf = async (deployed: ReturnType<typeof run>) => (await deployed).rows[0]?.error?.message ?? ''

describe('termination-protection', () => {
  const wanted = (terminationProtection: boolean | null) => ({ environment: { terminationProtection } })

  it('is set on a new stack, and left alone from then on', async () => {
    expect(outcomes(await run('one', wanted(true)))).toEqual(['published 1'])
    expect(account.stack(name)?.terminationProtection).toBe(true)
    account.emulator.resetCalls()
    expect(outcomes(await run('one', wanted(true)))).toEqual(['unchanged 1'])
    expect(account.writes()).toEqual([])
    expect(outcomes(await run('two', { commit: '2', ...wanted(true) }))).toEqual(['published 2'])
    expect(account.writes()).not.toContain('cloudformation:UpdateTerminationProtection')
  })

  it('is put right where nothing else changed, in one call', async () => {
    await run('one')
    for (const protection of [true, false]) {
      account.emulator.resetCalls()
      const { plan, rows } = await run('one', wanted(protection))
      expect(plan.steps.map(({ kind }) => kind)).toEqual(['adjust'])
      expect(rows).toEqual([expect.objectContaining({ status: 'unchanged', version: 1, error: null })])
      expect(account.writes()).toEqual(['cloudformation:UpdateTerminationProtection'])
      expect(account.stack(name)?.terminationProtection).toBe(protection)
    }
  })

  it('is left as it is where the configuration does not name it', async () => {
    await run('one', wanted(true))
    await run('two', { commit: '2' })
    expect(account.stack(name)?.terminationProtection).toBe(true)
  })

  it('is not put back by an older run', async () => {
    await run('one', { commit: '2', ...wanted(true) })
    const { plan } = await run('one', { commit: '1', tip: () => '2', ...wanted(false) })
    expect(plan.outcome).toBe('stand-aside')
    expect(account.stack(name)?.terminationProtection).toBe(true)
  })
})

describe('stacks that others left', () => {
  it('F60 an empty shell in REVIEW_IN_PROGRESS is filled', async () => {
    await client.send(
      new CreateChangeSetCommand({
        StackName: name,
        ChangeSetName: 'by-hand',
        ChangeSetType: 'CREATE',
        TemplateBody: JSON.stringify({
          Resources: { Parameter: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: 'v' } } }
        })
      })
    )
    expect(account.stack(name)?.status).toBe('REVIEW_IN_PROGRESS')
    expect(outcomes(await run('one'))).toEqual(['published 1'])
  })

  it.each([
    'CREATE_FAILED',
    'ROLLBACK_COMPLETE',
    'ROLLBACK_FAILED',
    'DELETE_FAILED',
    'UPDATE_ROLLBACK_FAILED'
  ] as const)('F61 F62 F68 %s is refused with what to do, and with no write', async status => {
    await run('one')
    force(status)
    account.emulator.resetCalls()
    const { plan } = await run('two', { commit: '2' })
    expect(plan.outcome).toBe('refuse')
    expect(plan.verdicts.find(({ passed }) => passed === false)).toMatchObject({ guard: 'STACK_NOT_READY' })
    expect(account.writes()).toEqual([])
  })

  it.each(['UPDATE_ROLLBACK_COMPLETE', 'IMPORT_ROLLBACK_COMPLETE', 'IMPORT_COMPLETE'] as const)(
    'F68 %s takes an update',
    async status => {
      await run('one')
      force(status)
      expect(outcomes(await run('two', { commit: '2' }))).toEqual(['published 2'])
    }
  )

  it('F63 an operation that never ends is waited for until the deadline, which is a failure', async () => {
    await run('one')
    force('UPDATE_IN_PROGRESS')
    const deadline = new AbortController()
    const late = new Error('the deadline of the step')
    const timer = setTimeout(() => deadline.abort(late), 300)
    await expect(run('two', { commit: '2', signal: deadline.signal })).rejects.toBe(late)
    clearTimeout(timer)
    expect(account.writes().filter(api => api.startsWith('cloudformation'))).toHaveLength(2)
    expect(published()).toEqual([1])
  })

  it('F65 a stack whose template would let a version go is refused; nothing is executed', async () => {
    await run('one')
    const [version] = account.versions(name)
    const key = [...account.emulator.world.buckets.get(bucketName)!.objects.keys()].find(
      one => one.includes(`/${name}/`) && one.endsWith('.zip')
    )
    id = `${id}own`
    name = `dev-${id}-layer`
    await client.send(
      new CreateStackCommand({
        StackName: name,
        Tags: [{ Key: 'layer-deploy:repository', Value: 'octo-org/superproject' }],
        TemplateBody: JSON.stringify({
          Resources: {
            Old: {
              Type: 'AWS::Lambda::LayerVersion',
              Properties: { LayerName: name, Content: { S3Bucket: bucketName, S3Key: key } }
            }
          }
        })
      })
    )
    expect(version).toBeDefined()
    expect(await failureOf(run('two'))).toMatch(/^TEMPLATE_DELETES_VERSIONS: .*Remove of Old.*set DeletionPolicy/)
    expect(published()).toEqual([1])
    expect(account.stack(name)?.changeSets).toEqual([])
  })

  it('F67 a change set of our name that another run left is adopted', async () => {
    await run('one')
    account.emulator.faults.add({ action: 'cloudformation:ExecuteChangeSet', kind: 'denied' })
    expect(await failureOf(run('two', { commit: '2' }))).toMatch(/^ACCESS_DENIED: .*cloudformation:ExecuteChangeSet/)
    expect(account.stack(name)?.changeSets).toHaveLength(1)
    expect(outcomes(await run('two', { commit: '2' }))).toEqual(['published 2'])
    expect(account.stack(name)?.changeSets).toEqual([])
    expect(account.emulator.calls.filter(({ api }) => api === 'cloudformation:CreateChangeSet')).toHaveLength(3)
  })
})

describe('versions that nobody recorded', () => {
  it('adoption: versions that were published by hand stay, ours is the next one', async () => {
    await run('by hand')
    account.emulator.world.region(accountId, region).stacks.clear()
    const outcome = await run('one', { commit: '2' })
    expect(outcomes(outcome)).toEqual(['published 2'])
    expect(outcome.plan.steps[0]?.change.reason).toBe('never-deployed')
    expect(published()).toEqual([1, 2])
    expect(outcomes(await run('one', { commit: '2' }))).toEqual(['unchanged 2'])
  })
})

describe.each(['cloudformation', 'lambda'] as const)('engine %s', engine => {
  it('F55 a bucket that there is not is named', async () => {
    const missing = { artifactBucketTemplate: 'no-such-bucket-at-all' }
    const found = await run('one', { engine, environment: missing }).then(
      ({ plan, rows }) => [
        ...plan.verdicts.flatMap(one => (one.passed === false ? one.guard : [])),
        ...rows.flatMap(({ error }) => error?.code ?? [])
      ],
      (error: unknown) => [String(error).split(': ')[1]]
    )
    expect(found).toEqual(['BUCKET_OWNER_MISMATCH'])
    expect(published()).toEqual([])
  })

  it('F58 code storage exceeded: what to do, and the next run completes', async () => {
    const action = 'lambda:PublishLayerVersion'
    if (engine === 'lambda') {
      account.emulator.faults.add({ action, kind: 'error', code: 'CodeStorageExceededException', status: 400 })
      expect(await failureOf(run('one', { engine }))).toMatch(/^AWS_FAILED: .*CodeStorageExceeded.*prune/)
      expect(account.state(name)).toMatchObject({ claim: null, version: null })
    }
    expect(outcomes(await run('one', { engine }))).toEqual(['published 1'])
  })

  it('the failure of one layer stops no other, and the next run does only the rest', async () => {
    const content = { [`${id}a`]: 'one', [`${id}b`]: 'two', [`${id}c`]: 'three' }
    const action = 's3:PutObject'
    account.emulator.faults.add({ action, kind: 'denied', resource: `artifacts/dev-${id}b-layer` })
    const first = await deploy({ engine, content })
    expect(outcomes(first)).toEqual(['published 1', 'ACCESS_DENIED', 'published 1'])
    account.emulator.resetCalls()
    expect(outcomes(await deploy({ engine, content }))).toEqual(['unchanged 1', 'published 1', 'unchanged 1'])
    const touched = account.emulator.writes().map(call => `${call.resource} ${call.path}`)
    expect(touched.filter(resource => !resource.includes(`${id}b`))).toEqual([])
  })
})

describe('a stack that somebody deleted', () => {
  const remove = () => client.send(new DeleteStackCommand({ StackName: name }))
  const gone = expect.stringMatching(/is gone.*version 1.*published anew as version 2/)

  it('F133 the same content is published anew, and the run says why', async () => {
    await run('one')
    await remove()
    const again = await run('one', { run: '102/1' })
    expect(again.rows).toMatchObject([
      { status: 'published', reason: 'stack-gone', version: 2, previousVersion: 1, error: null }
    ])
    expect(again.warnings).toEqual([gone])
    expect(published()).toEqual([1, 2])
    expect(outcomes(await run('one', { run: '103/1' }))).toEqual(['unchanged 2'])
  })

  it('F133 other content is a plain first deploy, and so is a layer that has no version', async () => {
    await run('one')
    await remove()
    const { rows, warnings } = await run('two', { commit: '2' })
    expect(rows).toMatchObject([{ status: 'published', reason: 'never-deployed', version: 2 }])
    expect(warnings).toEqual([])
  })
})
