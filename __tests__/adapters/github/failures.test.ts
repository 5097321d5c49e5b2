import { describe, expect, it } from '@jest/globals'
import type { Fault } from '../../../emulators/github/index.js'
import { connectTo, emulatorForEach, failureOf, readToken, sha } from './emulated.js'

const emulator = emulatorForEach()
const connected = () => connectTo(emulator().url)

describe('failures', () => {
  it('F69 a missing permission is named, as GitHub names it', async () => {
    const github = connectTo(emulator().url, { token: readToken })
    expect(await failureOf(github.createComment(5, 'x'))).toMatchObject({
      ...{ kind: 'permission', status: 403, permission: 'issues: write or pull-requests: write' }
    })
    const status = { context: 'c', state: 'pending', description: '', targetUrl: null } as const
    expect(await failureOf(github.createStatus(sha, status))).toMatchObject({
      ...{ kind: 'permission', permission: 'statuses: write' }
    })
    expect(emulator().calls).toHaveLength(2)
  })

  it('a wrong token is a permission error that does not show it', async () => {
    const error = await failureOf(connectTo(emulator().url, { token: 'ghs_EXAMPLEwrong' }).listComments(5))
    expect(error.kind).toBe('permission')
    expect(JSON.stringify(error) + error.message + String(error.stack) + String(error.cause)).not.toContain(
      'EXAMPLEwrong'
    )
  })

  it('an unknown pull request is not found; a body too long is refused', async () => {
    expect(await failureOf(connected().listComments(99))).toMatchObject({ kind: 'not-found', status: 404 })
    expect(await failureOf(connected().createComment(5, 'x'.repeat(65_537)))).toMatchObject({
      ...{ kind: 'validation', status: 422 }
    })
  })

  it('what is deleted is gone, and nothing else is taken for that', async () => {
    emulator().faults.add({ operation: '*', fault: { kind: 'error', status: 403, when: 'before', message: 'No' } })
    expect(await failureOf(connected().deleteComment(7))).toMatchObject({ kind: 'permission' })
  })

  it.each<[string, Fault]>([
    ['500', { kind: 'error', status: 500, when: 'before' }],
    ['a reset', { kind: 'reset', when: 'before' }],
    ['503 after', { kind: 'error', status: 503, when: 'after' }]
  ])('a read is repeated after %s, a creation is not', async (_name, fault) => {
    const github = connected()
    emulator().faults.add({ operation: 'issues/list-comments', fault })
    expect((await github.listComments(5)).comments).toEqual([])
    emulator().faults.add({ operation: 'issues/create-comment', fault })
    expect(await failureOf(github.createComment(5, 'x'))).toMatchObject({ kind: 'unavailable' })
    expect(emulator().calls.filter(call => call.operation === 'issues/create-comment')).toHaveLength(1)
    expect(emulator().calls.filter(call => call.operation === 'issues/list-comments')).toHaveLength(2)
  })

  it.each<Fault['kind']>(['truncated', 'garbage'])('a %s answer is no answer', async kind => {
    emulator().faults.add({ operation: '*', fault: { kind } as Fault, times: 5 })
    expect(await failureOf(connected().createComment(5, 'x'))).toMatchObject({ kind: 'unavailable' })
    expect(await failureOf(connected().listComments(5))).toMatchObject({ kind: 'unavailable' })
  })

  it('G8 a hang ends at the deadline', async () => {
    emulator().faults.add({ operation: '*', fault: { kind: 'hang', when: 'before' }, times: 9 })
    const started = performance.now()
    const github = connectTo(emulator().url, { deadlineSeconds: 0.3 })
    expect(await failureOf(github.listComments(5))).toMatchObject({ kind: 'unavailable' })
    expect(performance.now() - started).toBeLessThan(5000)
  })

  it.each([403, 429] as const)(
    'F70 waits out a short secondary rate limit told as %i, a creation too',
    async status => {
      const fault = { kind: 'secondary-rate-limit', status, retryAfterSeconds: 3 } as const
      emulator().faults.add({ operation: 'issues/create-comment', fault })
      expect((await connected().createComment(5, 'x')).body).toBe('x')
      expect(emulator().state.comments).toHaveLength(1)
    }
  )

  it('F70 gives up on a long rate limit at once', async () => {
    const fault = { kind: 'secondary-rate-limit', status: 403, retryAfterSeconds: 600 } as const
    emulator().faults.add({ operation: 'issues/create-comment', fault })
    expect(await failureOf(connected().createComment(5, 'x'))).toMatchObject({ kind: 'rate-limited', permission: null })
    expect(emulator().calls).toHaveLength(1)
  })
})
