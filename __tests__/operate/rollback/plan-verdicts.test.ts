/** What a rollback says of each target, whole: these lines are what a person reads who may not go back. */
import { describe, expect, it } from '@jest/globals'
import type { Verdict } from '../../../src/model/index.js'
import {
  assertSpecified,
  planRollback,
  runsAlready,
  type RollbackFacts,
  type RollbackRun
} from '../../../src/operate/rollback/plan-rollback.js'
import { deployed, detail, fact, production, properties, run, stored, targets } from './rollback-facts.js'

const [first, second] = ['da_flask in us-east-2', 'da_flask in eu-central-1']
const name = 'dev-da-flask-layer'
const nobodys = 'a version that no record names: published by hand, or left by a run that ended before it was recorded'

/** `GUARD subject: detail`, or what is refused and how to mend it. */
function lines(facts: readonly RollbackFacts[], changes: Partial<RollbackRun> = {}): readonly string[] {
  return planRollback({ ...run, ...changes }, facts, []).verdicts.map(lineOf)
}

function lineOf(verdict: Verdict): string {
  const head = `${verdict.guard} ${verdict.subject}: `
  if (verdict.passed === true) return head + verdict.detail
  const { expected, found, mend } = verdict.finding
  return `${head}Expected ${expected}, found ${found}. To fix: ${mend}.`
}

describe('the verdicts of a rollback', () => {
  it('say what was found where nothing stands in the way, after those that came before', () => {
    const before: Verdict = { guard: 'STALE_RUN', subject: '', passed: true, detail: 'tip of test' }
    const { verdicts } = planRollback(run, [fact(0), fact(1)], [before])
    const of = (subject: string) => [
      `VERSION_NOT_FOUND ${subject}: version 1 is there`,
      `ARTIFACT_GONE ${subject}: content c1`
    ]
    expect(verdicts.map(lineOf)).toEqual(['STALE_RUN : tip of test', ...of(first), ...of(second)])
  })

  it.each([
    ['a number', 1 as const, deployed, `version 1 of ${name} in us-east-2`, 'version 3 deployed'],
    ['a number, nothing deployed', 1 as const, null, `version 1 of ${name} in us-east-2`, 'nothing deployed'],
    [
      'previous',
      'previous' as const,
      deployed,
      `a version of ${name} in us-east-2 before the deployed one, with another content`,
      'version 3 deployed'
    ]
  ])('a version that is not there: %s', (_what, version, current, expected, found) => {
    expect(lines([fact(0, { wanted: null, content: null, deployed: current })], { version })).toEqual([
      `VERSION_NOT_FOUND ${first}: Expected ${expected}, found no such version, ${found}. To fix: see the versions (aws lambda list-layer-versions --layer-name …) and name one of them.`
    ])
  })

  it.each([
    ['the deployed one', 3, []],
    ['an earlier one', 2, []],
    [
      'one of nobody',
      4,
      [
        `VERSION_NOT_FOUND ${first}: Expected version 4 of ${name} to have been deployed by this repository, found ${nobodys}. To fix: name a version that was, or previous; on the command line --unrecorded returns to any version.`
      ]
    ]
  ])('whether a record names it: %s', (_what, version, refusals) => {
    const facts = [fact(0, { wanted: detail(version, 'a1'), content: null })]
    const there = `VERSION_NOT_FOUND ${first}: version ${version} is there`
    expect(lines(facts)).toEqual([there, ...refusals])
    expect(lines(facts, { unrecorded: true })).toEqual([there])
    expect(lines(facts, { environment: production, unrecorded: true })).toEqual([
      there,
      refusals.length === 0
        ? `NOT_PROMOTED ${first}: version ${version} was on record`
        : `NOT_PROMOTED ${first}: Expected version ${version} of ${name} to have been deployed to production under promote-from: sandbox, found ${nobodys}. To fix: deploy its source to sandbox first, then to production.`
    ])
  })

  it('where nothing is deployed, no record names anything', () => {
    const [, refusal = ''] = lines([fact(0, { deployed: null, content: null })])
    expect(refusal).toMatch(/^VERSION_NOT_FOUND .* to have been deployed by this repository/)
  })

  it('the inspection of the content counts, under the name of the target', () => {
    const secret: Verdict = {
      ...{ guard: 'SECRET_IN_ARCHIVE', subject: 'da_flask', passed: false },
      finding: { expected: 'no secret', found: 'a key', mend: 'take it out' }
    }
    const content = { ...stored('a1')!, verdicts: [secret] } as RollbackFacts['content']
    expect(lines([fact(0, { content })]).slice(1)).toEqual([
      `ARTIFACT_GONE ${first}: content c1`,
      `SECRET_IN_ARCHIVE ${first}: Expected no secret, found a key. To fix: take it out.`
    ])
  })

  it.each([
    ['gone', 'ARTIFACT_GONE', 'roll back to another version, or revert and push'],
    [
      'altered',
      'ARTIFACT_ALTERED',
      'find out who wrote there, delete that object, and run again: the version itself still has the content'
    ]
  ] as const)('a content that is %s', (kind, code, mend) => {
    const plan = planRollback(run, [fact(0, { content: { kind, found: 'this' } })], [])
    expect(plan.verdicts.slice(1).map(lineOf)).toEqual([
      `${code} ${first}: Expected the content of version 1 of ${name}, SHA-256 a1, found this. To fix: ${mend}.`
    ])
    expect(plan.steps).toEqual([])
  })

  const template = { capabilities: [], parameters: {}, read: null }
  it.each([
    ['the same', properties, null],
    ['another license', { ...properties, licenseInfo: 'MIT' }, 'another description, license, runtime or architecture'],
    ['nothing, as its version is gone', null, 'a stack whose version is gone']
  ])('an own template that declares %s', (_what, declared, found) => {
    const target = { ...targets[0]!, template }
    const facts = (changes: Partial<RollbackFacts> = {}) => [
      fact(0, { target, deployed: { ...deployed, properties: declared }, ...changes })
    ]
    const refusals = found === null ? [] : [found]
    expect(lines(facts()).slice(2)).toEqual(
      refusals.map(
        each =>
          `CONFIG_INVALID ${first}: Expected version 1 of ${name} to declare what the stack's own template declares, found ${each}. To fix: revert the change of the template and push: a deploy brings content and template together.`
      )
    )
    // Nothing is published where the version runs already, or is not there.
    expect(lines(facts({ content: null }))).toHaveLength(1)
    expect(lines(facts({ wanted: null, content: null }))).toHaveLength(1)
  })

  it('an own template of a stack that is not there declares nothing', () => {
    const target = { ...targets[0]!, template }
    expect(lines([fact(0, { target, deployed: null })], { unrecorded: true }).at(-1)).toMatch(
      /^CONFIG_INVALID .*, found a stack whose version is gone\./
    )
  })

  it('a number that means another content elsewhere: each region with its own', () => {
    const [one, other] = ['1'.repeat(64), '2'.repeat(64)]
    const facts = [
      fact(0, { wanted: detail(1, one), content: stored(one) }),
      fact(1, { wanted: detail(1, other), content: stored(other) })
    ]
    expect(lines(facts).at(-1)).toBe(
      `CONFIG_INVALID : Expected version 1 to hold the same content in every region, found SHA-256 ${one.slice(0, 12)} in us-east-2, ${other.slice(0, 12)} in eu-central-1. To fix: name one region in the input regions, and the other with its own version number.`
    )
    expect(lines([facts[0]!, fact(1, { wanted: null, content: null })])).toHaveLength(3)
  })

  it('a target without a version to return to has no step, the others have theirs', () => {
    const { steps } = planRollback(run, [fact(0, { wanted: null, content: null }), fact(1)], [])
    expect(steps.map(({ kind, target }) => `${kind} ${target.region}`)).toEqual(['publish eu-central-1'])
  })
})

