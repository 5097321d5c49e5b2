import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { startGitHubEmulator, type GitHubEmulator } from '../../emulators/github/index.js'
import { closeLeftOpen } from '../../src/action/close-left-open.js'

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
  const before = process.env
  try {
    // The runner is spoken to through this process's own environment.
    process.env = {
      GITHUB_ACTIONS: 'true',
      GITHUB_REPOSITORY: 'octo-org/superproject',
      GITHUB_RUN_ID: '42',
      GITHUB_API_URL: github.url,
      'INPUT_GITHUB-TOKEN': token,
      ...(state === undefined ? {} : { 'STATE_open-status': state }),
      ...environment
    }
    return await closeLeftOpen(process.env)
  } finally {
    process.env = before
    jest.restoreAllMocks()
  }
}
/** What was printed, but for the masks that come first. */
const shown = (): string => printed.replace(/^::add-mask::.*\r?\n/gm, '')
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
    expect(shown()).toBe('')
  })

  it.each([
    ['final', 'success', 42, 1],
    ['of another run', 'pending', 43, 1],
    ['its own', 'pending', 42, 2]
  ] as const)('F78 leaves a status alone unless it is open and of this run: %s', async (_name, state, id, count) => {
    const target_url = `https://github.com/octo-org/superproject/actions/runs/${id}`
    const headers = { authorization: `token ${token}`, 'content-type': 'application/json' }
    const body = JSON.stringify({ state, context: 'layer-deploy/sandbox', description: 'x', target_url })
    const url = `${github.url}/repos/octo-org/superproject/statuses/${commit}`
    expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(201)
    expect(await run(open)).toBe(0)
    expect(github.state.statuses).toHaveLength(count)
    expect(github.state.statuses.at(-1)?.state).toBe(count === 2 ? 'error' : state)
  })

  it('F78 closes it where GitHub does not say how it stands', async () => {
    const fault = { kind: 'error', status: 404, when: 'before' } as const
    github.faults.add({ operation: 'repos/list-commit-statuses-for-ref', fault })
    expect(await run(open)).toBe(0)
    github.faults.clear()
    expect(github.state.statuses).toMatchObject([{ state: 'error' }])
  })

  it.each([undefined, '', '{}', '{"commit":1,"context":null}'])('does nothing for the state %j', async state => {
    expect(await run(state)).toBe(0)
    expect(github.state.statuses).toEqual([])
  })

  it('F69 warns where it may not, and ends well: the main step has the result', async () => {
    expect(await run(open, { 'INPUT_GITHUB-TOKEN': 'ghs_EXAMPLEnone' })).toBe(0)
    expect(shown()).toMatch(/^::warning::The commit status layer-deploy\/sandbox was not written: .*statuses: write/)
    expect(shown()).not.toContain('ghs_EXAMPLEnone')
  })

  it.each([
    ['inputs that are wrong', open, { INPUT_FORCE: 'yes' }],
    ['a state that is no JSON', '{"commit"', {}],
    ['no token', open, { 'INPUT_GITHUB-TOKEN': '' }]
  ])('ends well with %s', async (_name, state, environment) => {
    expect(await run(state, environment)).toBe(0)
  })
})

describe('what the main step came to', () => {
  const final = { state: 'success', description: 'sandbox (111122223333): 1 layer published' }
  const target = 'https://github.com/octo-org/superproject/actions/runs/42/attempts/2'

  it('F143 is what the status says where GitHub did not take it before', async () => {
    const state = JSON.stringify({ commit, context: 'layer-deploy/sandbox', final })
    expect(await run(state, { GITHUB_RUN_ATTEMPT: '2' })).toBe(0)
    expect(github.state.statuses).toMatchObject([{ ...final, targetUrl: target }])
  })

  it.each([{ state: 'pending', description: 'x' }, { state: 'success' }, null, 'success'])(
    'counts as unknown where it is %j',
    async unknown => {
      expect(await run(JSON.stringify({ commit, context: 'layer-deploy/sandbox', final: unknown }))).toBe(0)
      expect(github.state.statuses).toMatchObject([
        { state: 'error', description: expect.stringMatching(/^The run ended/) }
      ])
    }
  )

  it('masks the secrets of the job before it prints anything', async () => {
    await run(open, { 'INPUT_GITHUB-TOKEN': 'ghs_EXAMPLEnone', NPM_TOKEN: 'npm_EXAMPLEtoken1' })
    expect(printed.split('\n')[0]).toMatch(/^::add-mask::/)
  })
})
