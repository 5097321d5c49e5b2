import { describe, expect, it } from '@jest/globals'
import { importSteps, type ImportStep } from '../../../../src/build-layers/inspect/imports/python-source.js'

/** `a.b`, `from .x: p,q`, `try(…|…)`. */
function shown(steps: readonly ImportStep[]): string[] {
  return steps.map(step => {
    if (step.kind === 'try') {
      return `try(${shown(step.body).join(' ')}|${step.otherwise === null ? 'raise' : shown(step.otherwise).join(' ')})`
    }
    const from = `${'.'.repeat(step.level)}${step.module}`
    return step.names === null ? from : `${from}:${step.names.join(',')}`
  })
}
const read = (source: string, minor = 10): string[] => shown(importSteps(source, minor))

describe('importSteps', () => {
  it.each<[string, string, string[]]>([
    ['plain', 'import a.b as c, d\nfrom x.y import (p as q,\n  r)\n', ['a.b', 'd', 'x.y:p,r']],
    ['relative', 'from . import x\nfrom .. m import y\nfrom ...a.b import *\n', ['.:x', '..m:y', '...a.b:']],
    ['continued', 'import a, \\\n  b\r\nimport c; import d\r\n', ['a', 'b', 'c', 'd']],
    ['not in strings', '"""\nimport a\n"""\nx = \'import b\'\ny = r"\\"" ; import c\n', ['c']],
    ['not in comments', '# import a\nimport b # import c\n', ['b']],
    [
      'not in functions',
      'def f():\n  import a\nasync def g(): import b\n@d\ndef h(\n  x):\n    import c\nimport z\n',
      ['z']
    ],
    ['in classes', 'class C(B[x:y]):\n  import a\n  def f(self):\n    import b\n', ['a']],
    ['with', 'with warnings.catch_warnings():\n  import a\nwith suppress(ImportError):\n  import b\n', ['a']],
    [
      'TYPE_CHECKING',
      'if TYPE_CHECKING:\n  import a\nelse:\n  import b\nif not t.TYPE_CHECKING: import c\n',
      ['b', 'c']
    ],
    ['unknown condition', 'if x:\n  import a\nelse:\n  import b\nfor x in y:\n  import c\n', []],
    ['tabs', 'if x:\n\tif y:\n\t\timport a\nimport b\n', ['b']],
    ['a file without an end', 'import a\nx = """', ['a']]
  ])('%s', (_, source, expected) => {
    expect(read(source)).toEqual(expected)
  })

  it.each([
    ['>= (3, 11)', 10, 'tomli'],
    ['>= (3, 11)', 11, 'tomllib'],
    ['< (3, 11)', 10, 'tomllib'],
    ['> (3, 10)', 10, 'tomllib'],
    ['<= (3, 10)', 10, 'tomli'],
    ['>= (3,)', 9, 'tomllib']
  ])('sys.version_info %s under 3.%d: %s', (condition, minor, expected) => {
    const source = `if sys.version_info ${condition}:\n  import tomllib\nelse:\n  import tomli\n`
    expect(read(source, minor)).toEqual([expected])
  })

  it.each<[string, string, string[]]>([
    ['what is tried', 'try:\n  import a\nexcept ImportError:\n  import b\n', ['try(a|b)']],
    ['any exception', 'try: import a\nexcept: a = None\n', ['try(a|)']],
    ['one of several', 'try:\n  import a\nexcept (ValueError, ModuleNotFoundError) as e:\n  pass\n', ['try(a|)']],
    [
      'raised again',
      'try:\n  import a\nexcept ImportError as e:\n  raise RuntimeError("x") from e\n',
      ['try(a|raise)']
    ],
    ['another exception', 'try:\n  import a\nexcept KeyError:\n  pass\n', ['a']],
    ['finally', 'try:\n  import a\nfinally:\n  import b\n', ['a', 'b']],
    ['an exception of its own', 'try:\n  import a\nexcept Odd:\n  pass\nimport c\n', ['try(a|)', 'c']]
  ])('try: %s', (_, source, expected) => {
    expect(read(source)).toEqual(expected)
  })
})
