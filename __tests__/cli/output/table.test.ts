import { expect, it } from '@jest/globals'
import fc from 'fast-check'
import { plainDetails } from '../../../src/cli/output/render-text.js'
import { table } from '../../../src/cli/output/table.js'
import { pruneDetails } from '../../../src/operate/prune/plan-prune.js'
import { estateMarkdown } from '../../../src/operate/discover/render-estate.js'

const head = ['LAYER', 'REGION', 'WHY']
const arn = 'arn:aws:lambda:us-east-2:111122223333:layer:dev-da-flask-layer:12'

it('fits the terminal, and loses no word', () => {
  const word = fc.stringMatching(/^[a-z]{1,12}$/)
  const rows = fc.array(
    fc.tuple(
      word,
      word,
      fc.array(word, { minLength: 1, maxLength: 20 }).map(words => words.join(' '))
    ),
    {
      minLength: 1,
      maxLength: 5
    }
  )
  fc.assert(
    fc.property(rows, fc.integer({ min: 20, max: 120 }), (cells, width) => {
      const lines = table(head, cells, { width }).split('\n')
      if (width >= 45) expect(Math.max(...lines.map(line => line.length))).toBeLessThanOrEqual(width)
      const words = lines.join(' ').split(/\s+/)
      for (const each of cells.flatMap(row => row.join(' ').split(' '))) expect(words).toContain(each)
    }),
    { numRuns: 200 }
  )
})

it('an ARN stays whole, in a terminal of 40 columns too', () => {
  for (const width of [40, 60, 80]) expect(table(['LAYER', 'ARN'], [['da_flask', arn]], { width })).toContain(arn)
  expect(table(head, [['a', 'b', 'c']], {})).toBe('LAYER  REGION  WHY\na      b       c')
})

it('details of prune and discover read as text: no marks, no pictures, foreign text as it is', () => {
  const target = { layerName: 'dev-da-flask-layer', region: 'us-east-2' } as never
  const markdown = pruneDetails(
    [
      {
        target,
        decisions: [
          { version: 1, createdAt: '2026-01-01T00:00:00', action: 'delete', why: 'old | unused *and* <b>' },
          { version: 2, createdAt: '2026-01-02T00:00:00', action: 'keep', why: 'deployed' }
        ]
      } as never
    ],
    true
  )
  const text = plainDetails(markdown, 100, false)
  expect(text).toMatch(
    /^Layer versions\n\ndev-da-flask-layer in us-east-2\n\nVERSION +PUBLISHED +WHY\n1 +2026-01-01 +would be deleted +old \| unused \*and\* <b>\n/
  )
  const estate = estateMarkdown({
    places: [
      {
        ...{ environment: 'sandbox', accountId: '111122223333', region: 'us-east-2', bucket: 'code' },
        layers: [
          {
            ...{ name: 'dev-da-flask-layer', layerId: null, deployedVersion: 1, stack: null },
            adopt: 'da_flask: { path: da_flask }',
            versions: [
              {
                ...{ version: 1, codeSha256: 'a'.repeat(44), contentDigest: null, createdAt: '2026' },
                users: [{ functionName: 'orders', functionVersion: '$LATEST', aliases: [] }]
              }
            ]
          }
        ]
      }
    ],
    unread: []
  } as never)
  expect(estate).toContain('```mermaid')
  const shown = plainDetails(estate, 100, false)
  expect(shown).not.toMatch(/```|mermaid|-->|\*\*|&#|<code>|`/)
  expect(shown).toContain('orders')
  expect(shown).toContain('  da_flask: { path: da_flask }')
})
