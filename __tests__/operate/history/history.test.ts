import { describe, expect, it } from '@jest/globals'
import { historyOf, runOf, type HistoryFacts } from '../../../src/operate/history/history.js'

const [one, two] = ['1'.repeat(64), '2'.repeat(64)]
const [first, second, third] = ['a'.repeat(40), 'b'.repeat(40), 'c'.repeat(40)]
const version = (number: number, minute: number, codeSha256: string | null = null) => ({
  version: number,
  arn: `arn:${number}`,
  createdAt: `2026-11-23T12:${String(minute).padStart(2, '0')}:00.500Z`,
  contentDigest: null,
  codeSha256
})
const deployment = (commit: string, minute: number, artifactSha256: string, run = 7) => ({
  commit,
  createdAt: `2026-11-23T12:${String(minute).padStart(2, '0')}:00Z`,
  artifactSha256,
  contentDigest: `content-${artifactSha256[0] ?? ''}`,
  sourceDigest: 'source',
  runUrl: `https://github.com/o/s/actions/runs/${run}/attempts/1`
})
const nothing: HistoryFacts = {
  versions: [],
  deployed: null,
  artifacts: [],
  deployments: [],
  gitlinks: new Map()
}

describe('historyOf', () => {
  it('takes the deployment of the version, not the later ones that found it unchanged, nor an earlier of the same content', () => {
    const facts = {
      ...nothing,
      versions: [version(3, 30, one), version(2, 20, two), version(1, 10, one)],
      deployments: [
        deployment(third, 35, one, 35),
        deployment(third, 30, one, 30),
        deployment(second, 19, two, 19),
        deployment(first, 10, one, 10)
      ],
      gitlinks: new Map([[second, 'd'.repeat(40)]])
    }
    expect(historyOf(facts)).toMatchObject([
      { version: 3, commit: third, run: '30/1', witness: 'deployment', sameAs: 1, sourceCommit: null },
      { version: 2, commit: second, run: '19/1', contentDigest: 'content-2', sourceCommit: 'd'.repeat(40) },
      { version: 1, commit: first, run: '10/1', sameAs: null }
    ])
  })

  it('after a rollback names the submodule commit of the content, not the one of the commit that rolled back', () => {
    const artifact = { contentDigest: 'c', artifactSha256: one, commit: first, sourceCommit: 'e'.repeat(40) }
    const facts = {
      ...nothing,
      versions: [version(3, 30, one)],
      deployments: [deployment(third, 30, one)],
      artifacts: [{ ...artifact, sourceDigest: 'source' }],
      gitlinks: new Map([[third, 'd'.repeat(40)]])
    }
    expect(historyOf(facts)).toMatchObject([{ commit: third, sourceCommit: 'e'.repeat(40) }])
    const moved = { ...facts, artifacts: [{ ...artifact, sourceDigest: 'another source with the same content' }] }
    expect(historyOf(moved)).toMatchObject([{ commit: third, sourceCommit: 'd'.repeat(40) }])
    const unknown = { ...facts, artifacts: [{ ...artifact, sourceDigest: 'source', sourceCommit: 'unknown' }] }
    expect(historyOf(unknown)).toMatchObject([{ sourceCommit: null }])
  })

  it('without GitHub takes the record for the deployed version, and the writer of the artifact for the others', () => {
    const artifact = { sourceDigest: 's', commit: first, sourceCommit: 'e'.repeat(40) }
    const facts = {
      ...nothing,
      versions: [version(2, 20, two), version(1, 10, one)],
      deployed: {
        ...{ version: 2, arn: 'arn:2', sourceDigest: 's', contentDigest: two, artifactSha256: two, commit: second },
        ...{ run: 'local', sourceCommit: 'f'.repeat(40), sizeBytes: 1, properties: null }
      },
      artifacts: [{ ...artifact, contentDigest: 'content', artifactSha256: one }]
    }
    expect(historyOf(facts)).toMatchObject([
      { deployed: true, commit: second, sourceCommit: 'f'.repeat(40), run: 'local', witness: 'record' },
      { deployed: false, commit: first, sourceCommit: 'e'.repeat(40), run: null, witness: 'artifact' }
    ])
  })

  it('a version that nobody recorded has neither commit nor run', () => {
    expect(historyOf({ ...nothing, versions: [version(1, 1, one)] })).toMatchObject([
      { commit: null, run: null, contentDigest: null, witness: null, sameAs: null }
    ])
    expect(historyOf(nothing)).toEqual([])
  })

  it('a version whose bytes may not be read is known by the content digest of its description', () => {
    const artifact = { artifactSha256: two, contentDigest: one, sourceDigest: null, commit: first, sourceCommit: null }
    const versions = [{ ...version(1, 1), contentDigest: one }]
    expect(historyOf({ ...nothing, versions, artifacts: [artifact] })).toMatchObject([
      { commit: first, codeSha256: null, contentDigest: one }
    ])
  })
})

it('reads run and attempt from the page of a run', () => {
  expect(runOf('https://github.com/o/s/actions/runs/7/attempts/2')).toBe('7/2')
  expect(runOf('https://github.com/o/s/actions/runs/7')).toBe('7')
  expect(runOf('https://github.com/o/s')).toBeNull()
  expect(runOf(null)).toBeNull()
})
