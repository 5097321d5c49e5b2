/** What is recorded beside a version, carried from one record to the next, read back, and whose it says the layer is. */
import { describe, expect, it } from '@jest/globals'
import {
  deployedBy,
  fieldsOf,
  isAmong,
  isOwn,
  isUnowned,
  ownerText,
  readRecord,
  succeeding,
  tagPrefix,
  tagsOf,
  withVersion,
  type DeployRecord
} from '../../src/publish-layers/deploy-record.js'

const record: DeployRecord = {
  sourceDigest: 's',
  contentDigest: 'c',
  artifactSha256: 'a',
  commit: 'k',
  sourceCommit: 'g',
  run: '101/1',
  repository: 'octo-org/superproject'
}
const fields = {
  'source-digest': 's',
  'content-digest': 'c',
  'artifact-sha256': 'a',
  commit: 'k',
  'source-commit': 'g',
  run: '101/1',
  repository: 'octo-org/superproject'
}
const further = { repositoryId: '4711', versions: '1-2', rolledBackTo: '2' }
const prefixed = Object.fromEntries(Object.entries(fields).map(([name, value]) => [`layer-deploy:${name}`, value]))

describe('a record as text', () => {
  it('names each field, with the prefix in tags', () => {
    expect(fieldsOf(record)).toEqual(fields)
    expect(Object.keys(fieldsOf(record)).sort()).toEqual(Object.keys(fields).sort())
    expect(tagsOf(record)).toEqual(prefixed)
    expect(fieldsOf({ ...record, ...further })).toEqual({
      ...fields,
      ...{ 'repository-id': '4711', versions: '1-2', 'rolled-back-to': '2' }
    })
  })

  it('keeps the tags of others, and none of ours that is over', () => {
    const others = {
      team: 'a',
      'layer-deploy:rolled-back-to': '2',
      'layer-deploy:commit': 'old',
      'layer-deploy:x': 'y'
    }
    expect(tagsOf(record, others)).toEqual({ ...prefixed, team: 'a', 'layer-deploy:x': 'y' })
  })

  it('is read back; what is empty or no text is not there', () => {
    expect(readRecord({ ...prefixed, commit: 'not ours' }, tagPrefix)).toEqual(record)
    expect(readRecord(fields, '')).toEqual(record)
    expect(readRecord({ commit: '', run: 7, repository: null, versions: '1' }, '')).toEqual({ versions: '1' })
  })
})

describe('what a record takes over', () => {
  const before = (more: Partial<DeployRecord> = {}, version = 3) => ({ version, record: { ...record, ...more } })

  it.each<[string, () => DeployRecord]>([
    ['nothing on record', () => succeeding(record, null, null)],
    ['the same version', () => succeeding(record, before(), 3)],
    ['one that we did not record', () => succeeding(record, { version: 3, record: {} }, 4)]
  ])('%s: nothing', (_name, following) => {
    const found = following()
    expect(found).toEqual(record)
    expect(Object.keys(found).sort()).toEqual(Object.keys(record).sort())
  })

  it('the version before, among the earlier ones', () => {
    expect(succeeding(record, before(), 4).versions).toBe('3')
    expect(succeeding(record, before(), null).versions).toBe('3')
    expect(succeeding(record, before({ versions: '1-2' }), 4).versions).toBe('1-3')
    expect(succeeding(record, before({ versions: '1-2' }), 3).versions).toBe('1-2')
    expect(succeeding({ ...record, versions: '7' }, null, null)).not.toHaveProperty('versions')
  })

  it('the number of the repository: this run’s, else what is on record, else what the record bore', () => {
    const bearing = { ...record, repositoryId: '1' }
    expect(succeeding(bearing, before({ repositoryId: '2' }), 4, '3').repositoryId).toBe('3')
    expect(succeeding(bearing, before({ repositoryId: '2' }), 4).repositoryId).toBe('2')
    expect(succeeding(bearing, before(), 4).repositoryId).toBe('1')
    expect(succeeding(record, before(), 4)).not.toHaveProperty('repositoryId')
  })
})

