import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { parseConfig } from '../../../src/config/load.js'
import type { DeployedVersion } from '../../../src/model/index.js'
import { layerVersionArns } from '../../../src/operate/consumers.js'
import { planPrune, type PruneFacts, pruneDetails } from '../../../src/operate/prune/plan-prune.js'
import { targetsOf } from '../../../src/publish-layers/target.js'
import { configText } from '../../bundle/config-text.js'

const config = parseConfig(configText(), 'c.yml')
const target = targetsOf(config.environments[0]!, config.layers, ['us-east-2'])[0]!
const now = Date.parse('2026-11-23T12:00:00Z')
const day = 86_400_000
const version = (number: number, ageMilliseconds = 10 * day) => ({
  ...{ version: number, arn: `arn:${number}`, description: '', licenseInfo: '' },
  ...{ compatibleRuntimes: [], compatibleArchitectures: [] },
  createdAt: new Date(now - ageMilliseconds).toISOString()
})
const deployed = (number: number) => ({ version: number, arn: `arn:${number}` }) as DeployedVersion
const facts = (changes: Partial<PruneFacts> = {}): PruneFacts => ({
  ...{ target, deployed: deployed(5), versions: [5, 4, 3, 2, 1].map(each => version(each)), users: new Map() },
  ...changes
})
const doomed = (fact: PruneFacts, keep = 1) =>
  planPrune([fact], keep, now)[0]!.decisions.flatMap(each => (each.action === 'delete' ? [each.version] : []))

describe('the plan of a prune', () => {
  it('deletes what is beyond the newest and used by nobody', () => {
    expect(doomed(facts())).toEqual([4, 3, 2, 1])
    expect(doomed(facts(), 3)).toEqual([2, 1])
    expect(doomed(facts(), 10)).toEqual([])
  })

  it('keeps what a function or an output uses, and says who', () => {
    const users = new Map([['arn:2', ['function orders:3', 'output Arn of stack s']]])
    expect(doomed(facts({ users }))).toEqual([4, 3, 1])
    expect(pruneDetails(planPrune([facts({ users })], 1, now), true)).toContain('used by function orders:3')
  })

  it('keeps the deployed version, also after a rollback made an old number of the newest', () => {
    expect(doomed(facts({ deployed: deployed(3) }))).toEqual([2, 1])
    expect(doomed(facts({ deployed: null }))).toEqual([])
  })

  it('keeps what is younger than a day, and what has no age', () => {
    expect(doomed(facts({ versions: [version(5), version(4, day - 1), version(3, day)] }))).toEqual([3])
    expect(doomed(facts({ versions: [version(5), { ...version(4), createdAt: 'soon' }] }))).toEqual([])
  })

  it('G10 never deletes what is used, deployed, young or among the newest', () => {
    const numbers = fc.uniqueArray(fc.integer({ min: 1, max: 30 }), { minLength: 1 })
    fc.assert(
      fc.property(numbers, numbers, fc.integer({ min: 1, max: 10 }), fc.nat(30), (present, used, keep, current) => {
        const users = new Map(used.map(each => [`arn:${each}`, ['function x']]))
        const versions = present.map(each => version(each, (each % 3) * day))
        const gone = doomed(facts({ versions, users, deployed: deployed(current) }), keep)
        const newest = [...present].sort((a, b) => b - a).slice(0, keep)
        return gone.every(
          each =>
            !used.includes(each) && each < current && each % 3 !== 0 && !newest.includes(each) && present.includes(each)
        )
      }),
      { numRuns: 10_000 }
    )
  })

  it('reads whole ARNs out of an output, not beginnings of them', () => {
    const arn = 'arn:aws:lambda:us-east-2:111122223333:layer:x:1'
    expect(layerVersionArns(`${arn}2,${arn}`)).toEqual([`${arn}2`, arn])
    expect(layerVersionArns('arn:aws:lambda:us-east-2:111122223333:layer:x')).toEqual([])
  })
})
