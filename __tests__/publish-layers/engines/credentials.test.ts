/** F48, F49: credentials that end in mid-run, and a clock that is wrong. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { openAccount, type Account } from '../../trials/account.js'
import { deploy, outcomes } from '../../trials/deploy.js'

const key = 'AKIASANDBOXEXAMPLE'
let account: Account
/** The call before which the credentials end; 0: none. */
let endsBefore = 0
beforeAll(async () => {
  account = await openAccount({
    onBoundary: (_call, moment) => {
      const { calls, iam } = account.emulator
      if (moment === 'before' && calls.length === endsBefore - 1) iam.expire(key)
    }
  })
})
afterAll(async () => {
  expect(account.emulator.defects).toEqual([])
  await account.close()
})

const codeOf = (work: ReturnType<typeof deploy>): Promise<readonly string[]> =>
  work.then(outcomes, (error: unknown) => [(error as { code?: string }).code ?? String(error)])

describe.each(['cloudformation', 'lambda'] as const)('engine %s', engine => {
  it('F48 credentials that end before any one call: a coded failure, and the next run completes', async () => {
    account.emulator.resetCalls()
    endsBefore = 0
    await deploy({ engine, content: { [`whole-${engine}`]: 'one' } })
    const calls = account.emulator.calls.length
    expect(calls).toBeGreaterThan(6)
    for (let call = 2; call <= calls; call++) {
      const id = `${engine}-ends-${call}`
      account.emulator.resetCalls()
      endsBefore = call
      expect({ call, codes: await codeOf(deploy({ engine, content: { [id]: 'one' } })) }).toEqual({
        call,
        codes: ['NO_CREDENTIALS']
      })
      endsBefore = 0
      account.emulator.iam.expire(key, false)
      expect(await codeOf(deploy({ engine, content: { [id]: 'one' } }))).toEqual([
        expect.stringMatching(/^(published|unchanged) 1$/)
      ])
      expect(account.versions(`dev-${id}-layer`).map(({ version }) => version)).toEqual([1])
    }
  })

  it.each([1, -1])('F49 a clock that is %i h off is corrected by the answers, and the deploy works', async hours => {
    const skewed = await openAccount({ clockSkewMilliseconds: hours * 3_600_000 })
    try {
      const run = () => codeOf(deploy({ engine, content: { skewed: 'one' } }))
      expect(await run()).toEqual(['published 1'])
      expect(await run()).toEqual(['unchanged 1'])
      expect(skewed.versions('dev-skewed-layer')).toHaveLength(1)
    } finally {
      await skewed.close()
    }
  })
})
