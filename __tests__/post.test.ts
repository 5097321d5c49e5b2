import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { startGitHubEmulator, type GitHubEmulator } from '../emulators/github/index.js'
import { post } from '../src/post.js'

const commit = 'a1'.repeat(20)
const token = 'ghs_EXAMPLEpost'
let github: GitHubEmulator
let printed = ''
beforeAll(async () => {
  github = await startGitHubEmulator({
    repositories: [{ owner: 'octo-org', name: 'superproject' }],
    tokens: [
      { token, permissions: { statuses: 'write' } },
      { token: 'ghs_EXAMPLEnone', permissions: {} }
    ],
    acceptUnknownCommits: true
  })
})
afterAll(() => github.close())
beforeEach(() => {
  github.state.statuses.length = 0
  printed = ''
  jest.spyOn(process.stdout, 'write').mockImplementation(text => {
    printed += String(text)
    return true
  })
})

const run = async (state: string | undefined, environment: Record<string, string> = {}): Promise<number> => {
  try {
    return await post({
      GITHUB_ACTIONS: 'true',
      GITHUB_REPOSITORY: 'octo-org/superproject',
      GITHUB_RUN_ID: '42',
      GITHUB_API_URL: github.url,
      'INPUT_GITHUB-TOKEN': token,
      ...(state === undefined ? {} : { 'STATE_open-status': state }),
      ...environment
    })
  } finally {
    jest.restoreAllMocks()
  }
}
const open = JSON.stringify({ commit, context: 'layer-deploy/sandbox' })

describe('the post step', () => {
  it('closes the status that was left open', async () => {
    expect(await run(open)).toBe(0)
    expect(github.state.statuses).toMatchObject([
      {
        sha: commit,
        context: 'layer-deploy/sandbox',
        state: 'error',
        description: expect.stringMatching(/^The run ended/)
      }
    ])
    expect(github.state.statuses[0]?.targetUrl).toBe('https://github.com/octo-org/superproject/actions/runs/42')
    expect(printed).toBe('')
  })

  it.each([undefined, '', '{}', '{"commit":1,"context":null}'])('does nothing for the state %j', async state => {
    expect(await run(state)).toBe(0)
    expect(github.state.statuses).toEqual([])
  })

  it('F69 warns where it may not, and ends well: the main step has the result', async () => {
    expect(await run(open, { 'INPUT_GITHUB-TOKEN': 'ghs_EXAMPLEnone' })).toBe(0)
    expect(printed).toMatch(/^::warning::The commit status layer-deploy\/sandbox was not written: .*statuses: write/)
    expect(printed).not.toContain('ghs_EXAMPLEnone')
  })

  it.each([
    ['inputs that are wrong', open, { INPUT_FORCE: 'yes' }],
    ['a state that is no JSON', '{"commit"', {}],
    ['no token', open, { 'INPUT_GITHUB-TOKEN': '' }]
  ])('ends well with %s', async (_name, state, environment) => {
    expect(await run(state, environment)).toBe(0)
  })
})
