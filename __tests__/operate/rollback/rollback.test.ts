/** A rollback as the action runs it, in the emulated account: what it writes, what it leaves, what it says of each layer, and what it records on GitHub. */
import { beforeEach, describe, expect, it } from '@jest/globals'
import { sha256Hex } from '../../../src/model/digest.js'
import { CodedError } from '../../../src/model/errors.js'
import { rollbackSource } from '../../../src/operate/rollback/plan-rollback.js'
import { rollback } from '../../../src/operate/rollback/rollback.js'
import { layer, sandbox } from '../../support/configs.js'
import { accountId, bucketName, otherAccountId, region } from '../../trials/account.js'
import { emulatorForEach, gitHubOf, page, recorded } from '../../publish-layers/promotion/recording.js'
import { head, deployedWorld } from '../deployed-world.js'

const at = (content: string, commit: string) =>
  ({ engine: 'lambda', content: { x: `x ${content}`, y: `y ${content}` }, commit, run: `${commit}/1` }) as const
const world = deployedWorld(rollback, ['x', 'y'], [at('one', '1'), at('two', '2')])
const { account, run: rollBack, told } = world
const writes = () =>
  account()
    .emulator.writes()
    .map(({ api, resource }) => `${api} ${resource.split(':').at(-1) ?? ''}`)
const objects = () => account().emulator.world.buckets.get(bucketName)!.objects
const versionsOf = (id: string) => account().versions(`dev-${id}-layer`)
const hash = (version: { readonly zip: Buffer } | undefined) => sha256Hex(version?.zip ?? Buffer.alloc(0))
const statuses = (rows: readonly { layerId: string; status: string; reason: string }[]) =>
  rows.map(({ layerId, status, reason }) => `${layerId} ${status} ${reason}`)

const ended = new CodedError('CANCELLED', { expected: 'this run to end', found: 'a signal', mend: 'run again' })
const forward = 'The next push to test deploys forward again, unless its source is the one that was returned to'
const github = emulatorForEach()
beforeEach(() => {
  github().seed.commit({ sha: head })
})

