/** GitHub's REST API for one repository. The client is loaded on the first call: a run that reports nothing never pays for it. */
import {
  GitHubError,
  type CommentList,
  type CommitStatusRecord,
  type GitHub,
  type IssueComment
} from '../../ports/github.js'
import { asComment, asComparison, asCreator, asList, asLogin, asPull, asStatus } from './answers.js'
import { type Api, type Call, loadClient, once, type Client, type GitHubOptions } from './client.js'
import { checkRuns, pendingStatuses } from './checks.js'
import { asGitHubError } from './errors.js'
import { deployments } from './deployments.js'
import { protection } from './protection.js'

export type { GitHubOptions } from './client.js'

/** The most that GitHub gives on a page. */
const PAGE_ITEMS = 100
/** GitHub allows 1,000 statuses of one context. */
const STATUS_PAGES = 30
/** GitHub allows 2,500 comments on an issue; a page holds 100. */
const COMMENT_PAGES = 30
const DEFAULT_IDENTITY = 'github-actions[bot]'
const COMMENTS = '/repos/{owner}/{repo}/issues/{issue_number}/comments'
const COMMENT = '/repos/{owner}/{repo}/issues/comments/{comment_id}'
const VIEWER = 'query { viewer { login } }'
const STATUS = '/repos/{owner}/{repo}/statuses/{sha}'

/** `null`: there is no token, or no repository that it could be for. */
export function openGitHub({
  token,
  ...options
}: Omit<GitHubOptions, 'token'> & { readonly token: string | null }): GitHub | null {
  if (token === null || options.repository === '') return null
  return createGitHub({ token, ...options })
}

export function createGitHub(options: GitHubOptions): GitHub {
  let calls = 0
  const count = (): void => void (calls += 1)
  const api = connect({ ...options, onCall: count })
  // Who sets a status or writes a comment is who the token is: after one nobody needs to be asked.
  let self: string | null = null
  const learn = (login: string): void => void (self = login === '' ? self : login)
  const ofCommits = commits(api, learn)
  return {
    ...issueComments(api, learn),
    ...ofCommits,
    pendingStatuses: pendingStatuses(api, ofCommits.listStatuses),
    ...checkRuns(api, learn),
    ...deployments(api),
    ...protection(api),
    viewerLogin: async () => (self ??= await viewerLogin(api)),
    callsMade: () => calls
  }
}

function connect(options: GitHubOptions): Api {
  const [owner = '', repo = ''] = options.repository.split('/')
  let loading: Promise<Client> | undefined
  const guarded = async <T>(operation: string, permission: string | null, work: (client: Client) => Promise<T>) => {
    try {
      loading ??= loadClient(options)
      return await inTime(work(await loading), options.signal)
    } catch (thrown) {
      throw asGitHubError(thrown, operation, permission, options.token)
    }
  }
  const parametersOf = (call: Call): Record<string, unknown> => ({
    ...(call.route.includes('{owner}') ? { owner, repo } : {}),
    ...call.parameters,
    request: call.request ?? {}
  })
  return {
    send: (call, shape) =>
      guarded(`${call.method} ${call.route}`, call.permission, async client => {
        const answer = await client.request(`${call.method} ${call.route}`, parametersOf(call))
        return shape(answer.data as unknown)
      }),
    list: (call, pages, shape) =>
      guarded(`${call.method} ${call.route}`, call.permission, async client => {
        const { page: first = 1, ...parameters } = parametersOf(call)
        const items: unknown[] = []
        for (let page = Number(first); ; page += 1) {
          const wanted = { ...parameters, page, per_page: PAGE_ITEMS }
          const answer = await client.request(`${call.method} ${call.route}`, wanted)
          const found = asList(answer.data as unknown)
          items.push(...found)
          // A full page may have a next one, whatever becomes of the Link header on the way.
          const more = found.length >= PAGE_ITEMS || /\brel="next"/.test(answer.headers.link ?? '')
          if (!more || page - Number(first) + 1 >= pages) return { items: items.map(shape), lastPage: page }
        }
      }),
    graphql: (what, query, variables, shape) =>
      guarded(`POST /graphql ${what}`, null, async client =>
        shape(await client.graphql<unknown>(query, { ...variables, owner, repo }))
      )
  }
}

