/** When an operation has ended, by whatever the service says of it. */
import { describe, expect, it } from '@jest/globals'
import type { StackDescription } from '../../../../src/ports/inventory.js'
import { CodedError } from '../../../../src/model/errors.js'
import type { ChangeSetDescription, StackEvent, Stacks } from '../../../../src/ports/aws.js'
import {
  endOfOperation,
  type Execution
} from '../../../../src/publish-layers/engines/cloudformation/stack-operation.js'
import { noTurn } from '../../../../src/publish-layers/engines/cloudformation/change-set.js'
import { fastClock } from '../../../trials/fast-clock.js'

const stack = (part: Partial<StackDescription> = {}): StackDescription => ({
  ...{ id: 'arn:aws:cloudformation:us-east-2:111122223333:stack/dev-x-layer/1', name: 'dev-x-layer' },
  ...{ status: 'UPDATE_COMPLETE', statusReason: '', parameters: {}, outputs: {}, tags: {} },
  ...{ changeSetId: null, terminationProtection: false },
  ...part
})
const execution: Execution = {
  ...{ changeSetId: 'ours', changeSetName: 'layer-deploy-x' },
  ...{ changeSetBefore: null, token: 'our-token' }
}
const changeSet = (executionStatus: string): ChangeSetDescription => {
  return { id: 'ours', status: 'CREATE_COMPLETE', executionStatus, statusReason: '', changes: [] }
}
const ofStack = (status: string, token = 'our-token'): StackEvent => {
  return { time: '', logicalId: 'dev-x-layer', resourceType: 'AWS::CloudFormation::Stack', status, reason: '', token }
}

/** What the service answers, call by call; the last answer stays. */
function scripted(answers: {
  readonly describe: readonly StackDescription[]
  readonly changeSet?: readonly (ChangeSetDescription | null)[]
  readonly events?: readonly (readonly StackEvent[])[]
}) {
  const asked: string[] = []
  const lines: string[] = []
  const next = <T>(what: string, list: readonly T[], otherwise: T): Promise<T> => {
    const index = asked.filter(one => one === what).length
    asked.push(what)
    return Promise.resolve(list[Math.min(index, list.length - 1)] ?? otherwise)
  }
  const stacks = {
    describe: () => next('describe', answers.describe, stack()),
    describeChangeSet: () => next<ChangeSetDescription | null>('change set', answers.changeSet ?? [], null),
    events: () => next<readonly StackEvent[]>('events', answers.events ?? [], [])
  } as unknown as Stacks
  const clock = fastClock()
  const ended = new AbortController()
  const context = {
    region: () => ({ stacks }) as never,
    clock: {
      now: () => clock.now(),
      sleep: async (milliseconds: number, signal?: AbortSignal) => {
        if (asked.length > 200) ended.abort(new Error('it waits for ever'))
        await clock.sleep(milliseconds, signal)
      }
    },
    ...{ signal: ended.signal, repository: 'octo-org/superproject', run: '1/1' },
    log: { info: (line: string) => void lines.push(line) }
  }
  const end = (more: Partial<Execution> = {}) =>
    endOfOperation(context, stacks, 'dev-x-layer', { ...execution, ...more })
  return { end, asked, lines }
}

describe('the end of an operation', () => {
  it('F125 is the stack that names our change set, without another question', async () => {
    const { end, asked } = scripted({
      describe: [stack({ status: 'UPDATE_IN_PROGRESS', changeSetId: 'ours' }), stack({ changeSetId: 'ours' })]
    })
    expect(await end({ changeSetBefore: 'before' })).toMatchObject({ changeSetId: 'ours' })
    expect(asked).toEqual(['describe', 'describe'])
  })

  it('F125 without a change set on the stack it is told by its execution status, and read anew after that', async () => {
    const { end, asked } = scripted({
      describe: [stack({ outputs: { v: 'old' } }), stack({ outputs: { v: 'old' } }), stack({ outputs: { v: 'new' } })],
      changeSet: [changeSet('EXECUTE_IN_PROGRESS'), changeSet('EXECUTE_COMPLETE')]
    })
    expect(await end()).toMatchObject({ outputs: { v: 'new' } })
    expect(asked).toEqual(['describe', 'change set', 'describe', 'change set', 'describe'])
  })

  it('F125 where the change set is gone, by the events with our token; those of another do not count', async () => {
    const { end } = scripted({
      describe: [stack()],
      events: [[ofStack('UPDATE_COMPLETE', 'another')], [ofStack('UPDATE_IN_PROGRESS')], [ofStack('UPDATE_COMPLETE')]]
    })
    expect(await end()).toMatchObject({ status: 'UPDATE_COMPLETE' })
  })

  it('F125 a stack that goes on naming the change set before is believed after three equal reads', async () => {
    const { end, asked } = scripted({
      describe: [stack({ changeSetId: 'before' })],
      changeSet: [changeSet('EXECUTE_COMPLETE')]
    })
    expect(await end({ changeSetBefore: 'before' })).toMatchObject({ changeSetId: 'before' })
    expect(asked.filter(what => what === 'describe')).toHaveLength(4)
  })

  it('F125 an execution that failed is a failure, also where no event bears our token', async () => {
    const failed = scripted({ describe: [stack({ status: 'UPDATE_ROLLBACK_COMPLETE', statusReason: 'it broke' })] })
    await expect(failed.end()).rejects.toThrow('it waits for ever')
    const told = scripted({
      describe: [stack({ status: 'UPDATE_ROLLBACK_COMPLETE', statusReason: 'it broke' })],
      changeSet: [changeSet('EXECUTE_FAILED')]
    })
    await expect(told.end()).rejects.toMatchObject({ code: 'AWS_FAILED', message: expect.stringContaining('it broke') })
  })

  it('F125 what is waited for is logged after 10 s, and once a minute from then on', async () => {
    const { end, lines } = scripted({
      describe: [
        ...Array.from({ length: 60 }, () => stack({ status: 'UPDATE_IN_PROGRESS' })),
        stack({ changeSetId: 'ours' })
      ]
    })
    await end()
    expect(lines[0]).toMatch(/^Waiting for the stack dev-x-layer \(UPDATE_IN_PROGRESS\).*, for 1[0-2] s now$/)
    expect(lines).toHaveLength(2)
  })

  it('F125 a short wait is not worth a line', async () => {
    const { end, lines } = scripted({
      describe: [stack({ status: 'UPDATE_IN_PROGRESS' }), stack({ changeSetId: 'ours' })]
    })
    await end()
    expect(lines).toEqual([])
  })
})

describe('a change that never got its turn', () => {
  it('F111 others are blamed only where the stack was seen to change', () => {
    const why = 'a change set that could not be executed'
    const alone = noTurn('dev-x-layer', [
      { before: stack(), why },
      { before: stack(), why }
    ])
    expect(alone).toBeInstanceOf(CodedError)
    expect(alone).toMatchObject({ code: 'AWS_FAILED', message: expect.stringContaining(why) })
    expect(alone.message).not.toContain('others')
    const changed = noTurn('dev-x-layer', [
      { before: stack(), why },
      { before: stack({ changeSetId: 'theirs' }), why }
    ])
    expect(changed.message).toContain('others changed')
  })
})
