import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { secretScan } from '../../../src/build-layers/inspect/secret-scan.js'

/** Put together here, so that no scanner takes this file for a leak. */
const accessKey = ['AKIA', 'QWERTY234567ASDF'].join('')
const token = ['ghp', '_', 'a1B2c3D4e5'.repeat(4).slice(0, 36)].join('')
const keyHeader = (kind: string): string => `-----BEGIN ${kind}PRIVATE KEY-----`
const keyBody = 'MIIEpAIBAAKCAQEAx0v8N1rqk3EXAMPLEEXAMPLEEXAMPLEEXAMPLEEXAMPLE1'

function found(content: string | Buffer, path = 'python/a.py', pieces: readonly number[] = []): string | undefined {
  const bytes = Buffer.from(content as string)
  const { scan, findings } = secretScan()
  const file = scan(path, bytes.byteLength)
  let at = 0
  for (const size of pieces) file.push(bytes.subarray(at, (at += size)))
  file.push(bytes.subarray(at))
  return findings.get(path)
}

describe('secretScan', () => {
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
    ['a GitHub token', `TOKEN=${token}\n`, 'GitHub token']
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
    ['a public key', `-----BEGIN PUBLIC KEY-----\n${keyBody}`],
    ['a certificate, as in certifi/cacert.pem', `-----BEGIN CERTIFICATE-----\n${keyBody}\n-----END CERTIFICATE-----`],
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
      fc.array(fc.integer({ min: 1, max: 700 }), { maxLength: 4 })
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
    const started = Date.now()
    expect(found(content)).toBeUndefined()
    expect(Date.now() - started).toBeLessThan(15_000)
  })
})
