import { describe, expect, it } from '@jest/globals'
import type { DirectoryEntry } from '../../../src/model/packages.js'
import { ownFileChanges, type ComparedFiles } from '../../../src/publish-layers/plan/content-changes.js'

/** `path`, or `path=content`. */
const entries = (...files: string[]): DirectoryEntry[] =>
  files.map(file => {
    const [path = '', content = '1'] = file.split('=')
    return { path, mode: '100644', crc32: Number(content), sizeBytes: 1 }
  })
const changes = (
  before: readonly DirectoryEntry[],
  after: readonly DirectoryEntry[],
  own: readonly string[],
  ownPlacesBefore: readonly string[] | null = null
) => {
  const compared: ComparedFiles = {
    ...{ before, after, own: new Set(own) },
    ownPlacesBefore: ownPlacesBefore === null ? null : new Set(ownPlacesBefore)
  }
  return ownFileChanges(compared)
}
const flask = ['python/flask/app.py', 'python/flask-1.dist-info/METADATA']

describe('own files', () => {
  it('are added, changed by content, size or mode, and removed', () => {
    const kept = entries('python/a/same.py', 'python/a/other.py', 'python/a/mode.py', 'python/a/gone.py', 'python/a/')
    const [same, other, mode] = kept as [DirectoryEntry, DirectoryEntry, DirectoryEntry]
    const after = [
      same,
      { ...other, sizeBytes: 2 },
      { ...mode, mode: '100755' as const },
      ...entries('python/a/new.py')
    ]
    const own = after.map(({ path }) => path)
    expect(changes(kept, after, own)).toEqual({ added: 1, changed: 2, removed: 1 })
    expect(changes(kept, kept, own)).toEqual({ added: 0, changed: 0, removed: 0 })
  })
  it('of packages do not count, whatever changes in them', () => {
    const before = entries(...flask, 'python/flask/old.py', 'python/own.py')
    const after = entries('python/flask/app.py=2', 'python/flask-2.dist-info/METADATA', 'python/own.py=2')
    expect(changes(before, after, ['python/own.py'])).toEqual({ added: 0, changed: 1, removed: 0 })
  })
  it('that are gone with their whole module are the team’s where the bill of materials says so', () => {
    const before = entries(...flask, 'python/lib.py', 'python/mine/a.py', 'python/yaml/b.py')
    const after = entries(...flask, 'python/lib.py')
    const own = ['python/lib.py']
    expect(changes(before, after, own, ['python/mine', 'python/lib.py'])).toEqual({ added: 0, changed: 0, removed: 1 })
    // PyYAML, or the team's own? Nobody can tell.
    expect(changes(before, after, own)).toBeNull()
  })
  it('of a layer without packages are all the team’s', () => {
    expect(changes(entries('python/mine/a.py'), [], [])).toEqual({ added: 0, changed: 0, removed: 1 })
  })
  it('in a module that a package shares are told by the bill of materials', () => {
    const before = entries(...flask, 'python/ns/theirs.py', 'python/ns/ours.py', 'python/ns/gone.py')
    const after = entries(...flask, 'python/ns/theirs.py', 'python/ns/ours.py')
    expect(changes(before, after, ['python/ns/ours.py'])).toBeNull()
    expect(changes(before, after, ['python/ns/ours.py'], ['python/ns'])).toMatchObject({ removed: 1 })
  })
})
