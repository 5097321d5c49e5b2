import { describe, expect, it } from '@jest/globals'
import { credentialsIn } from '../../src/adapters/git/submodules/local-config.js'
import { secretsOf, urlPasswords } from '../../src/redaction/secrets.js'

describe('F149 who asks at a proxy', () => {
  it.each(['HTTPS_PROXY', 'http_proxy', 'ALL_PROXY', 'PIP_PROXY'])(
    'is taken from %s, as it stands and decoded',
    name => {
      const found = secretsOf({ [name]: 'http://some%2Eone:p%40ss%2Fw@proxy.example:3128/' })
      for (const form of [
        'some%2Eone',
        'some.one',
        'p%40ss%2Fw',
        'p@ss/w',
        'some%2Eone:p%40ss%2Fw',
        'some.one:p@ss/w'
      ]) {
        expect(found).toContain(form)
      }
    }
  )
  it('is taken from an address without a scheme, and from a password that nobody encoded', () => {
    expect(secretsOf({ HTTP_PROXY: 'deploy-bot:hunter@2@proxy.example:3128' })).toEqual(
      expect.arrayContaining(['deploy-bot', 'hunter@2'])
    )
  })
  it('a short password is taken with its user; a user that is a word of the log is not taken alone', () => {
    expect(secretsOf({ HTTP_PROXY: 'http://runner:pw@proxy.example' })).toEqual(['runner:pw'])
  })
  it.each(['http://proxy.example:3128', 'proxy.example:3128', 'http://@proxy.example', ''])(
    'nobody asks in %j',
    value => {
      expect(secretsOf({ HTTPS_PROXY: value })).toEqual([])
    }
  )
  it('NO_PROXY names hosts', () => {
    expect(secretsOf({ NO_PROXY: 'someone:password@host.example' })).toEqual([])
  })
})

describe('G9 secretsOf', () => {
  it.each([
    'INPUT_GITHUB-TOKEN',
    'INPUT_SSH-KEY',
    'AWS_ACCESS_KEY_ID',
    'AWS_SECRET_ACCESS_KEY',
    'AWS_SESSION_TOKEN',
    'GH_TOKEN',
    'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
    'TWINE_PASSWORD',
    'UV_INDEX_PRIVATE_PASSWORD',
    'PRIVATE_KEY',
    'SERVICE_API_KEY',
    'db-secret'
  ])('takes %s', name => {
    expect(secretsOf({ [name]: 'EXAMPLE-value-1' })).toEqual(['EXAMPLE-value-1'])
  })
  it.each([
    'PATH',
    'AWS_REGION',
    'AWS_WEB_IDENTITY_TOKEN_FILE',
    'ACTIONS_ID_TOKEN_REQUEST_URL',
    'SSH_AUTH_SOCK',
    'MONKEY',
    'TOKENIZER',
    'KEYBOARD'
  ])('leaves %s', name => {
    expect(secretsOf({ [name]: 'EXAMPLE-value-1' })).toEqual([])
  })
  it('does not blot out words and account ids', () => {
    expect(secretsOf({ A_TOKEN: 'short1', B_SECRET: 'ordinary', C_PASSWORD: '111122223333', D_KEY: '' })).toEqual([])
    expect(secretsOf({ AWS_SECRET_ACCESS_KEY: 'ordinary' })).toEqual(['ordinary'])
  })
  it('takes the passwords of URLs, as they stand and decoded', () => {
    const url = 'https://reader:EXAMPLE%2Fpass@pypi.example/simple https://EXAMPLE-token@other.example'
    expect(secretsOf({ PIP_INDEX_URL: url })).toEqual(['EXAMPLE%2Fpass', 'EXAMPLE/pass', 'EXAMPLE-token'])
    expect(urlPasswords('ssh://git@host/x https://host/a@b https://octocat@host')).toEqual([])
    expect(urlPasswords('https://x:100%EXAMPLE@host')).toEqual(['100%EXAMPLE'])
  })
})

