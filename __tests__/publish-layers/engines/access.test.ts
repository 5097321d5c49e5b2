/** Sharing and the parameter: they follow the version, change without one, and are read back. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { statementsOf } from '../../../emulators/aws/lambda/layer-permissions.js'
import { accountId, openAccount, otherAccountId, region, type Account } from '../../trials/account.js'
import { deploy, outcomes, type DeployOptions } from '../../trials/deploy.js'

let account: Account
let id = ''
let name = ''
let count = 0
const third = '000000000003'
const organization = 'o-a1b2c3d4e5'
const root = (account: string) => `arn:aws:iam::${account}:root`

beforeAll(async () => {
  account = await openAccount()
})
afterAll(async () => {
  expect(account.emulator.defects).toEqual([])
  await account.close()
})
beforeEach(() => {
  id = `shared${++count}`
  name = `dev-${id}-layer`
})

/** Who may use a version, as its policy says. */
function readers(version: number): readonly string[] {
  const record = account.emulator.world.region(accountId, region).layers.get(name)?.versions[version - 1]
  if (record === undefined) throw new Error(`no version ${version} of ${name}`)
  return statementsOf(record)
    .map(
      ({ Principal, Condition }) =>
        Condition?.StringEquals['aws:PrincipalOrgID'] ?? (Principal === '*' ? '*' : Principal.AWS)
    )
    .toSorted()
}
const parameter = (parameterName = `/layers/dev/${id}`) =>
  account.emulator.world.region(accountId, region).parameters.get(parameterName)?.value ?? null
const versions = () => account.versions(name).map(({ version }) => version)
const arn = (version: number) => `arn:aws:lambda:${region}:${accountId}:layer:${name}:${version}`

