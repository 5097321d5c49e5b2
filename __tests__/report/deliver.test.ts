import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { startGitHubEmulator, type GitHubEmulator } from '../../emulators/github/index.js'
import { createGitHub } from '../../src/adapters/github/index.js'
import { terminalRunner } from '../../src/adapters/runner/terminal-runner.js'
import type { Runner } from '../../src/ports/runner.js'
import { deliverReport, openStatus, type ReportPorts } from '../../src/report/deliver-to-github.js'
import { mergedPull } from '../../src/report/comment/deliver-comment.js'
import { mergeComment, renderSection } from '../../src/report/comment/comment.js'
import type { ReportContext } from '../../src/report/context.js'
import {
  codedError,
  commits,
  failedVerdict,
  layerResult,
  layerResults,
  production,
  pullRequest,
  push,
  reportContext,
  runResult
} from '../support/results.js'

const token = 'ghs_EXAMPLEtokenOfTheWorkflow'
const merge = 'c3'.repeat(20)
const all = { issues: 'write', 'pull-requests': 'write', statuses: 'write', contents: 'read' } as const

let emulator: GitHubEmulator
beforeEach(async () => {
  emulator = await startGitHubEmulator({
    repositories: [{ owner: 'acme', name: 'superproject' }],
    tokens: [
      { token, permissions: all },
      { token: 'ghs_EXAMPLEnoStatus', permissions: { ...all, statuses: 'none' } },
      { token: 'ghs_EXAMPLEnoComment', permissions: { ...all, issues: 'read', 'pull-requests': 'read' } },
      { token: 'ghs_EXAMPLEnothing', permissions: {} }
    ]
  })
  for (const sha of [commits.head, merge]) emulator.seed.commit({ sha })
  emulator.seed.pullRequest({
    number: 5,
    head: { ref: 'feature', sha: commits.head },
    base: { ref: 'test', sha: commits.head }
  })
})
afterEach(async () => {
  expect(emulator.violations).toEqual([])
  await emulator.close()
})

interface Recorded {
  readonly ports: ReportPorts
  readonly outputs: Record<string, string>
  readonly warnings: string[]
  readonly errors: string[]
  readonly lines: string[]
  readonly summary: () => string
}

function recorded(secret = token): Recorded {
  const outputs: Record<string, string> = {}
  const [warnings, errors, lines, summary]: [string[], string[], string[], string[]] = [[], [], [], []]
  const plain = terminalRunner({ debug: false, write: () => undefined })
  const runner: Runner = {
    ...plain,
    setOutputs: values => void Object.assign(outputs, values),
    warning: text => void warnings.push(text),
    error: text => void errors.push(text),
    info: text => void lines.push(text),
    appendSummary: text => Promise.resolve(void summary.push(text))
  }
  const github = createGitHub({
    apiUrl: emulator.url,
    token: secret,
    repository: 'acme/superproject',
    retryBaseMilliseconds: 5
  })
  const ports = { github, runner, clock: { sleep: () => Promise.resolve() } }
  return { ports, outputs, warnings, errors, lines, summary: () => summary.join('') }
}

const mine = () => emulator.state.comments.filter(comment => comment.author === 'github-actions[bot]')
const operations = () => emulator.calls.map(call => call.operation)
const onPush = (part: Partial<ReportContext> = {}) => reportContext({ event: { ...push, after: merge }, ...part })
const pushed = (part: Parameters<typeof runResult>[0] = {}) => runResult({ headCommit: merge, ...part })

