/** Coverage from the checkout, checks from GitHub: what is read, how long is waited, and what counts as no answer. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { GitHubError, type CommitCheck, type CommitStatusRecord } from '../../../src/ports/github.js'
import { observeChecks, observeCoverage } from '../../../src/publish-layers/observe/observe-gates.js'
import { layer, objectId } from '../../support/configs.js'
import { github, saidLog } from './stated-ports.js'

describe('coverage', () => {
  let workspace = ''
  beforeAll(async () => {
    workspace = await mkdtemp(join(tmpdir(), 'gates-'))
    await writeFile(join(workspace, 'half.info'), 'SF:a\nDA:1,1\nDA:2,0\nLF:2\nLH:1\nend_of_record\n')
    await writeFile(join(workspace, 'broken.info'), 'neither')
  })
  afterAll(() => rm(workspace, { recursive: true, force: true }))
  const measured = (report: string, minimum = 80) => layer('da_flask', { coverage: { report, minimum } })
  const look = async (report: string, mode: 'plan' | 'deploy', minimum?: number) =>
    (await observeCoverage([measured(report, minimum)], workspace, mode)).map(({ passed }) => passed)

  it.each(['plan', 'deploy'] as const)('%s: below, at, and not readable', async mode => {
    expect(await look('half.info', mode)).toEqual([false])
    expect(await look('half.info', mode, 50)).toEqual([true])
    expect(await look('broken.info', mode)).toEqual([false])
    // A folder is no report, and there it is.
    expect(await look('.', mode)).toEqual([false])
  })

  it.each(['none.info', 'half.info/none.info'])(
    'a report that is not there refuses a deploy alone: %s',
    async report => {
      expect(await look(report, 'plan')).toEqual([])
      expect(await look(report, 'deploy')).toEqual([false])
    }
  )

  it('asks nothing of a layer without a minimum, and goes on after it', async () => {
    const layers = [layer('a'), layer('b', { coverage: null }), measured('half.info')]
    expect(await observeCoverage(layers, workspace, 'deploy')).toMatchObject([{ subject: 'da_flask', passed: false }])
  })
})

describe('checks', () => {
  const commit = objectId('a')
  const required = { names: ['test', 'lint'], skipped: 'failure', waitMinutes: 1 } as const
  const check = (name: string, outcome: string): CommitCheck => ({ name, outcome, url: null })
  const status = (context: string, state: CommitStatusRecord['state']): CommitStatusRecord => ({
    ...{ context, state, description: '', targetUrl: null, id: 1, creator: '' }
  })

  interface Stated {
    /** What each look finds; the last one stays. */
    readonly runs: readonly (readonly CommitCheck[])[]
    readonly statuses?: readonly CommitStatusRecord[]
    readonly waitMinutes?: number
  }
  async function look({ runs, statuses = [], waitMinutes = 1 }: Stated) {
    const log = saidLog()
    const [slept, calls]: [number[], string[]] = [[], []]
    let now = 1_000
    const verdicts = await observeChecks({ ...required, waitMinutes }, commit, {
      github: github({
        listCheckRuns: (of, names) => {
          calls.push(`runs ${of === commit} ${names.join()}`)
          return Promise.resolve(runs[Math.min(calls.length, runs.length) - 1] ?? [])
        },
        listStatuses: of => {
          calls.push(`statuses ${of === commit}`)
          return Promise.resolve(statuses)
        }
      }),
      clock: {
        now: () => now,
        sleep: milliseconds => {
          slept.push(milliseconds)
          now += milliseconds
          return Promise.resolve()
        }
      },
      log,
      signal: new AbortController().signal
    })
    return { passed: verdicts.map(({ subject, passed }) => `${subject} ${passed}`), slept, calls, log }
  }
  const good = [check('test', 'success'), check('lint', 'success')]

  it('asks nobody where none is required', async () => {
    const ports = { github: null, clock: { now: () => 0, sleep: () => Promise.resolve() }, log: saidLog() }
    const { signal } = new AbortController()
    expect(await observeChecks(null, commit, { ...ports, signal })).toEqual([])
    expect(await observeChecks(undefined, commit, { ...ports, signal })).toEqual([])
    expect(await observeChecks(required, commit, { ...ports, signal })).toMatchObject([
      { guard: 'REQUIRED_CHECKS', passed: false, finding: { mend: expect.stringContaining('github-token') } }
    ])
  })

  it('one call where check runs bear all the names', async () => {
    const { passed, slept, calls, log } = await look({ runs: [good] })
    expect(passed).toEqual(['test true', 'lint true'])
    expect([slept, calls, log.infos]).toEqual([[], ['runs true test,lint'], []])
  })

  it('a status stands for a name that no check run bears', async () => {
    const runs = [[check('test', 'success')]]
    expect((await look({ runs, statuses: [status('lint', 'success')] })).passed).toEqual(['test true', 'lint true'])
    const failed = await look({ runs, statuses: [status('lint', 'failure')] })
    expect([failed.passed, failed.slept]).toEqual([['test true', 'lint false'], []])
  })

  it('waits while one is pending, and says for which', async () => {
    const { passed, slept, log } = await look({ runs: [[check('test', 'pending'), check('lint', 'success')], good] })
    expect([passed, slept]).toEqual([['test true', 'lint true'], [15_000]])
    expect(log.infos).toEqual([expect.stringContaining('test (pending)')])
    expect(log.infos[0]).not.toContain('lint')
  })

  it('waits for one that is missing, as long as the configuration says and no longer', async () => {
    const { passed, slept } = await look({ runs: [[check('test', 'success')]] })
    expect([passed, slept]).toEqual([
      ['test true', 'lint false'],
      [15_000, 15_000, 15_000, 15_000]
    ])
    const pending = await look({ runs: [[check('test', 'pending'), check('lint', 'success')]], waitMinutes: 0 })
    expect([pending.passed, pending.slept]).toEqual([['test false', 'lint true'], []])
  })

  it('does not wait beside one that has failed', async () => {
    const { passed, slept } = await look({ runs: [[check('test', 'failure'), check('lint', 'pending')]] })
    expect([passed, slept]).toEqual([['test false', 'lint false'], []])
  })

  it('what GitHub refuses is no success, what is a defect is thrown', async () => {
    const thrown = (error: Error) =>
      observeChecks(required, commit, {
        github: github({ listCheckRuns: () => Promise.reject(error) }),
        clock: { now: () => 0, sleep: () => Promise.resolve() },
        log: saidLog(),
        signal: new AbortController().signal
      })
    const refusal = new GitHubError('permission', 'GET /checks', 'checks: read', 403, 'no')
    expect(await thrown(refusal)).toMatchObject([
      { passed: false, finding: { mend: refusal.mend, found: expect.stringContaining('GET /checks') } }
    ])
    await expect(thrown(new Error('broken'))).rejects.toThrow('broken')
  })
})
