/** F61: `recreate-failed-stacks`. The stack's creation failed: the archive went before CloudFormation read it. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { forceStackStatus } from '../../../../emulators/aws/cloudformation/reader.js'
import { accountId, bucketName, openAccount, region, type Account } from '../../../trials/account.js'
import { deploy, outcomes, type DeployOptions } from '../../../trials/deploy.js'

let account: Account
let id = ''
let name = ''
let count = 0
let breaking = false
beforeAll(async () => {
  account = await openAccount({
    onBoundary: ({ api }, moment) => {
      if (breaking && api === 'cloudformation:ExecuteChangeSet' && moment === 'before')
        account.emulator.world.buckets.get(bucketName)?.objects.clear()
    }
  })
})
afterAll(() => account.close())
beforeEach(async () => {
  id = `failed${++count}`
  name = `dev-${id}-layer`
  breaking = true
  expect(outcomes(await run('one'))).toEqual(['AWS_FAILED'])
  breaking = false
  expect(account.stack(name)?.status).toBe('ROLLBACK_COMPLETE')
  account.emulator.resetCalls()
})

const run = (content: string, more: Partial<DeployOptions> = {}) =>
  deploy({ engine: 'cloudformation', content: { [id]: content }, ...more })
const optedIn = { environment: { recreateFailedStacks: true } }
const deletions = () => account.emulator.calls.filter(({ api }) => api === 'cloudformation:DeleteStack')
const refusal = async (more: Partial<DeployOptions> = optedIn) => {
  const { plan } = await run('one', more)
  expect(plan.outcome).toBe('refuse')
  expect(account.writes()).toEqual([])
  const [verdict] = plan.verdicts.filter(({ passed }) => passed === false)
  return verdict?.passed === false ? { guard: verdict.guard, ...verdict.finding } : null
}

describe('F61 a stack in ROLLBACK_COMPLETE', () => {
  it('F61 is never deleted without the opt-in, which the mend names', async () => {
    expect(await refusal({})).toEqual({
      guard: 'STACK_NOT_READY',
      expected: `the stack ${name} in a state that an update can start from`,
      found: 'ROLLBACK_COMPLETE',
      mend: `delete the stack ${name} (its creation failed), or set recreate-failed-stacks: true for the environment, and run again`
    })
  })

  it('F61 is deleted, by its id, and created anew where the configuration says so', async () => {
    const failed = account.stack(name)?.id ?? ''
    expect(outcomes(await run('one', optedIn))).toEqual(['published 1'])
    expect(deletions().map(({ body }) => new URLSearchParams(String(body)).get('StackName'))).toEqual([failed])
    expect(account.stack(name)).toMatchObject({ status: 'CREATE_COMPLETE' })
    expect(account.stack(name)?.id).not.toBe(failed)
    account.emulator.resetCalls()
    expect(outcomes(await run('one', optedIn))).toEqual(['unchanged 1'])
    expect(account.writes()).toEqual([])
  })

  it('F61 the run that deleted it ends there: the next one creates it, also without the opt-in', async () => {
    account.emulator.faults.add({ action: 'cloudformation:CreateChangeSet', kind: 'denied' })
    expect(outcomes(await run('one', optedIn))).toEqual(['ACCESS_DENIED'])
    expect(deletions()).toHaveLength(1)
    expect(outcomes(await run('one'))).toEqual(['published 1'])
  })

  it('F61 stays where it holds a version', async () => {
    const whole = `whole${count}`
    const stackName = `dev-${whole}-layer`
    await deploy({ engine: 'cloudformation', content: { [whole]: 'one' } })
    forceStackStatus(account.emulator.world, { accountId, region, stackName }, 'ROLLBACK_COMPLETE')
    account.emulator.resetCalls()
    id = whole
    const found = await refusal()
    expect(found).toMatchObject({
      guard: 'STACK_NOT_READY',
      expected: expect.stringContaining('without a layer version')
    })
    expect(found?.found).toMatch(new RegExp(`^ROLLBACK_COMPLETE with arn:aws:lambda:.*:layer:${stackName}:1$`))
    expect(found?.mend).toContain('by hand')
  })

  it('F61 F66 stays where it is not ours', async () => {
    expect(await refusal({ ...optedIn, repository: 'octo-org/another' })).toMatchObject({ guard: 'STACK_NOT_OURS' })
  })

  it('F61 stays where it is protected from deletion', async () => {
    const stack = [...account.emulator.world.region(accountId, region).stacks.values()].find(
      each => (each as { name: string }).name === name
    )
    Object.assign(stack ?? {}, { terminationProtection: true })
    expect(await refusal()).toMatchObject({ guard: 'STACK_NOT_READY', found: 'ROLLBACK_COMPLETE' })
  })

  it.each(['CREATE_FAILED', 'ROLLBACK_FAILED', 'DELETE_FAILED', 'UPDATE_ROLLBACK_FAILED'] as const)(
    'F61 F62 one in %s stays, whatever the configuration says',
    async status => {
      forceStackStatus(account.emulator.world, { accountId, region, stackName: name }, status)
      expect(await refusal()).toMatchObject({ guard: 'STACK_NOT_READY', found: status })
    }
  )
})
