import { describe, expect, it } from '@jest/globals'
import { terminalRunner } from '../../src/adapters/runner/terminal-runner.js'
import type { GitHub, NewStatus, PendingStatus } from '../../src/ports/github.js'
import { GitHubError } from '../../src/ports/github.js'
import type { Runner } from '../../src/ports/runner.js'
import { reporter } from '../../src/report/reporter.js'
import { openStatusState } from '../../src/report/status/write-status.js'
import { codedError, commits, pullRequest, push, reportContext, runResult } from '../support/results.js'

interface Told {
  readonly statuses: (NewStatus & { readonly commit: string })[]
  readonly state: string[]
  readonly warnings: string[]
  readonly lookedAt: string[]
  readonly errors: string[]
  readonly outputs: Record<string, string>
  /** GITHUB_STATE is. */
  unwritable: boolean
  /** GITHUB_OUTPUT and the job summary are. */
  full: boolean
}

const writable = { unwritable: false, full: false }

/** A reporter whose GitHub takes statuses as `createStatus` says, and a clock on which waits end at once. */
function telling(
  createStatus: () => Promise<void> = () => Promise.resolve(),
  context = reportContext({ comment: false }),
  earlier: readonly PendingStatus[] | Error = [],
  inTime = true
) {
  const told: Told = { statuses: [], state: [], warnings: [], lookedAt: [], errors: [], outputs: {}, ...writable }
  const github = {
    createStatus: async (commit: string, status: NewStatus) => {
      await createStatus()
      told.statuses.push({ commit, ...status })
    },
    pendingStatuses: (commit: string, context: string) => {
      told.lookedAt.push(`${commit} ${context}`)
      return earlier instanceof Error ? Promise.reject(earlier) : Promise.resolve(earlier)
    }
  } as unknown as GitHub
  const plain = terminalRunner({ debug: false, write: () => undefined })
  const runner: Runner = {
    ...plain,
    saveState: (name, value) => {
      if (told.unwritable) throw codedError('RUNNER_FAILED')
      if (name === openStatusState) told.state.push(value)
    },
    warning: text => void told.warnings.push(text),
    setOutputs: values => {
      if (told.full) throw codedError('RUNNER_FAILED')
      Object.assign(told.outputs, values)
    },
    appendSummary: () => (told.full ? Promise.reject(new Error('ENOSPC')) : Promise.resolve()),
    error: text => void told.errors.push(text)
  }
  const clock = { now: () => 0, sleep: () => Promise.resolve() }
  const limits = {
    reported: (delivery: Promise<void>) => (inTime ? delivery.then(() => true) : Promise.resolve(false))
  }
  const open = (part: Partial<Parameters<typeof reporter>[1]> = {}) =>
    reporter(context, { runner, clock, github, limits, ...part })
  return { told, report: open(), open }
}
const subject = (part = {}) => runResult({ headCommit: commits.head, ...part })

