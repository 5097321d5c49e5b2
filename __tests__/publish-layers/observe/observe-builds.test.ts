/** What becomes of a build: the proof that is asked for it, the regions that it goes to, what an own template makes of it. */
import { describe, expect, it } from '@jest/globals'
import type { Config } from '../../../src/model/index.js'
import { observeDeploy, observePreview } from '../../../src/publish-layers/observe/observe-deploy.js'
import type { ProvenLayer } from '../../../src/publish-layers/plan/guards.js'
import { objectId, sandbox } from '../../support/configs.js'
import { change } from '../../support/plans.js'
import { artifactOf, look, makeScratch, plain, type World } from './stated-deploy.js'
import { failure, proofOf, recorded } from './stated-ports.js'

makeScratch()

describe.each([
  ['a deploy', observeDeploy],
  ['a preview', observePreview]
])('the proof that %s asks for', (_name, observe) => {
  const world: World = {
    environment: { promoteFrom: sandbox.name },
    git: { ancestorsAmong: (_tip, ids) => Promise.resolve(ids) }
  }
  const madeHere = async () => {
    const { found } = await look({})
    return { contentDigest: artifactOf(found).contentDigest, sourceDigest: found.sources.get('a')?.sourceDigest ?? '' }
  }
  const judged = async (changes: Partial<ProvenLayer>, more: World = {}) => {
    const proof = proofOf('a', { ...(await madeHere()), ...changes })
    const { found } = await look({ ...world, ...more, github: recorded(proof) }, observe)
    const [verdict] = found.verdicts.filter(({ guard }) => guard === 'NOT_PROMOTED')
    return JSON.stringify(verdict)
  }

  it('is of the content that was built, from the source that it was built from', async () => {
    expect(await judged({})).toMatch(/"detail":"proven by /)
    expect(await judged({ contentDigest: '7'.repeat(64) })).toMatch(/found content 7{64}|"found":"content 7{64}/)
    expect(await judged({ sourceDigest: '7'.repeat(64) })).toMatch(/from source 7{64}/)
  })

  it('is of the source alone where the build failed', async () => {
    const broken: World = { git: { ...world.git, exportPaths: () => Promise.reject(failure('BUILD_FAILED')) } }
    const said = await judged({ contentDigest: '7'.repeat(64) }, broken)
    if (observe === observePreview) expect(said).toMatch(/"detail":"proven by /)
    else expect(said).toBeUndefined()
  })
})

describe('a layer that the newest commit leaves alone in one of two regions', () => {
  const regions = ['us-east-2', 'eu-west-1']
  it('is built for that one', async () => {
    const layers = [plain('a')]
    const config: Config = { environments: [sandbox], layers }
    const entries = [{ path: 'a', mode: '040000', objectId: objectId('e') }]
    const { builds, found } = await look({
      layers,
      environment: { regions },
      changes: regions.map(region => change({ layerId: 'a', region })),
      request: { configAt: () => Promise.resolve({ kind: 'read', config }) },
      git: {
        readBranchTip: () => Promise.resolve(objectId('9')),
        ancestorsAmong: (_tip, commits) => Promise.resolve(commits),
        readCommit: (_commit, read) =>
          read({ readFile: () => Promise.resolve(null), readEntries: () => Promise.resolve(entries) })
      }
    })
    expect([builds, [...found.aside]]).toEqual([{ a: 'built' }, ['a in eu-west-1']])
  })
})

describe('a layer with a template of its own', () => {
  const template = { file: 'a/template.yaml', parameters: {}, capabilities: [] }
  const text = (policy: string) => `Resources:
  Layer:
    Type: AWS::Lambda::LayerVersion
    DeletionPolicy: ${policy}
    UpdateReplacePolicy: ${policy}
    Properties: { LayerName: dev-a-layer, Content: content, CompatibleRuntimes: [python3.12] }
`
  const owning = (policy: string, more: World = {}): World => ({
    layers: [plain('a', { template }), plain('b')],
    content: { a: { 'content/python/own.py': '1', 'template.yaml': text(policy) } },
    ...more
  })

  it('is built from the content that it names, and goes where it says with what it declares', async () => {
    const { builds, found } = await look(owning('Retain'))
    expect(builds).toEqual({ a: 'built', b: 'built' })
    expect(found.targets.map(({ layerId, properties }) => [layerId, properties.compatibleRuntimes])).toEqual([
      ['a', ['python3.12']],
      ['b', ['python3.10']]
    ])
  })

  it('is left alone where nothing of it changed', async () => {
    const changes = [change({ layerId: 'a', changed: false, reason: 'unchanged' }), change({ layerId: 'b' })]
    expect((await look(owning('Retain', { changes }))).builds).toEqual({ b: 'built' })
  })

  it('is refused where it would delete versions, and the others are built', async () => {
    const { builds, refusals } = await look(owning('Delete'))
    expect([builds, refusals]).toEqual([{ b: 'built' }, ['TEMPLATE_DELETES_VERSIONS a']])
  })

  it('is read where its sharing alone changes: its stack has the template', async () => {
    const changes = ['a', 'b'].map(layerId => change({ layerId, reason: 'access-changed' }))
    expect((await look(owning('Retain', { changes }))).builds).toEqual({ a: 'built' })
  })
})
