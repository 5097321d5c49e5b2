import { describe, expect, it } from '@jest/globals'
import { CodedError } from '../../../src/model/errors.js'
import { promotionPicture } from '../../../src/report/summary/promotion-picture.js'
import { renderSummary, SUMMARY_LIMIT_BYTES } from '../../../src/report/summary/summary.js'
import { elementsOf, renderMarkdown, visibleText } from '../../support/markdown.js'
import {
  environment,
  failedVerdict,
  layerResult,
  layerResults,
  production,
  reportContext,
  runResult
} from '../../support/results.js'

const bytes = (text: string): number => Buffer.byteLength(text)

describe('job summary', () => {
  it('says what happened, to which layers, where and from what', () => {
    const html = renderMarkdown(renderSummary(runResult({ warnings: ['Slow today.'] }), reportContext()))
    const text = visibleText(html)
    expect(text).toContain('✅ Lambda layers: sandbox')
    expect(text).toContain('1 published')
    expect(text).not.toContain('Published 1 layer to sandbox')
    expect(text).toContain('arn:aws:lambda:us-east-2:111122223333:layer:dev-da-flask-layer:2')
    expect(text).toContain('Slow today.')
    expect(html).toContain('href="https://github.com/acme/superproject/actions/runs/700"')
    expect(elementsOf(html).filter(element => element === 'td')).toHaveLength(6)
  })

  it('of prune and discover, which tell in details of their own, shows the headline and what failed alone', () => {
    const denied = new CodedError('ACCESS_DENIED', { expected: 'x', found: 'y', mend: 'z' })
    const layers = [
      layerResult({ status: 'unchanged' }),
      layerResult({ layerId: 'other', status: 'failed', error: denied })
    ]
    for (const command of ['prune', 'discover'] as const) {
      const quiet = renderSummary(runResult({ command, layers: layers.slice(0, 1) }), reportContext())
      expect(quiet).toContain('Published 1 layer to sandbox')
      expect(quiet).not.toMatch(/\| |mermaid|unchanged/)
      const failed = renderSummary(runResult({ command, layers, conclusion: 'failure' }), reportContext())
      expect(failed).toContain('`other`')
      expect(failed).not.toContain('`da_flask`')
    }
  })

  it('stands without environment, layers and run', () => {
    const text = renderSummary(
      runResult({
        command: 'detect',
        environment: null,
        layers: [],
        headCommit: null,
        branch: null,
        conclusion: 'neutral'
      }),
      reportContext({ environments: [], runId: null })
    )
    expect(text).toBe('## ⏭️ Lambda layers: detect\n\nPublished 1 layer to sandbox\n\n\n')
  })

  it('F77 stays under 1 MiB: cut at a row, the unchanged first', () => {
    const layers = [...layerResults(8000, { status: 'unchanged' }), layerResult({ layerId: 'zz', status: 'failed' })]
    const text = renderSummary(
      runResult({ conclusion: 'failure', layers, verdicts: [failedVerdict()] }),
      reportContext()
    )
    expect(bytes(text)).toBeLessThanOrEqual(SUMMARY_LIMIT_BYTES)
    expect(bytes(text)).toBeGreaterThan(SUMMARY_LIMIT_BYTES * 0.95)
    expect(text).toContain('`zz`')
    expect(text).toMatch(/\*\d+ more do not fit here/)
    expect(text).toContain('ACCOUNT_MISMATCH')
    expect(text).toContain('```mermaid')
    expect(
      text
        .split('\n')
        .filter(line => line.startsWith('| `'))
        .every(line => line.endsWith(' |'))
    ).toBe(true)
  })

  it('F77 counts bytes, not characters', () => {
    const layers = layerResults(4000, { layerId: undefined as never }).map((row, index) => ({
      ...row,
      layerId: `${'層'.repeat(90)}${index}`
    }))
    expect(
      bytes(renderSummary(runResult({ layers, warnings: ['漢'.repeat(500)] }), reportContext()))
    ).toBeLessThanOrEqual(SUMMARY_LIMIT_BYTES)
    const many = Array.from({ length: 5000 }, (_unused, index) => `${index}${'@'.repeat(500)}`)
    expect(bytes(renderSummary(runResult({ layers, warnings: many }), reportContext()))).toBeLessThanOrEqual(
      SUMMARY_LIMIT_BYTES
    )
  })
})

describe('promotion picture', () => {
  it('goes from branch to account to branch to account', () => {
    expect(promotionPicture(runResult(), [production, environment()])).toBe(
      [
        '```mermaid',
        'flowchart LR',
        '  b0(["branch<br/>test"]) --> e0["sandbox<br/>account 111122223333<br/>da_flask version 2, us-east-2: published"]',
        '  style e0 stroke-width:3px',
        '  b1(["branch<br/>main"]) --> e1["production<br/>account 444455556666"]',
        '  e0 -->|promote| b1',
        '```'
      ].join('\n')
    )
  })

  it('F84 a name cannot leave its label or the block', () => {
    const picture = promotionPicture(runResult({ layers: [layerResult({ layerId: '"]\n```\n<b>' })] }), [])
    expect(picture).toContain('#34;#93; #96;#96;#96; #60;b#62; version 2')
    expect(picture.split('```')).toHaveLength(3)
  })

  it('ends although two environments promote from each other, and is empty without any', () => {
    const circle = [environment({ name: 'a', promoteFrom: 'b' }), environment({ name: 'b', promoteFrom: 'a' })]
    expect(promotionPicture(runResult({ environment: null }), circle)).toContain('e1 -->|promote| b0')
    expect(promotionPicture(runResult({ environment: null }), [])).toBe('')
  })

  it('names eight layers and counts the others', () => {
    expect(promotionPicture(runResult({ layers: layerResults(200) }), [])).toContain('and 192 more')
  })
})
