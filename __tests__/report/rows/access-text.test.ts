import { describe, expect, it } from '@jest/globals'
import type { LayerResult } from '../../../src/model/index.js'
import { accessFacts } from '../../../src/report/rows/render.js'
import { renderSection } from '../../../src/report/comment/comment.js'
import { renderSummary } from '../../../src/report/summary/summary.js'
import { environment, layerResult, reportContext, runResult } from '../../support/results.js'

const access = { sharedWith: ['444455556666', 'o-a1b2c3d4e5'], ssmParameter: '/layers/dev/da-flask' }
const facts = (part: Partial<LayerResult>) => accessFacts(layerResult(part)).join(' · ')

describe('how others reach a layer', () => {
  it.each<[string, Partial<LayerResult>, string]>([
    ['nothing is configured', {}, ''],
    [
      'published',
      { access },
      'shared with `444455556666`, `o-a1b2c3d4e5` · ARN in the parameter `/layers/dev/da-flask`'
    ],
    [
      'planned',
      { status: 'planned', access },
      'to be shared with `444455556666`, `o-a1b2c3d4e5` · ARN to be in the parameter `/layers/dev/da-flask`'
    ],
    ['public', { access: { sharedWith: ['public'], ssmParameter: null } }, 'shared with **every AWS account**'],
    [
      'many accounts',
      { access: { sharedWith: Array.from({ length: 7 }, (_, n) => `00000000000${n}`), ssmParameter: null } },
      'shared with `000000000000`, `000000000001`, `000000000002`, `000000000003`, `000000000004` and 2 more'
    ],
    ['taken back', { status: 'unchanged', reason: 'access-changed' }, 'shared with nobody, in no parameter'],
    ['failed', { status: 'failed', access }, '']
  ])('%s', (_what, part, text) => {
    expect(facts(part)).toBe(text)
  })

  it('stands in the comment where it changed alone, and the environment names everybody', () => {
    const layers = [layerResult({ status: 'unchanged', reason: 'access-changed', access })]
    const shared = environment({ shareWith: access.sharedWith })
    const section = renderSection(runResult({ layers, environment: shared }), reportContext())
    expect(section).toContain('ARN in the parameter `/layers/dev/da-flask`')
    expect(section).toContain('its sharing or its parameter changed')
    expect(renderSummary(runResult({ layers, environment: shared }), reportContext())).toContain(
      'stage `dev` · shared with `444455556666`, `o-a1b2c3d4e5` · branch'
    )
    const quiet = [layerResult({ status: 'unchanged', reason: 'unchanged', access })]
    expect(renderSection(runResult({ layers: quiet }), reportContext())).not.toContain('ARN in the parameter')
  })
})
