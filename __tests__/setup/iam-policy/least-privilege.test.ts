/** G11: the generated policies, evaluated by the emulator's IAM, against every call of both engines. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { authorizationData, resourceTypes } from '../../../emulators/aws/iam/authorization-data.js'
import { evaluate } from '../../../emulators/aws/iam/evaluate.js'
import { parsePolicy } from '../../../emulators/aws/iam/policy-document.js'
import { policyFindings } from '../../../emulators/aws/iam/policy-findings.js'
import { createAws } from '../../../src/adapters/aws/index.js'
import { createEngine } from '../../../src/publish-layers/engines/index.js'
import { placeOf } from '../../../src/publish-layers/apply/stored-artifact.js'
import { targetsOf } from '../../../src/publish-layers/target.js'
import { fastClock } from '../../trials/fast-clock.js'
import { layer, sandbox } from '../../support/configs.js'
import { accountId, bucketName, region, type Account } from '../../trials/account.js'
import { repository } from '../../trials/deploy.js'
import {
  accessOf,
  allowed,
  deniedCalls,
  everything,
  ids,
  onFailedUpload,
  openSpoilingAccount,
  policyCases,
  user,
  without
} from '../../trials/policy-trials.js'

let account: Account
beforeAll(async () => {
  account = await openSpoilingAccount()
})
afterAll(async () => {
  expect(account.emulator.defects).toEqual([])
  await account.close()
})

const bucketArn = `arn:aws:s3:::${bucketName}`
const layerArn = (id: string) => `arn:aws:lambda:${region}:${accountId}:layer:dev-${id}-layer`
/** What is asked for behind the calls that the emulator logs. */
const askedBehind = {
  cloudformation: ['lambda:PublishLayerVersion', 'cloudformation:TagResource', 's3:ListBucket', onFailedUpload],
  lambda: ['s3:ListBucket', onFailedUpload]
} as const

const askedForAccess: Readonly<Record<string, readonly string[]>> = {
  'cloudformation, shared': [
    ...['lambda:AddLayerVersionPermission', 'lambda:RemoveLayerVersionPermission', 'ssm:PutParameter'],
    ...['ssm:GetParameters', 'ssm:DeleteParameter', 'ssm:AddTagsToResource', 'ssm:RemoveTagsFromResource']
  ]
}

/** What every call of a deploy says under the condition keys. An empty text: the key is missing. */
const ordinary: Readonly<Record<string, string>> = {
  'aws:RequestedRegion': region,
  'aws:SecureTransport': 'true',
  'aws:CalledVia': 'cloudformation.amazonaws.com',
  'cloudformation:ChangeSetName': 'layer-deploy-0123',
  's3:ResourceAccount': accountId,
  's3:if-none-match': '*',
  's3:ObjectCreationOperation': 'true'
}
const contextOf = (values: Readonly<Record<string, string>>) =>
  new Map(Object.entries(values).flatMap(([key, value]) => (value === '' ? [] : [[key.toLowerCase(), [value]]])))

/** One resource of every kind. */
function resourcesOf(of: { accountId: string; region: string; bucketName: string; layerName: string }): string[] {
  const names: Readonly<Record<string, string>> = {
    ...{ Partition: 'aws', Region: of.region, Account: of.accountId, LayerName: of.layerName, LayerVersion: '3' },
    ...{ StackName: of.layerName, Id: '0a1b', ChangeSetName: 'layer-deploy-0123', BucketName: of.bucketName },
    ...{
      ParameterName: `layers/dev/${of.layerName.replace(/^dev-|-layer$/g, '')}`,
      FunctionName: of.layerName,
      RoleName: 'admin',
      UserName: 'deployer'
    }
  }
  const objects = [
    `layer-deploy/artifacts/${of.layerName}/0a1b.zip`,
    `layer-deploy/artifacts/${of.layerName}/0a1b.cdx.json`,
    `layer-deploy/state/${of.layerName}.json`,
    'other.txt'
  ]
  const arns = Object.values(resourceTypes).flatMap(type =>
    objects.map(ObjectName =>
      type.replace(/\$\{(\w+)\}/g, (_, name: string) => ({ ...names, ObjectName })[name] ?? name)
    )
  )
  return [...new Set([...arns, '*'])]
}

