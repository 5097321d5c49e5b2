/** F149 a runner that reaches GitHub, AWS and the remotes of submodules through a proxy alone. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { RunOutcome } from '../../emulators/runner/index.js'
import {
  type ActionRun,
  type ActionWorld,
  makeActionWorld,
  ownProcesses,
  sandboxAccount
} from '../support/action-world.js'
import { push } from '../support/events.js'
import {
  makeAuthority,
  startProxy,
  startTlsFront,
  type Authority,
  type ForwardProxy,
  type TlsFront
} from '../support/forward-proxy.js'
import { configText } from './config-text.js'
import { codesOf, errorsOf, rowsOf, shownBy, statusesOf, warningsOf } from './reading.js'

const user = 'proxy.user@example'
const password = 'hunter2:EXAMPLE/+%'
const userInfo = `${encodeURIComponent(user)}:${encodeURIComponent(password)}`
/** No resolver has these names. */
const [gitHubHost, awsHost, indexHost] = ['api.github.invalid', 'aws.invalid', 'index.invalid']
const ask = `python3 -c 'import urllib.request as u; u.urlopen("http://${indexHost}/simple").read()' && mkdir -p $LAYER_BUILD_DIR/python && cp a.py $LAYER_BUILD_DIR/python/`

let world: ActionWorld
let authority: Authority
let fronts: TlsFront[]
let proxy: ForwardProxy
let index: Server
let asked: () => string[]
beforeAll(async () => {
  const layers = { da_flask: '{ path: da_flask }', made: `{ path: made, build: { command: ${JSON.stringify(ask)} } }` }
  const files = { 'made/a.py': 'a = 1\n', 'plain/python/b.py': 'b = 1\n' }
  const config = configText({ layers: { ...layers, plain: '{ path: plain }' } })
  world = await makeActionWorld({
    steps: ownProcesses,
    config,
    submodules: { da_flask: { 'python/da_flask.py': '1\n' } },
    files
  })
  authority = makeAuthority([gitHubHost, awsHost])
  fronts = await Promise.all([gitHubPort(), awsPort()].map(port => startTlsFront(port, authority)))
  const [gitHubFront, awsFront] = fronts.map(({ port }) => port)
  index = createServer((_request, response) => response.end('an index'))
  await new Promise<void>(resolve => index.listen(0, '127.0.0.1', resolve))
  const indexPort = (index.address() as AddressInfo).port
  const hosts = { [gitHubHost]: gitHubFront ?? 0, [awsHost]: awsFront ?? 0, [indexHost]: indexPort }
  proxy = await startProxy({ credentials: `${user}:${password}`, hosts })
  asked = () => [...new Set(proxy.requests.map(({ target }) => target))].sort()
  await world.superproject.push('test')
})
afterAll(async () => {
  index.close()
  await Promise.all([world.close(), proxy.close(), ...fronts.map(front => front.close())])
  authority.remove()
})
beforeEach(() => {
  proxy.requests.length = 0
  world.github.calls.length = 0
  world.github.state.statuses.length = 0
  world.aws.resetCalls()
})

const gitHubPort = () => Number(new URL(world.github.url).port)
const awsPort = () => Number(new URL(endpointOf(world)).port)
const gitPort = () => new URL(world.superproject.server.url).port
const endpointOf = (of: ActionWorld) => of.aws.env(sandboxAccount, 'us-east-2')['AWS_ENDPOINT_URL'] ?? ''
const proxyUrl = (who = userInfo) => `http://${who}@127.0.0.1:${proxy.port}`

/** @param bases of GitHub and AWS, in place of the emulators' own addresses */
async function run(
  env: Record<string, string>,
  job: Partial<ActionRun> = {},
  bases?: [gitHub: string, aws: string]
): Promise<RunOutcome> {
  const after = await world.superproject.git('rev-parse', 'test')
  const [gitHub, aws] = bases ?? [world.github.url, endpointOf(world)]
  const github = { eventName: 'push', ref: 'refs/heads/test', sha: after, repository: 'octo-org/superproject' }
  const event = push({ after })
  return world.run({
    event,
    checkout: { branch: 'test', commit: after },
    account: sandboxAccount,
    ...job,
    env: { AWS_ENDPOINT_URL: aws, ...env },
    options: {
      github: {
        ...github,
        payload: event.payload,
        token: 'ghs_EXAMPLEinstallationtoken',
        apiUrl: gitHub,
        graphqlUrl: `${gitHub}/graphql`
      }
    }
  })
}

