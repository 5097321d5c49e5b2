import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { matrixOf } from '../../../src/report/outputs/matrix.js'
import { outputNames, outputsOf } from '../../../src/report/outputs/outputs.js'
import { layerResult, layerResults, runResult } from '../../support/results.js'

const layers = [{ id: 'da_flask' }, { id: 'da_framework' }]
const parsed = (text: string | undefined): unknown => JSON.parse(text ?? 'missing')

describe('outputs', () => {
  it('carry what DESIGN.md says, all strings', () => {
    const rows = [layerResult(), layerResult({ layerId: 'da_framework', status: 'unchanged', reason: 'unchanged' })]
    const { values, warnings } = outputsOf(runResult({ layers: rows }), layers)
    expect(warnings).toEqual([])
    expect(values).toEqual({
      command: 'deploy',
      environment: 'sandbox',
      stage: 'dev',
      'account-id': '111122223333',
      regions: '["us-east-2"]',
      changed: 'true',
      'changed-layers': '["da_flask"]',
      matrix: '{"include":[{"layers":"da_flask","region":"us-east-2","environment":"sandbox"}]}',
      'layer-versions': values['layer-versions'],
      versions: values['versions'],
      conclusion: 'success',
      plan: '{"steps":[]}',
      sboms: '{}',
      consumers: '{}',
      da_flask_changed: 'true',
      da_flask_published: 'true',
      da_flask_version: '2',
      da_flask_arn: 'arn:aws:lambda:us-east-2:111122223333:layer:dev-da-flask-layer:2',
      da_framework_changed: 'false',
      da_framework_published: 'false',
      da_framework_version: '2',
      da_framework_arn: 'arn:aws:lambda:us-east-2:111122223333:layer:dev-da-framework-layer:2'
    })
    const named = { 'us-east-2': { status: 'published', 'layer-name': 'dev-da-flask-layer', version: 2 } }
    expect(parsed(values['versions'])).toMatchObject({ da_flask: named })
    expect(values['versions']).not.toContain('111122223333')
    expect(parsed(values['layer-versions'])).toMatchObject({
      da_flask: {
        'us-east-2': {
          status: 'published',
          'layer-name': 'dev-da-flask-layer',
          version: 2,
          arn: 'arn:aws:lambda:us-east-2:111122223333:layer:dev-da-flask-layer:2',
          'artifact-sha256': 'a'.repeat(64),
          'content-digest': 'c'.repeat(64),
          'source-digest': '5'.repeat(64),
          'size-bytes': 1234,
          reason: 'source-changed'
        }
      }
    })
  })

  it('are there, empty, where there is no environment and no version', () => {
    const { values } = outputsOf(runResult({ environment: null, layers: [], changedLayers: [], plan: null }), layers)
    expect(values).toMatchObject({ environment: '', stage: '', 'account-id': '', changed: 'false', plan: 'null' })
    expect(values).toMatchObject({ matrix: '{"include":[]}', 'layer-versions': '{}', da_flask_changed: 'false' })
    expect(values).toMatchObject({ da_flask_version: '', da_flask_arn: '' })
    expect(Object.keys(values)).toEqual(expect.arrayContaining([...outputNames]))
  })

  it('F109 <id>_published is true only where this run published', () => {
    const published = (part: Parameters<typeof layerResult>[0]) =>
      outputsOf(runResult({ layers: [layerResult(part)], changedLayers: ['da_flask'] }), layers).values
    for (const status of ['planned', 'unchanged', 'failed', 'skipped', 'not-attempted'] as const) {
      expect(published({ status })).toMatchObject({ da_flask_changed: 'true', da_flask_published: 'false' })
    }
    for (const status of ['published', 'rolled-back'] as const) {
      expect(published({ status })).toMatchObject({ da_flask_published: 'true', da_framework_published: 'false' })
    }
    expect(published({ region: 'eu-west-1' })).toMatchObject({ da_flask_published: 'true' })
  })

  it('per layer state the first region', () => {
    const rows = [layerResult({ region: 'eu-west-1', version: 9 }), layerResult({ version: 4 })]
    const { values } = outputsOf(runResult({ layers: rows, regions: ['us-east-2', 'eu-west-1'] }), [])
    expect(values['da_flask_version']).toBe('4')
  })

  it('F12 a layer called __proto__ is one like any other', () => {
    const { values } = outputsOf(runResult({ layers: [layerResult({ layerId: '__proto__' })] }), [])
    expect(values['layer-versions']).toContain('"__proto__":{"us-east-2"')
    expect(values['__proto___version']).toBe('2')
  })

  it('F77 over the limit the plan goes first, then digests; JSON stays valid and a warning says so', () => {
    const result = runResult({ layers: layerResults(40), plan: { steps: ['x'.repeat(50_000)] } })
    const withoutPlan = outputsOf(result, [], 100_000)
    expect(withoutPlan.values['plan']).toBe('null')
    expect(withoutPlan.warnings).toEqual(['The outputs are over 100000 bytes: the output plan is null.'])
    expect(withoutPlan.values['layer-versions']).toContain('a'.repeat(64))
    const withoutDigests = outputsOf(result, [], 50_000)
    expect(withoutDigests.values['layer-versions']).not.toContain('a'.repeat(64))
    expect(withoutDigests.values['layer-versions']).toContain('layer_00039')
  })

  it('F77 never over 1 MB, and always valid JSON', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 120 }), fc.integer({ min: 3_000, max: 200_000 }), (count, limit) => {
        const rows = layerResults(count, { layerName: 'n"'.repeat(20) })
        const { values } = outputsOf(runResult({ layers: rows, plan: rows }), [], limit)
        const size = Object.entries(values).reduce((sum, [name, value]) => sum + 2 * (name.length + value.length), 0)
        expect(size).toBeLessThanOrEqual(limit)
        for (const name of ['regions', 'changed-layers', 'matrix', 'layer-versions', 'plan'] as const) {
          expect(() => parsed(values[name])).not.toThrow()
        }
      }),
      { numRuns: 100 }
    )
    const { values } = outputsOf(runResult({ layers: layerResults(5000), plan: layerResults(5000) }), [])
    expect(JSON.stringify(values).length * 2).toBeLessThan(1_200_000)
  })
})

