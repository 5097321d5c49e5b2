/** The emulated GitHub of a test file, what was asked of it, and clients of it. */
import { afterEach, beforeEach, expect } from '@jest/globals'
import { startGitHubEmulator, type GitHubEmulator } from '../../../emulators/github/index.js'
import { createGitHub, type GitHubOptions } from '../../../src/adapters/github/index.js'
import { GitHubError, type GitHub } from '../../../src/ports/github.js'

export const sha = 'a1'.repeat(20)
export const token = 'ghs_EXAMPLEtokenOfTheWorkflow'
export const userToken = 'ghp_EXAMPLEuser'
export const readToken = 'ghs_EXAMPLEreadOnly'
export const checksToken = 'ghs_EXAMPLEchecks'
const permissions = {
  issues: 'write',
  'pull-requests': 'write',
  statuses: 'write',
  deployments: 'write',
  contents: 'read',
  actions: 'read'
} as const

/** One for each test of the file that calls this, which is asked nothing that GitHub's description does not allow. */
export function emulatorForEach(): () => GitHubEmulator {
  let emulator: GitHubEmulator
  beforeEach(async () => {
    emulator = await startGitHubEmulator({
      repositories: [
        { owner: 'acme', name: 'superproject' },
        { owner: 'acme', name: 'da_flask' }
      ],
      tokens: [
        { token, permissions },
        { token: readToken, permissions: { issues: 'read', 'pull-requests': 'read', contents: 'read' } },
        { token: userToken, permissions, kind: 'user' },
        { token: checksToken, permissions: { checks: 'write' } }
      ]
    })
    emulator.seed.commit({ sha })
    emulator.seed.pullRequest({ number: 5, head: { ref: 'feature', sha }, base: { ref: 'test', sha } })
  })
  afterEach(async () => {
    expect(emulator.violations).toEqual([])
    await emulator.close()
  })
  return () => emulator
}

export function connectTo(apiUrl: string, part: Partial<GitHubOptions> = {}): GitHub {
  return createGitHub({ apiUrl, token, repository: 'acme/superproject', retryBaseMilliseconds: 5, ...part })
}

/** Each call as it was sent: method and path with its query, and the body where there was one. */
export function requests({ calls }: GitHubEmulator): readonly (readonly unknown[])[] {
  return calls.map(({ method, path, body }) => [
    `${method} ${path}`,
    ...(body === '' ? [] : [JSON.parse(body) as unknown])
  ])
}

export async function failureOf(work: Promise<unknown>): Promise<GitHubError> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown
  )
  expect(error).toBeInstanceOf(GitHubError)
  return error as GitHubError
}
