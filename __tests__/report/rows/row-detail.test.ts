/** What is told of a row beside the table. */
import { expect, it } from '@jest/globals'
import { detailsOf } from '../../../src/report/rows/row-detail.js'
import { layerResult, reportContext, runResult } from '../../support/results.js'

const [fromCommit, toCommit] = ['1'.repeat(40), '2'.repeat(40)]
const known = { repository: 'acme/da_flask', subjects: ['One'], total: 1 }

it('F12 a layer named like a member of every object has its own commits, or none', () => {
  const row = layerResult({ layerId: 'toString', fromCommit, toCommit })
  const without = detailsOf(runResult({ layers: [row], history: new Map() }), reportContext()).get(row)
  expect(without?.commits).toBe('')
  const detail = detailsOf(runResult({ layers: [row], history: new Map([['toString', known]]) }), reportContext()).get(
    row
  )
  expect(detail?.commits).toContain('One')
})
