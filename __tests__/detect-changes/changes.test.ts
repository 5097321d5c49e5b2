import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { detectChanges, type Baseline, type ChangesInput } from '../../src/detect-changes/changes.js'
import { indexEntries, layerSource } from '../../src/detect-changes/source-digest.js'
import type { Layer, LayerSource, Reason, TreeEntry } from '../../src/model/index.js'
import { deployed, entry, layer, objectId } from './builders.js'
import { runs } from '../support/property-runs.js'

const head = [entry('da_flask', '160000', 'a'), entry('constraints.txt', '100644', 'b')]
const plain = layer()
const watching = layer({ alsoWatch: ['constraints.txt'] })
const region = 'us-east-2'

const inRegion = (state: ReturnType<typeof deployed> | null): Baseline => ({
  kind: 'deployed',
  layers: [{ layerId: 'da_flask', region, deployed: state }]
})
const atBase = (of: Layer, entries: readonly TreeEntry[]): Baseline => ({
  kind: 'revision',
  layers: [{ layerId: 'da_flask', region, source: layerSource(of, indexEntries(entries)) }]
})
const placeAtBase = (source: null | 'unknown'): Baseline => ({
  kind: 'revision',
  layers: [{ layerId: 'da_flask', region, source }]
})
const digestOf = (of: Layer): string => layerSource(of, indexEntries(head)).sourceDigest

function detect(of: Layer, baseline: Baseline, change: Partial<ChangesInput> = {}) {
  const sources: readonly LayerSource[] = [layerSource(of, indexEntries(head))]
  return detectChanges({ layers: [of], regions: [region], sources, baseline, force: false, ...change })
}

const unreached = (state: ReturnType<typeof deployed>): Baseline => ({
  kind: 'deployed',
  layers: [{ layerId: 'da_flask', region, deployed: state, accessDiffers: true }]
})

it('F152 what a version declares counts where its source is the same', () => {
  const state = deployed({ sourceDigest: digestOf(plain) })
  const baseline = {
    kind: 'deployed',
    layers: [{ layerId: 'da_flask', region, deployed: state, propertiesDiffer: true }]
  } as const
  expect(detect(plain, baseline)).toMatchObject([{ changed: true, reason: 'recipe-changed' }])
})

it('what others reach counts where nothing else changed', () => {
  const same = { sourceDigest: digestOf(plain) }
  expect(detect(plain, unreached(deployed(same)))).toMatchObject([{ changed: true, reason: 'access-changed' }])
  expect(detect(plain, unreached(deployed(same)), { force: true })).toMatchObject([{ reason: 'forced' }])
  expect(detect(plain, unreached(deployed()))).toMatchObject([{ reason: 'recipe-changed' }])
  expect(detect(plain, unreached(deployed({ ...same, properties: null })))).toMatchObject([
    { reason: 'version-missing' }
  ])
})