describe('engine cloudformation', () => {
  const template = '/layers/{stage}/{layer}'
  const run = (content: string, environment: DeployOptions['environment'] = {}, more: Partial<DeployOptions> = {}) => {
    account.emulator.resetCalls()
    return deploy({ engine: 'cloudformation', content: { [id]: content }, environment, ...more })
  }
  const shared = (...shareWith: readonly string[]) => ({ shareWith, ssmParameterTemplate: template })

  it('a new layer is shared and named by its parameter; an unchanged run writes nothing', async () => {
    expect(outcomes(await run('one', shared(otherAccountId, organization)))).toEqual(['published 1'])
    expect(readers(1)).toEqual([root(otherAccountId), organization])
    expect(parameter()).toBe(arn(1))
    expect(account.stack(name)?.parameters).toMatchObject({ SharedWith: `${otherAccountId},${organization}` })
    expect(outcomes(await run('one', shared(otherAccountId, organization)))).toEqual(['unchanged 1'])
    expect(account.writes()).toEqual([])
  })

  it('a new version takes both over in the same change; who used the old one keeps it', async () => {
    await run('one', shared(otherAccountId))
    expect(outcomes(await run('two', shared(otherAccountId), { commit: '2' }))).toEqual(['published 2'])
    expect(account.writes().filter(api => api === 'cloudformation:ExecuteChangeSet')).toHaveLength(1)
    expect([readers(1), readers(2)]).toEqual([[root(otherAccountId)], [root(otherAccountId)]])
    expect(parameter()).toBe(arn(2))
  })

  it('changes without a build and without a version where only they change', async () => {
    await run('one')
    const { plan, rows } = await run('one', shared(otherAccountId), { commit: '2' })
    expect(plan.steps).toMatchObject([{ kind: 'record', change: { reason: 'access-changed', changed: true } }])
    expect(rows).toMatchObject([
      {
        ...{ status: 'unchanged', reason: 'access-changed', version: 1, error: null },
        access: { sharedWith: [otherAccountId], ssmParameter: `/layers/dev/${id}` }
      }
    ])
    expect(account.writes().filter(api => api.startsWith('s3:'))).toEqual([])
    expect([versions(), readers(1), parameter()]).toEqual([[1], [root(otherAccountId)], arn(1)])
    await run('one', { ...shared(third), ssmParameterTemplate: '/other/{layer}' }, { commit: '3' })
    expect([versions(), readers(1), parameter()]).toEqual([[1], [root(third)], null])
    expect(parameter(`/other/${id}`)).toBe(arn(1))
    await run('one', {}, { commit: '4' })
    expect([versions(), readers(1), parameter(`/other/${id}`)]).toEqual([[1], [], null])
    expect(account.stack(name)?.parameters).not.toHaveProperty('SharedWith')
  })

  it('is not put back by an older run', async () => {
    await run('one', shared(otherAccountId))
    await run('one', shared(third), { commit: '2' })
    const { plan } = await run('one', shared(otherAccountId), { commit: '1', tip: () => '2' })
    expect(plan.outcome).toBe('stand-aside')
    expect(readers(1)).toEqual([root(third)])
  })

  it('a new version is not shared with who is no longer configured; the ones before stay as they were', async () => {
    await run('one', shared(otherAccountId, third))
    await run('two', shared(otherAccountId, third), { commit: '2' })
    expect(outcomes(await run('three', shared(third), { commit: '3' }))).toEqual(['published 3'])
    expect([readers(1), readers(2), readers(3)]).toEqual([
      [root(third), root(otherAccountId)],
      [root(third)],
      [root(third)]
    ])
  })

  it('everybody, once it is said so', async () => {
    await run('one', { shareWith: ['public'] })
    expect(readers(1)).toEqual(['*'])
  })

  it('a moved source with the same content brings sharing along with its record', async () => {
    await run('one')
    const outcome = await run('one', shared(otherAccountId), { commit: '2', source: 'moved' })
    expect(outcome.plan.steps[0]?.kind).toBe('record')
    expect(outcome.rows).toMatchObject([{ reason: 'same-content', error: null }])
    expect([versions(), readers(1), parameter()]).toEqual([[1], [root(otherAccountId)], arn(1)])
  })

  it('a version that was deleted behind the stack comes back with its sharing', async () => {
    await run('one', shared(otherAccountId))
    account.emulator.world.region(accountId, region).layers.get(name)!.versions[0]!.deleted = true
    expect(outcomes(await run('one', shared(otherAccountId), { commit: '2' }))).toEqual(['published 2'])
    expect([readers(2), parameter()]).toEqual([[root(otherAccountId)], arn(2)])
    expect(outcomes(await run('one', shared(third), { commit: '3' }))).toEqual(['unchanged 2'])
  })

  it('a parameter name that somebody else has undoes no version; the next run completes', async () => {
    const { parameters } = account.emulator.world.region(accountId, region)
    parameters.set(`/layers/dev/${id}`, { value: 'theirs', type: 'String', version: 1 })
    const { rows } = await run('one', shared(otherAccountId))
    expect(rows[0]?.error?.message).toMatch(/^AWS_FAILED: .*already exists/)
    expect([versions(), parameter()]).toEqual([[1], 'theirs'])
    parameters.delete(`/layers/dev/${id}`)
    expect(outcomes(await run('one', shared(otherAccountId)))).toEqual(['unchanged 1'])
    expect([versions(), readers(1), parameter()]).toEqual([[1], [root(otherAccountId)], arn(1)])
  })

  it('what the policy says beside the configuration is no success', async () => {
    await run('one', shared(otherAccountId))
    const record = account.emulator.world.region(accountId, region).layers.get(name)!.versions[0]!
    const foreign = { ...statementsOf(record)[0]!, Sid: 'by-hand', Principal: '*' as const }
    record.policy = [...statementsOf(record), foreign]
    const { rows } = await run('one', shared(otherAccountId, third), { commit: '2' })
    expect(rows[0]?.error?.message).toMatch(
      /^PUBLISH_UNVERIFIED: Expected version 1 of .* to be shared with .*, found a policy for .*public.*\. To fix: correct share-with/
    )
  })

  it('asks for no policy where nobody is configured', async () => {
    await run('one')
    await run('two', {}, { commit: '2' })
    expect(account.emulator.calls.map(({ action }) => action)).not.toContain('lambda:GetLayerVersionPolicy')
  })
})

