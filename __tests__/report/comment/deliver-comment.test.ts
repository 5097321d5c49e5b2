import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import type { TriggerEvent } from '../../../src/model/index.js'
import { renderDocument } from '../../../src/report/comment/comment-document.js'
import { commentScope, mergeComment } from '../../../src/report/comment/comment.js'
import { commentTarget, mergedPull, writeComment } from '../../../src/report/comment/deliver-comment.js'
import { GitHubError, type GitHubErrorKind, type PullOfCommit } from '../../../src/ports/github.js'
import { commits, pullRequest, push } from '../../support/results.js'
import { conversation, failure, self, type ConversationOptions } from './conversation.js'
import { row, section } from './sections.js'

const textOf = (layer: string): string =>
  renderDocument({ loose: [], sections: [section({ rows: [row(`${layer} us`)] })] })
const [mine, yours] = [textOf('a'), textOf('b')]
const both = mergeComment(yours, mine)
const by = (body: string, author = self, id?: number) => ({ body, author, ...(id === undefined ? {} : { id }) })

beforeEach(() => {
  jest.spyOn(Math, 'random').mockReturnValue(0.5)
})
afterEach(() => {
  jest.restoreAllMocks()
})

/** What was called and waited for, what stands at the end, and the answer or how it failed. */
async function written(options: ConversationOptions, how: Parameters<typeof writeComment>[4] = {}, text = mine) {
  const world = conversation(options)
  const outcome = await writeComment(5, text, world.github, world.clock, how).then(
    ({ id }) => id,
    (error: unknown) => `${error instanceof GitHubError ? error.kind : ''} ${String(error)}`.trim()
  )
  const { calls, waits, comments } = world
  return { calls: calls.join(', '), waits, bodies: comments.map(({ body }) => body), outcome }
}

describe('the comment is written', () => {
  it('made, and looked for', async () => {
    expect(await written({})).toEqual({
      ...{ calls: 'list 1, create, list 1', waits: [300], bodies: [mine], outcome: 101 }
    })
  })

  it('made on the last page, and looked for there', async () => {
    const { calls, outcome } = await written({ lastPage: 3 })
    expect([calls, outcome]).toEqual(['list 1, create, list 3', 101])
  })

  it('edited, and read again', async () => {
    expect(await written({ comments: [by(yours)] })).toEqual({
      ...{ calls: 'list 1, update 1, read 1', waits: [300], bodies: [both], outcome: 1 }
    })
  })

  it.each([
    ['as it stands', mine],
    ['with other line ends', mine.replaceAll('\n', '\r\n')],
    ['with white space around it', `${mine}\n\n`]
  ])('left alone, %s', async (_name, body) => {
    expect(await written({ comments: [by(body)] })).toEqual({
      ...{ calls: 'list 1', waits: [], bodies: [body], outcome: 1 }
    })
  })

  it.each([
    ['who the token is had to be asked for', { unknown: true }, 'list 1, viewer, read 1, update 1, read 1'],
    ['there are further pages', { lastPage: 2 }, 'list 1, read 1, update 1, read 1']
  ])('edited as it stands now, where %s', async (_name, part, calls) => {
    expect((await written({ ...part, comments: [by(yours)] })).calls).toBe(calls)
  })

  it('nobody is asked who the token is where no comment bears the marker', async () => {
    const { calls } = await written({ unknown: true, comments: [by('Hello', 'octocat')] })
    expect(calls).toBe('list 1, create, list 1, viewer, read 101')
  })

  it.each([
    ['of somebody else', 'octocat', 'list 1, create, list 1'],
    ['of ours in other letters', 'GitHub-Actions[bot]', 'list 1, update 1, read 1']
  ])('F73 a marker in a comment %s', async (_name, author, calls) => {
    expect((await written({ comments: [by(yours, author)] })).calls).toBe(calls)
  })

  it('F103 in its scope', async () => {
    const scope = commentScope('sandbox', [{ id: 'a' }], ['us'])
    expect((await written({ comments: [by(yours)] }, { scope })).bodies).toEqual([mine])
  })
})

