/** One call: how often it is asked, what ends it, and which coded error becomes of what the SDK throws. */
import { Readable } from 'node:stream'
import { describe, expect, it } from '@jest/globals'
import {
  codedAwsError,
  errorName,
  httpStatus,
  UnreadableAnswer,
  watched
} from '../../../src/adapters/aws/aws-errors.js'
import { call, type CallLimits } from '../../../src/adapters/aws/calls.js'
import { CodedError } from '../../../src/model/errors.js'

const subject = { action: 'lambda:GetLayerVersion', resource: 'arn:aws:lambda:us-east-2:111122223333:layer:l:1' }
const thrown = (name: string, message: string, further: object = {}) =>
  Object.assign(new Error(message), { name }, further)
const answered = (httpStatusCode: number) => ({ $metadata: { httpStatusCode } })
const on = `${subject.action} on ${subject.resource}`

/** What became of a call whose first attempts throw these. */
async function outcome(errors: readonly unknown[], limits: Partial<CallLimits> = {}) {
  let asked = 0
  const { signal } = new AbortController()
  const work = async (): Promise<string> => {
    const error = errors[asked++]
    if (error !== undefined) throw error as Error
    return Promise.resolve('an answer')
  }
  const result = await call(subject, { signal, seconds: 60, ...limits }, work).catch((error: unknown) => error)
  return { asked, result: result instanceof CodedError ? result.code : result }
}

describe('a call', () => {
  const unreadable = new UnreadableAnswer('half a document')
  it.each<[string, unknown]>([
    ['an answer that cannot be read', unreadable],
    ['JSON that is none', new SyntaxError('Unexpected token')],
    ['a connection that is reset', thrown('Error', 'reset', { code: 'ECONNRESET' })],
    ['an answer of success that fails', thrown('Error', 'no parts', answered(200))],
    ['the last of the successes', thrown('Error', 'no parts', answered(299))]
  ])('is repeated after %s, three times in all', async (_what, error) => {
    expect(await outcome([error, error])).toEqual({ asked: 3, result: 'an answer' })
    expect(await outcome([error, error, error])).toEqual({ asked: 3, result: 'AWS_FAILED' })
    expect(await outcome([error], { attempts: 1 })).toEqual({ asked: 1, result: 'AWS_FAILED' })
  })

  it.each<[string, unknown, string]>([
    ['a refusal', thrown('ValidationError', 'no', answered(400)), 'AWS_FAILED'],
    ['a redirect', thrown('PermanentRedirect', 'there', answered(300)), 'AWS_FAILED'],
    ['an informational status', thrown('Error', 'wait', answered(199)), 'AWS_FAILED'],
    ['another reason of the system', thrown('Error', 'no', { code: 'ENOTFOUND' }), 'AWS_FAILED'],
    ['its own time limit', thrown('TimeoutError', 'too long'), 'DEADLINE_EXCEEDED'],
    ['a time limit of the system', thrown('TimeoutError', 'reset', { code: 'EPIPE' }), 'AWS_FAILED'],
    ['nothing at all', null, 'AWS_FAILED']
  ])('ends after %s', async (_what, error, code) => {
    expect(await outcome([error])).toEqual({ asked: 1, result: code })
  })

  it('of a run that is over is not asked; one under way ends with the reason of the run', async () => {
    const reason = new Error('the end')
    expect(await outcome([], { signal: AbortSignal.abort(reason) })).toEqual({ asked: 0, result: reason })
    const controller = new AbortController()
    const work = ({ abortSignal }: { readonly abortSignal: AbortSignal }) => {
      controller.abort(reason)
      expect(abortSignal.aborted).toBe(true)
      return Promise.reject(unreadable)
    }
    await expect(call(subject, { signal: controller.signal, seconds: 60 }, work)).rejects.toBe(reason)
  })

  it('is told by what was answered to its last attempt, not to one before', async () => {
    const page = { statusCode: 502, headers: { 'content-type': 'text/html' }, body: Readable.from(['<html>']) }
    const requestHandler = { handle: (_request: object, _options?: object) => Promise.resolve({ response: page }) }
    const client = watched({ middlewareStack: { add: () => undefined }, config: { requestHandler } })
    const { signal } = new AbortController()
    const failed = (answeredAttempt: number): Promise<unknown> => {
      let attempt = 0
      const work = async (options: { readonly abortSignal: AbortSignal }): Promise<never> => {
        if (++attempt === answeredAttempt) await client.config.requestHandler.handle({}, options)
        throw new SyntaxError('no document')
      }
      return call(subject, { signal, seconds: 60 }, work).catch((error: unknown) => error)
    }
    expect(await failed(3)).toMatchObject({ finding: { found: 'one that is not of AWS: status 502, "<html>"' } })
    expect(await failed(1)).toMatchObject({ finding: { found: 'SyntaxError: no document' } })
  })

  it('that took too long says for how long it was waited', async () => {
    const { signal } = new AbortController()
    const cause = thrown('TimeoutError', 'too long')
    await expect(call(subject, { signal, seconds: 60 }, () => Promise.reject(cause))).rejects.toMatchObject({
      cause,
      finding: {
        expected: `an answer to ${on} within 60 s`,
        found: 'none',
        mend: 'run again; what was done already is found and kept'
      }
    })
  })
})

