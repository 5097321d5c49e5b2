import { describe, expect, it } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
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
    [
      'not in functions with a docstring',
      "def f():\n  \"what it does\"\n  import a\ndef g():\n  r'''x'''\n  import b\n",
      []
    ],
    [
      'not in functions that begin with a bracket',
      'def f():\n  (x)\n  import a\ndef g():\n  \\\n  y\n  import b\n',
      []
    ],
    [
      'beside names that JavaScript knows',
      'class C:\n  constructor = 1\n  toString = 2\n  import a\n__proto__ = 3\n',
      ['a']
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

/** Of each file of the standard library: what its top and its classes import outright, and what may be imported outside of functions. */
const byPython = String.raw`
import ast, json, os, sys, sysconfig
def named(node):
    if isinstance(node, ast.Import): return [alias.name for alias in node.names]
    return ["." * node.level + (node.module or "")]
def outside(body, found, outright):
    for node in body:
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            found["possible"] += named(node)
            if outright: found["certain"] += named(node)
        elif isinstance(node, ast.ClassDef): outside(node.body, found, outright)
        elif not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            for field in ("body", "orelse", "finalbody"): outside(getattr(node, field, None) or [], found, False)
            for handler in getattr(node, "handlers", []): outside(handler.body, found, False)
            for case in getattr(node, "cases", []): outside(case.body, found, False)
for folder, _, names in os.walk(sysconfig.get_path("stdlib")):
    if "test" in folder or "site-packages" in folder or "dist-packages" in folder: continue
    for name in names:
        if not name.endswith(".py"): continue
        path = os.path.join(folder, name)
        try: tree = ast.parse(open(path, encoding="utf-8").read())
        except (SyntaxError, UnicodeDecodeError): continue
        found = {"path": path, "certain": [], "possible": []}
        outside(tree.body, found, True)
        print(json.dumps(found))
`
const modulesOf = (steps: readonly ImportStep[]): string[] =>
  steps.flatMap(step =>
    step.kind === 'try'
      ? [...modulesOf(step.body), ...modulesOf(step.otherwise ?? [])]
      : ['.'.repeat(step.level) + step.module]
  )

it('finds in the standard library what Python itself finds there', () => {
  const files = execFileSync('python3', ['-I', '-c', byPython], { encoding: 'utf8', maxBuffer: 64_000_000 })
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as { path: string; certain: string[]; possible: string[] })
  expect(files.length).toBeGreaterThan(100)
  const differing = files.flatMap(({ path, certain, possible }) => {
    const found = modulesOf(importSteps(readFileSync(path, 'utf8'), 11))
    const wrong = [
      ...found.filter(module => !possible.includes(module)).map(module => `+${module}`),
      ...certain.filter(module => !found.includes(module)).map(module => `-${module}`)
    ]
    return wrong.length === 0 ? [] : [`${path}: ${wrong.join(' ')}`]
  })
  expect(differing).toEqual([])
})
