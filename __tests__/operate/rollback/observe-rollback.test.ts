/** Which version a rollback returns to, and whether it may, as the emulated account has it. */
import { describe, expect, it } from '@jest/globals'
import { publishLayerVersion } from '../../../emulators/aws/lambda/layers.js'
import { observeRollback } from '../../../src/operate/rollback/observe-rollback.js'
import type { OperationRequest } from '../../../src/operate/operation.js'
import { rollback } from '../../../src/operate/rollback/rollback.js'
import { sandbox } from '../../support/configs.js'
import { storedObject, zipOf } from '../../support/zip-file.js'
import { accountId, bucketName, region } from '../../trials/account.js'
import { head, requestOf, deployedWorld, type RunOptions } from '../deployed-world.js'

/** Versions 1 and 3 have the same content; version 4 has it, too, and declares it otherwise. */
const lambda = { engine: 'lambda' } as const
const world = deployedWorld(
  rollback,
  ['x'],
  [
    { ...lambda, content: { x: 'one' }, commit: '1', run: '1/1' },
    { ...lambda, content: { x: 'two' }, commit: '2', run: '2/1' },
    { ...lambda, content: { x: 'one' }, commit: '3', run: '3/1' },
    { ...lambda, content: { x: 'one' }, commit: '4', run: '4/1', description: 'new' }
  ]
)
const { account, told } = world
const versions = () => account().emulator.world.region(accountId, region).layers.get('dev-x-layer')!.versions
const objects = () => account().emulator.world.buckets.get(bucketName)!.objects
const stateKey = 'layer-deploy/state/dev-x-layer.json'
const calls = () => account().emulator.calls.map(({ api }) => api.split(':')[1])

/** As a deploy or a rollback would have left it. */
function record(changes: Readonly<Record<string, unknown>>): void {
  const object = objects().get(stateKey)!
  const body = Buffer.from(JSON.stringify({ ...(JSON.parse(object.body.toString()) as object), ...changes }))
  objects().set(stateKey, storedObject(stateKey, body, {}))
}

async function observe(changes: Partial<OperationRequest> = {}, options: RunOptions = {}) {
  const request = requestOf(['x'], { dryRun: true, ...changes })
  const { facts, verdicts } = await observeRollback(request, request.version ?? 'previous', world.portsOf(options))
  const [fact] = facts
  const refused = verdicts.flatMap(({ guard, passed }) => (passed === true ? [] : [guard]))
  return {
    facts,
    verdicts,
    refused,
    fact: fact!,
    wanted: fact?.wanted?.version ?? null,
    kind: fact?.content?.kind ?? null
  }
}

