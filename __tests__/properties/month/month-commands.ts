/** What happens in a team's month, each as one step: what must come of it is said by the model. */
import { deepStrictEqual, ok, strictEqual } from 'node:assert'
import fc from 'fast-check'
import {
  changedBy,
  deploy,
  isAncestor,
  isSame,
  layerIds,
  leftByPrune,
  proven,
  publish,
  wantOf,
  type AccountName,
  type Branch,
  type Commit,
  type LayerId,
  type Model,
  type Tree
} from './month-model.js'
import type { Ended, Job, MonthWorld, Stop } from './month-world.js'

export type Step = fc.AsyncCommand<Model, MonthWorld>

/** The record names no more than the newest; older ones may be refused. */
const surelyRecorded = 5

async function commit(model: Model, real: MonthWorld, branch: Branch, change: Partial<Tree>): Promise<Commit> {
  const tree = { ...model.tips[branch].tree, note: model.steps, ...change }
  const made = { id: await real.commit(branch, tree), tree, parent: model.tips[branch] }
  model.tips[branch] = made
  return made
}

async function pushTo(model: Model, real: MonthWorld, branch: Branch): Promise<Commit> {
  await real.push(branch)
  const tip = model.tips[branch]
  model.pushed[branch] = tip
  if (branch === 'test' && !model.past.includes(tip)) model.past.push(tip)
  return tip
}

const tipJob = (model: Model, branch: Branch, account: AccountName, inputs?: Job['inputs']): Job => ({
  ...{ commit: model.pushed[branch].id, branch, account },
  ...(inputs === undefined ? {} : { inputs })
})

function refused({ exitCode, codes, writes }: Ended, ...allowed: readonly string[]): void {
  strictEqual(exitCode, 1)
  ok(
    codes.length > 0 && codes.every(code => allowed.includes(code)),
    `refused with ${codes.join(', ')}, not ${allowed.join(', ')}`
  )
  strictEqual(writes, 0)
}
const succeeded = ({ exitCode, told }: Ended): void => deepStrictEqual([exitCode, told], [0, ''])

/** The accounts are what the model says, version by version, and in their contents. */
function compare(model: Model, real: MonthWorld): void {
  for (const name of ['sandbox', 'production'] as const)
    for (const layer of layerIds) {
      const { running, versions } = model.accounts[name][layer]
      const expected = [...versions].map(([version, want]) => ({
        ...{ version, release: want?.release ?? null, declared: want?.declared ?? '' }
      }))
      deepStrictEqual(real.versions(name, layer), expected, `${name} ${layer}`)
      if (running !== null) strictEqual(real.pointer(name, layer), running.version, `the record of ${layer} in ${name}`)
    }
  deepStrictEqual(real.defects(), [])
}

/** @param text what a failure shows */
function step(
  text: string,
  run: (model: Model, real: MonthWorld) => Promise<unknown>,
  check: (model: Readonly<Model>) => boolean = () => true
): Step {
  return {
    check,
    run: async (model, real) => {
      model.steps += 1
      counts.set(text.split(' ')[0]!, (counts.get(text.split(' ')[0]!) ?? 0) + 1)
      await run(model, real)
      compare(model, real)
    },
    toString: () => text
  }
}
/** Kind of step → how many were made. */
export const counts = new Map<string, number>()

const isSettled = (model: Readonly<Model>, account: AccountName): boolean =>
  layerIds.every(layer => model.accounts[account][layer].running !== null)

async function deployTest(model: Model, real: MonthWorld): Promise<void> {
  const tip = await pushTo(model, real, 'test')
  const changed = changedBy(model, 'sandbox', tip.tree)
  const restored = layerIds.some(layer => model.accounts.sandbox[layer].restored)
  const ended = await real.run(tipJob(model, 'test', 'sandbox'))
  succeeded(ended)
  if (changed.length === 0 && !restored) strictEqual(ended.writes, 0)
  deploy(model, 'sandbox', tip)
}

async function deployMain(model: Model, real: MonthWorld): Promise<void> {
  const tip = await pushTo(model, real, 'main')
  const changed = changedBy(model, 'production', tip.tree)
  const proofs = changed.map(layer => proven(model, layer, wantOf(tip.tree, layer)))
  const ended = await real.run(tipJob(model, 'main', 'production'))
  if (proofs.includes('no') || (proofs.includes('perhaps') && ended.exitCode === 1)) refused(ended, 'NOT_PROMOTED')
  else {
    succeeded(ended)
    deploy(model, 'production', tip)
  }
}