describe('matrix', () => {
  const regionsOf = (count: number): string[] => Array.from({ length: count }, (_unused, index) => `region-${index}`)
  const resultOf = (layerCount: number, regionCount: number) => {
    const regions = regionsOf(regionCount)
    return runResult({
      regions,
      layers: regions.flatMap(region => layerResults(layerCount, { region, status: 'planned' }))
    })
  }

  it('F26 has one entry per pair up to 256, then shares', () => {
    expect(matrixOf(resultOf(128, 2))).toHaveLength(256)
    const shared = matrixOf(resultOf(300, 2))
    expect(shared).toHaveLength(256)
    const sizes = shared.map(entry => entry.layers.split(',').length)
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
  })

  it('F26 covers each changed layer and region once, in at most 256 entries, evenly', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 30 }), counts => {
        const rows = counts.flatMap((count, index) =>
          layerResults(count, { region: `region-${index}`, status: 'planned' })
        )
        const entries = matrixOf(runResult({ layers: rows }))
        expect(entries.length).toBeLessThanOrEqual(256)
        const pairs = entries.flatMap(entry => entry.layers.split(',').map(layer => `${layer} ${entry.region}`))
        expect(pairs.sort()).toEqual(rows.map(row => `${row.layerId} ${row.region}`).sort())
        for (const region of new Set(entries.map(entry => entry.region))) {
          const sizes = entries.filter(entry => entry.region === region).map(entry => entry.layers.split(',').length)
          expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
        }
      }),
      { numRuns: 100 }
    )
  })

  it('F26 beyond the limit a heavy layer has an entry to itself, and an unknown one counts as a usual one', () => {
    const sizes = [1_000_000, 90_000_000, null, 1_000_000, 2_000_000, 1_000_000]
    const layers = sizes.map((sizeBytes, index) => layerResult({ layerId: `l${index}`, sizeBytes, status: 'planned' }))
    const entries = matrixOf(runResult({ layers }), 3).map(entry => entry.layers)
    expect(entries).toEqual(['l0,l3,l4', 'l1', 'l2,l5'])
  })

  it('leaves out what needs no work: unchanged rows and removed layers', () => {
    const rows = [
      layerResult({ region: 'eu-west-1', status: 'planned' }),
      layerResult({ status: 'unchanged', reason: 'unchanged' }),
      layerResult({ layerId: 'gone', status: 'planned', reason: 'removed' })
    ]
    expect(matrixOf(runResult({ layers: rows, changedLayers: ['da_flask', 'gone'] }))).toEqual([
      { layers: 'da_flask', region: 'eu-west-1', environment: 'sandbox' }
    ])
  })

  it('has every region of a changed layer that has no row yet', () => {
    expect(matrixOf(runResult({ layers: [], changedLayers: ['a'], regions: ['r1', 'r2'] }))).toHaveLength(2)
  })
})
