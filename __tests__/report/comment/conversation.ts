/** A pull request's comments in memory, as the port shows them: every call is noted, and may be answered otherwise. */
import { GitHubError, type GitHub, type GitHubErrorKind, type IssueComment } from '../../../src/ports/github.js'

export const self = 'github-actions[bot]'

export interface Conversation {
  readonly github: GitHub
  readonly comments: IssueComment[]
  /** `list 1`, `read 7`, `create`, `update 7`, `delete 7`, `viewer`. */
  readonly calls: string[]
  /** Milliseconds. */
  readonly waits: number[]
  readonly clock: { sleep(milliseconds: number): Promise<void> }
}

export interface ConversationOptions {
  readonly comments?: readonly (Omit<IssueComment, 'url' | 'id'> & { readonly id?: number })[]
  /** Who the token is has to be asked for. */
  readonly unknown?: boolean
  readonly lastPage?: number
  /** Called before each call takes effect, with the how manieth of its kind it is, from 1: what it throws is the answer. */
  readonly before?: (call: string, nth: number, comments: IssueComment[]) => void
  /** The same after it took effect. */
  readonly after?: (call: string, nth: number, comments: IssueComment[]) => void
  /** What a list shows. Default all. */
  readonly listed?: (nth: number, comments: readonly IssueComment[]) => readonly IssueComment[]
}

export function conversation(options: ConversationOptions = {}): Conversation {
  const { before, after, lastPage = 1, listed = (_nth: number, all: readonly IssueComment[]) => all } = options
  const comments: IssueComment[] = (options.comments ?? []).map((one, index) => ({ id: index + 1, url: '', ...one }))
  const [calls, waits]: [string[], number[]] = [[], []]
  let lastId = 100
  let made = 0
  let isKnown = options.unknown !== true
  const nthOf = (kind: string): number => calls.filter(each => each.split(' ')[0] === kind).length
  const call = async <T>(name: string, effect: () => T): Promise<T> => {
    calls.push(name)
    made += 1
    const nth = nthOf(name.split(' ')[0] ?? '')
    // As a call over the network: whoever waits goes on later.
    await Promise.resolve()
    before?.(name, nth, comments)
    const answer = effect()
    after?.(name, nth, comments)
    return answer
  }
  const place = (id: number): number => {
    const found = comments.findIndex(one => one.id === id)
    if (found < 0) throw failure('not-found')
    return found
  }
  const github = {
    listComments: (_pull: number, fromPage = 1) =>
      call(`list ${fromPage}`, () => ({ comments: [...listed(nthOf('list'), comments)], lastPage })),
    readComment: (id: number) => call(`read ${id}`, () => comments[place(id)]),
    createComment: (pull: number, body: string) =>
      call(pull === 5 ? 'create' : `create on ${pull}`, () => {
        lastId += 1
        const one = { id: lastId, body, author: self, url: `https://github.com/c/${lastId}` }
        comments.push(one)
        return one
      }),
    updateComment: (id: number, body: string) =>
      call(`update ${id}`, () => (comments[place(id)] = { ...comments[place(id)]!, body })),
    deleteComment: (id: number) => call(`delete ${id}`, () => void comments.splice(place(id), 1)),
    viewerLogin: () => {
      if (isKnown) return Promise.resolve(self)
      isKnown = true
      return call('viewer', () => self)
    },
    callsMade: () => made
  } as unknown as GitHub
  const clock = { sleep: (milliseconds: number) => Promise.resolve(void waits.push(milliseconds)) }
  return { github, comments, calls, waits, clock }
}

export function failure(kind: GitHubErrorKind): GitHubError {
  return new GitHubError(kind, 'the call', null, null, 'as the test says')
}
