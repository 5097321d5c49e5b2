import { describe, expect, it } from '@jest/globals'
import { readBaseLayers } from '../../src/detect-changes/base-layers.js'
import type { Config, TreeEntry, ConfigAtRevision } from '../../src/model/index.js'
import { parseConfig } from '../../src/config/load.js'
import { entry } from './builders.js'

const text = `version: 1
environments:
  sandbox:
    branch: test
    stage: dev
    account-id: "111122223333"
    regions: [us-east-2]
    artifact-bucket: 111122223333-code
  production:
    branch: main
    stage: prod
    account-id: "444455556666"
    regions: [us-east-2]
    artifact-bucket: 444455556666-code
layers:
  da_flask:
    path: da_flask
    compatible-runtimes: [python3.10]
`
const entries = [entry('da_flask', '160000', 'a'), entry('elsewhere', '160000', 'b')]
const edit = (...edits: readonly (readonly [string, string])[]): Config =>
  parseConfig(
    edits.reduce((now, [from, to]) => {
      if (!now.includes(from)) throw new Error(`no ${from}`)
      return now.replace(from, to)
    }, text),
    'f.yml'
  )

/** What the base had of da_flask in the sandbox of `head`: the id of its gitlink, `null` or `unknown`. */
async function before(
  head: Config,
  at: ConfigAtRevision,
  tree: readonly TreeEntry[] = entries,
  asked: string[][] = []
) {
  const environment = head.environments.find(({ name }) => name === 'sandbox')!
  const git = {
    readEntries: (_revision: string, paths: readonly string[]) => {
      asked.push([...paths])
      return Promise.resolve(tree.filter(({ path }) => paths.includes(path)))
    }
  }
  const wanted = { environment, layers: head.layers, regions: environment.regions }
  const found = await readBaseLayers(wanted, { commit: 'base', configAt: () => Promise.resolve(at) }, git)
  return found.map(({ region, source }) => [
    region,
    source === null || source === 'unknown' ? source : (source.root?.objectId.slice(0, 1) ?? 'gone')
  ])
}

const now = edit()
const read = (config: Config): ConfigAtRevision => ({ kind: 'read', config })

describe('F92 what has no counterpart at the base was never deployed', () => {
  it.each<[string, Config, ConfigAtRevision, string | null]>([
    ['the same configuration', now, read(now), 'a'],
    ['no configuration at all', now, { kind: 'absent' }, null],
    ['one that cannot be read today', now, { kind: 'unreadable' }, 'unknown'],
    ['one that is kept elsewhere', now, { kind: 'elsewhere' }, 'a'],
    ['another stage', edit(['stage: dev', 'stage: beta']), read(now), null],
    ['another account', edit(['"111122223333"', '"111122224444"']), read(now), null],
    ['another name of the layer', edit(['stage: dev', 'stage: dev\n    layer-name: x-{layer}']), read(now), null],
    ['another stack', edit(['stage: dev', 'stage: dev\n    stack-name: x-{layer}']), read(now), 'unknown'],
    ['another engine', edit(['stage: dev', 'stage: dev\n    engine: lambda']), read(now), 'unknown'],
    ['another name of the environment', now, read(edit(['sandbox:', 'playground:'])), 'a'],
    ['another branch', edit(['branch: test', 'branch: trial']), read(now), 'a'],
    ['another path', edit(['path: da_flask', 'path: elsewhere']), read(now), 'a'],
    ['a path that the base did not have', now, read(edit(['path: da_flask', 'path: nowhere'])), 'gone'],
    ['a layer that is new', edit(['  da_flask:', '  fresh:']), read(now), null],
    ['another id of the same name', edit(['  da_flask:', '  da-flask:']), read(now), 'a']
  ])('%s', async (_name, head, at, expected) => {
    expect(await before(head, at)).toEqual([['us-east-2', expected]])
  })

  it('a region that is new, beside one that is not', async () => {
    const head = edit(['regions: [us-east-2]', 'regions: [us-east-2, eu-west-1]'])
    expect(await before(head, read(now))).toEqual([
      ['us-east-2', 'a'],
      ['eu-west-1', null]
    ])
  })

  it('two layers of the base by one name: what it deployed there cannot be told', async () => {
    const layers = [...now.layers, { ...now.layers[0]!, id: 'da-flask', path: 'elsewhere' }]
    expect(await before(now, read({ ...now, layers }))).toEqual([['us-east-2', 'unknown']])
  })

  it('git is asked once, and once more for what the base alone watches', async () => {
    const asked: string[][] = []
    await before(now, read(now), entries, asked)
    expect(asked).toEqual([['da_flask']])
    const moved = edit(['path: da_flask', 'path: elsewhere\n    also-watch: [da_flask]'])
    await before(now, read(moved), entries, asked)
    expect(asked.slice(1)).toEqual([['da_flask'], ['elsewhere']])
  })
})
