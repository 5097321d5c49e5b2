import { describe, expect, it } from '@jest/globals'
import type { OwnFilesChange, PackageChange } from '../../../src/model/index.js'
import { mergeComment, renderSection } from '../../../src/report/comment/comment.js'
import { outputsOf } from '../../../src/report/outputs/outputs.js'
import { changesBlock, changesText, packageChangeText, roomText } from '../../../src/report/rows/package-changes.js'
import { renderSummary } from '../../../src/report/summary/summary.js'
import { layerResult, layerResults, reportContext, runResult } from '../../support/results.js'

const moved = { name: 'flask', from: '3.0.2', to: '3.0.3' }
const many = (count: number): PackageChange[] =>
  Array.from({ length: count }, (_, index) => ({ name: `p${index}`, from: null, to: '1.0' }))
const planned = { status: 'planned', previousSizeBytes: 1000, unzippedBytes: 48_000_000, packages: [] } as const
const row = (packagesChanged: readonly PackageChange[] | null) => layerResult({ ...planned, packagesChanged })
const items = (text: string): string[] => text.split('\n').filter(line => line.startsWith('- '))

describe('a change of a package', () => {
  it.each<[Partial<PackageChange>, string]>([
    [{}, 'flask 3.0.2 → 3.0.3'],
    [{ from: null }, 'flask 3.0.3 (added)'],
    [{ to: null }, 'flask 3.0.2 (removed)'],
    [{ to: '3.0.1' }, 'flask 3.0.2 → 3.0.1 (older)'],
    [{ to: '3' }, 'flask 3.0.2 → 3 (older)'],
    [{ from: '3.9', to: '3.10' }, 'flask 3.9 → 3.10'],
    [{ from: '3.0', to: '3' }, 'flask 3.0 → 3'],
    [{ to: '3.0.0rc1' }, 'flask 3.0.2 → 3.0.0rc1 (older)'],
    [{ to: '3.0.3rc1' }, 'flask 3.0.2 → 3.0.3rc1'],
    [{ from: '1 and 2', to: '1' }, 'flask 1 and 2 → 1'],
    [{ licence: { from: 'MIT', to: 'GPL-3.0-only' } }, 'flask 3.0.2 → 3.0.3 (licence MIT → GPL-3.0-only)'],
    [{ licence: { from: '', to: 'MIT' }, to: '3.0.2' }, 'flask 3.0.2 (licence none → MIT)'],
    [{ yanked: true, from: null }, 'flask 3.0.3 (added; yanked from its index)'],
    [
      { yanked: true, to: '3.0.1', licence: { from: 'MIT', to: '' } },
      'flask 3.0.2 → 3.0.1 (older; licence MIT → none; yanked from its index)'
    ]
  ])('%j', (change, text) => {
    expect(packageChangeText({ ...moved, ...change })).toBe(text)
  })
})

it('tells how far a layer is from the most that Lambda takes', () => {
  expect(roomText({ unzippedBytes: 48_000_000 })).toBe('48,000,000 of 262,144,000 bytes unzipped, 214,144,000 left')
  expect(roomText({ unzippedBytes: 262_144_001 })).toContain(', 1 too many')
  expect(roomText(layerResult())).toBe('')
})

describe('in the comment', () => {
  it('ten lines a layer are shown, the next ones folded, the rest counted', () => {
    expect(items(changesText(row([moved])))).toEqual(['- flask 3.0.2 → 3.0.3'])
    const [shown = '', folded = ''] = changesText(row(many(70))).split('<details>')
    expect(items(shown)).toHaveLength(10)
    expect(folded).toContain('and 60 more packages')
    expect(items(folded)).toHaveLength(41)
    expect(items(folded).at(-1)).toContain('20 more in the job summary')
  })
  it('what is marked stands first, before every fold', () => {
    const marked = [
      moved,
      { name: 'zz', from: '2', to: '1' },
      { name: 'zy', from: '1', to: '1', yanked: true as const }
    ]
    const [shown = ''] = changesText(row([...many(40), ...marked])).split('<details>')
    expect(items(shown).slice(0, 2)).toEqual(['- zz 2 → 1 (older)', '- zy 1 (yanked from its index)'])
  })
  it('own files stand as numbers, and what is not known of them or of licences is said', () => {
    const told = (ownFiles: OwnFilesChange | null, licencesCompared = true) =>
      changesText({ ...row([moved]), contentChange: { ownFiles, licencesCompared } })
    expect(told({ added: 1200, changed: 0, removed: 1 })).toContain('Own files: 1,200 added, 1 removed')
    expect(told({ added: 0, changed: 0, removed: 0 })).toContain('Own files: none changes')
    expect(told(null)).toContain('Own files: not known')
    expect(told(null)).not.toContain('Licences')
    expect(told(null, false)).toContain('Licences: not compared')
    expect(changesText(row([moved]))).not.toContain('Own files')
  })
  it('says where nothing changes, and where it is not known', () => {
    expect(changesText(row([]))).toContain('none changes')
    expect(changesText(row(null))).toContain('not known')
    expect(changesText(layerResult())).toBe('')
    const { packagesChanged: _none, ...deployed } = row(null)
    expect(changesText({ ...deployed, status: 'published' })).toBe(roomText(deployed))
  })
  it('a fold in a detail is read back as it was written', () => {
    for (const layers of [[row(many(30))], [row(many(30)), { ...row(null), layerId: 'other' }]]) {
      const history = new Map([['da_flask', { repository: 'acme/da_flask', subjects: ['One'], total: 1 }]])
      for (const part of [{ layers }, { layers, history }]) {
        const section = renderSection(runResult(part), reportContext())!
        expect(mergeComment(section, section)).toBe(section)
        expect(section.match(/<details>/g)).toHaveLength(section.match(/<\/details>/g)!.length)
      }
    }
  })
  it('F84 a hostile name is text', () => {
    const licence = { from: '</details>', to: '@team [x](http://example.com)' }
    const text = changesText(row([{ name: '`|</details>\n@team', from: null, to: '<!-- x -->', licence }]))
    expect(text).not.toContain('](http')
    expect(text).not.toContain('</details>')
    expect(text).not.toMatch(/^@team/m)
    expect(text).not.toContain('<!--')
  })
  it('of 200 layers with 50 changes each it fits, in little time', () => {
    const licence = { from: `MIT ${'<|>'.repeat(60)}`, to: 'GPL-3.0-only' }
    const marked = many(50).map(change => ({ ...change, from: '2.0', licence, yanked: true as const }))
    const contentChange = { ownFiles: { added: 123, changed: 4567, removed: 89 }, licencesCompared: false }
    const layers = layerResults(200, { ...planned, packagesChanged: marked, contentChange })
    const history = new Map(
      layers.map(({ layerId }) => [layerId, { repository: 'acme/x', subjects: ['One'], total: 1 }])
    )
    const section = renderSection(runResult({ layers, history }), reportContext())!
    expect(mergeComment(section, section).length).toBeLessThanOrEqual(65_536)
  })
})

