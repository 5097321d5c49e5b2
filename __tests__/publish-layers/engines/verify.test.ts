/** What was deployed against what was meant, as a pure matter: bytes, origin, and whether another run came between. */
import { describe, expect, it } from '@jest/globals'
import type { LayerVersionDetail } from '../../../src/ports/aws.js'
import {
  assertNotOvertaken,
  changesAnyway,
  comparePublished,
  isDone,
  isGone,
  readVersion,
  sameOrigin,
  verifyPublished,
  type Current
} from '../../../src/publish-layers/engines/verify.js'
import { noListing } from '../../../src/publish-layers/engines/engine.js'
import { deployed, target } from '../../support/plans.js'

const sha256 = '9'.repeat(64)
const detail: LayerVersionDetail = {
  ...{ version: 3, arn: 'arn:3', codeSha256: sha256, sizeBytes: 7 },
  ...{ description: 'd', licenseInfo: '', compatibleRuntimes: [], compatibleArchitectures: [] }
}
const name = `version 3 of ${target.layerName} in us-east-2`
const unverified = (found: string) => ({
  code: 'PUBLISH_UNVERIFIED',
  finding: {
    expected: `${name} with the SHA-256 ${sha256}`,
    found,
    mend: `look for who changes the artifact bucket or the layer beside this action, delete version 3 of ${target.layerName} and run again`
  }
})

describe('a version that was published', () => {
  it('is given out where it holds the artifact', async () => {
    const expected = {
      ...{ outcome: 'adopted', version: 3, arn: 'arn:3', codeSha256: sha256, sizeBytes: 7 },
      ...{ duplicates: [], unrecordedVersions: [] }
    }
    expect(comparePublished(target, 3, detail, { sha256 }, 'adopted')).toEqual(expected)
    const asked: unknown[] = []
    const layers = { get: (...args: unknown[]) => Promise.resolve(asked.push(args) > 0 ? detail : null) } as never
    expect(await verifyPublished(layers, target, 3, { sha256 }, 'adopted')).toEqual(expected)
    expect(asked).toEqual([[target.layerName, 3]])
  })

  it.each([
    ['is not there', null, 'no such version'],
    ['holds other bytes', { ...detail, codeSha256: 'other' }, 'SHA-256 other']
  ])('that %s is given to nobody', (_what, read, found) => {
    expect(() => comparePublished(target, 3, read, { sha256 }, 'published')).toThrow(
      expect.objectContaining(unverified(found))
    )
  })
})

describe('a version on record', () => {
  const recorded = { ...deployed({ artifactSha256: sha256 }), unread: true as const }
  const read = async (found: LayerVersionDetail | null, changes: object = {}) => {
    const region = () => ({ layers: { get: () => Promise.resolve(found) } }) as never
    const propertiesOf = () => ({ ...target.properties, description: 'read' })
    return readVersion({ region }, target, { ...recorded, ...changes }, propertiesOf)
  }
  const { unread: _unread, ...known } = recorded

  it('is shown with what Lambda says of it', async () => {
    const passed = { guard: 'PUBLISH_UNVERIFIED', subject: 'da_flask in us-east-2', passed: true }
    const detailText = 'version 3 holds the recorded bytes'
    expect(await read(detail)).toEqual({
      deployed: { ...known, arn: 'arn:3', sizeBytes: 7, properties: { ...target.properties, description: 'read' } },
      verdicts: [{ ...passed, detail: detailText }]
    })
    // Nobody recorded which bytes: none are wrong.
    expect((await read(detail, { artifactSha256: null })).verdicts).toEqual([{ ...passed, detail: detailText }])
  })

  it('that holds other bytes is refused', async () => {
    const { verdicts } = await read({ ...detail, codeSha256: 'other' })
    const { finding } = unverified('SHA-256 other')
    expect(verdicts).toEqual([
      { guard: 'PUBLISH_UNVERIFIED', subject: 'da_flask in us-east-2', passed: false, finding }
    ])
  })

  it('that is gone declares nothing', async () => {
    expect(await read(null)).toEqual({ deployed: { ...known, properties: null }, verdicts: [] })
    expect([isGone({ ...known, properties: null }), isGone(known), isGone({ ...recorded, properties: null })]).toEqual([
      ...[true, false, false]
    ])
  })

  it.each([
    ['of another source', 'other', true],
    ['of the same source', known.sourceDigest, false],
    ['where no source is wanted', null, false]
  ])('changes anyway %s', (_what, wantedSource, expected) => {
    expect(changesAnyway(known, { listing: noListing, wantedSource })).toBe(expected)
  })

  it('of which nothing is known changes as it is read', () => {
    expect(changesAnyway(known, undefined)).toBe(false)
    expect(changesAnyway({ ...known, sourceDigest: null }, { listing: noListing, wantedSource: 'other' })).toBe(false)
  })
})

