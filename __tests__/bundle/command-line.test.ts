import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { runCommandLine, type CommandLineOutcome } from '../../emulators/world/command-line.js'
import { repository, sandboxAccount, type ActionWorld } from '../support/action-world.js'
import { runGit } from '../../emulators/world/git-process.js'
import { snapshotOf } from '../support/folder-snapshot.js'
import { makeTerminalWorld, type TerminalWorld } from '../support/terminal-world.js'
import { versionsIn } from './reading.js'

describe('the command line, through dist/cli', () => {
  let terminal: TerminalWorld
  let world: ActionWorld
  let home: string
  let checkout: string
  beforeAll(async () => {
    terminal = await makeTerminalWorld()
    ;({ world, home, checkout } = terminal)
  })
  afterAll(() => terminal.close())
  const layerDeploy = (args: string, env: Record<string, string> = {}): Promise<CommandLineOutcome> =>
    runCommandLine({
      directory: checkout,
      home,
      args: args.split(' '),
      env: { AWS_ENDPOINT_URL: world.aws.url, ...env },
      steps: world.steps
    })

  it('says in JSON what a deploy would do, and writes nothing', async () => {
    const { exitCode, stdout } = await layerDeploy('plan --environment sandbox --profile github-deploy --json')
    expect(exitCode).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      command: 'plan',
      environment: 'sandbox',
      'changed-layers': ['da_flask', 'da_framework'],
      layers: [
        { layer: 'da_flask', status: 'planned', reason: 'never-deployed' },
        { layer: 'da_framework', status: 'planned', reason: 'never-deployed' }
      ]
    })
    expect(world.aws.writes()).toEqual([])
  })

  it('a dry run builds and checks, and writes nothing', async () => {
    const { exitCode, stdout } = await layerDeploy('deploy -n -e sandbox -p github-deploy da_flask')
    expect(exitCode).toBe(0)
    expect(stdout).toContain('(dry run: nothing was written)')
    expect(world.aws.writes()).toEqual([])
  })

  it('deploys what ./deploy --environment dev --profile github-deploy da_flask did, and only that', async () => {
    const { exitCode, stdout, stderr } = await layerDeploy(
      'deploy --environment sandbox --profile github-deploy da_flask'
    )
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: expect.stringContaining('da_flask in us-east-2') })
    expect(stdout).toMatch(/da_flask +us-east-2 +published +1 +never deployed here/)
    expect(stdout).not.toContain('da_framework')
    expect(stdout + stderr).not.toContain('\u001b')
    expect(versionsIn(world, sandboxAccount)).toEqual({ 'dev-da-flask-layer': [1] })
  })

  it('finds unchanged what it deployed', async () => {
    world.aws.resetCalls()
    const { exitCode, stdout } = await layerDeploy('deploy --profile github-deploy da_flask')
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/da_flask +us-east-2 +unchanged +1 /)
    expect(world.aws.writes()).toEqual([])
  })

  it('the action finds unchanged what the command line deployed: the same repository, the same digests', async () => {
    world.aws.resetCalls()
    const run = await world.push('test', { inputs: { layers: 'da_flask' } })
    expect(run.outputs).toMatchObject({ conclusion: 'success', changed: 'false', da_flask_version: '1' })
    expect(world.aws.writes()).toEqual([])
  })

  describe('refuses, with exit 1 and no write', () => {
    it.each([
      [
        'an environment that the branch is not mapped to',
        'deploy -e production -p github-deploy',
        'ENVIRONMENT_MAPPED'
      ],
      ['F46 a profile of another account', 'deploy -e sandbox -p github-deploy-prod', 'ACCOUNT_MISMATCH'],
      ['a profile that does not exist', 'deploy -e sandbox -p github-deplyo', 'PROFILE_NOT_FOUND'],
      ['F47 no credentials', 'deploy -e sandbox', 'NO_CREDENTIALS'],
      ['a layer that is not configured', 'deploy -p github-deploy da_flsk', 'CONFIG_INVALID'],
      [
        'a region that the environment does not name',
        'deploy -p github-deploy --regions eu-west-1',
        'REGION_NOT_ALLOWED'
      ],
      ['F1 no configuration', 'deploy -p github-deploy --config nowhere.yml', 'CONFIG_NOT_FOUND'],
      ['a deadline that is none', 'deploy -p github-deploy --timeout-minutes soon', 'CONFIG_INVALID'],
      ['a repository that is none', 'deploy -p github-deploy --repository superproject', 'CONFIG_INVALID']
    ])('%s', async (_what, args, code) => {
      world.aws.resetCalls()
      const { exitCode, stderr } = await layerDeploy(args)
      expect({ exitCode, stderr }).toEqual({
        exitCode: 1,
        stderr: expect.stringMatching(new RegExp(`^error: (\\S+: )?${code}: Expected .*. To fix: `, 'm'))
      })
      expect(world.aws.writes()).toEqual([])
    })

    it('F30 F94 changed files in what a layer is built from are refused, others and another commit are not', async () => {
      world.aws.resetCalls()
      const deployWith = async (file: string): Promise<CommandLineOutcome> => {
        const path = join(checkout, file)
        const before = await readFile(path, 'utf8').catch(() => null)
        await writeFile(path, 'x = 1\n')
        const outcome = await layerDeploy('deploy -n -e sandbox -p github-deploy')
        await (before === null ? rm(path) : writeFile(path, before))
        return outcome
      }
      for (const file of ['da_flask/new.py', 'da_flask/python/da_flask/app.py', 'constraints.txt']) {
        const { exitCode, stderr } = await deployWith(file)
        expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: expect.stringContaining('error: SOURCE_DIRTY: ') })
        expect(stderr).toContain(file)
      }
      expect(await deployWith('notes.txt')).toMatchObject({ exitCode: 0 })
      const git = (...args: string[]) => runGit(join(checkout, 'da_flask'), args)
      await git('commit', '-q', '--allow-empty', '-m', 'Not yet in the superproject')
      expect(await deployWith('da_flask/new.py')).toMatchObject({ exitCode: 0 })
      await git('reset', '-q', '--hard', 'HEAD~1')
      expect(world.aws.writes()).toEqual([])
    })

    it('F94 a dry run of a clone without submodules leaves it as it is; what was fetched lies in the cache', async () => {
      const clone = await world.superproject.cloneForRun({ branch: 'test', depth: 0 })
      const before = await snapshotOf(clone)
      const { exitCode, stderr } = await runCommandLine({
        directory: clone,
        home,
        args: `deploy -n -e sandbox -p github-deploy --repository ${repository} --force da_framework`.split(' '),
        env: { AWS_ENDPOINT_URL: world.aws.url }
      })
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: expect.any(String) })
      expect(await snapshotOf(clone)).toEqual(before)
      const commit = world.superproject.firstSubmoduleCommits['da_framework']!
      expect(await readdir(join(home, '.cache/layer-deploy/submodules'))).toEqual([`${commit}.git`])
    })

    it('outside a repository', async () => {
      const run = await runCommandLine({ directory: home, home, args: ['plan'] })
      expect(run).toMatchObject({
        exitCode: 1,
        stderr: expect.stringMatching(/^error: GIT_FAILED: .*no git repository/)
      })
    })
  })

  describe('F107 without and with GITHUB_TOKEN', () => {
    const force = 'deploy --force -e sandbox -p github-deploy da_flask'
    const proofs = () => world.github.state.deployments.filter(({ environment }) => environment === 'sandbox')

    it('F107 a deploy without it says at once what will be missing, and names the variable', async () => {
      const { exitCode, stderr } = await layerDeploy(force)
      expect(exitCode).toBe(0)
      const [said = ''] = stderr.split('\n').filter(line => line.includes('no proof is recorded'))
      for (const part of ['GITHUB_TOKEN', 'production']) expect(said).toContain(part)
      // The first thing said: whoever reads it can still stop.
      expect(stderr.trimStart().indexOf(said)).toBe(0)
      expect(proofs().filter(({ description }) => !/\(run /.test(description ?? ''))).toEqual([])
    })

    it('F107 a plan and a dry run write nothing, and warn of nothing', async () => {
      for (const args of ['plan -e sandbox -p github-deploy', `${force} -n`]) {
        expect((await layerDeploy(args)).stderr).not.toContain('no proof is recorded')
      }
    })

    it('F107 with it the proof is on record, and nothing is warned of', async () => {
      const before = proofs().length
      const token = { GITHUB_TOKEN: 'ghs_EXAMPLEinstallationtoken', GITHUB_API_URL: world.github.url }
      const { exitCode, stderr } = await layerDeploy(force, { ...token, GITHUB_GRAPHQL_URL: world.github.graphqlUrl })
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: expect.not.stringContaining('proof') })
      expect(proofs()).toHaveLength(before + 1)
      expect(proofs().at(-1)?.statuses.at(-1)).toMatchObject({ state: 'success' })
    })

    it('F107 production without it: NOT_PROMOTED names the variable', async () => {
      await runGit(checkout, ['checkout', '-q', '-B', 'main'])
      world.aws.resetCalls()
      const { exitCode, stderr } = await layerDeploy('deploy -e production -p github-deploy-prod da_flask')
      await runGit(checkout, ['checkout', '-q', 'test'])
      expect({ exitCode, stderr }).toEqual({
        exitCode: 1,
        stderr: expect.stringMatching(/^error: NOT_PROMOTED: .*GITHUB_TOKEN/m)
      })
      expect(world.aws.writes()).toEqual([])
    })
  })

  it('tells the wrong use of itself from a refusal: exit 2', async () => {
    for (const args of ['deplyo', 'deploy --profil x', 'deploy --environment', 'completion tcsh']) {
      expect({ args, exitCode: (await layerDeploy(args)).exitCode }).toEqual({ args, exitCode: 2 })
    }
    expect(await layerDeploy('--help')).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('deploy') })
  })

  it('works from a folder below, with a configuration named from there', async () => {
    const directory = join(checkout, '.github')
    await mkdir(directory, { recursive: true })
    const args = ['detect', '--config', 'layer-deploy.yml', '--profile', 'github-deploy', '--json']
    const env = { AWS_ENDPOINT_URL: world.aws.url }
    const { exitCode, stdout } = await runCommandLine({ directory, home, args, env })
    expect({ exitCode, changed: (JSON.parse(stdout) as Record<string, unknown>)['changed-layers'] }).toEqual({
      exitCode: 0,
      changed: ['da_framework']
    })
  })

  it('completes commands, layers, environments and profiles in bash', async () => {
    const complete = async (...words: string[]): Promise<string[]> =>
      (await runCommandLine({ directory: checkout, home, args: ['complete', '--', ...words] })).stdout
        .trim()
        .split('\n')
    expect(await complete('de')).toEqual(['detect', 'deploy'])
    expect(await complete('deploy', 'da_f')).toEqual(['da_flask', 'da_framework'])
    expect(await complete('deploy', 'da_flask', '')).toEqual(['da_framework'])
    expect(await complete('deploy', '--environment', '')).toEqual(['sandbox', 'production'])
    expect(await complete('deploy', '-p', 'github-deploy-')).toEqual(['github-deploy-prod'])
    expect(await complete('deploy', '--dry')).toEqual(['--dry-run'])
    expect(await complete('completion', 'f')).toEqual(['fish'])
  })

  it('never asked AWS for what the emulator does not know', () => {
    expect(world.aws.defects).toEqual([])
  })
})
