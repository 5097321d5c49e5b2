import { describe, expect, it } from '@jest/globals'
import { baseRevisionCandidates, resolveBaseRevision, type BaseGit } from '../../src/detect-changes/base-revision.js'
import { CodedError } from '../../src/model/errors.js'
import type { TriggerEvent } from '../../src/model/index.js'
import type { MergeBase } from '../../src/ports/git.js'
import { objectId } from './builders.js'

const [before, after, base, head, zero] = ['1', '2', '3', '4', '0'].map(objectId) as [
  string,
  string,
  string,
  string,
  string
]
const push = (change: Partial<TriggerEvent & { kind: 'push' }> = {}): TriggerEvent => ({
  kind: 'push',
  ref: 'refs/heads/test',
  before,
  after,
  deleted: false,
  forced: false,
  ...change
})
const pullRequest: TriggerEvent = {
  kind: 'pull_request',
  number: 7,
  baseBranch: 'test',
  baseCommit: base,
  headCommit: head,
  fromFork: false,
  locked: false
}
const mergeGroup: TriggerEvent = { kind: 'merge_group', baseRef: 'refs/heads/test', baseCommit: base, headCommit: head }
const silent: readonly TriggerEvent[] = [
  {
    kind: 'workflow_run',
    conclusion: 'success',
    cause: 'push',
    headBranch: 'test',
    headCommit: head,
    sameRepository: true
  },
  { kind: 'workflow_dispatch', ref: 'refs/heads/test' },
  { kind: 'schedule', ref: 'refs/heads/test' },
  { kind: 'command-line', branch: null },
  { kind: 'other', name: 'issue_comment', ref: '' }
]

/** A repository as data. `remote`: what a fetch by id gets. */
interface Facts {
  readonly present?: readonly string[]
  readonly remote?: readonly string[]
  readonly names?: Readonly<Record<string, string>>
  readonly tips?: Readonly<Record<string, string>>
  readonly parents?: readonly string[]
  readonly tags?: Readonly<Record<string, string>>
  readonly mergeBase?: MergeBase
  readonly fetchError?: Error
}
function gitWith(facts: Facts): { git: BaseGit; fetched: string[] } {
  const fetched: string[] = []
  const here = new Set(facts.present)
  const git: BaseGit = {
    hasCommit: commit => Promise.resolve(here.has(commit)),
    fetchCommit: commit => {
      fetched.push(commit)
      if (facts.fetchError !== undefined) return Promise.reject(facts.fetchError)
      if (facts.remote?.includes(commit) === true) here.add(commit)
      return Promise.resolve(facts.remote?.includes(commit) === true)
    },
    resolveCommit: revision => Promise.resolve(facts.names?.[revision] ?? null),
    remoteBranchTip: branch => Promise.resolve(facts.tips?.[branch] ?? null),
    parents: () => Promise.resolve(facts.parents ?? []),
    remoteTag: tag => Promise.resolve(facts.tags?.[tag] ?? null),
    mergeBase: () => Promise.resolve(facts.mergeBase ?? { kind: 'none' })
  }
  return { git, fetched }
}
const resolve = (facts: Facts, event: TriggerEvent, input = '') =>
  resolveBaseRevision(gitWith(facts).git, event, input, after)

describe('baseRevisionCandidates', () => {
  it('puts the input before the event', () => {
    expect(baseRevisionCandidates(push(), 'v1')).toEqual([
      { from: 'base-input', revision: 'v1' },
      { from: 'push', commit: before }
    ])
    expect(baseRevisionCandidates(pullRequest, '')).toEqual([{ from: 'pull-request', commit: base, headCommit: head }])
    expect(baseRevisionCandidates(mergeGroup, '')).toEqual([{ from: 'merge-group', commit: base }])
  })

  it('F13 leaves out a `before` of zeros, in the input too', () => {
    expect(baseRevisionCandidates(push({ before: zero }), zero)).toEqual([])
    expect(baseRevisionCandidates(push({ before: '0'.repeat(64) }), '')).toEqual([])
    expect(baseRevisionCandidates(push(), zero)).toEqual([{ from: 'push', commit: before }])
  })

  it.each(silent.map(event => [event.kind, event] as const))('finds nothing in %s', (_kind, event) => {
    expect(baseRevisionCandidates(event, '')).toEqual([])
  })
})

