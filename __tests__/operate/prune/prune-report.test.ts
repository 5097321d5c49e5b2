/** What a prune says: the reason for each version, headline, page and plan as JSON, whole. */
import { describe, expect, it } from '@jest/globals'
import type { DeployedVersion } from '../../../src/model/index.js'
import { planPrune, pruneDetails, pruneDocument, pruneHeadline } from '../../../src/operate/prune/plan-prune.js'
import { targetsOf } from '../../../src/publish-layers/target.js'
import { layer, sandbox } from '../../support/configs.js'
import { codedError } from '../../support/results.js'

const now = Date.parse('2026-11-23T12:00:00Z')
const [target, other] = targetsOf(sandbox, [layer('a'), layer('b')], ['us-east-2']) as [Target, Target]
type Target = ReturnType<typeof targetsOf>[number]
const version = (number: number, createdAt = '2026-11-01T09:30:00.000Z') => ({
  ...{ version: number, arn: `arn:${number}`, description: '', licenseInfo: '', createdAt },
  ...{ compatibleRuntimes: [], compatibleArchitectures: [] }
})
const deployed = { version: 4, arn: 'arn:4' } as DeployedVersion
const users = new Map([['arn:2', ['function orders:3', 'output Arn of stack s']]])
/** In the order in which no list of AWS has them. */
const versions = [version(1), version(5), version(4), version(3, '2026-11-22T12:00:00.001Z'), version(2)]
const steps = planPrune([{ target, deployed, versions, users }], 1, now)

it('each version has its reason, the newest first', () => {
  const of = (keep: number, changes: object = {}) =>
    planPrune([{ target, deployed, versions, users, ...changes }], keep, now)[0]!.decisions.map(
      each => `${each.version} ${each.action}: ${each.why}`
    )
  expect(of(1)).toEqual([
    '5 keep: not older than what is deployed; one of the newest 1',
    '4 keep: deployed',
    '3 keep: younger than a day',
    '2 keep: used by function orders:3, output Arn of stack s',
    '1 delete: nobody uses it'
  ])
  expect(of(4).slice(3)).toEqual([
    '2 keep: used by function orders:3, output Arn of stack s; one of the newest 4',
    '1 delete: nobody uses it'
  ])
  expect(of(1, { deployed: null, users: new Map() }).slice(-1)).toEqual(['1 keep: not older than what is deployed'])
})

it('a version of exactly a day may go', () => {
  const [, day] = planPrune(
    [{ target, deployed, users, versions: [version(4), version(3, '2026-11-22T12:00:00.000Z')] }],
    1,
    now
  )[0]!.decisions
  expect(day).toEqual({
    ...{ version: 3, arn: 'arn:3', createdAt: '2026-11-22T12:00:00.000Z', action: 'delete', why: 'nobody uses it' }
  })
})

it('the plan as JSON', () => {
  const createdAt = '2026-11-01T09:30:00.000Z'
  const one = planPrune([{ target, deployed, versions: [version(4), version(1)], users }], 1, now)
  expect(pruneDocument(one)).toEqual([
    {
      ...{ layer: 'a', region: 'us-east-2', 'layer-name': 'dev-a-layer' },
      versions: [
        { version: 4, action: 'keep', why: 'deployed; one of the newest 1', created: createdAt },
        { version: 1, action: 'delete', why: 'nobody uses it', created: createdAt }
      ]
    }
  ])
})

describe('the headline', () => {
  const none = planPrune([{ target, deployed, versions: [version(4)], users }], 1, now)
  const two = planPrune([{ target, deployed, versions: [version(4), version(3), version(1)], users }], 1, now)
  const where = 'in sandbox (111122223333)'
  it.each([
    ['a dry run', true, steps, 0, [], `1 layer version would be deleted, 4 kept, ${where}`],
    ['a dry run with two', true, two, 0, [], `2 layer versions would be deleted, 1 kept, ${where}`],
    ['one', false, steps, 1, [], `1 layer version deleted, 4 kept, ${where}`],
    ['nothing', false, none, 0, [], `0 layer versions deleted, 1 kept, ${where}`],
    ['one of two, as a function was moved', false, two, 1, [], `1 layer version deleted, 2 kept, ${where}`],
    ['half of it failed', false, two, 1, [codedError()], `1 layer version deleted, 2 kept, ${where}`],
    ['all of it failed', false, two, 0, [codedError()], `ACCESS_DENIED: no version was deleted ${where}`]
  ])('%s', (_what, dryRun, planned, deleted, errors, expected) => {
    expect(pruneHeadline({ environment: sandbox, dryRun }, planned, deleted, errors)).toBe(expected)
  })
})

describe('the page', () => {
  const two = planPrune(
    [
      { target, deployed, versions: [version(4), version(1)], users },
      { target: other, deployed: null, versions: [], users }
    ],
    1,
    now
  )
  const page = (what: string) =>
    [
      ...['## Layer versions', '', '### `dev-a-layer` in `us-east-2`', ''],
      ...['| Version | Published | | Why |', '| --- | --- | --- | --- |'],
      '| 4 | 2026-11-01 | kept | deployed; one of the newest 1 |',
      `| 1 | 2026-11-01 | **${what}** | nobody uses it |`,
      ...['', '### `dev-b-layer` in `us-east-2`', '', 'No version.', '']
    ].join('\n')
  it.each([
    ['a plan', true, 'would be deleted'],
    ['what was done', false, 'deleted']
  ])('%s', (_what, planned, what) => {
    expect(pruneDetails(two, planned)).toBe(page(what))
  })

  it('a name that others chose is text', () => {
    const strange = new Map([['arn:1', ['output <b>|x of stack s']]])
    const told = pruneDetails(planPrune([{ target, deployed, versions: [version(1)], users: strange }], 1, now), true)
    expect(told).not.toMatch(/<b>|[^\\]\|x/)
  })
})
