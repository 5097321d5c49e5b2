/** The profiles of the shared files, and where credentials are configured: files and variables, nothing of a network. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from '@jest/globals'
import { assertProfile, credentialSources, noCredentials, profileNames } from '../../../src/adapters/aws/credentials.js'

const home = mkdtempSync(join(tmpdir(), 'profiles-'))
mkdirSync(join(home, '.aws'))
const [config, credentials] = [join(home, '.aws', 'config'), join(home, '.aws', 'credentials')]
afterAll(() => {
  rmSync(home, { recursive: true })
})
const machine = { HOME: home, AWS_EC2_METADATA_DISABLED: 'true' }
function files(ofConfig: string, ofCredentials: string): void {
  writeFileSync(config, ofConfig)
  writeFileSync(credentials, ofCredentials)
}

describe('the names of profiles', () => {
  it.each([
    ['no profile', '', '', []],
    ['one in each file', '[profile a]\nregion = x\n', '[b]\n', ['a', 'b']],
    ['the same in both, once', '[profile a]\n[default]\n', '[a]\n[default]\n', ['a', 'default']],
    ['sorted', '[profile c]\n[profile b]\n', '[a]\n', ['a', 'b', 'c']],
    ['what is no profile of the configuration', '[sso-session s]\n[services t]\n[other]\n', '', []],
    [
      'quoted, with spaces, with the line ends of Windows',
      '  [ profile "a b" ]\r\n[profile \'c\']\r\n',
      '[ d ]\r\n',
      ['a b', 'c', 'd']
    ],
    ['no heading', '# [profile a]\nx = [profile b]\n', '', []],
    ['a quote that is not closed', '[profile "a]\n', '', ['"a']]
  ])('%s', (_what, ofConfig, ofCredentials, names) => {
    files(ofConfig, ofCredentials)
    expect(profileNames(machine)).toEqual(names)
  })

  it('are read from where the variables say', () => {
    files('[profile a]\n', '[b]\n')
    const elsewhere = { AWS_CONFIG_FILE: credentials, AWS_SHARED_CREDENTIALS_FILE: join(home, 'none') }
    expect(profileNames({ ...machine, ...elsewhere })).toEqual([])
    expect(profileNames({ ...machine, AWS_SHARED_CREDENTIALS_FILE: config })).toEqual(['a', 'profile a'])
  })
})

describe('a profile that is named', () => {
  it('is there', () => {
    files('[profile a]\n', '')
    expect(() => assertProfile('a', machine)).not.toThrow()
  })

  it.each([
    [
      'far from any',
      'other',
      '[profile sandbox]\n[profile a]\n',
      'the profiles a, sandbox',
      'add it (aws configure --profile other)'
    ],
    [
      'close to one',
      'sandbux',
      '[profile sandbox]\n',
      'the profiles sandbox',
      'write --profile sandbox, or add sandbux'
    ],
    ['where there is none', 'other', '', 'no profile at all', 'add it (aws configure --profile other)']
  ])('and is not there, %s', (_what, profile, ofConfig, found, mend) => {
    files(ofConfig, '')
    const expected = `the profile ${profile} in ${config} or ${credentials}`
    expect(() => assertProfile(profile, machine)).toThrow(
      expect.objectContaining({ code: 'PROFILE_NOT_FOUND', finding: { expected, found, mend } })
    )
  })

  it('is told with twenty others at most', () => {
    files(Array.from({ length: 30 }, (_none, index) => `[profile name-${String(index + 10)}]\n`).join(''), '')
    expect(() => assertProfile('zzzzzzzzzz', machine)).toThrow(/, name-29\. To fix/)
  })
})

describe('where credentials are configured', () => {
  it.each([
    ['a web identity', { AWS_WEB_IDENTITY_TOKEN_FILE: '/token' }, ['web identity']],
    ['a container, relative', { AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: '/x' }, ['container']],
    ['a container, in full', { AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://x' }, ['container']],
    ['a secret alone', { AWS_SECRET_ACCESS_KEY: 'x' }, ['environment variables']],
    ['several', { AWS_ACCESS_KEY_ID: 'x', AWS_PROFILE: 'a' }, ['environment variables', 'profile']]
  ])('%s', (_what, variables, sources) => {
    files('', '')
    expect(credentialSources({ ...machine, ...variables })).toEqual(sources)
  })

  it.each([
    'aws_access_key_id',
    'aws_secret_access_key',
    'aws_session_token',
    'credential_process',
    'credential_source',
    'login_session',
    'role_arn',
    'source_profile',
    'sso_account_id',
    'sso_session',
    'sso_start_url',
    'web_identity_token_file'
  ])('the profile default with %s, in either file', setting => {
    files('', `[default]\n${setting} = x\n`)
    expect(credentialSources(machine)).toEqual(['profile'])
    files(`[profile default]\nregion = y\n${setting}=x\n[other]\n`, '')
    expect(credentialSources(machine)).toEqual(['profile'])
    files(`[default]\n[profile other]\n${setting}=x\n`, `${setting} = x\n[defaults]\n${setting} = x\n`)
    expect(credentialSources(machine)).toEqual([])
  })
})

it('that there are none says where they may be', () => {
  const cause = new Error('why')
  const error = noCredentials('none of them', cause)
  expect(error).toMatchObject({
    ...{ code: 'NO_CREDENTIALS', cause },
    finding: {
      expected:
        'AWS credentials in one of: the variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, AWS_WEB_IDENTITY_TOKEN_FILE with AWS_ROLE_ARN, a profile in ~/.aws (AWS_PROFILE), the container endpoint, the instance metadata',
      found: 'none of them',
      mend: 'add the step aws-actions/configure-aws-credentials with role-to-assume before this one'
    }
  })
  expect(noCredentials('x', null, 'do this').finding.mend).toBe('do this')
})