describe('a plan on a pull request', () => {
  it('opens and closes the status, writes the comment, the summary and the outputs', async () => {
    const { ports, outputs, warnings, summary } = recorded()
    const plan = runResult({
      command: 'plan',
      headline: 'Would publish 1 layer',
      layers: [layerResult({ status: 'planned' })]
    })
    expect(await openStatus({ kind: 'plan' }, plan.headCommit, reportContext(), ports)).toBe(true)
    const delivery = await deliverReport(plan, reportContext(), ports)
    expect(delivery).toMatchObject({ warnings: [], statusClosed: true })
    expect(delivery.commentUrl).toContain('/pull/5#issuecomment-')
    expect(emulator.state.statuses).toMatchObject([
      { context: 'layer-deploy/plan', state: 'pending', sha: commits.head, description: 'Planning' },
      { context: 'layer-deploy/plan', state: 'success', sha: commits.head, description: 'Would publish 1 layer' }
    ])
    expect(mine()).toHaveLength(1)
    expect(mine()[0]?.body).toContain('📝 planned')
    expect(outputs['changed-layers']).toBe('["da_flask"]')
    expect(summary()).toContain('```mermaid')
    expect(warnings).toEqual([])
    expect(operations().sort()).toEqual(
      [
        'repos/create-commit-status',
        'issues/list-comments',
        'issues/create-comment',
        'issues/list-comments',
        'repos/create-commit-status'
      ].sort()
    )
  })

  it('edits its comment the next time, and writes nothing where nothing changed', async () => {
    const { ports } = recorded()
    await deliverReport(runResult({ command: 'plan' }), reportContext(), ports)
    await deliverReport(runResult({ command: 'plan', warnings: ['Second'] }), reportContext({ runId: '701' }), ports)
    expect(mine()).toHaveLength(1)
    expect(mine()[0]?.body).toContain('Second')
    emulator.calls.length = 0
    await deliverReport(runResult({ command: 'plan', warnings: ['Second'] }), reportContext({ runId: '701' }), ports)
    expect(operations().sort()).toEqual(['issues/list-comments', 'repos/create-commit-status'])
  })

  it('F19 from a fork writes the summary and no comment, no status, no warning', async () => {
    const { ports, warnings, lines, summary } = recorded('ghs_EXAMPLEnothing')
    const context = reportContext({ event: { ...pullRequest, fromFork: true } })
    expect(await openStatus({ kind: 'plan' }, commits.head, context, ports)).toBe(false)
    const delivery = await deliverReport(runResult({ command: 'plan' }), context, ports)
    expect(delivery.warnings).toEqual([])
    expect(warnings).toEqual([])
    expect(lines.join()).toContain('fork')
    expect(summary()).toContain('da_flask')
    expect(emulator.calls).toEqual([])
  })
})

describe('after a push', () => {
  const seedMerged = (number: number, mergeCommit: string, base = 'test') =>
    emulator.seed.pullRequest({
      number,
      head: { ref: `f${number}`, sha: commits.head },
      base: { ref: base, sha: commits.head },
      mergeCommit
    })

  it('the result lands in the same comment of the merged pull request', async () => {
    const { ports } = recorded()
    const planned = runResult({ command: 'plan', layers: [layerResult({ status: 'planned' })] })
    await deliverReport(planned, reportContext(), ports)
    seedMerged(5, merge)
    await deliverReport(pushed(), onPush({ runId: '701' }), ports)
    expect(mine()).toHaveLength(1)
    expect(mine()[0]?.body).toContain('✅ published')
    expect(mine()[0]?.body).not.toContain('📝 planned')
    expect(emulator.state.statuses.at(-1)).toMatchObject({
      sha: merge,
      context: 'layer-deploy/sandbox',
      state: 'success'
    })
  })

  it('without a pull request says so in the log and is no warning', async () => {
    const { ports, warnings, lines } = recorded()
    emulator.seed.commit({ sha: 'd4'.repeat(20) })
    const delivery = await deliverReport(pushed({ headCommit: 'd4'.repeat(20) }), onPush(), ports)
    expect(delivery).toMatchObject({ warnings: [], commentUrl: null })
    expect(lines.join()).toContain('no merged pull request')
    expect(warnings).toEqual([])
  })

  it('F81 of several pull requests takes the one whose merge made the commit', async () => {
    seedMerged(6, merge, 'release')
    seedMerged(7, merge)
    await deliverReport(pushed(), onPush(), recorded().ports)
    expect(mine()).toMatchObject([{ issueNumber: 7 }])
  })

  it('F81 the choice, as a table', () => {
    const pull = {
      number: 1,
      baseBranch: 'test',
      mergedAt: '2026-01-01T00:00:00Z',
      mergeCommit: 'x',
      headCommit: 'h',
      locked: false
    }
    const later = { ...pull, number: 2, mergedAt: '2026-02-01T00:00:00Z', mergeCommit: 'y' }
    expect(mergedPull([pull, later], 'x', 'test')?.number).toBe(1)
    expect(mergedPull([pull, later], 'rebased', 'test')?.number).toBe(2)
    expect(mergedPull([{ ...pull, mergedAt: null }], 'x', 'test')).toBeNull()
    expect(mergedPull([pull], 'x', 'main')).toBeNull()
    expect(mergedPull([pull], 'x', null)?.number).toBe(1)
  })

  it('GitHub calls do not grow with the layers: 6 at 1, 100 and 1,000', async () => {
    seedMerged(5, merge)
    for (const count of [1, 100, 1000]) {
      emulator.state.comments.length = 0
      emulator.calls.length = 0
      const { ports, warnings } = recorded()
      await openStatus({ kind: 'deploy', environment: 'sandbox', doing: 'Deploying to' }, merge, onPush(), ports)
      await deliverReport(pushed({ layers: layerResults(count) }), onPush(), ports)
      expect(warnings.filter(warning => !warning.includes('outputs'))).toEqual([])
      expect(emulator.calls).toHaveLength(6)
    }
  })
})

