import type { StackDescription } from '../../../../src/ports/inventory.js'
import { describe, expect, it } from '@jest/globals'
import { createCloudFormationEngine } from '../../../../src/publish-layers/engines/cloudformation/cloudformation.js'
import { currentOf } from '../../../../src/publish-layers/engines/cloudformation/current-version.js'
import { artifact, target } from '../../../support/plans.js'
import { fastClock } from '../../../trials/fast-clock.js'

const repository = 'octo-org/superproject'
const stack = (outputs: Record<string, string>, changeSetId: string | null = null): StackDescription => ({
  ...{ id: 'arn:aws:cloudformation:us-east-2:111122223333:stack/x/1', name: 'x', status: 'UPDATE_COMPLETE' },
  ...{ statusReason: '', parameters: {}, outputs, tags: { 'layer-deploy:repository': repository } },
  ...{ changeSetId, terminationProtection: false }
})

describe('the version that a stack names', () => {
  it('is read from its output', () => {
    const arn = 'arn:aws:lambda:us-east-2:111122223333:layer:x:7'
    expect(currentOf(stack({ LayerVersionArn: arn }))).toMatchObject({ version: 7, arn })
    expect(currentOf(stack({}))).toBeNull()
    expect(currentOf(null)).toBeNull()
  })

  it.each([
    '',
    'x',
    'arn:aws:lambda:us-east-2:111122223333:layer:x',
    'arn:aws:lambda:us-east-2:111122223333:layer:x:0'
  ])('F111 %j is no version: refused with what to look at, never a defect of ours', arn => {
    expect(() => currentOf(stack({ LayerVersionArn: arn }))).toThrow(
      expect.objectContaining({ code: 'PUBLISH_UNVERIFIED', message: expect.stringContaining('look at the outputs') })
    )
  })
})

describe('answers that nobody foresaw', () => {
  const engineOver = (stacks: object) =>
    createCloudFormationEngine({
      region: () => ({ stacks: { deleteChangeSet: () => Promise.resolve(), ...stacks } }) as never,
      ...{ clock: fastClock(), signal: new AbortController().signal, log: { info: () => undefined } },
      ...{ repository, run: '1/1' }
    })
  const order = {
    ...{ target, properties: target.properties, previous: null },
    artifact: { bucket: 'b', key: 'k', sha256: artifact().artifactSha256, sizeBytes: 1 },
    record: {
      ...{ sourceDigest: 's', contentDigest: 'c', artifactSha256: 'a', commit: '1', sourceCommit: '1' },
      ...{ run: '1/1', repository }
    }
  } as Parameters<ReturnType<typeof engineOver>['publish']>[0]
  const available = {
    ...{ id: 'ours', status: 'CREATE_COMPLETE', executionStatus: 'AVAILABLE', statusReason: '' },
    changes: [
      {
        ...{ action: 'Add', logicalId: 'LayerVersion', physicalId: null, resourceType: 'AWS::Lambda::LayerVersion' },
        ...{ replacement: null, policyAction: null }
      }
    ]
  }

  it('F111 a stack that ends without its output is PUBLISH_UNVERIFIED', async () => {
    let executed = false
    const engine = engineOver({
      describe: () => Promise.resolve(executed ? stack({}, 'ours') : null),
      createChangeSet: () => Promise.resolve('created'),
      describeChangeSet: () => Promise.resolve(available),
      executeChangeSet: () => {
        executed = true
        return Promise.resolve('started')
      }
    })
    await expect(engine.publish(order)).rejects.toMatchObject({ code: 'PUBLISH_UNVERIFIED' })
  })

  it.each([
    ['not executable', { executeChangeSet: () => Promise.resolve('not-executable') }, 'could not be executed'],
    ['gone', { describeChangeSet: () => Promise.resolve(null) }, 'gone as soon as it was made'],
    [
      'unavailable',
      { describeChangeSet: () => Promise.resolve({ ...available, executionStatus: 'UNAVAILABLE' }) },
      'UNAVAILABLE'
    ],
    ['refused', { createChangeSet: () => Promise.resolve('not-now') }, 'was refused']
  ])('F111 a change set that stays %s: nobody else is blamed', async (_name, answers, words) => {
    const engine = engineOver({
      describe: () => Promise.resolve(null),
      createChangeSet: () => Promise.resolve('created'),
      describeChangeSet: () => Promise.resolve(available),
      executeChangeSet: () => Promise.resolve('started'),
      ...answers
    })
    const failed = engine.publish(order)
    await expect(failed).rejects.toMatchObject({ code: 'AWS_FAILED', message: expect.stringContaining(words) })
    await expect(failed).rejects.not.toMatchObject({ message: expect.stringContaining('others') })
  })
})
