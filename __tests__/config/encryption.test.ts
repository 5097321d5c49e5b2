import { expect, it } from '@jest/globals'
import { accepted, edited, refusal } from './example.js'

const key = 'arn:aws:kms:us-east-2:111122223333:key/0123EXAMPLE'
const withEncryption = (value: string) => edited(['    stage: dev', `    stage: dev\n    encryption: ${value}`])

it.each([
  ['aes256', { kind: 'aes256' }],
  [`{ kms-key: "${key}" }`, { kind: 'kms-key', arn: key }],
  [
    `{ kms-key: "${key.replace('us-east-2', '{region}')}" }`,
    { kind: 'kms-key', arn: key.replace('us-east-2', '{region}') }
  ]
])('F126 reads encryption: %s', (value, expected) => {
  expect(accepted(withEncryption(value)).environments[0]?.encryption).toEqual(expected)
})

it.each([
  ['AES256'],
  ['kms'],
  ['{}'],
  ['{ kms-key: alias/deploy }'],
  ['{ kms-key: "arn:aws:kms:us-east-2:111122223333:alias/deploy" }'],
  [`{ kms-key: "${key}", more: 1 }`],
  // In another region than the bucket, in another partition.
  [`{ kms-key: "${key.replace('us-east-2', 'us-west-2')}" }`],
  [`{ kms-key: "${key.replace('arn:aws:', 'arn:aws-cn:')}" }`]
])('F126 refuses encryption: %s', value => {
  expect(refusal(withEncryption(value))).toMatchObject({
    code: 'CONFIG_INVALID',
    message: expect.stringMatching(/encryption|key/)
  })
})
