import { isDeepStrictEqual } from 'node:util'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { diffGitlinks, type GitlinkChange } from '../../src/detect-changes/gitlink-diff.js'
import type { TreeEntry } from '../../src/model/index.js'
import { entry, objectId } from './builders.js'

const link = (path: string, digit: string): TreeEntry => entry(path, '160000', digit)
const file = (path: string, digit: string): TreeEntry => entry(path, '100644', digit)
const folder = (path: string, digit: string): TreeEntry => entry(path, '040000', digit)
const a = objectId('a')
const b = objectId('b')

type Row = readonly [name: string, base: TreeEntry[], head: TreeEntry[], changes: GitlinkChange[]]
const rows: readonly Row[] = [
  ['nothing', [link('x', 'a')], [link('x', 'a')], []],
  [
    'only the URL in .gitmodules',
    [link('x', 'a'), file('.gitmodules', 'c')],
    [link('x', 'a'), file('.gitmodules', 'd')],
    []
  ],
  ['added', [], [link('x', 'a')], [{ kind: 'added', path: 'x', to: a }]],
  ['removed', [link('x', 'a')], [], [{ kind: 'removed', path: 'x', from: a }]],
  ['bumped', [link('x', 'a')], [link('x', 'b')], [{ kind: 'bumped', path: 'x', from: a, to: b }]],
  ['renamed', [link('x', 'a')], [link('y', 'a')], [{ kind: 'renamed', path: 'y', formerPath: 'x', to: a }]],
  [
    'moved and bumped: one gone, one new',
    [link('x', 'a')],
    [link('y', 'b')],
    [
      { kind: 'removed', path: 'x', from: a },
      { kind: 'added', path: 'y', to: b }
    ]
  ],
  [
    'folder to submodule',
    [folder('x', 'a')],
    [link('x', 'b')],
    [{ kind: 'became-submodule', path: 'x', from: a, to: b }]
  ],
  ['file to submodule', [file('x', 'a')], [link('x', 'b')], [{ kind: 'became-submodule', path: 'x', from: a, to: b }]],
  [
    'submodule to folder',
    [link('x', 'a')],
    [folder('x', 'b')],
    [{ kind: 'ceased-submodule', path: 'x', from: a, to: b }]
  ],
  ['submodule to file', [link('x', 'a')], [file('x', 'b')], [{ kind: 'ceased-submodule', path: 'x', from: a, to: b }]],
  ['files alone', [file('x', 'a'), file('y', 'a')], [file('x', 'b'), file('z', 'a')], []],
  [
    'one commit at several paths: each rename pairs once',
    [link('p', 'a'), link('q', 'a')],
    [link('s', 'a'), link('r', 'a'), link('t', 'a')],
    [
      { kind: 'renamed', path: 'r', formerPath: 'p', to: a },
      { kind: 'renamed', path: 's', formerPath: 'q', to: a },
      { kind: 'added', path: 't', to: a }
    ]
  ]
]

describe('diffGitlinks', () => {
  it.each(rows)('F28 %s', (_name, base, head, changes) => {
    expect(diffGitlinks(base, head)).toEqual(changes)
  })

  it('G10 F28 applied to the base gives the head, whatever the trees', () => {
    const tree = fc
      .uniqueArray(
        fc.tuple(
          fc.constantFrom('p', 'q', 'r', 's'),
          fc.constantFrom('160000', '100644', '040000'),
          fc.constantFrom('a', 'b')
        ),
        {
          selector: ([path]) => path
        }
      )
      .map(entries => entries.map(([path, mode, digit]) => entry(path, mode, digit)))
    fc.assert(
      fc.property(tree, tree, (base, head) => {
        const links = (entries: readonly TreeEntry[]) =>
          new Map(entries.filter(each => each.mode === '160000').map(each => [each.path, each.objectId]))
        const state = links(base)
        const changes = diffGitlinks(base, head)
        for (const change of changes) {
          if (change.kind === 'removed' || change.kind === 'ceased-submodule') state.delete(change.path)
          if (change.kind === 'renamed') state.delete(change.formerPath)
        }
        for (const change of changes) {
          if (change.kind !== 'removed' && change.kind !== 'ceased-submodule') state.set(change.path, change.to)
        }
        return isDeepStrictEqual([...state].sort(), [...links(head)].sort())
      }),
      { numRuns: 10_000 }
    )
  })
})
