import { describe, expect, it } from '@jest/globals'
import { terminalRunner } from '../../src/adapters/runner/terminal-runner.js'
import { CodedError } from '../../src/model/errors.js'
import type { TriggerEvent } from '../../src/model/index.js'
import type { Runner } from '../../src/ports/runner.js'
import { deliverLocally, statusTarget } from '../../src/report/deliver.js'
import { codedError, commits, pullRequest, push, reportContext, runResult } from '../support/results.js'

const own = 'd4'.repeat(20)

describe('the commit of a status', () => {
  const workflowRun: TriggerEvent & { kind: 'workflow_run' } = {
    ...{ kind: 'workflow_run', conclusion: 'success', cause: 'push', headBranch: 'test' },
    ...{ headCommit: commits.head, sameRepository: true }
  }
  it.each<[TriggerEvent, string | null]>([
    [pullRequest, commits.head],
    [{ ...pullRequest, fromFork: true }, null],
    [{ kind: 'merge_group', headCommit: commits.head } as TriggerEvent, commits.head],
    [workflowRun, commits.head],
    [{ ...workflowRun, sameRepository: false }, null],
    [push, own],
    [{ kind: 'workflow_dispatch' } as TriggerEvent, own],
    [{ kind: 'schedule' } as TriggerEvent, own],
    [{ kind: 'command-line' } as TriggerEvent, null],
    [{ kind: 'other' } as TriggerEvent, null]
  ])('%j', (event, expected) => {
    expect(statusTarget(own, { status: true, event })).toBe(expected)
    expect(statusTarget(own, { status: false, event })).toBeNull()
  })
})

describe('what stays on this machine', () => {
  function recorded(part: Partial<Runner> = {}) {
    const said: string[] = []
    const outputs: Record<string, string> = {}
    const runner: Runner = {
      ...terminalRunner({ debug: false, write: () => undefined }),
      setOutputs: values => void Object.assign(outputs, values),
      warning: (text, place) => void said.push(`warning ${text} ${JSON.stringify(place ?? null)}`),
      error: (text, place) => void said.push(`error ${text} ${JSON.stringify(place ?? null)}`),
      info: text => void said.push(`info ${text}`),
      appendSummary: () => Promise.resolve(),
      ...part
    }
    return { runner, said, outputs }
  }

  it('is told: outputs, annotations with their places, the summary', async () => {
    const summaries: string[] = []
    const { runner, said, outputs } = recorded({ appendSummary: text => Promise.resolve(void summaries.push(text)) })
    const result = runResult({ conclusion: 'failure', errors: [codedError('GIT_FAILED')], warnings: ['Late.'] })
    expect(await deliverLocally(result, reportContext(), runner)).toEqual({ result, warnings: [] })
    expect(said).toEqual([`error ${codedError('GIT_FAILED').message} {"title":"GIT_FAILED"}`, 'warning Late. {}'])
    expect(outputs['conclusion']).toBe('failure')
    expect(summaries).toHaveLength(1)
  })

  it.each([
    ['error', (count: number) => ({ errors: errorsOf(count) })],
    ['warning', (count: number) => ({ warnings: errorsOf(count).map(({ message }) => message) })]
  ] as const)('of ten annotations with the level %s all are shown, the eleventh is in the log', async (level, part) => {
    for (const [count, logged] of [
      [10, 0],
      [12, 2]
    ] as const) {
      const { runner, said } = recorded()
      await deliverLocally(runResult(part(count)), reportContext(), runner)
      expect(said.filter(line => line.startsWith(`${level} `))).toHaveLength(10)
      expect(said.filter(line => line.startsWith(`info ${level}: GIT_FAILED`))).toHaveLength(logged)
    }
  })

  it('each level is counted for itself', async () => {
    const { runner, said } = recorded()
    await deliverLocally(runResult({ errors: errorsOf(10), warnings: ['Late.'] }), reportContext(), runner)
    expect(said.filter(line => line.startsWith('info'))).toEqual([])
  })

  it('further problems of one file are in the log alone', async () => {
    const { runner, said } = recorded()
    const location = { file: 'a.yml', line: 1, column: 1 }
    const errors = errorsOf(2).map(({ code, finding }) => new CodedError(code, finding, { location }))
    await deliverLocally(runResult({ errors }), reportContext(), runner)
    expect(said.map(line => line.split(' ')[0])).toEqual(['error', 'info'])
    expect(said[1]).toBe(`info ${errors[1]!.message}`)
  })

  it.each([
    ['ENOSPC: no space left', 'The job summary was not written: ENOSPC: no space left.'],
    ['No space is left.', 'The job summary was not written: No space is left.']
  ])('a summary that fails with %s is a warning', async (words, warning) => {
    const { runner } = recorded({ appendSummary: () => Promise.reject(new Error(words)) })
    expect((await deliverLocally(runResult(), reportContext(), runner)).warnings).toEqual([warning])
  })

  it('annotations that fail are a warning, and the summary is written all the same', async () => {
    const summaries: string[] = []
    const { runner } = recorded({
      error: () => {
        throw new Error('EPIPE')
      },
      appendSummary: text => Promise.resolve(void summaries.push(text))
    })
    const { warnings } = await deliverLocally(runResult({ errors: errorsOf(1) }), reportContext(), runner)
    expect(warnings).toEqual(['The annotations were not written: EPIPE.'])
    expect(summaries).toHaveLength(1)
  })

  it.each([
    ['RUNNER_FAILED', 'success', 'RUNNER_FAILED: Published 1 layer to sandbox'],
    ['RUNNER_FAILED', 'failure', 'Published 1 layer to sandbox'],
    ['INTERNAL', 'success', 'INTERNAL: Published 1 layer to sandbox']
  ] as const)(
    'outputs that fail with %s make the run a failure, which was a %s',
    async (code, conclusion, headline) => {
      const { runner, said } = recorded({
        setOutputs: () => {
          throw code === 'INTERNAL' ? new TypeError('x') : codedError(code)
        }
      })
      const { result } = await deliverLocally(runResult({ conclusion, errors: errorsOf(1) }), reportContext(), runner)
      expect([result.conclusion, result.headline]).toEqual(['failure', headline])
      expect(result.errors.map(error => error.code)).toEqual(['GIT_FAILED', code])
      expect(said.filter(line => line.startsWith('error'))).toHaveLength(2)
    }
  )

  it('what is no error at all is told in its own words', async () => {
    const { runner } = recorded({
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
      appendSummary: () => Promise.reject('gone')
    })
    expect((await deliverLocally(runResult(), reportContext(), runner)).warnings).toEqual([
      'The job summary was not written: gone.'
    ])
  })

  it('is told without what may not be shown', async () => {
    const { runner, said, outputs } = recorded({ redact: text => text.replaceAll('secret', '***') })
    const { result } = await deliverLocally(
      runResult({ headline: 'a secret', warnings: ['secret'] }),
      reportContext(),
      runner
    )
    expect([result.headline, said, outputs['result']?.includes('secret') ?? false]).toEqual([
      ...['a ***', ['warning *** {}'], false]
    ])
  })
})

function errorsOf(count: number) {
  return Array.from({ length: count }, (_unused, index) => codedError('GIT_FAILED', { found: `x${index}` }))
}
