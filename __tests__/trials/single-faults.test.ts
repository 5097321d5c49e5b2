/** G2: each call of a deploy goes wrong once, in each of the ways in which a call can go wrong. */
import { beforeAll, describe, expect, it } from '@jest/globals'
import { trialsOf, patience } from './own-process.js'
import { replay } from './replay.js'
import type { Figure } from './run-trials.js'
import { engines, type Scenario } from './scenarios.js'
import { faultKinds, lastingKinds, trialLine, trialOf, type TrialResult } from './trial.js'
import { fieldsOf } from './trial-line.js'

const scenarios = engines.flatMap(engine => (['new', 'existing'] as const).map(layer => ({ engine, layer })))
const existing = scenarios.filter(({ layer }) => layer === 'existing')

describe('G2 single faults', () => {
  let once: Figure
  let lasting: Figure
  beforeAll(async () => {
    const found = await trialsOf({
      once: { kind: 'trials', scenarios, faults: faultKinds },
      lasting: { kind: 'trials', scenarios: existing, faults: lastingKinds }
    })
    once = found.once
    lasting = found.lasting
  }, patience)

  it.each(scenarios)('F51 F52 $engine, $layer: the run copes, or the next one completes it', scenario => {
    const results = resultsOf(once, scenario)
    expect(results.length).toBeGreaterThanOrEqual(90)
    expect(linesOf(once, results)).toEqual([])
  })

  it.each(existing)(
    'F48 F50 $engine, $layer: what retries do not cure is a coded failure, and the next run completes',
    scenario => {
      const results = resultsOf(lasting, scenario)
      expect(linesOf(lasting, results)).toEqual([])
      const codes = new Set(results.flatMap(({ first }) => /[A-Z]{2,}_[A-Z_]+/.exec(first)?.[0] ?? []))
      expect([...codes]).toEqual(expect.arrayContaining(['NO_CREDENTIALS', 'ACCESS_DENIED', 'AWS_FAILED']))
    }
  )
})

function resultsOf(figure: Figure, { engine, layer }: Scenario): readonly TrialResult[] {
  return figure.results.filter(({ trial }) => trial.engine === engine && trial.layer === layer)
}

/** Those of `figure.bad` that tell of the results. */
function linesOf(figure: Figure, results: readonly TrialResult[]): readonly string[] {
  const starts = results.map(({ trial }) => `TRIAL='${trialLine(trial)}'`)
  return figure.bad.filter(line => starts.some(start => line.startsWith(start)))
}

describe('a line replays a trial', () => {
  it('of a fault', async () => {
    const line = 'engine=lambda layer=new fault=reset-after call=9'
    expect(trialLine(trialOf(fieldsOf(line)))).toBe(line)
    expect(await replay(line)).toEqual({ bad: [], story: 'the disturbed run: published 1' })
    await expect(replay('engine=lambda layer=new fault=reset-after call=99')).resolves.toMatchObject({
      bad: ['the fault never hit']
    })
  })

  it.each([
    ['engine=lambda layer=new meeting=same stopped=after call=7', '0 duplicates'],
    ['engine=cloudformation layer=existing meeting=newer stopped=before call=3', '0 duplicates'],
    ['engine=lambda layer=new runs=2 stale=3', '2 runs at once'],
    ['engine=lambda place=1', 'credentials of another account'],
    ['engine=lambda layer=existing hangs=lambda:PublishLayerVersion ends=step', expect.stringMatching(/^\d+ s in/)]
  ])('%s', async (line, story) => {
    expect(await replay(line)).toEqual({ bad: [], story })
  })
})
