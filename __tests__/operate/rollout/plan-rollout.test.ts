import { describe, expect, it } from '@jest/globals'
import type { DeployedVersion } from '../../../src/model/index.js'
import { namesFunction, planRollout, type FoundFunction } from '../../../src/operate/rollout/plan-rollout.js'
import { targetsOf } from '../../../src/publish-layers/target.js'
import { layer, sandbox } from '../../support/configs.js'

const [target] = targetsOf(sandbox, [layer('da_flask')], ['us-east-2'])
const layerArn = 'arn:aws:lambda:us-east-2:111122223333:layer:dev-da-flask-layer'
const other = 'arn:aws:lambda:us-east-2:111122223333:layer:other:9'
const deployed = {
  version: 3,
  arn: `${layerArn}:3`,
  properties: {
    description: '',
    licenseInfo: '',
    compatibleRuntimes: ['python3.10'],
    compatibleArchitectures: ['x86_64']
  }
} as unknown as DeployedVersion

function found(name: string, layers: readonly string[], changes: Partial<FoundFunction['state']> = {}): FoundFunction {
  const state = {
    ...{
      functionName: name,
      runtime: 'python3.10',
      architectures: ['x86_64'],
      codeBytes: 1_000,
      revisionId: `${name}-1`
    },
    ...{ layers: layers.map(arn => ({ arn, sizeBytes: 10 })), update: 'successful' as const, updateReason: '' },
    ...changes
  }
  return { state, pinned: false }
}

const plan = (functions: readonly FoundFunction[], missing: readonly string[] = []) =>
  planRollout([{ target: target!, deployed, functions, missing }])

describe('which functions move', () => {
  it('one on an older version: the same position, every other layer stays', () => {
    const { steps, verdicts } = plan([found('orders', [other, `${layerArn}:1`, `${other}0`])])
    expect(verdicts).toEqual([])
    expect(steps).toMatchObject([
      { action: 'move', from: 1, to: 3, layersAfter: [other, `${layerArn}:3`, `${other}0`], revisionId: 'orders-1' }
    ])
  })

  it.each([
    ['the deployed version', found('a', [`${layerArn}:3`]), 'keep'],
    ['a newer version', found('a', [`${layerArn}:4`]), 'skip'],
    ['no version of the layer', found('a', [other]), 'skip'],
    ['a layer whose name only begins alike', found('a', [`${layerArn}-two:1`]), 'skip'],
    ['an older version, pinned by its tag', { ...found('a', [`${layerArn}:1`]), pinned: true }, 'skip']
  ])('%s does not', (_what, each, action) => {
    const { steps, verdicts } = plan([each])
    expect(steps).toMatchObject([{ action, layersAfter: each.state.layers.map(({ arn }) => arn) }])
    expect(verdicts).toEqual([])
  })

  it.each([
    ['runtime', { runtime: 'python3.9' }, 'WRONG_ARCHITECTURE'],
    ['container image', { runtime: '' }, 'WRONG_ARCHITECTURE'],
    ['architecture', { architectures: ['arm64'] }, 'WRONG_ARCHITECTURE'],
    ['size', { codeBytes: 262_144_001 }, 'ARCHIVE_TOO_LARGE']
  ])('is refused for another %s, and only where it would move', (_what, changes, guard) => {
    expect(plan([found('a', [`${layerArn}:1`], changes)]).verdicts).toMatchObject([{ guard, passed: false }])
    expect(plan([found('a', [`${layerArn}:3`], changes)]).verdicts).toEqual([])
  })

  it.each(['in-progress', 'failed'] as const)('one whose update to the version is %s is looked after again', update => {
    const { steps } = plan([found('a', [other, `${layerArn}:3`], { update })])
    expect(steps).toMatchObject([{ action: 'move', from: 3, layersAfter: [other, `${layerArn}:3`] }])
  })

  it('names what does not exist, and refuses where nothing is deployed', () => {
    expect(plan([], ['ghost']).warnings).toEqual([expect.stringContaining('ghost')])
    const undeployed = planRollout([{ target: target!, deployed: null, functions: [found('a', [])], missing: [] }])
    expect(undeployed).toMatchObject({ steps: [], verdicts: [{ guard: 'NOT_DEPLOYED', passed: false }] })
  })
})

it.each([
  ['orders', 'orders', true],
  ['orders', 'orders-2', false],
  ['billing-*', 'billing-', true],
  ['billing-*', 'billing', false],
  ['*-api', 'x-api', true],
  ['a*b*c', 'aXbYc', true],
  ['a*b*c', 'acb', false],
  ['ab*ba', 'aba', false],
  ['a.c', 'abc', false]
])('%s means %s: %s', (pattern, name, expected) => {
  expect(namesFunction(pattern, name)).toBe(expected)
})
