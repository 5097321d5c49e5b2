/** A plan that has built what it would publish: it shows it, and nothing of it is ever written. */
import type { Facts } from '../../../src/publish-layers/plan/facts.js'
import { describe, expect, it } from '@jest/globals'
import { CodedError } from '../../../src/model/errors.js'
import type { LayerResult, Verdict } from '../../../src/model/index.js'
import { apply, type ApplyPorts } from '../../../src/publish-layers/apply/apply.js'
import { buildPlan, planDocument } from '../../../src/publish-layers/plan/plan.js'
import { resultOfPlan, unknownSubject } from '../../../src/publish-layers/result.js'
import { targetKey } from '../../../src/publish-layers/target.js'
import { artifact, deployed, facts, target } from '../../support/plans.js'

const never = (): never => {
  throw new Error('a plan writes')
}
const ports = {
  engine: { list: never, observe: never, readVersion: never, publish: never, refreshRecord: never, adjust: never },
  region: never,
  signal: new AbortController().signal,
  log: {}
} as unknown as ApplyPorts

const preview = (changes: Partial<Facts> = {}) => buildPlan(facts({ mode: 'plan', stored: new Map(), ...changes }))
async function rowOf(changes: Partial<Facts> = {}): Promise<LayerResult> {
  const [row] = await apply(preview(changes), ports)
  return row!
}
const built = artifact()
const secret: Verdict = {
  ...{ guard: 'SECRET_IN_ARCHIVE', subject: 'da_flask', passed: false },
  finding: { expected: 'no secret', found: 'one', mend: 'take it out' }
}

describe('a preview', () => {
  it('has nothing to apply, whatever was built', () => {
    expect(preview().outcome).toBe('nothing')
    expect(preview({ verdicts: [secret] }).outcome).toBe('refuse')
    expect(buildPlan(facts()).outcome).toBe('apply')
  })
  it('is not carried out even where its outcome says so', async () => {
    const [row] = await apply({ ...preview(), outcome: 'apply' }, ports)
    expect(row).toMatchObject({ status: 'planned', version: 3 })
  })
  it('tells what would be published, beside what runs', async () => {
    expect(await rowOf()).toMatchObject({
      ...{ status: 'planned', reason: 'source-changed', version: 3, error: null },
      ...{ contentDigest: built.contentDigest, artifactSha256: built.artifactSha256 },
      ...{ sizeBytes: 100, previousSizeBytes: 90, unzippedBytes: 200 }
    })
    expect(planDocument(preview())).toMatchObject({
      ...{ mode: 'plan', outcome: 'nothing' },
      steps: [{ action: 'publish', 'content-digest': built.contentDigest, 'size-bytes': 100, 'size-change-bytes': 10 }]
    })
  })
  it('of nothing that is known to run has sizes, and no change of them', async () => {
    expect(await rowOf({ deployed: new Map() })).toMatchObject({
      ...{ status: 'planned', version: null, sizeBytes: 100, previousSizeBytes: null, unzippedBytes: 200 }
    })
  })
  it('says where the content is deployed already', async () => {
    const same = new Map([[targetKey(target), deployed({ contentDigest: built.contentDigest })]])
    expect(await rowOf({ deployed: same })).toMatchObject({ status: 'unchanged', reason: 'same-content', version: 3 })
  })
  it('of a refused archive is a failure, and shows it all the same', async () => {
    const verdicts = [secret]
    const row = await rowOf({ verdicts })
    expect(row).toMatchObject({ status: 'planned', reason: 'source-changed', contentDigest: built.contentDigest })
    const further = { warning: null, interruption: null }
    const result = resultOfPlan(unknownSubject, preview({ verdicts }), [row], further)
    expect(result.conclusion).toBe('failure')
    expect(result.errors.map(({ code }) => code)).toEqual(['SECRET_IN_ARCHIVE'])
  })
  it('that could not be built is a failure of its layer', async () => {
    const error = new CodedError('BUILD_FAILED', secret.finding)
    expect(await rowOf({ builds: new Map([['da_flask', error]]) })).toMatchObject({ status: 'failed', error })
  })
})
