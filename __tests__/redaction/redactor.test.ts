import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { CodedError } from '../../src/model/errors.js'
import { createRedactor, redactResult, withoutUserInfo } from '../../src/redaction/redactor.js'
import { codedError, layerResult, runResult } from '../support/results.js'

const secret = 'ghs_EXAMPLE+token/with "quotes"&more'

describe('redaction (F35, G9)', () => {
  const redact = (text: string) => createRedactor([secret])(text)
  it.each([
    ['raw', secret],
    ['base64', Buffer.from(secret).toString('base64')],
    ['base64url', Buffer.from(secret).toString('base64url')],
    ['basic authorization', Buffer.from(`x-access-token:${secret}`).toString('base64')],
    ['shifted by one', Buffer.from(`a${secret}bc`).toString('base64')],
    ['shifted by two', Buffer.from(`ab${secret}c`).toString('base64')],
    ['URL-encoded', encodeURIComponent(secret)],
    ['form-encoded', encodeURIComponent(secret).replace(/%20/g, '+')],
    ['JSON', JSON.stringify({ secret })]
  ])('removes it %s', (_form, text) => {
    const cleaned = redact(`before ${text} after`)
    expect(cleaned).toContain('***')
    expect(cleaned).not.toContain(text.slice(8, -8))
  })

  it('removes every line of a key', () => {
    const key = '-----BEGIN EXAMPLE KEY-----\nZXhhbXBsZS1rZXktbGluZQ\n-----END EXAMPLE KEY-----\n'
    expect(createRedactor([key])('got ZXhhbXBsZS1rZXktbGluZQ')).toBe('got ***')
  })

  it('F35 removes the user part of any URL', () => {
    expect(withoutUserInfo('clone https://user:p@ss@host.example/x.git and ssh://git@host/y')).toBe(
      'clone https://***@host.example/x.git and ssh://***@host/y'
    )
    expect(withoutUserInfo('https://host.example/a@b')).toBe('https://host.example/a@b')
  })

  it('leaves no alignment of any secret in base64', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 12, maxLength: 40 }), fc.string({ maxLength: 5 }), (value, before) => {
        fc.pre(value.trim() === value && value.length >= 12)
        const whole = Buffer.from(`${before}${value}`).toString('base64')
        expect(createRedactor([value])(whole)).toContain('***')
      }),
      { numRuns: 500 }
    )
  })

  it('is quick on 100,000 characters without a secret', () => {
    const started = performance.now()
    withoutUserInfo('a'.repeat(100_000))
    withoutUserInfo('a://'.repeat(25_000))
    withoutUserInfo(`a://${'b'.repeat(100_000)}`)
    expect(performance.now() - started).toBeLessThan(1000)
  })

  it('does not touch text when there are only trivial secrets', () => {
    expect(createRedactor(['', 'abc'])('abc and nothing')).toBe('abc and nothing')
  })

  it('reaches every text of a result, errors included', () => {
    const error = codedError('GIT_FAILED', { found: `fatal: ${secret}` })
    const result = redactResult(
      runResult({
        headline: secret,
        layers: [layerResult({ layerName: secret, error })],
        errors: [error],
        warnings: [secret],
        plan: { [secret]: [secret] }
      }),
      redact
    )
    expect(JSON.stringify(result)).not.toContain('ghs_EXAMPLE')
    expect(result.errors[0]).toBeInstanceOf(CodedError)
    expect(result.errors[0]?.message).toContain('fatal: ***')
    expect(result.layers[0]?.version).toBe(2)
  })

  it('reaches the texts of a map, and keeps it one', () => {
    const { history } = redactResult(
      runResult({ history: new Map([['da_flask', { repository: null, subjects: [`fix: ${secret}`], total: 1 }]]) }),
      redact
    )
    expect(history).toEqual(new Map([['da_flask', { repository: null, subjects: ['fix: ***'], total: 1 }]]))
  })

  it('refuses a value of a class that it does not know, since a copy would lose what it holds', () => {
    expect(() => redactResult(runResult({ plan: { at: new Date(0) } }), redact)).toThrow('Not redactable: Date')
  })
})
