/** What a preview says of the change itself, through dist/: against the bill of materials of what is deployed, else its archive, else nothing. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { RunOutcome } from '../../emulators/runner/index.js'
import { makeActionWorld, region, sandboxAccount, type ActionWorld } from '../support/action-world.js'
import { storedObject } from '../support/zip-file.js'
import { configText } from './config-text.js'
import { errorsOf, rowsOf, warningsOf } from './reading.js'

const packaged = (name: string, version: string, licence: string) => ({
  [`da_flask/python/${name}-${version}.dist-info/METADATA`]: `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\nLicense: ${licence}\n`,
  [`da_flask/python/${name}-${version}.dist-info/RECORD`]: `${name}/__init__.py,,\n${name}-${version}.dist-info/METADATA,,\n${name}-${version}.dist-info/RECORD,,\n`,
  [`da_flask/python/${name}/__init__.py`]: `version = "${version}"\n`
})
const gone = (files: object) => Object.fromEntries(Object.keys(files).map(path => [path, null]))

let world: ActionWorld
let number = 20
beforeAll(async () => {
  world = await makeActionWorld({
    config: configText(),
    submodules: {},
    files: {
      ...packaged('flask', '3.0.2', 'BSD-3-Clause'),
      ...packaged('zipp', '1.0', 'MIT'),
      'da_flask/python/da_flask/__init__.py': '1\n',
      'da_flask/python/da_flask/kept.py': '1\n',
      'da_flask/python/old_module/a.py': '1\n',
      'da_flask/nodejs/node_modules/left-pad/package.json': '{"name":"left-pad","version":"1.3.0","license":"WTFPL"}'
    }
  })
  expect(errorsOf(await world.push('test'))).toEqual([])
})
afterAll(async () => {
  expect(world.github.violations).toEqual([])
  await world.close()
})
beforeEach(() => {
  world.aws.resetCalls()
})

const objects = () => world.aws.world.buckets.get(`${sandboxAccount}-code-deployment`)!.objects
const keyOf = (ending: string) => [...objects().keys()].find(key => key.endsWith(ending))!
const reads = (ending: string) =>
  world.aws.calls.filter(({ api, resource }) => api === 's3:GetObject' && resource.endsWith(ending)).length

/** A downgrade with another licence, one more package, another release of a Node package; own files added, changed and removed. */
const bump = {
  ...gone(packaged('flask', '3.0.2', '')),
  ...packaged('flask', '3.0.1', 'GPL-3.0-only'),
  ...packaged('attrs', '23.1', 'MIT'),
  'da_flask/python/da_flask/__init__.py': '2\n',
  'da_flask/python/da_flask/new.py': '1\n',
  'da_flask/python/old_module/a.py': null,
  'da_flask/nodejs/node_modules/left-pad/package.json': '{"name":"left-pad","version":"1.4.0","license":"WTFPL"}'
}
const python = [
  { name: 'attrs', from: null, to: '23.1' },
  { name: 'flask', from: '3.0.2', to: '3.0.1', downgrade: true }
]

async function previewed(): Promise<RunOutcome> {
  number += 1
  await world.superproject.commitFiles(bump, { branch: `bump-${number}`, from: 'test' })
  return world.pullRequest(number, `bump-${number}`, 'test', { inputs: { preview: 'true' } })
}
const rowOf = (run: RunOutcome) => rowsOf(run)['da_flask']?.[region] as unknown as Record<string, unknown>
const comment = () => world.github.state.comments.at(-1)?.body ?? ''

