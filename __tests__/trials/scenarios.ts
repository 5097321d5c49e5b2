/** What a trial disturbs: a deploy, with what the account holds before it and what it must hold in the end. */
import type { Engine } from '../../src/model/index.js'
import { statementsOf } from '../../emulators/aws/lambda/layer-permissions.js'
import type { World } from '../../emulators/aws/world.js'
import { accountId, openWorld, region, type Account } from './account.js'
import { copyWorld } from './copy-world.js'
import { deploy, outcomes, type DeployOptions } from './deploy.js'

export const engines = ['cloudformation', 'lambda'] as const satisfies readonly Engine[]
/**
 * `new`: never deployed. `existing`: version 1 is deployed, its content changed. `moved`: its source moved, its content did
 * not. `deleted`: somebody deleted version 1. `foreign`: two versions that nobody recorded are there. `pair`: two layers at once.
 * `shared`: its content changed, and who it is shared with. `reshared`: only the latter.
 */
export const layerKinds = ['new', 'existing', 'moved', 'deleted', 'foreign', 'pair', 'shared', 'reshared'] as const
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
  /** Who may use each live version, and every parameter with what it holds. */
  readonly access: readonly unknown[]
  /** Nothing is under way, nothing is left lying about. */
  readonly settled: boolean
}

const layerIds: Record<LayerKind, readonly string[]> = {
  new: ['one'],
  existing: ['one'],
  moved: ['one'],
  deleted: ['one'],
  foreign: ['one'],
  pair: ['one', 'two'],
  shared: ['one'],
  reshared: ['one']
}

/** The deploy that is disturbed, and repeated. */
export function ordered({ engine, layer }: Scenario): DeployOptions {
  const stays = layer === 'moved' || layer === 'reshared'
  const content = Object.fromEntries(layerIds[layer].map(id => [id, stays ? 'before' : `after ${id}`]))
  const source = layer === 'moved' ? { source: 'moved' } : {}
  const protects = engine === 'cloudformation' && (layer === 'new' || layer === 'existing')
  const protection = protects ? { terminationProtection: true } : {}
  const environment = {
    ...protection,
    ...accessOf({ engine, layer }, ['444455556666', 'o-a1b2c3d4e5'], '/new/{layer}')
  }
  return { engine, content, commit: '2', ...source, environment }
}

function accessOf(
  { engine, layer }: Scenario,
  shareWith: readonly string[],
  name: string
): DeployOptions['environment'] {
  if (layer !== 'shared' && layer !== 'reshared') return {}
  return { shareWith, ssmParameterTemplate: engine === 'cloudformation' ? name : null }
}

/** Brings the account to where the scenario starts. */
async function prepare(account: Account, { engine, layer }: Scenario): Promise<void> {
  if (layer === 'new') return
  const layers = account.emulator.world.region(accountId, region).layers
  const content = Object.fromEntries(layerIds[layer].map(id => [id, 'before']))
  const environment = accessOf({ engine, layer }, ['000000000003', '444455556666'], '/old/{layer}') ?? {}
  const place = { endpoint: account.emulator.url, environment }
  const first = await deploy({ engine, content, commit: '1', run: '100/1', ...place })
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
    access: [...accessIn(account, name)],
    settled: stackSettled && stateSettled
  }
}

function accessIn({ emulator }: Account, name: string): readonly unknown[] {
  const { layers, parameters } = emulator.world.region(accountId, region)
  const live = (layers.get(name)?.versions ?? []).filter(({ deleted }) => !deleted)
  const readers = live.map(version =>
    statementsOf(version)
      .map(({ Principal, Condition }) => JSON.stringify([Principal, Condition]))
      .toSorted()
  )
  return [...readers, [...parameters].map(([parameter, { value }]) => [parameter, value])]
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
