/** Is it the right account, and what does it run? The account's answers are data, so that each refusal of AWS can be stated. */
import { describe, expect, it } from '@jest/globals'
import type { ErrorCode } from '../../../src/model/errors.js'
import type { Engine, Foreknown, Observation } from '../../../src/publish-layers/engines/engine.js'
import { noListing } from '../../../src/publish-layers/engines/engine.js'
import { observeAccount, type AccountRequest } from '../../../src/publish-layers/observe/account.js'
import { targetKey, type Target } from '../../../src/publish-layers/target.js'
import { layer, sandbox } from '../../support/configs.js'
import { deployed, source, target } from '../../support/plans.js'
import { failedVerdict } from '../../support/results.js'
import { aws, failure, request, saidLog } from './stated-ports.js'

interface World {
  readonly credentials?: readonly string[]
  readonly caller?: string | Error
  readonly list?: Error
  readonly observe?: (target: Target) => Partial<Observation>
}

const key = targetKey(target)

function world({ credentials = ['environment'], caller = sandbox.accountId, list, observe }: World) {
  const log = saidLog()
  const [listed, asked, waited]: [string[][], [string, Foreknown | undefined][], boolean[]] = [[], [], []]
  const engine = {
    list: (targets: readonly Target[]) => {
      listed.push(targets.map(targetKey))
      return list === undefined ? Promise.resolve({ ...noListing, at: 7 }) : Promise.reject(list)
    },
    observe: async (one: Target, wait: boolean, known?: Foreknown) => {
      asked.push([targetKey(one), known])
      waited.push(wait)
      return Promise.resolve({ deployed: deployed(), verdicts: [], protectionDiffers: false, ...observe?.(one) })
    }
  } as Partial<Engine> as Engine
  const account = aws({
    credentialSources: () => credentials,
    callerIdentity: () =>
      caller instanceof Error ? Promise.reject(caller) : Promise.resolve({ accountId: caller, arn: '' })
  })
  return { ports: { aws: account, engine, log }, log, listed, asked, waited }
}

async function look(changes: Partial<AccountRequest>, stated: World = {}) {
  const { ports, ...seen } = world(stated)
  const account = await observeAccount(request(changes), Promise.resolve([source]), ports)
  return { ...seen, account }
}

const unread = { deployed: new Map(), protectionDiffers: new Set(), layers: null }
const two = { ...sandbox, regions: ['us-east-2', 'eu-west-1'] }

describe('who is asked', () => {
  it('a plan without credentials asks nobody and trusts what needs no account', async () => {
    const { account, listed, log } = await look({ mode: 'plan' }, { credentials: [], caller: failure('AWS_FAILED') })
    expect(account).toMatchObject({ ...unread, trusted: true, targets: [target] })
    expect(account.verdicts.map(({ guard }) => guard)).toEqual(['REGION_NOT_ALLOWED'])
    expect([listed, log.warnings]).toEqual([[], []])
  })

  it.each(['deploy', 'report'] as const)('%s without credentials fails', async mode => {
    const stated = { credentials: [], caller: failure('NO_CREDENTIALS') }
    await expect(look({ mode }, stated)).rejects.toMatchObject({ code: 'NO_CREDENTIALS' })
  })

  it('a plan on a machine of EC2 without a role goes on, and says so', async () => {
    const stated = { credentials: ['instance metadata'], caller: failure('NO_CREDENTIALS') }
    const { account, listed, log } = await look({ mode: 'plan' }, stated)
    expect(account).toMatchObject({ ...unread, trusted: true })
    expect(listed).toEqual([])
    expect(log.warnings).toEqual([expect.stringContaining('NO_CREDENTIALS')])
  })

  it.each<[string, AccountRequest['mode'], readonly string[], Error]>([
    ['credentials that were given and do not work', 'plan', ['environment'], failure('NO_CREDENTIALS')],
    [
      'credentials beside the metadata service',
      'plan',
      ['instance metadata', 'environment'],
      failure('NO_CREDENTIALS')
    ],
    ['an account that does not answer', 'plan', ['instance metadata'], failure('AWS_FAILED')],
    ['a defect', 'plan', ['instance metadata'], Object.assign(new Error('broken'), { code: 'NO_CREDENTIALS' })],
    ['a deploy on a machine without a role', 'deploy', ['instance metadata'], failure('NO_CREDENTIALS')]
  ])('%s is an error', async (_name, mode, credentials, caller) => {
    await expect(look({ mode }, { credentials, caller })).rejects.toBe(caller)
  })

  it('another account is not trusted, and nothing in it is looked at', async () => {
    const { account, listed } = await look({}, { caller: '444455556666' })
    expect(account).toMatchObject({ ...unread, trusted: false })
    expect(account.verdicts.filter(({ passed }) => passed !== true)).toMatchObject([{ guard: 'ACCOUNT_MISMATCH' }])
    expect(listed).toEqual([])
  })

  it('a region that is not configured is refused, and nothing is looked at', async () => {
    const { account, listed } = await look({ regions: ['us-east-2', 'ap-south-1'] })
    expect(account).toMatchObject({ ...unread, trusted: false, regions: ['us-east-2'] })
    expect(account.verdicts.filter(({ passed }) => passed !== true)).toMatchObject([{ subject: 'ap-south-1' }])
    expect(listed).toEqual([])
  })
})

