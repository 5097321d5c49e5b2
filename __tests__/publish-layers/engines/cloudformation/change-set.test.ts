/** One change of one stack: what is asked for, and what ends it before it is executed. The service's answers are data. */
import { describe, expect, it } from '@jest/globals'
import type { ChangeSetDescription, ResourceChange, Stacks } from '../../../../src/ports/aws.js'
import type { StackDescription } from '../../../../src/ports/inventory.js'
import { applyChangeSet, type StackChange } from '../../../../src/publish-layers/engines/cloudformation/change-set.js'
import { target } from '../../../support/plans.js'
import { fastClock } from '../../../trials/fast-clock.js'

const name = target.stackName
const old = 'arn:aws:lambda:us-east-2:111122223333:layer:l:1'
const stack = (part: Partial<StackDescription> = {}): StackDescription => ({
  ...{ id: 'arn:aws:cloudformation:us-east-2:1:stack/x/1', name, status: 'UPDATE_COMPLETE', statusReason: '' },
  ...{
    parameters: {},
    outputs: { LayerVersionArn: old },
    tags: {},
    changeSetId: 'before',
    terminationProtection: false
  },
  ...part
})
const version: ResourceChange = {
  ...{ action: 'Modify', logicalId: 'LayerVersion', physicalId: old, resourceType: 'AWS::Lambda::LayerVersion' },
  ...{ replacement: 'True', policyAction: 'ReplaceAndRetain' }
}
const described = (part: Partial<ChangeSetDescription> = {}): ChangeSetDescription => ({
  ...{ id: 'ours', status: 'CREATE_COMPLETE', executionStatus: 'AVAILABLE', statusReason: '', changes: [version] },
  ...part
})
const change: StackChange = {
  ...{ target, brings: 'version', templateBody: '{}', parameters: { Generation: null } },
  tags: { 'layer-deploy:content-digest': 'c'.repeat(64), 'layer-deploy:run': '7/1' }
}

interface Answers {
  readonly before?: StackDescription | null
  readonly changeSets?: readonly (ChangeSetDescription | null)[]
  readonly created?: 'created' | 'exists' | 'not-now'
  readonly executed?: 'started' | 'not-executable'
  readonly now?: StackDescription
  readonly change?: Partial<StackChange>
  readonly run?: string
  readonly attempt?: number
}

async function changed(answers: Answers = {}) {
  const { before = stack(), changeSets = [described()], created = 'created', executed = 'started' } = answers
  const asked: unknown[][] = []
  let looks = 0
  const answer =
    <T>(call: string, value: T) =>
    (...args: unknown[]): Promise<T> => {
      asked.push([call, ...args])
      return Promise.resolve(value)
    }
  const stacks = {
    describe: answer('describe', answers.now ?? before),
    createChangeSet: answer('create', created),
    describeChangeSet: (...args: unknown[]) => {
      asked.push(['look', ...args])
      return Promise.resolve(changeSets[Math.min(looks++, changeSets.length - 1)])
    },
    executeChangeSet: answer('execute', executed),
    deleteChangeSet: answer('delete', undefined)
  } as unknown as Stacks
  const isExecuted = () => asked.some(([call]) => call === 'execute')
  const ours = Promise.resolve(stack({ changeSetId: 'ours' }))
  const context = {
    ...{ region: () => ({ stacks }) as never, clock: fastClock(), signal: new AbortController().signal },
    ...{ log: { info: () => undefined }, repository: 'o/r', run: answers.run ?? '7/1' },
    waited: () => ({ ...stacks, describe: (stackName: string) => (isExecuted() ? ours : stacks.describe(stackName)) })
  }
  const outcome = await applyChangeSet(context, before, { ...change, ...answers.change }, answers.attempt ?? 1).catch(
    (error: unknown) => error
  )
  const request = asked[0]?.[1] as { changeSetName: string; token: string; type: string }
  return { outcome, asked, calls: asked.map(([call]) => call), request }
}

