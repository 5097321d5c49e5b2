/**
 * GitHub refuses with one status for many reasons, and tells the reason only in words. Sources: GitHub REST API,
 * "Troubleshooting the REST API", "Authenticating", "Issue comments", "Commit statuses"; GitHub Docs, "Archiving repositories",
 * "Managing allowed IP addresses for your organization".
 */
import type { GitHubErrorKind } from '../../ports/github.js'

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
export function mendOf(status: number | null, kind: GitHubErrorKind, message: string): string | null {
  if (kind === 'rate-limited') return 'run again later: the limit of requests for this token is renewed each hour'
  const cause = causes.find(one => one.status === status && one.says.test(message))
  if (cause !== undefined) return cause.mend
  return kind === 'validation' ? 'see what the message names: GitHub understood the request and refused it' : null
}
