/** Who the caller is, asked of STS. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { createAws } from '../../../src/adapters/aws/index.js'
import { accountId, openAccount, region, type Account } from '../../trials/account.js'
import { requestsOf } from './requests-of.js'

let account: Account
let server: Server
let members = ''
beforeAll(async () => {
  account = await openAccount()
  server = createServer((_request, response) => {
    const result = `<GetCallerIdentityResult>${members}</GetCallerIdentityResult>`
    response.writeHead(200, { 'content-type': 'text/xml' })
    response.end(`<GetCallerIdentityResponse>${result}</GetCallerIdentityResponse>`)
  })
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening))
})
afterAll(async () => {
  server.closeAllConnections()
  await new Promise(closed => server.close(closed))
  await account.close()
})

function caller(place: { readonly endpoint?: string } = {}) {
  const { signal } = new AbortController()
  return createAws({ environment: process.env, signal, homeRegion: region, accountId, ...place }).callerIdentity()
}

it('is an account and a principal', async () => {
  expect(await caller()).toEqual({ accountId, arn: `arn:aws:iam::${accountId}:user/deployer` })
  expect(requestsOf(account.emulator.calls)).toEqual([['sts:GetCallerIdentity', {}]])
})

it.each([
  ['without an account', '<Arn>arn:aws:iam::1:user/x</Arn>'],
  ['without a principal', '<Account>111122223333</Account>']
])('%s is no answer of STS', async (_what, answer) => {
  members = answer
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  await expect(caller({ endpoint })).rejects.toMatchObject({
    ...{ code: 'AWS_FAILED', finding: { expected: 'an answer of AWS to sts:GetCallerIdentity on *' } }
  })
})
