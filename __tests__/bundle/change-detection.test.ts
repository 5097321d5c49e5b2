/** What a configuration names and the repository does not have, or has elsewhere; what credentials and merge queues change of a plan. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { RunOutcome } from '../../emulators/runner/index.js'
import { runCommandLine } from '../../emulators/world/command-line.js'
import { makeActionWorld, sandboxAccount, type ActionRun, type ActionWorld } from '../support/action-world.js'
import { mergeGroup, push } from '../support/events.js'
import { configText } from './config-text.js'
import { changedOf, codesOf, errorsOf, rowsOf, warningsOf } from './reading.js'

const region = 'us-east-2'
const layers = { da_flask: '{ path: da_flask }', docs: '{ path: docs, also-watch: [constraints.txt] }' }
const config = configText({ layers })
const place = '.github/layer-deploy.yml'

let world: ActionWorld
beforeAll(async () => {
  world = await makeActionWorld({
    config,
    files: { 'docs/python/docs.py': '1\n', 'inner/.github/unused.txt': '1\n', 'inner/docs/python/docs.py': '1\n' }
  })
})
afterAll(() => world.close())
beforeEach(() => {
  world.aws.resetCalls()
})

type Files = Parameters<ActionWorld['superproject']['commitFiles']>[0]

/** A push of `files`, on a branch of its own, as one to `test`. */
async function pushed(branch: string, files: Files, job: Partial<ActionRun> = {}): Promise<RunOutcome> {
  const after = await world.superproject.commitFiles(files, { branch, from: 'test' })
  await world.superproject.push(branch)
  const event = push({ branch: 'test', before: world.superproject.firstCommit, after })
  const inputs = { command: 'plan', ...job.inputs }
  return world.run({ event, checkout: { branch, commit: after }, account: null, ...job, inputs })
}
const withLayers = (further: Readonly<Record<string, string>>): Files => ({
  [place]: configText({ layers: { ...layers, ...further } })
})
const reasons = (run: RunOutcome): unknown =>
  Object.fromEntries(Object.entries(rowsOf(run)).map(([id, rows]) => [id, rows[region]?.reason]))

describe('F89 a path that the head does not have', () => {
  it('never deployed: refused, with its line and the nearest path', async () => {
    const run = await pushed('mistyped', withLayers({ new: '{ path: doks }' }))
    expect(codesOf(run)).toEqual(['CONFIG_INVALID'])
    expect(errorsOf(run)[0]).toMatch(/^\.github\/layer-deploy\.yml:23:16: CONFIG_INVALID: .*"doks".*docs/)
    expect([run.exitCode, run.outputs['conclusion']]).toEqual([1, 'failure'])
  })

  it('with credentials too, in a deploy, with no write', async () => {
    const run = await pushed('mistyped-deploy', withLayers({ new: '{ path: doks }' }), {
      account: sandboxAccount,
      inputs: { command: 'deploy' }
    })
    expect(codesOf(run)).toEqual(['CONFIG_INVALID'])
    expect(world.aws.writes()).toEqual([])
  })

  it('there at the base, and gone: no change, said in the headline; by name it is refused', async () => {
    const gone = { 'docs/python/docs.py': null }
    const run = await pushed('gone', gone)
    expect(run.exitCode).toBe(0)
    expect(reasons(run)).toEqual({ da_flask: 'unchanged', docs: 'removed' })
    expect(run.summary).toMatch(/No layer would change .*nothing is at the path of docs any more/)
    expect(codesOf(await pushed('gone-by-name', gone, { inputs: { layers: 'docs' } }))).toEqual(['CONFIG_INVALID'])
  })
})