describe('where others write, too', () => {
  it('duplicates are merged into the oldest, and removed when it shows all of them', async () => {
    const third = textOf('c')
    const { calls, waits, bodies } = await written({
      comments: [by(third, self, 9), by(yours, self, 7), by('x', 'o', 8)]
    })
    expect(calls).toBe('list 1, update 7, list 1, delete 9')
    expect(bodies).toEqual([mergeComment(mergeComment(yours, third), mine), 'x'])
    expect(waits).toEqual([1200])
  })

  it('duplicates on several pages are looked for from the first page on', async () => {
    const { calls } = await written({ comments: [by(yours), by(textOf('c'))], lastPage: 3 })
    expect(calls).toBe('list 1, read 1, update 1, list 1, read 1, delete 2')
  })

  it('a job of several waits longer', async () => {
    expect((await written({}, { shared: true })).waits).toEqual([1200])
  })

  it('what is written over is written again, ever more slowly, and told in the end', async () => {
    const after = (call: string, _nth: number, comments: { body: string }[]) => {
      if (call.startsWith('update')) comments[0]!.body = yours
    }
    const { calls, waits, outcome } = await written({ comments: [by(yours)], after: after })
    expect(calls.split(', ').filter(call => call === 'update 1')).toHaveLength(16)
    expect(waits).toEqual([300, 2400, 3600, ...Array.from({ length: 13 }, () => 4800)])
    expect(outcome).toMatch(/^unavailable GitHubError: PATCH .*: other jobs wrote over this report again and again$/)
  })
})

describe('F102 a list that lags', () => {
  it.each([
    [1, 'list 1, create, list 1, read 101, read 101, list 1', [300, 300]],
    [
      9,
      'list 1, create, list 1, read 101, read 101, list 1, read 101, read 101, list 1, read 101, read 101, list 1, read 101, read 101',
      [300, 300, 300, 300]
    ]
  ])('by %i reads: the comment is read by its id', async (lag, calls, waits) => {
    const listed: ConversationOptions['listed'] = (nth, all) => (nth > 1 && nth <= lag + 1 ? [] : all)
    expect(await written({ listed })).toEqual({ calls, waits, bodies: [mine], outcome: 101 })
  })

  it('what somebody wrote meanwhile is merged, and nobody is taken for a crowd', async () => {
    const before: ConversationOptions['before'] = (call, nth, comments) => {
      if (call === 'list 1' && nth === 3) comments[0] = { ...comments[0]!, body: yours }
    }
    const listed: ConversationOptions['listed'] = (nth, all) => (nth === 2 ? [] : all)
    const { calls, waits, bodies } = await written({ before, listed })
    expect(calls).toBe('list 1, create, list 1, read 101, read 101, list 1, update 101, read 101')
    expect([waits, bodies]).toEqual([[300, 300, 300], [both]])
  })

  it('the comment that was made is gone: it is not made again', async () => {
    const after: ConversationOptions['after'] = (call, _nth, comments) => {
      if (call === 'create') comments.length = 0
    }
    const { calls, waits, outcome } = await written({ after })
    expect(calls).toBe(`list 1, create${', list 1, read 101'.repeat(4)}`)
    expect(waits).toEqual([300, 400, 600, 800])
    expect(outcome).toMatch(
      /^validation GitHubError: GET .*: the comment that this run wrote was removed, and no other is there$/
    )
  })

  it('another job merged it into an older one, which the list shows later', async () => {
    const after: ConversationOptions['after'] = (call, _nth, comments) => {
      if (call === 'create') comments.splice(0, 1, { id: 7, body: both, author: self, url: '' })
    }
    const listed: ConversationOptions['listed'] = (nth, all) => (nth < 4 ? [] : all)
    const { calls, bodies, outcome } = await written({ after, listed })
    expect(calls).toBe(
      'list 1, create, list 1, read 101, list 1, read 101, list 1, read 101, read 7, list 1, read 101, read 7, list 1, read 101, read 7, list 1, read 101, read 7'
    )
    expect([bodies, outcome]).toEqual([[both], 7])
  })

  it('another failure of the look at it is told', async () => {
    const before: ConversationOptions['before'] = call => {
      if (call === 'read 101') throw failure('permission')
    }
    const listed: ConversationOptions['listed'] = () => []
    expect((await written({ before, listed })).outcome).toBe('permission GitHubError: the call: as the test says')
  })
})

