/** Every source of the SDK's own chain works in dist/: what the bundle leaves out of the SDK is none of them. */
import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, request as requestHttp, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { account } from '../../emulators/world/example-world.js'
import {
  makeActionWorld,
  productionAccount,
  region,
  sandboxAccount,
  type ActionWorld
} from '../support/action-world.js'
import { push } from '../support/events.js'
import { configText, folderLayer } from './config-text.js'
import { errorsOf, rowsOf } from './reading.js'

const sessionToken = 'session-of-SANDBOX-EXAMPLE'
const { accessKeyId, secretAccessKey } = account(sandboxAccount, 'SANDBOX')
const expiration = new Date(Date.now() + 3_600_000)
const role = `arn:aws:iam::${sandboxAccount}:role/deployer`

let world: ActionWorld
let services: Server
let folder = ''
/** What was asked of the services that give credentials. */
let asked: string[] = []
beforeAll(async () => {
  const accounts = [{ ...account(sandboxAccount, 'SANDBOX'), sessionToken }, account(productionAccount, 'PRODUCTION')]
  world = await makeActionWorld({ config: configText(), submodules: {}, files: folderLayer, aws: { accounts } })
  folder = await mkdtemp(join(tmpdir(), 'credential-sources-'))
  services = createServer((request, response) => void answer(request, response))
  await new Promise<void>(resolve => services.listen(0, '127.0.0.1', resolve))
})
afterAll(async () => {
  services.closeAllConnections()
  services.close()
  await world.close()
  await rm(folder, { recursive: true })
})

const address = (): string => `http://127.0.0.1:${(services.address() as AddressInfo).port}`

/** STS, the portal of single sign-on, and a container's endpoint; what else is asked of STS goes to the emulator as it came. */
async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await buffer(request)
  const [, action] = /(?:^|&)Action=(\w+)/.exec(body.toString()) ?? []
  const { pathname } = new URL(request.url ?? '/', address())
  const [keys, Expiration] = [{ accessKeyId, secretAccessKey, sessionToken }, expiration.toISOString()]
  if (action?.startsWith('AssumeRole') === true) {
    asked.push(action)
    const credentials = `<AccessKeyId>${accessKeyId}</AccessKeyId><SecretAccessKey>${secretAccessKey}</SecretAccessKey><SessionToken>${sessionToken}</SessionToken><Expiration>${Expiration}</Expiration>`
    const assumed = `<AssumedRoleUser><Arn>${role}/x</Arn><AssumedRoleId>A:x</AssumedRoleId></AssumedRoleUser>`
    response.setHeader('content-type', 'text/xml')
    response.end(
      `<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${action}Result>${assumed}<Credentials>${credentials}</Credentials></${action}Result></${action}Response>`
    )
  } else if (pathname === '/federation/credentials') {
    asked.push('GetRoleCredentials')
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ roleCredentials: { ...keys, expiration: expiration.getTime() } }))
  } else if (pathname === '/container') {
    asked.push('container')
    const given = { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, Token: sessionToken, Expiration }
    response.end(JSON.stringify(given))
  } else {
    const { method, headers, url } = request
    const passedOn = requestHttp(new URL(url ?? '/', world.aws.url), { method, headers }, answered => {
      response.writeHead(answered.statusCode ?? 500, answered.headers)
      answered.pipe(response)
    })
    passedOn.end(body)
  }
}

async function file(name: string, text: string): Promise<string> {
  await writeFile(join(folder, name), text)
  return join(folder, name)
}

const keyLines = `aws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\naws_session_token = ${sessionToken}\n`

it.each<[string, readonly string[], () => Promise<Record<string, string>>]>([
  [
    'variables',
    [],
    () =>
      Promise.resolve({
        AWS_ACCESS_KEY_ID: accessKeyId,
        AWS_SECRET_ACCESS_KEY: secretAccessKey,
        AWS_SESSION_TOKEN: sessionToken
      })
  ],
  [
    'the shared credentials file',
    [],
    async () => ({ AWS_SHARED_CREDENTIALS_FILE: await file('credentials', `[default]\n${keyLines}`) })
  ],
  [
    'a role of another profile',
    ['AssumeRole'],
    async () => ({
      AWS_PROFILE: 'deployer',
      AWS_CONFIG_FILE: await file(
        'assumes',
        `[profile base]\n${keyLines}[profile deployer]\nrole_arn = ${role}\nsource_profile = base\n`
      )
    })
  ],
  [
    'a process',
    [],
    async () => {
      const given = JSON.stringify({
        ...{ Version: 1, AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken: sessionToken },
        Expiration: expiration.toISOString()
      })
      const command = `cat ${await file('given.json', given)}`
      return { AWS_CONFIG_FILE: await file('process', `[default]\ncredential_process = ${command}\n`) }
    }
  ],
  [
    "a web identity, GitHub's OIDC",
    ['AssumeRoleWithWebIdentity'],
    async () => ({ AWS_WEB_IDENTITY_TOKEN_FILE: await file('token', 'e30.e30.e30'), AWS_ROLE_ARN: role })
  ],
  [
    'single sign-on',
    ['GetRoleCredentials'],
    async () => {
      const cache = join(folder, '.aws/sso/cache')
      await mkdir(cache, { recursive: true })
      const token = { accessToken: 'EXAMPLE', expiresAt: expiration.toISOString() }
      const name = createHash('sha1').update('company').digest('hex')
      await writeFile(join(cache, `${name}.json`), JSON.stringify(token))
      const session = `[sso-session company]\nsso_start_url = https://company.example\nsso_region = ${region}\n`
      const profile = `[default]\nsso_session = company\nsso_account_id = ${sandboxAccount}\nsso_role_name = deployer\n`
      return { HOME: folder, AWS_CONFIG_FILE: await file('sso', session + profile) }
    }
  ],
  [
    "a container's endpoint",
    ['container'],
    () => Promise.resolve({ AWS_CONTAINER_CREDENTIALS_FULL_URI: `${address()}/container` })
  ]
])('credentials of %s', async (_source, calls, environment) => {
  asked = []
  const after = await world.superproject.git('rev-parse', 'test')
  const outcome = await world.run({
    event: push({ after }),
    checkout: { branch: 'test', commit: after },
    account: null,
    inputs: { 'dry-run': 'true' },
    env: {
      ...{ AWS_REGION: region, AWS_EC2_METADATA_DISABLED: 'true', AWS_ENDPOINT_URL: world.aws.url },
      ...{ AWS_ENDPOINT_URL_STS: address(), AWS_ENDPOINT_URL_SSO: address() },
      ...(await environment())
    }
  })
  expect(errorsOf(outcome)).toEqual([])
  expect(rowsOf(outcome)['da_flask']?.[region]?.status).toBe('planned')
  // Each client of the SDK asks for itself.
  expect([...new Set(asked)]).toEqual(calls)
})