describe('engine lambda', () => {
  const run = (content: string, shareWith: readonly string[] = [], more: Partial<DeployOptions> = {}) => {
    account.emulator.resetCalls()
    return deploy({ engine: 'lambda', content: { [id]: content }, environment: { shareWith }, ...more })
  }
  const sharing = () => account.writes().filter(api => api.endsWith('Permission'))

  it('each version is shared anew; an unchanged run writes nothing', async () => {
    expect(outcomes(await run('one', [otherAccountId, organization]))).toEqual(['published 1'])
    expect(readers(1)).toEqual([root(otherAccountId), organization])
    expect(account.state(name)).toMatchObject({ version: 1, 'shared-with': [otherAccountId, organization] })
    expect(outcomes(await run('one', [otherAccountId, organization]))).toEqual(['unchanged 1'])
    expect(account.writes()).toEqual([])
    expect(outcomes(await run('two', [third], { commit: '2' }))).toEqual(['published 2'])
    expect([readers(1), readers(2)]).toEqual([[root(otherAccountId), organization], [root(third)]])
    expect(outcomes(await run('three', [], { commit: '3' }))).toEqual(['published 3'])
    expect([readers(2), readers(3)]).toEqual([[root(third)], []])
    expect(account.state(name)).not.toHaveProperty('shared-with')
  })

  it('sharing changes without a version', async () => {
    await run('one')
    const { plan, rows } = await run('one', [otherAccountId], { commit: '2' })
    expect(plan.steps).toMatchObject([{ kind: 'record', change: { reason: 'access-changed' } }])
    expect(rows).toMatchObject([{ status: 'unchanged', version: 1, error: null }])
    expect(account.writes()).toEqual(['lambda:AddLayerVersionPermission', 's3:PutObject'])
    await run('one', ['public'], { commit: '3' })
    expect(readers(1)).toEqual(['*'])
    expect(sharing()).toEqual(['lambda:RemoveLayerVersionPermission', 'lambda:AddLayerVersionPermission'])
    await run('one', [], { commit: '4' })
    expect([versions(), readers(1)]).toEqual([[1], []])
    expect((await run('one', ['public'], { commit: '1', tip: () => '4' })).plan.outcome).toBe('stand-aside')
  })

  it.each(['error-500-after', 'reset-after', 'truncated', 'throttle'] as const)(
    'an answer that is lost (%s) leads to one statement',
    async kind => {
      account.emulator.faults.add({ action: 'lambda:AddLayerVersionPermission', kind })
      expect(outcomes(await run('one', [otherAccountId]))).toEqual(['published 1'])
      expect(readers(1)).toEqual([root(otherAccountId)])
    }
  )

  it('what broke off is completed by the next run, without another version', async () => {
    account.emulator.faults.add({ action: 'lambda:AddLayerVersionPermission', kind: 'denied', resource: name })
    expect(outcomes(await run('one', [otherAccountId]))).toEqual(['ACCESS_DENIED'])
    expect(account.state(name)).toMatchObject({ version: 1, claim: null })
    expect(outcomes(await run('one', [otherAccountId]))).toEqual(['unchanged 1'])
    expect([versions(), readers(1)]).toEqual([[1], [root(otherAccountId)]])
  })

  it('a statement of ours that says something else is written anew; one of others is no success', async () => {
    await run('one')
    const record = account.emulator.world.region(accountId, region).layers.get(name)!.versions[0]!
    const statement = { ...{ Effect: 'Allow' as const, Action: 'lambda:GetLayerVersion', Resource: record.arn } }
    record.policy = [{ Sid: `layer-deploy-${third}`, Principal: '*', ...statement }]
    expect(outcomes(await run('one', [third], { commit: '2' }))).toEqual(['unchanged 1'])
    expect(readers(1)).toEqual([root(third)])
    record.policy = [...record.policy, { Sid: 'by-hand', Principal: '*', ...statement }]
    const { rows } = await run('one', [third, otherAccountId], { commit: '3' })
    expect(rows[0]?.error?.message).toMatch(/^PUBLISH_UNVERIFIED: .*found a policy for .*public/)
    expect(record.policy.map(({ Sid }) => Sid)).toContain('by-hand')
  })
})