describe('resolveBaseRevision', () => {
  it('takes `before` of a push', async () => {
    expect(await resolve({ present: [before] }, push())).toEqual({ kind: 'known', commit: before })
    expect(await resolve({ present: [base] }, mergeGroup)).toEqual({ kind: 'known', commit: base })
  })

  it('what was fetched by the id of a file or of a tag is no base', async () => {
    const { git } = gitWith({})
    const fetching: BaseGit = { ...git, fetchCommit: () => Promise.resolve(true) }
    expect(await resolveBaseRevision(fetching, push(), '', after)).toMatchObject({ kind: 'unknown' })
  })

  it('F13 a push that creates its branch has an unknown base', async () => {
    const { git, fetched } = gitWith({})
    expect(await resolveBaseRevision(git, push({ before: zero }), '', after)).toEqual({
      kind: 'unknown',
      why: 'the push created its branch'
    })
    expect(fetched).toEqual([])
  })

  it.each(silent.map(event => [event.kind, event] as const))('is unknown for %s', async (_kind, event) => {
    const name = event.kind === 'other' ? event.name : event.kind
    const why =
      event.kind === 'command-line'
        ? 'no credentials say what is deployed, and no --base was given'
        : `the event ${name} names no earlier commit`
    expect(await resolve({}, event)).toEqual({ kind: 'unknown', why })
  })

  it('F14 a forced push whose base is gone has an unknown base', async () => {
    const { git, fetched } = gitWith({ remote: [] })
    const resolved = await resolveBaseRevision(git, push({ forced: true }), '', after)
    expect(resolved).toEqual({
      kind: 'unknown',
      why: `commit ${before.slice(0, 12)} is not in the clone, and no remote gives it out`
    })
    expect(fetched).toEqual([before])
  })

  it('F27 a shallow clone: the base is fetched by id, once', async () => {
    const { git, fetched } = gitWith({ remote: [before] })
    expect(await resolveBaseRevision(git, push(), '', after)).toEqual({ kind: 'known', commit: before })
    expect(fetched).toEqual([before])
  })

  it('F27 a remote that does not answer leaves the base unknown', async () => {
    const fetchError = new CodedError('GIT_FAILED', { expected: 'x', found: 'no answer in time', mend: 'y' })
    expect(await resolve({ fetchError }, push())).toEqual({
      kind: 'unknown',
      why: `commit ${before.slice(0, 12)} could not be fetched: no answer in time`
    })
    await expect(resolve({ fetchError: new Error('defect') }, push())).rejects.toThrow('defect')
    const cancelled = new CodedError('CANCELLED', { expected: 'x', found: 'y', mend: 'z' })
    await expect(resolve({ fetchError: cancelled }, push())).rejects.toBe(cancelled)
  })

  it('takes the first parent of the trial merge of a pull request', async () => {
    const into = objectId('5')
    expect(await resolve({ present: [into], parents: [into, head] }, pullRequest)).toEqual({
      kind: 'known',
      commit: into
    })
  })

  it('takes the merge base where the head itself is checked out', async () => {
    const shared = objectId('6')
    const facts = {
      present: [base],
      remote: [shared],
      parents: [objectId('7')],
      mergeBase: { kind: 'commit', commit: shared } as const
    }
    expect(await resolve(facts, pullRequest)).toEqual({ kind: 'known', commit: shared })
    expect(await resolve({ ...facts, mergeBase: { kind: 'none' } }, pullRequest)).toMatchObject({
      kind: 'unknown',
      why: `the head and ${base.slice(0, 12)}, the pull request's base, share no history`
    })
  })

  it('F101 says that two share no history only where that was established', async () => {
    const facts = {
      present: [base],
      parents: [objectId('7')],
      mergeBase: { kind: 'unknown', why: 'no answer' } as const
    }
    expect(await resolve(facts, pullRequest)).toEqual({
      kind: 'unknown',
      why: expect.stringMatching(/is not known: no answer$/)
    })
  })

  it.each(['v1', 'tags/v1', 'refs/tags/v1'])('F101 finds the tag of the remote that %s names', async input => {
    const facts = { remote: [base], present: [base], tags: { v1: base } }
    expect(await resolve(facts, push(), input)).toEqual({ kind: 'known', commit: base })
  })

  it('F101 refuses a name that a branch and a tag of the remote have, unless they are one commit', async () => {
    const facts = { present: [base], tips: { v1: base }, tags: { v1: head } }
    await expect(resolve(facts, push(), 'v1')).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      finding: {
        expected: 'the input `base` to name one commit',
        found: 'a branch and a tag named "v1" at different commits',
        mend: 'write refs/heads/v1 or refs/tags/v1'
      }
    })
    expect(await resolve({ ...facts, tags: { v1: base } }, push(), 'v1')).toMatchObject({ commit: base })
    expect(await resolve(facts, push(), 'refs/heads/v1')).toMatchObject({ commit: base })
    expect(await resolve({ ...facts, present: [], remote: [] }, pullRequest)).toMatchObject({ kind: 'unknown' })
  })

  describe('the input', () => {
    it('may be an id, in any case', async () => {
      const id = 'ABCDEF'.padEnd(40, '1')
      expect(await resolve({ present: [id.toLowerCase()] }, push(), id)).toEqual({
        kind: 'known',
        commit: id.toLowerCase()
      })
    })

    it('F14 an id that is gone leaves the base unknown: nothing else takes its place', async () => {
      expect(await resolve({ present: [before] }, push(), base)).toMatchObject({ kind: 'unknown' })
    })

    it('may be a name here, or a branch of the remote', async () => {
      expect(await resolve({ names: { v1: base } }, push(), 'v1')).toEqual({
        kind: 'known',
        commit: base
      })
      for (const name of ['main', 'origin/main', 'refs/heads/main', 'refs/remotes/origin/main']) {
        expect(await resolve({ tips: { main: base }, remote: [base] }, push(), name)).toEqual({
          kind: 'known',
          commit: base
        })
      }
    })

    it.each([
      'no-such-thing',
      '-x',
      '--upload-pack=touch',
      'a b',
      'a..b',
      '*',
      'main^{tree}',
      'x.lock',
      'x/',
      'a//b',
      '0000',
      'tags/*'
    ])('refuses %s, which names nothing', async text => {
      const error: unknown = await resolve(
        {
          tags: { '*': base },
          tips: { '*': base, 'a..b': base, '-x': base, 'x.lock': base, 'x/': base, 'a//b': base }
        },
        push(),
        text
      ).catch((thrown: unknown) => thrown)
      expect(error).toBeInstanceOf(CodedError)
      expect((error as CodedError).code).toBe('CONFIG_INVALID')
      expect((error as CodedError).finding).toEqual({
        expected: 'the input `base` to be a commit id, a branch or a tag',
        found: JSON.stringify(text),
        mend: 'set `base` to a full commit id, or fetch that revision in the checkout (`fetch-depth: 0`)'
      })
    })
  })
})