describe('reporter', () => {
  it('opens the status and closes it; the post step has nothing left to do', async () => {
    const { told, report } = telling()
    report.start(subject())
    expect(await report.deliver(subject())).toBe(0)
    expect(told.statuses.map(({ state }) => state)).toEqual(['pending', 'success'])
    const open = { commit: commits.head, context: 'layer-deploy/sandbox', final: null }
    const final = { state: 'success', description: told.statuses[1]?.description }
    expect(told.state).toEqual([JSON.stringify(open), JSON.stringify({ ...open, final }), ''])
  })

  it('saves what is open before it is opened: a run may be killed in between', async () => {
    const { told, report } = telling(() => new Promise(() => undefined))
    report.start(subject())
    await Promise.resolve()
    expect(told.state).toHaveLength(1)
    expect(told.statuses).toEqual([])
  })

  it.each([
    ['failure', 1],
    ['success', 0],
    ['neutral', 0]
  ] as const)('the conclusion %s makes the exit code %d', async (conclusion, exitCode) => {
    const { report } = telling()
    const errors = conclusion === 'failure' ? [codedError()] : []
    expect(await report.deliver(subject({ conclusion, errors }))).toBe(exitCode)
  })

  it('F69 says once that the token may not, and does not try again', async () => {
    let tries = 0
    const { told, report } = telling(() => {
      tries += 1
      return Promise.reject(new GitHubError('permission', 'POST /statuses', 'statuses: write', 403, 'no'))
    })
    report.start(subject())
    expect(await report.deliver(subject())).toBe(0)
    expect(tries).toBe(1)
    expect(told.warnings).toEqual([expect.stringContaining('statuses: write')])
  })

  it('writes the final status although the answer to the pending one was lost: it may stand', async () => {
    let tries = 0
    const { told, report } = telling(() => {
      tries += 1
      if (tries > 1) return Promise.resolve()
      return Promise.reject(new GitHubError('unavailable', 'POST /statuses', null, 502, 'down'))
    })
    report.start(subject())
    await report.deliver(subject())
    expect(told.statuses.map(({ state }) => state)).toEqual(['success'])
    expect(told.state.at(-1)).toBe('')
  })

  it('leaves the status to the post step where the final one could not be written', async () => {
    let tries = 0
    const { told, report } = telling(() => {
      tries += 1
      if (tries === 1) return Promise.resolve()
      return Promise.reject(new GitHubError('unavailable', 'POST /statuses', null, 502, 'down'))
    })
    report.start(subject())
    await report.deliver(subject())
    expect(told.state.at(-1)).not.toBe('')
    expect(told.warnings).toHaveLength(1)
  })

  it('G7 a cancelled run does not wait for a GitHub that hangs', async () => {
    const { told, report } = telling(() => new Promise(() => undefined), undefined, [], false)
    report.start(subject())
    expect(await report.deliver(subject({ conclusion: 'failure', errors: [codedError('CANCELLED')] }))).toBe(1)
    expect(told.errors).toEqual([expect.stringMatching(/^CANCELLED: /)])
    expect(JSON.parse(told.state.at(-1) ?? '')).toMatchObject({ final: { state: 'error' } })
  })

  it('F140 a report that GitHub does not take in time is a failure, which the post step can tell', async () => {
    const { told, report } = telling(() => new Promise(() => undefined), undefined, [], false)
    report.start(subject())
    expect(await report.deliver(subject())).toBe(1)
    expect(told.errors).toEqual([expect.stringMatching(/^DEADLINE_EXCEEDED: .*: what is published is kept/)])
    expect(told.outputs['conclusion']).toBe('failure')
    const { final } = JSON.parse(told.state.at(-1) ?? '') as { final: Record<string, string> }
    expect(final).toMatchObject({ state: 'error', description: expect.stringMatching(/^DEADLINE_EXCEEDED: /) })
  })

  it('F140 outputs are written before GitHub is waited for', () => {
    const { told, report } = telling(() => new Promise(() => undefined), undefined, [], false)
    report.start(subject())
    void report.deliver(subject())
    expect(told.outputs['conclusion']).toBe('success')
  })

  it('F145 state that cannot be written ends the start, before a status is opened', () => {
    const { told, report } = telling()
    told.unwritable = true
    expect(() => {
      report.start(subject())
    }).toThrow('RUNNER_FAILED')
    expect(told.statuses).toEqual([])
  })

  it('F145 state that cannot be written any more is a warning: the report is delivered all the same', async () => {
    const { told, report } = telling()
    report.start(subject())
    told.unwritable = true
    expect(await report.deliver(subject())).toBe(0)
    expect(told.statuses.map(({ state }) => state)).toEqual(['pending', 'success'])
    expect(told.warnings[0]).toContain('RUNNER_FAILED')
  })

  it('is quiet where no status is due', async () => {
    const off = telling(undefined, reportContext({ comment: false, status: false }))
    off.report.start(subject())
    await off.report.deliver(subject())
    expect(off.told).toMatchObject({ statuses: [], warnings: [], state: [] })

    const fork = telling(undefined, reportContext({ comment: false, event: { ...pullRequest, fromFork: true } }))
    fork.report.start(subject())
    await fork.report.deliver(subject())
    expect(fork.told).toMatchObject({ statuses: [], state: [] })
  })

  const targetUrl = 'https://github.com/acme/superproject/actions/runs/1'
  const left = ['1', '2', '3'].map(digit => ({ commit: digit.repeat(40), targetUrl }))
  it('F78 closes what lost runners left open on the commits before, two at most', async () => {
    const { told, report } = telling(undefined, reportContext({ comment: false, event: push }), left)
    report.start(subject())
    await report.deliver(subject())
    expect(told.lookedAt).toEqual([`${push.before} layer-deploy/sandbox`])
    const error = { context: 'layer-deploy/sandbox', state: 'error', targetUrl }
    expect(told.statuses.slice(2)).toMatchObject(left.slice(0, 2).map(({ commit }) => ({ commit, ...error })))
    expect(told.statuses).toHaveLength(4)
  })

  it.each([
    ['none is left', [], push],
    ['the push is the first', left, { ...push, before: '0'.repeat(40) }]
  ])('F78 closes none where %s', async (_name, earlier, event) => {
    const { told, report } = telling(undefined, reportContext({ comment: false, event }), earlier)
    report.start(subject())
    await report.deliver(subject())
    expect(told.statuses.map(({ state }) => state)).toEqual(['pending', 'success'])
  })

  it.each([
    [
      'the status may not be written',
      new GitHubError('permission', 'POST /statuses', 'statuses: write', 403, 'no'),
      true
    ],
    ['none was opened', null, false]
  ])('F78 closes none where %s', async (_name, refusal, begun) => {
    const createStatus = () => (refusal === null ? Promise.resolve() : Promise.reject(refusal))
    const { told, report } = telling(createStatus, reportContext({ comment: false, event: push }), left)
    if (begun) report.start(subject())
    await report.deliver(subject())
    expect(told.lookedAt).toEqual([])
  })

  it.each([
    ['the push brought nothing', { ...push, before: commits.head }],
    ['the event is no push', pullRequest]
  ])('F78 looks for none where %s', async (_name, event) => {
    const { told, report } = telling(undefined, reportContext({ comment: false, event }), left)
    report.start(subject())
    await report.deliver(subject())
    expect(told.lookedAt).toEqual([])
  })

  it('F78 GitHub’s refusal of them is nothing to tell; a fault of ours is one', async () => {
    const context = reportContext({ comment: false, event: push })
    const refused = telling(undefined, context, new GitHubError('not-found', 'POST /graphql', null, 404, 'no'))
    refused.report.start(subject())
    expect(await refused.report.deliver(subject())).toBe(0)
    expect(refused.told.warnings).toEqual([])
    const broken = telling(undefined, context, new TypeError('broken'))
    broken.report.start(subject())
    await expect(broken.report.deliver(subject())).rejects.toThrow('broken')
  })

  it('without a token nothing is opened, and the report stays on this machine', async () => {
    const { told, open } = telling(undefined, reportContext({ event: push }), left)
    const report = open({ github: null })
    report.start(subject())
    expect(await report.deliver(subject())).toBe(0)
    expect(told).toMatchObject({
      statuses: [],
      state: [],
      warnings: [],
      lookedAt: [],
      outputs: { conclusion: 'success' }
    })
  })

  it('where nobody is to be told, what failed here is told here', async () => {
    const { told, report } = telling(undefined, reportContext({ comment: false, status: false }))
    told.full = true
    expect(await report.deliver(subject())).toBe(1)
    expect(told.warnings).toEqual(['The job summary was not written: ENOSPC.'])
    expect(told.errors).toEqual([expect.stringMatching(/^RUNNER_FAILED: /)])
  })

  it('F140 outputs that cannot be written do not hide that the report was late', async () => {
    const { told, report } = telling(undefined, undefined, [], false)
    told.full = true
    expect(await report.deliver(subject())).toBe(1)
    expect(told.errors.map(line => line.split(':')[0])).toEqual(['RUNNER_FAILED', 'DEADLINE_EXCEEDED'])
    expect(told.state).toEqual([])
  })

  it('G7 a run that was cancelled among other errors is told as cancelled, not as late', async () => {
    const { told, report } = telling(undefined, undefined, [], false)
    const errors = [codedError('AWS_FAILED'), codedError('CANCELLED')]
    expect(await report.deliver(subject({ conclusion: 'failure', errors }))).toBe(1)
    expect(told.errors.map(line => line.split(':')[0])).toEqual(['AWS_FAILED', 'CANCELLED'])
  })

  it('a commit of a fork has no status here', async () => {
    const event = { kind: 'workflow_run', conclusion: 'success', cause: 'push', headBranch: 'test' } as const
    const foreign = { ...event, headCommit: commits.head, sameRepository: false }
    const { told, report } = telling(undefined, reportContext({ comment: false, event: foreign }))
    report.start(subject())
    await report.deliver(subject())
    expect(told.statuses).toEqual([])
  })

  it('a push is reported on the commit that was checked out', async () => {
    const { told, report } = telling(undefined, reportContext({ comment: false, event: push }))
    report.start(subject())
    await report.deliver(subject())
    expect(told.statuses.every(({ commit }) => commit === commits.head)).toBe(true)
  })
})
