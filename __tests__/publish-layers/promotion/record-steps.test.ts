/** What stands in a record, by what each step of the plan brings or leaves. */
import { describe, expect, it } from '@jest/globals'
import { CodedError } from '../../../src/model/errors.js'
import type { Artifact, LayerResult } from '../../../src/model/index.js'
import type { Facts } from '../../../src/publish-layers/plan/facts.js'
import { buildPlan, type Plan } from '../../../src/publish-layers/plan/plan.js'
import { payloadOf } from '../../../src/publish-layers/promotion/promotion.js'
import { startRecord } from '../../../src/publish-layers/promotion/record-run.js'
import { targetKey, targetsOf } from '../../../src/publish-layers/target.js'
import { layer, production, sandbox } from '../../support/configs.js'
import { artifact, change, deployed, facts, headCommit, source, target } from '../../support/plans.js'
import { page, recorded, recorderOf, row, emulatorForEach } from './recording.js'

const emulator = emulatorForEach()

const { contentDigest, artifactSha256 } = artifact()
const { sourceDigest } = source
const stays = { sourceDigest, contentDigest: '1'.repeat(64), artifactSha256: '2'.repeat(64) }
const other = 'd'.repeat(64)

async function deploy(rows: readonly LayerResult[], plan: Plan, run = '500/1'): Promise<void> {
  expect(await startRecord(recorderOf(emulator(), run), plan).finish(rows, false)).toBeNull()
}

/** A plan of two layers: `da_flask`, which is published, and `second`. */
function besides(second: Partial<Facts['changes'][number]>, changes: Partial<Facts> = {}): Plan {
  const [next] = targetsOf(sandbox, [layer('second')], sandbox.regions)
  return buildPlan(
    facts({
      targets: [target, next!],
      changes: [change(), change({ layerId: 'second', ...second })],
      deployed: new Map([
        [targetKey(target), deployed()],
        [targetKey(next!), deployed({ sourceDigest })]
      ]),
      sources: new Map([
        ['da_flask', source],
        ['second', source]
      ]),
      ...changes
    })
  )
}

describe('a record', () => {
  it('names the commit, the environment, the run and its page, and what it proves', async () => {
    await deploy([row()], buildPlan(facts()))
    expect(emulator().state.deployments).toMatchObject([
      {
        sha: headCommit,
        environment: 'sandbox',
        task: 'layer-deploy',
        description: '1 layer (run 500/1)',
        production: false,
        payload: payloadOf(new Map([['da_flask', { sourceDigest, contentDigest, artifactSha256 }]])),
        statuses: [
          { state: 'in_progress', logUrl: page('500/1') },
          { state: 'success', logUrl: page('500/1') }
        ]
      }
    ])
    for (const { description } of emulator().state.deployments[0]!.statuses) expect(description).not.toBe('')
  })

  it('of an environment that promotes from another is one of production', async () => {
    await deploy([row()], buildPlan(facts({ environment: production })))
    expect(emulator().state.deployments).toMatchObject([{ environment: 'production', production: true }])
  })

  it('of a publish without its proof says who overrode it, within the 140 characters of GitHub', async () => {
    const detail = `not proven by sandbox; overridden by octocat: ${'a long reason '.repeat(20)}`
    const verdicts = [{ guard: 'NOT_PROMOTED', subject: 'da_flask', passed: true, detail, overridden: true }] as const
    await deploy([row()], buildPlan(facts({ environment: production, verdicts })))
    const [{ description } = { description: null }] = emulator().state.deployments
    expect(description).toContain('NOT_PROMOTED da_flask: not proven by sandbox; overridden by octocat')
    expect(description?.length).toBeLessThanOrEqual(140)
  })

  it('counts its layers', async () => {
    await deploy([row(), row({ layerId: 'second', status: 'unchanged', ...stays })], besides({ changed: false }))
    expect(emulator().state.deployments).toMatchObject([{ description: '2 layers (run 500/1)' }])
  })

  it('ends what it takes the place of with the page of the run that made it, or else with its own', async () => {
    const older = ['400/1', null].map(run => {
      const deployment = emulator().seed.deployment({ sha: headCommit, environment: 'sandbox', task: 'layer-deploy' })
      const status = { id: 1, description: '', environment: 'sandbox', targetUrl: '', environmentUrl: '', creator: 'o' }
      deployment.statuses.push({ ...status, state: 'success', logUrl: run === null ? '' : page(run), createdAt: 0 })
      return deployment
    })
    await deploy([row()], buildPlan(facts()))
    const ends = older.map(({ statuses }) => statuses.at(-1))
    expect(ends).toMatchObject([
      { state: 'inactive', logUrl: page('400/1') },
      { state: 'inactive', logUrl: page('500/1') }
    ])
    for (const end of ends) expect(end?.description).not.toBe('')
  })

  it('costs three calls where nothing else is on record, and looks up no outcomes', async () => {
    await deploy([row()], buildPlan(facts()))
    expect(emulator().calls.map(({ operation }) => operation)).toEqual([
      'repos/create-deployment',
      'repos/create-deployment-status',
      'repos/create-deployment-status',
      'repos/list-deployments'
    ])
  })
})

