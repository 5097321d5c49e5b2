import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { indexEntries, layerSource, watchedPaths } from '../../src/detect-changes/source-digest.js'
import type { Layer, TreeEntry } from '../../src/model/index.js'
import { entry, layer } from './builders.js'

const entries: readonly TreeEntry[] = [
  entry('da_flask', '160000', 'a'),
  entry('constraints.txt', '100644', 'b'),
  entry('z', '040000', 'c')
]
const watching = layer({ alsoWatch: ['constraints.txt', 'missing'] })
const digest = (of: Layer, from: readonly TreeEntry[] = entries): string =>
  layerSource(of, indexEntries(from)).sourceDigest

describe('layerSource', () => {
  it('holds the root and the existing watched paths, sorted, and nothing else', () => {
    const source = layerSource(watching, indexEntries(entries))
    expect(source.layerId).toBe('da_flask')
    expect(source.root).toEqual(entries[0])
    expect(source.entries).toEqual([entries[1], entries[0]])
    // Recorded in stacks, objects and deployments: a change of this value redeploys every layer of every user.
    expect(source.sourceDigest).toBe('a2742397cc4d15d510a8b53987eff76f41958effa707ea757b00f9a1381de8d1')
  })

  it('sorts what is watched in whatever order', () => {
    const names = ['m', 'a', 'z', 'k', 'b']
    const tree = indexEntries(names.map(name => entry(name, '100644', 'a')))
    const { entries: sorted } = layerSource(layer({ path: 'm', alsoWatch: names.slice(1) }), tree)
    expect(sorted.map(({ path }) => path)).toEqual(['a', 'b', 'k', 'm', 'z'])
  })

  it('has no root where nothing is at the path', () => {
    const source = layerSource(watching, indexEntries([entries[1]!]))
    expect(source.root).toBeNull()
    expect(source.entries).toEqual([entries[1]])
  })

  it.each<[string, Partial<Layer>]>([
    ['the build', { build: { kind: 'command', command: 'make', exclude: [], check: null } }],
    ['exclude', { build: { kind: 'detect', installer: 'auto', exclude: ['**/tests/**'], check: null } }],
    ['check', { build: { kind: 'detect', installer: 'auto', exclude: [], check: 'python -c 1' } }],
    [
      // What was allowed is judged anew; the content decides whether there is a new version.
      'the allowed secrets',
      { build: { kind: 'detect', installer: 'auto', exclude: [], check: null, allowSecrets: ['python/a.pem'] } }
    ],
    ['the runtimes', { compatibleRuntimes: ['python3.11'] }],
    ['the architectures', { compatibleArchitectures: ['arm64'] }],
    ['the description', { description: 'x' }],
    ['the licence', { licenseInfo: 'MIT' }]
  ])('changes with %s', (_name, change) => {
    expect(digest(layer({ ...watching, ...change }))).not.toBe(digest(watching))
  })

  it.each<[string, readonly TreeEntry[]]>([
    ['the commit', [entry('da_flask', '160000', 'd'), ...entries.slice(1)]],
    ['the mode', [entry('da_flask', '040000', 'a'), ...entries.slice(1)]],
    ['a watched path', [entries[0]!, entry('constraints.txt', '100644', 'd')]],
    ['a watched path that is gone', [entries[0]!]],
    ['a watched path that is new', [...entries, entry('missing', '100644', 'e')]]
  ])('changes with %s', (_name, changed) => {
    expect(digest(watching, changed)).not.toBe(digest(watching))
  })

  it('does not depend on the id, on other entries or on any order', () => {
    expect(digest(layer({ ...watching, id: 'other' }))).toBe(digest(watching))
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...entries, ...entries], { minLength: 6 }),
        fc.boolean(),
        (shuffled, reversed) => {
          const alsoWatch = reversed ? [...watching.alsoWatch].reverse() : watching.alsoWatch
          expect(layerSource(layer({ alsoWatch }), indexEntries(shuffled))).toEqual(
            layerSource(watching, indexEntries(entries))
          )
        }
      )
    )
  })
})

describe('F90 paths below a submodule', () => {
  const hermes = entry('hermes', '160000', 'd')
  const below = layer({ path: 'hermes/libs', alsoWatch: ['da_flask/inner/constraints.txt'] })

  it('the gitlink stands for what lies below it, nested submodules included', () => {
    const source = layerSource(below, indexEntries([hermes, entries[0]!]))
    expect(source.root).toEqual(hermes)
    expect(source.entries).toEqual([entries[0], hermes])
    const moved = layerSource(below, indexEntries([entry('hermes', '160000', 'e'), entries[0]!]))
    expect(moved.sourceDigest).not.toBe(source.sourceDigest)
    const watchedMoved = layerSource(below, indexEntries([hermes, entry('da_flask', '160000', 'e')]))
    expect(watchedMoved.sourceDigest).not.toBe(source.sourceDigest)
  })

  it('a folder or a file above a path stands for nothing', () => {
    const at = (mode: string) => layerSource(below, indexEntries([entry('hermes', mode, 'd')])).root
    expect([at('040000'), at('100644'), at('120000')]).toEqual([null, null, null])
    // A gitlink above a file cannot be; what is nearest decides.
    const nearer = indexEntries([hermes, entry('hermes/libs', '100644', 'a')])
    expect(layerSource(layer({ path: 'hermes/libs/x' }), nearer).root).toBeNull()
  })
})

it('a layer is looked up by its own paths, however many entries there are', () => {
  const paths = Array.from({ length: 1000 }, (_, at) => `libs/layer-${at}`)
  const asked: string[] = []
  // Nothing but `get`: whoever walks through all entries for a layer ends here.
  const all = indexEntries(paths.map(path => entry(path, '160000', 'a')))
  const index = { get: (path: string) => (asked.push(path), all.get(path)) } as unknown as ReturnType<
    typeof indexEntries
  >
  const sources = paths.map((path, at) => layerSource(layer({ id: `layer-${at}`, path }), index))
  expect(sources.map(({ root }) => root?.path)).toEqual(paths)
  expect(new Set(asked)).toEqual(new Set(paths))
  expect(asked.length).toBeLessThanOrEqual(2 * paths.length)
})

describe('watchedPaths', () => {
  it('names each path once', () => {
    const layers = [watching, layer({ id: 'b', path: 'b', alsoWatch: ['constraints.txt'] })]
    expect(watchedPaths(layers)).toEqual(['da_flask', 'constraints.txt', 'missing', 'b'])
  })

  it.each([
    ['da_flask/template.yml', false],
    ['da_flask_stack/template.yml', true],
    ['stacks/da_flask/', true]
  ])('the template %s is asked for apart: %s', (file, apart) => {
    const own = layer({ template: { file, parameters: {}, capabilities: [] } })
    expect(watchedPaths([own])).toEqual(apart ? ['da_flask', file] : ['da_flask'])
  })
})
