/** What is read back of sharing and the parameter, and what CloudFormation leaves behind. */
import { describe, expect, it } from '@jest/globals'
import type { StackDescription } from '../../../src/ports/inventory.js'
import type { LayerPermissions, StackEvent, Stacks } from '../../../src/ports/aws.js'
import {
  deniedInStack,
  assertNothingLeft,
  deletes
} from '../../../src/publish-layers/engines/cloudformation/stack-operation.js'
import { verifyParameter, verifySharing } from '../../../src/publish-layers/engines/verify.js'
import { accessOfStack, isAccessName } from '../../../src/publish-layers/engines/cloudformation/stack-access.js'
import { target } from '../../support/plans.js'

const access = { ssmParameter: '/layers/dev/da-flask', sharedWith: ['444455556666'] }
const shared = { ...target, access }
const arn = 'arn:aws:lambda:us-east-2:111122223333:layer:dev-da-flask-layer:3'
const stack = (outputs: Record<string, string>, partition = 'aws'): StackDescription => ({
  id: `arn:${partition}:cloudformation:us-east-2:111122223333:stack/dev-da-flask-layer/0a1b`,
  name: 'dev-da-flask-layer',
  status: 'UPDATE_COMPLETE',
  ...{ statusReason: '', parameters: {}, outputs, tags: {}, changeSetId: null, terminationProtection: false }
})
const reader = (...principals: readonly string[]): LayerPermissions => ({
  list: () => Promise.resolve(principals.map(principal => ({ statementId: principal, principal }))),
  add: () => Promise.reject(new Error('only reads')),
  remove: () => Promise.reject(new Error('only reads'))
})

describe('a version is verified', () => {
  it('with its parameter, whose value the stack tells', () => {
    expect(() => verifyParameter(shared, arn, stack({ SsmParameterValue: arn }))).not.toThrow()
    expect(() => verifyParameter(target, arn, stack({}))).not.toThrow()
    expect(() => verifyParameter(shared, arn, stack({ SsmParameterValue: 'another' }))).toThrow(
      `PUBLISH_UNVERIFIED: Expected the parameter /layers/dev/da-flask in us-east-2 to hold ${arn}, found another`
    )
    expect(() => verifyParameter(shared, arn, stack({}))).toThrow('without the output SsmParameterValue')
  })

  it.each<[string, readonly string[]]>([
    ['nobody', []],
    ['somebody else', ['000000000003']],
    ['one more', ['444455556666', 'public']]
  ])('with its policy, which must not be for %s', async (_who, found) => {
    await expect(verifySharing(reader(...found), shared, 3)).rejects.toMatchObject({ code: 'PUBLISH_UNVERIFIED' })
  })

  it('with its policy, where somebody was or is configured', async () => {
    await expect(verifySharing(reader('444455556666'), shared, 3)).resolves.toBeUndefined()
    await expect(verifySharing(reader('public'), target, 3)).resolves.toBeUndefined()
    await expect(verifySharing(reader('444455556666'), target, 3, access)).rejects.toMatchObject({
      message: expect.stringContaining('to be shared with nobody, found a policy for 444455556666')
    })
  })
})

describe('what CloudFormation could not delete', () => {
  const change = { logicalId: 'A', physicalId: 'a', resourceType: 'AWS::SSM::Parameter' }
  const changeSet = (
    ...changes: readonly { action: string; replacement: string | null; policyAction: string | null }[]
  ) =>
    deletes({
      id: '',
      status: '',
      executionStatus: '',
      statusReason: '',
      changes: changes.map(one => ({ ...change, ...one }))
    })

  it('is looked for only where it deletes', () => {
    expect(changeSet()).toBe(false)
    expect(changeSet({ action: 'Add', replacement: null, policyAction: null })).toBe(false)
    expect(changeSet({ action: 'Modify', replacement: 'True', policyAction: 'ReplaceAndRetain' })).toBe(false)
    expect(changeSet({ action: 'Modify', replacement: 'False', policyAction: null })).toBe(false)
    expect(changeSet({ action: 'Modify', replacement: 'True', policyAction: 'ReplaceAndDelete' })).toBe(true)
    expect(changeSet({ action: 'Remove', replacement: null, policyAction: null })).toBe(true)
  })

  it.each([
    [
      'is not authorized to perform: ssm:DeleteParameter on resource: arn:x',
      /^ACCESS_DENIED: .*allow ssm:DeleteParameter on arn:x .*, and delete A \(AWS::SSM::Parameter\) by hand/
    ],
    ['Rate exceeded', /^AWS_FAILED: .*found Rate exceeded. To fix: delete A \(AWS::SSM::Parameter\) by hand/]
  ])('is told: %s', async (reason, message) => {
    const event: StackEvent = {
      time: '',
      logicalId: 'A',
      resourceType: 'AWS::SSM::Parameter',
      status: 'DELETE_FAILED',
      reason,
      token: 't'
    }
    const stacks = { events: () => Promise.resolve([event]) } as unknown as Stacks
    await expect(assertNothingLeft(stacks, stack({}), 't')).rejects.toThrow(message)
    await expect(assertNothingLeft(stacks, stack({}), 'of another run')).resolves.toBeUndefined()
  })
})

it.each(['aws', 'aws-cn', 'aws-us-gov'])('a denial by S3 names the bucket in the partition %s', partition => {
  const reason =
    'Your access has been denied by S3, please make sure your request credentials have permission to GetObject for code/a.zip. S3 Error'
  expect(deniedInStack(stack({}, partition), reason)?.message).toContain(
    `s3:GetObject on arn:${partition}:s3:::code/a.zip`
  )
})

it('reads what a stack was made for, and knows the names that this takes', () => {
  expect(accessOfStack(null)).toEqual({ ssmParameter: null, sharedWith: [] })
  expect(accessOfStack({ parameters: { SsmParameter: '/a', SharedWith: 'o-a1b2c3d4e5,public' } })).toEqual({
    ssmParameter: '/a',
    sharedWith: ['o-a1b2c3d4e5', 'public']
  })
  const names = ['SharedWith', 'SharedWith444455556666', 'SharedWithPublic', 'SharedWithOrganizationa1', 'SsmParameter']
  expect(names.filter(isAccessName)).toEqual(names)
  expect(['Shared', 'SharedWithUs', 'Parameter', 'SsmParameterName'].filter(isAccessName)).toEqual([])
})