describe('one comment, whatever happens', () => {
  const other = (body: string, author = 'octocat') => emulator.seed.comment({ issueNumber: 5, author, body })
  const ours = renderSection(runResult({ environment: production }), reportContext())!

  it('F73 the marker in someone else’s comment is ignored', async () => {
    other('<!-- layer-deploy -->\nmine, not yours')
    await deliverReport(runResult(), reportContext(), recorded().ports)
    expect(mine()).toHaveLength(1)
    expect(emulator.state.comments[0]?.body).toBe('<!-- layer-deploy -->\nmine, not yours')
  })

  it('F74 it is found behind 300 others', async () => {
    for (let index = 0; index < 250; index += 1) other(`c${index}`)
    other(ours, 'github-actions[bot]')
    for (let index = 0; index < 50; index += 1) other(`d${index}`)
    await deliverReport(runResult(), reportContext(), recorded().ports)
    expect(mine()).toHaveLength(1)
    expect(mine()[0]?.body).toContain('environment sandbox')
    expect(mine()[0]?.body).toContain('environment production')
  })

  it.each([
    ['500 after the effect', { kind: 'error', status: 500, when: 'after' }],
    ['500 before the effect', { kind: 'error', status: 500, when: 'before' }],
    ['reset after the effect', { kind: 'reset', when: 'after' }],
    ['reset before the effect', { kind: 'reset', when: 'before' }],
    ['truncated', { kind: 'truncated' }],
    ['garbage', { kind: 'garbage' }]
  ] as const)('F71 creation answered by %s: exactly one comment', async (_name, fault) => {
    emulator.faults.add({ operation: 'issues/create-comment', fault })
    const { ports, warnings } = recorded()
    const delivery = await deliverReport(runResult(), reportContext(), ports)
    expect(mine()).toHaveLength(1)
    expect(mine()[0]?.body).toContain('da_flask')
    expect(warnings).toEqual([])
    expect(delivery.commentUrl).not.toBeNull()
  })

  it.each([1, 3, 5, 40])('F102 a list that lags %i reads behind the create: one comment', async lag => {
    emulator.state.commentLag = lag
    const { ports, warnings } = recorded()
    const delivery = await deliverReport(runResult(), reportContext(), ports)
    expect(operations().filter(operation => operation === 'issues/create-comment')).toHaveLength(1)
    expect(mine()).toHaveLength(1)
    expect(mine()[0]?.body).toContain('da_flask')
    expect(delivery.commentUrl).toContain(String(mine()[0]?.id))
    expect(warnings).toEqual([])
  })

  it.each([0, 99, 100, 250])('F102 the Link header is lost behind %i other comments: one comment', async count => {
    for (let index = 0; index < count; index += 1) other(`c${index}`)
    emulator.faults.add({ operation: 'issues/list-comments', fault: { kind: 'no-link' }, times: 1000 })
    for (const runId of ['700', '701']) {
      await deliverReport(runResult({ warnings: [runId] }), reportContext({ runId }), recorded().ports)
      expect(operations().filter(operation => operation === 'issues/create-comment')).toHaveLength(1)
    }
    expect(mine()).toHaveLength(1)
    expect(mine()[0]?.body).toContain('701')
  })

  it.each(['before', 'after'] as const)(
    'F102 a lost answer %s the effect and a list that lags: one comment',
    async when => {
      emulator.state.commentLag = 3
      emulator.faults.add({ operation: 'issues/create-comment', fault: { kind: 'reset', when } })
      await deliverReport(runResult(), reportContext(), recorded().ports)
      expect(mine()).toHaveLength(1)
    }
  )

  it('F102 two creators whose lists lag: the younger comment is merged into the older and removed', async () => {
    emulator.state.commentLag = 1
    const results = ['a', 'b'].map(layerId => runResult({ layers: [layerResult({ layerId })] }))
    const clock = { sleep: (milliseconds: number) => new Promise<void>(end => setTimeout(end, milliseconds / 10)) }
    await Promise.all(
      results.map(result => deliverReport(result, reportContext({ status: false }), { ...recorded().ports, clock }))
    )
    expect(mine()).toHaveLength(1)
    for (const row of ['row a ', 'row b ']) expect(mine()[0]?.body).toContain(row)
  })

  it('F102 the comment that this run made is removed by somebody: a warning, and none is made again', async () => {
    const { ports, warnings } = recorded()
    const createComment = async (pull: number, body: string) => {
      const made = await ports.github!.createComment(pull, body)
      emulator.state.comments.length = 0
      return made
    }
    await deliverReport(runResult(), reportContext(), { ...ports, github: { ...ports.github!, createComment } })
    expect(operations().filter(operation => operation === 'issues/create-comment')).toHaveLength(1)
    expect(warnings).toEqual([expect.stringContaining('was removed')])
  })

  it('F103 a run of all layers takes rows that are configured no longer, and the section of an earlier aim, away', async () => {
    const [a, b, old] = ['a', 'b', 'old'].map(layerId => layerResult({ layerId }))
    const elsewhere = layerResult({ layerId: 'a', region: 'eu-west-1' })
    const layers = [{ id: 'a' }, { id: 'b' }]
    const failed = { ...old!, status: 'failed' as const, error: codedError() }
    const before = runResult({ layers: [a!, failed, elsewhere], errors: [codedError()] })
    other(mergeComment(ours, renderSection(before, reportContext({ runId: '600' }))!), 'github-actions[bot]')
    const some = reportContext({ layers, runId: '701' })
    await deliverReport(runResult({ layers: [b!] }), some, recorded().ports)
    for (const kept of ['row old ', 'row a ', 'row a eu-west-1', 'environment production']) {
      expect(mine()[0]?.body).toContain(kept)
    }
    await deliverReport(runResult({ layers: [a!, b!] }), reportContext({ layers, runId: '702' }), recorded().ports)
    const body = mine()[0]?.body ?? ''
    for (const kept of ['row a us-east-2', 'row b us-east-2']) expect(body).toContain(kept)
    for (const gone of ['old', 'eu-west-1', 'environment production', 'ACCESS_DENIED']) expect(body).not.toContain(gone)
  })

  it('F103 an older run that ends late takes nothing of a newer one away', async () => {
    const layers = [{ id: 'a' }]
    const newer = runResult({ layers: ['a', 'b'].map(layerId => layerResult({ layerId })) })
    const context = (runId: string, ids = layers) => reportContext({ layers: ids, runId })
    await deliverReport(newer, context('800', [{ id: 'a' }, { id: 'b' }]), recorded().ports)
    await deliverReport(runResult({ layers: [layerResult({ layerId: 'a' })] }), context('700'), recorded().ports)
    expect(mine()[0]?.body).toContain('row b ')
  })

  it('F72 two creators: one comment with both their rows', async () => {
    const results = ['a', 'b', 'c', 'd'].map(layerId => runResult({ layers: [layerResult({ layerId })] }))
    await Promise.all(results.map(result => deliverReport(result, reportContext({ status: false }), recorded().ports)))
    expect(mine()).toHaveLength(1)
  })

  it('F72 20 writers at once: one comment with every row', async () => {
    // Answers that take as long as they like: who reads first does not write first.
    for (let nth = 1; nth <= 60; nth += 3) {
      const fault = { kind: 'slow', milliseconds: (nth * 7) % 40 } as const
      emulator.faults.add({ operation: nth % 2 === 0 ? 'issues/create-comment' : 'issues/update-comment', fault, nth })
    }
    const clock = { sleep: (milliseconds: number) => new Promise<void>(end => setTimeout(end, milliseconds / 4)) }
    const ids = Array.from({ length: 20 }, (_unused, index) => `layer_${index}`)
    const told = ids.map(() => recorded())
    const context = reportContext({ status: false, layers: ids.map(id => ({ id })) })
    await Promise.all(
      ids.map((layerId, index) => {
        const ports = { ...told[index]!.ports, clock }
        return deliverReport(runResult({ layers: [layerResult({ layerId })] }), context, ports)
      })
    )
    expect(told.flatMap(({ warnings }) => warnings)).toEqual([])
    expect(mine()).toHaveLength(1)
    const body = mine()[0]?.body ?? ''
    expect(ids.filter(id => !body.includes(`row ${id} us-east-2 `))).toEqual([])
  })

  it('F71 an edit that was answered by 500, before or after its effect, or reset: the row is there', async () => {
    other(ours, 'github-actions[bot]')
    for (const when of ['before', 'after'] as const) {
      emulator.faults.add({ operation: 'issues/update-comment', fault: { kind: 'error', status: 500, when } })
      const { ports, warnings } = recorded()
      await deliverReport(runResult({ layers: [layerResult({ layerId: when })] }), reportContext(), ports)
      expect(warnings).toEqual([])
      expect(mine()).toHaveLength(1)
      expect(mine()[0]?.body).toContain(`row ${when} us-east-2 `)
    }
  })

  it('what another job wrote over is written again; who never gets through says so', async () => {
    const { ports, warnings } = recorded()
    let overwrites = 0
    const overwritten = (times: number) => ({
      ...ports.github!,
      updateComment: async (id: number, body: string) => {
        const written = await ports.github!.updateComment(id, body)
        if (overwrites++ < times) await ports.github!.updateComment(id, ours)
        return written
      }
    })
    other(ours, 'github-actions[bot]')
    await deliverReport(runResult(), reportContext(), { ...ports, github: overwritten(3) })
    expect(warnings).toEqual([])
    expect(mine()[0]?.body).toContain('environment sandbox')
    emulator.state.comments[0]!.body = ours
    overwrites = 0
    await deliverReport(runResult(), reportContext(), { ...ports, github: overwritten(Infinity) })
    expect(warnings).toEqual([expect.stringContaining('other jobs wrote over this report')])
  })

  it('F72 a duplicate of an earlier time is merged into the oldest and removed', async () => {
    other(ours, 'github-actions[bot]')
    other(
      renderSection(runResult({ layers: [layerResult({ layerId: 'b' })] }), reportContext())!,
      'github-actions[bot]'
    )
    await deliverReport(runResult({ layers: [layerResult({ layerId: 'c' })] }), reportContext(), recorded().ports)
    expect(mine()).toHaveLength(1)
    for (const name of ['row b ', 'row c ', 'environment production']) expect(mine()[0]?.body).toContain(name)
  })

  it('F75 stays within 65,536 characters at 1,000 layers', async () => {
    await deliverReport(runResult({ layers: layerResults(1000) }), reportContext(), recorded().ports)
    expect(mine()[0]?.body.length).toBeLessThanOrEqual(65_536)
    expect(mine()[0]?.body).toContain('the job summary of the workflow run shows it')
  })

  it('a comment that vanished between list and edit is created again', async () => {
    other(mergeComment(null, ours), 'github-actions[bot]')
    const { ports, warnings } = recorded()
    const github = {
      ...ports.github!,
      updateComment: async (id: number, body: string) => {
        emulator.state.comments.length = 0
        return ports.github!.updateComment(id, body)
      }
    }
    await deliverReport(runResult(), reportContext(), { ...ports, github })
    expect(mine()).toHaveLength(1)
    expect(warnings).toEqual([])
  })
})

