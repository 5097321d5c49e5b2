/** One repository with a little history, two pull requests, and callers with different rights. */
import { Octokit } from '@octokit/core'
import {
  startGitHubEmulator,
  type GitHubEmulator,
  type GitHubEmulatorOptions
} from '../../../emulators/github/index.js'

export const repository = { owner: 'acme', repo: 'superproject' }
export const commitId = (digit: string): string => digit.repeat(40)

const everything = {
  actions: 'write',
  checks: 'write',
  contents: 'write',
  deployments: 'write',
  issues: 'write',
  'pull-requests': 'write',
  statuses: 'write'
} as const

/** a ← b (main), b ← c ← d (feature, pull request 7); pull request 5 was merged as b. */
export async function startWithHistory(options: Partial<GitHubEmulatorOptions> = {}): Promise<GitHubEmulator> {
  const emulator = await startGitHubEmulator({
    repositories: [{ owner: 'acme', name: 'superproject' }],
    tokens: [
      { token: 'workflow-token', permissions: everything },
      { token: 'user-token', login: 'hubot', kind: 'user', permissions: everything },
      { token: 'read-token', permissions: { contents: 'read', issues: 'read', 'pull-requests': 'read' } },
      { token: 'bare-token', permissions: {} }
    ],
    ...options
  })
  const { seed } = emulator
  seed.commit({ sha: commitId('a') })
  seed.commit({ sha: commitId('b'), parents: [commitId('a')], files: [{ path: 'da_flask', status: 'modified' }] })
  seed.commit({ sha: commitId('c'), parents: [commitId('b')], files: [{ path: 'x/y z', status: 'added' }] })
  seed.commit({ sha: commitId('d'), parents: [commitId('c')], files: [{ path: 'da_flask', status: 'modified' }] })
  seed.branch('main', commitId('b'))
  seed.branch('feature/one', commitId('d'))
  const base = { ref: 'main', sha: commitId('a') }
  seed.pullRequest({ number: 5, head: { ref: 'old', sha: commitId('b') }, base, mergeCommit: commitId('b') })
  const head = { ref: 'feature/one', sha: commitId('d') }
  seed.pullRequest({ number: 7, head, base, commits: [commitId('c')] })
  return emulator
}

export function client(emulator: GitHubEmulator, auth = 'workflow-token'): Octokit {
  const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined }
  return new Octokit({ auth, baseUrl: emulator.url, log: silent })
}

/** What the caller sees of a failed request. */
export async function failureOf(request: Promise<unknown>): Promise<{
  status: number
  message: string
  headers: Record<string, string>
}> {
  try {
    await request
  } catch (thrown) {
    const { status, message, response } = thrown as {
      status: number
      message: string
      response?: { headers: Record<string, string> }
    }
    return { status, message, headers: response?.headers ?? {} }
  }
  throw new Error('the request succeeded')
}
