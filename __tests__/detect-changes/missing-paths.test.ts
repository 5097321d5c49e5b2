import { describe, expect, it } from '@jest/globals'
import type { Baseline } from '../../src/detect-changes/changes.js'
import { refuseMissingPaths, unmatchedPaths } from '../../src/detect-changes/missing-paths.js'
import { indexEntries, layerSource } from '../../src/detect-changes/source-digest.js'
import { CodedError, furtherProblems } from '../../src/model/errors.js'
import type { Layer } from '../../src/model/index.js'
import { deployed, entry, layer } from './builders.js'

const places = (path: readonly (string | number)[]) =>
  Promise.resolve({ file: `c.yml ${path.join('.')}`, line: path.length, column: 7 })
const tree = indexEntries([entry('da_flask', '160000', 'a'), entry('constraints.txt', '100644', 'b')])
const lost = layer({ id: 'lost', path: 'da_flusk' })
const region = 'us-east-2'
const at = (source: ReturnType<typeof layerSource> | null | 'unknown'): Baseline => ({
  kind: 'revision',
  layers: [{ layerId: 'lost', region, source }]
})
const running = (...versions: (ReturnType<typeof deployed> | null)[]): Baseline => ({
  kind: 'deployed',
  layers: versions.map((each, index) => ({ layerId: 'lost', region: `r${index}`, deployed: each }))
})

async function refusal(layers: readonly Layer[], baseline: Baseline, named = false, folders = ['da_flask', 'docs']) {
  const sources = layers.map(each => layerSource(each, tree))
  const git = { folderPaths: () => Promise.resolve(folders) }
  try {
    await refuseMissingPaths({ headCommit: 'abcdef', layers, named, places }, sources, baseline, git)
    return null
  } catch (error) {
    if (error instanceof CodedError) return error
    throw error
  }
}

describe('F89 a path that the head does not have', () => {
  it.each<[string, Baseline, boolean, boolean]>([
    ['never deployed', running(null), false, true],
    ['deployed in no region', running(null, null), false, true],
    ['deployed', running(deployed()), false, false],
    ['deployed in one of two regions', running(null, deployed()), false, false],
    ['deployed, and asked for by name', running(deployed()), true, true],
    ['new since the base', at(null), false, true],
    ['at the base, where it was not there either', at(layerSource(lost, tree)), false, true],
    ['there at the base', at(layerSource({ ...lost, path: 'da_flask' }, tree)), false, false],
    ['a base that cannot be told', at('unknown'), false, true],
    ['no base', { kind: 'unknown', why: '' }, false, true]
  ])('%s', async (_name, baseline, named, refused) => {
    const error = await refusal([lost, layer()], baseline, named)
    expect(error?.code ?? null).toBe(refused ? 'CONFIG_INVALID' : null)
  })

  it('names the place, the path and the nearest folder', async () => {
    const error = await refusal([lost], running(null))
    expect(error?.location).toEqual({ file: 'c.yml layers.lost.path', line: 3, column: 7 })
    expect(error?.finding.found).toContain('da_flusk')
    expect(error?.finding.mend).toContain('da_flask')
    const moved = await refusal([layer({ id: 'lost', path: 'DA_flask' })], running(null), false, ['libs/da_flask'])
    expect(moved?.finding.mend).toContain('libs/da_flask')
    const far = await refusal([layer({ id: 'lost', path: 'zzzz' })], running(null))
    expect(far?.finding.mend).not.toContain('da_flask')
  })

  it('says in words what to write, or that the layer may go', async () => {
    expect((await refusal([lost], running(null)))?.finding).toEqual({
      expected: 'layers.lost.path to be a folder or submodule of commit abcdef',
      found: 'nothing at "da_flusk"',
      mend: 'write path: da_flask if that is what you mean; else correct the path or delete the layer'
    })
    const far = await refusal([layer({ id: 'lost', path: 'zzzz' })], running(null))
    expect(far?.finding.mend).toBe('correct the path, or delete the layer lost from the configuration')
  })

  it('hints at the one folder of the same name, and at none where there are two', async () => {
    const moved = layer({ id: 'lost', path: 'frameworks/python/da_flask' })
    const folders = ['some/place/far/away/entirely/da_flask', 'docs']
    expect((await refusal([moved], running(null), false, folders))?.finding.mend).toContain(folders[0])
    const two = await refusal([moved], running(null), false, [...folders, 'another/place/quite/different/da_flask'])
    expect(two?.finding.mend).not.toMatch(/away|different/)
  })

  it('F105 tells all of them', async () => {
    const layers = ['a', 'b', 'c'].map(id => layer({ id, path: `nowhere/${id}` }))
    const error = await refusal(layers, { kind: 'unknown', why: '' })
    const all = error === null ? [] : [error, ...furtherProblems(error)]
    expect(all.map(({ finding }) => finding.found)).toEqual(layers.map(({ path }) => `nothing at "${path}"`))
  })
})

describe('F90 an also-watch that matches nothing', () => {
  it('is a warning with its place, one below a submodule is not', async () => {
    const of = layer({ alsoWatch: ['constraints.txt', 'gone.txt', 'da_flask/setup.py', 'gone/too'] })
    const warnings = await unmatchedPaths([of], [layerSource(of, tree)], places)
    expect(warnings.map(text => /"([^"]+)"/.exec(text)?.[1])).toEqual(['gone.txt', 'gone/too'])
    expect(warnings[0]).toMatch(/^c\.yml layers\.da_flask\.also-watch\.1:4:7: layers\.da_flask\.also-watch /)
  })
  it('a layer without one says nothing, and a hundred warnings are enough', async () => {
    const many = (id: string) => layer({ id, alsoWatch: Array.from({ length: 60 }, (_, index) => `gone/${index}`) })
    const layers = [layer({ id: 'first' }), many('a'), many('b'), many('c')]
    const warnings = await unmatchedPaths(layers, [], places)
    expect(warnings.map(text => /layers\.(\w+)\./.exec(text)?.[1])).toEqual([
      ...Array.from({ length: 60 }, () => 'a'),
      ...Array.from({ length: 60 }, () => 'b')
    ])
  })
})
