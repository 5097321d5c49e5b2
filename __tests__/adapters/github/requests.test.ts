import { describe, expect, it } from '@jest/globals'
import { connectTo, emulatorForEach, failureOf, requests, userToken } from './emulated.js'
import { methods } from './methods.js'

const emulator = emulatorForEach()

describe.each(methods)('%s', (_name, call, { request, operation, permission, once, token }) => {
  const github = () => connectTo(emulator().url, token === undefined ? {} : { token })
  const settled = (work: Promise<unknown>) => work.catch(() => undefined)

  it('asks exactly this', async () => {
    await settled(call(github()))
    expect(requests(emulator())[0]).toEqual(request)
  })

  it('is told by its operation and its permission', async () => {
    const fault = { kind: 'error', status: 403, when: 'before', message: 'Resource not accessible' } as const
    emulator().faults.add({ operation: '*', fault, times: 9 })
    expect(await failureOf(call(github()))).toMatchObject({ kind: 'permission', operation, permission, status: 403 })
  })

  it(once ? 'is sent once, whatever becomes of the answer' : 'is sent again after a lost answer', async () => {
    emulator().faults.add({ operation: '*', fault: { kind: 'reset', when: 'before' }, times: 9 })
    const mine = github()
    expect(await failureOf(call(mine))).toMatchObject({ kind: 'unavailable', status: null, permission: null })
    expect(requests(emulator())).toEqual(Array.from({ length: once ? 1 : 3 }, () => request))
    expect(mine.callsMade()).toBe(1)
  })
})

describe('viewerLogin', () => {
  const viewer = [
    'POST /graphql',
    { query: 'query { viewer { login } }', variables: { owner: 'acme', repo: 'superproject' } }
  ]
  const refusal = (status: number) => ({ kind: 'error', status, when: 'before' }) as const

  it.each([403, 404, 422])('asks REST where GraphQL answers %i', async status => {
    emulator().faults.add({ operation: 'graphql', fault: refusal(status) })
    const github = connectTo(emulator().url, { token: userToken })
    expect(await github.viewerLogin()).toBe('octocat')
    expect(await github.viewerLogin()).toBe('octocat')
    expect(requests(emulator())).toEqual([viewer, ['GET /user']])
  })

  it.each([403, 404, 422])('is the workflow’s own where both answer %i', async status => {
    emulator().faults.add({ operation: '*', fault: refusal(status), times: 2 })
    expect(await connectTo(emulator().url).viewerLogin()).toBe('github-actions[bot]')
    expect(requests(emulator())).toEqual([viewer, ['GET /user']])
  })

  it.each([
    ['POST /graphql viewer', 'graphql', 1],
    ['GET /user', 'users/get-authenticated', 2]
  ])('%s fails: nobody is guessed', async (operation, faulty, asked) => {
    if (asked === 2) emulator().faults.add({ operation: 'graphql', fault: refusal(403) })
    emulator().faults.add({ operation: faulty, fault: refusal(502), times: 9 })
    const github = connectTo(emulator().url, { token: userToken })
    expect(await failureOf(github.viewerLogin())).toMatchObject({ kind: 'unavailable', operation, permission: null })
    expect(github.callsMade()).toBe(asked)
  })
})
