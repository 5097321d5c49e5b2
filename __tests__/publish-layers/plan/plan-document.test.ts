/** The plan's edges: what is missing, what is mixed, and every action as the output `plan` carries it. */
import type { Facts, PlanStep } from '../../../src/publish-layers/plan/facts.js'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { CodedError } from '../../../src/model/errors.js'
import type { LayerChange, Verdict } from '../../../src/model/index.js'
import { buildPlan, planDocument } from '../../../src/publish-layers/plan/plan.js'
import { targetKey } from '../../../src/publish-layers/target.js'
import { layer, production } from '../../support/configs.js'
import { artifact, change, deployed, facts, source, target } from '../../support/plans.js'
import { runs } from '../../support/property-runs.js'
import { targetsOf } from '../../../src/publish-layers/target.js'

const finding = { expected: 'a', found: 'b', mend: 'c' }
const fine: Verdict = { guard: 'ACCOUNT_MISMATCH', subject: '', passed: true, detail: 'account 111122223333' }
const aside: Verdict = { guard: 'STALE_RUN', subject: '', passed: 'stand-aside', finding }
const refused: Verdict = { guard: 'NOT_PROMOTED', subject: 'da_flask', passed: false, finding }
const same = { deployed: new Map([[targetKey(target), deployed({ contentDigest: artifact().contentDigest })]]) }
const only = (changes: Partial<Facts>): PlanStep => buildPlan(facts(changes)).steps[0]!
const documentOf = (changes: Partial<Facts>): Record<string, unknown> =>
  (planDocument(buildPlan(facts(changes))) as { steps: Record<string, unknown>[] }).steps[0]!

describe('what is missing', () => {
  it('a change whose target is not selected makes no step', () => {
    expect(buildPlan(facts({ changes: [change({ region: 'eu-west-1' })] })).steps).toEqual([])
  })
  it('a target that was not read, a source that is not there, nothing stored', () => {
    const step = only({ deployed: new Map(), sources: new Map(), stored: new Map(), changes: [change({ to: null })] })
    expect(step).toMatchObject({ kind: 'publish', deployed: null, sourceDigest: null, stored: null })
    expect(step).toHaveProperty('record.sourceDigest', '')
    expect(step).toHaveProperty('record.sourceCommit', '')
  })
  it('what is stored, and the source, come along', () => {
    const stored = { sizeBytes: 1, sha256: 'a', metadata: {}, etag: 'e' } as never
    expect(only({ stored: new Map([[targetKey(target), stored]]) })).toMatchObject({ stored })
    expect(only({}).sourceDigest).toBe(source.sourceDigest)
  })
})

describe('the outcome', () => {
  const outcome = (changes: Partial<Facts>): string => buildPlan(facts(changes)).outcome
  it('one write among others applies; a record is one', () => {
    const [first, second] = targetsOf(
      { ...production, promoteFrom: null },
      [layer('da_flask')],
      ['us-east-2', 'us-west-2']
    )
    const changes = [change(), change({ region: 'us-west-2', changed: false, reason: 'unchanged' })]
    expect(outcome({ targets: [first!, second!], changes })).toBe('apply')
    expect(outcome(same)).toBe('apply')
    expect(only(same).kind).toBe('record')
  })
  it('throws on a step of an unknown kind', () => {
    const plan = { ...buildPlan(facts()), steps: [{ ...only({}), kind: 'guess' } as unknown as PlanStep] }
    expect(() => planDocument(plan)).toThrow('unexpected value')
  })
})