describe('a change set', () => {
  it('is made, awaited and executed under one name', async () => {
    const { outcome, asked, request } = await changed({
      changeSets: [described({ status: 'CREATE_PENDING' }), described({ status: 'CREATE_IN_PROGRESS' }), described()]
    })
    const { changeSetName } = request
    const hex = expect.stringMatching(/^[0-9a-f]{64}$/)
    expect(changeSetName).toMatch(new RegExp(`^layer-deploy-${'c'.repeat(32)}-[0-9a-f]{16}$`))
    const { templateBody, parameters, tags } = change
    const look = ['look', name, changeSetName]
    expect(asked).toEqual([
      [
        'create',
        {
          ...{ stackName: name, changeSetName, type: 'UPDATE', token: hex, description: 'layer-deploy-action' },
          ...{ capabilities: [], templateBody, parameters, tags }
        }
      ],
      ...[look, look, look],
      ['describe', name],
      ['execute', name, changeSetName, hex]
    ])
    expect(outcome).toMatchObject({ kind: 'executed', stack: { changeSetId: 'ours' } })
  })

  it('has the same name whichever run asks, another for another change, and a token of its own for each attempt', async () => {
    const first = (await changed()).request
    const tags = { ...change.tags, 'layer-deploy:run': '8/1' }
    const again = (await changed({ run: '8/1', change: { tags } })).request
    expect(again.changeSetName).toBe(first.changeSetName)
    expect(again.token).not.toBe(first.token)
    expect((await changed({ attempt: 2 })).request.token).not.toBe(first.token)
    for (const other of [
      { change: { templateBody: null } },
      { change: { parameters: {} } },
      { change: { tags: { ...change.tags, more: 'x' } } },
      { before: stack({ outputs: {} }) }
    ])
      expect((await changed(other)).request.changeSetName).not.toBe(first.changeSetName)
  })

  it.each<[string, StackDescription | null, string]>([
    ['nothing is there', null, 'CREATE'],
    ['there is an empty shell', stack({ status: 'REVIEW_IN_PROGRESS', outputs: {} }), 'CREATE'],
    ['there is a stack', stack({ outputs: {} }), 'UPDATE']
  ])('creates or updates: %s', async (_what, before, type) => {
    const { request, calls } = await changed({
      before,
      changeSets: [
        described({ changes: [{ ...version, action: 'Add', physicalId: null, replacement: null, policyAction: null }] })
      ]
    })
    expect(request.type).toBe(type)
    // Where no version is deployed nothing could have changed under it.
    expect(calls).toEqual(['create', 'look', 'execute'])
  })

  it.each<[string, Answers, string, readonly string[]]>([
    [
      'is refused',
      { created: 'not-now' },
      'a change set that was refused, because the stack is not as it was described',
      ['create']
    ],
    ['is gone', { changeSets: [null] }, 'a change set that was gone as soon as it was made', ['create', 'look']],
    ...(['EXECUTE_IN_PROGRESS', 'EXECUTE_COMPLETE'] as const).map(
      (executionStatus): [string, Answers, string, readonly string[]] => [
        `is executed by another: ${executionStatus}`,
        { changeSets: [described({ executionStatus })] },
        `a change set in the status CREATE_COMPLETE with the execution status ${executionStatus}`,
        ['create', 'look']
      ]
    ),
    [
      'is obsolete',
      { changeSets: [described({ executionStatus: 'OBSOLETE' })] },
      'a change set in the status CREATE_COMPLETE with the execution status OBSOLETE',
      ['create', 'look', 'delete']
    ],
    [
      'replaces another version',
      { changeSets: [described({ changes: [{ ...version, physicalId: 'another' }] })] },
      'a change set that was made on another stack than the one that was described',
      ['create', 'look', 'delete']
    ],
    [
      'is made on other tags',
      { now: stack({ tags: { owner: 'other' } }) },
      'a change set that was made on another stack than the one that was described',
      ['create', 'look', 'describe', 'delete']
    ],
    [
      'was executed meanwhile',
      { executed: 'not-executable' },
      'a change set that could not be executed',
      ['create', 'look', 'describe', 'execute']
    ]
  ])('that %s is looked at again', async (_what, answers, why, calls) => {
    const { outcome, calls: made } = await changed(answers)
    expect({ outcome, made }).toEqual({ outcome: { kind: 'again', why }, made: calls })
  })

  it('of something else than the version is executed where the stack is as it was described', async () => {
    const other = { ...version, logicalId: 'Topic', physicalId: 'topic', resourceType: 'AWS::SNS::Topic' }
    const { outcome, calls } = await changed({ changeSets: [described({ changes: [other] })] })
    expect({ outcome: (outcome as { kind: string }).kind, calls }).toEqual({
      ...{ outcome: 'executed', calls: ['create', 'look', 'describe', 'execute'] }
    })
  })

  it.each(["The submitted information didn't contain changes.", 'No updates are to be performed.'])(
    'without changes is an answer: %s',
    async statusReason => {
      const { outcome, calls } = await changed({ changeSets: [described({ status: 'FAILED', statusReason })] })
      expect({ outcome, calls }).toEqual({ outcome: { kind: 'no-changes' }, calls: ['create', 'look', 'delete'] })
    }
  )

  it.each([
    ['a hook said no', 'a hook said no'],
    ['', 'FAILED']
  ])('that failed says why: %s', async (statusReason, found) => {
    const { outcome } = await changed({ changeSets: [described({ status: 'FAILED', statusReason })] })
    const mend = 'mend what the reason names and run again; nothing was changed'
    expect(outcome).toMatchObject({
      ...{ code: 'AWS_FAILED', finding: { expected: `a change set for the stack ${name}`, found, mend } }
    })
  })

  it.each<[string, Partial<ResourceChange>, string | null]>([
    ['replaced and retained', {}, null],
    ['removed and retained', { action: 'Remove', policyAction: 'Retain' }, null],
    ['modified in place', { replacement: 'False', policyAction: null }, null],
    [
      'replaced and deleted',
      { policyAction: 'ReplaceAndDelete' },
      'Modify of LayerVersion with the policy ReplaceAndDelete'
    ],
    ['deleted', { action: 'Remove', policyAction: 'Delete' }, 'Remove of LayerVersion with the policy Delete'],
    [
      'removed, as the default is',
      { action: 'Remove', policyAction: null },
      'Remove of LayerVersion with the policy Delete'
    ],
    [
      'replaced, as the default is',
      { replacement: 'Conditional', policyAction: null },
      'Modify of LayerVersion with the policy Delete'
    ]
  ])('never deletes a version: %s', async (_what, part, found) => {
    const { outcome, calls } = await changed({ changeSets: [described({ changes: [{ ...version, ...part }] })] })
    if (found === null) expect(calls.at(-1)).toBe('execute')
    else {
      expect(calls.slice(-1)).toEqual(['delete'])
      expect(outcome).toMatchObject({
        code: 'TEMPLATE_DELETES_VERSIONS',
        finding: {
          ...{ expected: `every layer version of ${name} to be retained`, found },
          mend: 'set DeletionPolicy and UpdateReplacePolicy of the layer version to Retain in the deployed template first'
        }
      })
    }
  })
})
