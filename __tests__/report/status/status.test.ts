import { describe, expect, it } from '@jest/globals'
import { finalStatus, pendingStatus, statusSubjectOf } from '../../../src/report/status/status.js'
import { codedError, environment, reportContext, runResult } from '../../support/results.js'

describe('commit status', () => {
  it('names the environment of a deploy and links to the run', () => {
    expect(finalStatus(runResult(), reportContext())).toEqual({
      context: 'layer-deploy/sandbox',
      state: 'success',
      description: 'Published 1 layer to sandbox',
      targetUrl: 'https://github.com/acme/superproject/actions/runs/700'
    })
  })

  it('F79 links to the server that runs it, and to the attempt', () => {
    const context = reportContext({ serverUrl: 'https://ghe.example', runAttempt: 3 })
    expect(finalStatus(runResult(), context).targetUrl).toBe(
      'https://ghe.example/acme/superproject/actions/runs/700/attempts/3'
    )
    expect(finalStatus(runResult(), reportContext({ runId: null })).targetUrl).toBeNull()
  })

  it.each([
    [{ command: 'plan' as const }, 'layer-deploy/plan'],
    [{ command: 'detect' as const }, 'layer-deploy/plan'],
    [{ command: 'discover' as const }, 'layer-deploy/plan'],
    [{ dryRun: true }, 'layer-deploy/plan'],
    [{ environment: null }, 'layer-deploy/plan'],
    [{ command: 'rollback' as const }, 'layer-deploy/sandbox'],
    [{ environment: environment({ name: 'production' }) }, 'layer-deploy/production']
  ])('%j has the context %s', (part, context) => {
    expect(finalStatus(runResult(part), reportContext()).context).toBe(context)
  })

  it('pending and final share a context', () => {
    const result = runResult()
    const pending = pendingStatus(statusSubjectOf(result), reportContext())
    expect(pending).toMatchObject({ context: 'layer-deploy/sandbox', state: 'pending' })
  })

  it.each([
    ['deploy', 'Deploying to sandbox'],
    ['rollback', 'Rolling back in sandbox'],
    ['rollout', 'Moving functions in sandbox'],
    ['report', 'Reading back sandbox'],
    ['plan', 'Planning']
  ] as const)('%s is pending as "%s"', (command, description) => {
    const subject = statusSubjectOf(runResult({ command }))
    expect(pendingStatus(subject, reportContext()).description).toBe(description)
  })

  it.each([
    ['neutral', undefined, 'success'],
    ['failure', codedError(), 'failure'],
    ['failure', codedError('CANCELLED'), 'error'],
    ['failure', codedError('INTERNAL'), 'error']
  ] as const)('a run that ends %s (%s) is %s', (conclusion, error, state) => {
    const result = runResult({ conclusion, errors: error === undefined ? [] : [error] })
    expect(finalStatus(result, reportContext()).state).toBe(state)
  })

  it('F76 a description is cut to 140 by whole characters', () => {
    const { description } = finalStatus(runResult({ headline: `x${'👩‍🚀'.repeat(60)}` }), reportContext())
    expect(description.length).toBeLessThanOrEqual(140)
    expect(description).toBe(`x${'👩‍🚀'.repeat(27)}…`)
  })

  it('F83 a description is one line', () => {
    expect(finalStatus(runResult({ headline: 'a\n::error::b' }), reportContext()).description).toBe('a ::error::b')
  })
})
