import { describe, expect, it } from '@jest/globals'
import { GitHubError, type GitHub, type NewStatus } from '../../../src/ports/github.js'
import { attempt, readOpenStatus, writeStatus } from '../../../src/report/status/write-status.js'

const open = { commit: 'a1', context: 'layer-deploy/sandbox' }
const final = { state: 'failure', description: 'Refused' }

describe('what the main step left open', () => {
  it.each<[string | undefined, object | null]>([
    [undefined, null],
    ['', null],
    ['{}', null],
    [JSON.stringify({ commit: 'a1' }), null],
    [JSON.stringify({ context: 'c' }), null],
    [JSON.stringify({ ...open, commit: 1 }), null],
    [JSON.stringify(open), { ...open, final: null }],
    [JSON.stringify({ ...open, final: null }), { ...open, final: null }],
    [JSON.stringify({ ...open, final }), { ...open, final }],
    [
      JSON.stringify({ ...open, final: { ...final, state: 'success' } }),
      { ...open, final: { ...final, state: 'success' } }
    ],
    [
      JSON.stringify({ ...open, final: { ...final, state: 'error' } }),
      { ...open, final: { ...final, state: 'error' } }
    ],
    [JSON.stringify({ ...open, final: { ...final, state: 'pending' } }), { ...open, final: null }],
    [JSON.stringify({ ...open, final: { state: 'success' } }), { ...open, final: null }],
    [JSON.stringify({ ...open, final: { description: 'x' } }), { ...open, final: null }]
  ])('%s', (state, expected) => {
    expect(readOpenStatus(state)).toEqual(expected)
  })

  it('what is no JSON is refused', () => {
    expect(() => readOpenStatus('{')).toThrow(SyntaxError)
  })
})

describe('one status', () => {
  const status: NewStatus = { context: 'c', state: 'pending', description: 'a secret', targetUrl: null }
  const runner = { redact: (text: string) => text.replace('secret', '***') }

  it('is written without what may not be shown', async () => {
    const seen: unknown[] = []
    const createStatus = (...given: unknown[]) => Promise.resolve(void seen.push(given))
    expect(await writeStatus('a1', status, { github: { createStatus } as unknown as GitHub, runner })).toBeNull()
    expect(seen).toEqual([['a1', { ...status, description: 'a ***' }]])
  })

  it('is none where there is no token', async () => {
    expect(await writeStatus('a1', status, { github: null, runner })).toBeNull()
  })

  it('that cannot be written is a warning that names it', async () => {
    const createStatus = () => Promise.reject(new GitHubError('unavailable', 'POST /x', null, 502, 'down'))
    expect(await writeStatus('a1', status, { github: { createStatus } as unknown as GitHub, runner })).toBe(
      'The commit status c was not written: POST /x: 502 down; run the workflow again once GitHub answers.'
    )
  })
})

describe('a part of the delivery', () => {
  const refused = new GitHubError('permission', 'POST /x', 'checks: write', 403, 'no')
  it.each<[string, unknown, ((error: GitHubError) => string | null) | undefined, string]>([
    ['its own mend', refused, undefined, 'P: POST /x: 403 no; grant checks: write under permissions in the workflow.'],
    ['a mend that is known', refused, () => 'unlock it', 'P: POST /x: 403 no; unlock it.'],
    [
      'no other mend',
      refused,
      () => null,
      'P: POST /x: 403 no; grant checks: write under permissions in the workflow.'
    ],
    ['the words of another error', new TypeError('broken'), () => 'unlock it', 'P: broken.'],
    ['what is no error', 'broken', undefined, 'P: broken.']
  ])('that fails tells %s', async (_name, thrown, mendOf, expected) => {
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
    expect(await attempt('P', () => Promise.reject(thrown), mendOf)).toBe(expected)
  })

  it('that works tells nothing', async () => {
    expect(await attempt('P', () => undefined)).toBeNull()
  })
})