describe('what runs already', () => {
  it.each([
    ['the same content, declared alike', deployed, 'a1', true],
    ['another content', deployed, 'a2', false],
    ['declared otherwise', { ...deployed, properties: { ...properties, description: 'new' } }, 'a1', false],
    ['a version that is gone', { ...deployed, properties: null }, 'a1', false],
    ['nothing', null, 'a1', false]
  ])('%s', (_what, current, codeSha256, expected) => {
    expect(runsAlready(current, codeSha256, detail(1, 'a1'))).toBe(expected)
  })
})

describe('what is asked for', () => {
  const layers = [{ id: 'a' }, { id: 'b' }]
  it.each([
    [
      null,
      layers,
      true,
      'Expected the version to roll back to, found none. To fix: set the input version to a number or to previous.'
    ],
    [
      'previous',
      layers,
      false,
      'Expected the layers to roll back by name, found none of a, b. To fix: name them in the input layers.'
    ],
    [
      1,
      layers,
      true,
      'Expected one layer, since version numbers are of each layer its own, found a, b. To fix: roll back one layer at a time, or all of them to previous.'
    ]
  ] as const)('version %s of several', (version, chosen, named, message) => {
    expect(() => assertSpecified(version, chosen, named)).toThrow(`CONFIG_INVALID: ${message}`)
  })

  it('all layers of several, to previous, by their names', () => {
    expect(assertSpecified('previous', layers, true)).toBe('previous')
    expect(assertSpecified('previous', layers.slice(0, 1), false)).toBe('previous')
  })
})