/** A run of an older commit, as somebody starts it again. */
async function repeat(model: Model, real: MonthWorld, which: number): Promise<void> {
  const older = model.past[which % model.past.length]!
  const tip = model.pushed.test
  const isOn = isAncestor(older, tip)
  const same = layerIds.filter(layer => isSame(wantOf(older.tree, layer), wantOf(tip.tree, layer)))
  const touched = changedBy(model, 'sandbox', older.tree)
  const restored = layerIds.some(layer => model.accounts.sandbox[layer].restored)
  const ended = await real.run({ commit: older.id, branch: 'test', account: 'sandbox' })
  if (isOn) {
    succeeded(ended)
    deploy(model, 'sandbox', older, same)
  } else if (touched.length > 0) refused(ended, 'STALE_RUN')
  else if (ended.exitCode === 1) refused(ended, 'STALE_RUN')
  else {
    succeeded(ended)
    if (!restored) strictEqual(ended.writes, 0)
  }
}

/** Stopped somewhere, then perhaps another commit, then a run that comes to its end: each content at most once. */
async function stopped(model: Model, real: MonthWorld, stop: Stop, moves: boolean): Promise<void> {
  const first = await pushTo(model, real, 'test')
  const before = Object.fromEntries(layerIds.map(layer => [layer, real.versions('sandbox', layer).length]))
  await real.runBundle([tipJob(model, 'test', 'sandbox')], stop)
  const wants = [first.tree]
  if (moves) {
    await commit(model, real, 'test', { alpha: ++model.releases })
    wants.push((await pushTo(model, real, 'test')).tree)
  }
  const [ended] = await real.runBundle([tipJob(model, 'test', 'sandbox')])
  succeeded(ended!)
  const tip = model.pushed.test
  for (const layer of layerIds) {
    const state = model.accounts.sandbox[layer]
    const now = wantOf(tip.tree, layer)
    const made = real.versions('sandbox', layer).slice(before[layer])
    const allowed = wants.map(tree => wantOf(tree, layer))
    for (const { version, release, declared } of made) {
      ok(
        release !== null && allowed.some(want => isSame(want, { release, declared })),
        `${layer} ${version} holds ${release}`
      )
      strictEqual(made.filter(each => each.release === release && each.declared === declared).length, 1)
      strictEqual(version, state.next)
      publish(state, { release, declared })
    }
    ok(state.running !== null && isSame(state.running, now), `${layer} runs ${JSON.stringify(state.running)}`)
    state.restored = false
    model.proofs.push({
      layer,
      want: now,
      commit: tip,
      sure: made.some(each => isSame({ release: each.release ?? 0, declared: each.declared }, now))
    })
    if (first !== tip) model.proofs.push({ layer, want: wantOf(first.tree, layer), commit: first, sure: false })
  }
}

async function together(model: Model, real: MonthWorld): Promise<void> {
  const tip = await pushTo(model, real, 'test')
  const job = tipJob(model, 'test', 'sandbox')
  const both = await real.runBundle([job, job])
  for (const ended of both) succeeded(ended)
  deploy(model, 'sandbox', tip)
}

async function rollBack(model: Model, real: MonthWorld, layer: LayerId, which: number): Promise<void> {
  await pushTo(model, real, 'test')
  const state = model.accounts.sandbox[layer]
  const numbers = [...state.versions.keys()]
  const version = numbers[which % numbers.length]!
  const want = state.versions.get(version)!
  const inputs = { command: 'rollback', layers: layer, version: String(version) }
  const ended = await real.run(tipJob(model, 'test', 'sandbox', inputs))
  if (want === null) return refused(ended, 'VERSION_NOT_FOUND')
  const isOld = !state.recorded.slice(-surelyRecorded).includes(version)
  if (isOld && ended.exitCode === 1) return refused(ended, 'VERSION_NOT_FOUND')
  succeeded(ended)
  publish(state, want)
  state.restored = true
  model.proofs.push({ layer, want, commit: model.pushed.test, sure: false })
}

async function prune(model: Model, real: MonthWorld, keep: number): Promise<void> {
  await pushTo(model, real, 'test')
  real.makeOld()
  succeeded(await real.run(tipJob(model, 'test', 'sandbox', { command: 'prune', keep: String(keep) })))
  for (const layer of layerIds) {
    const state = model.accounts.sandbox[layer]
    const left = leftByPrune(state, keep)
    for (const version of [...state.versions.keys()]) if (!left.includes(version)) state.versions.delete(version)
  }
}

const canRollBack = (model: Readonly<Model>, layer: LayerId, which: number): boolean => {
  const { running, versions } = model.accounts.sandbox[layer]
  const numbers = [...versions.keys()]
  const want = versions.get(numbers[which % Math.max(1, numbers.length)] ?? 0)
  return running !== null && numbers.length > 1 && want !== undefined && (want === null || !isSame(want, running))
}

async function deleteByHand(model: Model, real: MonthWorld, layer: LayerId, which: number): Promise<void> {
  const state = model.accounts.sandbox[layer]
  const numbers = [...state.versions.keys()]
  const version = numbers[numbers.length - 1 - (which % numbers.length)]!
  await real.deleteByHand('sandbox', layer, version)
  state.versions.delete(version)
  if (state.running?.version === version) state.running = null
}

