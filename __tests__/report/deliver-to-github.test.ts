import { beforeEach, describe, expect, it, jest, afterEach } from '@jest/globals'
import { terminalRunner } from '../../src/adapters/runner/terminal-runner.js'
import { CodedError } from '../../src/model/errors.js'
import { GitHubError, type GitHub } from '../../src/ports/github.js'
import { checkRunReport, deliverToGitHub, openStatus } from '../../src/report/deliver-to-github.js'
import type { ReportContext } from '../../src/report/context.js'
import {
  codedError,
  commits,
  environment,
  layerResult,
  pullRequest,
  push,
  reportContext,
  runResult
} from '../support/results.js'
import { conversation, failure, self, type ConversationOptions } from './comment/conversation.js'

beforeEach(() => {
  jest.spyOn(Math, 'random').mockReturnValue(0)
})
afterEach(() => {
  jest.restoreAllMocks()
})

/** Ports over a conversation; what was told, and the statuses that were set. */
function told(options: ConversationOptions = {}, refusal: GitHubError | null = null) {
  const world = conversation(options)
  const [warnings, lines, statuses]: [string[], string[], unknown[]] = [[], [], []]
  const runner = {
    ...terminalRunner({ debug: false, write: () => undefined }),
    warning: (text: string) => void warnings.push(text),
    info: (text: string) => void lines.push(text)
  }
  const createStatus = async (commit: string, { state, report }: { state: string; report?: object }) => {
    await Promise.resolve()
    if (refusal !== null) throw refusal
    statuses.push([commit, state, report !== undefined])
  }
  const github: GitHub = { ...world.github, createStatus, pullsOfCommit: () => Promise.resolve([]) }
  return { world, warnings, lines, statuses, ports: { github, runner, clock: world.clock } }
}

const deliver = (
  { ports }: ReturnType<typeof told>,
  context: ReportContext = reportContext(),
  part: Parameters<typeof runResult>[0] = {},
  warnings: readonly string[] = []
) => deliverToGitHub({ result: runResult(part), warnings }, context, ports)

describe('the pending status', () => {
  const plan = { kind: 'plan' } as const

  it('stands', async () => {
    const { ports, statuses, warnings } = told()
    expect(await openStatus(plan, commits.head, reportContext(), ports)).toBe(true)
    expect([statuses, warnings]).toEqual([[[commits.head, 'pending', false]], []])
  })

  it('is not due', async () => {
    const { ports, statuses } = told()
    expect(await openStatus(plan, commits.head, reportContext({ status: false }), ports)).toBe(false)
    expect(statuses).toEqual([])
  })

  it('may not be written', async () => {
    const { ports, warnings } = told({}, failure('permission'))
    expect(await openStatus(plan, commits.head, reportContext(), ports)).toBe(false)
    expect(warnings).toEqual([expect.stringContaining('layer-deploy/plan was not written: the call')])
  })
})