describe.each(Object.keys(policyCases))('engine %s', name => {
  const trial = policyCases[name]!
  const { engine, access } = trial
  let round = 0
  let layers: string[] = []
  beforeEach(() => {
    round++
    // Short: the policy that names each layer must fit into IAM's quota.
    const short = name.replace(/(\w)\w*(?:, (\w)\w*)?/, '$1$2')
    layers = ids.map(id => `${short}-${id}-${round}`)
    account.emulator.iam.attach(user, null)
    account.emulator.resetCalls()
    account.emulator.faults.clear()
  })

  it('G11 create, unchanged, update, record and recovery pass with the generated policy', async () => {
    account.emulator.iam.attach(user, [accessOf(trial, layers).deploy])
    const results = await everything(account, trial, layers)
    expect(results.filter(result => /ACCESS_DENIED|denied/i.test(result))).toEqual([])
    expect(results.slice(0, 5)).toEqual(['published 1', 'unchanged 1', 'published 2', 'unchanged 2', 'published 1'])
    expect(results.at(-1)).toBe('unchanged 1')
    expect(deniedCalls(account)).toEqual([])
  })

  it('G11 everything else is denied', async () => {
    const [own = '', ...others] = layers
    const statements = parsePolicy(accessOf(trial, layers).deploy)
    const may = (action: string, resource: string, context: Readonly<Record<string, string>> = {}): boolean =>
      evaluate(statements, { action, resource, context: contextOf({ ...ordinary, ...context }) }) === 'allow'
    await everything(account, trial, layers)
    const used = new Set(account.emulator.calls.map(({ action }) => action))
    used.delete('sts:GetCallerIdentity')
    for (const action of [...askedBehind[engine], ...(askedForAccess[name] ?? [])]) used.add(action)
    const actions = [...authorizationData.keys()]
    const mine = resourcesOf({ accountId, region, bucketName, layerName: `dev-${own}-layer` })
    expect(actions.filter(action => mine.some(resource => may(action, resource))).sort()).toEqual([...used].sort())

    const foreign = [
      resourcesOf({ accountId: '444455556666', region, bucketName: 'other-code', layerName: `dev-${own}-layer` }),
      resourcesOf({ accountId, region, bucketName: 'other-code', layerName: 'dev-other-layer' }),
      resourcesOf({ accountId, region: 'us-west-2', bucketName: 'other-code', layerName: `dev-${own}-layer` }),
      resourcesOf({ accountId, region, bucketName, layerName: `dev-${own}-layer-more` })
    ].flat()
    const aimed = actions.filter(action => authorizationData.get(action)!.resources.length > 0)
    const allowedThere = foreign.filter(resource => aimed.some(action => may(action, resource)))
    expect(allowedThere.filter(resource => resource !== bucketArn)).toEqual([])
    for (const resource of mine) {
      expect(may('s3:PutObject', resource, { 's3:if-none-match': '' })).toBe(
        resource.includes('/state/') && engine === 'lambda'
      )
      expect(may('s3:GetObject', resource, { 's3:ResourceAccount': '444455556666' })).toBe(false)
      expect(may('cloudformation:ExecuteChangeSet', resource, { 'cloudformation:ChangeSetName': 'by-hand' })).toBe(
        false
      )
      expect(may('lambda:ListLayerVersions', resource, { 'aws:RequestedRegion': 'us-west-2' })).toBe(false)
      if (engine === 'cloudformation') {
        const direct = actions.filter(action => may(action, resource, { 'aws:CalledVia': '' }))
        expect(direct.filter(action => /^ssm:|LayerVersionPermission$|Publish/.test(action))).toEqual([])
      }
      expect(actions.filter(action => may(action, resource, { 'aws:SecureTransport': 'false' }))).toEqual([])
    }
    expect(others.every(id => may('lambda:GetLayerVersion', `${layerArn(id)}:1`))).toBe(true)
  })

  it('the policy for a plan reads, and a plan needs no more', async () => {
    const { plan } = accessOf(trial, layers)
    const reads = allowed(plan).map(({ action }) => authorizationData.get(action)?.write)
    expect(reads.length).toBeGreaterThan(1)
    expect(reads).not.toContain(true)
    await everything(account, trial, layers)
    account.emulator.iam.attach(user, [plan])
    account.emulator.resetCalls()
    const aws = createAws({
      environment: process.env,
      signal: new AbortController().signal,
      homeRegion: region,
      accountId
    })
    const at = (name: string) => aws.region(name)
    const context = {
      region: at,
      clock: fastClock(),
      signal: new AbortController().signal,
      log: { info: () => undefined },
      repository,
      run: '1/1'
    }
    const reader = createEngine(engine, context)
    const environment = { ...sandbox, engine, ...access }
    for (const target of targetsOf(
      environment,
      [...layers, 'never'].slice(0, 3).map(id => layer(id)),
      [region]
    )) {
      await reader.observe(target, false)
    }
    expect(deniedCalls(account)).toEqual([])
    // What changes is told where it may be read, and decides nothing: a plan without it is no failure.
    const [read] = targetsOf(environment, [layer(layers[0] ?? '')], [region])
    const prefix = `layer-deploy/artifacts/${read!.layerName}/`
    const keys = [...account.emulator.world.buckets.get(bucketName)!.objects.keys()]
    const digest = keys.find(key => key.startsWith(prefix) && key.endsWith('.zip'))!.slice(prefix.length, -4)
    const end = () => at(region).objects.end(placeOf(read!, digest), 100)
    await expect(end()).resolves.toMatchObject({ sizeBytes: expect.any(Number) })
    account.emulator.iam.attach(user, [without(plan, 'ReadArtifacts', 's3:GetObject')])
    await expect(end()).rejects.toMatchObject({ code: 'ACCESS_DENIED' })
    for (const { Sid, action } of allowed(plan).filter(({ Sid: sid }) => sid !== 'ReadArtifacts')) {
      account.emulator.iam.attach(user, [without(plan, Sid, action)])
      // Only a layer without state is looked for among the versions, only a failed stack for what it holds.
      const asks = Sid === 'ReadFailedStacks' ? layers[4] : layers[0]
      const ids = Sid === 'ListVersions' || Sid === 'NotFoundInsteadOfDenied' ? ['never'] : [asks ?? '']
      const [target] = targetsOf(
        environment,
        ids.map(id => layer(id)),
        [region]
      )
      await expect(reader.observe(target!, false)).rejects.toMatchObject({ code: 'ACCESS_DENIED' })
    }
  })

  it('the policies say nothing that IAM does not know', () => {
    const { plan, deploy: deploying } = accessOf(trial, layers)
    expect(policyFindings(plan)).toEqual([])
    expect(policyFindings(deploying)).toEqual([])
  })

  // What a configuration adds; the rest is dropped under the engine's own policy. `bench:faults -- G11` drops each under each.
  const plain = name === engine ? [] : allowed(accessOf({ engine, access: {} }, ids).deploy)
  const isPlain = ({ Sid, action }: (typeof plain)[number]) =>
    plain.some(other => other.Sid === Sid && other.action === action)
  const actions = allowed(accessOf(trial, ids).deploy).filter(one => one.action !== onFailedUpload && !isPlain(one))
  it.each(actions)('G11 F50 without $action of $Sid a deploy names action and ARN', async ({ Sid, action }) => {
    const reduced = without(accessOf(trial, layers).deploy, Sid, action)
    account.emulator.iam.attach(user, [reduced])
    account.emulator.resetCalls()
    const results = await everything(account, trial, layers)
    const denied = results.filter(result => result.startsWith('ACCESS_DENIED'))
    expect(denied.length).toBeGreaterThan(0)
    for (const line of denied) expect(line).toMatch(new RegExp(`permission for ${action} on (arn:aws:\\S+|\\*)`))
    expect(deniedCalls(account).filter(({ attempt }) => attempt !== 1)).toEqual([])
  })
})
