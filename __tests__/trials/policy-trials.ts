/** G11: all that a deploy may meet, under the generated policy of its environment, whole and with one action less. */
import type { Call } from '../../emulators/aws/calls.js'
import { stacksOf } from '../../emulators/aws/cloudformation/stack/stack.js'
import type { AwsEmulator } from '../../emulators/aws/index.js'
import type { Config, Engine, Environment } from '../../src/model/index.js'
import { iamPolicy, type EnvironmentAccess } from '../../src/setup/iam-policy/index.js'
import type { PolicyDocument } from '../../src/setup/iam-policy/policy.js'
import { layer, sandbox } from '../support/configs.js'
import { accountId, bucketName, openAccount, region, type Account } from './account.js'
import { deploy, outcomes, repository, type DeployOptions } from './deploy.js'

export const user = `arn:aws:iam::${accountId}:user/deployer`
export const ids = ['fresh', 'kept', 'killed', 'refused', 'broken']

/** An account in which some layers meet what no fault of the network brings about. */
export async function openSpoilingAccount(): Promise<Account> {
  const account: Account = await openAccount({
    onBoundary: (call, moment) => {
      if (moment === 'before') spoil(account.emulator, call)
    }
  })
  return account
}

/** A change set that AWS fails, an archive that vanishes before it is read. */
function spoil({ world }: AwsEmulator, { api, body, resource }: Call): void {
  if (api === 'cloudformation:DescribeChangeSet' && resource.includes('-refused-')) {
    const stack = [...stacksOf(world.region(accountId, region)).values()].find(({ name }) => body.includes(name))
    for (const changeSet of stack?.changeSets.values() ?? []) {
      changeSet.progress = null
      Object.assign(changeSet, { status: 'FAILED', executionStatus: 'UNAVAILABLE', statusReason: 'refused by a hook' })
    }
  }
  if (api === 'cloudformation:ExecuteChangeSet' && resource.includes('-broken-')) {
    const objects = world.buckets.get(bucketName)?.objects
    for (const key of objects?.keys() ?? []) if (key.includes('-broken-')) objects?.delete(key)
  }
}

/** A case of figure G11: an engine, and what is configured that takes further permissions. */
export interface PolicyCase {
  readonly engine: Engine
  readonly access: Partial<Environment>
}

export const policyCases: Readonly<Record<string, PolicyCase>> = {
  cloudformation: { engine: 'cloudformation', access: {} },
  lambda: { engine: 'lambda', access: {} },
  'cloudformation, recreating': { engine: 'cloudformation', access: { recreateFailedStacks: true } },
  'cloudformation, shared': {
    engine: 'cloudformation',
    access: { shareWith: ['444455556666'], ssmParameterTemplate: '/layers/{stage}/{layer}' }
  },
  'lambda, shared': { engine: 'lambda', access: { shareWith: ['444455556666'] } }
}

export function accessOf({ engine, access: configured }: PolicyCase, layers: readonly string[]): EnvironmentAccess {
  const config: Config = { environments: [{ ...sandbox, engine, ...configured }], layers: layers.map(id => layer(id)) }
  const [access] = iamPolicy(config, { for: 'role', environments: null, repository, repositoryId: '4711' })
  if (access === undefined) throw new Error('no environment')
  return access
}

export const without = (document: PolicyDocument, sid: string, action: string): PolicyDocument => ({
  ...document,
  Statement: document.Statement.flatMap(statement => {
    if (statement.Sid !== sid) return [statement]
    const rest = [statement.Action].flat().filter(one => one !== action)
    return rest.length === 0 ? [] : [{ ...statement, Action: rest }]
  })
})

/** Calls that were answered with a denial, and which attempt of the SDK each was. */
export const deniedCalls = (account: Account) =>
  account.emulator.calls
    .filter(({ errorCode, status }) => /AccessDenied/.test(errorCode ?? '') || status === 403)
    .map(({ api, resource, headers }) => {
      return { api, resource, attempt: Number(/attempt=(\d+)/.exec(headers['amz-sdk-request'] ?? '')?.[1]) }
    })

