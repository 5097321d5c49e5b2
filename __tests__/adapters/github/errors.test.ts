import { describe, expect, it } from '@jest/globals'
import { asGitHubError, refusesGraphql } from '../../../src/adapters/github/errors.js'
import { GitHubError, type GitHubErrorKind } from '../../../src/ports/github.js'

const operation = 'POST /repos/{owner}/{repo}/statuses/{sha}'
const granted = 'grant statuses: write under permissions in the workflow'
const again = 'run the workflow again once GitHub answers'
const refused = 'see what the message names: GitHub understood the request and refused it'
const later = 'run again later: the limit of requests for this token is renewed each hour'

function told(thrown: unknown, permission: string | null = 'statuses: write'): GitHubError {
  return asGitHubError(thrown, operation, permission, 'ghs_EXAMPLE')
}

/** As octokit throws it. */
function answered(status: number, message = 'Server Error', headers: Readonly<Record<string, unknown>> = {}): Error {
  return Object.assign(new Error(message), { name: 'HttpError', response: { status, headers } })
}

/** As octokit throws it: what is called the response there is the body. */
function graphqlRefused(message: string): Error {
  return Object.assign(new Error(message), { name: 'GraphqlResponseError', response: { data: null } })
}

describe('what a failed call means', () => {
  it.each<[number, Readonly<Record<string, unknown>>, GitHubErrorKind, string]>([
    [304, {}, 'unavailable', again],
    [399, {}, 'unavailable', again],
    [400, {}, 'validation', refused],
    [401, {}, 'permission', 'run again: the token ended'],
    [403, {}, 'permission', granted],
    [404, {}, 'not-found', granted],
    [409, {}, 'validation', refused],
    [422, {}, 'validation', refused],
    [499, {}, 'validation', refused],
    [500, {}, 'unavailable', again],
    [503, { 'retry-after': '5' }, 'unavailable', again],
    [429, {}, 'rate-limited', later],
    [403, { 'retry-after': '5' }, 'rate-limited', later],
    [403, { 'x-ratelimit-remaining': '0' }, 'rate-limited', later],
    [403, { 'x-ratelimit-remaining': '1' }, 'permission', granted],
    [404, { 'x-ratelimit-remaining': '0', 'retry-after': '5' }, 'not-found', granted],
    [422, { 'x-ratelimit-remaining': '0', 'retry-after': '5' }, 'validation', refused]
  ])('%i %j is %s', (status, headers, kind, mend) => {
    const error = told(answered(status, 'No', headers))
    expect(error).toMatchObject({ kind, operation, status, message: `${operation}: ${status} No` })
    expect(error.permission).toBe(mend === granted ? 'statuses: write' : null)
    expect(error.mend.startsWith(mend)).toBe(true)
  })

  it.each([
    [403, 'API rate limit exceeded for installation.', 'rate-limited'],
    [404, 'API rate limit exceeded for installation.', 'not-found'],
    [422, 'API rate limit exceeded for installation.', 'validation']
  ])('%i %s is %s', (status, message, kind) => {
    expect(told(answered(status, message)).kind).toBe(kind)
  })

  it.each([
    ['an error without an answer', new Error('getaddrinfo ENOTFOUND'), 'getaddrinfo ENOTFOUND'],
    ['a text', 'no time is left', 'no time is left'],
    ['words over several lines', new Error('one\n  two\t three'), 'one two three'],
    ['a token in the words', new Error('ghs_EXAMPLE and ghs_EXAMPLE'), '*** and ***'],
    ['long words', new Error('x'.repeat(1000)), 'x'.repeat(300)]
  ])('%s: nothing was answered', (_name, thrown, detail) => {
    const error = told(thrown)
    expect(error).toMatchObject({ kind: 'unavailable', permission: null, status: null, mend: again })
    expect(error.message).toBe(`${operation}: ${detail}`)
  })

  it('without a token the words stay whole', () => {
    expect(asGitHubError(new Error('abc'), operation, null, '').message).toBe(`${operation}: abc`)
  })

  it('what is a GitHubError already stays what it is', () => {
    const error = new GitHubError('not-found', 'GET /user', null, 404, 'gone')
    expect(told(error)).toBe(error)
  })

  it.each([
    ['Field "x" does not exist on type "Commit"', null, refused],
    ['Resource not accessible by integration', 'statuses: write', granted],
    ['resource NOT ACCESSIBLE BY personal access token', 'statuses: write', granted],
    ['FORBIDDEN', 'statuses: write', granted]
  ])('GraphQL refuses with %s', (message, permission, mend) => {
    expect(told(graphqlRefused(message))).toMatchObject({ kind: 'validation', status: null, permission, mend })
  })

  it('only GraphQL refuses without a status', () => {
    expect(told(new Error('Resource not accessible by integration'))).toMatchObject({
      kind: 'unavailable',
      permission: null
    })
  })
})

