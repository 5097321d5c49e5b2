import { describe, expect, it } from '@jest/globals'
import { CodedError } from '../../../src/model/errors.js'
import type { Verdict } from '../../../src/model/index.js'
import { annotationsOf } from '../../../src/report/status/annotations.js'
import { codedError, failedVerdict, layerResult, runResult } from '../../support/results.js'

const finding = { expected: 'a', found: 'b', mend: 'correct it' }
const at = (file: string, line: number, column = 3) =>
  new CodedError('CONFIG_INVALID', { ...finding, found: `${file}:${line}` }, { location: { file, line, column } })
const messagesOf = (part: Parameters<typeof runResult>[0]) =>
  annotationsOf(runResult(part)).map(({ message }) => message)

describe('annotations', () => {
  it('of a run without a fault are none', () => {
    const passed: Verdict = { guard: 'STALE_RUN', subject: '', passed: true, detail: 'x' }
    expect(annotationsOf(runResult({ verdicts: [passed] }))).toEqual([])
  })

  it('errors, refusals, errors of rows, what stood aside, then warnings', () => {
    const [error, ofRow] = [codedError('GIT_FAILED'), codedError('BUILD_FAILED')]
    const refused = failedVerdict({ subject: 'us-east-2' })
    const aside = { ...failedVerdict({ guard: 'STALE_RUN' }), passed: 'stand-aside' } as Verdict
    const result = runResult({
      ...{ errors: [error], verdicts: [aside, refused], warnings: ['Late.'] },
      layers: [layerResult(), layerResult({ layerId: 'b', error: ofRow })]
    })
    expect(annotationsOf(result)).toEqual([
      { level: 'error', message: error.message, place: { title: 'GIT_FAILED' } },
      {
        level: 'error',
        message: expect.stringMatching(/^ACCOUNT_MISMATCH: /),
        place: { title: 'ACCOUNT_MISMATCH: us-east-2' }
      },
      { level: 'error', message: ofRow.message, place: { title: 'BUILD_FAILED' } },
      { level: 'warning', message: expect.stringMatching(/^STALE_RUN: /), place: { title: 'STALE_RUN' } },
      { level: 'warning', message: 'Late.', place: {} }
    ])
  })

  it('point at the line', () => {
    const error = at('a.yml', 7)
    const place = { title: 'CONFIG_INVALID', file: 'a.yml', line: 7, column: 3 }
    expect(annotationsOf(runResult({ errors: [error] }))).toEqual([{ level: 'error', message: error.message, place }])
  })

  it('each once; an error and a warning of the same words are two', () => {
    const error = codedError()
    expect(
      messagesOf({ errors: [error, error], layers: [layerResult({ error })], warnings: [error.message, 'x', 'x'] })
    ).toEqual([error.message, error.message, 'x'])
  })

  it('of one mistyped file the first; its further problems are told in the log', () => {
    const errors = [at('a.yml', 1), at('a.yml', 2), at('b.yml', 1), codedError(), at('a.yml', 3)]
    expect(annotationsOf(runResult({ errors })).map(({ further }) => further ?? false)).toEqual([
      ...[false, true, false, false, true]
    ])
  })

  it('a run whose first error is of no file has no further ones', () => {
    const errors = [codedError(), codedError('GIT_FAILED'), at('a.yml', 1), at('a.yml', 2)]
    expect(annotationsOf(runResult({ errors })).some(({ further }) => further === true)).toBe(false)
  })
})
