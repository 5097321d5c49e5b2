import { expect, it } from '@jest/globals'
import { renderBuilt, renderText } from '../../../src/cli/output/render-text.js'
import { layerResult, runResult } from '../../support/results.js'

const changes = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ name: `p${index}`, from: '1', to: '2' }))
const built = layerResult({
  ...{ status: 'planned', sizeBytes: 2000, previousSizeBytes: 1500, unzippedBytes: 4000 },
  packagesChanged: changes(12)
})

it('each built layer once, with its size and at most ten packages', () => {
  const text = renderBuilt([built, { ...built, region: 'eu-west-1' }, layerResult({ layerId: 'other' })])
  const lines = text.split('\n')
  expect(lines).toHaveLength(12)
  expect(lines[0]).toBe(
    'da_flask: zip 2.0 kB (+500 B), 4.0 kB unzipped; 4,000 of 262,144,000 bytes unzipped, 262,140,000 left'
  )
  expect(lines[1]).toBe('- p0 1 → 2')
  expect(lines.at(-1)).toBe('- and 2 more packages')
})

it('stands below the table; a control character in a name does nothing', () => {
  const packagesChanged = [{ name: 'x\u001b[31m', from: null, to: '1' }]
  const text = renderText(runResult({ layers: [{ ...built, packagesChanged }] }), false)
  expect(text).toContain('(added)')
  expect(text).not.toContain('\u001b')
  expect(renderBuilt([layerResult()])).toBe('')
})

it('marked packages come first, own files and what is not known of licences last', () => {
  const packagesChanged = [...changes(12), { name: 'zipp', from: '2', to: '1', yanked: true as const }]
  const contentChange = { ownFiles: { added: 0, changed: 3, removed: 0 }, licencesCompared: false }
  const lines = renderBuilt([{ ...built, packagesChanged, contentChange }]).split('\n')
  expect(lines[1]).toBe('- zipp 2 → 1 (older; yanked from its index)')
  expect(lines.slice(-3)).toEqual([
    '- and 3 more packages',
    'Own files: 3 changed',
    expect.stringContaining('Licences: not compared')
  ])
})
