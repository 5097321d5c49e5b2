/** docs/fan-out.md: `plan` cuts the work up, jobs on many runners deploy, `report` reads it back and speaks for all. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import pLimit from 'p-limit'
import type { RunOutcome } from '../../emulators/runner/index.js'
import {
  makeActionWorld,
  productionAccount,
  region,
  sandboxAccount,
  type ActionWorld
} from '../support/action-world.js'
import { pullRequest, push } from '../support/events.js'
import { configText, manyLayers } from './config-text.js'
import { changedOf, codesOf, errorsOf, rowsOf, statusesOf, versionsIn, warningsOf } from './reading.js'

const regions = ['us-east-2', 'eu-west-1']
const count = 6
const part = { comment: 'false', status: 'false' }

interface Entry {
  readonly layers: string
  readonly region: string
  readonly environment: string
}

let world: ActionWorld
let runId = 500
let commit = ''
beforeAll(async () => {
  const { layers, files } = manyLayers(count)
  const bucket = 'code-{region}'
  const buckets = [sandboxAccount, productionAccount].flatMap(account =>
    regions.map(region => ({ name: `${account}-code-${region}`, ownerAccountId: account, region }))
  )
  world = await makeActionWorld({
    config: configText({ layers, regions, bucket }),
    submodules: {},
    files,
    aws: { buckets }
  })
})
afterAll(() => world.close())
beforeEach(() => {
  runId++
  world.aws.resetCalls()
  world.github.calls.length = 0
})

/** One job of the push's run. */
async function job(command: string, inputs: Record<string, string> = {}, branch = 'test'): Promise<RunOutcome> {
  const account = branch === 'main' ? productionAccount : sandboxAccount
  const event = push({ branch, after: commit })
  return world.run({
    event,
    checkout: { branch, commit },
    account,
    runId: String(runId),
    inputs: { command, ...inputs }
  })
}

async function pushed(branch = 'test'): Promise<void> {
  commit = await world.superproject.push(branch)
  world.github.seed.branch(branch, commit)
}

async function planned(branch = 'test'): Promise<readonly Entry[]> {
  const outcome = await job('plan', part, branch)
  expect(errorsOf(outcome)).toEqual([])
  return (JSON.parse(outcome.jobOutputs['matrix'] ?? '') as { include: Entry[] }).include
}

/** Real processes, two at once. */
function deployAll(entries: readonly Entry[], branch = 'test'): Promise<RunOutcome[]> {
  const limit = pLimit(2)
  const deploy = ({ layers, region, environment }: Entry) =>
    job('deploy', { layers, regions: region, environment, 'part-of-fan-out': 'true' }, branch)
  return Promise.all(entries.map(entry => limit(() => deploy(entry))))
}

/** Entries that share what one machine can do at once, as a user with few runners would cut them. */
function fewer(entries: readonly Entry[], perRegion: number): Entry[] {
  return regions.flatMap(region => {
    const mine = entries.filter(entry => entry.region === region).flatMap(({ layers }) => layers.split(','))
    const size = Math.ceil(mine.length / perRegion)
    return Array.from({ length: perRegion }, (_unused, index) => mine.slice(index * size, (index + 1) * size))
      .filter(layers => layers.length > 0)
      .map(layers => ({ layers: layers.join(','), region, environment: 'sandbox' }))
  })
}