describe('the permission that GitHub names counts more', () => {
  it.each<[unknown, string]>([
    ['checks=write', 'checks: write'],
    ['issues=write; pull_requests=write', 'issues: write or pull-requests: write'],
    ['contents=read,pull_requests=write', 'contents: read and pull-requests: write'],
    ['contents=read, issues=write;pull_requests=write', 'contents: read and issues: write or pull-requests: write'],
    [undefined, 'statuses: write'],
    [7, 'statuses: write'],
    ['', 'statuses: write'],
    ['run: `rm -rf`', 'statuses: write'],
    [`${'a'.repeat(200)}=`, 'statuses: write']
  ])('%j', (header, permission) => {
    const headers = { 'x-accepted-github-permissions': header }
    expect(told(answered(403, 'Resource not accessible by integration', headers))).toMatchObject({
      permission,
      mend: `grant ${permission} under permissions in the workflow`
    })
  })

  it('neither names one: the mend is another run', () => {
    expect(told(answered(403, 'No'), null)).toMatchObject({ kind: 'permission', permission: null, mend: again })
  })

  it('it names none where the token is what is wrong', () => {
    const headers = { 'x-accepted-github-permissions': 'checks=write' }
    expect(told(answered(401, 'Bad credentials', headers)).permission).toBeNull()
  })
})

describe('F146 the reason that GitHub tells in words has its mend', () => {
  it.each([
    [401, 'Requires authentication', 'run again: the token ended'],
    [407, 'Proxy Authentication Required', 'give the user and the password that the proxy asks for'],
    [403, 'Repository was archived so is read-only.', 'unarchive the repository'],
    [410, 'Issues are disabled for this repo', 'enable issues'],
    [410, 'This repository has disabled issues', 'enable issues'],
    [403, 'Unable to create comment because issue is locked.', 'unlock the conversation'],
    [403, 'Resource protected by organization SAML enforcement.', 'authorize the token'],
    [403, 'your IP address is not permitted', 'run on a runner whose address'],
    [403, 'Your account was suspended', 'have the account'],
    [403, 'Repository access blocked', 'see in its settings why GitHub'],
    [403, 'User is blocked', 'see in its settings why GitHub'],
    [451, 'Repository unavailable due to DMCA takedown.', 'see why GitHub blocked the repository'],
    [422, 'No commit found for SHA: abc', 'push the commit'],
    [422, 'This SHA and context has reached the maximum number of statuses.', 'push another commit'],
    [403, 'Commenting is disabled on issues with more than 2500 comments', 'continue in another pull request']
  ])('%i %s', (status, message, mend) => {
    const error = told(answered(status, message))
    expect(error.mend.startsWith(mend)).toBe(true)
    expect(error.permission).toBeNull()
  })

  it.each([
    [422, 'Repository was archived so is read-only.', refused],
    [403, 'No commit found for SHA: abc', granted],
    [404, 'Issues are disabled for this repo', granted]
  ])('%i %s: the words of another status say nothing', (status, message, mend) => {
    expect(told(answered(status, message)).mend).toBe(mend)
  })
})

describe('REST is asked where GraphQL', () => {
  const failed = (kind: GitHubErrorKind) => new GitHubError(kind, 'POST /graphql', null, null, 'x')
  it.each<[string, unknown, boolean]>([
    ['lacks a permission', failed('permission'), true],
    ['refuses the query', failed('validation'), true],
    ['is not there', failed('not-found'), true],
    ['does not answer', failed('unavailable'), false],
    ['has a limit', failed('rate-limited'), false],
    ['fails in another way', new Error('x'), false]
  ])('%s: %j', (_name, error, expected) => {
    expect(refusesGraphql(error)).toBe(expected)
  })
})