describe('a layer is proven as it is deployed', () => {
  it('from what is stored already, though this run compressed the same content otherwise', async () => {
    const stored = { bucket: 'b', key: 'k', sha256: other, sizeBytes: 1 }
    const plan = buildPlan(facts({ stored: new Map([[targetKey(target), stored]]) }))
    await deploy([row({ artifactSha256: other })], plan)
    expect(emulator().state.deployments).toMatchObject([
      { payload: payloadOf(new Map([['da_flask', { sourceDigest, contentDigest, artifactSha256: other }]])) }
    ])
    expect(recorded(emulator())).toEqual(['in_progress success: da_flask'])
  })

  it.each([
    ['the archive that runs', deployed({ contentDigest }).artifactSha256],
    ['the archive that was built, where nobody wrote down the one that runs', null]
  ])('whose source alone moved: with %s', async (_name, running) => {
    const runs = deployed({ contentDigest, artifactSha256: running })
    const plan = buildPlan(facts({ deployed: new Map([[targetKey(target), runs]]) }))
    expect(plan.steps.map(({ kind }) => kind)).toEqual(['record'])
    await deploy([row({ status: 'unchanged', artifactSha256: running ?? artifactSha256 })], plan)
    expect(recorded(emulator())).toEqual(['in_progress success: da_flask'])
  })

  it.each([
    ['stays', {}],
    ['stays, what is around it being put right', { protectionDiffers: new Set(['second in us-east-2']) }]
  ])('that %s beside one that is published', async (_name, changes) => {
    await deploy(
      [row(), row({ layerId: 'second', status: 'unchanged', ...stays })],
      besides({ changed: false }, changes)
    )
    expect(recorded(emulator())).toEqual(['in_progress success: da_flask second'])
  })

  it.each([
    ['a region that runs nothing', null],
    ['content that nobody wrote down', deployed({ contentDigest: null })],
    ['an archive that nobody wrote down', deployed({ artifactSha256: null })]
  ])('and not at all with %s', async (_name, runs) => {
    const [next] = targetsOf(sandbox, [layer('second')], sandbox.regions)
    const plan = besides({ changed: false }, { deployed: new Map([[targetKey(next!), runs]]), stored: new Map() })
    const { contentDigest: content = null, artifactSha256: archive = null } = runs ?? {}
    const beside = row({ layerId: 'second', status: 'unchanged', contentDigest: content, artifactSha256: archive })
    await deploy([row(), beside], plan)
    expect(recorded(emulator())).toEqual(['in_progress success: da_flask'])
  })

  it('and not where its source cannot be told, nor where a newer commit stands', async () => {
    const unknown = { sources: new Map([['da_flask', source]]) }
    await deploy(
      [row(), row({ layerId: 'second', status: 'unchanged', ...stays, sourceDigest: null })],
      besides({ changed: false }, unknown)
    )
    await deploy(
      [row(), row({ layerId: 'second', status: 'skipped', reason: 'stale-run', ...stays })],
      besides({ changed: true }, { aside: new Set(['second in us-east-2']) }),
      '501/1'
    )
    expect(recorded(emulator())).toEqual(['in_progress success inactive: da_flask', 'in_progress success: da_flask'])
  })

  it.each([
    ['source', { sourceDigest: other }],
    ['content', { contentDigest: other }],
    ['archive', { artifactSha256: other }]
  ])('and not as planned where another %s was deployed', async (_name, changes) => {
    await deploy([row(changes)], buildPlan(facts()))
    expect(recorded(emulator())).toEqual(['in_progress failure: da_flask', 'success: da_flask'])
    // No layer failed: the failure has another reason.
    expect(emulator().state.deployments[0]?.statuses.at(-1)?.description).toMatch(/^\D+$/)
    expect(emulator().state.deployments[1]?.statuses.at(-1)?.description).not.toBe('')
    const wanted = { sourceDigest, contentDigest, artifactSha256, ...changes }
    expect(emulator().state.deployments[1]?.payload).toEqual(payloadOf(new Map([['da_flask', wanted]])))
  })

  it('and its run is a failure where a layer beside it could not be built', async () => {
    const error = new CodedError('BUILD_FAILED', { expected: 'a', found: 'b', mend: 'c' })
    const plan = besides(
      {},
      {
        builds: new Map<string, Artifact | CodedError>([
          ['da_flask', artifact()],
          ['second', error]
        ])
      }
    )
    await deploy([row(), row({ layerId: 'second', status: 'failed', reason: 'failed', error })], plan)
    expect(recorded(emulator())).toEqual(['in_progress failure: da_flask', 'success: da_flask'])
  })

  it('and not as planned where only one of two layers is as it was planned', async () => {
    const plan = besides({ changed: false })
    await deploy([row(), row({ layerId: 'second', status: 'unchanged', ...stays, contentDigest: other })], plan)
    await deploy([row()], plan, '501/1')
    expect(recorded(emulator())).toEqual([
      'in_progress failure: da_flask second',
      'success inactive: da_flask second',
      'in_progress failure: da_flask second',
      'success: da_flask'
    ])
  })

  it.each(['sourceDigest', 'contentDigest', 'artifactSha256'] as const)('and not without its %s', async field => {
    await deploy([row({ [field]: null })], buildPlan(facts()))
    expect(recorded(emulator())).toEqual(['in_progress failure: da_flask'])
  })
})

