/** What becomes of each step of a plan: the order that the engine is given, the row, the warnings and the progress. The engine's answers are data. */
import { describe, expect, it } from '@jest/globals'
import { CodedError } from '../../../src/model/errors.js'
import type { Log } from '../../../src/ports/runner.js'
import { apply, type ApplyPorts } from '../../../src/publish-layers/apply/apply.js'
import type { Engine, Published, PublishOrder, RecordOrder } from '../../../src/publish-layers/engines/engine.js'
import { Overtaken } from '../../../src/publish-layers/engines/verify.js'
import type { Facts } from '../../../src/publish-layers/plan/facts.js'
import { buildPlan, type Plan } from '../../../src/publish-layers/plan/plan.js'
import { targetKey } from '../../../src/publish-layers/target.js'
import { sandbox } from '../../support/configs.js'
import { artifact, change, deployed, facts, source, target } from '../../support/plans.js'

const arnOf = (version: number) => `arn:aws:lambda:us-east-2:111122223333:layer:${target.layerName}:${version}`
const stored = { bucket: target.bucket, key: 'k.zip', sha256: '9'.repeat(64), sizeBytes: 77 }
const published: Published = {
  ...{ outcome: 'published', version: 4, arn: arnOf(4), codeSha256: stored.sha256, sizeBytes: 78 },
  ...{ duplicates: [], unrecordedVersions: [] }
}
const planOf = (changes: Partial<Facts> = {}): Plan =>
  buildPlan(facts({ stored: new Map([[targetKey(target), stored]]), ...changes }))
const planned = (changes: Partial<Facts> = {}) => planOf({ dryRun: true, ...changes })
const finding = { expected: 'e', found: 'f', mend: 'm' }
const failure = new CodedError('AWS_FAILED', finding)

interface World {
  readonly publish?: (order: PublishOrder) => Promise<Published>
  readonly refresh?: (order: RecordOrder) => Promise<void>
  readonly ports?: Partial<ApplyPorts>
}

async function applied(plan: Plan, { publish = () => Promise.resolve(published), refresh, ports = {} }: World = {}) {
  const [orders, records, adjusted]: [PublishOrder[], RecordOrder[], string[]] = [[], [], []]
  const [warnings, told]: [string[], string[]] = [[], []]
  const engine = {
    publish: (order: PublishOrder) => {
      orders.push(order)
      return publish(order)
    },
    refreshRecord: (order: RecordOrder) => {
      records.push(order)
      return refresh?.(order) ?? Promise.resolve()
    },
    adjust: ({ layerId }: { layerId: string }) => Promise.resolve(void adjusted.push(layerId))
  } as unknown as Engine
  const rows = await apply(plan, {
    engine,
    region: () => ({}) as never,
    signal: new AbortController().signal,
    log: { warning: (line: string) => void warnings.push(line) } as unknown as Log,
    progress: ({ layerId, region, what, ended }) => void told.push(`${layerId} ${region} ${what} ${String(ended)}`),
    ...ports
  })
  return { row: rows[0]!, rows, orders, records, adjusted, warnings, told }
}
const brief = ({ status, reason }: { status: string; reason: string }) => `${status} ${reason}`