describe('F90 below a submodule', () => {
  it('the gitlink stands for a path and a watched path below it; a watched path that is nowhere is a warning', async () => {
    const below = {
      deep: '{ path: da_flask/python }',
      watching: '{ path: docs, also-watch: [da_flask/inner/setup.py, nowhere.txt] }'
    }
    const base = await world.superproject.commitFiles(withLayers(below), { branch: 'below', from: 'test' })
    const commit = await world.superproject.commitSubmodule('da_flask', { 'python/deep.py': '1\n' })
    const after = await world.superproject.bumpSubmodule('da_flask', commit, { branch: 'below' })
    await world.superproject.push('below')
    const event = push({ branch: 'test', before: base, after })
    const run = await world.run({
      ...{ event, checkout: { branch: 'below', commit: after }, account: null },
      inputs: { command: 'detect' }
    })
    expect(reasons(run)).toEqual({
      da_flask: 'source-changed',
      docs: 'unchanged',
      deep: 'source-changed',
      watching: 'source-changed'
    })
    expect(warningsOf(run)).toEqual([expect.stringMatching(/^\.github\/layer-deploy\.yml:24:\d+: .*"nowhere\.txt"/)])
  })
})

describe('F91 a working directory below the root', () => {
  it('paths are relative to it, the configuration may lie above it', async () => {
    const text = configText({ layers: { docs: '{ path: docs }' } })
    const run = await pushed(
      'inner',
      { [place]: text, 'inner/docs/python/docs.py': '2\n' },
      {
        inputs: { 'working-directory': 'inner', command: 'detect' }
      }
    )
    expect(errorsOf(run)).toEqual([])
    expect(reasons(run)).toEqual({ docs: 'source-changed' })
    const other = await pushed(
      'outer',
      { 'docs/python/docs.py': '2\n' },
      {
        inputs: { 'working-directory': 'inner', layers: 'docs', command: 'detect' }
      }
    )
    expect(reasons(other)).toEqual({ docs: 'unchanged' })
  })
})

describe('F92 without credentials, what the base did not deploy counts as never deployed', () => {
  it.each<[string, (text: string) => string, Record<string, string>]>([
    ['a stage', text => text.replace('stage: dev', 'stage: beta'), { [region]: 'never-deployed' }],
    ['an account', text => text.replaceAll('111122223333', '555566667777'), { [region]: 'never-deployed' }],
    [
      'a region',
      text =>
        text.replace(
          /regions: \[us-east-2\]\n {4}artifact-bucket: "111122223333-code-deployment"/,
          'regions: [us-east-2, eu-west-1]\n    artifact-bucket: "111122223333-code-{region}"'
        ),
      { [region]: 'unchanged', 'eu-west-1': 'never-deployed' }
    ]
  ])('%s', async (what, edit, expected) => {
    const run = await pushed(`moved-${what.replace(' ', '-')}`, { [place]: edit(config) })
    expect(errorsOf(run)).toEqual([])
    const row = rowsOf(run)['docs'] ?? {}
    expect(Object.fromEntries(Object.entries(row).map(([where, each]) => [where, each.reason]))).toEqual(expected)
  })

  it('a configuration that is new', async () => {
    const run = await pushed('new-config', { 'other.yml': config }, { inputs: { config: 'other.yml' } })
    expect(reasons(run)).toEqual({ da_flask: 'never-deployed', docs: 'never-deployed' })
  })
})