const layerId = fc.constantFrom(...layerIds)
const edits: readonly fc.Arbitrary<Step>[] = [
  fc
    .constantFrom('bump')
    .map(text => step(text, (model, real) => commit(model, real, 'test', { alpha: ++model.releases }))),
  fc
    .constantFrom('edit-folder')
    .map(text => step(text, (model, real) => commit(model, real, 'test', { beta: ++model.releases }))),
  fc.constantFrom('edit-nothing').map(text => step(text, (model, real) => commit(model, real, 'test', {}))),
  fc
    .constantFrom('', 'first', 'second')
    .map(description =>
      step(`edit-configuration "${description}"`, (model, real) => commit(model, real, 'test', { description }))
    ),
  fc.nat(20).map(which =>
    step(`revert ${which}`, async (model, real) => {
      const { alpha, beta } = model.past[which % model.past.length]!.tree
      await commit(model, real, 'test', { alpha, beta })
    })
  ),
  fc.integer({ min: 1, max: 3 }).map(back =>
    step(`force-push ${back}`, async (model, real) => {
      let to = model.tips.test
      for (let left = back; left > 0 && to.parent !== null; left -= 1) to = to.parent
      const tree = { ...to.tree, note: model.steps }
      model.tips.test = { id: await real.commit('test', tree, to.id), tree, parent: to }
      await pushTo(model, real, 'test')
    })
  ),
  fc
    .constantFrom('merge')
    .map(text =>
      step(text, (model, real) => commit(model, real, 'main', { ...model.tips.test.tree, note: model.steps }))
    ),
  fc
    .constantFrom('hotfix')
    .map(text => step(text, (model, real) => commit(model, real, 'main', { beta: ++model.releases })))
]

const isLive = (layer: LayerId) => (model: Readonly<Model>) => model.accounts.sandbox[layer].versions.size > 0

const works: readonly fc.Arbitrary<Step>[] = [
  fc.constantFrom('deploy', 'deploy', 'deploy').map(text => step(text, deployTest)),
  fc.constantFrom('deploy').map(text => step(text, deployTest)),
  fc.constantFrom('deploy-main').map(text => step(text, deployMain)),
  fc.nat(30).map(which => step(`repeat ${which}`, (model, real) => repeat(model, real, which))),
  fc.constantFrom('dry-run').map(text =>
    step(text, async (model, real) => {
      await pushTo(model, real, 'test')
      const ended = await real.run(tipJob(model, 'test', 'sandbox', { 'dry-run': 'true' }))
      succeeded(ended)
      strictEqual(ended.writes, 0)
    })
  ),
  fc
    .constantFrom<readonly [Branch, AccountName]>(['test', 'production'], ['main', 'sandbox'])
    .map(([branch, account]) =>
      step(`wrong-account ${branch}`, async (model, real) => {
        await pushTo(model, real, branch)
        refused(await real.run(tipJob(model, branch, account)), 'ACCOUNT_MISMATCH')
      })
    ),
  fc.tuple(layerId, fc.nat(20)).map(([layer, which]) =>
    step(
      `roll-back ${layer} ${which}`,
      (model, real) => rollBack(model, real, layer, which),
      model => canRollBack(model, layer, which)
    )
  ),
  fc.integer({ min: 1, max: 4 }).map(keep =>
    step(
      `prune ${keep}`,
      (model, real) => prune(model, real, keep),
      model => isSettled(model, 'sandbox')
    )
  ),
  layerId.map(layer =>
    step(
      `publish-by-hand ${layer}`,
      async (model, real) => {
        await real.publishByHand('sandbox', layer)
        const state = model.accounts.sandbox[layer]
        state.versions.set(state.next++, null)
      },
      isLive(layer)
    )
  ),
  fc
    .tuple(layerId, fc.nat(6))
    .map(([layer, which]) =>
      step(`delete-by-hand ${layer} ${which}`, (model, real) => deleteByHand(model, real, layer, which), isLive(layer))
    )
]
/** Through dist/, since a process is stopped, or there are two: each costs ten others. */
const dear: readonly fc.Arbitrary<Step>[] = [
  fc
    .record({
      ...{ write: fc.integer({ min: 1, max: 5 }), moment: fc.constantFrom('before' as const, 'after' as const) },
      ...{ how: fc.constantFrom('killed' as const, 'cancelled' as const), moves: fc.boolean() }
    })
    .map(({ moves, ...stop }) =>
      step(`${stop.how} at ${stop.write} ${stop.moment}${moves ? ' moved' : ''}`, (model, real) =>
        stopped(model, real, stop, moves)
      )
    ),
  fc.constantFrom('two-at-once').map(text => step(text, together))
]

/** A month of at most so many steps. */
export function month(maxCommands: number): fc.Arbitrary<Iterable<Step>> {
  return fc.commands([...edits, ...works, ...works, ...dear], { maxCommands, size: 'max' })
}