type Row = readonly [name: string, of: Layer, baseline: Baseline, reason: Reason, from: string | null]
const rows: readonly Row[] = [
  ['nothing deployed', plain, inRegion(null), 'never-deployed', null],
  ['the same source', plain, inRegion(deployed({ sourceDigest: digestOf(plain) })), 'unchanged', objectId('a')],
  ['another commit', plain, inRegion(deployed({ sourceCommit: objectId('c') })), 'source-changed', objectId('c')],
  ['the same commit, another digest', plain, inRegion(deployed()), 'recipe-changed', objectId('a')],
  ['the same commit and watched paths', watching, inRegion(deployed()), 'source-changed', objectId('a')],
  ['an unknown commit', plain, inRegion(deployed({ sourceCommit: null })), 'source-changed', null],
  ['an adopted version', plain, inRegion(deployed({ sourceDigest: null, sourceCommit: null })), 'base-unknown', null],
  [
    'F59 a version that is gone',
    plain,
    inRegion(deployed({ sourceDigest: digestOf(plain), properties: null })),
    'version-missing',
    objectId('a')
  ],
  ['a region that nobody read', plain, { kind: 'deployed', layers: [] }, 'base-unknown', null],
  ['an unknown base', plain, { kind: 'unknown', why: 'gone' }, 'base-unknown', null],
  ['the same revision', watching, atBase(watching, head), 'unchanged', objectId('a')],
  ['a bump since the base', plain, atBase(plain, [entry('da_flask', '160000', 'c')]), 'source-changed', objectId('c')],
  [
    'a watched path since the base',
    watching,
    atBase(watching, [head[0]!, entry('constraints.txt', '100644', 'c')]),
    'source-changed',
    objectId('a')
  ],
  [
    'a recipe since the base',
    watching,
    atBase({ ...watching, description: 'x' }, head),
    'recipe-changed',
    objectId('a')
  ],
  ['F28 a path that the base did not have', plain, atBase(plain, []), 'never-deployed', null],
  ['F92 what the base deployed nowhere', plain, placeAtBase(null), 'never-deployed', null],
  ['F92 what the base may have deployed', plain, placeAtBase('unknown'), 'base-unknown', null],
  ['F92 a place that nobody looked for', plain, { kind: 'revision', layers: [] }, 'base-unknown', null],
  [
    'F28 a folder that became a submodule',
    plain,
    atBase(plain, [entry('da_flask', '040000', 'c')]),
    'source-changed',
    objectId('c')
  ]
]

describe('detectChanges', () => {
  it.each(rows)('%s', (_name, of, baseline, reason, from) => {
    const changed = reason !== 'unchanged'
    const expected = { layerId: 'da_flask', region, changed, reason, from, to: objectId('a') }
    expect(detect(of, baseline)).toEqual([expected])
    // Forcing adds a reason only where there is none.
    const forced = changed ? expected : { ...expected, changed: true, reason: 'forced' }
    expect(detect(of, baseline, { force: true })).toEqual([forced])
  })

  it.each([
    ['the path is gone', [layerSource(plain, new Map())]],
    ['no source was read', []]
  ])('a removed layer is no change: %s', (_name, sources) => {
    const removed = { layerId: 'da_flask', region, changed: false, reason: 'removed', from: null, to: null }
    expect(detect(plain, inRegion(deployed()), { sources })).toEqual([removed])
    expect(detect(plain, { kind: 'unknown', why: '' }, { sources, force: true })).toEqual([removed])
  })

  it('judges each region by what runs there', () => {
    const regions = ['us-east-2', 'eu-west-1', 'eu-west-2']
    const baseline: Baseline = {
      kind: 'deployed',
      layers: [
        { layerId: 'da_flask', region: 'us-east-2', deployed: deployed({ sourceDigest: digestOf(plain) }) },
        { layerId: 'da_flask', region: 'eu-west-1', deployed: null },
        { layerId: 'other', region: 'eu-west-2', deployed: null }
      ]
    }
    expect(detect(plain, baseline, { regions }).map(change => [change.region, change.reason])).toEqual([
      ['us-east-2', 'unchanged'],
      ['eu-west-1', 'never-deployed'],
      ['eu-west-2', 'base-unknown']
    ])
  })

  it('throws on a baseline of an unknown kind', () => {
    expect(() => detect(plain, { kind: 'guess' } as unknown as Baseline)).toThrow(/unexpected value/)
  })

  it('G10 is total, and silent only where the recorded digest is the one of the head', () => {
    const digests = fc.constantFrom(digestOf(plain), digestOf(watching), 'f'.repeat(64), null)
    const state = fc.option(
      fc.record({ sourceDigest: digests, sourceCommit: fc.constantFrom(objectId('a'), objectId('c'), null) }),
      { nil: null }
    )
    fc.assert(
      fc.property(state, fc.constantFrom(plain, watching), fc.boolean(), (some, of, force) => {
        const [change] = detect(of, inRegion(some === null ? null : deployed(some)), { force })
        const expected = force || some?.sourceDigest !== digestOf(of)
        return change!.changed === expected && (change!.reason === 'unchanged') === !expected
      }),
      { numRuns: runs(10_000) }
    )
  })
})
