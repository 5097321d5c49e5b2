/** What changed in a stack after the plan was made is seen before it is written over, through dist/. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { Call } from '../../emulators/aws/index.js'
import { forceStackStatus, listStacks, type StackView } from '../../emulators/aws/cloudformation/reader.js'
import { stacksOf } from '../../emulators/aws/cloudformation/stack/stack.js'
import type { RunOutcome } from '../../emulators/runner/index.js'
import { makeActionWorld, region, sandboxAccount, type ActionWorld } from '../support/action-world.js'
import { push } from '../support/events.js'
import { configText } from './config-text.js'
import { codesOf, errorsOf, rowsOf, versionsIn, warningsOf } from './reading.js'

const ids = ['owner', 'raced', 'recreated', 'recorded', 'late'] as const
const stackName = (id: string) => `dev-${id}-layer`
const source = (id: string, text: string) => ({ [`${id}/python/${id}.py`]: `${text}\n` })
/** Watched, and no part of the layer: another source, the same content. */
const note = (id: string, text: string) => ({ [`notes/${id}.txt`]: `${text}\n` })

let world: ActionWorld
/** Called before each call of AWS; the call waits for it. */
let meanwhile: ((call: Call) => Promise<void>) | null = null
/** What it met: the emulator would make an answer of AWS of it. */
let failures: unknown[] = []
beforeAll(async () => {
  world = await makeActionWorld({
    config: configText({
      layers: Object.fromEntries(ids.map(id => [id, `{ path: ${id}, also-watch: [notes/${id}.txt] }`])),
      sandbox: ['recreate-failed-stacks: true']
    }),
    submodules: {},
    files: Object.assign({}, ...ids.map(id => ({ ...source(id, '1'), ...note(id, 'first') }))) as Record<
      string,
      string
    >,
    aws: { onBoundary: (call, moment) => (moment === 'before' ? meanwhile?.(call) : undefined) }
  })
})
afterAll(() => world.close())
beforeEach(() => {
  world.aws.resetCalls()
  meanwhile = null
  failures = []
})
afterEach(() => {
  expect(failures).toEqual([])
})

/** Once, before the first such call. */
const before = (action: string, work: () => Promise<void> | void): void => {
  meanwhile = async call => {
    if (call.action !== action) return
    meanwhile = null
    try {
      await work()
    } catch (error) {
      failures.push(error)
    }
  }
}
async function change(files: Record<string, string>): Promise<string> {
  await world.superproject.commitFiles(files, { branch: 'test' })
  return world.superproject.push('test')
}
const deploy = (after: string, layers: string): Promise<RunOutcome> =>
  world.run({
    event: push({ after }),
    checkout: { branch: 'test', commit: after },
    account: sandboxAccount,
    inputs: { layers }
  })
const head = (): Promise<string> => world.superproject.git('rev-parse', 'test')
const stack = (id: string): StackView | undefined =>
  listStacks(world.aws.world, sandboxAccount, region).find(({ name }) => name === stackName(id))
const versions = (id: string) => versionsIn(world, sandboxAccount)[stackName(id)]
const stackWrites = () => world.aws.writes().filter(({ action }) => action.startsWith('cloudformation:'))
const executions = () => stackWrites().filter(({ action }) => action === 'cloudformation:ExecuteChangeSet')
function giveAway(id: string): void {
  const found = [...stacksOf(world.aws.world.region(sandboxAccount, region)).values()].find(
    ({ name }) => name === stackName(id)
  )
  const tags = found?.definition?.tags as Map<string, string> | undefined
  tags?.set('layer-deploy:repository', 'octo-org/another')
  tags?.set('layer-deploy:repository-id', '99')
}

