import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { carriedBytes, secretScan } from '../../../../src/build-layers/inspect/secrets/secret-scan.js'

/** Put together here, so that no scanner takes this file for a leak. */
const accessKey = ['AKIA', 'QWERTY234567ASDF'].join('')
const token = ['ghp', '_', 'a1B2c3D4e5'.repeat(4).slice(0, 36)].join('')
const made = (...parts: string[]): string => parts.join('')
const secretKey = made('a1B2c3D4e5', 'F6g7H8i9J0', 'k1L2m3N4o5', 'P6q7R8s9T/')
const keyHeader = (kind: string): string => `-----BEGIN ${kind}PRIVATE KEY-----`
const keyBody = 'MIIEpAIBAAKCAQEAx0v8N1rqk3EXAMPLEEXAMPLEEXAMPLEEXAMPLEEXAMPLE123'
/** Only the public half of it. */
const publishedBody = 'MIIEowIBAAKCAQEAwYSiPeJLSi6k8J4/msjqtUwCbfzerOiCQ2b5a2I5AtBO8M2n'

const scan = secretScan()

/** As the packer does: pieces of a file one after the other, each with the end of the one before it. */
function found(content: string | Buffer, path = 'python/a.py', cuts: readonly number[] = []): string | undefined {
  const bytes = Buffer.from(content as string)
  const ends = [...cuts, bytes.byteLength].map((_, index, all) =>
    Math.min(
      bytes.byteLength,
      index === cuts.length ? bytes.byteLength : all.slice(0, index + 1).reduce((a, b) => a + b)
    )
  )
  return ends
    .map((end, index) => {
      const begin = index === 0 ? 0 : ends[index - 1]!
      const text = bytes.subarray(Math.max(0, begin - carriedBytes), end)
      const last = index === ends.length - 1
      return scan(text, [{ path, start: 0, end: text.byteLength, first: index === 0, last }])[0]?.[1]
    })
    .find(what => what !== undefined)
}

