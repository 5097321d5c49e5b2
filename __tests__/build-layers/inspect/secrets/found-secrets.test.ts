import { describe, expect, it } from '@jest/globals'
import { judgeSecrets } from '../../../../src/build-layers/inspect/secrets/found-secrets.js'

const judge = (
  secrets: Readonly<Record<string, string>>,
  { installed = [], allow = [] }: { readonly installed?: readonly string[]; readonly allow?: readonly string[] } = {}
) => {
  const found = new Map(Object.entries(secrets))
  return judgeSecrets(
    [...found.keys()].map(path => ({ path })),
    found,
    path => installed.includes(path),
    allow
  )
}
const refusedIn = (...given: Parameters<typeof judge>): readonly string[] =>
  judge(...given).refused.map(({ path }) => path)

describe('judgeSecrets', () => {
  /** Every path of the 161 most used packages that were scanned (pip, November 2026) that holds a private key. */
  it.each([
    'python/Crypto/SelfTest/PublicKey/test_import_RSA.py',
    'python/Cryptodome/SelfTest/Signature/test_pss.py',
    'python/ecdsa/test_keys.py',
    'python/tornado/test/test.key',
    'python/twisted/conch/test/keydata.py',
    'python/twisted/test/server.pem'
  ])('F38 a key in the test code of an installed package is published: %s', path => {
    expect(refusedIn({ [path]: 'private key' }, { installed: [path] })).toEqual([])
    expect(refusedIn({ [path]: 'private key' })).toEqual([path])
    expect(refusedIn({ [path]: 'AWS access key id' }, { installed: [path] })).toEqual([path])
  })

  it.each(['python/da_flask/server.key', 'python/contest/x.key', 'python/latest_x.py', 'python/testing.key'])(
    'F38 a key elsewhere is refused, whoever installed it: %s',
    path => {
      expect(refusedIn({ [path]: 'private key' }, { installed: [path] })).toEqual([path])
    }
  )

  it('F38 a name that is refused is so in test code too', () => {
    const path = 'python/x/tests/id_rsa'
    expect(refusedIn({ [path]: 'private key' }, { installed: [path] })).toEqual([path])
  })

  it('an entry lets its path pass, or what its glob matches, and nothing else', () => {
    const secrets = { 'python/a.pem': 'private key', 'python/b.pem': 'private key', 'python/x/a.pem': 'private key' }
    expect(refusedIn(secrets, { allow: ['python/a.pem'] })).toEqual(['python/b.pem', 'python/x/a.pem'])
    expect(refusedIn(secrets, { allow: ['python/*.pem'] })).toEqual(['python/x/a.pem'])
    expect(refusedIn(secrets, { allow: ['**/a.pem'] })).toEqual(['python/b.pem'])
    expect(refusedIn(secrets, { allow: ['a.pem', 'python/A.pem', 'python'] })).toHaveLength(3)
  })

  it('a path with the marks of a glob is named as it is; hidden folders match too', () => {
    expect(refusedIn({ 'python/[x]/a.pem': 'private key' }, { allow: ['python/[x]/a.pem'] })).toEqual([])
    expect(refusedIn({ 'python/.x/.env': '' }, { allow: ['python/*/.env'] })).toEqual([])
  })

  it('names the entries that nobody needs', () => {
    const judged = judge({ 'python/a.pem': 'private key' }, { allow: ['python/a.pem', '**/*.pem', 'python/gone.pem'] })
    expect(judged).toEqual({
      refused: [],
      allowed: [{ path: 'python/a.pem', what: 'private key' }],
      unused: ['python/gone.pem']
    })
  })
})
