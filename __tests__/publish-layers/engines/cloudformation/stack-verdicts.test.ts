/** Whether a stack may be changed by this run, whole; and how it is described where many wait. */
import { describe, expect, it } from '@jest/globals'
import { CodedError } from '../../../../src/model/errors.js'
import type { AwsRegion } from '../../../../src/ports/aws.js'
import { TooManyPages, type StackDescription } from '../../../../src/ports/inventory.js'
import { describedStacks, waitedFor } from '../../../../src/publish-layers/engines/cloudformation/described-stacks.js'
import {
  assertWritable,
  isRecreatable,
  notReady,
  stackVerdicts
} from '../../../../src/publish-layers/engines/cloudformation/stack-status.js'
import { target } from '../../../support/plans.js'

const name = target.stackName
const us = { repository: 'o/r', repositoryId: '4711' }
const ours = { 'layer-deploy:repository': 'o/r', 'layer-deploy:repository-id': '4711' }
const stack = (part: Partial<StackDescription> = {}): StackDescription => ({
  ...{ id: 'arn:aws:cloudformation:us-east-2:1:stack/x/1', name, status: 'UPDATE_COMPLETE', statusReason: '' },
  ...{ parameters: {}, outputs: {}, tags: ours, changeSetId: null, terminationProtection: false },
  ...part
})
/** `GUARD detail`, or `GUARD: found`. */
const lines = (...args: Parameters<typeof stackVerdicts>) =>
  stackVerdicts(...args).map(verdict =>
    verdict.passed === true ? `${verdict.guard} ${verdict.detail}` : `${verdict.guard}: ${verdict.finding.found}`
  )

describe('a stack', () => {
  it.each<[string, StackDescription | null, readonly string[]]>([
    ['that is not there', null, [`STACK_NOT_OURS no stack ${name} yet`, 'STACK_NOT_READY no stack yet']],
    [
      'that is an empty shell',
      stack({ status: 'REVIEW_IN_PROGRESS', tags: {} }),
      [`STACK_NOT_OURS no stack ${name} yet`, 'STACK_NOT_READY REVIEW_IN_PROGRESS']
    ],
    [
      'without an owner',
      stack({ tags: {} }),
      ['STACK_NOT_OURS: a stack without the tag layer-deploy:repository', 'STACK_NOT_READY UPDATE_COMPLETE']
    ],
    [
      'that failed for good',
      stack({ status: 'UPDATE_ROLLBACK_FAILED', tags: {} }),
      ['STACK_NOT_OURS: a stack without the tag layer-deploy:repository', 'STACK_NOT_READY: UPDATE_ROLLBACK_FAILED']
    ]
  ])('%s', (_what, described, expected) => {
    expect(lines(target, us, described)).toEqual(expected)
    expect(stackVerdicts(target, us, described).map(({ subject }) => subject)).toEqual([
      ...['da_flask in us-east-2', 'da_flask in us-east-2']
    ])
  })

  it('of ours may be changed; of another the first refusal is thrown, with what hands it over', () => {
    expect(() => assertWritable(target, us, stack())).not.toThrow()
    const theirs = stack({ tags: { 'layer-deploy:repository': 'a/b' }, status: 'ROLLBACK_COMPLETE' })
    const refusal = (owner: Parameters<typeof assertWritable>[1]) => {
      try {
        assertWritable(target, owner, theirs)
      } catch (error) {
        return (error as CodedError).finding
      }
      throw new Error('it was allowed')
    }
    const tag = `give the layer another stack-name, or tag ${name} with layer-deploy:repository=o/r`
    const docs = ' to hand it over (docs/ownership.md)'
    expect(refusal(us)).toMatchObject({
      ...{ expected: expect.stringContaining(`the stack ${name} of o/r`), found: expect.stringContaining('a/b') },
      mend: `${tag} and layer-deploy:repository-id=4711${docs}`
    })
    expect(refusal({ repository: 'o/r', repositoryId: null })).toMatchObject({ mend: `${tag}${docs}` })
    const failed = stack({ status: 'ROLLBACK_COMPLETE' })
    expect(() => assertWritable(target, us, failed)).toThrow(
      expect.objectContaining({ code: 'STACK_NOT_READY', finding: notReady(name, 'ROLLBACK_COMPLETE') })
    )
    expect(() => assertWritable(target, us, failed, [])).not.toThrow()
  })

  it('whose creation failed is created anew where it holds no version', () => {
    const failed = stack({ status: 'ROLLBACK_COMPLETE' })
    expect(lines(target, us, failed, [])[1]).toBe(
      `STACK_NOT_READY ROLLBACK_COMPLETE, holds no version: ${name} is created anew`
    )
    expect(stackVerdicts(target, us, failed, ['arn:1', 'arn:2'])[1]).toMatchObject({
      passed: false,
      finding: {
        expected: `the stack ${name} without a layer version, to create it anew`,
        found: 'ROLLBACK_COMPLETE with arn:1, arn:2',
        mend: `delete the stack ${name} by hand once nobody uses that version, and run again`
      }
    })
  })

  const may = { ...target, recreateFailedStack: true }
  it.each<[string, typeof target, StackDescription | null, boolean]>([
    ['as configured', may, stack({ status: 'ROLLBACK_COMPLETE' }), true],
    ['not without being told to', target, stack({ status: 'ROLLBACK_COMPLETE' }), false],
    ['not in another status', may, stack({ status: 'ROLLBACK_FAILED' }), false],
    ['not under protection', may, stack({ status: 'ROLLBACK_COMPLETE', terminationProtection: true }), false],
    ['not of somebody else', may, stack({ status: 'ROLLBACK_COMPLETE', tags: {} }), false],
    ['not where there is none', may, null, false]
  ])('is created anew %s', (_what, where, described, expected) => {
    expect(isRecreatable(where, us, described)).toBe(expected)
  })

  it.each([
    [
      'ROLLBACK_COMPLETE',
      `delete the stack s (its creation failed), or set recreate-failed-stacks: true for the environment, and run again`
    ],
    [
      'UPDATE_ROLLBACK_FAILED',
      'continue the rollback of s (aws cloudformation continue-update-rollback) and run again'
    ],
    ['DELETE_FAILED', 'look at the events of s, mend or delete it, and run again']
  ])('in %s needs a person', (status, mend) => {
    const expected = 'the stack s in a state that an update can start from'
    expect(notReady('s', status)).toEqual({ expected, found: status, mend })
  })
})

