/** Which deployments of an environment are over, by the run that made each. */
import { describe, expect, it } from '@jest/globals'
import type { DeploymentOutcome, DeploymentRecord, DeploymentState } from '../../../src/ports/github.js'
import { endingsOf, withRun, type Listed } from '../../../src/publish-layers/promotion/active-deployments.js'

const page = (run: string): string => `https://github.com/acme/superproject/actions/runs/${run}`

interface Seen {
  readonly id: number
  /** `null`: none; `'unread'`: nobody could say. */
  readonly state: DeploymentState | null | 'unread'
  /** As the description has it. */
  readonly run?: string
  readonly logUrl?: string
}

function listed(...seen: readonly Seen[]): Listed {
  const newestFirst = [...seen].sort((one, other) => other.id - one.id)
  const records = newestFirst.map(({ id, run }): DeploymentRecord => {
    const description = run === undefined ? '1 layer' : withRun('1 layer', run)
    const same = { commit: 'a'.repeat(40), environment: 'sandbox', task: 'layer-deploy', createdAt: '', payload: {} }
    return { ...same, id, description, nodeId: `DE_${id}` }
  })
  const outcomes = newestFirst.flatMap(({ id, state, logUrl = null }): [number, DeploymentOutcome][] =>
    state === 'unread' ? [] : [[id, { states: state === null ? [] : [state], state, logUrl }]]
  )
  return { records, outcomes: new Map(outcomes) }
}

/** `<id> <state>` of each deployment that ends. */
function ended(seen: readonly Seen[], own: number | null = null, run = '500/2'): readonly string[] {
  return endingsOf(listed(...seen), run, own).map(({ id, state, description }) => {
    expect(description).not.toBe('')
    return `${id} ${state}`
  })
}

describe('a success', () => {
  it('is over once a newer one stands, this run’s own or another', () => {
    const [old, older] = [{ id: 4, state: 'success', run: '400/1' } as const, { id: 3, state: 'success' } as const]
    expect(ended([old, older])).toEqual(['3 inactive'])
    expect(ended([{ id: 9, state: 'in_progress', run: '500/2' }, old, older], 9)).toEqual(['4 inactive', '3 inactive'])
    // Listed before this run's own was made.
    expect(ended([old, older], 9)).toEqual(['4 inactive', '3 inactive'])
  })

  it('of this run is over where a later run’s success stands', () => {
    expect(
      ended(
        [
          { id: 9, state: 'success', run: '501/1' },
          { id: 7, state: 'unread', run: '500/2' }
        ],
        7
      )
    ).toEqual(['7 inactive'])
  })

  it('of another job of this run stays', () => {
    expect(
      ended(
        [
          { id: 9, state: 'success' },
          { id: 7, state: 'success', run: '500/2' }
        ],
        9
      )
    ).toEqual([])
    // The page of GitHub's own deployments names no attempt.
    expect(
      ended(
        [
          { id: 9, state: 'success' },
          { id: 7, state: 'success', logUrl: page('500') }
        ],
        9
      )
    ).toEqual([])
  })
})

describe('what is at work', () => {
  it.each(['in_progress', 'pending', 'queued', null] as const)('of an earlier run is over: %s', state => {
    expect(ended([{ id: 4, state, run: '499/9' }])).toEqual(['4 error'])
  })

  it.each(['failure', 'error', 'inactive', 'unread'] as const)('%s has ended, or is not known: it stays', state => {
    expect(ended([{ id: 4, state, run: '499/9' }])).toEqual([])
  })

  it.each([
    ['an earlier attempt', '500/1', ['4 error']],
    ['this attempt', '500/2', []],
    ['a later attempt', '500/3', []],
    ['a later run, though its attempt is lower', '501/1', []],
    ['an earlier run, though its attempt is higher', '499/3', ['4 error']],
    ['a run whose number is shorter', '99/1', ['4 error']]
  ])('of %s (%s): %j', (_name, run, endings) => {
    expect(ended([{ id: 4, state: 'in_progress', run }])).toEqual(endings)
    const [id = '', attempt = ''] = run.split('/')
    expect(ended([{ id: 4, state: 'in_progress', logUrl: page(`${id}/attempts/${attempt}`) }])).toEqual(endings)
  })

  it('by a page without an attempt belongs to this run, and to an earlier one by its number', () => {
    expect(ended([{ id: 4, state: 'in_progress', logUrl: page('500') }])).toEqual([])
    expect(ended([{ id: 4, state: 'in_progress', logUrl: page('499') }])).toEqual(['4 error'])
  })

  it('is the description’s, not the page’s: who ended it last wrote the page', () => {
    expect(ended([{ id: 4, state: 'in_progress', run: '501/1', logUrl: page('499') }])).toEqual([])
  })

  it('of nobody known is over unless it is newer than this run’s own', () => {
    const seen = [{ id: 4, state: 'in_progress' } as const, { id: 9, state: null }]
    expect(ended(seen)).toEqual(['9 error', '4 error'])
    expect(ended([...seen, { id: 7, state: 'unread', run: '500/2' }], 7)).toEqual(['4 error'])
    expect(ended([{ id: 4, state: 'in_progress', logUrl: 'https://example.com/runs/1' }])).toEqual(['4 error'])
  })

  it('of a workflow is not ended from a terminal, which cannot know; what a success takes the place of is', () => {
    const seen: readonly Seen[] = [
      { id: 6, state: 'in_progress', run: '400/1' },
      { id: 5, state: 'success', run: '400/1' },
      { id: 4, state: 'in_progress' }
    ]
    expect(ended(seen, 9, 'local')).toEqual(['5 inactive', '4 error'])
  })
})

it('the page of the run that made it goes along; what more than 40 calls would end is left to the next run', () => {
  const seen = Array.from({ length: 60 }, (_unused, id): Seen => ({
    id: id + 1,
    state: 'in_progress',
    run: '1/1',
    logUrl: page('1')
  }))
  const endings = endingsOf(listed(...seen), '500/2', null)
  expect(endings).toHaveLength(40)
  // The newest first.
  expect(endings[0]).toMatchObject({ id: 60, state: 'error', logUrl: page('1') })
  expect(endingsOf(listed({ id: 1, state: null, run: '1/1' }), '500/2', null)).toMatchObject([{ logUrl: null }])
})

it('a deployment names its run; a terminal has none', () => {
  expect(withRun('1 layer', '500/2')).toBe('1 layer (run 500/2)')
  expect(withRun('1 layer', 'local')).toBe('1 layer')
})
