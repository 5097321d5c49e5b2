/** What a trial disturbs: a deploy, with what the account holds before it and what it must hold in the end. */
import type { Engine } from '../../src/model.js'
import type { World } from '../../emulators/aws/world.js'
import { accountId, openWorld, region, type Account } from './account.js'
import { copyWorld } from './copy-world.js'
import { deploy, outcomes, type DeployOptions } from './deploy.js'

export const engines = ['cloudformation', 'lambda'] as const satisfies readonly Engine[]
/**
 * `new`: never deployed. `existing`: version 1 is deployed, its content changed. `moved`: its source moved, its content did
 * not. `deleted`: somebody deleted version 1. `foreign`: two versions that nobody recorded are there. `pair`: two layers at once.
 */
export const layerKinds = ['new', 'existing', 'moved', 'deleted', 'foreign', 'pair'] as const
export type LayerKind = (typeof layerKinds)[number]

export interface Scenario {
  readonly engine: Engine
  readonly layer: LayerKind
}

/** What the account holds of one layer, as far as it is the same after every run that ends well. */
export interface Holding {
  readonly versions: readonly number[]
  /** Base64, of each live version's zip. */
  readonly bytes: readonly string[]
  readonly pointer: number | null
  /** Content digest, source digest and commit on record. */
  readonly record: readonly unknown[]
  readonly terminationProtection: boolean
  /** Nothing is under way, nothing is left lying about. */
  readonly settled: boolean
}

export const layerIds: Record<LayerKind, readonly string[]> = {
  new: ['one'],
  existing: ['one'],
  moved: ['one'],
  deleted: ['one'],
  foreign: ['one'],
  pair: ['one', 'two']
}

/** The deploy that is disturbed, and repeated. */
export function ordered({ engine, layer }: Scenario): DeployOptions {
  const content = Object.fromEntries(layerIds[layer].map(id => [id, layer === 'moved' ? 'before' : `after ${id}`]))
  const source = layer === 'moved' ? { source: 'moved' } : {}
  const protects = engine === 'cloudformation' && (layer === 'new' || layer === 'existing')
  const environment = protects ? { environment: { terminationProtection: true } } : {}
  return { engine, content, commit: '2', ...source, ...environment }
}

/** Brings the account to where the scenario starts. */
async function prepare(account: Account, { engine, layer }: Scenario): Promise<void> {
  if (layer === 'new') return
  const layers = account.emulator.world.region(accountId, region).layers
  const content = Object.fromEntries(layerIds[layer].map(id => [id, 'before']))
  const first = await deploy({ engine, content, commit: '1', run: '100/1', endpoint: account.emulator.url })
  const [outcome] = outcomes(first)
  if (outcome !== 'published 1') throw new Error(`the scenario could not be set up: ${outcome ?? 'no row'}`)
  const versions = layers.get('dev-one-layer')?.versions ?? []
  if (layer === 'deleted') for (const version of versions) version.deleted = true
  if (layer === 'foreign') {
    const [version] = versions
    if (version === undefined) throw new Error('no version')
    versions.push({ ...version, version: 2, arn: version.arn.replace(/1$/, '2'), description: 'by hand' })
    versions[0] = { ...version, description: 'by hand' }
    account.emulator.world.region(accountId, region).stacks.clear()
    for (const bucket of account.emulator.world.buckets.values()) bucket.objects.clear()
  }
}

export function holdings(account: Account, { layer }: Scenario): readonly Holding[] {
  return layerIds[layer].map(id => holding(account, `dev-${id}-layer`))
}

function holding(account: Account, name: string): Holding {
  const versions = account.versions(name)
  const stack = account.stack(name)
  const state = account.state(name)
  const fields = ['content-digest', 'source-digest', 'commit', 'repository']
  const record = fields.map(field => stack?.tags[`layer-deploy:${field}`] ?? state?.[field])
  const stackSettled =
    stack === undefined || (/^(CREATE|UPDATE)_COMPLETE$/.test(stack.status) && stack.changeSets.length === 0)
  const stateSettled = state === null || state['claim'] === null
  return {
    versions: versions.map(({ version }) => version),
    bytes: versions.map(({ codeSha256 }) => codeSha256),
    pointer: account.pointer(name),
    record,
    terminationProtection: stack?.terminationProtection ?? false,
    settled: stackSettled && stateSettled
  }
}

export interface Reference {
  /** The account as the scenario starts. */
  readonly start: World
  /** The live versions of the first layer as the scenario starts. */
  readonly startVersions: readonly number[]
  /** The calls of an undisturbed run, as the API names them. */
  readonly calls: readonly string[]
  readonly outcomes: readonly string[]
  readonly holdings: readonly Holding[]
}

/** The undisturbed run: what it asks, and what every disturbed one must come to. */
export async function record(scenario: Scenario): Promise<Reference> {
  const [start, account] = await Promise.all([openWorld(), openWorld()])
  try {
    await prepare(start, scenario)
    copyWorld(start.emulator.world, account.emulator.world)
    const deployed = await deploy({ ...ordered(scenario), endpoint: account.emulator.url })
    const found = holdings(account, scenario)
    if (!found.every(({ settled }) => settled)) throw new Error('the undisturbed run left something behind')
    const calls = account.emulator.calls.map(({ api }) => api)
    const startVersions = start.versions('dev-one-layer').map(({ version }) => version)
    return { start: start.emulator.world, startVersions, calls, outcomes: outcomes(deployed), holdings: found }
  } finally {
    await Promise.all([start.close(), account.close()])
  }
}