describe('F69 nothing that GitHub does changes the rest', () => {
  it('without statuses: write, the comment is written and a warning names the permission', async () => {
    const { ports, warnings } = recorded('ghs_EXAMPLEnoStatus')
    const delivery = await deliverReport(runResult(), reportContext(), ports)
    expect(delivery.statusClosed).toBe(false)
    expect(warnings).toHaveLength(1)
    expect(warnings[0]).toContain('grant statuses: write under permissions in the workflow')
    expect(mine()).toHaveLength(1)
  })

  it('without a permission to comment, the status closes and a warning names it', async () => {
    const { ports, warnings } = recorded('ghs_EXAMPLEnoComment')
    expect((await deliverReport(runResult(), reportContext(), ports)).commentUrl).toBeNull()
    expect(warnings).toHaveLength(1)
    expect(warnings[0]).toContain('grant issues: write or pull-requests: write')
    expect(emulator.state.statuses.at(-1)?.state).toBe('success')
  })

  it('without any, outputs, annotations and summary are there', async () => {
    const { ports, outputs, errors, summary } = recorded('ghs_EXAMPLEnothing')
    const failing = runResult({ conclusion: 'failure', verdicts: [failedVerdict()], errors: [codedError()] })
    await deliverReport(failing, reportContext(), ports)
    expect(outputs['conclusion']).toBe('failure')
    expect(errors).toHaveLength(2)
    expect(summary()).toContain('ACCOUNT_MISMATCH')
  })

  it('an outage: warnings, no throw', async () => {
    emulator.faults.add({ operation: '*', fault: { kind: 'error', status: 502, when: 'before' }, times: 100 })
    const { ports, warnings } = recorded()
    expect(await openStatus({ kind: 'plan' }, commits.head, reportContext(), ports)).toBe(false)
    await deliverReport(runResult(), reportContext(), ports)
    expect(warnings).toHaveLength(3)
    expect(warnings.join()).toContain('once GitHub answers')
  })

  it('no token: the report stays on this machine', async () => {
    const { ports, warnings, summary } = recorded()
    await deliverReport(runResult(), reportContext(), { ...ports, github: null })
    expect(warnings).toEqual([])
    expect(summary()).not.toBe('')
  })

  it('F146 a token that ended in mid-run: the warning does not ask for a permission', async () => {
    const fault = { kind: 'error', status: 401, when: 'before', message: 'Bad credentials' } as const
    emulator.faults.add({ operation: 'issues/create-comment', fault })
    const { ports, warnings } = recorded()
    await deliverReport(runResult(), reportContext(), ports)
    expect(warnings).toEqual([expect.stringMatching(/401.*run again: the token ended/)])
    expect(warnings.join()).not.toContain('grant')
  })

  it('F80 a locked conversation is a warning with its mend', async () => {
    emulator.seed.pullRequest({
      number: 5,
      head: { ref: 'feature', sha: commits.head },
      base: { ref: 'test', sha: commits.head },
      locked: true
    })
    const { ports, warnings } = recorded()
    await deliverReport(runResult(), reportContext({ event: { ...pullRequest, locked: true } }), ports)
    expect(warnings).toHaveLength(1)
    expect(warnings[0]).toContain('unlock the conversation')
  })

  it('a summary that cannot be written does not stop the others', async () => {
    const { ports, warnings } = recorded()
    const runner = {
      ...ports.runner,
      appendSummary: () => Promise.reject(new Error('ENOSPC: no space left'))
    }
    await deliverReport(runResult(), reportContext(), { ...ports, runner })
    expect(warnings).toEqual(['The job summary was not written: ENOSPC: no space left.'])
    expect(mine()).toHaveLength(1)
  })

  it('the inputs comment and status switch them off', async () => {
    await deliverReport(runResult(), reportContext({ comment: false, status: false }), recorded().ports)
    expect(emulator.calls).toEqual([])
  })
})