describe('a fan-out of six layers in two regions', () => {
  it('F26 every pair is planned once; the jobs leave GitHub alone; the report speaks for all', async () => {
    await pushed()
    const entries = await planned()
    expect(entries).toHaveLength(count * regions.length)
    expect(new Set(entries.map(({ layers, region }) => `${layers} ${region}`)).size).toBe(entries.length)
    world.github.calls.length = 0
    const outcomes = await deployAll(fewer(entries, 2))
    expect(outcomes.flatMap(errorsOf)).toEqual([])
    expect(world.github.calls).toEqual([])
    expect(statusesOf(world)).toEqual([])

    world.aws.resetCalls()
    const report = await job('report')
    expect(errorsOf(report)).toEqual([])
    expect(report.exitCode).toBe(0)
    expect(world.aws.writes()).toEqual([])
    expect(report.outputs).toMatchObject({ command: 'report', conclusion: 'success', changed: 'true' })
    expect(Object.values(rowsOf(report)).flatMap(row => Object.values(row))).toHaveLength(entries.length)
    for (const row of Object.values(rowsOf(report)).flatMap(row => Object.values(row))) {
      expect(row).toMatchObject({ status: 'published', version: 1, reason: 'never-deployed' })
    }
    expect(statusesOf(world)).toEqual(['layer-deploy/sandbox pending', 'layer-deploy/sandbox success'])
    expect(world.github.calls.length).toBeLessThanOrEqual(12)
    // One record of all layers, so that production can be deployed.
    expect(world.github.state.deployments).toHaveLength(1)
    expect(Object.keys(world.github.state.deployments[0]?.payload as object)).toHaveLength(count)
  })

  it('a run with nothing to do: an empty matrix, and the report says unchanged', async () => {
    expect(await planned()).toEqual([])
    const report = await job('report')
    expect(report.outputs).toMatchObject({ conclusion: 'success', changed: 'false', matrix: '{"include":[]}' })
    expect(world.github.state.deployments).toHaveLength(1)
  })

  it('a job failed and one never ran: the report fails, names them, and the rest is published', async () => {
    for (const id of ['layer_000', 'layer_001', 'layer_002']) {
      await world.superproject.commitFiles({ [`${id}/python/more.py`]: '1\n' }, { branch: 'test' })
    }
    await pushed()
    const entries = await planned()
    expect(entries).toHaveLength(6)
    const ran = entries.filter(
      ({ layers, region }) => layers !== 'layer_001' && !(layers === 'layer_002' && region === 'eu-west-1')
    )
    await deployAll(ran)
    const report = await job('report')
    expect(report.exitCode).toBe(1)
    expect(codesOf(report)).toEqual(['NOT_DEPLOYED'])
    expect(errorsOf(report)[0]).toMatch(/layer_001 in us-east-2 \(version 1\), .*layer_002 in eu-west-1/)
    const rows = rowsOf(report)
    expect(rows['layer_000']?.['us-east-2']).toMatchObject({
      status: 'published',
      version: 2,
      reason: 'source-changed'
    })
    expect(rows['layer_001']?.['eu-west-1']).toMatchObject({ status: 'not-attempted', version: 1 })
    expect(rows['layer_002']).toMatchObject({
      'us-east-2': { status: 'published' },
      'eu-west-1': { status: 'not-attempted' }
    })
    expect(rows['layer_003']?.['us-east-2']).toMatchObject({ status: 'unchanged', version: 1 })
    expect(changedOf(report)).toEqual(['layer_000', 'layer_001', 'layer_002'])
    expect(statusesOf(world).at(-1)).toBe('layer-deploy/sandbox failure')
    // What is left to do is what the next plan gives out.
    const left = await planned()
    expect(left.map(({ layers, region }) => `${layers} ${region}`).sort()).toEqual(
      ['layer_001 eu-west-1', 'layer_001 us-east-2', 'layer_002 eu-west-1'].sort()
    )
    await deployAll(left)
    expect((await job('report')).outputs).toMatchObject({ conclusion: 'success' })
  })

  it('no job ran at all: failure, and no write', async () => {
    await world.superproject.commitFiles({ 'layer_005/python/more.py': '1\n' }, { branch: 'test' })
    await pushed()
    const report = await job('report')
    expect(codesOf(report)).toEqual(['NOT_DEPLOYED'])
    expect(world.aws.writes()).toEqual([])
    await deployAll(await planned())
  })

  it('an older run reports after a newer one: neutral', async () => {
    const newer = commit
    commit = await world.superproject.git('rev-parse', 'test~1')
    const report = await job('report')
    expect(report.exitCode).toBe(0)
    expect(report.outputs).toMatchObject({ conclusion: 'neutral' })
    expect(warningsOf(report)).toEqual([expect.stringContaining(newer)])
    expect(rowsOf(report)['layer_005']?.[region]).toMatchObject({ status: 'skipped', reason: 'stale-run' })
    commit = newer
  })

  it('production takes what the report of the sandbox put on record', async () => {
    await world.superproject.mergeBranch('test', 'main')
    // The jobs of the last test were never reported: their layer is not on record yet.
    runId--
    expect((await job('report')).outputs).toMatchObject({ conclusion: 'success' })
    runId++
    await pushed('main')
    const entries = (await planned('main')).filter(({ layers }) => layers === 'layer_005')
    expect((await deployAll(entries, 'main')).flatMap(errorsOf)).toEqual([])
    expect(versionsIn(world, productionAccount)['prod-layer-005-layer']).toEqual([1])
  })
})