function expectNobodyKnows(outcome: RunOutcome): void {
  const published = [
    ...world.github.state.comments.map(({ body }) => body),
    ...world.github.state.statuses.map(({ description }) => description)
  ]
  const shown = [shownBy(outcome), ...published].join('\n')
  const secrets = [user, password, userInfo, ...userInfo.split(':')]
  for (const secret of [...secrets, Buffer.from(`${user}:${password}`).toString('base64')])
    expect(shown).not.toContain(secret)
  // What a command of a later step prints is the runner's to mask.
  for (const secret of [user, password]) {
    expect(outcome.rawStdout).toContain(`::add-mask::${secret.replaceAll('%', '%25')}`)
  }
}

const targets = () => ({
  git: `127.0.0.1:${gitPort()}`,
  gitHub: `127.0.0.1:${gitHubPort()}`,
  aws: `127.0.0.1:${awsPort()}`
})
const admitted = (target: string) => proxy.requests.filter(each => each.allowed && each.target === target).length
/** What git asked for since the checkout, which is not the action's. */
const fetchesOf = (prepared: number) => world.superproject.server.requests.length - prepared
const counting = () => {
  const counted = { from: Infinity }
  const prepare = () => {
    counted.from = world.superproject.server.requests.length
    return Promise.resolve()
  }
  return { prepare, fetches: () => fetchesOf(counted.from) }
}

describe('everything goes through the proxy', () => {
  it('F149 over TLS: GitHub and AWS by tunnels, git and a build by the address; who asks is told to the proxy alone', async () => {
    const { prepare, fetches } = counting()
    const trust = { NODE_EXTRA_CA_CERTS: authority.file }
    const env = { HTTPS_PROXY: proxyUrl(), HTTP_PROXY: proxyUrl(), ...trust }
    const secure: [string, string] = [`https://${gitHubHost}`, `https://${awsHost}`]
    const outcome = await run(env, { inputs: { layers: 'da_flask,made' }, prepare }, secure)
    expect([errorsOf(outcome), warningsOf(outcome)]).toEqual([[], []])
    expect(Object.values(rowsOf(outcome)).map(rows => rows['us-east-2']?.status)).toEqual(['published', 'published'])
    expect(statusesOf(world).at(-1)).toBe('layer-deploy/sandbox success')
    expect(asked()).toEqual([targets().git, `${gitHubHost}:443`, `${awsHost}:443`, `${indexHost}:80`].sort())
    expect(fetches()).toBeGreaterThan(0)
    expect(admitted(targets().git)).toBe(fetches())
    expectNobodyKnows(outcome)
  })

  it.each([
    ['in lower case', (url: string) => ({ http_proxy: url })],
    ['in upper case', (url: string) => ({ HTTP_PROXY: url })],
    ['without a scheme', (url: string) => ({ HTTP_PROXY: url.replace('http://', '') })],
    [
      'in both, of which the lower one counts',
      (url: string) => ({ http_proxy: url, HTTP_PROXY: 'http://proxy.invalid:1' })
    ]
  ])('F149 without TLS, %s', async (_what, variables) => {
    const { prepare, fetches } = counting()
    const outcome = await run(variables(proxyUrl()), { inputs: { force: 'true', layers: 'da_flask,made' }, prepare })
    expect([errorsOf(outcome), warningsOf(outcome)]).toEqual([[], []])
    expect(asked()).toEqual([...Object.values(targets()), `${indexHost}:80`].sort())
    expect(admitted(targets().gitHub)).toBe(world.github.calls.length)
    expect(admitted(targets().aws)).toBe(world.aws.calls.length)
    expect(fetches()).toBeGreaterThan(0)
    expect(admitted(targets().git)).toBe(fetches())
    expectNobodyKnows(outcome)
  })

  it('F149 the authorities of AWS_CA_BUNDLE count for AWS, beside those that Node has', async () => {
    const env = { HTTPS_PROXY: proxyUrl(), AWS_CA_BUNDLE: authority.file }
    const outcome = await run(env, { inputs: { layers: 'plain' } }, [world.github.url, `https://${awsHost}`])
    expect(errorsOf(outcome)).toEqual([])
    expect(asked()).toEqual([`${awsHost}:443`])
    const distrusted = await run({ HTTPS_PROXY: proxyUrl() }, { inputs: { layers: 'plain' } }, [
      world.github.url,
      `https://${awsHost}`
    ])
    expect(codesOf(distrusted)).toEqual(['AWS_FAILED'])
  })

  it('F149 the post step asks the proxy, too', async () => {
    world.github.faults.add({
      operation: 'repos/create-commit-status',
      fault: { kind: 'error', status: 502, when: 'before' },
      times: 4
    })
    const outcome = await run({ HTTP_PROXY: proxyUrl() }, { inputs: { layers: 'plain', force: 'true' } })
    expect(statusesOf(world).at(-1)).toMatch(/^layer-deploy\/sandbox (success|error)$/)
    expect(admitted(targets().gitHub)).toBe(world.github.calls.length)
    expect(outcome.postExitCode).toBe(0)
    expectNobodyKnows(outcome)
  })
})