describe('the deployed version that a record is of', () => {
  const version = { version: 3, arn: 'arn' }

  it('has what the record says', () => {
    expect(deployedBy({ ...record, ...further }, version)).toEqual({
      ...version,
      ...{ sourceDigest: 's', contentDigest: 'c', artifactSha256: 'a', commit: 'k', run: '101/1', sourceCommit: 'g' },
      ...{ sizeBytes: null, properties: null, rolledBackTo: 2, lastRun: '101/1', earlierVersions: '1-2' }
    })
  })

  it('and of an empty record nothing', () => {
    const found = deployedBy({}, version)
    expect(found).toEqual({
      ...version,
      ...{ sourceDigest: null, contentDigest: null, artifactSha256: null, commit: null, run: null },
      ...{ sourceCommit: null, sizeBytes: null, properties: null }
    })
    expect(found).not.toHaveProperty('earlierVersions')
  })

  it('a rollback whose run is not on record has none', () => {
    const found = deployedBy({ rolledBackTo: '1' }, version)
    expect(found.rolledBackTo).toBe(1)
    expect(found).not.toHaveProperty('lastRun')
  })

  it.each(['0', '-1', '1.5', 'x', '9007199254740992', undefined])('made by no rollback: %j', rolledBackTo => {
    const found = deployedBy({ ...record, ...(rolledBackTo !== undefined && { rolledBackTo }) }, version)
    expect(found).not.toHaveProperty('rolledBackTo')
    expect(found).not.toHaveProperty('lastRun')
  })
})

describe('earlier versions', () => {
  it.each([
    [undefined, 4, '4'],
    ['1-3', 4, '1-4'],
    ['1-3', 5, '1-3 5'],
    ['5', 4, '4-5'],
    ['1-9', 4, '1-9'],
    ['10 2', 3, '2-3 10']
  ])('%j and %d: %s', (text, version, joined) => {
    expect(withVersion(text, version)).toBe(joined)
  })

  it('fill a tag to its last character', () => {
    // 64 numbers of three digits and their blanks are 255 characters: one more digit in the first is 256.
    const numbers = Array.from({ length: 63 }, (_unused, index) => 100 + 2 * index)
    const text = numbers.join(' ')
    expect(withVersion(text, 9_999)).toBe(`${text} 9999`)
    expect(`${text} 9999`).toHaveLength(256)
    expect(withVersion(text, 99_999)).toBe(`${numbers.slice(1).join(' ')} 99999`)
  })

  it('at both ends of a range', () => {
    expect([1, 2, 4, 5].map(version => isAmong('2-4', version))).toEqual([false, true, true, false])
    expect([isAmong(undefined, 1), isAmong('', 1), isAmong('7', 7), isAmong('1 7', 7)]).toEqual([
      false,
      false,
      true,
      true
    ])
  })
})

describe('whose it is', () => {
  const owner = { repository: 'octo-org/superproject', repositoryId: '4711' }
  it.each([
    ['the same', owner, owner, true],
    ['renamed', owner, { repository: 'octo-org/renamed', repositoryId: '4711' }, true],
    ['its name taken by another', owner, { ...owner, repositoryId: '4712' }, false],
    ['no number on record: the name', owner, { repository: 'Octo-Org/Superproject' }, true],
    ['no number known here: the name', { repository: owner.repository }, owner, true],
    ['no number known here, another name', { repository: 'octo-org/fork', repositoryId: null }, owner, false],
    ['nobody’s', owner, {}, false],
    ['a run that does not know its own', { repository: '' }, owner, true],
    ['a run without a name, though with a number', { repository: '', repositoryId: '1' }, owner, true]
  ])('%s', (_name, one, recorded, own) => {
    expect(isOwn(one, recorded)).toBe(own)
  })

  it('nobody’s, where neither name nor number is there', () => {
    expect([isUnowned({}), isUnowned({ repository: 'a/b' }), isUnowned({ repositoryId: '1' })]).toEqual([
      true,
      false,
      false
    ])
  })

  it('in words', () => {
    expect(ownerText(owner)).toBe('octo-org/superproject (repository id 4711)')
    expect(ownerText({ repository: 'a/b', repositoryId: null })).toBe('a/b')
    expect(ownerText({ repositoryId: '4711' })).toMatch(/^a repository .*4711/)
    expect(ownerText({})).toMatch(/unnamed/)
  })
})