describe('the owner of the stack changed', () => {
  it('STACK_NOT_OURS before the upload: the stack is not touched', async () => {
    expect(errorsOf(await deploy(await head(), 'owner'))).toEqual([])
    const after = await change(source('owner', '2'))
    world.aws.resetCalls()
    before('s3:PutObject', () => giveAway('owner'))
    const outcome = await deploy(after, 'owner')
    expect({ exitCode: outcome.exitCode, codes: codesOf(outcome) }).toEqual({ exitCode: 1, codes: ['STACK_NOT_OURS'] })
    expect(stackWrites()).toEqual([])
    expect(versions('owner')).toEqual([1])
  })

  it('STACK_NOT_OURS just before the change set is made: it is not executed, and the tag stays', async () => {
    expect(errorsOf(await deploy(await head(), 'raced'))).toEqual([])
    const after = await change(source('raced', '2'))
    world.aws.resetCalls()
    before('cloudformation:CreateChangeSet', () => giveAway('raced'))
    const outcome = await deploy(after, 'raced')
    expect({ exitCode: outcome.exitCode, codes: codesOf(outcome) }).toEqual({ exitCode: 1, codes: ['STACK_NOT_OURS'] })
    expect(executions()).toEqual([])
    expect(stack('raced')?.tags['layer-deploy:repository']).toBe('octo-org/another')
    expect(versions('raced')).toEqual([1])
  })
})

describe('a stack that is to be created anew', () => {
  it('STACK_NOT_READY where it gained a version since: it is not deleted', async () => {
    const after = await head()
    before('cloudformation:ExecuteChangeSet', () => {
      for (const { objects } of world.aws.world.buckets.values()) objects.clear()
    })
    expect(codesOf(await deploy(after, 'recreated'))).toEqual(['AWS_FAILED'])
    expect(stack('recreated')?.status).toBe('ROLLBACK_COMPLETE')
    const [whole, failed] = ['raced', 'recreated'].map(id =>
      [...stacksOf(world.aws.world.region(sandboxAccount, region)).values()].find(({ name }) => name === stackName(id))
    )
    world.aws.resetCalls()
    before('s3:PutObject', () => {
      for (const [name, resource] of whole?.resources ?? []) failed?.resources.set(name, resource)
      forceStackStatus(
        world.aws.world,
        { accountId: sandboxAccount, region, stackName: stackName('recreated') },
        'ROLLBACK_COMPLETE'
      )
    })
    const outcome = await deploy(after, 'recreated')
    expect({ exitCode: outcome.exitCode, codes: codesOf(outcome) }).toEqual({ exitCode: 1, codes: ['STACK_NOT_READY'] })
    expect(errorsOf(outcome)[0]).toMatch(/without a layer version.*ROLLBACK_COMPLETE with arn:/)
    expect(stackWrites()).toEqual([])
  })
})

describe('a newer run recorded its commit', () => {
  it('F144 before a run that only records: it leaves the newer record, neutral', async () => {
    expect(errorsOf(await deploy(await head(), 'recorded'))).toEqual([])
    const older = await change(note('recorded', 'older'))
    let newer = ''
    before('cloudformation:CreateChangeSet', async () => {
      newer = await change(note('recorded', 'newer'))
      expect((await deploy(newer, 'recorded')).outputs).toMatchObject({ conclusion: 'success', recorded_version: '1' })
    })
    const outcome = await deploy(older, 'recorded')
    expect(errorsOf(outcome)).toEqual([])
    expect(outcome.outputs).toMatchObject({ conclusion: 'neutral', recorded_version: '1' })
    expect(rowsOf(outcome)['recorded']?.[region]).toMatchObject({ status: 'skipped', reason: 'stale-run' })
    expect(warningsOf(outcome)).toEqual([expect.stringContaining(newer)])
    expect(stack('recorded')?.tags['layer-deploy:commit']).toBe(newer)
    expect(versions('recorded')).toEqual([1])
  })

  it('F144 before a run that publishes: the version that the newer one kept stays', async () => {
    expect(errorsOf(await deploy(await head(), 'late'))).toEqual([])
    const older = await change(source('late', 'older'))
    let newer = ''
    before('cloudformation:CreateChangeSet', async () => {
      newer = await change({ ...source('late', '1'), ...note('late', 'newer') })
      expect((await deploy(newer, 'late')).outputs).toMatchObject({ conclusion: 'success', late_version: '1' })
    })
    const outcome = await deploy(older, 'late')
    expect(errorsOf(outcome)).toEqual([])
    expect(outcome.outputs).toMatchObject({ conclusion: 'neutral', late_version: '1' })
    expect(stack('late')?.tags['layer-deploy:commit']).toBe(newer)
    expect(versions('late')).toEqual([1])
  })
})