describe('a rollback', () => {
  it('publishes the content of the version before again, and says so in rows, record and progress', async () => {
    const before = world.account().state('dev-x-layer')!
    const result = await rollBack()
    expect(result).toMatchObject({
      conclusion: 'success',
      headline: `2 layers rolled back in sandbox (${accountId})`,
      changedLayers: ['x', 'y'],
      errors: []
    })
    const [first, third] = [versionsOf('x')[0], versionsOf('x')[2]]
    const contentDigest = account().state('dev-x-layer')!['content-digest'] as string
    expect(hash(third)).toBe(hash(first))
    expect(result.layers[0]).toEqual({
      ...{ layerId: 'x', region, layerName: 'dev-x-layer', status: 'rolled-back', reason: 'rolled-back' },
      ...{ version: 3, arn: third!.arn, previousVersion: 2, artifactSha256: hash(first), contentDigest },
      sourceDigest: rollbackSource(1, contentDigest),
      ...{ sizeBytes: first!.zip.length, fromCommit: before['source-commit'], error: null },
      toCommit: expect.stringMatching(/^[0-9a-f]{40}$/)
    })
    expect(result.layers[0]!.toCommit).not.toBe(before['source-commit'])
    expect(account().state('dev-x-layer')).toMatchObject({
      ...{ version: 3, commit: head, run: '700/1', 'rolled-back-to': '1', versions: '1-2' },
      ...{ 'artifact-sha256': hash(first), 'source-commit': result.layers[0]!.toCommit }
    })
    expect(told.filter(each => each.startsWith('x'))).toEqual([
      'x: looking for the version …',
      'x: publishing the content of version 1 …',
      'x: version 1 is back, as version 3.'
    ])
    expect(writes().filter(each => each.includes('artifacts'))).toEqual([])
  })

  it('puts an artifact that is gone back where it was, as the version has it', async () => {
    const first = versionsOf('x')[0]!
    const { key } = [...objects().values()].find(({ body }) => body.equals(first.zip))!
    const { metadata } = objects().get(key)!
    objects().delete(key)
    const { layers } = await rollBack()
    expect(statuses(layers)).toEqual(['x rolled-back rolled-back', 'y rolled-back rolled-back'])
    expect(objects().get(key)?.body.equals(first.zip)).toBe(true)
    expect(objects().get(key)?.metadata).toEqual({
      ...{ commit: head, 'source-commit': 'unknown', 'content-digest': metadata['content-digest'] },
      'artifact-sha256': metadata['artifact-sha256'],
      'source-digest': rollbackSource(1, metadata['content-digest']!)
    })
    expect(layers[0]).toMatchObject({ toCommit: 'unknown', artifactSha256: hash(first) })
  })

  it('a dry run writes nothing and shows what runs', async () => {
    const { layers, headline } = await rollBack({ request: { dryRun: true } })
    expect(statuses(layers)).toEqual(['x planned rolled-back', 'y planned rolled-back'])
    expect(headline).toBe(`2 layers would be rolled back in sandbox (${accountId})`)
    expect(layers[0]).toMatchObject({ version: 2, previousVersion: 2, arn: versionsOf('x')[1]!.arn, error: null })
    expect(writes()).toEqual([])
  })

  it('what is refused for one layer is written for none', async () => {
    const { key } = [...objects().values()].find(({ body }) => body.equals(versionsOf('x')[0]!.zip))!
    objects().delete(key)
    account().emulator.world.layerDownloads = 'refused'
    const result = await rollBack()
    expect(statuses(result.layers)).toEqual(['y not-attempted refused'])
    expect(result).toMatchObject({
      ...{ conclusion: 'failure', headline: `ARTIFACT_GONE: nothing was rolled back in sandbox (${accountId})` },
      ...{ errors: [{ code: 'ARTIFACT_GONE' }], changedLayers: ['y'] }
    })
    expect(writes()).toEqual([])
  })

  it('a layer that runs what is wanted stays, with what is on record of it', async () => {
    const request = { version: 2, layers: [layer('x')] }
    const [state, { layers }] = [account().state('dev-x-layer')!, await rollBack({ request })]
    expect(layers).toEqual([
      {
        ...{ layerId: 'x', region, layerName: 'dev-x-layer', status: 'unchanged', reason: 'same-content', version: 2 },
        ...{ arn: versionsOf('x')[1]!.arn, previousVersion: 2, artifactSha256: state['artifact-sha256'], error: null },
        ...{ contentDigest: state['content-digest'], sourceDigest: state['source-digest'] },
        ...{ sizeBytes: versionsOf('x')[1]!.zip.length, fromCommit: state['source-commit'] },
        toCommit: state['source-commit']
      }
    ])
    expect(writes()).toEqual([])
  })

  it('the wrong account is refused before anything is read of it', async () => {
    const request = { environment: { ...sandbox, engine: 'lambda', accountId: otherAccountId } } as const
    const result = await rollBack({ request })
    expect(result).toMatchObject({ conclusion: 'failure', errors: [{ code: 'ACCOUNT_MISMATCH' }], layers: [] })
    expect(result.headline).toBe(`ACCOUNT_MISMATCH: nothing was rolled back in sandbox (${otherAccountId})`)
    expect(account().emulator.calls.map(({ api }) => api)).toEqual(['sts:GetCallerIdentity'])
  })

  it('one that fails is told of, and does not keep the other', async () => {
    account().emulator.faults.add({ action: 'lambda:PublishLayerVersion', kind: 'denied', resource: 'dev-x-layer' })
    const result = await rollBack()
    expect(statuses(result.layers)).toEqual(['x failed failed', 'y rolled-back rolled-back'])
    expect(result.layers[0]).toMatchObject({ version: null, arn: null, error: { code: 'ACCESS_DENIED' } })
    expect(result).toMatchObject({ conclusion: 'failure', errors: [{ code: 'ACCESS_DENIED' }] })
    expect(result.headline).toBe(`y rolled back to version 1 (as version 3) in sandbox (${accountId}), 1 failed`)
    expect(told).toContainEqual(expect.stringMatching(/^x: ACCESS_DENIED: .*[.]$/))
  })

  it('a run that is ended publishes nothing more, records nothing, and says why', async () => {
    const controller = new AbortController()
    const result = await rollBack({
      ports: { signal: controller.signal, github: gitHubOf(github()) },
      request: { environment: { ...sandbox, engine: 'lambda', concurrency: 1 } },
      wrap: engine => ({
        ...engine,
        publish: async order => {
          const published = await engine.publish(order)
          controller.abort(ended)
          return published
        }
      })
    })
    expect(statuses(result.layers)).toEqual(['x rolled-back rolled-back', 'y not-attempted cancelled'])
    expect(result).toMatchObject({ conclusion: 'failure', errors: [ended] })
    expect(result.warnings).toEqual([forward])
    expect(github().calls).toEqual([])
  })

  it('who else may use the layer is shown beside it', async () => {
    const environment = { ...sandbox, engine: 'lambda', shareWith: [otherAccountId] } as const
    const { layers } = await rollBack({ request: { dryRun: true, environment } })
    expect(layers[0]?.access).toEqual({ ssmParameter: null, sharedWith: [otherAccountId] })
    const [alone] = (await rollBack({ request: { dryRun: true } })).layers
    expect(alone).not.toHaveProperty('access')
  })
})

