import { describe, expect, it } from '@jest/globals'
import { CodedError } from '../../src/model/errors.js'
import { createMasks, createRedactor, redactResult, withoutUserInfo } from '../../src/redaction/redactor.js'
import { runResult } from '../support/results.js'

const secret = `a+b/c "d"é~'%`
const json = JSON.stringify(secret).slice(1, -1)
const url = encodeURIComponent(secret)
const strict = url.replace('~', '%7E').replace("'", '%27')
const lower = (text: string) => text.replace(/%[0-9A-F]{2}/g, digits => digits.toLowerCase())
const bytes = Buffer.from(secret)

describe('every form in which a secret travels is removed whole', () => {
  const redact = (text: string) => createRedactor([secret])(text)
  it.each([
    ['as it is', secret],
    ['JSON', json],
    ['JSON that escapes slashes', json.replaceAll('/', '\\/')],
    ['JSON of ASCII', json.replace('é', '\\u00e9')],
    ['JSON of ASCII that escapes slashes', json.replace('é', '\\u00e9').replaceAll('/', '\\/')],
    ['JSON in JSON', JSON.stringify(json).slice(1, -1)],
    ['JSON of ASCII in JSON', JSON.stringify(json.replace('é', '\\u00e9')).slice(1, -1)],
    ['URL', url],
    ['URL of a strict writer', strict],
    ['URL with slashes', url.replaceAll('%2F', '/')],
    ['URL of a strict writer with slashes', strict.replaceAll('%2F', '/')],
    ['form', url.replaceAll('%20', '+')],
    ['strict form', strict.replaceAll('%20', '+')],
    ['URL in small letters', lower(url)],
    ['strict form with slashes in small letters', lower(strict.replaceAll('%20', '+').replaceAll('%2F', '/'))],
    ['hexadecimal', bytes.toString('hex')],
    ['hexadecimal in capitals', bytes.toString('hex').toUpperCase()],
    ['base64', bytes.toString('base64')],
    ['base64 for URLs', bytes.toString('base64').replace(/\+/g, '-').replace(/\//g, '_')]
  ])('%s', (_form, text) => {
    expect(redact(`(${text})`)).toBe('(***)')
  })

  // Six bits a sign: those at the edges that hold a bit of other text stay.
  it.each([
    ['', 'ab', 0, 6],
    ['x', 'yz', 2, 4],
    ['xy', 'z', 3, 3],
    ['xyz', '', 4, 0]
  ])('in base64 between %j and %j, but for %i signs before and %i behind', (before, after, head, tail) => {
    const text = Buffer.from(`${before}${secret}${after}`).toString('base64')
    expect(redact(text)).toBe(`${text.slice(0, head)}***${text.slice(text.length - tail)}`)
  })

  it('bytes that base64 writes with + and / too, as URLs have them', () => {
    const value = '~~~???ooo>>>'
    const text = Buffer.from(value).toString('base64')
    expect(text).toMatch(/[+/]/)
    expect(createRedactor([value])(`${text} ${text.replace(/\+/g, '-').replace(/\//g, '_')}`)).toBe('*** ***')
  })
})

describe('which values are removed', () => {
  it.each<[readonly string[], string, string]>([
    [[], 'abcdef null', 'abcdef null'],
    [['abcde'], 'abcde', 'abcde'],
    [['abcdef'], 'xabcdefx abcdef', 'x***x ***'],
    [['  abcdef\t'], 'abcdef', '***'],
    [['abcdef', 'abcdefgh'], 'abcdefgh', '***'],
    [['abcdef', 'ghijkl'], 'abcdef ghijkl', '*** ***'],
    [['a.b*c+d?'], 'a.b*c+d? axbbccdd', '*** axbbccdd'],
    [['$(a)[b]{c}^|\\'], 'x $(a)[b]{c}^|\\ x', 'x *** x'],
    [['first-line\nsecond-line\r\nx'], 'second-line first-line x', '*** *** x'],
    [['\ud800abcdef'], '\ud800abcdef', '***'],
    [['$&$1abc'], '$&$1abc', '***'],
    [['abc\tdef'], '61626309646566', '***']
  ])('of %j in %j', (secrets, text, expected) => {
    expect(createRedactor(secrets)(text)).toBe(expected)
  })

  it.each([
    ['https://user:pass@host/x', 'https://***@host/x'],
    ['HTTPS://u@host', 'HTTPS://***@host'],
    ['git+ssh://u:p@ss@host', 'git+ssh://***@host'],
    ['a://u@h b://v@h', 'a://***@h b://***@h'],
    ['https://host/a@b', 'https://host/a@b'],
    ['https://host?a@b', 'https://host?a@b'],
    ['https://@host', 'https://@host'],
    ['1a://u@host', '1a://u@host'],
    ['mail me@host', 'mail me@host'],
    ['https://a b@host', 'https://a b@host']
  ])('of the user in %j', (text, expected) => {
    expect(withoutUserInfo(text)).toBe(expected)
    expect(createRedactor([])(text)).toBe(expected)
  })
})

describe('a result', () => {
  const redact = (text: string) => text.replaceAll('secret', '***')

  it('keeps what is no text, and its shape', () => {
    const plain = Object.assign(Object.create(null) as Record<string, unknown>, { secret: 'secret' })
    const plan = { numbers: [1, true, null, undefined], plain, map: new Map([['secret', { a: 'secret' }]]) }
    expect(redactResult(runResult({ plan }), redact).plan).toEqual({
      ...{ numbers: [1, true, null, undefined], plain: { '***': '***' } },
      map: new Map([['***', { a: '***' }]])
    })
  })

  it('an error keeps its code and its place', () => {
    const location = { file: 'a.yml', line: 1, column: 2 }
    const error = new CodedError(
      'GIT_FAILED',
      { expected: 'secret 1', found: 'secret 2', mend: 'secret 3' },
      { location }
    )
    const [redacted] = redactResult(runResult({ errors: [error] }), redact).errors
    expect(redacted).toMatchObject({ code: 'GIT_FAILED', location })
    expect(redacted?.finding).toEqual({ expected: '*** 1', found: '*** 2', mend: '*** 3' })
  })
})

describe('masks', () => {
  it('take each value once, and what comes later too', () => {
    const masks = createMasks()
    expect(masks.redact('first-secret second-secret')).toBe('first-secret second-secret')
    expect([masks.add('first-secret'), masks.add('first-secret'), masks.add('')]).toEqual([true, false, false])
    expect(masks.redact('first-secret second-secret')).toBe('*** second-secret')
    expect(masks.add('second-secret')).toBe(true)
    expect(masks.redact('first-secret second-secret')).toBe('*** ***')
  })
})