describe('what was described', () => {
  const other = { ...target, layerId: 'other' }
  it('is used once, for a minute, and only where there is no version yet', () => {
    const described = describedStacks()
    described.remember(target, null, 1_000)
    expect(described.take(other, 1_000)).toBeUndefined()
    expect(described.take(target, 61_000)).toBeNull()
    expect(described.take(target, 61_000)).toBeUndefined()
    described.remember(target, null, 1_000)
    expect(described.take(target, 61_001)).toBeUndefined()
    const shell = stack({ status: 'REVIEW_IN_PROGRESS' })
    described.remember(target, shell, 1_000)
    expect(described.take(target, 1_000)).toBe(shell)
    described.remember(target, stack(), 1_000)
    expect(described.take(target, 1_000)).toBeUndefined()
  })
})

describe('stacks that many wait for', () => {
  const denied = (code: 'ACCESS_DENIED' | 'AWS_FAILED') =>
    new CodedError(code, { expected: 'e', found: 'f', mend: 'm' })
  /** Asked for three at once, twice; @param failure of the list */
  async function ask(failure: Error | null, pages = 1) {
    const asked: string[] = []
    const region = {
      stacks: {
        describe: (stackName: string) => {
          asked.push(stackName)
          return Promise.resolve(stack({ name: stackName }))
        }
      },
      inventory: () =>
        Promise.resolve({
          stacks: (mostPages: number) => {
            asked.push(`list ${mostPages}`)
            return failure === null
              ? Promise.resolve([stack({ name: 'b' }), stack({ name: 'c' })])
              : Promise.reject(failure)
          }
        })
    } as unknown as AwsRegion
    const waited = waitedFor(region, () => pages)
    const three = () => Promise.all(['a', 'b', 'c', 'd'].map(each => waited.describe(each).then(found => found?.name)))
    const first = await three()
    await new Promise(resolve => setImmediate(resolve))
    return { answers: [first, await three()], asked }
  }
  const all = ['a', 'b', 'c', 'd']

  it('are listed together, and one that the list does not show is asked for', async () => {
    const { answers, asked } = await ask(null)
    expect(answers).toEqual([all, all])
    // The first is asked at once; those that come meanwhile wait for each other.
    expect(asked).toEqual(['a', 'list 3', 'd', 'a', 'list 3', 'd'])
  })

  it.each([
    ['as many pages as stacks', null, 3],
    ['nobody knows how many', null, Infinity]
  ])('are asked for one by one where a list takes %s', async (_what, failure, pages) => {
    expect(await ask(failure, pages)).toEqual({ answers: [all, all], asked: [...all, ...all] })
  })

  it.each([
    ['is not allowed', denied('ACCESS_DENIED')],
    ['has too many pages', new TooManyPages('many')]
  ])('are never listed again where the list %s', async (_what, failure) => {
    expect(await ask(failure)).toEqual({ answers: [all, all], asked: ['a', 'list 3', 'b', 'c', 'd', ...all] })
  })

  it('that fail otherwise fail for all who wait', async () => {
    await expect(ask(denied('AWS_FAILED'))).rejects.toMatchObject({ code: 'AWS_FAILED' })
  })
})