describe('secretScan', () => {
  it('F38 tells files apart that were read into one buffer', () => {
    const texts = [
      'a = 1\n',
      `key = "${accessKey}"`,
      `tail of ${accessKey.slice(0, 10)}`,
      `${accessKey.slice(10)} head`
    ]
    const stretches = texts.map((text, index) => {
      const start = texts.slice(0, index).join('').length
      return { path: `f${index}`, start, end: start + text.length, first: true, last: true }
    })
    expect(scan(Buffer.from(texts.join('')), stretches)).toEqual([['f1', 'AWS access key id']])
  })

  it.each([
    ['an access key', `key = "${accessKey}"`, 'AWS access key id'],
    ['a temporary access key', `ASIA${accessKey.slice(4)}`, 'AWS access key id'],
    ['a key after one of the documents', `AKIAIOSFODNN7EXAMPLE ${accessKey}`, 'AWS access key id'],
    ['an RSA key', `${keyHeader('RSA ')}\n${keyBody}\n`, 'private key'],
    [
      'an encrypted RSA key',
      `${keyHeader('RSA ')}\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES,00\n\n${keyBody}`,
      'private key'
    ],
    ['a PKCS 8 key with CRLF', `${keyHeader('')}\r\n${keyBody}`, 'private key'],
    ['an OpenSSH key', `${keyHeader('OPENSSH ')}\n${keyBody}`, 'private key'],
    ['a key in a JSON string', `{"private_key": "${keyHeader('')}\\n${keyBody}\\n"}`, 'private key'],
    [
      'a key in string literals',
      `KEY = (\n    b"${keyHeader('EC ')}\\n"\n    "${keyBody.slice(0, 40)}\\n"\n    "${keyBody.slice(40)}${keyBody}"`,
      'private key'
    ],
    ['the shortest key there is', `${keyHeader('')}\n${keyBody.slice(0, 64)}\n-----END`, 'private key'],
    ['a key after a published one', `${keyHeader('')}\n${publishedBody}\n-${keyHeader('')}\n${keyBody}`, 'private key'],
    ['a GitHub token', `TOKEN=${token}\n`, 'GitHub token'],
    ['a secret key by its name', `aws_secret_access_key = ${secretKey}`, 'AWS secret access key'],
    ['a secret key in JSON', `{"SecretAccessKey": "${secretKey}"}`, 'AWS secret access key'],
    ['a GitLab token', `x = '${made('glpat', '-', 'a1B2c3D4e5'.repeat(2))}'`, 'GitLab token'],
    ['a Slack token', made('xoxb', '-1234567890-', 'a1B2c3D4e5'.repeat(3)), 'Slack token'],
    ['a Stripe key', made('sk_', 'live_', 'a1B2c3D4e5'.repeat(3)), 'Stripe live key'],
    ['a PyPI token', made('pypi-', 'AgEIcHlwaS5vcmc', 'CJDhmZGY'.repeat(8)), 'PyPI token'],
    ['an npm token', made('npm', '_', 'a1B2c3D4e5'.repeat(4).slice(0, 36)), 'npm token'],
    ['an Azure storage key', made('Account', 'Key=', 'a1B2c3D4e5'.repeat(9).slice(0, 86), '=='), 'Azure storage key']
  ])('F38 finds %s', (_, content, what) => {
    expect(found(content)).toBe(what)
    expect(found(Buffer.concat([Buffer.alloc(500_000), Buffer.from(` ${content} `)]))).toBe(what)
  })

  it.each([
    ['the key of the documents', 'AKIAIOSFODNN7EXAMPLE'],
    ['a longer word', `X${accessKey}`],
    ['base64 that happens to hold it', `abc/${accessKey}`],
    ['a key with lower case', accessKey.toLowerCase()],
    ['too short a key', accessKey.slice(0, 19)],
    ['too long a key', `${accessKey}A`],
    ['the header alone, as libraries that read keys have it', `START = b"${keyHeader('OPENSSH ')}"\nEND = b"x"`],
    [
      'a header in a message',
      `raise ValueError("expected ${keyHeader('RSA ')} at the start of the file that was given")`
    ],
    // As Twilio's, Stripe's and the AWS CLI's documents have them.
    ['a key cut short by dots', `"${keyHeader('RSA ')}\\n${keyBody.slice(0, 59)}...fvY4+te\\n-----END"`],
    ['a key cut short after a line', `e.g. \`${keyHeader('RSA ')}${keyBody.slice(0, 64)}\\\\n.-----END RSA`],
    ['a key cut short in a sentence', `e.g. \`${keyHeader('RSA ')} ${keyBody.slice(0, 64)}. -----END RSA`],
    ['a key of documents', `"${keyHeader('RSA ')}\\nEXAMPLE${keyBody}${keyBody}`],
    [
      'a key that is published with a package',
      `"${keyHeader('RSA ')}\\n${publishedBody.slice(0, 32)}\n   ${publishedBody.slice(32)}`
    ],
    ['half a key', `${keyHeader('')}\n${keyBody.slice(0, 63)}\n-----END`],
    ['a public key', `-----BEGIN PUBLIC KEY-----\n${keyBody}`],
    ['a certificate, as in certifi/cacert.pem', `-----BEGIN CERTIFICATE-----\n${keyBody}\n-----END CERTIFICATE-----`],
    ['the secret key of the documents', 'aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'],
    ['the name of a secret key in code', 'aws_secret_access_key=self._load_secret_access_key_from_environment()'],
    ['40 bytes of base64 without a name', secretKey],
    [
      'a placeholder of a token',
      'glpat-xxxxxxxxxxxxxxxxxxxx npm_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx sk_live_xxxxxxxxxxxxxxxxxxxxxxxx'
    ],
    ["a variable of npm's", 'npm_config_user_agent_of_the_package_manager_that_runs'],
    ['the prefix of a token in a pattern', 're.compile(r"ghp_[A-Za-z0-9]{36}")']
  ])('F38 raises no alarm at %s', (_, content) => {
    expect(found(content)).toBeUndefined()
  })

  it.each([
    ['python/.npmrc', '//registry.example/:_authToken=abcdef', 'registry password'],
    ['python/.npmrc', '//registry.example/:_authToken=${TOKEN}', undefined],
    ['python/.npmrc', 'save-exact=true', undefined],
    ['python/.pypirc', '[pypi]\nusername = x\npassword = y', 'registry password'],
    ['python/.pypirc', '[distutils]\nindex-servers = pypi', undefined],
    ['python/.netrc', 'machine example login x password y', 'password'],
    ['python/netrc.py', 'machine example login x password y', undefined],
    ['.docker/config.json', '{"auths": {"x": {"auth": "eA=="}}}', 'registry password']
  ])('F38 looks into %s', (path, content, what) => {
    expect(found(content, path)).toBe(what)
  })

  it('property: finds the same however the content is cut', () => {
    const texts = fc.constantFrom(
      accessKey,
      `${keyHeader('')}\n${keyBody}`,
      token,
      'AKIAIOSFODNN7EXAMPLE',
      `${accessKey}A`
    )
    const cases = fc.tuple(
      texts,
      fc.nat(1200),
      fc.nat(1200),
      fc.array(fc.integer({ min: carriedBytes, max: 1100 }), { maxLength: 4 })
    )
    fc.assert(
      fc.property(cases, ([text, before, after, pieces]) => {
        const content = `${'-'.repeat(before)} ${text} ${'-'.repeat(after)}`
        expect(found(content, 'a', pieces)).toBe(found(content))
      }),
      { numRuns: 2000 }
    )
  })

  it('takes no longer than linear time where anchors abound', () => {
    const content = Buffer.from('AKIA'.repeat(250_000) + keyHeader('').repeat(4000))
    // Quadratic time would be hours, which the test's own bound ends.
    expect(found(content)).toBeUndefined()
  }, 120_000)
})
