/** G2: each call of a deploy goes wrong once, in each of the ways in which a call can go wrong. */
import { describe, expect, it } from '@jest/globals'
import { runTrials } from './run-trials.js'
import { engines } from './scenarios.js'
import { faultKinds, lastingKinds, parseTrial, replay, trialLine } from './trial.js'

const scenarios = engines.flatMap(engine => (['new', 'existing'] as const).map(layer => ({ engine, layer })))

describe('G2 single faults', () => {
  it.each(scenarios)(
    'F51 F52 $engine, $layer: the run copes, or the next one completes it',
    async scenario => {
      const { bad, trials } = await runTrials([scenario], faultKinds)
      expect(bad).toEqual([])
      expect(trials).toBeGreaterThanOrEqual(90)
    },
    170_000
  )

  it.each(scenarios.filter(({ layer }) => layer === 'existing'))(
    'F48 F50 $engine, $layer: what retries do not cure is a coded failure, and the next run completes',
    async scenario => {
      const { bad, results } = await runTrials([scenario], lastingKinds)
      expect(bad).toEqual([])
      const codes = new Set(results.flatMap(({ first }) => /[A-Z]{2,}_[A-Z_]+/.exec(first)?.[0] ?? []))
      expect([...codes]).toEqual(expect.arrayContaining(['NO_CREDENTIALS', 'ACCESS_DENIED', 'AWS_FAILED']))
    },
    170_000
  )
})

it('replays a trial from its line', async () => {
  const line = 'engine=lambda layer=new fault=reset-after call=9'
  expect(trialLine(parseTrial(line))).toBe(line)
  const { bad, first } = await replay(line)
  expect(bad).toEqual([])
  expect(first).toBe('published 1')
  await expect(replay('engine=lambda layer=new fault=reset-after call=99')).resolves.toMatchObject({
    bad: ['the fault never hit']
  })
})
