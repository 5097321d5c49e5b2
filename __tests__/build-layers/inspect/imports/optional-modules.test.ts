import { afterAll, expect, it } from '@jest/globals'
import { join } from 'node:path'
import { optionalModules } from '../../../../src/build-layers/inspect/imports/optional-modules.js'
import { scratchFolders, type Tree } from '../../scratch.js'

const scratch = scratchFolders()
afterAll(() => {
  scratch.remove()
})

const compiled = 'p/_fast.cpython-310-x86_64-linux-gnu.so'
const guarded = 'try:\n  from . import fast\nexcept ImportError:\n  fast = None\n'
const accelerator: Tree = { [compiled]: '', 'p/fast.py': 'from p._fast import loads\n', 'p/__init__.py': guarded }

it.each<[string, Tree]>([
  ['behind a module of its own', accelerator],
  [
    'imported with a fallback',
    { [compiled]: '', 'p/__init__.py': 'try: from ._fast import *\nexcept ImportError: from .slow import *\n' }
  ],
  ['found by a condition', { ...accelerator, 'other.py': 'if p.fast:\n  from p._fast import loads\n' }],
  [
    'a function that asks first',
    { ...accelerator, 'p/use.py': 'def f():\n  try:\n    import p._fast\n  except Exception:\n    pass\n' }
  ]
])('F117 a compiled module that its package does without: %s', (_, tree) => {
  const root = scratch.make(tree)
  expect([...optionalModules([root], 10, [join(root, compiled)])]).toEqual([join(root, compiled)])
})

it.each<[string, Tree]>([
  ['nobody imports it', { [compiled]: '', 'p/__init__.py': '' }],
  ['the package needs it', { [compiled]: '', 'p/__init__.py': 'from . import _fast\n' }],
  [
    'its handler gives up',
    {
      [compiled]: '',
      'p/__init__.py': 'try:\n  import p._fast\nexcept ImportError as e:\n  raise ImportError("x") from e\n'
    }
  ],
  ['a public module needs it', { ...accelerator, 'p/public.py': '"""Doc."""\nfrom ._fast import x\n' }],
  ['somebody else needs it', { ...accelerator, 'team/__init__.py': 'import p.fast\n' }],
  [
    'one of its functions needs it',
    { ...accelerator, 'p/use.py': 'class C:\n  def f(self):\n    "doc"\n    from ._fast import x\n' }
  ],
  ['it lies elsewhere', { 'x.y/z.so': '', 'p/__init__.py': guarded }]
])('F117 one that cannot be done without: %s', (_, tree) => {
  const root = scratch.make(tree)
  const file = join(root, Object.keys(tree).find(path => path.endsWith('.so')) ?? '')
  expect([...optionalModules([root], 10, [file])]).toEqual([])
})
