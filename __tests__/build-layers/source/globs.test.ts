/** F141 globs that somebody wrote to do harm: matching them ends. Those that people write match as picomatch says. */
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import picomatch from 'picomatch'
import { matcherOf } from '../../../src/build-layers/source/globs.js'
import { runs } from '../../support/property-runs.js'

const matched = (glob: string, ...paths: readonly string[]): readonly string[] => [
  ...matcherOf([glob], 'build.exclude')(paths)
]

describe('matcherOf', () => {
  it.each<readonly [string, readonly string[], readonly string[]]>([
    ['**/tests/**', ['python/x/tests/a.py', 'python/x/tests'], ['python/x/test/a.py']],
    ['**/*.pyc', ['a.pyc', 'python/.hidden.pyc'], ['a.py']],
    ['python/*_test_*.py', ['python/a_test_b.py'], ['python/x/a_test_b.py']],
    ['python/{a,b}/**', ['python/a/x', 'python/b/y'], ['python/c/x']],
    ['python/[ab].py', ['python/a.py'], ['python/c.py']],
    ['python/a[1].py', ['python/a1.py', 'python/a[1].py'], []],
    ['python/!(x).py', ['python/y.py'], ['python/x.py']]
  ])('%s', (glob, inside, outside) => {
    expect(matched(glob, ...inside, ...outside)).toEqual(inside)
  })

  it('of several globs each matches', () => {
    const matches = matcherOf(['**/*.pyc', 'python/{a,b}'], 'build.exclude')
    expect([...matches(['x.pyc', 'python/a', 'python/c'])].sort()).toEqual(['python/a', 'x.pyc'])
    expect([...matches([])]).toEqual([])
  })

  it('G10 as picomatch matches', () => {
    const part = fc.constantFrom('a', 'b', '*', '**', '?', '.x', 'a*', '*b', '{a,b}', '[ab]', '@(a|b)', 'a.py', '*.py')
    const glob = fc.array(part, { minLength: 1, maxLength: 4 }).map(parts => parts.join('/'))
    const name = fc.constantFrom('a', 'b', 'ab', '.x', 'a.py', 'tests')
    const path = fc.array(name, { minLength: 1, maxLength: 5 }).map(parts => parts.join('/'))
    fc.assert(
      fc.property(glob, fc.array(path, { maxLength: 8 }), (pattern, paths) => {
        const says = picomatch(pattern, { dot: true })
        expect(matched(pattern, ...paths)).toEqual([...new Set(paths.filter(each => says(each)))])
      }),
      { numRuns: runs(300) }
    )
  })

  it.each(['**/*a*a*a*a*a*a*a*a*a*a*a*b', 'python/([a]+)+x'])('F141 %s is ended, and named', glob => {
    const started = Date.now()
    const work = () => matcherOf([glob], 'build.exclude', 200)([`python/${'a'.repeat(120)}!`])
    expect(work).toThrow(
      /^CONFIG_INVALID: Expected a glob in build\.exclude that is matched within 0\.2 seconds, found /
    )
    expect(work).toThrow(JSON.stringify(glob).slice(1, 10))
    expect(Date.now() - started).toBeLessThan(20_000)
  })

  it('F141 the time is that of all calls', () => {
    const matches = matcherOf(['**/*a*a*a*a*a*a*a*a*a*a*a*b'], 'build.exclude', 500)
    const paths = [`python/${'a'.repeat(120)}!`]
    expect(() => matches(paths)).toThrow('CONFIG_INVALID')
    const started = Date.now()
    expect(() => matches(paths)).toThrow('CONFIG_INVALID')
    expect(Date.now() - started).toBeLessThan(400)
  })
})
