import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { openAccount, type Account } from '../trials/account.js'
import { deploy, outcomes } from '../trials/deploy.js'
import { tryWrongPlace, wrongPlaces } from '../trials/wrong-places.js'

let account: Account
beforeAll(async () => {
  account = await openAccount()
})
afterAll(() => account.close())

describe.each(['cloudformation', 'lambda'] as const)('G5 F46 F55 engine %s', engine => {
  it('has at least 20 variants, and the right place is none of them', async () => {
    expect(wrongPlaces.length).toBeGreaterThanOrEqual(20)
    expect(outcomes(await deploy({ engine, content: { [`right_${engine}`]: 'x' } }))).toEqual(['published 1'])
  })

  it.each(wrongPlaces)('refuses $name: $code, nothing is written', async place => {
    expect(await tryWrongPlace(account, engine, place)).toBeNull()
  })
})
