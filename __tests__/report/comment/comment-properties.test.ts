import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { LayerStatus, RunResult } from '../../../src/model/index.js'
import { mergeComment, renderSection } from '../../../src/report/comment/comment.js'
import { parseComment, renderDocument } from '../../../src/report/comment/comment-document.js'
import {
  codedError,
  environment,
  failedVerdict,
  layerResult,
  production,
  reportContext,
  runResult
} from '../../support/results.js'

const sectionOf = (part: Partial<RunResult> = {}, runId = '700'): string =>
  renderSection(runResult(part), reportContext({ runId }))!
const rowsIn = (comment: string): string[] =>
  [...comment.matchAll(/<!-- layer-deploy:row (\S+ \S+ \S+) /g)].map(match => match[1]!)

describe('merging, whatever the reports', () => {
  const statuses: LayerStatus[] = ['published', 'unchanged', 'planned', 'failed', 'not-attempted', 'skipped']
  const job = fc.record({
    ids: fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { maxLength: 40 }),
    status: fc.constantFrom(...statuses),
    run: fc.constantFrom('700', '701', '1000'),
    headline: fc.string({ maxLength: 20 }),
    warnings: fc.array(fc.string({ maxLength: 10 }), { maxLength: 3 }),
    failing: fc.boolean(),
    production: fc.boolean()
  })
  type Job = typeof job extends fc.Arbitrary<infer T> ? T : never
  const textOf = ({ ids, status, run, headline, warnings, failing, production: prod }: Job): string =>
    sectionOf(
      {
        environment: prod ? production : environment(),
        headline,
        warnings,
        verdicts: failing ? [failedVerdict()] : [],
        layers: ids.map(id =>
          layerResult({ layerId: `l${id}`, status, error: status === 'failed' ? codedError() : null })
        )
      },
      run
    )

  it('is idempotent', () => {
    fc.assert(
      fc.property(job, job, (one, other) => {
        const merged = mergeComment(textOf(one), textOf(other))
        expect(mergeComment(merged, textOf(other))).toBe(merged)
        expect(mergeComment(null, textOf(one))).toBe(textOf(one))
        expect(renderDocument(parseComment(merged))).toBe(merged)
      }),
      { numRuns: 300 }
    )
  })

  it('does not depend on the order for disjoint rows, nor on how jobs pair up', () => {
    fc.assert(
      fc.property(job, job, job, (a, b, c) => {
        const disjoint = (one: Job, index: number): string => textOf({ ...one, ids: one.ids.map(id => id * 3 + index) })
        const [x, y, z] = [disjoint(a, 0), disjoint(b, 1), disjoint(c, 2)]
        const merged = mergeComment(mergeComment(x, y), z)
        expect(mergeComment(mergeComment(z, y), x)).toBe(merged)
        expect(mergeComment(mergeComment(y, x), z)).toBe(merged)
        expect(mergeComment(x, mergeComment(y, z))).toBe(merged)
      }),
      { numRuns: 300 }
    )
  })

  it('F75 is under the limit whatever it holds', () => {
    fc.assert(
      fc.property(
        fc.array(job, { minLength: 1, maxLength: 4 }),
        fc.array(fc.string({ minLength: 0, maxLength: 3000, unit: 'grapheme' }), { maxLength: 3 }),
        fc.integer({ min: 4_000, max: 30_000 }),
        (jobs, foreign, limit) => {
          const existing = `<!-- layer-deploy -->\n${foreign.join('\n')}`
          const merged = jobs.reduce((body: string, one) => mergeComment(body, textOf(one), { limit }), existing)
          expect(merged.length).toBeLessThanOrEqual(limit)
          expect(merged.startsWith('<!-- layer-deploy -->')).toBe(true)
        }
      ),
      { numRuns: 200 }
    )
  })

  it('never throws on any text', () => {
    const parts = fc.constantFrom(
      '<!-- layer-deploy -->',
      '<!-- layer-deploy:environment x -->',
      '\n',
      '| a |',
      '| --- |',
      '<!-- layer-deploy:row a b published 1.1 --> x |',
      '<!-- /layer-deploy:environment x -->',
      '<!-- layer-deploy:run 1.1 cut -->',
      'text'
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(parts, fc.string()), { maxLength: 20 }), pieces => {
        const merged = mergeComment(pieces.join(''), sectionOf())
        expect(rowsIn(merged)).toContain('da_flask us-east-2 published')
      }),
      { numRuns: 1000 }
    )
  })
})
