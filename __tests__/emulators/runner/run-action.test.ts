import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { existsSync } from 'node:fs'
import { mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { nodeBinaries, runAction, type RunOptions } from '../../../emulators/runner/index.js'
import { pullRequest, push } from '../../support/events.js'

const actionDirectory = resolve('__tests__/emulators/runner/fixture-action')
const commit = 'a'.repeat(40)
let workspace = ''

beforeAll(async () => {
  workspace = await realpath(await mkdtemp(join(tmpdir(), 'workspace-')))
})
afterAll(async () => {
  await rm(workspace, { recursive: true, force: true })
})

/** Runs the fixture action: `main` and `post` are bodies of its two steps, with `core`, `fs` and `process` at hand. */
function run(main: string, options: Partial<RunOptions> & { post?: string } = {}) {
  const { post = '', inputs = {}, ...others } = options
  const github = { ...push({ after: commit, branch: 'test' }), token: 'ghs_EXAMPLE' }
  return runAction({
    actionDirectory,
    workspace,
    github,
    timeoutMs: 30_000,
    ...others,
    inputs: { main, post, ...inputs }
  })
}

const printEnvironment = 'console.log(JSON.stringify(process.env))'
const environmentOf = (stdout: string) => JSON.parse(stdout) as Record<string, string>

describe('the environment of a step', () => {
  it('is that of a hosted runner', async () => {
    const { rawStdout } = await run(printEnvironment)
    expect(environmentOf(rawStdout)).toMatchObject({
      CI: 'true',
      GITHUB_ACTIONS: 'true',
      GITHUB_API_URL: 'https://api.github.com',
      GITHUB_BASE_REF: '',
      GITHUB_EVENT_NAME: 'push',
      GITHUB_GRAPHQL_URL: 'https://api.github.com/graphql',
      GITHUB_HEAD_REF: '',
      GITHUB_REF: 'refs/heads/test',
      GITHUB_REF_NAME: 'test',
      GITHUB_REF_TYPE: 'branch',
      GITHUB_REPOSITORY: 'octo-org/superproject',
      GITHUB_REPOSITORY_ID: '186853002',
      GITHUB_REPOSITORY_OWNER: 'octo-org',
      GITHUB_RUN_ATTEMPT: '1',
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_SHA: commit,
      GITHUB_WORKSPACE: workspace
    })
    expect((await run('console.log(process.cwd())')).rawStdout).toBe(`${workspace}\n`)
  })

  it('holds nothing of this process but PATH, and no token but in the input', async () => {
    process.env['AWS_ACCESS_KEY_ID'] = 'AKIAEXAMPLE'
    const { rawStdout } = await run(printEnvironment, { env: { AWS_REGION: 'us-east-2' } })
    delete process.env['AWS_ACCESS_KEY_ID']
    const env = environmentOf(rawStdout)
    expect(env).not.toHaveProperty('AWS_ACCESS_KEY_ID')
    expect(env).not.toHaveProperty('GITHUB_TOKEN')
    expect(env['INPUT_GITHUB-TOKEN']).toBe('ghs_EXAMPLE')
    expect(env['AWS_REGION']).toBe('us-east-2')
    expect(env['HOME']).not.toBe(process.env['HOME'])
    const allowed = /^(INPUT|GITHUB|RUNNER|AWS|GIT)_|^(PATH|HOME|TMPDIR|LANG|CI)$/
    expect(Object.keys(env).filter(name => !allowed.test(name))).toEqual([])
  })

  it('names the branches of a pull request', async () => {
    const github = pullRequest({
      baseCommit: 'b'.repeat(40),
      headCommit: commit,
      base: 'test',
      head: 'feature',
      number: 9
    })
    const env = environmentOf((await run(printEnvironment, { github })).rawStdout)
    expect(env).toMatchObject({
      GITHUB_BASE_REF: 'test',
      GITHUB_HEAD_REF: 'feature',
      GITHUB_REF: 'refs/pull/9/merge',
      GITHUB_REF_NAME: '9/merge'
    })
  })

  it('gives the toolkit its inputs, defaults and the event', async () => {
    const { outputs, annotations } = await run(
      `core.setOutput('inputs', [core.getInput('github-token'), core.getBooleanInput('two words'), core.getInput('count')].join())
       core.setOutput('after', JSON.parse(fs.readFileSync(process.env.GITHUB_EVENT_PATH)).after)`,
      { inputs: { strange: '1' } }
    )
    expect(outputs).toEqual({ inputs: 'ghs_EXAMPLE,true,10', after: commit })
    expect(annotations[0]?.message).toMatch(/^Unexpected input\(s\) 'strange', valid inputs are \['main'/)
  })

  it('can lack the event file, or hold a corrupt one', async () => {
    const main = `const file = process.env.GITHUB_EVENT_PATH
      core.setOutput('event', fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : 'none')`
    expect((await run(main, { eventText: null })).outputs['event']).toBe('none')
    expect((await run(main, { eventText: '{"a' })).outputs['event']).toBe('{"a')
  })

  it('shows debug messages only in a debugging run', async () => {
    expect((await run(`core.debug('d' + core.isDebug())`)).log).toEqual([])
    expect((await run(`core.debug('d' + core.isDebug())`, { debug: true })).log).toEqual(['##[debug]dtrue'])
  })
})

describe('file commands', () => {
  it('reads back what the toolkit writes', async () => {
    const value = 'a=b<<c\r\n%0A::error::\n'
    const run1 = await run(
      `core.setOutput('o', ${JSON.stringify(value)}); core.setOutput('json', {a: [1]}); core.setOutput('o2', '')
       core.saveState('s', ${JSON.stringify(value)}); core.exportVariable('EXPORTED', 'e'); core.addPath('/added')
       await core.summary.addRaw('# main').write()`,
      {
        post: `core.info(JSON.stringify([core.getState('s'), process.env.EXPORTED, process.env.PATH.split(':')[0]]))
               await core.summary.addRaw('post').write()`
      }
    )
    expect(run1.outputs).toEqual({ o: value, json: '{"a":[1]}', o2: '' })
    expect(run1.jobOutputs).toEqual({ o: value, json: '{"a":[1]}' })
    expect(run1.state).toEqual({ isPost: 'true', s: value })
    expect(run1.exportedEnv).toEqual({ EXPORTED: 'e' })
    expect(JSON.parse(run1.postRawStdout)).toEqual([value, 'e', '/added'])
    expect(run1.summary).toBe('# mainpost')
    expect(run1).toMatchObject({ exitCode: 0, postExitCode: 0, conclusion: 'success', annotations: [] })
  })

  it('fails the step on a malformed file, and keeps what came before', async () => {
    const outcome = await run(`fs.appendFileSync(process.env.GITHUB_OUTPUT, 'a=1\\nb<<X\\nnever ends\\n')`)
    expect(outcome).toMatchObject({ exitCode: 0, conclusion: 'failure', outputs: { a: '1' }, postExitCode: 0 })
    expect(outcome.annotations.map(({ message }) => message)).toEqual([
      "Unable to process file command 'output' successfully.",
      "Invalid value. Matching delimiter not found 'X'"
    ])
  })

  it('does not export NODE_OPTIONS', async () => {
    const outcome = await run(`core.exportVariable('NODE_OPTIONS', '--throw')`)
    expect(outcome).toMatchObject({ exportedEnv: {}, postExitCode: 0, conclusion: 'success' })
    expect(outcome.annotations).toHaveLength(1)
  })

  it('drops a summary over 1 MiB whole, and the step stays green', async () => {
    const write = (size: number) => `fs.writeFileSync(process.env.GITHUB_STEP_SUMMARY, 'x'.repeat(${size}))`
    expect((await run(write(1024 * 1024))).summary).toHaveLength(1024 * 1024)
    const over = await run(write(1024 * 1024 + 1))
    expect(over).toMatchObject({ summary: '', conclusion: 'success' })
    expect(over.annotations[0]?.message).toContain('GITHUB_STEP_SUMMARY upload aborted')
  })

  it('hands on no outputs over 1 MB in UTF-16', async () => {
    expect(Object.keys((await run(`core.setOutput('a', 'x'.repeat(524287))`)).jobOutputs)).toEqual(['a'])
    const over = await run(`core.setOutput('a', 'x'.repeat(524288))`)
    expect(over).toMatchObject({ jobOutputs: {}, conclusion: 'failure' })
    expect(over.outputs['a']).toHaveLength(524288)
  })
})

describe('the log', () => {
  it('holds annotations as the toolkit writes them', async () => {
    const { annotations } = await run(
      `core.error('m: 100%,\\nsecond', {title: 't:1,2', file: 'a,b.yml', startLine: 3, startColumn: 4}); core.notice('n')`
    )
    expect(annotations).toEqual([
      { level: 'error', message: 'm: 100%,\nsecond', title: 't:1,2', file: 'a,b.yml', line: 3, column: 4 },
      { level: 'notice', message: 'n' }
    ])
  })

  it('masks the token and added masks, on both streams, in the summary, and in the post step', async () => {
    const outcome = await run(
      `core.setSecret('hush'); core.info('hush ghs_EXAMPLE earlier'); process.stderr.write('hush\\n')
       core.setOutput('a', 'x hush x'); core.setOutput('b', 'free'); await core.summary.addRaw('hush').write()`,
      { post: `core.info('hush')`, masks: ['earlier'] }
    )
    expect([...outcome.log].sort()).toEqual(['***', '*** *** ***'])
    expect(outcome.postLog).toEqual(['***'])
    expect(outcome.summary).toBe('***')
    expect(outcome.outputs).toEqual({ a: 'x hush x', b: 'free' })
    expect(outcome.jobOutputs).toEqual({ b: 'free' })
    expect(outcome.annotations).toEqual([{ level: 'warning', message: "Skip output 'a' since it may contain secret." }])
    expect(outcome.rawStdout).toContain('hush')
    expect(outcome.stderr).toBe('hush\n')
  })

  it('takes commands after a bare carriage return and from standard error', async () => {
    const { annotations } = await run(
      `process.stdout.write('text\\r::error::a\\n'); process.stderr.write('::warning::b\\n')`
    )
    expect(annotations.map(({ message }) => message).sort()).toEqual(['a', 'b'])
  })
})

describe('how a step ends', () => {
  it.each(nodeBinaries())('runs on Node $version', async ({ version, path }) => {
    const outcome = await run('fs.appendFileSync(process.env.GITHUB_OUTPUT, `version=${process.versions.node}`)', {
      node: path
    })
    expect(outcome).toMatchObject({ exitCode: 0, postExitCode: 0, outputs: { version } })
  })

  it('has Node 20, 22 and 24 on Linux x64', () => {
    if (process.platform !== 'linux' || process.arch !== 'x64') return
    const packages = nodeBinaries().slice(1)
    expect(packages.map(({ version }) => version.split('.')[0])).toEqual(['22', '24'])
  })

  it('fails with the exit code, and the post step still runs', async () => {
    const outcome = await run(`core.setFailed('bad')`, { post: `core.info('post')` })
    expect(outcome).toMatchObject({ exitCode: 1, conclusion: 'failure', postExitCode: 0, postLog: ['post'] })
  })

  it('fails where only the post step fails', async () => {
    expect(await run('', { post: 'process.exit(3)' })).toMatchObject({
      exitCode: 0,
      postExitCode: 3,
      conclusion: 'failure'
    })
  })

  const waitForever = `setInterval(() => undefined, 1000); console.log('ready'); await new Promise(() => undefined)`
  const ready = (line: string) => line === 'ready'

  it('cancels with SIGINT first, and the post step sees the state', async () => {
    const outcome = await run(
      `core.saveState('s', '1'); process.once('SIGINT', () => { core.info('interrupted'); process.exit(7) }); ${waitForever}`,
      { cancelAfter: ready, post: `core.info('state ' + core.getState('s'))` }
    )
    expect(outcome).toMatchObject({
      exitCode: 7,
      conclusion: 'cancelled',
      log: ['ready', 'interrupted', expect.anything()]
    })
    expect(outcome.postLog).toEqual(['state 1'])
    expect(outcome.durationMs).toBeLessThan(7_000)
  })

  it('goes on to SIGTERM and SIGKILL at the given times, and kills children too', async () => {
    const start = Date.now()
    const outcome = await run(
      `const { spawn } = await import('node:child_process')
       spawn('sleep', ['60'], { stdio: 'inherit' })
       for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => console.log(signal)); ${waitForever}`,
      { cancelAfter: ready, cancelTimeline: { sigtermAfterMs: 200, sigkillAfterMs: 300 } }
    )
    expect(outcome.log).toEqual(['ready', 'SIGINT', 'SIGTERM', '##[error]The operation was canceled.'])
    expect(outcome).toMatchObject({ exitCode: 137, conclusion: 'cancelled', postExitCode: 0 })
    expect(outcome.durationMs).toBeGreaterThan(500)
    expect(Date.now() - start).toBeLessThan(5_000)
  })

  it('cancels after a time or when a promise settles', async () => {
    const [afterTime, afterPromise] = await Promise.all([
      run(waitForever, { cancelAfter: 400 }),
      run(waitForever, { cancelAfter: new Promise(done => setTimeout(done, 400)) })
    ])
    expect([afterTime.exitCode, afterPromise.exitCode]).toEqual([130, 130])
    expect([afterTime.conclusion, afterPromise.conclusion]).toEqual(['cancelled', 'cancelled'])
  })

  it('stops a step that takes too long, and fails it', async () => {
    const outcome = await run(waitForever, { timeoutMs: 500 })
    expect(outcome).toMatchObject({ exitCode: 130, timedOut: true, conclusion: 'failure' })
  })

  it('runs no post step where the machine is lost', async () => {
    const outcome = await run(waitForever, { dieAfter: ready })
    expect(outcome).toMatchObject({ exitCode: 137, postExitCode: null, conclusion: 'failure' })
  })

  it('leaves nothing behind but a scratch folder that was asked for', async () => {
    const { rawStdout } = await run('console.log(`in ${process.env.RUNNER_TEMP}`)')
    const temporary = /^in (.+)$/m.exec(rawStdout)?.[1] ?? ''
    expect(temporary).toMatch(/_temp$/)
    expect(existsSync(dirname(temporary))).toBe(false)
    const scratch = await mkdtemp(join(tmpdir(), 'scratch-'))
    await run(`fs.writeFileSync(process.env.RUNNER_TEMP + '/left', '')`, { scratch })
    expect(existsSync(join(scratch, '_temp', 'left'))).toBe(true)
    await rm(scratch, { recursive: true })
  })
})