describe('F71 an answer that is lost', () => {
  const failing =
    (kind: string, times: number, how: GitHubErrorKind) =>
    (call: string, nth: number): void => {
      if (call.split(' ')[0] === kind && nth <= times) throw failure(how)
    }

  it('before a creation took effect: looked for, then made again', async () => {
    const { calls, waits, bodies } = await written({ before: failing('create', 1, 'unavailable') })
    expect(calls).toBe(`list 1, create${', list 1'.repeat(4)}, list 1, create, list 1`)
    expect(waits).toEqual([250, 400, 600, 800, 1000, 4800])
    expect(bodies).toEqual([mine])
  })

  it('after a creation took effect: found', async () => {
    const { calls, waits, bodies } = await written({ after: failing('create', 1, 'unavailable') })
    expect([calls, waits, bodies]).toEqual(['list 1, create, list 1', [250], [mine]])
  })

  it('of an edit: looked at again', async () => {
    const { calls, waits } = await written({ comments: [by(yours)], before: failing('update', 1, 'unavailable') })
    expect([calls, waits]).toEqual(['list 1, update 1, list 1, update 1, read 1', [250, 2400]])
  })

  it('the comment that was to be edited is gone: another is made', async () => {
    const before: ConversationOptions['before'] = (call, _nth, comments) => {
      if (call === 'update 1') comments.length = 0
    }
    const { calls, bodies } = await written({ comments: [by(yours)], before })
    expect([calls, bodies]).toEqual(['list 1, update 1, list 1, create, list 1', [mine]])
  })

  it('three times is not given up, four times is', async () => {
    const three = await written({ comments: [by(mine)], before: failing('list', 3, 'unavailable') })
    expect([three.outcome, three.waits]).toEqual([1, [250, 500, 750]])
    const four = await written({ comments: [by(mine)], before: failing('list', 4, 'unavailable') })
    expect([four.outcome, four.waits]).toEqual(['unavailable GitHubError: the call: as the test says', [250, 500, 750]])
  })

  it.each<GitHubErrorKind>(['permission', 'validation', 'rate-limited'])('%s is no lost answer', async how => {
    const { calls, waits, outcome } = await written({ before: failing('list', 1, how) })
    expect([calls, waits, outcome]).toEqual(['list 1', [], `${how} GitHubError: the call: as the test says`])
  })

  it('nor is what is none of GitHub’s errors', async () => {
    const before = () => {
      throw new TypeError('a fault of ours')
    }
    expect((await written({ before })).outcome).toBe('TypeError: a fault of ours')
  })
})

describe('the pull request of a run', () => {
  const pull: PullOfCommit = {
    ...{ number: 7, baseBranch: 'test', mergedAt: '2026-01-01T00:00:00Z' },
    ...{ mergeCommit: commits.head, headCommit: commits.new, locked: true }
  }
  const workflowRun: TriggerEvent = {
    ...{ kind: 'workflow_run', conclusion: 'success', cause: 'push', headBranch: 'test' },
    ...{ headCommit: commits.head, sameRepository: true }
  }
  const none = (why: string) => ({ kind: 'none', why })
  const merged = { kind: 'pull', number: 7, locked: true }
  const subject = { headCommit: commits.head, branch: 'test' }
  const unmerged = none('the commit came from no merged pull request')
  it.each<[TriggerEvent, Partial<typeof subject> | { readonly headCommit: null }, object, number]>([
    [pullRequest, {}, { kind: 'pull', number: 5, locked: false }, 0],
    [{ ...pullRequest, locked: true }, {}, { kind: 'pull', number: 5, locked: true }, 0],
    [{ ...pullRequest, fromFork: true }, {}, none('the pull request comes from a fork: its token may not comment'), 0],
    [push, {}, merged, 1],
    [push, { headCommit: null }, none('the commit is not known'), 0],
    [push, { branch: 'main' }, unmerged, 1],
    [workflowRun, {}, merged, 1],
    [{ ...workflowRun, sameRepository: false } as TriggerEvent, {}, none('the commit lies in a fork'), 0],
    ...(['merge_group', 'schedule', 'command-line', 'other'] as const).map(
      kind => [{ kind } as TriggerEvent, {}, none('the event belongs to no pull request'), 0] as const
    ),
    [{ kind: 'workflow_dispatch' } as TriggerEvent, {}, merged, 1]
  ] as never)('%j, %j', async (event, part, expected, calls) => {
    const asked: string[] = []
    const pullsOfCommit = (commit: string) =>
      Promise.resolve([pull, void asked.push(commit)].slice(0, 1) as [typeof pull])
    expect(await commentTarget(event, { ...subject, ...part }, { pullsOfCommit })).toEqual(expected)
    expect(asked).toEqual(calls === 0 ? [] : [commits.head])
  })

  it('F81 of several the one whose merge made the commit, else the one merged last', () => {
    const later = { ...pull, number: 8, mergedAt: '2026-02-01T00:00:00Z', mergeCommit: 'other' }
    const open = { ...pull, number: 9, mergedAt: null }
    const numberOf = (pulls: readonly PullOfCommit[], commit: string, branch: string | null) =>
      mergedPull(pulls, commit, branch)?.number ?? null
    expect(numberOf([pull, later], commits.head, 'test')).toBe(7)
    expect(numberOf([pull, later], 'rebased', 'test')).toBe(8)
    expect(numberOf([later, pull], 'rebased', 'test')).toBe(8)
    expect(numberOf([open], commits.head, null)).toBeNull()
    expect(numberOf([pull], commits.head, 'main')).toBeNull()
    expect(numberOf([pull], commits.head, null)).toBe(7)
  })
})