/** Every allowed action of a policy with its statement. */
export const allowed = (document: PolicyDocument) =>
  document.Statement.filter(({ Effect }) => Effect === 'Allow').flatMap(({ Sid, Action }) =>
    [Action].flat().map(action => ({ Sid, action }))
  )

/** All that a deploy may meet: a new layer, an unchanged one, a moved one, a killed one, a failed stack. */
export async function everything(
  account: Account,
  { engine, access }: PolicyCase,
  layers: readonly string[]
): Promise<readonly string[]> {
  const [fresh = '', kept = '', killed = '', refused = '', broken = ''] = layers
  const run = async (id: string, content: string, more: Partial<DeployOptions> = {}) =>
    deploy({ engine, content: { [id]: content }, environment: access, ...more }).then(
      deployed => {
        const [failed] = deployed.rows.flatMap(({ error }) => (error === null ? [] : [error.message]))
        return failed ?? outcomes(deployed).join()
      },
      (error: unknown) => (error as Error).message
    )
  const results = [
    await run(fresh, 'one'),
    await run(fresh, 'one'),
    await run(fresh, 'two', { commit: '2' }),
    await run(fresh, 'two', { commit: '3', source: 'moved' }),
    await run(kept, 'one')
  ]
  if (access.shareWith !== undefined) results.push(...(await accessOnly(run, fresh, access)))
  account.emulator.faults.add(
    engine === 'cloudformation'
      ? { action: 'cloudformation:ExecuteChangeSet', kind: 'reset-before', times: 9 }
      : { action: 'lambda:PublishLayerVersion', kind: 'error-500-after' }
  )
  results.push(await run(killed, 'one'))
  account.emulator.faults.clear()
  results.push(await run(refused, 'one'), await run(broken, 'one'))
  if (access.recreateFailedStacks === true) results.push(await run(broken, 'one'))
  results.push(await run(killed, 'one'), await run(killed, 'one'))
  return results
}

type Run = (id: string, content: string, more: Partial<DeployOptions>) => Promise<string>

/** A rollback, the way forward from it, other names, and nobody any more. */
async function accessOnly(run: Run, id: string, access: Partial<Environment>): Promise<readonly string[]> {
  const rolledBack: NonNullable<DeployOptions['wrap']> = engine => ({
    ...engine,
    publish: order => engine.publish({ ...order, record: { ...order.record, rolledBackTo: '1' } })
  })
  const other = { ...access, shareWith: ['000000000003'] }
  return [
    await run(id, 'three', { commit: '4', wrap: rolledBack }),
    await run(id, 'four', { commit: '5' }),
    await run(id, 'four', { commit: '6', environment: other }),
    await run(id, 'four', { commit: '7', environment: { shareWith: [], ssmParameterTemplate: null } })
  ]
}

/** Asked for only where an upload of more than 16 MiB fails, and never a reason to fail: `aws-upload.test.ts` has it. */
export const onFailedUpload = 's3:AbortMultipartUpload'

/** One trial for each engine with the whole policy, and one for each action of it. */
export async function runLeastPrivilege(): Promise<{ readonly trials: number; readonly bad: readonly string[] }> {
  const account = await openSpoilingAccount()
  const bad: string[] = []
  let trials = 0
  for (const [name, each] of Object.entries(policyCases)) {
    const actions = allowed(accessOf(each, ids).deploy).filter(({ action }) => action !== onFailedUpload)
    for (const dropped of [null, ...actions]) {
      trials += 1
      const layers = ids.map(id => `${each.engine}-${id}-${trials}`)
      const { deploy: policy } = accessOf(each, layers)
      account.emulator.resetCalls()
      account.emulator.iam.attach(user, [
        dropped === null ? policy : without(policy, dropped.Sid ?? '', dropped.action)
      ])
      const lines = (await everything(account, each, layers)).filter(line => line.startsWith('ACCESS_DENIED'))
      const isNamed =
        dropped !== null && lines.length > 0 && lines.every(line => line.includes(`for ${dropped.action} on `))
      if (dropped === null ? lines.length > 0 : !isNamed) {
        bad.push(
          `${name}, ${dropped === null ? 'the whole policy' : `without ${dropped.action}`}: ${lines[0] ?? 'no denial'}`
        )
      }
    }
  }
  await account.close()
  return { trials, bad }
}