/** A wait between two tries ends with the signal, too. */
async function inTime<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work
  let end = (): void => undefined
  const ended = new Promise<never>((_resolve, reject) => {
    end = () => {
      reject(new Error('no time is left for an answer'))
    }
    signal.addEventListener('abort', end, { once: true })
    if (signal.aborted) end()
  })
  try {
    return await Promise.race([work, ended])
  } finally {
    signal.removeEventListener('abort', end)
  }
}

type CommentCalls = 'listComments' | 'readComment' | 'createComment' | 'updateComment' | 'deleteComment'

function issueComments(api: Api, learn: (login: string) => void): Pick<GitHub, CommentCalls> {
  const permission = 'pull-requests: write'
  return {
    listComments: async (pull, fromPage = 1): Promise<CommentList> => {
      const parameters = { issue_number: pull, page: fromPage }
      const call: Call = { method: 'GET', route: COMMENTS, permission: 'pull-requests: read', parameters }
      const { items, lastPage } = await api.list(call, COMMENT_PAGES, asComment)
      return { comments: items, lastPage: Math.max(1, lastPage) }
    },
    readComment: id =>
      api.send({ method: 'GET', route: COMMENT, permission, parameters: { comment_id: id } }, asComment),
    createComment: async (pull, body): Promise<IssueComment> => {
      const parameters = { issue_number: pull, body }
      const call: Call = { method: 'POST', route: COMMENTS, permission, parameters, request: once }
      const comment = await api.send(call, asComment)
      learn(comment.author)
      return comment
    },
    updateComment: (id, body) =>
      api.send(
        { method: 'PATCH', route: COMMENT, permission, parameters: { comment_id: id, body }, request: once },
        asComment
      ),
    deleteComment: async id => {
      try {
        const call: Call = { method: 'DELETE', route: COMMENT, permission, parameters: { comment_id: id } }
        await api.send(call, () => undefined)
      } catch (error) {
        // Gone already: the answer to the first try was lost, or someone else removed it.
        if (!(error instanceof GitHubError && error.kind === 'not-found')) throw error
      }
    }
  }
}

type CommitCalls = 'createStatus' | 'listStatuses' | 'pullsOfCommit' | 'compare'

function commits(api: Api, learn: (login: string) => void): Pick<GitHub, CommitCalls> {
  return {
    createStatus: async (commit, { context, state, description, targetUrl }) => {
      const target = targetUrl === null ? {} : { target_url: targetUrl }
      const parameters = { sha: commit, context, state, description, ...target }
      // Sent twice, the same status stands: it may be repeated although it is a POST.
      learn(await api.send({ method: 'POST', route: STATUS, permission: 'statuses: write', parameters }, asCreator))
    },
    listStatuses: async (commit): Promise<readonly CommitStatusRecord[]> => {
      const route = '/repos/{owner}/{repo}/commits/{ref}/statuses'
      const call: Call = { method: 'GET', route, permission: 'statuses: read', parameters: { ref: commit } }
      const { items } = await api.list(call, STATUS_PAGES, asStatus)
      return items.filter((one, index) => items.findIndex(other => other.context === one.context) === index)
    },
    pullsOfCommit: async commit => {
      const route = '/repos/{owner}/{repo}/commits/{commit_sha}/pulls'
      const parameters = { commit_sha: commit }
      return (await api.list({ method: 'GET', route, permission: 'pull-requests: read', parameters }, 1, asPull)).items
    },
    compare: (repository, from, to) => {
      const route = '/repos/{owner}/{repo}/compare/{basehead}'
      const [owner, repo] = repository.split('/')
      const parameters = { owner, repo, basehead: `${from}...${to}`, per_page: 100 }
      return api.send({ method: 'GET', route, permission: 'contents: read', parameters }, asComparison)
    }
  }
}

/** A workflow's own token may ask GraphQL but not `GET /user`; a token that may do neither is taken for a workflow's. */
async function viewerLogin(api: Api): Promise<string> {
  const refused = (error: unknown): boolean =>
    error instanceof GitHubError &&
    (error.kind === 'permission' || error.kind === 'not-found' || error.kind === 'validation')
  try {
    return await api.graphql('viewer', VIEWER, {}, answer => asLogin((answer as { viewer?: unknown }).viewer))
  } catch (error) {
    if (!refused(error)) throw error
  }
  try {
    return await api.send({ method: 'GET', route: '/user', permission: 'read:user' }, asLogin)
  } catch (error) {
    if (!refused(error)) throw error
    return DEFAULT_IDENTITY
  }
}