describe('F93 credentials that were given and do not work', () => {
  const none = { AWS_EC2_METADATA_DISABLED: 'true' }
  it.each<[string, Record<string, string>]>([
    ['a profile that does not exist', { ...none, AWS_PROFILE: 'nobody' }],
    ['half a pair', { ...none, AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE' }],
    [
      'keys that nobody has',
      { ...none, AWS_ACCESS_KEY_ID: 'AKIAEXAMPLEWRONG', AWS_SECRET_ACCESS_KEY: 'EXAMPLEwrongsecret0123456789' }
    ]
  ])('%s', async (what, env) => {
    const { AWS_ENDPOINT_URL = '' } = world.aws.env(sandboxAccount, region)
    const run = await pushed(
      `wrong-${what.length}`,
      { 'README.md': what },
      { env: { ...env, AWS_ENDPOINT_URL, AWS_REGION: region } }
    )
    expect(codesOf(run)).toEqual(['NO_CREDENTIALS'])
    expect(run.exitCode).toBe(1)
  })
})

describe('F105 every problem of a configuration is told', () => {
  const broken = config
    .replace('stage: dev', 'stag: dev')
    .replace('account-id: "444455556666"', 'account-id: 444455556666')
    .replace('path: docs', 'path: ../docs')
    .replace('[python3.10]', '[python3]')
    .replace('branch: test', 'branch: ""')
  const lines = /^(?:error: )?\.github\/layer-deploy\.yml:\d+:\d+: CONFIG_INVALID: /

  it('by the action: the first has the annotation, the log has all', async () => {
    const run = await pushed('broken', { [place]: broken })
    expect(run.exitCode).toBe(1)
    expect(errorsOf(run)).toEqual([expect.stringMatching(lines)])
    const logged = run.log.filter(line => /layer-deploy\.yml:\d+:\d+: CONFIG_INVALID: /.test(line))
    expect(new Set(logged.map(line => /yml:(\d+):/.exec(line)?.[1])).size).toBe(5)
  })

  it('by the command line and by doctor', async () => {
    const commit = await world.superproject.commitFiles({ [place]: broken }, { branch: 'broken-cli', from: 'test' })
    await world.superproject.push('broken-cli')
    const directory = await world.superproject.cloneForRun({ branch: 'broken-cli', commit })
    const home = await mkdtemp(join(tmpdir(), 'home-'))
    const start = { directory, home, steps: world.steps, env: { GITHUB_REPOSITORY: 'octo-org/superproject' } }
    const plan = await runCommandLine({ ...start, args: ['plan'] })
    expect(plan.exitCode).toBe(1)
    expect(plan.stderr.split('\n').filter(line => lines.test(line))).toHaveLength(5)
    const history = await runCommandLine({ ...start, args: ['history'] })
    expect(history.stderr.split('\n').filter(line => lines.test(line))).toHaveLength(5)
    const doctor = await runCommandLine({ ...start, args: ['doctor'] })
    const found = doctor.stdout.split('\n').filter(line => /^problem +configuration: /.test(line))
    expect(found).toHaveLength(5)
    expect(found[0]).toMatch(/\.github\/layer-deploy\.yml:\d+:\d+: CONFIG_INVALID: Expected /)
    await rm(home, { recursive: true })
  })
})

describe('F110 a merge queue with several entries', () => {
  /** The queue's second entry: the first moved da_flask, this one changes docs. */
  async function secondEntry(): Promise<{ base: string; head: string }> {
    const commit = await world.superproject.commitSubmodule('da_flask', { 'python/queued.py': '1\n' })
    const base = await world.superproject.bumpSubmodule('da_flask', commit, { branch: 'queue', from: 'test' })
    const head = await world.superproject.commitFiles({ 'docs/python/docs.py': 'queued\n' }, { branch: 'queue' })
    await world.superproject.push('queue')
    return { base, head }
  }

  it('names what this entry adds and what those below it add, without credentials and with them', async () => {
    await world.superproject.push('test')
    const { base, head } = await secondEntry()
    const event = mergeGroup({ base: 'test', baseCommit: base, headCommit: head })
    const checkout = { branch: 'queue', commit: head }
    const run = await world.run({ event, checkout, account: null })
    expect(errorsOf(run)).toEqual([])
    expect(changedOf(run)).toEqual(['da_flask', 'docs'])
    const { steps } = JSON.parse(run.outputs['plan'] ?? '') as { steps: { layer: string; 'added-by'?: string }[] }
    expect(steps.map(step => [step.layer, step['added-by']])).toEqual([
      ['da_flask', 'entries-below'],
      ['docs', 'this-entry']
    ])
    expect(run.summary).toMatch(/by this entry of the merge queue docs, by the entries below it da_flask/)
    await world.push('test')
    const known = await world.run({ event, checkout, account: sandboxAccount })
    expect(known.summary).toMatch(/by this entry of the merge queue docs, by the entries below it da_flask/)
  })

  it('of a first entry everything is its own', async () => {
    const tip = await world.superproject.push('test')
    const head = await world.superproject.commitFiles(
      { 'docs/python/docs.py': 'first\n' },
      { branch: 'one', from: tip }
    )
    await world.superproject.push('one')
    const event = mergeGroup({ base: 'test', baseCommit: tip, headCommit: head })
    const run = await world.run({ event, checkout: { branch: 'one', commit: head }, account: null })
    expect(changedOf(run)).toEqual(['docs'])
    expect(run.summary).toContain('by this entry of the merge queue docs')
    expect(run.summary).not.toContain('entries below')
  })
})