describe('a publish', () => {
  it('orders what the plan says, under the bytes that are stored, and tells what came of it', async () => {
    const plan = planOf()
    const { row, orders, told, warnings } = await applied(plan)
    const [step] = plan.steps
    expect(orders).toEqual([
      {
        ...{ target, artifact: stored, properties: target.properties, previous: step!.deployed },
        record: { ...(step as { record: object }).record, artifactSha256: stored.sha256 }
      }
    ])
    expect(row).toMatchObject({
      ...{ layerId: 'da_flask', region: 'us-east-2', status: 'published', reason: 'source-changed', error: null },
      ...{ version: 4, arn: arnOf(4), previousVersion: 3, artifactSha256: stored.sha256, sizeBytes: 78 },
      ...{ contentDigest: artifact().contentDigest, unzippedBytes: 200, packages: [] }
    })
    expect(told).toEqual(
      ['uploading false', 'publishing false', 'version 4 published true'].map(each => `da_flask us-east-2 ${each}`)
    )
    expect(warnings).toEqual([])
  })

  it.each<[string, Partial<Published>, string, readonly string[]]>([
    ['that another run made', { outcome: 'adopted' }, 'published source-changed', []],
    ['that was there already', { version: 3 }, 'unchanged same-content', []],
    [
      'twice',
      { duplicates: [5, 6] },
      'published source-changed',
      ['version 4 counts; the same content was published again as version 5, 6, which nobody needs: delete it.']
    ],
    [
      'beside what a run left',
      { unrecordedVersions: [2, 3] },
      'published source-changed',
      ['version 2, 3 was published by a run that ended before it could record it, and nobody needs it: delete it.']
    ],
    [
      'in place of a stack that is gone',
      { anewOf: 2 },
      'published stack-gone',
      [
        `the stack ${target.stackName} is gone, and with it the record of version 2; the same content was published anew as version 4.`
      ]
    ]
  ])('%s', async (_what, answer, expected, warned) => {
    const { row, warnings } = await applied(planOf(), { publish: () => Promise.resolve({ ...published, ...answer }) })
    expect(brief(row)).toBe(expected)
    expect(row.previousVersion).toBe(answer.anewOf ?? 3)
    expect(warnings).toEqual(warned.map(each => `${target.layerName} in us-east-2: ${each}`))
  })

  it('that fails is told, and gives no version out', async () => {
    const { row, told } = await applied(planOf(), { publish: () => Promise.reject(failure) })
    expect(brief(row)).toBe('failed failed')
    expect(row).toMatchObject({ error: failure, version: null, arn: null, previousVersion: 3 })
    expect(told.at(-1)).toBe(`da_flask us-east-2 ${failure.message} true`)
  })

  it('of a run that is over is not attempted', async () => {
    const { row, orders } = await applied(planOf(), { ports: { signal: AbortSignal.abort(failure) } })
    expect({ outcome: brief(row), orders }).toEqual({ outcome: 'not-attempted cancelled', orders: [] })
  })
})

describe('a publish that another run overtook', () => {
  const current = { version: 7, record: { commit: 'c7', contentDigest: 'd7', artifactSha256: 'a7' } }
  const overtaken =
    (now: typeof current | null = current) =>
    () =>
      Promise.reject(new Overtaken(finding, now))
  it('of a newer commit is left to it, with what it made', async () => {
    const asked: string[] = []
    const isNewer = (commit: string) => Promise.resolve(asked.push(commit) > 0)
    const { row } = await applied(planOf(), { publish: overtaken(), ports: { isNewer } })
    expect(asked).toEqual(['c7'])
    expect(brief(row)).toBe('skipped stale-run')
    expect(row).toMatchObject({
      ...{ version: 7, arn: arnOf(7), contentDigest: 'd7', artifactSha256: 'a7', sizeBytes: null, error: null },
      aside: {
        code: 'STALE_RUN',
        finding: { ...finding, mend: 'nothing, the newer commit stands; to go back, revert on the branch and push' }
      }
    })
  })

  it('of a newer commit, on what nobody had deployed, names no ARN', async () => {
    const deployedNow = new Map([[targetKey(target), null]])
    const ports = { isNewer: () => Promise.resolve(true) }
    const current = { version: 7, record: { commit: 'c7' } }
    const publish = () => Promise.reject(new Overtaken(finding, current))
    const { row } = await applied(planOf({ deployed: deployedNow }), { publish, ports })
    expect(row).toMatchObject({ version: 7, arn: null, contentDigest: null, artifactSha256: null })
  })

  it.each<[string, Partial<ApplyPorts>, typeof current | null]>([
    ['of an older commit', { isNewer: () => Promise.resolve(false) }, current],
    ['of a commit that git cannot place', { isNewer: () => Promise.reject(new Error('git')) }, current],
    ['where nobody can say', {}, current],
    ['by nothing that is on record', { isNewer: () => Promise.resolve(true) }, null]
  ])('%s is a failure', async (_what, ports, now) => {
    const { row } = await applied(planOf(), { publish: overtaken(now), ports })
    expect(brief(row)).toBe('failed failed')
    expect(row).toMatchObject({ error: { code: 'STALE_RUN', finding } })
  })
})