describe('the record of a rollback on GitHub', () => {
  it('is a deployment of what was published, in place of the one before', async () => {
    const { id } = github().seed.deployment({
      ...{ sha: head, environment: 'sandbox', task: 'layer-deploy', description: '1 layer (run 600/1)' }
    })
    await gitHubOf(github()).createDeploymentStatus(id, { state: 'success', description: '', logUrl: null })
    const { warnings, layers } = await rollBack({
      ports: { github: gitHubOf(github()) },
      request: { layers: [layer('x')], runUrl: page('700/1') }
    })
    expect(warnings).toEqual([forward])
    expect(github().state.deployments.map(({ statuses: [...all] }) => all.map(({ state }) => state))).toEqual([
      ['success', 'inactive'],
      ['success']
    ])
    const [first] = layers
    expect(github().state.deployments[1]).toMatchObject({
      ...{ sha: head, environment: 'sandbox', task: 'layer-deploy', description: 'Rolled back: x', production: false },
      payload: {
        x: {
          'source-digest': first!.sourceDigest,
          'content-digest': first!.contentDigest,
          'artifact-sha256': first!.artifactSha256
        }
      },
      statuses: [{ description: 'Rolled back and verified', logUrl: page('700/1') }]
    })
  })

  it('names no layer that failed, and no production but one that is promoted to', async () => {
    account().emulator.faults.add({ action: 'lambda:PublishLayerVersion', kind: 'denied', resource: 'dev-x-layer' })
    const environment = { ...sandbox, engine: 'lambda', promoteFrom: 'test' } as const
    await rollBack({ ports: { github: gitHubOf(github()) }, request: { environment } })
    expect(recorded(github())).toEqual(['success: y'])
    expect(github().state.deployments).toMatchObject([{ description: 'Rolled back: y', production: true }])
  })

  it('is not made where nothing is published', async () => {
    await rollBack({ ports: { github: gitHubOf(github()) }, request: { dryRun: true } })
    await rollBack({ ports: { github: gitHubOf(github()) }, request: { version: 2, layers: [layer('x')] } })
    expect(github().calls).toEqual([])
  })

  it('that fails is a warning: what is published stays published', async () => {
    github().faults.add({ operation: 'repos/create-deployment', fault: { kind: 'error', status: 403, when: 'before' } })
    const { conclusion, warnings } = await rollBack({ ports: { github: gitHubOf(github()) } })
    expect({ conclusion, warnings }).toEqual({
      conclusion: 'success',
      warnings: [forward, expect.stringMatching(/^The rollback was not recorded on GitHub: POST .*deployments: 403/)]
    })
  })

  it('a defect is no failure of GitHub', async () => {
    const defect = new TypeError('a defect')
    const broken = { ...gitHubOf(github()), createDeployment: () => Promise.reject(defect) }
    await expect(rollBack({ ports: { github: broken } })).rejects.toBe(defect)
  })
})