describe('what is shown', () => {
  it('G9 a masked value is in none of comment, status, summary and outputs', async () => {
    const { ports, outputs, summary } = recorded()
    const secret = 'EXAMPLE-secret-value'
    ports.runner.mask(secret)
    const leaking = runResult({
      headline: secret,
      warnings: [secret],
      plan: { secret },
      errors: [codedError('GIT_FAILED', { found: secret })],
      layers: [layerResult({ layerName: secret })]
    })
    await deliverReport(leaking, reportContext(), ports)
    const everything = JSON.stringify([mine(), emulator.state.statuses, summary(), outputs])
    expect(everything).not.toContain(secret)
    expect(everything).toContain('***')
  })

  it('ten annotations of a level, the others in the log, each error once', async () => {
    const { ports, errors, lines } = recorded()
    const failures = Array.from({ length: 14 }, (_unused, index) => codedError('BUILD_FAILED', { found: `x${index}` }))
    const layers = failures.map((error, index) => layerResult({ layerId: `l${index}`, status: 'failed', error }))
    await deliverReport(
      runResult({ conclusion: 'failure', errors: failures, layers }),
      reportContext({ comment: false }),
      ports
    )
    expect(errors).toHaveLength(10)
    expect(lines.filter(line => line.startsWith('error: BUILD_FAILED'))).toHaveLength(4)
  })
})
