import { describe, expect, it } from '@jest/globals'
import { errorLine } from '../../src/model/errors.js'

describe('errorLine', () => {
  it('is one line: code, expected, found, how to fix', () => {
    const finding = { expected: 'a\nb', found: 'c', mend: 'd' }
    expect(errorLine('INTERNAL', finding)).toBe('INTERNAL: Expected a b, found c. To fix: d.')
    const at = { file: 'x.yml', line: 2, column: 3 }
    expect(errorLine('INTERNAL', finding, at)).toBe('x.yml:2:3: INTERNAL: Expected a b, found c. To fix: d.')
  })

  it('ends each part with one full stop, whoever wrote it', () => {
    const finding = { expected: 'a.', found: 'no such branch in the repository. ', mend: 'push it.' }
    expect(errorLine('INTERNAL', finding)).toBe(
      'INTERNAL: Expected a, found no such branch in the repository. To fix: push it.'
    )
    const parts = { expected: 'x', found: 'wait...', mend: '.' }
    expect(errorLine('INTERNAL', parts)).toBe('INTERNAL: Expected x, found wait... To fix: .')
  })
})
