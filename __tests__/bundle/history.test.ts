/** Which commit and run each version comes from, through dist/: with GitHub's records, without them, and what cannot be read. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { installationToken } from '../../emulators/world/action-world.js'
import { asCloneOfGitHub, makeHome, runCommandLine } from '../../emulators/world/command-line.js'
import {
  makeActionWorld,
  productionAccount,
  region,
  repository,
  sandboxAccount,
  type ActionWorld
} from '../support/action-world.js'
import { workflowDispatch } from '../support/events.js'
import { configText } from './config-text.js'

describe.each(['cloudformation', 'lambda'] as const)('history, engine %s', engine => {
  let world: ActionWorld
  let home: string
  let directory: string
  const commits: string[] = []
  beforeAll(async () => {
    world = await makeActionWorld({
      config: configText({ engine, layers: { da_flask: '{ path: da_flask }' } }),
      submodules: { da_flask: { 'python/a.py': '1\n' } }
    })
    const push = async (): Promise<void> => {
      await world.push('test')
      commits.push(await world.superproject.git('rev-parse', 'test'))
    }
    await push()
    const next = await world.superproject.commitSubmodule('da_flask', { 'python/a.py': '2\n' })
    await world.superproject.bumpSubmodule('da_flask', next, { branch: 'test' })
    await push()
    const sha = await world.superproject.push('test')
    const event = workflowDispatch({ ref: 'refs/heads/test', sha })
    const inputs = { command: 'rollback', layers: 'da_flask', version: 'previous' }
    await world.run({
      ...{ event, inputs, runId: '777', account: sandboxAccount },
      checkout: { branch: 'test', commit: sha, depth: 0 }
    })
    home = await makeHome(await mkdtemp(join(tmpdir(), 'home-')), world.aws, {
      sand: { accountId: sandboxAccount, region },
      prod: { accountId: productionAccount, region }
    })
    directory = await world.superproject.cloneForRun({ branch: 'test', depth: 0 })
    await asCloneOfGitHub(directory, world.superproject.server.url, repository)
    world.aws.resetCalls()
  })
  afterAll(async () => {
    expect(world.aws.writes()).toEqual([])
    expect(world.aws.defects).toEqual([])
    await world.close()
    await rm(home, { recursive: true, force: true })
  })
  const history = (args: string, env: Record<string, string> = {}) =>
    runCommandLine({
      ...{ directory, home, args: ['history', ...args.split(' ')], steps: world.steps },
      env: { AWS_ENDPOINT_URL: world.aws.url, ...env }
    })
  const gitlink = (commit: string | undefined) => world.superproject.git('rev-parse', `${commit ?? ''}:da_flask`)

  it('names commit, submodule commit, content and run of each version, newest first', async () => {
    const token = { GITHUB_TOKEN: installationToken, GITHUB_API_URL: world.github.url }
    const { exitCode, stdout, stderr } = await history('-e sandbox -p sand --json da_flask', token)
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    const { layers } = JSON.parse(stdout) as { layers: { versions: Record<string, unknown>[] }[] }
    const [one, two] = [await gitlink(commits[0]), await gitlink(commits[1])]
    expect(layers).toMatchObject([
      {
        ...{ environment: 'sandbox', region, layerId: 'da_flask', layerName: 'dev-da-flask-layer' },
        versions: [
          { version: 3, deployed: true, commit: commits[1], sourceCommit: one, run: '777/1', sameAs: 1 },
          { version: 2, deployed: false, commit: commits[1], sourceCommit: two, witness: 'deployment', sameAs: null },
          { version: 1, deployed: false, commit: commits[0], sourceCommit: one, witness: 'deployment' }
        ]
      }
    ])
    const [third, second, first] = layers[0]!.versions
    expect(third!['contentDigest']).toMatch(/^[0-9a-f]{64}$/)
    expect(third!['contentDigest']).toBe(first!['contentDigest'])
    expect(second!['contentDigest']).not.toBe(first!['contentDigest'])
    expect([first!['run'], second!['run']]).toEqual(['101', '102'])
  })

  it('without a token says what is missing, and knows the rest from AWS', async () => {
    const { exitCode, stdout, stderr } = await history('-e sandbox -p sand --limit 2')
    expect(exitCode).toBe(0)
    expect(stderr).toMatch(/^warning: Without GITHUB_TOKEN only the run of the deployed version is known/)
    const lines = stdout.split('\n')
    expect(lines[0]).toBe(`da_flask: dev-da-flask-layer in sandbox (${sandboxAccount}, ${region})`)
    expect(lines[2]).toMatch(new RegExp(`^3 .*${commits[1]!.slice(0, 7)} .*777/1 +deployed`))
    expect(lines[3]).toMatch(new RegExp(`^2 .*${commits[1]!.slice(0, 7)} .* - +first built at that commit$`))
    expect(stdout).toContain('and 1 older: --limit shows more')
  })

  it('reads each environment with its own profile, and names the one that it cannot read', async () => {
    const both = await history('-p sandbox=sand -p production=prod')
    expect(both.stdout).toMatch(/in sandbox[^]*in production[^]*no version/)
    const one = await history('-p sand')
    expect(one).toMatchObject({ exitCode: 0 })
    expect(one.stderr).toMatch(/^warning: production was not read: ACCOUNT_MISMATCH: /m)
  })

  // What is refused before AWS is asked is refused whatever the engine.
  const refusals = [
    ['another account', '-e production -p sand', 'ACCOUNT_MISMATCH'],
    ['a profile that does not exist', '-p production=prd', 'PROFILE_NOT_FOUND'],
    ['an environment that does not exist', '-e sandbx -p sand', 'ENVIRONMENT_MAPPED'],
    ['a region that is not configured', '-p sand --regions eu-west-1', 'REGION_NOT_ALLOWED'],
    ['a layer that is not configured', '-p sand da_flsk', 'CONFIG_INVALID'],
    ['no number', '-p sand --limit many', 'CONFIG_INVALID']
  ] as const
  it.each(engine === 'lambda' ? refusals : refusals.slice(0, 1))('refuses %s', async (_what, args, code) => {
    const { exitCode, stderr } = await history(args)
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: expect.stringMatching(`^error: ${code}: `) })
  })
})