it('of 200 layers without commits to show the marked ones are told, whatever else there is', () => {
  const rows = layerResults(200, { ...planned, packagesChanged: many(30) })
  const layers = rows.map((each, index) =>
    index === 170 ? { ...each, packagesChanged: [...many(30), { name: 'flask', from: '3.0.2', to: '3.0.1' }] } : each
  )
  const section = renderSection(runResult({ layers }), reportContext())!
  const body = mergeComment(section, section)
  expect(body.length).toBeLessThanOrEqual(65_536)
  expect(body).toContain('- flask 3.0.2 → 3.0.1 (older)')
  expect(body).toContain('- and 21 more packages in the job summary')
  for (const { layerId } of layers) expect(body).toContain(layerId)
})

it('5,000 packages of one layer fit everywhere, with words for what is left out', () => {
  const licence = { from: 'MIT', to: 'Apache-2.0' }
  const all = many(5000).map(change => ({ ...change, from: '2.0', licence }))
  const result = runResult({ layers: [row(all)], plan: { steps: [{ 'packages-changed': all }] } })
  const section = renderSection(result, reportContext())!
  expect(mergeComment(section, section).length).toBeLessThanOrEqual(65_536)
  expect(section).toContain('and 4990 more packages')
  expect(Buffer.byteLength(renderSummary(result, reportContext()))).toBeLessThan(1_048_576)
  const { values, warnings } = outputsOf(result, [])
  expect(Object.values(values).join('').length * 2).toBeLessThan(1_000_000)
  expect(warnings).not.toEqual([])
  for (const name of ['layer-versions', 'plan']) expect(() => JSON.parse(values[name] ?? '') as unknown).not.toThrow()
})

it('the job summary has every change, once for all regions, and is bounded', () => {
  const layers = [row(many(60)), { ...row(many(60)), region: 'eu-west-1' }]
  expect(items(changesBlock(layers))).toHaveLength(60)
  expect(renderSummary(runResult({ layers }), reportContext())).toContain('60 packages change')
  expect(items(changesBlock([row(many(2500))])).at(-1)).toContain('500 more in the output')
  expect(changesBlock([row([]), row(null), layerResult()])).toBe('')
  const none = { added: 0, changed: 0, removed: 0 }
  const own = (changed: number) => ({
    ...row([]),
    contentChange: { ownFiles: { ...none, changed }, licencesCompared: true }
  })
  expect(changesBlock([own(0)])).toBe('')
  expect(changesBlock([own(3)])).toContain('no package changes; own files: 3 changed')
})

it('the output layer-versions has them; where they do not fit it says so and keeps the digests', () => {
  const read = (limit?: number) => {
    const { values, warnings } = outputsOf(runResult({ layers: [row(many(100))], plan: null }), [], limit)
    const versions = JSON.parse(values['layer-versions'] ?? '') as Record<string, Record<string, unknown>>
    return { row: versions['da_flask']?.['us-east-2'] as Record<string, unknown>, warnings }
  }
  expect(read().row['packages-changed']).toHaveLength(100)
  expect(read().row['packages-changed']).toContainEqual({ name: 'p7', from: null, to: '1.0' })
  const { row: short, warnings } = read(5000)
  const downgrade = { ...moved, to: '3.0.1', licence: { from: 'MIT', to: 'ISC' } }
  const contentChange = { ownFiles: { added: 1, changed: 2, removed: 3 }, licencesCompared: true }
  const marked = outputsOf(runResult({ layers: [{ ...row([downgrade]), contentChange }], plan: null }), [])
  expect(JSON.parse(marked.values['layer-versions'] ?? '')).toMatchObject({
    da_flask: {
      'us-east-2': {
        'packages-changed': [{ ...downgrade, downgrade: true }],
        'own-files-changed': { added: 1, changed: 2, removed: 3 }
      }
    }
  })
  expect(short).toMatchObject({ 'packages-changed': null, 'content-digest': 'c'.repeat(64) })
  expect(warnings.join()).toContain('layer-versions names no packages')
})