describe('what is read', () => {
  it('of the regions that were asked for alone, one list for each', async () => {
    const all = await look({ environment: two, layers: [layer('da_flask'), layer('b')] })
    expect(all.listed).toEqual([
      ['da_flask in us-east-2', 'b in us-east-2'],
      ['da_flask in eu-west-1', 'b in eu-west-1']
    ])
    expect(all.asked.map(([, known]) => known?.listing.at)).toEqual([7, 7, 7, 7])
    const one = await look({ environment: two, regions: ['eu-west-1'] })
    expect(one.listed).toEqual([['da_flask in eu-west-1']])
    expect(one.account).toMatchObject({ regions: ['eu-west-1'], targets: [{ region: 'eu-west-1' }] })
  })

  it.each<[string, Partial<AccountRequest>, string | null, boolean]>([
    ['a deploy knows the wanted source', { mode: 'deploy' }, source.sourceDigest, true],
    ['a plan too, and waits for nobody', { mode: 'plan' }, source.sourceDigest, false],
    ['a report reads each version', { mode: 'report' }, null, true],
    ['so does force', { force: true }, null, true],
    ['and a preview', { mode: 'plan', preview: true }, null, false]
  ])('%s', async (_name, changes, wantedSource, wait) => {
    const { asked, waited } = await look(changes)
    expect(asked).toEqual([[key, { listing: { ...noListing, at: 7 }, wantedSource }]])
    expect(waited).toEqual([wait])
  })

  it('keeps what runs, whose protection differs, and every verdict', async () => {
    const verdict = failedVerdict({ guard: 'STACK_NOT_OURS', subject: key })
    const observe = (one: Target) =>
      one.region === 'us-east-2' ? { protectionDiffers: true, verdicts: [verdict] } : { deployed: null }
    const { account } = await look({ environment: two }, { observe })
    expect([...account.deployed]).toEqual([
      [key, deployed()],
      ['da_flask in eu-west-1', null]
    ])
    expect([...account.protectionDiffers]).toEqual([key])
    expect(account.trusted).toBe(true)
    expect(account.verdicts.map(({ guard }) => guard)).toEqual([
      ...['ACCOUNT_MISMATCH', 'REGION_NOT_ALLOWED', 'REGION_NOT_ALLOWED', 'STACK_NOT_OURS']
    ])
    expect(account.layers?.map(one => one.deployed)).toEqual([deployed(), null])
  })

  const shared = { ssmParameter: null, sharedWith: ['444455556666'] }
  it.each<[string, Partial<AccountRequest>, Partial<Observation>, object]>([
    ['as configured', {}, {}, { accessDiffers: false, propertiesDiffer: false }],
    ['shared with nobody any more', {}, { deployed: deployed({ access: shared }) }, { accessDiffers: true }],
    [
      'to be shared',
      { environment: { ...sandbox, shareWith: ['444455556666'] } },
      { deployed: deployed({ access: shared }) },
      { accessDiffers: false }
    ],
    ['declared otherwise', { layers: [layer('da_flask', { description: 'other' })] }, {}, { propertiesDiffer: true }],
    [
      'not read',
      { layers: [layer('da_flask', { description: 'other' })] },
      { deployed: deployed({ properties: null }) },
      { propertiesDiffer: false }
    ],
    ['nothing', {}, { deployed: null }, { accessDiffers: false, propertiesDiffer: false, deployed: null }],
    [
      'of an own template, which declares for itself',
      {
        layers: [
          layer('da_flask', { description: 'other', template: { file: 't.yml', capabilities: [], parameters: {} } })
        ]
      },
      {},
      { propertiesDiffer: false }
    ]
  ])('compares how a version is reached and what it declares: %s', async (_name, changes, found, expected) => {
    const { account } = await look(changes, { observe: () => found })
    expect(account.layers).toEqual([expect.objectContaining({ layerId: 'da_flask', region: 'us-east-2', ...expected })])
  })
})

describe('what cannot be read', () => {
  it('a plan that is denied compares with the base revision, and says so', async () => {
    const { account, log } = await look({ mode: 'plan' }, { list: failure('ACCESS_DENIED') })
    expect(account).toMatchObject({ ...unread, trusted: true })
    expect(log.warnings).toEqual([expect.stringContaining('ACCESS_DENIED')])
  })

  it.each<[AccountRequest['mode'], ErrorCode]>([
    ['plan', 'AWS_FAILED'],
    ['deploy', 'ACCESS_DENIED'],
    ['report', 'ACCESS_DENIED']
  ])('%s fails at %s', async (mode, code) => {
    await expect(look({ mode }, { list: failure(code) })).rejects.toMatchObject({ code })
  })

  it('a defect is none', async () => {
    const list = Object.assign(new Error('broken'), { code: 'ACCESS_DENIED' })
    await expect(look({ mode: 'plan' }, { list })).rejects.toBe(list)
  })
})
