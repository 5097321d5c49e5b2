/** Where a layer goes, and what counts as the same. */
import { describe, expect, it } from '@jest/globals'
import {
  artifactKey,
  billKey,
  carriedOver,
  isNone,
  noAccess,
  sameAccess,
  sameProperties,
  shownAccess,
  targetKey,
  targetsOf
} from '../../src/publish-layers/target.js'
import { layer, sandbox } from '../support/configs.js'

const [account, other] = ['111122223333', '444455556666']

it('one target for each layer and region, with what the environment says', () => {
  const environment = {
    ...sandbox,
    ...{ terminationProtection: true, recreateFailedStacks: true, shareWith: [other] },
    ...{ artifactBucketTemplate: '{region}-code', ssmParameterTemplate: '/layers/{layer}' }
  }
  const targets = targetsOf(environment, [layer('a', { description: 'words' }), layer('b')], ['us-east-2', 'eu-west-1'])
  expect(targets.map(targetKey)).toEqual(['a in us-east-2', 'a in eu-west-1', 'b in us-east-2', 'b in eu-west-1'])
  expect(targets[1]).toEqual({
    ...{ layerId: 'a', region: 'eu-west-1', accountId: account, layerName: 'dev-a-layer', stackName: 'dev-a-layer' },
    ...{ bucket: 'eu-west-1-code', terminationProtection: true, template: null, recreateFailedStack: true },
    properties: {
      ...{ description: 'words', licenseInfo: '' },
      ...{ compatibleRuntimes: ['python3.10'], compatibleArchitectures: ['x86_64'] }
    },
    access: { ssmParameter: '/layers/a', sharedWith: [other] }
  })
  expect(targetsOf(sandbox, [layer('a', { licenseInfo: 'MIT' })], ['us-east-2'])[0]).toMatchObject({
    properties: { description: '', licenseInfo: 'MIT' },
    access: noAccess
  })
})

it('an own template has its capabilities, and is read by the deploy alone', () => {
  const template = { file: 't.yml', capabilities: ['CAPABILITY_IAM' as const], parameters: {} }
  expect(targetsOf(sandbox, [layer('a', { template })], ['us-east-2'])[0]?.template).toMatchObject({
    capabilities: ['CAPABILITY_IAM'],
    read: null
  })
})

it('the bill of materials lies beside its artifact', () => {
  expect(artifactKey('dev-a-layer', 'c1')).toBe('layer-deploy/artifacts/dev-a-layer/c1.zip')
  expect(billKey('dev.zip-layer', 'c1')).toBe('layer-deploy/artifacts/dev.zip-layer/c1.cdx.json')
})

describe('the same declaration', () => {
  const declared = {
    ...{ description: 'a', licenseInfo: 'b' },
    ...{ compatibleRuntimes: ['python3.10', 'python3.11'], compatibleArchitectures: ['x86_64'] }
  }
  it.each([
    ['in another order', { compatibleRuntimes: ['python3.11', 'python3.10'] }, true],
    ['twice', { compatibleRuntimes: ['python3.11', 'python3.10', 'python3.10'] }, true],
    ['other words', { description: '' }, false],
    ['another license', { licenseInfo: '' }, false],
    ['a runtime less', { compatibleRuntimes: ['python3.10'] }, false],
    ['a runtime more', { compatibleRuntimes: ['python3.10', 'python3.11', 'python3.12'] }, false],
    ['one other runtime', { compatibleRuntimes: ['python3.10', 'python3.12'] }, false],
    ['another architecture', { compatibleArchitectures: ['arm64'] }, false]
  ])('%s', (_name, changes, same) => {
    expect(sameProperties(declared, { ...declared, ...changes })).toBe(same)
    expect(sameProperties({ ...declared, ...changes }, declared)).toBe(same)
  })
})

describe('how others reach a version', () => {
  const access = { ssmParameter: '/a', sharedWith: [account, other] }
  it.each([
    ['in another order', { sharedWith: [other, account] }, true],
    ['with one less', { sharedWith: [other] }, false],
    ['with nobody', { sharedWith: [] }, false],
    ['another parameter', { ssmParameter: '/b' }, false],
    ['no parameter', { ssmParameter: null }, false]
  ])('%s', (_name, changes, same) => {
    expect(sameAccess(access, { ...access, ...changes })).toBe(same)
  })

  it('nothing on record is nobody', () => {
    expect([sameAccess(undefined, undefined), sameAccess(noAccess), sameAccess(access)]).toEqual([true, true, false])
  })

  it('is shown where there is any', () => {
    expect([
      isNone(noAccess),
      isNone({ ...access, sharedWith: [] }),
      isNone({ ...access, ssmParameter: null })
    ]).toEqual([...[true, false, false]])
    expect([shownAccess(noAccess), shownAccess(access)]).toEqual([{}, { access }])
  })

  it('a new version takes over what stays wanted, and nothing new', () => {
    const wanted = { ssmParameter: '/new', sharedWith: [other, 'public'] }
    expect(carriedOver(access, wanted)).toEqual({ ssmParameter: '/a', sharedWith: [other] })
    expect(carriedOver(access, noAccess)).toEqual(noAccess)
    expect(carriedOver(noAccess, wanted)).toEqual(noAccess)
  })
})
