/** F141 modules that somebody wrote to do harm: following their imports ends, in time and without filling the stack. */
import { afterAll, expect, it } from '@jest/globals'
import { ImportResolver } from '../../../../src/build-layers/inspect/imports/resolve-imports.js'
import { importSteps } from '../../../../src/build-layers/inspect/imports/python-source.js'
import { scratchFolders } from '../../scratch.js'

const scratch = scratchFolders()
afterAll(() => {
  scratch.remove()
})
const resolve = (tree: Readonly<Record<string, string>>, module: string) =>
  new ImportResolver([scratch.make(tree)], 10).resolve(module, module)

it('F141 a chain of 3,000 modules', () => {
  const chain = Object.fromEntries(Array.from({ length: 3_000 }, (_, at) => [`m${at}.py`, `import m${at + 1}\n`]))
  expect(resolve(chain, 'm0')).toBeNull()
  // What lies within reach is still told.
  expect(resolve({ 'm0.py': 'import m1\n', 'm1.py': 'import gone\n' }, 'm0')).toMatchObject({ module: 'gone' })
})

it('F141 a line of a hundred thousand names', () => {
  const started = performance.now()
  const names = `from . import a\n${'a,'.repeat(100_000)}\n`
  expect(resolve({ 'p/__init__.py': names, 'p/a.py': 'import gone\n' }, 'p')).toMatchObject({ module: 'gone' })
  expect(performance.now() - started).toBeLessThan(10_000)
})

it.each(['a = 1', 'a: int = 1', 'a, b = 1, 2', '(b, a) = 1, 2', 'b = a = 1', 'def a(): pass', 'from x import a'])(
  'a package that has the name by itself imports no submodule: %s',
  line => {
    const tree = { 'p/__init__.py': `${line}\nfrom . import a\n`, 'p/a.py': 'import gone\n', 'x.py': 'a = 1\n' }
    expect(resolve(tree, 'p')?.module ?? null).toBe(line === 'b = a = 1' ? 'gone' : null)
  }
)

it('F141 a statement of 200,000 imports, and a condition as long', () => {
  expect(importSteps(`import ${'a,'.repeat(200_000)}`, 10)).toHaveLength(200_000)
  expect(importSteps(`if ${'not '.repeat(100_000)}True:\n  import a\n`, 10)).toEqual([])
  expect(importSteps('if not False:\n  import a\n', 10)).toHaveLength(1)
})
