import { describe, expect, it } from '@jest/globals'
import { outputsOf } from '../../../src/report/outputs/outputs.js'
import { sizesBlock, sizeText } from '../../../src/report/rows/package-changes.js'
import { renderSummary } from '../../../src/report/summary/summary.js'
import { layerResult, reportContext, runResult } from '../../support/results.js'

const packages = [
  { name: 'numpy', version: '2.2.6', sizeBytes: 47_400_000 },
  { name: 'python/da_flask', version: null, sizeBytes: 1200 }
]
const built = layerResult({ sizeBytes: 2000, previousSizeBytes: 1500, unzippedBytes: 48_000_000, packages })

describe('sizes', () => {
  it.each([
    [built, 'zip 2.0 kB (+500 B), 48.0 MB unzipped'],
    [{ ...built, previousSizeBytes: null }, 'zip 2.0 kB, 48.0 MB unzipped'],
    [{ ...built, previousSizeBytes: 2000 }, 'zip 2.0 kB (as before), 48.0 MB unzipped'],
    [{ ...built, status: 'planned' as const }, 'zip 2.0 kB (+500 B), 48.0 MB unzipped'],
    [layerResult({ sizeBytes: 2000, previousSizeBytes: 3500 }), 'zip 2.0 kB (−1.5 kB)'],
    // What the region runs already is no news.
    [layerResult({ sizeBytes: 2000, status: 'planned' }), ''],
    [layerResult({ sizeBytes: null }), '']
  ])('%#: %s', (row, text) => {
    expect(sizeText(row)).toBe(text)
  })

  it('of each layer once, folded, with its largest packages, in the job summary', () => {
    const result = runResult({ layers: [built, { ...built, region: 'eu-west-1' }] })
    const summary = renderSummary(result, reportContext())
    expect(summary).toContain(
      '<details><summary>Sizes of <code>da&#95;flask</code>, and the largest packages</summary>'
    )
    const row =
      '| `da_flask` | zip 2.0 kB (+500 B), 48.0 MB unzipped | `numpy 2.2.6 47.4 MB` · `python/da_flask 1.2 kB` |'
    expect(summary.split(row)).toHaveLength(2)
    expect(sizesBlock([layerResult()])).toBe('')
  })

  it('F84 a package of a hostile name is text', () => {
    const hostile = { name: '`|</details>@team\n', version: '<!--', sizeBytes: 1 }
    const block = sizesBlock([{ ...built, packages: [hostile] }])
    expect(block.split('\n').filter(line => line.startsWith('|'))).toHaveLength(3)
    expect(block.match(/<\/details>/g)).toHaveLength(1)
    expect(block).not.toMatch(/^@team/m)
  })

  it('of many layers is cut, and says where the rest is', () => {
    const rows = Array.from({ length: 45 }, (_, index) => layerResult({ ...built, layerId: `l${index}` }))
    expect(sizesBlock(rows)).toContain('*5 more are in the output `plan`.*')
    expect(
      sizesBlock(rows)
        .split('\n')
        .filter(line => line.startsWith('| `l'))
    ).toHaveLength(40)
  })

  it('F77 outputs over the limit lose the packages first, and keep the plan', () => {
    const plan = { outcome: 'apply', steps: [], 'largest-packages': { da_flask: 'x'.repeat(5000) } }
    const result = runResult({ layers: [built], plan })
    const { values, warnings } = outputsOf(result, [], 9000)
    expect(JSON.parse(values['plan'] ?? '')).toEqual({ ...plan, 'largest-packages': {} })
    expect(warnings).toEqual(['The outputs are over 9000 bytes: the output plan names no packages.'])
    expect(JSON.parse(values['layer-versions'] ?? '')).toMatchObject({
      da_flask: { 'us-east-2': { 'size-bytes': 2000, 'size-change-bytes': 500, 'unzipped-bytes': 48_000_000 } }
    })
  })
})