describe('a report to GitHub', () => {
  it('is a status and a comment', async () => {
    const recorded = told()
    expect(await deliver(recorded)).toEqual({
      warnings: [],
      commentUrl: 'https://github.com/c/101',
      statusClosed: true
    })
    expect(recorded.statuses).toEqual([[commits.head, 'success', false]])
    expect(recorded.world.comments).toHaveLength(1)
  })

  it('holds the summary where the status is a check run', async () => {
    const recorded = told()
    await deliver(recorded, reportContext({ checkRun: true }))
    expect(recorded.statuses).toEqual([[commits.head, 'success', true]])
  })

  it.each<[string, Partial<ReportContext>, Parameters<typeof runResult>[0]]>([
    ['none is asked for', { comment: false }, {}],
    ['there is no environment', {}, { environment: null }]
  ])('has no comment where %s', async (_name, context, part) => {
    const recorded = told()
    expect(await deliver(recorded, reportContext(context), part)).toEqual({
      ...{ warnings: [], commentUrl: null, statusClosed: true }
    })
    expect([recorded.world.calls, recorded.lines]).toEqual([[], []])
  })

  it('has no status where none is asked for', async () => {
    const recorded = told()
    expect((await deliver(recorded, reportContext({ status: false }))).statusClosed).toBe(true)
    expect(recorded.statuses).toEqual([])
  })

  it('says in the log why there is no comment', async () => {
    const recorded = told()
    await deliver(recorded, reportContext({ event: push }))
    expect(recorded.lines).toEqual(['No pull request comment: the commit came from no merged pull request.'])
  })

  it('a pull request that may not be looked for is not taken for a locked one', async () => {
    const recorded = told()
    const pullsOfCommit = () => Promise.reject(failure('permission'))
    const ports = { ...recorded.ports, github: { ...recorded.ports.github, pullsOfCommit } }
    const { warnings } = await deliverToGitHub(
      { result: runResult(), warnings: [] },
      reportContext({ event: push }),
      ports
    )
    expect(warnings).toHaveLength(1)
    expect(warnings[0]).not.toContain('unlock')
  })

  it('stays on this machine without a token', async () => {
    const recorded = told()
    const ports = { ...recorded.ports, github: null }
    expect(await deliverToGitHub({ result: runResult(), warnings: ['local'] }, reportContext(), ports)).toEqual({
      ...{ warnings: ['local'], commentUrl: null, statusClosed: true }
    })
    expect(recorded.warnings).toEqual(['local'])
  })

  it('tells what went wrong, each part for itself', async () => {
    const before = () => {
      throw failure('unavailable')
    }
    const recorded = told({ before }, failure('permission'))
    const { warnings, statusClosed, commentUrl } = await deliver(recorded, reportContext(), {}, ['local'])
    expect([statusClosed, commentUrl]).toEqual([false, null])
    expect(warnings.map(text => text.split(':')[0])).toEqual([
      'local',
      'The commit status layer-deploy/sandbox was not written',
      'The pull request comment was not written'
    ])
    expect(recorded.warnings).toEqual(warnings)
  })

  it.each([
    ['that is locked', true, failure('permission'), true],
    ['that GitHub says is locked', false, new GitHubError('permission', 'POST', null, 403, 'issue is locked'), true],
    ['of an outage, though it is locked', true, failure('validation'), false],
    ['that may not be written to', false, failure('permission'), false],
    ['with a word like it', false, new GitHubError('permission', 'POST', null, 403, 'is blocked'), false]
  ])('F80 a conversation %s', async (_name, locked, refusal, unlock) => {
    const before = () => {
      throw refusal
    }
    const { warnings } = await deliver(told({ before }), reportContext({ event: { ...pullRequest, locked } }))
    expect(warnings).toHaveLength(1)
    expect(warnings[0]?.includes('; unlock the conversation, or set the input comment to false.')).toBe(unlock)
  })
})

describe('F103 the rows of others in the comment', () => {
  const two = [{ id: 'da_flask' }, { id: 'da_framework' }]
  const both = two.map(({ id }) => layerResult({ layerId: id }))
  const regions = ['us-east-2', 'eu-west-1']
  const inTwo = environment({ regions })
  it.each<[string, Partial<ReportContext>, Parameters<typeof runResult>[0], boolean]>([
    ['go after a run of all', { layers: two }, { layers: both }, false],
    ['stay beside a run of some layers', { layers: two }, { layers: both.slice(0, 1) }, true],
    ['stay beside a run of some regions', { layers: two }, { layers: both, environment: inTwo }, true],
    ['go after a run of all regions', { layers: two }, { layers: both, environment: inTwo, regions }, false],
    ['stay where no layer is configured', { layers: [] }, { layers: [] }, true]
  ])('%s', async (_name, context, part, stay) => {
    const old = layerResult({ layerId: 'old' })
    const first = told()
    await deliver(first, reportContext({ layers: [{ id: 'old' }], runId: '600' }), { layers: [old] })
    const second = told({ comments: [{ body: first.world.comments[0]!.body, author: self }] })
    await deliver(second, reportContext(context), part)
    expect(second.world.comments[0]?.body.includes('row old us-east-2')).toBe(stay)
    expect(second.world.waits[0]).toBe(stay && context.layers?.length !== 0 ? 800 : 200)
  })
})

describe('a check run', () => {
  const at = (line: number) =>
    new CodedError(
      'CONFIG_INVALID',
      { expected: 'a', found: String(line), mend: 'm' },
      { location: { file: 'a.yml', line, column: 1 } }
    )

  it('has an annotation for each place, and none for what has none', () => {
    const result = runResult({ errors: [at(3), codedError()], warnings: ['Late.'] })
    expect(checkRunReport(result, reportContext()).annotations).toEqual([
      { path: 'a.yml', line: 3, level: 'failure', title: 'CONFIG_INVALID', message: at(3).message }
    ])
  })

  it('has fifty at most', () => {
    const errors = Array.from({ length: 60 }, (_unused, index) => at(index + 1))
    const { annotations } = checkRunReport(runResult({ errors }), reportContext())
    expect(annotations.map(({ line }) => line)).toEqual(Array.from({ length: 50 }, (_unused, index) => index + 1))
  })
})