describe('without a change', () => {
  const unchanged = (changes: Partial<Facts> = {}): Plan =>
    buildPlan(facts({ changes: [change({ changed: false, reason: 'unchanged' })], ...changes }))

  it('an environment that nothing is promoted from is not recorded', async () => {
    await deploy([row({ status: 'unchanged' })], unchanged({ environment: production }))
    expect(recorded(emulator())).toEqual([])
  })

  it('a plan, a dry run, a refusal and a run that stands aside ask GitHub nothing, though a proof is missing', async () => {
    const finding = { expected: 'a', found: 'b', mend: 'c' }
    const judged = { guard: 'STALE_RUN', subject: '', finding } as const
    for (const plan of [
      unchanged({ mode: 'plan' }),
      unchanged({ dryRun: true }),
      unchanged({ verdicts: [{ ...judged, passed: false }] }),
      unchanged({ verdicts: [{ ...judged, passed: 'stand-aside' }] }),
      buildPlan(facts({ dryRun: true }))
    ])
      await deploy([row({ status: 'unchanged' })], plan)
    expect(emulator().calls).toEqual([])
  })

  it('a source that has nothing to prove is not recorded', async () => {
    await deploy([row({ status: 'unchanged', contentDigest: null })], unchanged())
    expect(recorded(emulator())).toEqual([])
  })

  it('a lost proof of one of two layers is recorded anew', async () => {
    await deploy([row({ status: 'unchanged' })], unchanged())
    await deploy([row({ status: 'unchanged' }), row({ layerId: 'second', status: 'unchanged' })], unchanged(), '501/1')
    expect(recorded(emulator())).toEqual(['success inactive: da_flask', 'success: da_flask second'])
  })

  it('a record that never became a success is none', async () => {
    emulator().faults.add({
      operation: 'repos/create-deployment-status',
      fault: { kind: 'error', status: 403, when: 'before' }
    })
    await startRecord(recorderOf(emulator(), '400/1'), unchanged()).finish([row({ status: 'unchanged' })], false)
    expect(recorded(emulator())).toEqual([': da_flask'])
    await deploy([row({ status: 'unchanged' })], unchanged())
    expect(recorded(emulator())).toEqual(['error: da_flask', 'success: da_flask'])
  })
})
