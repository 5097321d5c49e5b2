/** `STALE_RUN` through dist/ with real git: the branch's tip decides, before the first write. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import type { RunOutcome } from '../../emulators/runner/index.js'
import { runGit } from '../../emulators/world/git-process.js'
import { makeActionWorld, sandboxAccount, type ActionRun, type ActionWorld } from '../support/action-world.js'
import { push } from '../support/events.js'
import { configText } from './config-text.js'
import { codesOf, errorsOf, rowsOf, versionsIn, warningsOf } from './reading.js'

const layers = { alpha: '{ path: alpha }', beta: '{ path: beta }' }
const file = (layer: string, text: string) => ({ [`${layer}/python/${layer}.py`]: `${text}\n` })

describe.each(['cloudformation', 'lambda'] as const)('F150 engine %s', engine => {
  let world: ActionWorld
  /** `a`: deployed. `b`: moves both layers, its run is late. `c`: reverts alpha. */
  const commits = { a: '', b: '', c: '' }
  const commit = (files: Record<string, string>, from?: string): Promise<string> =>
    world.superproject.commitFiles(files, { branch: 'test', ...(from === undefined ? {} : { from }) })
  const runOf = (after: string, job: Partial<ActionRun> = {}): Promise<RunOutcome> =>
    world.run({ event: push({ branch: 'test', after }), checkout: { commit: after }, account: sandboxAccount, ...job })
  const versions = () => versionsIn(world, sandboxAccount)

  beforeAll(async () => {
    world = await makeActionWorld({
      config: configText({ layers, engine }),
      submodules: {},
      files: { ...file('alpha', 'one'), ...file('beta', 'one') }
    })
    commits.a = await world.superproject.git('rev-parse', 'test')
    expect(errorsOf(await world.push('test'))).toEqual([])
    commits.b = await commit({ ...file('alpha', 'two'), ...file('beta', 'two') })
    await world.superproject.push('test')
    commits.c = await commit(file('alpha', 'one'))
  })
  afterAll(() => world.close())
  beforeEach(() => {
    world.aws.resetCalls()
  })

  it('F150 a late run leaves to the tip what it reverted, deploys what it kept, and says how to go back', async () => {
    await world.superproject.push('test')
    const outcome = await runOf(commits.b, { runAttempt: '2' })
    expect(errorsOf(outcome)).toEqual([])
    expect(outcome.exitCode).toBe(0)
    expect(outcome.outputs).toMatchObject({ conclusion: 'neutral' })
    expect(rowsOf(outcome)['alpha']?.['us-east-2']).toMatchObject({
      status: 'skipped',
      reason: 'stale-run',
      version: 1
    })
    expect(rowsOf(outcome)['beta']?.['us-east-2']).toMatchObject({ status: 'published', version: 2 })
    expect(warningsOf(outcome)).toEqual([expect.stringContaining(commits.c)])
    expect(warningsOf(outcome)[0]).toMatch(/^STALE_RUN: .*alpha.*revert on test/)
    expect(warningsOf(outcome)[0]).not.toContain('beta')
    expect(versions()).toEqual({ 'dev-alpha-layer': [1], 'dev-beta-layer': [1, 2] })
  })

  it('F150 the tip is green and unchanged; a re-run of the run that it overtook stands aside, with no write', async () => {
    expect((await runOf(commits.c)).outputs).toMatchObject({ conclusion: 'success', changed: 'false' })
    world.aws.resetCalls()
    const outcome = await runOf(commits.b, { runAttempt: '3', checkout: { commit: commits.b, depth: 0 } })
    expect({ exitCode: outcome.exitCode, errors: errorsOf(outcome) }).toEqual({ exitCode: 0, errors: [] })
    expect(outcome.outputs).toMatchObject({ conclusion: 'neutral', alpha_version: '1' })
    expect(world.aws.writes()).toEqual([])
  })

  it('F150 a tip that cannot be read: refused, since a commit is deployed that is no ancestor', async () => {
    const unreachable = (workspace: string) => runGit(workspace, ['remote', 'set-url', 'origin', '/nowhere.git'])
    const prepare = async (workspace: string): Promise<void> => {
      await unreachable(workspace)
    }
    const outcome = await runOf(commits.a, {
      prepare,
      inputs: { force: 'true' },
      checkout: { commit: commits.a, depth: 0 }
    })
    expect(codesOf(outcome)).toEqual(['STALE_RUN'])
    expect(outcome.exitCode).toBe(1)
    expect(world.aws.writes()).toEqual([])
  })

  it('F150 a tip that cannot be read: a warning, where only ancestors are deployed', async () => {
    const newest = await commit(file('alpha', 'three'))
    await world.superproject.push('test')
    const unreachable = (workspace: string) => runGit(workspace, ['remote', 'set-url', 'origin', '/nowhere.git'])
    const prepare = async (workspace: string): Promise<void> => {
      await unreachable(workspace)
    }
    const outcome = await runOf(newest, { prepare, checkout: { commit: newest, depth: 0 } })
    expect(errorsOf(outcome)).toEqual([])
    expect(warningsOf(outcome)).toEqual([expect.stringMatching(/tip of test is not read.*GIT_FAILED/)])
    expect(versions()['dev-alpha-layer']).toEqual([1, 2])
  })

  it('F150 a branch that was forced back is deployed as it is, and what was pushed away is refused', async () => {
    const away = await world.superproject.git('rev-parse', 'test')
    await world.superproject.git('update-ref', 'refs/heads/test', commits.a)
    await world.superproject.push('test')
    const refused = await runOf(away, { inputs: { force: 'true' } })
    expect(codesOf(refused)).toEqual(['STALE_RUN'])
    expect(world.aws.writes()).toEqual([])
    const outcome = await runOf(commits.a)
    expect(errorsOf(outcome)).toEqual([])
    expect(rowsOf(outcome)['alpha']?.['us-east-2']).toMatchObject({ status: 'published', reason: 'source-changed' })
  })

  it('F150 squashed: the commit is not on the branch any more', async () => {
    const side = await commit(file('alpha', 'side'))
    const squashed = await commit(file('alpha', 'side'), commits.a)
    await world.superproject.git('push', '-q', world.superproject.url, `${side}:refs/heads/side`)
    await world.superproject.push('test')
    expect(squashed).not.toBe(side)
    expect(codesOf(await runOf(side))).toEqual(['STALE_RUN'])
    expect(world.aws.writes()).toEqual([])
    expect(errorsOf(await runOf(squashed))).toEqual([])
  })

  /** A commit is deployed, pushed away, and thrown away by the remote: nobody can say any more how it stands to another. */
  const deployAndLose = async (): Promise<{ readonly lost: string; readonly tip: string }> => {
    const back = await world.superproject.git('rev-parse', 'test')
    const lost = await commit(file('alpha', 'lost'))
    await world.superproject.push('test')
    expect(rowsOf(await runOf(lost))['alpha']?.['us-east-2']).toMatchObject({ status: 'published' })
    const tip = await commit(file('alpha', 'found'), back)
    await world.superproject.push('test')
    const remote = join(world.superproject.directory, 'remotes/superproject.git')
    await runGit(remote, ['reflog', 'expire', '--expire=now', '--all'])
    await runGit(remote, ['gc', '--quiet', '--prune=now'])
    await expect(runGit(remote, ['cat-file', '-e', lost])).rejects.toThrow()
    world.aws.resetCalls()
    return { lost, tip }
  }
  /** A remote whose branches nobody may list; it gives out what it has. */
  const withoutTips = async (): Promise<Record<string, string>> => {
    const bin = await mkdtemp(join(tmpdir(), 'no-tips-'))
    const git = (await runGit(bin, ['--exec-path'])).trim()
    const refusal = 'case " $* " in *" ls-remote "*) echo "fatal: unable to access: 502" >&2; exit 128;; esac'
    await writeFile(join(bin, 'git'), `#!/bin/sh\n${refusal}\nexec ${git}/git "$@"\n`)
    await chmod(join(bin, 'git'), 0o755)
    return { PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}` }
  }

  it.each([0, 1])('F150 relation unknown: the deployed commit is gone from the remote (depth %d)', async depth => {
    const { lost, tip } = await deployAndLose()
    const before = versions()
    const checkout = { commit: tip, depth }
    const refused = await runOf(tip, { checkout, env: await withoutTips() })
    expect(codesOf(refused)).toEqual(['STALE_RUN'])
    expect(errorsOf(refused)[0]).toContain(lost)
    expect(refused.exitCode).toBe(1)
    expect(refused.outputs).toMatchObject({ conclusion: 'failure' })
    expect(world.aws.writes()).toEqual([])
    expect(versions()).toEqual(before)
    // With its tip known, what was thrown away is of no account.
    const outcome = await runOf(tip, { checkout })
    expect({ errors: errorsOf(outcome), warnings: warningsOf(outcome) }).toEqual({ errors: [], warnings: [] })
    expect(rowsOf(outcome)['alpha']?.['us-east-2']).toMatchObject({ status: 'published', reason: 'source-changed' })
    expect(versions()['dev-alpha-layer']).toHaveLength((before['dev-alpha-layer'] ?? []).length + 1)
  })

  it('F150 asks the remote once where it writes, never where it does not', async () => {
    const bin = await mkdtemp(join(tmpdir(), 'counted-git-'))
    const log = join(bin, 'calls')
    const git = (await runGit(bin, ['--exec-path'])).trim()
    await writeFile(join(bin, 'git'), `#!/bin/sh\necho "$*" >> ${log}\nexec ${git}/git "$@"\n`)
    await chmod(join(bin, 'git'), 0o755)
    const env = { PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}` }
    const asked = async (job: Partial<ActionRun>): Promise<number> => {
      await writeFile(log, '')
      const tip = await world.superproject.push('test')
      expect(errorsOf(await runOf(tip, { env, ...job }))).toEqual([])
      return (await readFile(log, 'utf8')).split('\n').filter(line => / (ls-remote|fetch) /.test(line)).length
    }
    expect(await asked({})).toBe(0)
    await commit(file('alpha', 'counted'))
    expect(await asked({ inputs: { 'dry-run': 'true' } })).toBe(0)
    expect(await asked({})).toBe(1)
    await rm(bin, { recursive: true })
  })
})