describe('hosts of NO_PROXY are asked directly', () => {
  const all = (list: string) => ({ HTTP_PROXY: proxyUrl(), HTTPS_PROXY: proxyUrl(), NO_PROXY: list })
  it.each([
    ['everything', () => all('*')],
    ['a host', () => all('other.invalid, 127.0.0.1')],
    ['a network', () => all('10.0.0.0/8,127.0.0.0/8')],
    ['in lower case', () => ({ http_proxy: proxyUrl(), no_proxy: '127.0.0.1' })],
    ['each by its port', () => all(Object.values(targets()).join(','))]
  ])('F149 %s', async (_what, variables) => {
    const { prepare, fetches } = counting()
    const outcome = await run(variables(), { inputs: { force: 'true', layers: 'da_flask' }, prepare })
    expect([errorsOf(outcome), warningsOf(outcome)]).toEqual([[], []])
    expect(fetches()).toBeGreaterThan(0)
    expect(proxy.requests).toEqual([])
    expectNobodyKnows(outcome)
  })

  it.each(['gitHub', 'aws', 'git'] as const)(
    'F149 %s alone, by its port: the others go through the proxy',
    async direct => {
      const outcome = await run(all(targets()[direct]), { inputs: { force: 'true', layers: 'da_flask' } })
      expect(errorsOf(outcome)).toEqual([])
      expect(asked()).toEqual(
        Object.entries(targets())
          .filter(([name]) => name !== direct)
          .map(([, target]) => target)
          .sort()
      )
    }
  )
})

describe('a proxy that does not let the run through', () => {
  it('F149 a wrong password: told as the proxy’s refusal, and nothing is written', async () => {
    const outcome = await run({ HTTP_PROXY: proxyUrl('someone.else:wrongEXAMPLE') }, { inputs: { layers: 'plain' } })
    expect(codesOf(outcome)).toEqual(['AWS_FAILED'])
    expect(errorsOf(outcome)[0]).toMatch(/407.*HTTPS?_PROXY/)
    expect(warningsOf(outcome).join('\n')).toMatch(/407.*HTTPS?_PROXY/)
    expect(world.aws.writes()).toEqual([])
    expect(shownBy(outcome)).not.toContain('wrongEXAMPLE')
  })

  it('F149 nobody there: the address is told, nothing is written', async () => {
    const outcome = await run({ HTTP_PROXY: `http://${userInfo}@127.0.0.1:1` }, { inputs: { layers: 'plain' } })
    expect(outcome.exitCode).toBe(1)
    expect(errorsOf(outcome)[0]).toContain('127.0.0.1:1')
    expect(world.aws.writes()).toEqual([])
    expectNobodyKnows(outcome)
  })

  it.each(['socks5://127.0.0.1:1080', 'http://', 'not an address'])('F149 %s is no HTTP proxy: refused', async text => {
    const outcome = await run({ HTTPS_PROXY: text }, { inputs: { layers: 'plain' } })
    expect(codesOf(outcome)).toEqual(['CONFIG_INVALID'])
    expect(errorsOf(outcome)[0]).toContain('HTTPS_PROXY')
    expect(world.aws.calls).toEqual([])
  })

  it('F149 an AWS_CA_BUNDLE that is none: refused', async () => {
    const outcome = await run({ AWS_CA_BUNDLE: '/dev/zero' }, { inputs: { layers: 'plain' } })
    expect(codesOf(outcome)).toEqual(['CONFIG_INVALID'])
    expect(errorsOf(outcome)[0]).toContain('AWS_CA_BUNDLE')
    expect(world.aws.calls).toEqual([])
  })
})
