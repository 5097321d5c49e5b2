/** Each wording that AWS documents gets the mend that helps. */
import { describe, expect, it } from '@jest/globals'
import { codedAwsError } from '../../../src/adapters/aws/aws-errors.js'
import { denialOf, mendOfMessage } from '../../../src/ports/aws-refusals.js'
import { deniedInStack } from '../../../src/publish-layers/engines/cloudformation/stack-operation.js'

const subject = { action: 's3:PutObject', resource: 'arn:aws:s3:::bucket/key' }
const user = 'User: arn:aws:sts::111122223333:assumed-role/deploy/session is not authorized to perform:'
const key = 'arn:aws:kms:us-east-2:111122223333:key/1234EXAMPLE'
function thrown(name: string, message: string, httpStatusCode = 403): Error {
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode } })
}
const coded = (message: string, name = 'AccessDenied', status = 403) =>
  codedAwsError(subject, thrown(name, message, status))

describe('denials', () => {
  it.each([
    [
      'because no identity-based policy allows the s3:PutObject action',
      /^allow s3:PutObject on .* in the policy of the role/
    ],
    ['with an explicit deny in a service control policy', /SCP.*manages the AWS organization/],
    ['because no service control policy allows the s3:PutObject action', /SCP/],
    ['with an explicit deny in a resource control policy', /RCP/],
    ['with an explicit deny in a resource-based policy', /policy of the bucket.*encryption/],
    ['because no resource-based policy allows the s3:PutObject action', /another account/],
    ['with an explicit deny in a permissions boundary', /permissions boundary/],
    ['because no permissions boundary allows the s3:PutObject action', /permissions boundary/],
    ['with an explicit deny in a session policy', /session policy/],
    ['because no session policy allows the s3:PutObject action', /session policy/],
    ['because no VPC endpoint policy allows the s3:PutObject action', /VPC endpoint/],
    ['with an explicit deny in an identity-based policy', /take away the statement that denies/],
    ['with an explicit deny', /find the statement that denies/]
  ])('F129 %s', (words, mend) => {
    const error = coded(`${user} s3:PutObject on resource: "arn:aws:s3:::bucket/key" ${words}`)
    expect(error).toMatchObject({ code: 'ACCESS_DENIED', finding: { mend: expect.stringMatching(mend) } })
    expect(error.finding.expected).toBe('permission for s3:PutObject on arn:aws:s3:::bucket/key')
    // Only the missing Allow is mended by an Allow.
    if (!/identity-based policy allows|resource-based policy allows/.test(words)) {
      expect(error.finding.mend).not.toMatch(/^allow/)
    }
  })

  it.each([
    [
      `${user} kms:GenerateDataKey on resource: ${key} because no identity-based policy allows the kms:GenerateDataKey action`,
      'kms:GenerateDataKey',
      key
    ],
    [
      `${user} kms:GenerateDataKey on resource: ${key} because no resource-based policy allows the kms:GenerateDataKey action`,
      'kms:GenerateDataKey',
      key
    ],
    [
      `${user} kms:Decrypt on this resource because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access`,
      'kms:Decrypt',
      'KMS key'
    ],
    [
      `${user} kms:Decrypt on the resource associated with this ciphertext because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access`,
      'kms:Decrypt',
      'KMS key'
    ]
  ])('F129 KMS is named with its key, not the object: %s', (message, action, resource) => {
    const { finding } = coded(message)
    expect(finding.expected).toContain(`permission for ${action} on `)
    expect(finding.expected).toContain(resource)
    expect(finding.mend).toMatch(/policy of the (?:KMS )?key/)
    expect(`${finding.expected} ${finding.mend}`).not.toContain('s3:PutObject')
  })

  it('F129 what Lambda was denied by S3 is the reading of the archive', () => {
    const message =
      'Your access has been denied by S3, please make sure your request credentials have permission to GetObject for bucket/key. S3 Error Code: AccessDenied. S3 Error Message: Access Denied'
    const publish = {
      action: 'lambda:PublishLayerVersion',
      resource: 'arn:aws-us-gov:lambda:us-gov-west-1:111122223333:layer:x'
    }
    const { finding } = codedAwsError(publish, thrown('AccessDeniedException', message))
    expect(finding.expected).toBe('permission for s3:GetObject on arn:aws-us-gov:s3:::bucket/key')
  })

  it('F129 a role that may not be assumed is one of its trust policy', () => {
    expect(coded('Not authorized to perform sts:AssumeRoleWithWebIdentity').finding.mend).toContain('trust policy')
  })

  it('F129 a stack that met an SCP says so', () => {
    const reason = `Resource handler returned message: "${user} lambda:PublishLayerVersion on resource: arn:aws:lambda:us-east-2:111122223333:layer:x with an explicit deny in a service control policy (Service: Lambda, Status Code: 403)"`
    const error = deniedInStack({ id: 'arn:aws:cloudformation:us-east-2:1:stack/x/1', name: 'x' }, reason)
    expect(error?.finding.mend).toMatch(/SCP.*ROLLBACK_COMPLETE/)
  })

  it('a message that names no action is no denial', () => {
    expect(denialOf('Rate exceeded')).toBeNull()
  })
})

