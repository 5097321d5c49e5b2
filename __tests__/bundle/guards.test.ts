/** The guards through dist/ (FAULTS.md, rows 11, 23, 31, 34 to 36, 82, and the promotion): each refusal with its code and no write. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { chmod, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RunOutcome } from '../../emulators/runner/index.js'
import { exampleConfig } from '../../emulators/world/superproject.js'
import {
  makeActionWorld,
  productionAccount,
  sandboxAccount,
  type ActionRun,
  type ActionWorld
} from '../support/action-world.js'
import { push, workflowDispatch } from '../support/events.js'
import { changedOf, codesOf, errorsOf, rowsOf, shownBy, versionsIn, warningsOf } from './reading.js'

let world: ActionWorld
beforeAll(async () => {
  world = await makeActionWorld()
})
afterAll(() => world.close())
beforeEach(() => {
  world.aws.resetCalls()
})

function expectRefused(outcome: RunOutcome, codes: readonly string[]): void {
  expect(codesOf(outcome)).toEqual(codes)
  expect(outcome.exitCode).toBe(1)
  expect(outcome.outputs).toMatchObject({ conclusion: 'failure' })
  expect(world.aws.writes()).toEqual([])
}

async function moveFlask(branch: string, text: string, from?: string): Promise<string> {
  const commit = await world.superproject.commitSubmodule('da_flask', { 'python/da_flask/app.py': text })
  return world.superproject.bumpSubmodule('da_flask', commit, { branch, ...(from === undefined ? {} : { from }) })
}

describe('NOT_PROMOTED', () => {
  const dispatch = async (inputs: Record<string, string>): Promise<RunOutcome> => {
    const sha = await world.superproject.push('main')
    const event = workflowDispatch({ ref: 'refs/heads/main', sha })
    return world.run({ event, checkout: { branch: 'main' }, account: productionAccount, inputs })
  }
  const reason = { 'promotion-override': 'the sandbox is down, incident 4711' }
  const pasted = 'ghs_EXAMPLEinstallationtoken'

  it('refuses what the sandbox never deployed, and so does every re-run', async () => {
    expectRefused(await world.push('main'), ['NOT_PROMOTED', 'NOT_PROMOTED'])
    expectRefused(await world.push('main'), ['NOT_PROMOTED', 'NOT_PROMOTED'])
  })

  it('an override comes from a person, for one run: a push brings none', async () => {
    const outcome = await world.push('main', { inputs: reason })
    expectRefused(outcome, ['TRUSTED_EVENT'])
    expect(errorsOf(outcome)[0]).toContain('a run started by push')
  })

  it('an override where nothing is promoted is refused, not ignored', async () => {
    const sha = await world.superproject.push('test')
    const job = { event: workflowDispatch({ sha }), checkout: { branch: 'test' }, account: sandboxAccount }
    expectRefused(await world.run({ ...job, inputs: reason }), ['TRUSTED_EVENT'])
  })

  it('refuses a dispatch that gives no reason', async () => {
    expectRefused(await dispatch({}), ['NOT_PROMOTED', 'NOT_PROMOTED'])
  })

  it('publishes with an override, which stands in the report and in the deployment', async () => {
    const outcome = await dispatch({
      'promotion-override': `${pasted} the sandbox is down, incident 4711`,
      layers: 'da_flask'
    })
    expect(errorsOf(outcome)).toEqual([])
    expect(rowsOf(outcome)['da_flask']?.['us-east-2']).toMatchObject({ status: 'published', version: 1 })
    const warning =
      /^NOT_PROMOTED da_flask: not proven by sandbox .*overridden by octocat: \*\*\* the sandbox is down, incident 4711/
    expect(warningsOf(outcome)).toEqual([expect.stringMatching(warning)])
    expect(outcome.summary).toContain('incident 4711')
    expect(outcome.outputs['plan']).toContain('incident 4711')
    const [deployment] = world.github.state.deployments.filter(({ environment }) => environment === 'production')
    expect(deployment?.description).toMatch(/^NOT_PROMOTED da_flask: /)
    expect(JSON.stringify(world.github.state)).not.toContain(pasted.slice(0, 12))
  })

  it('proven in the sandbox: production publishes without an override', async () => {
    expect(errorsOf(await world.push('test'))).toEqual([])
    world.aws.resetCalls()
    const outcome = await world.push('main')
    expect(errorsOf(outcome)).toEqual([])
    expect(versionsIn(world, productionAccount)).toEqual({ 'prod-da-flask-layer': [1], 'prod-da-framework-layer': [1] })
  })

  it('the same content of another source is not what was proven', async () => {
    const commit = await world.superproject.commitSubmodule('da_framework', {})
    await world.superproject.bumpSubmodule('da_framework', commit, { branch: 'main' })
    const outcome = await world.push('main')
    expectRefused(outcome, ['NOT_PROMOTED'])
    expect(rowsOf(outcome)['da_framework']?.['us-east-2']).toMatchObject({ status: 'not-attempted' })
  })
})

describe('F11 the environment map', () => {
  const edited = exampleConfig
    .replace('111122223333-code', '444455556666-code')
    .replace('"111122223333"', '"444455556666"')
  const bothSandboxes = edited.replace('stage: prod', 'stage: live')

  it('F11 edited in a pull request: the plan says so, and writes nothing', async () => {
    const files = { '.github/layer-deploy.yml': bothSandboxes }
    await world.superproject.commitFiles(files, { branch: 'map', from: 'test' })
    const outcome = await world.pullRequest(11, 'map', 'test')
    const said = warningsOf(outcome).filter(line => line.includes('edits the environment map'))
    expect(said).toHaveLength(2)
    expect(said[0]).toMatch(/sandbox .*accountId "111122223333" → "444455556666"/)
    expect(world.github.state.comments.find(({ issueNumber }) => issueNumber === 11)?.body).toContain('444455556666')
    expect(world.aws.writes()).toEqual([])
  })

  it('F11 a pull request that leaves it alone says nothing of it', async () => {
    await world.superproject.commitFiles({ 'constraints.txt': 'flask==3\n' }, { branch: 'other', from: 'test' })
    expect(warningsOf(await world.pullRequest(12, 'other', 'test'))).toEqual([])
  })

  it.each([
    ['edited by a step', (path: string) => writeFile(path, bothSandboxes)],
    ['edited in another setting', (path: string) => writeFile(path, exampleConfig.replace('stage: dev', 'stage: test'))]
  ])('F11 %s before a deploy: refused, since nobody reviewed it', async (_name, edit) => {
    const after = await world.superproject.push('test')
    const prepare = (workspace: string) => edit(join(workspace, '.github/layer-deploy.yml'))
    const job = { event: push({ after }), checkout: { branch: 'test' }, account: sandboxAccount, prepare }
    const outcome = await world.run({ ...job, inputs: { force: 'true' } })
    expectRefused(outcome, ['SOURCE_DIRTY'])
    expect(world.aws.calls).toEqual([])
  })
})

describe('STALE_RUN by ancestry', () => {
  it.each([1, 0])('F23 a re-run of an old run stands aside, checked out at depth %i', async depth => {
    const old = await moveFlask('test', `old = ${depth}\n`)
    const first = await world.push('test')
    expect(errorsOf(first)).toEqual([])
    await moveFlask('test', `new = ${depth}\n`)
    expect(errorsOf(await world.push('test'))).toEqual([])
    world.aws.resetCalls()
    const job = { event: push({ after: old }), checkout: { branch: 'test', commit: old, depth }, runAttempt: '2' }
    const outcome = await world.run({ ...job, account: sandboxAccount })
    expect(outcome.exitCode).toBe(0)
    expect(outcome.outputs).toMatchObject({ conclusion: 'neutral' })
    expect(warningsOf(outcome)).toEqual([expect.stringMatching(/^STALE_RUN: .*descends from it.*revert on test/)])
    expect(world.aws.writes()).toEqual([])
  })

  it('F82 a run that never started: the newest deploys everything since the last deployed state', async () => {
    const deployed = await world.superproject.git('rev-parse', 'test')
    await moveFlask('test', 'evicted = True\n')
    const evicted = await world.superproject.push('test')
    const framework = await world.superproject.commitSubmodule('da_framework', { 'python/da_framework/new.py': '1\n' })
    const after = await world.superproject.bumpSubmodule('da_framework', framework, { branch: 'test' })
    await world.superproject.push('test')
    expect(evicted).not.toBe(deployed)
    // The event speaks of the evicted commit as its base: what it changed would be lost to a diff of events.
    const event = push({ before: evicted, after })
    const outcome = await world.run({ event, checkout: { branch: 'test' }, account: sandboxAccount })
    expect(errorsOf(outcome)).toEqual([])
    expect(changedOf(outcome)).toEqual(['da_flask', 'da_framework'])
    expect(rowsOf(outcome)['da_flask']?.['us-east-2']).toMatchObject({ status: 'published' })
  })
})

describe('REGION_NOT_ALLOWED', () => {
  it.each(['us-west-2', 'us-east-2,us-west-2', 'US-EAST-2'])('the input regions %s', async regions => {
    await moveFlask('test', `regions = ${JSON.stringify(regions)}\n`)
    expectRefused(await world.push('test', { inputs: { regions } }), ['REGION_NOT_ALLOWED'])
  })
})

describe('submodules that cannot or may not be fetched', () => {
  const job = async (branch: string, further: Partial<ActionRun> = {}): Promise<RunOutcome> => {
    const after = await world.superproject.push(branch)
    // The tip of the branch that is mapped: what is not is refused for that.
    await world.superproject.git('push', '-q', '--force', world.superproject.url, `${after}:refs/heads/test`)
    const event = workflowDispatch({ ref: 'refs/heads/test', sha: after })
    const checkout = { branch: 'test', commit: after }
    return world.run({ event, checkout, account: sandboxAccount, inputs: { layers: 'da_flask' }, ...further })
  }
  const gitmodules = (section: string): { '.gitmodules': string } => ({
    '.gitmodules': `[submodule "da_framework"]\n\tpath = da_framework\n\turl = ../da_framework.git\n${section}`
  })

  it('F31 a gitlink that is not on the remote: the layer fails, nothing is written', async () => {
    const missing = 'c0ffee'.padEnd(40, '0')
    await world.superproject.bumpSubmodule('da_flask', missing, { branch: 'gone', from: 'test' })
    const outcome = await job('gone')
    expectRefused(outcome, ['GIT_FAILED'])
    expect(errorsOf(outcome)[0]).toContain(missing)
    expect(errorsOf(outcome)[0]).toContain("push the submodule's commit")
  })

  const hostile: readonly (readonly [string, string])[] = [
    ['file URL', '[submodule "da_flask"]\n\tpath = da_flask\n\turl = file:///etc\n'],
    ['ext URL', '[submodule "da_flask"]\n\tpath = da_flask\n\turl = "ext::sh -c touch% PWNED"\n'],
    ['option for a URL', '[submodule "da_flask"]\n\tpath = da_flask\n\turl = "-u./PWNED"\n'],
    ['option for a host', '[submodule "da_flask"]\n\tpath = da_flask\n\turl = ssh://-oProxyCommand=touch-PWNED/x\n'],
    ['name that climbs', '[submodule "../../hooks"]\n\tpath = da_flask\n\turl = ../da_flask.git\n'],
    ['update command', '[submodule "da_flask"]\n\tpath = da_flask\n\turl = ../da_flask.git\n\tupdate = !touch PWNED\n']
  ]
  it.each(hostile)('F34 a hostile %s is refused and never run', async (name, section) => {
    const branch = name.replaceAll(' ', '-')
    await moveFlask(branch, `# ${name}\n`, 'test')
    await world.superproject.commitFiles(gitmodules(section), { branch })
    let workspace = ''
    const outcome = await job(branch, {
      prepare: folder => {
        workspace = folder
        return Promise.resolve()
      }
    })
    expectRefused(outcome, ['GIT_FAILED'])
    await expect(readFile(join(workspace, 'PWNED'))).rejects.toThrow()
    await expect(readFile(join(workspace, 'da_flask/PWNED'))).rejects.toThrow()
  })

  it('F35 credentials in the URL of a submodule show nowhere', async () => {
    const url = 'http://octo:EXAMPLE-p@ssword@127.0.0.1:9/da_flask.git'
    await moveFlask('secret-url', '# url\n', 'test')
    const section = `[submodule "da_flask"]\n\tpath = da_flask\n\turl = ${url}\n`
    await world.superproject.commitFiles(gitmodules(section), { branch: 'secret-url' })
    const outcome = await job('secret-url', { options: { debug: true } })
    expectRefused(outcome, ['GIT_FAILED'])
    // The runner takes these lines away: they are how it learns what to mask.
    const printed = outcome.rawStdout.replace(/^::add-mask::.*$/gm, '')
    for (const part of ['EXAMPLE-p', 'ssword', Buffer.from('octo:EXAMPLE-p').toString('base64').slice(0, 16)])
      expect(shownBy(outcome) + printed + JSON.stringify(world.github.state)).not.toContain(part)
  })
})

describe('F36 git itself', () => {
  const at = async (prepare: (bin: string) => Promise<void>, further: Partial<ActionRun> = {}): Promise<RunOutcome> => {
    const bin = await mkdtemp(join(tmpdir(), 'guards-bin-'))
    try {
      await prepare(bin)
      const after = await world.superproject.push('test')
      const env = { PATH: bin }
      return await world.run({
        event: push({ after }),
        checkout: { branch: 'test' },
        account: sandboxAccount,
        env,
        ...further
      })
    } finally {
      await rm(bin, { recursive: true, force: true })
    }
  }
  const shim = async (bin: string, script: string): Promise<void> => {
    await symlink('/bin/sh', join(bin, 'sh'))
    await writeFile(join(bin, 'git'), `#!/bin/sh\n${script}\n`)
    await chmod(join(bin, 'git'), 0o755)
  }

  it('F36 absent: says how to install it', async () => {
    const outcome = await at(() => Promise.resolve())
    expectRefused(outcome, ['GIT_FAILED'])
    expect(errorsOf(outcome)[0]).toContain('no git on PATH')
  })

  it('F36 exit code 128: names the command', async () => {
    const outcome = await at(bin => shim(bin, 'echo "fatal: not a git repository" >&2; exit 128'))
    expectRefused(outcome, ['GIT_FAILED'])
    expect(errorsOf(outcome)[0]).toContain('run actions/checkout before this action')
  })

  it('F36 dubious ownership: says the safe.directory command', async () => {
    const said = "fatal: detected dubious ownership in repository at '/github/workspace'"
    const outcome = await at(bin => shim(bin, `echo "${said}" >&2; exit 128`))
    expectRefused(outcome, ['GIT_FAILED'])
    expect(errorsOf(outcome)[0]).toContain('safe.directory /github/workspace')
  })

  it('F36 hung: the deadline of the step ends it, as a failure', async () => {
    const inputs = { 'timeout-minutes': '0.03' }
    const outcome = await at(bin => shim(bin, 'exec /bin/sleep 100'), { inputs })
    expectRefused(outcome, ['DEADLINE_EXCEEDED'])
    expect(outcome.durationMs).toBeLessThan(15_000)
  })
})