describe('what is not published', () => {
  const same = { contentDigest: artifact().contentDigest }
  const recordPlan = (changes: Partial<Facts> = {}) =>
    planOf({ deployed: new Map([[targetKey(target), deployed(same)]]), ...changes })

  it('the record of the same content is renewed', async () => {
    const plan = recordPlan()
    expect(plan.steps.map(({ kind }) => kind)).toEqual(['record'])
    const { row, records } = await applied(plan)
    const [step] = plan.steps
    expect(records).toEqual([
      {
        ...{ target, properties: target.properties, previous: step!.deployed },
        record: (step as { record: object }).record
      }
    ])
    expect(brief(row)).toBe('unchanged same-content')
    expect(row).toMatchObject({ contentDigest: same.contentDigest, version: 3 })
    expect(brief((await applied(plan, { refresh: () => Promise.reject(failure) })).row)).toBe('failed failed')
    const over = { ports: { signal: AbortSignal.abort(failure) } }
    expect(brief((await applied(plan, over)).row)).toBe('not-attempted cancelled')
    expect(brief((await applied(recordPlan({ dryRun: true }))).row)).toBe('unchanged same-content')
  })

  const unchanged = change({ changed: false, reason: 'unchanged' })
  it('what is around a version is put right, not in a dry run', async () => {
    const protectionDiffers = new Set([targetKey(target)])
    const of = (dryRun: boolean) => planOf({ changes: [unchanged], protectionDiffers, dryRun })
    expect(of(false).steps.map(({ kind }) => kind)).toEqual(['adjust'])
    const [done, dry] = [await applied(of(false)), await applied(of(true))]
    expect([done.adjusted, dry.adjusted]).toEqual([['da_flask'], []])
    expect([brief(done.row), brief(dry.row)]).toEqual(['unchanged unchanged', 'unchanged unchanged'])
  })

  it.each<[string, Partial<Facts>, string]>([
    ['unchanged', { changes: [unchanged] }, 'unchanged unchanged'],
    ['removed', { changes: [change({ changed: false, reason: 'removed' })] }, 'skipped removed'],
    ['left to a newer commit', { aside: new Set([targetKey(target)]) }, 'skipped stale-run'],
    ['not built', { builds: new Map([['da_flask', failure]]) }, 'failed failed']
  ])('a layer that is %s', async (_what, changes, expected) => {
    for (const plan of [planOf(changes), planned(changes)]) {
      const { row, orders } = await applied(plan)
      expect({ outcome: brief(row), orders }).toEqual({ outcome: expected, orders: [] })
    }
  })

  it('a dry run shows what would be published, a refused run what was not', async () => {
    const shown = { contentDigest: artifact().contentDigest, artifactSha256: stored.sha256, sizeBytes: 100 }
    const { row, orders } = await applied(planned())
    expect({ outcome: brief(row), orders }).toEqual({ outcome: 'planned source-changed', orders: [] })
    expect(row).toMatchObject({ ...shown, version: 3 })
    const fresh = await applied(planned({ stored: new Map([[targetKey(target), null]]) }))
    expect(fresh.row).toMatchObject({ artifactSha256: artifact().artifactSha256 })
    const verdicts = [{ guard: 'ACCOUNT_MISMATCH', subject: '', passed: false, finding }] as const
    const refused = await applied(planOf({ verdicts }))
    expect({ outcome: brief(refused.row), orders: refused.orders }).toEqual({
      ...{ outcome: 'not-attempted refused', orders: [] }
    })
    expect(refused.row).toMatchObject(shown)
    expect(brief((await applied(planOf({ verdicts, mode: 'plan' }))).row)).toBe('planned source-changed')
  })

  it('the steps are worked on as many at once as the environment says, each with its row in its place', async () => {
    const targets = ['a', 'b', 'c'].map(layerId => ({ ...target, layerId }))
    const plan = planOf({
      environment: { ...sandbox, concurrency: 2 },
      targets,
      sources: new Map(targets.map(({ layerId }) => [layerId, source])),
      changes: targets.map(({ layerId }) => change({ layerId })),
      deployed: new Map(targets.map(each => [targetKey(each), deployed()])),
      builds: new Map(targets.map(({ layerId }) => [layerId, artifact({ layerId })])),
      stored: new Map(targets.map(each => [targetKey(each), stored]))
    })
    let [running, most] = [0, 0]
    const publish = async () => {
      most = Math.max(most, ++running)
      await new Promise(resolve => setImmediate(resolve))
      running -= 1
      return published
    }
    const { rows } = await applied(plan, { publish })
    expect({ most, ids: rows.map(({ layerId }) => layerId) }).toEqual({ most: 2, ids: ['a', 'b', 'c'] })
  })
})