describe('refusals of another kind', () => {
  it.each([
    ['KMS.DisabledException', `${key} is disabled.`, /enable the KMS key/],
    ['KMS.KMSInvalidStateException', `${key} is pending deletion.`, /cancel-key-deletion/],
    ['KMS.NotFoundException', `Key '${key}' does not exist`, /exists in this account and region/],
    ['InvalidParameterValueException', 'Unzipped size must be smaller than 262144000 bytes', /make the layer smaller/],
    [
      'InvalidParameterValueException',
      'Could not unzip uploaded file. Please check your file, then try to upload again.',
      /no zip/
    ],
    [
      'InvalidParameterValueException',
      'Error occurred while GetObject. S3 Error Code: NoSuchKey. S3 Error Message: The specified key does not exist.',
      /lifecycle/
    ],
    [
      'InvalidParameterValueException',
      'Error occurred while GetObject. S3 Error Code: PermanentRedirect. S3 Error Message: The bucket is in this region: eu-west-1.',
      /bucket of its own/
    ],
    [
      'AuthorizationHeaderMalformed',
      "The authorization header is malformed; the region 'us-east-1' is wrong; expecting 'eu-west-1'",
      /bucket of its own/
    ],
    [
      'InvalidParameterValueException',
      "1 validation error detected: Value '[python9]' at 'compatibleRuntimes' failed to satisfy constraint",
      /compatible-runtimes/
    ],
    ['CodeStorageExceededException', 'Code storage limit exceeded.', /prune/],
    ['PolicyLengthExceededException', 'The permissions policy is too large.', /organization id/],
    ['InsufficientCapabilitiesException', 'Requires capabilities : [CAPABILITY_IAM]', /capabilities/],
    ['LimitExceededException', 'Limit for stack has been exceeded', /quota/],
    [
      'BadDigest',
      'The SHA256 you specified did not match the calculated checksum.',
      /what arrived is not what was sent/
    ],
    ['RegionDisabledException', 'STS is not activated in this region', /enable the region/],
    ['ThrottlingException', 'Rate exceeded', /concurrency/],
    ['ServiceException', 'An error occurred', /run again later/],
    ['SomethingNewException', 'who knows', /run again/]
  ])('F129 %s: %s', (name, message, mend) => {
    const error = coded(message, name, 400)
    expect(error).toMatchObject({ code: 'AWS_FAILED', finding: { mend: expect.stringMatching(mend) } })
  })

  it('F129 the reason in a stack event gets the same mend', () => {
    const reason =
      'Resource handler returned message: "Unzipped size must be smaller than 262144000 bytes (Service: Lambda, Status Code: 400, Request ID: 1)" (HandlerErrorCode: InvalidRequest)'
    expect(mendOfMessage(reason)).toContain('make the layer smaller')
    expect(mendOfMessage('nothing known')).toBeNull()
  })

  it.each([
    ['RequestTimeTooSkewed', 'The difference between the request time and the current time is too large.', /clock/],
    ['InvalidSignatureException', 'Signature expired: 20261126T000000Z is now earlier than', /clock/],
    ['SignatureDoesNotMatch', 'Signature not yet current: 20261126T000000Z is still later than', /clock/],
    ['SignatureDoesNotMatch', 'The request signature we calculated does not match', /AWS_SECRET_ACCESS_KEY/],
    ['UnrecognizedClientException', 'The security token included in the request is invalid.', /enable this region/],
    ['ExpiredToken', 'The provided token has expired.', /role-duration-seconds/]
  ])('F129 credentials: %s: %s', (name, message, mend) => {
    expect(coded(message, name)).toMatchObject({
      code: 'NO_CREDENTIALS',
      finding: { mend: expect.stringMatching(mend) }
    })
  })
})
