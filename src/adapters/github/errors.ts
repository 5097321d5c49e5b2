/** What a failed call of GitHub means, and what helps. */
import { GitHubError, type GitHubErrorKind } from '../../ports/github.js'

/** The failure of one call, without the token and without the request that holds it. */
export function asGitHubError(
  thrown: unknown,
  operation: string,
  permission: string | null,
  token: string
): GitHubError {
  if (thrown instanceof GitHubError) return thrown
  const failure = thrown as Partial<RequestFailure>
  const response = failure.response
  const status = response?.status ?? null
  const message = String(failure.message ?? thrown).replace(/\s+/g, ' ')
  // GraphQL refuses with status 200 and a list of errors.
  const refused = thrown instanceof Error && thrown.name === 'GraphqlResponseError'
  const kind = refused ? 'validation' : errorKind(status, response?.headers ?? {}, message)
  const detail = (token === '' ? message : message.split(token).join('***')).slice(0, 300)
  const forbidden = refused && /not accessible by|FORBIDDEN/i.test(message)
  const mend = forbidden ? null : mendOf(status, kind, message)
  // What another mend helps is not for want of a permission.
  const isPermission = mend === null && (kind === 'permission' || kind === 'not-found' || forbidden)
  return new GitHubError(
    kind,
    operation,
    isPermission ? (acceptedPermissions(response?.headers) ?? permission) : null,
    status,
    detail,
    ...(mend === null ? [] : [mend])
  )
}

export interface RequestFailure {
  readonly message: string
  readonly response: { readonly status: number; readonly headers: Readonly<Record<string, unknown>> }
}

/** Source: GitHub REST API, "Troubleshooting" and "Rate limits": a limit is told as 403 or 429. */
function errorKind(
  status: number | null,
  headers: Readonly<Record<string, unknown>>,
  message: string
): GitHubErrorKind {
  if (status === null || status >= 500 || status < 400) return 'unavailable'
  const limited = headers['x-ratelimit-remaining'] === '0' || headers['retry-after'] !== undefined
  if (status === 429 || (status === 403 && (limited || /rate limit/i.test(message)))) return 'rate-limited'
  if (status === 401 || status === 403) return 'permission'
  return status === 404 ? 'not-found' : 'validation'
}

/** `issues=write; pull_requests=write` (alternatives) → `issues: write or pull-requests: write`. */
function acceptedPermissions(headers: Readonly<Record<string, unknown>> | undefined): string | null {
  const accepted = headers?.['x-accepted-github-permissions']
  if (typeof accepted !== 'string' || !/^[\w=,; ]{3,200}$/.test(accepted)) return null
  const joined = (text: string, mark: string, word: string): string =>
    text
      .split(mark)
      .map(part => part.trim())
      .join(word)
  return joined(joined(accepted.replace(/_/g, '-').replace(/=/g, ': '), ';', ' or '), ',', ' and ')
}

/** GraphQL says no for want of a permission as of a field that an older server lacks: REST says which it is. */
export function refusesGraphql(error: unknown): boolean {
  return error instanceof GitHubError && error.kind !== 'unavailable' && error.kind !== 'rate-limited'
}

/**
 * GitHub refuses with one status for many reasons, and tells the reason only in words. Sources: GitHub REST API,
 * "Troubleshooting the REST API", "Authenticating", "Issue comments", "Commit statuses"; GitHub Docs, "Archiving repositories",
 * "Managing allowed IP addresses for your organization".
 */
interface Cause {
  readonly status: number
  readonly says: RegExp
  readonly mend: string
}

const withoutComment = 'or set the input comment to false'

const causes: readonly Cause[] = [
  {
    status: 401,
    says: /./,
    mend: "run again: the token ended, was revoked or is wrong (a workflow's own ends with its job, an app's after one hour); where this returns, give the input github-token one that lasts as long as the job"
  },
  {
    status: 407,
    says: /./,
    mend: 'give the user and the password that the proxy asks for, in HTTPS_PROXY or HTTP_PROXY (http://user:password@host:port, URL-encoded), or name the host in NO_PROXY'
  },
  {
    status: 403,
    says: /archived/i,
    mend: 'unarchive the repository in its settings: an archived one can only be read'
  },
  {
    status: 410,
    says: /issues.*disabled|disabled.*issues/i,
    mend: `enable issues in the settings of the repository (to GitHub a comment of a pull request is one of an issue), ${withoutComment}`
  },
  { status: 403, says: /is locked|\blocked\b/i, mend: `unlock the conversation, ${withoutComment}` },
  {
    status: 403,
    says: /SAML/,
    mend: 'authorize the token for the single sign-on (SAML) of the organization, or use the token of the workflow'
  },
  {
    status: 403,
    says: /IP allow list|IP address/i,
    mend: 'run on a runner whose address is in the IP allow list of the organization'
  },
  { status: 403, says: /suspended/i, mend: 'have the account, or the installation of the app, unsuspended' },
  {
    status: 403,
    says: /access blocked|user is blocked/i,
    mend: 'see in its settings why GitHub, or its owner, blocked it'
  },
  { status: 451, says: /./, mend: 'see why GitHub blocked the repository (its page says so)' },
  {
    status: 422,
    says: /No commit found/i,
    mend: 'push the commit: GitHub does not have it, or a forced push took it away'
  },
  {
    status: 422,
    says: /maximum number of statuses/i,
    mend: 'push another commit: GitHub takes 1,000 statuses of one context for a commit, or set the input status to false'
  },
  {
    status: 403,
    says: /commenting is disabled|more than 2,?500 comments/i,
    mend: `continue in another pull request: GitHub takes 2,500 comments on one, ${withoutComment}`
  }
]

/** `null`: what the kind of the failure says is all that can be said. */
function mendOf(status: number | null, kind: GitHubErrorKind, message: string): string | null {
  if (kind === 'rate-limited') return 'run again later: the limit of requests for this token is renewed each hour'
  const cause = causes.find(one => one.status === status && one.says.test(message))
  if (cause !== undefined) return cause.mend
  return kind === 'validation' ? 'see what the message names: GitHub understood the request and refused it' : null
}
