/** What a run compares the head with, and whose change it is in a merge queue. */
import { describe, expect, it } from '@jest/globals'
import { parseConfig } from '../../src/config/load.js'
import { observeChanges, type ChangesPorts, type ChangesRequest } from '../../src/detect-changes/observe-changes.js'
import { CodedError } from '../../src/model/errors.js'
import type { DeployedLayer, TreeEntry, TriggerEvent } from '../../src/model/index.js'
import { configText } from '../bundle/config-text.js'
import { deployed, entry, objectId } from './builders.js'

const layers = { da_flask: '{ path: da_flask }', da_framework: '{ path: da_framework }' }
const config = parseConfig(configText({ layers }), 'layer-deploy.yml')
const [environment] = config.environments
if (environment === undefined) throw new Error('no environment')
const [head, below, tip] = ['1', '2', '3'].map(objectId) as [string, string, string]
const tree = (flask: string, framework: string): readonly TreeEntry[] => [
  entry('da_flask', '160000', flask),
  entry('da_framework', '160000', framework)
]

interface World {
  /** The trees that are in the clone, by commit. */
  readonly trees?: Readonly<Record<string, readonly TreeEntry[]>>
  /** The branch's tip on the remote; an error: the remote does not say. */
  readonly tip?: string | null | Error
}

function ports(world: World) {
  const trees = { [head]: tree('a', 'b'), ...world.trees }
  const warnings: string[] = []
  const git: ChangesPorts['git'] = {
    readEntries: (revision, paths) =>
      Promise.resolve((trees[revision] ?? []).filter(({ path }) => paths.includes(path))),
    folderPaths: () => Promise.resolve([]),
    resolveCommit: revision => Promise.resolve(trees[revision] === undefined ? null : revision),
    hasCommit: commit => Promise.resolve(trees[commit] !== undefined),
    fetchCommit: () => Promise.resolve(false),
    mergeBase: () => Promise.resolve({ kind: 'none' }),
    parents: () => Promise.resolve([]),
    remoteBranchTip: branch =>
      world.tip instanceof Error
        ? Promise.reject(world.tip)
        : Promise.resolve(branch === 'test' ? (world.tip ?? null) : null),
    remoteTag: () => Promise.resolve(null)
  }
  const log = { warning: (text: string) => void warnings.push(text) } as ChangesPorts['log']
  return { git, log, warnings }
}

const mergeGroup: TriggerEvent = {
  kind: 'merge_group',
  baseRef: 'refs/heads/test',
  baseCommit: below,
  headCommit: head
}
const push: TriggerEvent = {
  kind: 'push',
  ref: 'refs/heads/test',
  before: below,
  after: head,
  deleted: false,
  forced: false
}

/** `da_flask source-changed this-entry`, or the layer's name and reason alone. */
async function changesOf(
  event: TriggerEvent,
  world: World,
  running: readonly DeployedLayer[] | null = null,
  changes: Partial<ChangesRequest> = {}
) {
  const { warnings, ...given } = ports(world)
  const request: ChangesRequest = {
    event,
    headCommit: head,
    environment: environment!,
    layers: config.layers,
    named: false,
    regions: environment!.regions,
    base: null,
    force: false,
    configAt: () => Promise.resolve({ kind: 'read', config }),
    places: () => Promise.resolve({ file: 'layer-deploy.yml', line: 1, column: 1 }),
    ...changes
  }
  const observed = await observeChanges(request, running, given)
  const shown = observed.changes.map(({ layerId, reason, addedBy }) =>
    [layerId, reason, addedBy ?? ''].join(' ').trim()
  )
  return { shown, warnings }
}

const unavailable = new CodedError('GIT_FAILED', { expected: 'an answer', found: 'none', mend: 'run again' })

describe('what the head is compared with', () => {
  it('what the account runs, where that can be read, whatever the base holds', async () => {
    const running = config.layers.map(({ id }) => ({ layerId: id, region: 'us-east-2', deployed: deployed() }))
    const trees = { [head]: tree('d', 'e'), [below]: tree('d', 'e') }
    const { shown, warnings } = await changesOf(push, { trees }, running)
    expect(shown).toEqual(['da_flask source-changed', 'da_framework source-changed'])
    expect(warnings).toEqual([])
  })

  it('a base revision where the account cannot be read', async () => {
    const { shown } = await changesOf(push, { trees: { [below]: tree('a', 'c') } })
    expect(shown).toEqual(['da_flask unchanged', 'da_framework source-changed'])
  })

  it('F27 nothing where the base is not to be had: every layer counts as changed, and a warning says why', async () => {
    const { shown, warnings } = await changesOf(push, {})
    expect(shown).toEqual(['da_flask base-unknown', 'da_framework base-unknown'])
    expect(warnings).toEqual([expect.stringContaining(below.slice(0, 12))])
  })

  it('force is no base: what did not change is deployed all the same', async () => {
    const { shown } = await changesOf(push, { trees: { [below]: tree('a', 'c') } }, null, { force: true })
    expect(shown).toEqual(['da_flask forced', 'da_framework source-changed'])
  })
})

describe('F17 F110 an entry of a merge queue', () => {
  const trees = { [below]: tree('a', 'c'), [tip]: tree('c', 'c') }

  it('is compared with the branch, and told apart from the entries below it', async () => {
    const { shown } = await changesOf(mergeGroup, { tip, trees })
    expect(shown).toEqual(['da_flask source-changed entries-below', 'da_framework source-changed this-entry'])
  })

  it('what neither changed belongs to nobody', async () => {
    const { shown } = await changesOf(mergeGroup, { tip, trees: { ...trees, [tip]: tree('a', 'c') } })
    expect(shown).toEqual(['da_flask unchanged', 'da_framework source-changed this-entry'])
  })

  it('what is forced is added by nobody but the entries below', async () => {
    const { shown } = await changesOf(mergeGroup, { tip: below, trees }, null, { force: true })
    expect(shown).toEqual(['da_flask forced entries-below', 'da_framework source-changed this-entry'])
  })

  it.each<[string, World['tip']]>([
    ['the first in the queue', below],
    ['a branch that the remote does not have', null],
    ['a remote that does not answer', unavailable]
  ])('%s: compared with its own base', async (_name, branchTip) => {
    const { shown } = await changesOf(mergeGroup, { tip: branchTip ?? null, trees })
    expect(shown).toEqual(['da_flask unchanged', 'da_framework source-changed this-entry'])
  })

  it.each([
    new Error('a fault of ours'),
    Object.assign(new Error('with a code of another kind'), { code: 'GIT_FAILED' }),
    new CodedError('DEADLINE_EXCEEDED', { expected: 'an end', found: 'none', mend: 'run again' })
  ])('what is no answer of a remote ends the run: %s', async error => {
    await expect(changesOf(mergeGroup, { tip: error, trees })).rejects.toBe(error)
  })

  it('the input base counts before the branch', async () => {
    const base = objectId('4')
    const { shown } = await changesOf(mergeGroup, { tip, trees: { ...trees, [base]: tree('c', 'b') } }, null, { base })
    expect(shown).toEqual(['da_flask source-changed entries-below', 'da_framework unchanged'])
  })

  it('whose change it is stays open where the base of the entry is not to be had', async () => {
    const { shown } = await changesOf(mergeGroup, { tip, trees: { [tip]: tree('c', 'c') } })
    expect(shown).toEqual(['da_flask source-changed', 'da_framework source-changed'])
  })
})
