/** GitHub's REST API for one repository. The client is loaded on the first call: a run that reports nothing never pays for it. */
import {
  GitHubError,
  type CommentList,
  type CommitStatusRecord,
  type DeploymentRecord,
  type DeploymentStatusRecord,
  type GitHub,
  type IssueComment
} from '../ports/github.js'
import { asComment, asDeployment, asDeploymentStatus, asList, asLogin, asPull, asStatus } from './github-answers.js'
import { asGitHubError, loadClient, once, type Client, type GitHubOptions } from './github-client.js'

export type { GitHubOptions } from './github-client.js'

/** GitHub allows 2,500 comments on an issue; a page holds 100. */
const COMMENT_PAGES = 30
const DEFAULT_IDENTITY = 'github-actions[bot]'
const COMMENTS = '/repos/{owner}/{repo}/issues/{issue_number}/comments'
const COMMENT = '/repos/{owner}/{repo}/issues/comments/{comment_id}'
const STATUS = '/repos/{owner}/{repo}/statuses/{sha}'
const DEPLOYMENTS = '/repos/{owner}/{repo}/deployments'
const DEPLOYMENT_STATUSES = '/repos/{owner}/{repo}/deployments/{deployment_id}/statuses'

interface Call {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  readonly route: string
  /** What the workflow must grant; GitHub's own word, where it says it, counts more. */
  readonly permission: string
  readonly parameters?: Readonly<Record<string, unknown>>
  readonly request?: { readonly retries: number }
}

interface Api {
  /** The answer's body as `shape` reads it. */
  send<T>(call: Call, shape: (data: unknown) => T): Promise<T>
  /** The items of at most `pages` pages, and the number of the last page read. */
  list<T>(call: Call, pages: number, shape: (item: unknown) => T): Promise<{ items: readonly T[]; lastPage: number }>
  graphqlLogin(): Promise<string>
}

export function createGitHub(options: GitHubOptions): GitHub {
  const api = connect(options)
  return { ...issueComments(api), ...commits(api), ...deployments(api), viewerLogin: () => viewerLogin(api) }
}

function connect(options: GitHubOptions): Api {
  const [owner = '', repo = ''] = options.repository.split('/')
  let loading: Promise<Client> | undefined
  const guarded = async <T>(operation: string, permission: string | null, work: (client: Client) => Promise<T>) => {
    try {
      loading ??= loadClient(options)
      return await work(await loading)
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
        const parameters: Record<string, unknown> = { page: 1, ...parametersOf(call), per_page: 100 }
        const items: unknown[] = []
        let lastPage = Number(parameters['page']) - 1
        for await (const { data } of client.paginate.iterator(`${call.method} ${call.route}`, parameters)) {
          items.push(...asList(data))
          lastPage += 1
          if (lastPage - Number(parameters['page']) + 1 >= pages) break
        }
        return { items: items.map(shape), lastPage }
      }),
    graphqlLogin: () =>
      guarded('POST /graphql viewer', null, async client => {
        const answer: { viewer?: unknown } = await client.graphql('query { viewer { login } }')
        return asLogin(answer.viewer)
      })
  }
}

type CommentCalls = 'listComments' | 'readComment' | 'createComment' | 'updateComment' | 'deleteComment'

function issueComments(api: Api): Pick<GitHub, CommentCalls> {
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
    createComment: (pull, body): Promise<IssueComment> => {
      const parameters = { issue_number: pull, body }
      return api.send({ method: 'POST', route: COMMENTS, permission, parameters, request: once }, asComment)
    },
    updateComment: (id, body) =>
      api.send({ method: 'PATCH', route: COMMENT, permission, parameters: { comment_id: id, body } }, asComment),
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

function commits(api: Api): Pick<GitHub, 'createStatus' | 'listStatuses' | 'pullsOfCommit'> {
  return {
    createStatus: (commit, { context, state, description, targetUrl }) => {
      const target = targetUrl === null ? {} : { target_url: targetUrl }
      const parameters = { sha: commit, context, state, description, ...target }
      // Sent twice, the same status stands: it may be repeated although it is a POST.
      return api.send({ method: 'POST', route: STATUS, permission: 'statuses: write', parameters }, () => undefined)
    },
    listStatuses: async (commit): Promise<readonly CommitStatusRecord[]> => {
      const route = '/repos/{owner}/{repo}/commits/{ref}/statuses'
      const call: Call = { method: 'GET', route, permission: 'statuses: read', parameters: { ref: commit } }
      const { items } = await api.list(call, 3, asStatus)
      return items.filter((one, index) => items.findIndex(other => other.context === one.context) === index)
    },
    pullsOfCommit: async commit => {
      const route = '/repos/{owner}/{repo}/commits/{commit_sha}/pulls'
      const parameters = { commit_sha: commit }
      return (await api.list({ method: 'GET', route, permission: 'pull-requests: read', parameters }, 1, asPull)).items
    }
  }
}

type DeploymentCalls = 'listDeployments' | 'createDeployment' | 'createDeploymentStatus' | 'listDeploymentStatuses'

function deployments(api: Api): Pick<GitHub, DeploymentCalls> {
  const permission = 'deployments: write'
  return {
    listDeployments: async ({ environment, task, pages }): Promise<readonly DeploymentRecord[]> => {
      const parameters = { environment, task }
      const call: Call = { method: 'GET', route: DEPLOYMENTS, permission: 'deployments: read', parameters }
      return (await api.list(call, pages, asDeployment)).items
    },
    createDeployment: ({ commit, environment, task, payload, description, production }) => {
      const parameters = {
        ref: commit,
        environment,
        task,
        payload,
        description,
        // Ours is a record of what was deployed: no merge of the default branch, no wait for checks.
        auto_merge: false,
        required_contexts: [],
        production_environment: production
      }
      return api.send({ method: 'POST', route: DEPLOYMENTS, permission, parameters, request: once }, asDeployment)
    },
    createDeploymentStatus: (deployment, { state, description, logUrl }) => {
      const url = logUrl === null ? {} : { log_url: logUrl }
      const parameters = { deployment_id: deployment, state, description, auto_inactive: false, ...url }
      return api.send({ method: 'POST', route: DEPLOYMENT_STATUSES, permission, parameters }, () => undefined)
    },
    listDeploymentStatuses: async (deployment): Promise<readonly DeploymentStatusRecord[]> => {
      const parameters = { deployment_id: deployment }
      const call: Call = { method: 'GET', route: DEPLOYMENT_STATUSES, permission: 'deployments: read', parameters }
      return (await api.list(call, 1, asDeploymentStatus)).items
    }
  }
}

/** A workflow's own token may ask GraphQL but not `GET /user`; a token that may do neither is taken for a workflow's. */
async function viewerLogin(api: Api): Promise<string> {
  const refused = (error: unknown): boolean =>
    error instanceof GitHubError &&
    (error.kind === 'permission' || error.kind === 'not-found' || error.kind === 'validation')
  try {
    return await api.graphqlLogin()
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