describe('against what is deployed', () => {
  it('a downgrade and another licence are marked, own files are counted, in the comment, the summary and the outputs', async () => {
    const run = await previewed()
    expect([errorsOf(run), warningsOf(run)]).toEqual([[], []])
    const row = rowOf(run)
    expect(row['packages-changed']).toEqual([
      python[0],
      { ...python[1], licence: { from: 'BSD-3-Clause', to: 'GPL-3.0-only' } },
      { name: 'left-pad', from: '1.3.0', to: '1.4.0' }
    ])
    expect(row['own-files-changed']).toEqual({ added: 1, changed: 1, removed: 1 })
    const plan = JSON.parse(run.outputs['plan'] ?? '') as { steps: Record<string, unknown>[] }
    expect(plan.steps[0]).toMatchObject({
      'packages-changed': row['packages-changed'],
      'own-files-changed': row['own-files-changed']
    })
    for (const text of [comment(), run.summary]) {
      expect(text).toContain('- flask 3.0.2 → 3.0.1 (older; licence BSD-3-Clause → GPL-3.0-only)')
      expect(text).toContain('Own files: 1 added, 1 changed, 1 removed')
      expect(text).toContain('of 262,144,000 bytes unzipped')
      expect(text).not.toContain('not compared')
    }
    expect([reads('.zip'), reads('.cdx.json'), world.aws.writes()]).toEqual([1, 1, []])
  })

  it('without its bill of materials the archive tells the packages, and nobody which licences there were', async () => {
    const key = keyOf('.cdx.json')
    const bill = objects().get(key)!
    objects().delete(key)
    const run = await previewed()
    objects().set(key, bill)
    expect([errorsOf(run), warningsOf(run)]).toEqual([[], []])
    expect(rowOf(run)['packages-changed']).toEqual(python)
    // Whose the module is that is gone as a whole, only the bill of materials says.
    expect(rowOf(run)).not.toHaveProperty('own-files-changed')
    expect(comment()).toContain('Licences: not compared')
    expect(comment()).toContain('Own files: not known')
  })

  it('without its archive the bill of materials tells packages and licences, and nobody which files changed', async () => {
    const key = keyOf('.zip')
    const archive = objects().get(key)!
    objects().delete(key)
    const run = await previewed()
    objects().set(key, archive)
    expect(errorsOf(run)).toEqual([])
    expect(rowOf(run)['packages-changed']).toContainEqual({
      ...python[1],
      licence: { from: 'BSD-3-Clause', to: 'GPL-3.0-only' }
    })
    expect(rowOf(run)).not.toHaveProperty('own-files-changed')
  })

  it('without both it is not known what changes', async () => {
    const kept = [...objects()]
    objects().clear()
    const run = await previewed()
    for (const [key, object] of kept) objects().set(key, object)
    expect(errorsOf(run)).toEqual([])
    expect(rowOf(run)['packages-changed']).toBeNull()
    expect(comment()).toContain('Packages: not known what changes')
  })

  it.each<[string, (text: string) => string]>([
    ['no JSON', () => 'nothing'],
    ['of another content', text => text.replaceAll(/[0-9a-f]{64}/g, '0'.repeat(64))],
    ['without a package that the archive has', text => text.replaceAll('zipp-1.0.dist-info', 'zipp-1.1.dist-info')]
  ])('a bill of materials that was altered (%s) is told of, and not believed', async (_what, alter) => {
    const key = keyOf('.cdx.json')
    const bill = objects().get(key)!
    objects().set(key, storedObject(key, Buffer.from(alter(bill.body.toString())), bill.metadata))
    const run = await previewed()
    objects().set(key, bill)
    expect(errorsOf(run)).toEqual([])
    expect(warningsOf(run)).toEqual([
      expect.stringMatching(/ARTIFACT_ALTERED: Expected s3:\/\/.*[.]cdx[.]json .* To fix: /)
    ])
    expect(rowOf(run)['packages-changed']).toEqual(python)
    expect(comment()).toContain('Licences: not compared')
  })
})

it('a deploy asks for no bill of materials: its plan has told', async () => {
  number += 1
  await world.superproject.commitFiles(bump, { branch: `bump-${number}`, from: 'test' })
  const run = await world.mergePullRequest(number, `bump-${number}`, 'test')
  expect(errorsOf(run)).toEqual([])
  expect(rowOf(run)).toMatchObject({ status: 'published', 'packages-changed': python })
  expect([reads('.zip'), reads('.cdx.json')]).toEqual([1, 0])
})

it('packages without metadata, with broken ones, in two versions and with odd names are deployed and compared by the names of their folders', async () => {
  const odd = {
    ...{ 'python/none-1.2.dist-info/RECORD': 'none.py,,\n', 'python/none.py': '1\n' },
    'python/broken-3.4.dist-info/METADATA': '\u0000\ufffd no header at all\n: empty\n  folded',
    'python/two-1.0.dist-info/METADATA': 'Name: two\nVersion: 1.0\nLicense: MIT\n',
    'python/two-2.0.dist-info/METADATA': 'Name: two\nVersion: 2.0\nLicense: ISC\n',
    'python/we!rd n+ame-1!2.dist-info/METADATA': 'Name: other\nVersion: 7\n',
    'python/noversion.dist-info/METADATA': 'Name:\nVersion:\n'
  }
  const files = Object.fromEntries(Object.entries(odd).map(([path, text]) => [`da_flask/${path}`, text]))
  await world.superproject.commitFiles(files, { branch: 'test' })
  const run = await world.push('test')
  expect([errorsOf(run), rowOf(run)['status']]).toEqual([[], 'published'])
  expect(rowOf(run)['packages-changed']).toEqual([
    { name: 'broken', from: null, to: '3.4' },
    { name: 'none', from: null, to: '1.2' },
    { name: 'two', from: null, to: '1.0 and 2.0' },
    { name: 'we!rd n+ame', from: null, to: '1!2' }
  ])
  number += 1
  const change = {
    'da_flask/python/two-1.0.dist-info/METADATA': null,
    'da_flask/python/none-1.2.dist-info/RECORD': null,
    'da_flask/python/none-1.1.dist-info/RECORD': 'none.py,,\n'
  }
  await world.superproject.commitFiles(change, { branch: `bump-${number}`, from: 'test' })
  const preview = await world.pullRequest(number, `bump-${number}`, 'test', { inputs: { preview: 'true' } })
  expect([errorsOf(preview), warningsOf(preview)]).toEqual([[], []])
  expect(rowOf(preview)['packages-changed']).toEqual([
    { name: 'none', from: '1.2', to: '1.1', downgrade: true },
    { name: 'two', from: '1.0 and 2.0', to: '2.0', licence: { from: 'ISC and MIT', to: 'ISC' } }
  ])
  expect(rowOf(preview)['own-files-changed']).toEqual({ added: 0, changed: 0, removed: 0 })
})
