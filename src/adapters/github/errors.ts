/** What a failed call of GitHub means, and what helps. */
import { GitHubError, type GitHubErrorKind } from '../../ports/github.js'
import { mendOf } from './mends.js'

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
