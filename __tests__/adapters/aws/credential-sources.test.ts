import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from '@jest/globals'
import { credentialSources } from '../../../src/adapters/aws/credentials.js'

import { createAws } from '../../../src/adapters/aws/index.js'

const directory = mkdtempSync(join(tmpdir(), 'credential-sources-'))
afterAll(() => {
  rmSync(directory, { recursive: true })
})
const none = join(directory, 'none')
const machine = { HOME: directory, AWS_EC2_METADATA_DISABLED: 'true', AWS_CONFIG_FILE: none }

function profiles(text: string): Record<string, string> {
  const file = join(directory, 'config')
  writeFileSync(file, text)
  return { ...machine, AWS_CONFIG_FILE: file }
}

describe('F93 what was given as credentials', () => {
  it.each<[string, Record<string, string>, string[]]>([
    ['nothing', machine, []],
    ['empty secrets, as of a pull request of a fork', { ...machine, AWS_ACCESS_KEY_ID: '', AWS_PROFILE: '' }, []],
    [
      'a whole pair',
      { ...machine, AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE', AWS_SECRET_ACCESS_KEY: 'x' },
      ['environment variables']
    ],
    ['half a pair', { ...machine, AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE' }, ['environment variables']],
    ['a session alone', { ...machine, AWS_SESSION_TOKEN: 'x' }, ['environment variables']],
    ['a profile that does not exist', { ...machine, AWS_PROFILE: 'nobody' }, ['profile']],
    ['a region alone', profiles('[default]\nregion = us-east-2\noutput=json\n'), []],
    ['a profile that nobody names', profiles('[profile other]\nrole_arn = arn:aws:iam::111122223333:role/x\n'), []]
  ])('%s', (_name, environment, sources) => {
    expect(credentialSources(environment)).toEqual(sources)
  })

  it.each(['role_arn=x', 'aws_access_key_id = AKIAEXAMPLE', 'sso_session = x', 'credential_process = /bin/x'])(
    'the default profile with %s',
    setting => {
      expect(credentialSources(profiles(`[other]\nx = 1\n[default]\nregion = a\n  ${setting}\n`))).toEqual(['profile'])
    }
  )
})

it('F47 without any, every question to AWS is refused at once, and none is sent', async () => {
  const [accountId, homeRegion] = ['111122223333', 'us-east-2']
  const aws = createAws({ environment: machine, signal: new AbortController().signal, homeRegion, accountId })
  expect(aws.credentialSources()).toEqual([])
  await expect(aws.callerIdentity()).rejects.toMatchObject({ code: 'NO_CREDENTIALS' })
  expect(() => aws.region(homeRegion)).toThrow(
    /^NO_CREDENTIALS: Expected AWS credentials in one of: .* found none of them\. To fix: /
  )
})
