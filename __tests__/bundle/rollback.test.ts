/** Back to an earlier version and forward again, with both engines, through dist/: as a workflow and from a terminal. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { listStacks } from '../../emulators/aws/cloudformation/reader.js'
import { listLayers } from '../../emulators/aws/lambda/reader.js'
import type { RunOutcome } from '../../emulators/runner/index.js'
import { asCloneOfGitHub, makeHome, runCommandLine } from '../../emulators/world/command-line.js'
import {
  makeActionWorld,
  productionAccount,
  region,
  repository,
  sandboxAccount,
  type ActionRun,
  type ActionWorld
} from '../support/action-world.js'
import { workflowDispatch } from '../support/events.js'
import { storedObject } from '../support/zip-file.js'
import { configText } from './config-text.js'
import { codesOf, errorsOf, rowsOf, statusesOf, versionsIn, warningsOf } from './reading.js'

const layer = 'dev-alpha-layer'
const source = (release: number) => ({ 'alpha/python/alpha.py': `release = ${release}\n` })

describe.each(['cloudformation', 'lambda'] as const)('rollback, engine %s', engine => {
  let world: ActionWorld
  beforeAll(async () => {
    world = await makeActionWorld({
      config: configText({ engine, layers: { alpha: '{ path: alpha }', beta: '{ path: beta }' } }),
      submodules: {},
      files: { ...source(1), 'beta/python/beta.py': '1\n' }
    })
    await world.push('test')
    for (const release of [2, 3]) {
      await world.superproject.commitFiles(source(release), { branch: 'test' })
      await world.push('test', { inputs: { layers: 'alpha' } })
    }
  })
  afterAll(() => world.close())
  beforeEach(() => {
    world.aws.resetCalls()
  })

  const rollback = async (inputs: Record<string, string>, job: Partial<ActionRun> = {}): Promise<RunOutcome> => {
    const sha = await world.superproject.push('test')
    return world.run({
      event: workflowDispatch({ ref: 'refs/heads/test', sha }),
      checkout: { branch: 'test', commit: sha, depth: 0 },
      account: sandboxAccount,
      inputs: { command: 'rollback', ...inputs },
      ...job
    })
  }
  const versions = () =>
    listLayers(world.aws.world, sandboxAccount, region).find(({ name }) => name === layer)!.versions
  const bytesOf = (version: number) => versions().find(each => each.version === version)?.codeSha256
  const bucket = () => world.aws.world.buckets.get(`${sandboxAccount}-code-deployment`)!
  const artifactKeys = () =>
    [...bucket().objects.keys()].filter(key => key.startsWith('layer-deploy/artifacts/dev-alpha'))
  const artifactOf = (version: number) =>
    [...bucket().objects.values()].find(({ checksumSha256 }) => checksumSha256 === bytesOf(version))!
  const refused = async (inputs: Record<string, string>, code: string, job: Partial<ActionRun> = {}) => {
    const before = versions().length
    const run = await rollback(inputs, job)
    expect({ exitCode: run.exitCode, codes: codesOf(run) }).toEqual({ exitCode: 1, codes: [code] })
    expect(world.aws.writes()).toEqual([])
    expect(versions()).toHaveLength(before)
    return run
  }

  it('a dry run says what it would do and writes nothing', async () => {
    const run = await rollback({ version: '1', layers: 'alpha', 'dry-run': 'true' })
    expect(errorsOf(run)).toEqual([])
    expect(rowsOf(run)['alpha']?.[region]).toMatchObject({ status: 'planned', reason: 'rolled-back', version: 3 })
    expect(run.summary).toContain('alpha would be rolled back to version 1 in sandbox')
    expect(world.aws.writes()).toEqual([])
  })

  it('refuses a version that does not exist, without a write', async () => {
    await refused({ version: '9', layers: 'alpha' }, 'VERSION_NOT_FOUND')
  })

  it('F46 refuses the wrong account', async () => {
    await refused({ version: '1', layers: 'alpha' }, 'ACCOUNT_MISMATCH', { account: productionAccount })
    expect(world.aws.calls.map(({ action }) => action)).toEqual(['sts:GetCallerIdentity'])
  })

  it('F23 refuses a rollback from a commit before the deployed one, as a re-run of an old rollback is', async () => {
    const commit = await world.superproject.git('rev-parse', 'test~1')
    await refused({ version: '1', layers: 'alpha' }, 'STALE_RUN', {
      event: workflowDispatch({ ref: 'refs/heads/test', sha: commit }),
      checkout: { branch: 'test', commit, depth: 0 }
    })
  })

  it('refuses an artifact whose bytes are not its writer’s, and one that AWS does not give out any more', async () => {
    const stored = artifactOf(1)
    bucket().objects.set(stored.key, storedObject(stored.key, artifactOf(2).body, stored.metadata))
    await refused({ version: '1', layers: 'alpha' }, 'ARTIFACT_ALTERED')
    bucket().objects.delete(stored.key)
    world.aws.world.layerDownloads = 'refused'
    await refused({ version: '1', layers: 'alpha' }, 'ARTIFACT_GONE')
    world.aws.world.layerDownloads = 'altered'
    await refused({ version: '1', layers: 'alpha' }, 'ARTIFACT_ALTERED')
    world.aws.world.layerDownloads = 'answered'
    bucket().objects.set(stored.key, stored)
  })

  it('F151 a version that was published by hand is none to return to', async () => {
    const alpha = world.aws.world.region(sandboxAccount, region).layers.get(layer)!
    const [first] = alpha.versions
    // Number 3 becomes the stranger's: what the record names is number 4.
    await world.superproject.commitFiles(source(30), { branch: 'test' })
    alpha.versions.push({ ...first!, version: 4, arn: first!.arn.replace(/1$/, '4') })
    await refused({ version: '4', layers: 'alpha' }, 'VERSION_NOT_FOUND')
    const run = await rollback({ version: 'previous', layers: 'alpha', 'dry-run': 'true' })
    expect(run.summary).toContain('alpha would be rolled back to version 2 in sandbox')
    alpha.versions.pop()
    await world.superproject.commitFiles(source(3), { branch: 'test' })
  })

  it('publishes the previous content again, as the newest version; stack or state, status and deployment follow', async () => {
    const from = world.github.state.statuses.length
    const run = await rollback({ version: 'previous', layers: 'alpha' })
    expect(errorsOf(run)).toEqual([])
    expect(rowsOf(run)['alpha']?.[region]).toMatchObject({ status: 'rolled-back', reason: 'rolled-back', version: 4 })
    expect(run.outputs).toMatchObject({ command: 'rollback', conclusion: 'success', alpha_version: '4' })
    expect(bytesOf(4)).toBe(bytesOf(2))
    expect(versionsIn(world, sandboxAccount)).toEqual({ [layer]: [1, 2, 3, 4], 'dev-beta-layer': [1] })
    expect(statusesOf(world, from)).toEqual(['layer-deploy/sandbox pending', 'layer-deploy/sandbox success'])
    expect(world.github.state.statuses.at(-1)?.description).toBe(
      `alpha rolled back to version 2 (as version 4) in sandbox (${sandboxAccount})`
    )
    expect(world.github.state.deployments.at(-1)).toMatchObject({ description: 'Rolled back: alpha' })
    if (engine === 'cloudformation') {
      const stack = listStacks(world.aws.world, sandboxAccount, region).find(({ name }) => name === layer)
      expect(stack?.outputs['LayerVersionArn']).toMatch(/:4$/)
      expect(stack?.tags['layer-deploy:rolled-back-to']).toBe('2')
    }
  })

  it('a second attempt of the same run goes back no further', async () => {
    const first = await rollback({ version: 'previous', layers: 'alpha' }, { runId: '900' })
    expect(rowsOf(first)['alpha']?.[region]).toMatchObject({ status: 'rolled-back', version: 5 })
    expect(bytesOf(5)).toBe(bytesOf(1))
    world.aws.resetCalls()
    const again = await rollback({ version: 'previous', layers: 'alpha' }, { runId: '900', runAttempt: '2' })
    expect(rowsOf(again)['alpha']?.[region]).toMatchObject({ status: 'unchanged', version: 5 })
    expect(world.aws.writes()).toEqual([])
  })

  it('the next push deploys forward and says what it undoes', async () => {
    await world.superproject.commitFiles({ 'README.md': 'news\n' }, { branch: 'test' })
    const outcome = await world.push('test', { inputs: { layers: 'alpha' } })
    expect(errorsOf(outcome)).toEqual([])
    expect(rowsOf(outcome)['alpha']?.[region]).toMatchObject({
      status: 'published',
      reason: 'source-changed',
      version: 6
    })
    expect(bytesOf(6)).toBe(bytesOf(3))
    expect(warningsOf(outcome)).toEqual(['Layer alpha in us-east-2: this undoes the rollback to version 1 (version 5)'])
    world.aws.resetCalls()
    const next = await world.push('test', { inputs: { layers: 'alpha' } })
    expect({ warnings: warningsOf(next), writes: world.aws.writes() }).toEqual({ warnings: [], writes: [] })
  })

  it('takes the bytes from the version itself where the artifact is gone, and puts it back', async () => {
    const { key } = artifactOf(2)
    bucket().objects.delete(key)
    expect(artifactKeys()).not.toContain(key)
    const run = await rollback({ version: '2', layers: 'alpha' })
    expect(errorsOf(run)).toEqual([])
    expect(rowsOf(run)['alpha']?.[region]).toMatchObject({ status: 'rolled-back', version: 7 })
    expect(bytesOf(7)).toBe(bytesOf(2))
    expect(artifactKeys()).toContain(key)
  })

  it('does nothing where the version runs already', async () => {
    const run = await rollback({ version: '7', layers: 'alpha' })
    expect(rowsOf(run)['alpha']?.[region]).toMatchObject({ status: 'unchanged', version: 7 })
    expect(world.aws.writes()).toEqual([])
  })

  it('works from a terminal', async () => {
    const home = await makeHome(await mkdtemp(join(tmpdir(), 'home-')), world.aws, {
      sandbox: { accountId: sandboxAccount, region }
    })
    const directory = await world.superproject.cloneForRun({ branch: 'test', depth: 0 })
    await asCloneOfGitHub(directory, world.superproject.server.url, repository)
    const args = 'rollback --environment sandbox --profile sandbox --to 3 alpha'.split(' ')
    const run = await runCommandLine({ directory, home, args, env: { AWS_ENDPOINT_URL: world.aws.url } })
    await rm(home, { recursive: true })
    expect(run).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/alpha +us-east-2 +rolled back +7 -> 8/) })
    expect(bytesOf(8)).toBe(bytesOf(3))
  })

  it('never met a defect of the emulators', () => {
    expect({ aws: world.aws.defects, github: world.github.violations }).toEqual({ aws: [], github: [] })
  })
})