describe('F106 part-of-fan-out', () => {
  /** What used to be taken for one entry of a matrix. */
  const quiet = {
    layers: 'layer_000',
    regions: regions.join(','),
    environment: 'sandbox',
    comment: 'false',
    status: 'false'
  }
  const changed = async (text: string): Promise<void> => {
    await world.superproject.commitFiles({ 'layer_000/python/quiet.py': `${text}\n` }, { branch: 'test' })
    await pushed()
  }
  const proofs = () => world.github.state.deployments.filter(({ environment }) => environment === 'sandbox').length

  it('F106 a quiet single job records what it deployed, and production takes it', async () => {
    await changed('one')
    const before = proofs()
    expect(errorsOf(await job('deploy', quiet))).toEqual([])
    expect(proofs()).toBe(before + 1)
    expect(world.github.state.deployments.at(-1)?.statuses.at(-1)).toMatchObject({ state: 'success' })
    await world.superproject.mergeBranch('test', 'main')
    await pushed('main')
    expect(errorsOf(await job('deploy', { layers: 'layer_000' }, 'main'))).toEqual([])
  })

  it('F106 said to be part of one, it asks nothing of GitHub, whatever the other inputs are', async () => {
    await changed('two')
    const before = proofs()
    const outcome = await job('deploy', { comment: 'true', status: 'true', 'part-of-fan-out': 'true' })
    expect(errorsOf(outcome)).toEqual([])
    expect(rowsOf(outcome)['layer_000']?.[region]).toMatchObject({ status: 'published' })
    expect({ calls: world.github.calls, proofs: proofs() }).toEqual({ calls: [], proofs: before })
    expect((await job('report')).outputs).toMatchObject({ conclusion: 'success' })
    expect(proofs()).toBe(before + 1)
  })
})

describe('report where it cannot tell', () => {
  it('F47 without credentials: NO_CREDENTIALS, never "unchanged"', async () => {
    const event = push({ branch: 'main', after: commit })
    const outcome = await world.run({
      event,
      checkout: { branch: 'main', commit },
      account: null,
      inputs: { command: 'report' }
    })
    expect(codesOf(outcome)).toEqual(['NO_CREDENTIALS'])
    expect(outcome.exitCode).toBe(1)
  })

  it('F46 in another account: refused, and no row counts as deployed', async () => {
    const event = push({ branch: 'main', after: commit })
    const checkout = { branch: 'main', commit }
    const outcome = await world.run({ event, checkout, account: sandboxAccount, inputs: { command: 'report' } })
    expect(codesOf(outcome)[0]).toBe('ACCOUNT_MISMATCH')
    const rows = Object.values(rowsOf(outcome)).flatMap(row => Object.values(row))
    expect(new Set(rows.map(({ status }) => status))).toEqual(new Set(['not-attempted']))
  })

  it('on a pull request it plans', async () => {
    const { base, head, merge } = await world.superproject.openPullRequest(3, 'test', 'main')
    world.github.seed.pullRequest({ number: 3, head: { ref: 'test', sha: head }, base: { ref: 'main', sha: base } })
    const event = pullRequest({
      number: 3,
      base: 'main',
      head: 'test',
      baseCommit: base,
      headCommit: head,
      mergeCommit: merge
    })
    const checkout = { ref: 'refs/pull/3/merge' }
    const outcome = await world.run({ event, checkout, account: productionAccount, inputs: { command: 'report' } })
    expect(outcome.outputs).toMatchObject({ command: 'plan', environment: 'production' })
  })
})

describe('a masked account id', () => {
  it('F85 versions, names and the matrix survive as job outputs; GitHub tells what it dropped', async () => {
    await pushed('test')
    const outcome = await world.run({
      event: push({ branch: 'test', after: commit }),
      checkout: { branch: 'test', commit },
      account: sandboxAccount,
      options: { masks: [sandboxAccount] }
    })
    expect(outcome.jobOutputs['layer-versions']).toBeUndefined()
    const versions = JSON.parse(outcome.jobOutputs['versions'] ?? 'null') as Record<string, Record<string, unknown>>
    expect(versions['layer_003']?.[region]).toEqual({
      'layer-name': 'dev-layer-003-layer',
      version: 1,
      status: 'unchanged'
    })
    expect(outcome.jobOutputs).toMatchObject({ matrix: '{"include":[]}', layer_003_version: '1', changed: 'false' })
    expect(warningsOf(outcome)).toContainEqual(expect.stringMatching(/Skip output 'layer-versions'/))
  })
})

it('never asked GitHub or AWS for what their descriptions do not allow', () => {
  expect(world.github.violations).toEqual([])
  expect(world.aws.defects).toEqual([])
})
