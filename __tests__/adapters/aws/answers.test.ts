/** What answers in place of AWS: a page of a proxy, half a document, nothing. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { writeFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createAws } from '../../../src/adapters/aws/index.js'
import { CodedError } from '../../../src/model/errors.js'
import { useCredentials } from '../../trials/account.js'

const page =
  '<!DOCTYPE html>\n<html><head><title>Sign in to the network</title></head><body>Please <br>sign in</body></html>'
const bodies = {
  'an HTML page': { type: 'text/html', body: page },
  'broken XML': { type: 'text/xml', body: '<?xml version="1.0"?><DescribeStacksResponse><Descri' },
  'XML of something else': { type: 'application/xml', body: '<?xml version="1.0"?><portal><login/></portal>' },
  text: { type: 'text/plain', body: 'upstream connect error or disconnect' },
  nothing: { type: 'text/html', body: '' }
} as const
type Body = keyof typeof bodies

let server: Server
let answer: { readonly status: number; readonly body: Body } = { status: 200, body: 'nothing' }
let requests = 0
let folder = ''
let restore: () => void = () => undefined
beforeAll(async () => {
  restore = useCredentials()
  folder = await mkdtemp(join(tmpdir(), 'answers-'))
  await writeFile(join(folder, 'layer.zip'), 'zip')
  server = createServer((request, response) => {
    requests += 1
    request.resume()
    request.on('end', () => {
      const { type, body } = bodies[answer.body]
      response.writeHead(answer.status, { 'content-type': type })
      response.end(request.method === 'HEAD' ? undefined : body)
    })
  })
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening))
})
afterAll(async () => {
  restore()
  server.closeAllConnections()
  await new Promise(closed => server.close(closed))
  await rm(folder, { recursive: true })
})

function region() {
  const aws = createAws({
    environment: process.env,
    signal: new AbortController().signal,
    homeRegion: 'us-east-2',
    accountId: '111122223333',
    timing: { connectSeconds: 2, attemptSeconds: 3, callSeconds: 20, publishSeconds: 5 },
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  return { aws, ...aws.region('us-east-2') }
}
const place = { bucket: 'bucket', owner: '111122223333', key: 'key' }
const object = () => ({ file: join(folder, 'layer.zip'), sha256: '0'.repeat(64), sizeBytes: 3, metadata: {} })
const calls = {
  'cloudformation:DescribeStacks': () => region().stacks.describe('x'),
  'lambda:ListLayerVersions': () => region().layers.list('x'),
  's3:PutObject': () => region().objects.putIfAbsent(place, object()),
  's3:GetObject': () => region().objects.head(place),
  'sts:GetCallerIdentity': () => region().aws.callerIdentity()
} as const

async function failureOf(work: Promise<unknown>): Promise<CodedError> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown
  )
  expect(error).toBeInstanceOf(CodedError)
  return error as CodedError
}

describe.each([200, 403])('status %i', status => {
  describe.each(Object.keys(bodies) as Body[])('with %s', body => {
    it.each(Object.keys(calls) as (keyof typeof calls)[])('F132 %s tells status and first words', async action => {
      answer = { status, body }
      const error = await failureOf(calls[action]())
      expect(error).toMatchObject({ code: 'AWS_FAILED' })
      const { found, mend } = error.finding
      expect(found).toContain(`not of AWS: status ${status}`)
      // An answer to HEAD has no body.
      const words = bodies[body].body.slice(0, 15).replace(/\s+/g, ' ')
      const headOnly = action === 's3:GetObject' && status === 200
      if (!headOnly) expect(found).toContain(words === '' ? 'empty' : JSON.stringify(words).slice(1, -1))
      expect(mend).toContain('proxy')
      expect(error.message).not.toContain('permission for')
    })
  })
})

it('F132 a bad gateway is asked again, and told in the end', async () => {
  answer = { status: 502, body: 'an HTML page' }
  requests = 0
  const { finding } = await failureOf(calls['cloudformation:DescribeStacks']())
  expect(finding.found).toMatch(/status 502, "<!DOCTYPE html> <html>/)
  expect(requests).toBeGreaterThan(1)
})