describe('the version to return to', () => {
  it('previous is the newest with another content, or declared otherwise', async () => {
    expect(await observe()).toMatchObject({ wanted: 3, kind: 'stored', fact: { deployed: { version: 4 } } })
    expect(told).toEqual(['x: looking for the version …'])
    record({ version: 3, versions: '1-2' })
    expect(await observe()).toMatchObject({ wanted: 2, kind: 'stored' })
    record({ version: 2, versions: '1' })
    expect(await observe()).toMatchObject({ wanted: 1, kind: 'stored' })
    record({ version: 1, versions: undefined })
    expect(await observe()).toMatchObject({ wanted: null, kind: null })
  })

  it('previous is none that no record names: by hand, or left by a run that was killed', async () => {
    record({ versions: '1-2' })
    expect(await observe()).toMatchObject({ wanted: 2, kind: 'stored' })
  })

  it('previous is none that is gone, though a list still shows it', async () => {
    account().emulator.faults.add({
      ...{ action: 'lambda:GetLayerVersion', kind: 'error', code: 'ResourceNotFoundException', status: 404 },
      resource: 'dev-x-layer:3'
    })
    expect(await observe()).toMatchObject({ wanted: 2 })
  })

  it('where the deployed version is gone, its record says what it was', async () => {
    versions()[3]!.deleted = true
    // Nobody knows what it declared: the same content is taken for another.
    expect(await observe()).toMatchObject({ wanted: 3, kind: 'stored', fact: { deployed: { properties: null } } })
  })

  it('where a rollback is deployed, previous is before the version that it returned to, and not the one that it left', async () => {
    record({ 'rolled-back-to': '2', run: '600/1' })
    expect(await observe()).toMatchObject({ wanted: 1, kind: 'stored' })
    record({ 'rolled-back-to': '1' })
    expect(await observe()).toMatchObject({ wanted: null })
  })

  it.each([
    ['a second attempt of the run', '700/2', 2, null],
    ['another run', '701/1', 1, 'stored'],
    ['a terminal', 'local', 1, 'stored']
  ])('what %s finds of a rollback', async (_what, run, wanted, kind) => {
    record({ 'rolled-back-to': '2', run: run === 'local' ? 'local' : '700/1' })
    const observed = await observe({ run })
    expect(observed).toMatchObject({ wanted, kind })
    if (kind === null) expect(observed.fact.wanted).toMatchObject({ description: expect.stringContaining('new') })
  })

  it('a second attempt of a run that rolled back to a number, or whose version is gone, looks anew', async () => {
    record({ 'rolled-back-to': '2', run: '700/1' })
    expect(await observe({ version: 1, run: '700/2' })).toMatchObject({ wanted: 1, kind: 'stored' })
    versions()[3]!.deleted = true
    expect(await observe({ run: '700/2' })).toMatchObject({ wanted: 1 })
  })

  it('a deploy of the same run is no rollback of it', async () => {
    record({ run: '700/1' })
    expect(await observe({ run: '700/2' })).toMatchObject({ wanted: 3, kind: 'stored' })
  })

  it('a number is that version; its content is looked for where it does not run already', async () => {
    expect(await observe({ version: 2 })).toMatchObject({ wanted: 2, kind: 'stored' })
    expect(await observe({ version: 9 })).toMatchObject({
      wanted: null,
      kind: null,
      fact: { deployed: { version: 4 } }
    })
    account().emulator.resetCalls()
    expect(await observe({ version: 4 })).toMatchObject({ wanted: 4, kind: null })
    expect(calls()).not.toContain('HeadObject')
    // The same content, declared otherwise.
    expect(await observe({ version: 1 })).toMatchObject({ wanted: 1, kind: 'stored' })
  })

  it('where nothing is deployed no version is looked for', async () => {
    objects().clear()
    account().emulator.world.region(accountId, region).layers.clear()
    const { facts, refused } = await observe({ version: 1 })
    expect({ facts, refused }).toEqual({
      facts: [{ target: expect.objectContaining({ layerId: 'x' }), deployed: null, wanted: null, content: null }],
      refused: []
    })
    expect(calls()).not.toContain('GetLayerVersion')
  })

  it('one region of many may be named', async () => {
    const environment = { ...sandbox, ...lambda, regions: ['eu-west-1', region] }
    const { facts } = await observe({ environment, regions: [region] })
    expect(facts.map(({ target }) => target.region)).toEqual([region])
  })

  it('what the engine says of the target stands, whatever is found', async () => {
    record({ repository: 'somebody/else' })
    for (const version of ['previous', 4, 2, 9] as const) {
      expect(await observe({ version })).toMatchObject({ refused: ['LAYER_NOT_OURS'] })
    }
    record({ 'rolled-back-to': '2', run: '700/1' })
    expect(await observe({ run: '700/2' })).toMatchObject({ refused: ['LAYER_NOT_OURS'] })
  })

  it('a version by hand may be named, and is found in itself where it has no artifact', async () => {
    const principal = { accountId, arn: '', userId: '' }
    const content = { ZipFile: zipOf([{ path: 'python/hand.py', content: '' }]) }
    const { world: state } = account().emulator
    publishLayerVersion(state, { principal, region }, { LayerName: 'dev-x-layer', Content: content })
    expect(await observe({ version: 5 })).toMatchObject({ wanted: 5, kind: 'from-version' })
  })
})

describe('the age of the run', () => {
  const age = async (tip: string | null, changes: Partial<OperationRequest> = {}) => {
    const { verdicts } = await observe({ dryRun: false, ...changes }, { tip })
    return verdicts.filter(({ guard }) => guard === 'STALE_RUN')
  }

  it('a dry run asks nobody', async () => {
    expect(await age('8', { dryRun: true })).toEqual([])
  })

  it('at the tip it may', async () => {
    expect(await age('9')).toEqual([{ guard: 'STALE_RUN', subject: '', passed: true, detail: 'tip of test' }])
  })

  it('before the tip it is refused, as nobody asked it to stand aside', async () => {
    const [older, tip] = ['8', '9'].map(digit => digit.repeat(40)) as [string, string]
    expect(await age('9', { headCommit: older })).toEqual([
      {
        ...{ guard: 'STALE_RUN', subject: '', passed: false },
        finding: {
          expected: `${older} at the tip of test`,
          found: `${tip}, which descends from it`,
          mend: 'start the rollback anew on the tip of test'
        }
      }
    ])
  })

  it.each([
    ['elsewhere', '8', `${'8'.repeat(40)} at its tip, which does not descend from it`],
    ['gone', null, 'no branch test there']
  ])('on a branch that is %s it is refused', async (_what, tip, found) => {
    expect(await age(tip)).toMatchObject([
      { passed: false, finding: { expected: `${head} on the branch test of the remote`, found } }
    ])
  })
})