describe('G9 which names and values', () => {
  const value = 'EXAMPLE-value-1'
  it.each([
    ...['token', 'A_TOKEN_B', 'my-token', 'secret', 'passwd', 'passphrase', 'credential', 'CREDENTIALS'],
    ...['API_KEY', 'apikey', 'access-key', 'accesskey', 'SSH_KEY', 'secretkey', 'private_key']
  ])('%s says that it is secret', name => {
    expect(secretsOf({ [name]: value, [`INPUT_${name}`]: value })).toEqual([value])
  })

  it.each([
    ...['KEY', 'MYTOKEN', 'TOKENS', 'KEY_TOKENX', 'AWS_REGION', 'INPUT'],
    ...['TOKEN_FILE', 'token-path', 'SECRET_URL', 'secret_uri', 'SECRET_ARN', 'SECRET_ID', 'SECRET_NAME'],
    ...['TOKEN_DIR', 'TOKEN_DIRECTORY', 'TOKEN_EXPIRATION', 'SSH_KEY_SOCK', 'FILE_TOKEN_ID']
  ])('%s does not', name => {
    expect(secretsOf({ [name]: value })).toEqual([])
  })

  it.each([
    ['EXAMPL1', []],
    ['EXAMPLE1', ['EXAMPLE1']],
    ['  EXAMPL1  ', []],
    ['lowercase', []],
    ['UPPERCASE', []],
    ['123456789', []],
    [' lowercase ', []],
    ['mixedCase', ['mixedCase']],
    ['lower-case', ['lower-case']]
  ])('%j is worth hiding as %j', (given, expected) => {
    expect(secretsOf({ A_TOKEN: given })).toEqual(expected)
  })

  it('what is ours is hidden whatever it looks like; nothing twice, nothing that is not there', () => {
    expect(secretsOf({ 'INPUT_GITHUB-TOKEN': 'abc', AWS_SESSION_TOKEN: 'abc', 'INPUT_SSH-KEY': '' })).toEqual(['abc'])
    expect(secretsOf({ A_TOKEN: undefined, B_TOKEN: value, C_TOKEN: value })).toEqual([value])
  })

  it.each([
    ['https://user:EXAMPLE-pass@host/x', ['EXAMPLE-pass']],
    ['https://user:short1@host', []],
    ['https://EXAMPLE-token@host', ['EXAMPLE-token']],
    ['https://short-1@host', []],
    ['https://octocat@host https://OCTOCATS@host https://12345678@host', []],
    ['https://x:x-access-token@host https://x-access-token@host', []],
    ['https://EXAMPLE%2Dtoken@host', ['EXAMPLE%2Dtoken', 'EXAMPLE-token']],
    ['https://u:EXAMPLE@pass@host', ['EXAMPLE@pass']],
    ['https://u:100%EXAMPLE@host', ['100%EXAMPLE']],
    ['https://:EXAMPLE-pass@host', ['EXAMPLE-pass']],
    ['user:EXAMPLE-pass@host', []]
  ])('of %j', (text, expected) => {
    expect(urlPasswords(text)).toEqual(expected)
    expect(secretsOf({ PIP_INDEX_URL: text })).toEqual(expected)
  })

  it.each<[string, readonly string[]]>([
    ['http://some-user:EXAMPLE-pass@proxy', ['some-user', 'EXAMPLE-pass', 'some-user:EXAMPLE-pass']],
    ['http://runner:abcdef@proxy', ['abcdef', 'runner:abcdef']],
    ['http://runnerss:abcdef@proxy', ['runnerss', 'abcdef', 'runnerss:abcdef']],
    ['http://12345:abcde@proxy', ['12345:abcde']],
    ['http://a-b:c@proxy', []],
    ['http://some-user@proxy', ['some-user']],
    ['http://runner@proxy', []],
    ['http://a-b-cd@proxy', ['a-b-cd']],
    ['http://:abcdefg-1@proxy', ['abcdefg-1', ':abcdefg-1']],
    ['http://:@proxy', []],
    ['  socks5://some-user:abcdef@proxy', ['some-user', 'abcdef', 'some-user:abcdef']],
    ['some-user:a:b:cdef@proxy', ['some-user', 'a:b:cdef', 'some-user:a:b:cdef']],
    ['http://proxy/path@x', []]
  ])('who asks at the proxy %j', (address, expected) => {
    for (const name of [
      'https_proxy',
      'NPM_CONFIG_PROXY',
      'npm_config_https_proxy',
      'UV_ALL_PROXY',
      'GIT_CONFIG_HTTP_PROXY'
    ])
      expect(secretsOf({ [name]: address })).toEqual(expected)
    expect(secretsOf({ MY_PROXY: address })).toEqual(urlPasswords(address))
  })
})

it('G9 takes the credentials of git configurations', () => {
  const basic = Buffer.from('x-access-token:ghs_EXAMPLE').toString('base64')
  expect(credentialsIn(`AUTHORIZATION: basic ${basic}`)).toEqual([basic, 'ghs_EXAMPLE'])
  expect(credentialsIn('Authorization: Bearer EXAMPLE')).toEqual(['EXAMPLE'])
  expect(credentialsIn('https://a:EXAMPLE-pass@host/x.git')).toEqual(['EXAMPLE-pass'])
  expect(credentialsIn('true')).toEqual([])
})