describe('the document', () => {
  it('is the plan, whole', () => {
    expect(planDocument(buildPlan(facts({ verdicts: [fine, aside, refused], dryRun: true })))).toEqual({
      mode: 'deploy',
      'dry-run': true,
      environment: 'sandbox',
      'account-id': '111122223333',
      head: facts().headCommit,
      outcome: 'refuse',
      steps: [
        {
          layer: 'da_flask',
          region: 'us-east-2',
          action: 'publish',
          reason: 'source-changed',
          'layer-name': 'dev-da-flask-layer',
          from: change().from,
          to: change().to,
          'deployed-version': 3,
          'source-digest': source.sourceDigest,
          'content-digest': artifact().contentDigest,
          'size-bytes': 100,
          'unzipped-bytes': 200,
          'packages-changed': null,
          'size-change-bytes': 10
        }
      ],
      'largest-packages': { da_flask: [] },
      guards: [
        { guard: 'ACCOUNT_MISMATCH', subject: '', passed: true, detail: 'account 111122223333' },
        { guard: 'STALE_RUN', subject: '', passed: 'stand-aside', ...finding },
        { guard: 'NOT_PROMOTED', subject: 'da_flask', passed: false, ...finding }
      ]
    })
  })
  it.each([
    ['keep', { changes: [change({ changed: false, reason: 'unchanged' })] }, null],
    ['build and publish', { builds: new Map() }, null],
    ['record source', same, artifact().contentDigest],
    ['none, a newer commit stands', { aside: new Set([targetKey(target)]) }, null],
    ['none, the build failed', { builds: new Map([['da_flask', new CodedError('BUILD_FAILED', finding)]]) }, null]
  ] as const)('names the action: %s', (action, changes, contentDigest) => {
    expect(documentOf(changes)).toMatchObject({ action, 'content-digest': contentDigest })
  })
  it('F110 says whose change it is in a merge queue', () => {
    const added = { changes: [change({ addedBy: 'this-entry' })] }
    expect(documentOf(added)).toMatchObject({ 'added-by': 'this-entry' })
  })
  it('F107 a verdict that a plan foretells has not passed', () => {
    const foretold: Verdict = {
      guard: 'NOT_PROMOTED',
      subject: 'x',
      passed: true,
      detail: 'a deploy would be refused',
      foretold: true
    }
    expect(planDocument(buildPlan(facts({ verdicts: [foretold] })))).toMatchObject({
      guards: [{ guard: 'NOT_PROMOTED', passed: false, detail: 'a deploy would be refused' }]
    })
  })
  it('F150 one layer that stands aside leaves the others to be written', () => {
    const one: Verdict = { ...aside, subject: 'other' }
    expect(buildPlan(facts({ verdicts: [one] })).outcome).toBe('apply')
    expect(buildPlan(facts({ verdicts: [one], aside: new Set([targetKey(target)]) })).outcome).toBe('stand-aside')
  })
  it('of a layer that runs nowhere has no version, and no size to compare with', () => {
    expect(documentOf({ deployed: new Map() })).toMatchObject({ 'deployed-version': null, 'size-change-bytes': null })
  })
  it('says which packages change, and how many of the team’s own files, where that is known', () => {
    const packages = [
      { name: 'attrs', from: null, to: '23' },
      { name: 'flask', from: '3.0.3', to: '3.0.2' }
    ]
    const ownFiles = { added: 1, changed: 2, removed: 3 }
    const known = documentOf({
      packagesChanged: new Map([[targetKey(target), packages]]),
      contentChanges: new Map([[targetKey(target), { ownFiles, licencesCompared: true }]])
    })
    expect(known).toMatchObject({
      'packages-changed': [packages[0], { ...packages[1], downgrade: true }],
      'own-files-changed': ownFiles
    })
    const unknown = documentOf({ packagesChanged: new Map([['other in us-east-2', packages]]) })
    expect(unknown).toMatchObject({ 'packages-changed': null })
    expect(unknown).not.toHaveProperty('own-files-changed')
  })
  it('names the largest packages of what is published, once for all regions', () => {
    const packages = [{ name: 'numpy', version: '2.2.6', sizeBytes: 7 }]
    const named = (changes: Partial<Facts>) => {
      const document = planDocument(
        buildPlan(facts({ builds: new Map([['da_flask', artifact({ packages })]]), ...changes }))
      )
      return (document as Record<string, unknown>)['largest-packages']
    }
    expect(named({})).toEqual({ da_flask: [{ name: 'numpy', version: '2.2.6', 'size-bytes': 7 }] })
    expect(named({ builds: new Map() })).toEqual({})
  })
})

describe('whatever is observed', () => {
  const digest = fc.constantFrom('1'.repeat(64), 'c'.repeat(64), null)
  const running = fc.option(
    fc
      .record({ sourceDigest: digest, contentDigest: digest, gone: fc.boolean() })
      .map(({ gone, ...digests }) => deployed({ ...digests, ...(gone ? { properties: null } : {}) })),
    { nil: null }
  )
  const builds = fc.constantFrom(artifact(), new CodedError('BUILD_FAILED', finding), undefined)
  const anyChange: fc.Arbitrary<LayerChange> = fc
    .record({ region: fc.constantFrom('us-east-2', 'eu-west-1'), changed: fc.boolean() })
    .map(changes => change(changes))
  const verdicts = fc.array(fc.constantFrom(fine, aside, refused), { maxLength: 3 })

  it('G10 buildPlan: a failed guard refuses; an older run writes nothing; the same recorded content is never published again', () => {
    fc.assert(
      fc.property(running, builds, fc.array(anyChange, { maxLength: 3 }), verdicts, (now, build, changes, judged) => {
        const plan = buildPlan(
          facts({
            changes,
            verdicts: judged,
            deployed: new Map([[targetKey(target), now]]),
            builds: build === undefined ? new Map() : new Map([['da_flask', build]])
          })
        )
        const kinds = plan.steps.map(({ kind }) => kind)
        const writes = kinds.includes('publish') || kinds.includes('record')
        const expected = judged.includes(refused)
          ? 'refuse'
          : judged.includes(aside)
            ? 'stand-aside'
            : writes
              ? 'apply'
              : 'nothing'
        expect(plan.outcome).toBe(expected)
        expect(plan.steps).toHaveLength(changes.filter(({ region }) => region === 'us-east-2').length)
        const recorded =
          now !== null && now.sourceDigest !== null && now.properties !== null && now.contentDigest === 'c'.repeat(64)
        for (const step of plan.steps) {
          if (!step.change.changed) expect(step.kind).toBe('keep')
          else if (build === undefined) expect(step.kind).toBe('announce')
          else if (build instanceof Error) expect(step.kind).toBe('fail')
          else expect(step.kind).toBe(recorded ? 'record' : 'publish')
        }
        expect(JSON.stringify(planDocument(plan))).not.toContain(artifact().file)
      }),
      { numRuns: runs(1_000) }
    )
  })
})