describe('what the SDK throws', () => {
  const coded = (error: unknown, last: Parameters<typeof codedAwsError>[2] = null) => {
    const { code, finding, cause } = codedAwsError(subject, error, last)
    if (error instanceof Error) expect(cause).toBe(error)
    return { code, ...finding }
  }

  it('is passed on where it is coded already', () => {
    const error = new CodedError('STALE_RUN', { expected: 'a', found: 'b', mend: 'c' })
    expect(codedAwsError(subject, error)).toBe(error)
  })

  it.each(['CredentialsProviderError', 'TokenProviderError'])('%s: no credentials, in its own words', name => {
    expect(coded(thrown(name, 'sign in again'))).toMatchObject({ code: 'NO_CREDENTIALS', found: 'sign in again' })
  })

  it.each(['ExpiredToken', 'ExpiredTokenException', 'TokenRefreshRequired'])('%s: credentials that ended', name => {
    expect(coded(thrown(name, 'over', answered(400)))).toEqual({
      ...{ code: 'NO_CREDENTIALS', expected: `credentials that last until ${on}` },
      found: `credentials that expired (${name})`,
      mend: 'run again, what was done already is found and kept; raise role-duration-seconds of aws-actions/configure-aws-credentials where this returns'
    })
  })

  const clock = 'set the clock of this machine (NTP): AWS takes requests for a few minutes around its own time'
  const secret =
    'give the whole AWS_SECRET_ACCESS_KEY that belongs to AWS_ACCESS_KEY_ID, and see that no proxy changes requests'
  const active =
    'give credentials that exist and are active, or, where other regions take them, enable this region for the account'
  it.each([
    ['InvalidClientTokenId', active],
    ['InvalidAccessKeyId', active],
    ['UnrecognizedClientException', active],
    ['MissingAuthenticationToken', active],
    ['MissingAuthenticationTokenException', active],
    ['AuthFailure', active],
    ['SignatureDoesNotMatch', secret],
    ['InvalidSignatureException', secret],
    ['RequestTimeTooSkewed', clock],
    ['RequestExpired', clock]
  ])('%s: credentials that AWS refuses', (name, mend) => {
    expect(coded(thrown(name, 'no', answered(403)))).toMatchObject({
      ...{ code: 'NO_CREDENTIALS', found: `credentials that AWS refuses (${name}: no)`, mend }
    })
  })

  it.each(['AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation', 'AuthorizationError'])(
    '%s: a permission that lacks, whatever the status',
    name => {
      expect(coded(thrown(name, 'no', answered(400)))).toMatchObject({
        ...{ code: 'ACCESS_DENIED', expected: `permission for ${on}`, found: 'no' }
      })
    }
  )

  it('403 without a name is one, too, and without words is told by its name', () => {
    expect(coded(thrown('Forbidden', '', answered(403)))).toMatchObject({ code: 'ACCESS_DENIED', found: 'Forbidden' })
  })

  it('anything else failed, in its own words', () => {
    const mend = 'run again; what was done already is found and kept'
    const expected = `${on} to succeed`
    expect(coded(thrown('SomethingNew', 'who knows', answered(400)))).toEqual({
      ...{ code: 'AWS_FAILED', expected, found: 'SomethingNew: who knows', mend }
    })
    expect(coded('a text')).toEqual({ code: 'AWS_FAILED', expected, found: ': a text', mend })
  })

  const page = { status: 502, text: '<html>\n  <p>Bad gateway</p>' }
  it.each<[string, unknown]>([
    ['JSON that is none', new SyntaxError('Unexpected token')],
    ['an answer that misses what it must have', new UnreadableAnswer('no list')],
    ['XML that is none', thrown('Error', 'XML parse error: x', answered(200))],
    ['a document of another kind', thrown('Error', 'Deserialization error: x', answered(200))],
    ['a status without a name', thrown('Unknown', 'x', answered(502))],
    ['a status with the name of the SDK', thrown('UnknownError', 'x', answered(502))]
  ])('in place of an answer of AWS is told by its first words: %s', (_what, error) => {
    expect(coded(error, page)).toEqual({
      ...{ code: 'AWS_FAILED', expected: `an answer of AWS to ${on}` },
      found: 'one that is not of AWS: status 502, "<html> <p>Bad gateway</p>"',
      mend: 'see what answers in place of AWS: a proxy (HTTPS_PROXY, NO_PROXY), an endpoint (AWS_ENDPOINT_URL) or a sign-in page of the network; then run again, what was done already is found and kept'
    })
    expect(coded(error, null).found).not.toContain('not of AWS')
  })

  it('of a page no more than its beginning is told, of none that it is empty', () => {
    const error = new UnreadableAnswer('x')
    expect(coded(error, { status: 200, text: 'x'.repeat(500) }).found).toBe(
      `one that is not of AWS: status 200, "${'x'.repeat(120)}"`
    )
    expect(coded(error, { status: 200, text: ' \n' }).found).toBe('one that is not of AWS: status 200, empty')
  })

  it.each<[string, unknown, number]>([
    ['a status that AWS names', thrown('ValidationError', 'x', answered(502)), 502],
    ['a success without a name', thrown('Unknown', 'x', answered(200)), 299],
    ['an error of the machine', thrown('Error', 'no route'), 502],
    ['what is no error', 'Unknown', 502]
  ])('is of AWS or of the machine: %s', (_what, error, status) => {
    expect(coded(error, { status, text: 'words' }).found).not.toContain('not of AWS')
  })

  it('has a name and a status, or none', () => {
    expect([thrown('A', ''), { name: 1 }, {}, null, 'text'].map(errorName)).toEqual(['A', '', '', '', ''])
    expect([answered(404), { $metadata: {} }, {}, null].map(httpStatus)).toEqual([404, null, null, null])
  })
})
