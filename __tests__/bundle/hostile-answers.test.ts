/** F141 answers of 40 MB, and archives in the bucket that are made to do harm. */
import { createServer, request, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { deflateRawSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { RunOutcome } from '../../emulators/runner/index.js'
import { makeActionWorld, repository, sandboxAccount, type ActionWorld } from '../support/action-world.js'
import { push } from '../support/events.js'
import { sha256Hex } from '../../src/model/digest.js'
import { storedObject, zipOf } from '../support/zip-file.js'
import { configText } from './config-text.js'
import { codesOf, errorsOf } from './reading.js'
import { chosen, expectBounded, expectRefused, littleMemory } from './hostile-input.js'

const megabytes = 40
/** Between the action and an emulator: each answer that is chosen is 40 MB longer than it was. */
async function padder(
  target: () => string,
  isPadded: (asked: IncomingMessage, body: string) => boolean
): Promise<Server> {
  const server = createServer((incoming, outgoing) => {
    void (async () => {
      const sent: Buffer[] = []
      for await (const chunk of incoming) sent.push(chunk as Buffer)
      const body = Buffer.concat(sent)
      const { method, url, headers } = incoming
      const { hostname, port } = new URL(target())
      const answer = await new Promise<IncomingMessage>((resolve, reject) => {
        request({ hostname, port, method, path: url, headers }, resolve).on('error', reject).end(body)
      })
      const { 'content-length': _length, 'transfer-encoding': _coding, ...others } = answer.headers
      const bytes: Buffer[] = []
      for await (const chunk of answer) bytes.push(chunk as Buffer)
      const long = isPadded(incoming, body.toString('latin1'))
      outgoing.writeHead(answer.statusCode ?? 500, long ? others : answer.headers)
      if (long) {
        const piece = Buffer.alloc(1024 * 1024, ' ')
        outgoing.setMaxListeners(2 * megabytes)
        for (let sentMegabytes = 0; sentMegabytes < megabytes && !outgoing.destroyed; sentMegabytes += 1)
          if (!outgoing.write(piece))
            await new Promise(drained => outgoing.once('drain', drained).once('close', drained))
      }
      outgoing.end(Buffer.concat(bytes))
    })().catch(() => outgoing.destroy())
  })
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening))
  return server
}
const addressOf = (server: Server): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`

describe.each(['cloudformation', 'lambda'] as const)('F141 engine %s', engine => {
  let world: ActionWorld
  let release = 0
  let padded: (asked: IncomingMessage, body: string) => boolean = () => false
  let paddings = 0
  const servers: Server[] = []
  beforeAll(async () => {
    const config = configText({ engine, layers: { alpha: '{ path: alpha }' } })
    world = await makeActionWorld({ config, submodules: {}, files: { 'alpha/python/alpha.py': '0\n' } })
    const counted = (asked: IncomingMessage, body: string): boolean => {
      const long = padded(asked, body)
      if (long) paddings += 1
      return long
    }
    servers.push(await padder(() => world.aws.url, counted), await padder(() => world.github.url, counted))
    await world.push('test')
  })
  afterAll(async () => {
    for (const server of servers) {
      server.closeAllConnections()
      server.close()
    }
    await world.close()
  })
  beforeEach(() => {
    paddings = 0
    world.aws.resetCalls()
  })

  const deploy = async (): Promise<RunOutcome> => {
    release += 1
    await world.superproject.commitFiles({ 'alpha/python/alpha.py': `${release}\n` }, { branch: 'test' })
    const after = await world.superproject.push('test')
    const { payload } = push({ after })
    const [aws, github] = servers.map(addressOf)
    const place = { eventName: 'push', ref: 'refs/heads/test', sha: after, repository, payload }
    return world.run({
      ...{ event: push({ after }), checkout: { branch: 'test', commit: after }, account: sandboxAccount },
      env: { ...littleMemory, AWS_ENDPOINT_URL: aws! },
      options: {
        github: { ...place, token: 'ghs_EXAMPLEinstallationtoken', apiUrl: github!, runId: String(9_000 + release) }
      }
    })
  }

  const ofAws: readonly (readonly [string, (asked: IncomingMessage, body: string) => boolean])[] = [
    ...(engine === 'cloudformation'
      ? ([
          ['DescribeStacks', (_asked: IncomingMessage, body: string) => body.includes('Action=DescribeStacks')]
        ] as const)
      : ([
          ['STS', (_asked: IncomingMessage, body: string) => body.includes('GetCallerIdentity')],
          ['the state file', ({ method, url = '' }: IncomingMessage) => method === 'GET' && url.includes('/state/')]
        ] as const)),
    ...(engine === 'lambda'
      ? ([
          ['ListLayerVersions', ({ method, url = '' }: IncomingMessage) => method === 'GET' && url.includes('/layers/')]
        ] as const)
      : [])
  ]
  it.each(ofAws)('F141 40 MB in an answer of %s', async (_name, isPadded) => {
    padded = (asked, body) => !(asked.headers.authorization ?? '').startsWith('token') && isPadded(asked, body)
    const outcome = await deploy()
    expectBounded(outcome)
    expect(paddings).toBeGreaterThan(0)
    if (outcome.exitCode === 1) expect(world.aws.writes()).toEqual([])
  })

  it('F141 40 MB in each answer of GitHub: deployed all the same', async () => {
    padded = asked => /^(?:token|bearer) /i.test(asked.headers.authorization ?? '')
    const outcome = await deploy()
    expectBounded(outcome)
    expect(paddings).toBeGreaterThan(0)
    expect([errorsOf(outcome), outcome.exitCode]).toEqual([[], 0])
  })

  describe('an archive in the bucket', () => {
    beforeAll(() => {
      padded = () => false
    })
    /** One deflated file that states `stated` bytes and holds `real` zeros. */
    const bomb = (stated: number, real: number): Buffer => {
      const zip = zipOf([{ path: 'python/alpha.py', content: deflateRawSync(Buffer.alloc(real)) }])
      const central = zip.lastIndexOf(Buffer.from('PK\u0001\u0002'))
      for (const [at, field] of [
        [0, 8],
        [central, 10]
      ] as const)
        zip.writeUInt16LE(8, at + field)
      for (const [at, field] of [
        [0, 22],
        [central, 24]
      ] as const)
        zip.writeUInt32LE(stated, at + field)
      return zip
    }
    const archives: readonly (readonly [string, () => Buffer])[] = [
      ['a name that leads up', () => zipOf([{ path: '../../pwned', content: 'x' }])],
      ['an absolute name', () => zipOf([{ path: '/tmp/pwned', content: 'x' }])],
      ['a link to /etc', () => zipOf([{ path: 'python/etc', content: '/etc', mode: 0o120777 }])],
      ['a bomb that says so', () => bomb(200_000_000, 200_000_000)],
      ['a bomb that lies', () => bomb(10, 200_000_000)],
      ['4 GB in words', () => bomb(0xfffffffe, 10)],
      [
        '60,000 files',
        () => zipOf(Array.from({ length: 60_000 }, (_, index) => ({ path: `python/f${index}`, content: '' })))
      ],
      ['names in each other', () => zipOf([{ path: `python/${'d/'.repeat(10_000).slice(0, 900)}f`, content: 'x' }])],
      ['nothing', () => Buffer.alloc(0)],
      ['half of an archive', () => zipOf([{ path: 'python/alpha.py', content: 'x'.repeat(1_000) }]).subarray(0, 500)],
      ['zeros', () => Buffer.alloc(1024 * 1024)]
    ]
    const some = chosen(archives, 'a name that leads up', 'a bomb that says so', 'a bomb that lies', '60,000 files')
    const others = chosen(archives, 'half of an archive')
    it.each(engine === 'lambda' ? some : others)('F136 F141 of %s is refused', async (_name, body) => {
      const bucket = world.aws.world.buckets.get(`${sandboxAccount}-code-deployment`)!
      release += 1
      const content = `${release}\n`
      await world.superproject.commitFiles({ 'alpha/python/alpha.py': content }, { branch: 'test' })
      const digest = sha256Hex(JSON.stringify([['python/alpha.py', '100644', sha256Hex(content)]]))
      const key = `layer-deploy/artifacts/dev-alpha-layer/${digest}.zip`
      bucket.objects.set(key, storedObject(key, body(), {}))
      world.aws.resetCalls()
      const outcome = await world.push('test', { env: littleMemory })
      bucket.objects.delete(key)
      expectRefused(world, outcome, ['ARTIFACT_ALTERED'])
      expect(codesOf(outcome)).toHaveLength(1)
    })
  })
})
