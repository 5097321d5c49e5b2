import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { listLayers } from '../../emulators/aws/lambda/reader.js'
import {
  type ActionWorld,
  makeActionWorld,
  ownProcesses,
  productionAccount,
  region,
  sandboxAccount
} from '../support/action-world.js'

describe('the main job, through dist/', () => {
  let world: ActionWorld
  beforeAll(async () => {
    world = await makeActionWorld({ steps: ownProcesses })
  })
  afterAll(() => world.close())
  const versions = (account: string) =>
    Object.fromEntries(
      listLayers(world.aws.world, account, region).map(layer => [
        layer.name,
        layer.versions.map(({ version }) => version)
      ])
    )

  it('plans a pull request: one comment, a status, no write', async () => {
    await world.superproject.commitFiles({ 'constraints.txt': 'flask==3.0.1\n' }, { branch: 'feature', from: 'test' })
    const run = await world.pullRequest(7, 'feature', 'test')
    expect(run.exitCode).toBe(0)
    expect(run.outputs).toMatchObject({
      command: 'plan',
      environment: 'sandbox',
      conclusion: 'success',
      changed: 'true'
    })
    expect(JSON.parse(run.outputs['changed-layers'] ?? '')).toEqual(['da_flask', 'da_framework'])
    const [comment] = world.github.state.comments
    expect(comment?.body).toMatch(/^<!-- layer-deploy -->/)
    expect(comment?.issueNumber).toBe(7)
    expect(world.github.state.statuses.map(({ context, state }) => `${context} ${state}`)).toEqual([
      'layer-deploy/plan pending',
      'layer-deploy/plan success'
    ])
    expect(world.aws.writes()).toEqual([])
  })

  it('publishes every layer on the first push', async () => {
    const run = await world.push('test')
    expect(run.log.join('\n')).not.toContain('::error')
    expect(run.exitCode).toBe(0)
    expect(run.outputs).toMatchObject({
      command: 'deploy',
      environment: 'sandbox',
      stage: 'dev',
      'account-id': sandboxAccount,
      conclusion: 'success',
      da_flask_changed: 'true',
      da_flask_version: '1',
      da_flask_arn: `arn:aws:lambda:${region}:${sandboxAccount}:layer:dev-da-flask-layer:1`
    })
    const rows = JSON.parse(run.outputs['layer-versions'] ?? '') as Record<
      string,
      Record<string, Record<string, unknown>>
    >
    expect(rows['da_framework']?.[region]).toEqual({
      status: 'published',
      'layer-name': 'dev-da-framework-layer',
      version: 1,
      arn: `arn:aws:lambda:${region}:${sandboxAccount}:layer:dev-da-framework-layer:1`,
      'artifact-sha256': expect.stringMatching(/^[0-9a-f]{64}$/),
      'content-digest': expect.stringMatching(/^[0-9a-f]{64}$/),
      'source-digest': expect.stringMatching(/^[0-9a-f]{64}$/),
      'size-bytes': expect.any(Number),
      'unzipped-bytes': expect.any(Number),
      'size-change-bytes': null,
      'packages-changed': [],
      reason: 'never-deployed'
    })
    expect(versions(sandboxAccount)).toEqual({ 'dev-da-flask-layer': [1], 'dev-da-framework-layer': [1] })
  })

  it('writes nothing to AWS the second time', async () => {
    world.aws.resetCalls()
    const run = await world.push('test')
    expect(run.outputs).toMatchObject({
      conclusion: 'success',
      changed: 'false',
      matrix: '{"include":[]}',
      da_flask_version: '1'
    })
    expect(world.aws.writes()).toEqual([])
  })

  it('publishes only the layer whose submodule moved', async () => {
    const commit = await world.superproject.commitSubmodule('da_flask', {
      'python/da_flask/app.py': 'def create_app():\n    return 2\n'
    })
    await world.superproject.bumpSubmodule('da_flask', commit, { branch: 'test' })
    world.aws.resetCalls()
    const run = await world.push('test')
    expect(run.outputs).toMatchObject({ conclusion: 'success', da_flask_version: '2', da_framework_version: '1' })
    expect(JSON.parse(run.outputs['changed-layers'] ?? '')).toEqual(['da_flask'])
    expect(versions(sandboxAccount)).toEqual({ 'dev-da-flask-layer': [1, 2], 'dev-da-framework-layer': [1] })
    expect(world.aws.writes().every(call => call.accountId === sandboxAccount)).toBe(true)
    expect(run.annotations).toEqual([])
  })

  it('shows a pull request between which commits its submodule moves', async () => {
    const before = await world.superproject.git('rev-parse', 'test:da_flask')
    const commit = await world.superproject.commitSubmodule('da_flask', {
      'python/da_flask/app.py': 'def create_app():\n    return 3\n'
    })
    await world.superproject.bumpSubmodule('da_flask', commit, { branch: 'bump', from: 'test' })
    const run = await world.pullRequest(8, 'bump', 'test')
    expect([run.exitCode, run.annotations]).toEqual([0, []])
    const { body } = world.github.state.comments.find(({ issueNumber }) => issueNumber === 8) ?? {}
    expect(body).toContain(`compare/${before}...${commit}`)
  })

  it('promotes to production what the sandbox proved', async () => {
    await world.superproject.mergeBranch('test', 'main')
    world.aws.resetCalls()
    const run = await world.push('main')
    expect(run.outputs).toMatchObject({
      conclusion: 'success',
      environment: 'production',
      'account-id': productionAccount
    })
    expect(versions(productionAccount)).toEqual({ 'prod-da-flask-layer': [1], 'prod-da-framework-layer': [1] })
    expect(world.aws.calls.every(call => call.accountId === productionAccount)).toBe(true)
  })

  it('F46 refuses the wrong account before anything else', async () => {
    const commit = await world.superproject.commitSubmodule('da_framework', {
      'python/da_framework/core.py': 'answer = 43\n'
    })
    await world.superproject.bumpSubmodule('da_framework', commit, { branch: 'test' })
    world.aws.resetCalls()
    const run = await world.push('test', { account: productionAccount })
    expect(run.exitCode).toBe(1)
    expect(run.outputs).toMatchObject({ conclusion: 'failure' })
    expect(run.annotations.filter(({ level }) => level === 'error').map(({ message }) => message)).toEqual([
      expect.stringMatching(/^ACCOUNT_MISMATCH: Expected .*111122223333.*, found account 444455556666\. To fix: /)
    ])
    expect(world.aws.calls.map(({ action }) => action)).toEqual(['sts:GetCallerIdentity'])
    expect(world.github.state.statuses.at(-1)).toMatchObject({ context: 'layer-deploy/sandbox', state: 'failure' })
  })

  it('never asked GitHub for what its description does not allow', () => {
    expect(world.github.violations).toEqual([])
    expect(world.aws.defects).toEqual([])
  })
})