const record = { contentDigest: 'c', sourceDigest: 's', commit: 'k' }
const of = (version: number, changes: object = {}): Current => ({ version, record: { ...record, ...changes } })

describe('what is ordered', () => {
  it('has the same origin by content and source, whatever the commit', () => {
    expect(sameOrigin(record, { ...record, commit: 'other' })).toBe(true)
    expect(sameOrigin(record, { ...record, contentDigest: 'x' })).toBe(false)
    expect(sameOrigin(record, { ...record, sourceDigest: 'x' })).toBe(false)
  })

  const before = deployed({ version: 3, contentDigest: 'c', sourceDigest: 's' })
  it.each<[string, typeof before | null, Current | null, boolean]>([
    ['nothing is deployed', null, null, false],
    ['it came where there was nothing', null, of(1), true],
    ['another version has it', before, of(4), true],
    ['the planned version has it, as it had', before, of(3), false],
    ['the planned version has it by now', { ...before, sourceDigest: 'old' }, of(3), true],
    ['the planned version has it, of whose source nobody knew', { ...before, sourceDigest: null }, of(3), true],
    ['the planned version has it, of whose content nobody knew', { ...before, contentDigest: null }, of(3), true],
    ['something else is deployed', before, of(4, { contentDigest: 'x' }), false]
  ])('is done: %s', (_what, previous, current, expected) => {
    expect(isDone({ record: record as never, previous }, current)).toBe(expected)
  })
})

describe('a run that planned on what was', () => {
  const planned = deployed({ version: 3, commit: 'k' })
  it.each<[string, typeof planned | null, Current | null]>([
    ['the same', planned, of(3)],
    ['nothing', null, null],
    ['a version without a commit', { ...planned, commit: null }, { version: 3, record: {} }]
  ])('goes on over %s', (_what, before, current) => {
    expect(() => assertNotOvertaken(target, before, current)).not.toThrow()
  })

  it.each<[string, typeof planned | null, Current | null, string, string]>([
    ['another version', planned, of(4), 'version 3', 'version 4 of commit k'],
    ['another commit', planned, of(3, { commit: 'n' }), 'version 3', 'version 3 of commit n'],
    ['a version where there was none', null, of(1), 'no version', 'version 1 of commit k'],
    ['a version that is gone', planned, null, 'version 3', 'no version'],
    ['no commit any more', planned, { version: 3, record: {} }, 'version 3', 'version 3']
  ])('does not write over %s', (_what, before, current, expected, found) => {
    expect(() => assertNotOvertaken(target, before, current)).toThrow(
      expect.objectContaining({
        code: 'STALE_RUN',
        current,
        finding: {
          expected: `${expected} of ${target.layerName} in us-east-2, as when this run was planned`,
          found: `${found}, deployed by another run meanwhile`,
          mend: 'run again to plan anew, or leave what the newer run made'
        }
      })
    )
  })
})
