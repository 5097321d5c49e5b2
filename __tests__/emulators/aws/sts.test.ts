import { GetCallerIdentityCommand, STSClient, GetSessionTokenCommand } from '@aws-sdk/client-sts'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { AwsEmulator } from '../../../emulators/aws/server.js'
import { accounts, failure, production, region, sandbox, sandboxKeys, startS3AndSts } from './start-emulator.js'

let emulator: AwsEmulator
const client = (credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string }, options = {}) =>
  new STSClient({ endpoint: emulator.url, region, credentials, maxAttempts: 1, ...options })

beforeAll(async () => {
  emulator = await startS3AndSts()
})
afterAll(() => emulator.close())

describe('GetCallerIdentity', () => {
  it.each(accounts)('tells the account of the access key: $accountId', async account => {
    const answer = await client(account).send(new GetCallerIdentityCommand({}))
    expect(answer).toMatchObject({
      Account: account.accountId,
      Arn: `arn:aws:iam::${account.accountId}:user/deployer`,
      UserId: `AIDA${account.accountId}EXAMPLE`
    })
  })

  it('needs no permission, whatever the policies say', async () => {
    const strict = await startS3AndSts({ authorize: () => ({ deny: 'no' }) })
    const answer = await new STSClient({ endpoint: strict.url, region, credentials: sandboxKeys }).send(
      new GetCallerIdentityCommand({})
    )
    await strict.close()
    expect(answer.Account).toBe(sandbox)
  })

  it('refuses an unknown access key', async () => {
    const unknown = { accessKeyId: 'AKIAUNKNOWNEXAMPLE', secretAccessKey: 'x' }
    expect(await failure(client(unknown).send(new GetCallerIdentityCommand({})))).toEqual({
      name: 'InvalidClientTokenId',
      message: 'The security token included in the request is invalid.',
      status: 403
    })
  })

  it('refuses a wrong secret', async () => {
    const wrong = { ...sandboxKeys, secretAccessKey: 'wrong' }
    expect(await failure(client(wrong).send(new GetCallerIdentityCommand({})))).toMatchObject({
      name: 'SignatureDoesNotMatch',
      status: 403
    })
  })

  it('refuses a session token that belongs to no credentials', async () => {
    const stray = { ...sandboxKeys, sessionToken: 'stray-EXAMPLE' }
    expect(await failure(client(stray).send(new GetCallerIdentityCommand({})))).toMatchObject({
      name: 'InvalidClientTokenId'
    })
  })

  it('takes temporary credentials with their token, and not without', async () => {
    const temporary = { ...accounts[1], sessionToken: 'session-EXAMPLE' }
    const other = await startS3AndSts({ accounts: [temporary], buckets: [] })
    const send = (credentials: typeof temporary | (typeof accounts)[1]) =>
      new STSClient({ endpoint: other.url, region, credentials, maxAttempts: 1 }).send(new GetCallerIdentityCommand({}))
    expect((await send(temporary)).Account).toBe(production)
    expect(await failure(send(accounts[1]))).toMatchObject({ name: 'InvalidClientTokenId' })
    await other.close()
  })
})

it('answers an operation that it does not have with InvalidAction', async () => {
  expect(await failure(client(sandboxKeys).send(new GetSessionTokenCommand({})))).toMatchObject({
    name: 'InvalidAction',
    status: 400
  })
})
