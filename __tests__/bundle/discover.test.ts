/** What runs where, through dist/: as a workflow and from a terminal. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { addFunction } from '../../emulators/aws/lambda/function-calls.js'
import { asCloneOfGitHub, makeHome, runCommandLine } from '../../emulators/world/command-line.js'
import { makeActionWorld, region, repository, sandboxAccount, type ActionWorld } from '../support/action-world.js'
import { workflowDispatch } from '../support/events.js'
import { configText } from './config-text.js'
import { errorsOf, warningsOf } from './reading.js'

describe.each(['cloudformation', 'lambda'] as const)('discover, engine %s', engine => {
  let world: ActionWorld
  beforeAll(async () => {
    world = await makeActionWorld({
      config: configText({ engine, layers: { alpha: '{ path: alpha }' } }),
      submodules: {},
      files: { 'alpha/python/alpha.py': '1\n' }
    })
    await world.push('test')
    await world.superproject.commitFiles({ 'alpha/python/alpha.py': '2\n' }, { branch: 'test' })
    await world.push('test')
    const { layers } = world.aws.world.region(sandboxAccount, region)
    const ours = layers.get('dev-alpha-layer')!
    const arn = ours.arn.replace('dev-alpha-layer', 'dev-old-tools-layer')
    const first = { ...ours.versions[0]!, arn: `${arn}:1`, description: '<b>by hand</b>' }
    layers.set('dev-old-tools-layer', { name: 'dev-old-tools-layer', arn, versions: [first] })
    addFunction(world.aws.world, sandboxAccount, region, {
      name: 'orders',
      layers: [`${ours.arn}:2`],
      versions: [{ version: '1', layers: [`${ours.arn}:1`, `${arn}:1`] }],
      aliases: { live: '1' }
    })
    const statement = (Sid: string) => ({
      Sid,
      Effect: 'Allow' as const,
      Action: 'lambda:GetLayerVersion',
      Resource: ours.arn
    })
    ours.versions[0]!.policy = [
      { ...statement('a'), Principal: { AWS: 'arn:aws:iam::444455556666:root' } },
      { ...statement('o'), Principal: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-example12345' } } },
      { ...statement('p'), Principal: '*' }
    ]
    world.aws.world.buckets.set(bucketName, { ...bucket(), allowedAccountIds: ['444455556666'] })
    world.aws.resetCalls()
  })
  afterAll(() => world.close())
  const bucketName = `${sandboxAccount}-code-deployment`
  const bucket = () => world.aws.world.buckets.get(bucketName)!

  it('names layers, stacks, users, who must move and what is not configured; writes nothing', async () => {
    const sha = await world.superproject.push('test')
    const event = workflowDispatch({ ref: 'refs/heads/test', sha })
    const job = { event, checkout: { branch: 'test', commit: sha }, account: sandboxAccount }
    const run = await world.run({ ...job, inputs: { command: 'discover' } })
    expect(errorsOf(run)).toEqual([])
    expect(run.outputs).toMatchObject({ command: 'discover', conclusion: 'success' })
    expect(JSON.parse(run.outputs['plan'] ?? '')).toMatchObject({
      'who-must-move': [
        { layer: 'dev-alpha-layer', version: 1, current: 2, function: 'orders', 'function-version': '1' }
      ],
      places: [
        {
          environment: 'sandbox',
          principal: expect.stringMatching(/^arn:aws:(iam|sts)::111122223333:/),
          bucketGrants: [{ principal: '444455556666', actions: ['s3:*'], keys: ['*'], conditions: [] }],
          layers: [
            {
              ...{ name: 'dev-alpha-layer', layerId: 'alpha', deployedVersion: 2 },
              versions: [
                { version: 2, sharedWith: [] },
                { version: 1, sharedWith: ['444455556666', 'o-example12345', 'public'] }
              ],
              stack: engine === 'lambda' ? null : 'dev-alpha-layer'
            },
            { name: 'dev-old-tools-layer', layerId: null, adopt: expect.stringContaining('  old_tools:') }
          ]
        }
      ]
    })
    expect(run.summary).toContain('is on version 1 of `dev-alpha-layer`; version 2 is current')
    expect(run.summary).toContain('flowchart LR')
    expect(run.summary).toMatch(/\| `444455556666`, `o-example12345`, `public` \|/)
    expect(run.summary).toMatch(/Read as `arn:aws:\S+`[.]/)
    expect(run.summary).toContain('lets others in')
    expect(warningsOf(run)).toEqual([expect.stringMatching(/^Not read in production: .*111122223333/)])
    expect(world.aws.writes()).toEqual([])
    expect(world.aws.defects).toEqual([])
  })

  it('without the rights it says which are missing, and shows the rest', async () => {
    const sha = await world.superproject.push('test')
    const event = workflowDispatch({ ref: 'refs/heads/test', sha })
    for (const action of ['lambda:GetLayerVersionPolicy', 's3:GetBucketPolicy']) {
      const denied = { code: 'AccessDeniedException', status: 403, times: 100 }
      world.aws.faults.add({ action, kind: 'error', ...denied })
    }
    const job = { event, checkout: { branch: 'test', commit: sha }, account: sandboxAccount }
    world.aws.resetCalls()
    const run = await world.run({ ...job, inputs: { command: 'discover', environment: 'sandbox' } })
    world.aws.faults.clear()
    expect(errorsOf(run)).toEqual([])
    // Of the first layer's two versions; who may not ask of them may ask of no other.
    expect(world.aws.calls.filter(({ api }) => api === 'lambda:GetLayerVersionPolicy').length).toBeLessThanOrEqual(2)
    expect(warningsOf(run).sort()).toEqual([
      expect.stringMatching(
        /the bucket \S+ lets others do is not known: ACCESS_DENIED: .*s3:GetBucketPolicy on arn:aws:s3:::\S+/
      ),
      expect.stringMatching(
        /shared with is not known: ACCESS_DENIED: .*lambda:GetLayerVersionPolicy on arn:aws:lambda:\S+/
      )
    ])
    expect(run.summary).toContain('dev-alpha-layer')
    expect(run.summary).toContain('| not known |')
  })

  it('a bucket that is gone keeps nothing else from being shown', async () => {
    const sha = await world.superproject.push('test')
    const kept = bucket()
    world.aws.world.buckets.delete(bucketName)
    const event = workflowDispatch({ ref: 'refs/heads/test', sha })
    const job = { event, checkout: { branch: 'test', commit: sha }, account: sandboxAccount }
    const run = await world.run({ ...job, inputs: { command: 'discover', environment: 'sandbox' } })
    world.aws.world.buckets.set(bucketName, kept)
    expect(errorsOf(run)).toEqual([])
    expect(warningsOf(run)).toContainEqual(expect.stringMatching(/lets others do is not known: .*found no such bucket/))
    expect(run.summary).toContain('dev-alpha-layer')
    expect(run.summary).toContain('What the bucket lets others do is not known.')
  })

  it('writes a page from a terminal, on whatever branch', async () => {
    const home = await makeHome(await mkdtemp(join(tmpdir(), 'home-')), world.aws, {
      s: { accountId: sandboxAccount, region }
    })
    const directory = await world.superproject.cloneForRun({ branch: 'main' })
    await asCloneOfGitHub(directory, world.superproject.server.url, repository)
    const args = `discover -e sandbox -p s --html ${join(home, 'page.html')}`.split(' ')
    const run = await runCommandLine({ directory, home, args, env: { AWS_ENDPOINT_URL: world.aws.url } })
    const page = await readFile(join(home, 'page.html'), 'utf8')
    expect(run).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('### Who must move') })
    expect(run.stdout).toMatch(/`444455556666`, `o-example12345`, `public`/)
    expect(page).toContain('<td>444455556666, o-example12345, public</td>')
    expect(page).toContain('<b>444455556666</b>: s3:* on *')
    expect(page).toContain('<b>orders:1 (live)</b>: dev-alpha-layer 1 → 2')
    const all = ['discover', '-p', 's', '--html', join(home, 'whole.html')]
    const whole = await runCommandLine({ directory, home, args: all, env: { AWS_ENDPOINT_URL: world.aws.url } })
    for (const text of [whole.stdout, whole.stderr]) expect(text).toMatch(/production.* \(--profile\)/)
    const said = whole.stdout + whole.stderr + (await readFile(join(home, 'whole.html'), 'utf8'))
    expect(said).not.toContain('workflow')
    const wrong = await runCommandLine({ directory, home, args: ['discover', '-e', 'sandbx', '-p', 's'] })
    expect(wrong).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('error: ENVIRONMENT_MAPPED: ') })
    await rm(home, { recursive: true })
  })
})
