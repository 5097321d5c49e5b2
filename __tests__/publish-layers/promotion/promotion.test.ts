import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { startGitHubEmulator, type GitHubEmulator } from '../../../emulators/github/index.js'
import { createGitHub } from '../../../src/adapters/github/index.js'
import type { DeploymentRecord, GitHub } from '../../../src/ports/github.js'
import {
  judge,
  payloadOf,
  readPromotion,
  readProven,
  sameLayer,
  type PromotedLayer
} from '../../../src/publish-layers/promotion/promotion.js'

const token = 'ghs_EXAMPLEtokenOfTheWorkflow'
const sha = 'a1'.repeat(20)
const digest = (text: string): string => Buffer.from(text).toString('hex').padEnd(64, '0').slice(0, 64)
const layer = (name: string): PromotedLayer => ({
  sourceDigest: digest(`s${name}`),
  contentDigest: digest(`c${name}`),
  artifactSha256: digest(`a${name}`)
})

let emulator: GitHubEmulator
let github: GitHub
beforeEach(async () => {
  emulator = await startGitHubEmulator({
    repositories: [{ owner: 'acme', name: 'superproject' }],
    tokens: [{ token, permissions: { deployments: 'write' } }]
  })
  emulator.seed.commit({ sha })
  const options = { apiUrl: emulator.url, token, repository: 'acme/superproject', retryBaseMilliseconds: 5 }
  github = createGitHub(options)
})
afterEach(() => emulator.close())

function record(layers: Readonly<Record<string, PromotedLayer>>, state = 'success', task = 'layer-deploy'): number {
  const payload = payloadOf(new Map(Object.entries(layers)))
  const deployment = emulator.seed.deployment({ sha, environment: 'sandbox', task, payload })
  const urls = { targetUrl: '', logUrl: '', environmentUrl: '' }
  const status = { id: deployment.id, state, description: '', environment: 'sandbox', creator: 'octocat', createdAt: 0 }
  if (state !== '') deployment.statuses.push({ ...status, ...urls })
  return deployment.id
}

const held = (commits: readonly string[]) => Promise.resolve(commits)

async function provenOf(...ids: string[]): Promise<readonly string[]> {
  emulator.calls.length = 0
  const wanted = new Map(ids.map(id => [id, layer(id)]))
  const { layers: proven } = await readProven(github, 'sandbox', wanted, held)
  return ids.filter(id => proven.get(id)?.contentDigest === layer(id).contentDigest)
}

describe('what an environment has proven', () => {
  it('is found behind 60 deployments of other layers and 60 of the jobs, in three calls', async () => {
    record({ a: layer('a') })
    for (let count = 0; count < 60; count += 1) {
      record({ [`b${count}`]: layer('b') })
      record({}, 'success', 'deploy')
    }
    expect(await provenOf('a')).toEqual(['a'])
    expect(emulator.calls.length).toBeLessThanOrEqual(3)
    expect(emulator.violations).toEqual([])
  })

  it('of many layers in as many deployments costs no more calls than that of one', async () => {
    const ids = Array.from({ length: 40 }, (_unused, index) => `l${index}`)
    for (const id of ids) record({ [id]: layer(id) })
    expect(await provenOf(...ids)).toEqual(ids)
    expect(emulator.calls.length).toBeLessThanOrEqual(2)
  })

  it('counts only what was successful once; what became inactive later still counts', async () => {
    const id = record({ a: layer('a') })
    await github.createDeploymentStatus(id, { state: 'inactive', description: '', logUrl: null })
    record({ b: layer('b') }, 'failure')
    record({ c: layer('c') }, '')
    record({ d: layer('other') })
    expect(await provenOf('a', 'b', 'c', 'd', 'e')).toEqual(['a'])
    const { layers: proven } = await readProven(github, 'sandbox', new Map([['d', layer('d')]]), held)
    expect(proven.get('d')).toEqual(layer('other'))
  })

  it('is read over REST where GraphQL is refused, in a bounded number of calls', async () => {
    const ids = Array.from({ length: 12 }, (_unused, index) => `l${index}`)
    for (const id of ids) record({ [id]: layer(id) })
    const refused = { kind: 'error', status: 403, when: 'before' } as const
    emulator.faults.add({ operation: 'graphql', fault: refused, times: 99 })
    expect(await provenOf('l11', 'l10')).toEqual(['l11', 'l10'])
    expect(emulator.calls.map(({ operation }) => operation)).toEqual([
      'repos/list-deployments',
      'graphql',
      'repos/list-deployment-statuses',
      'repos/list-deployment-statuses'
    ])
    expect((await provenOf(...ids)).length).toBe(5)
    expect(emulator.calls.length).toBeLessThanOrEqual(7)
  })

  it('F139 is found behind 10,000 other deployments, in three calls, and the search says how far it went', async () => {
    record({ a: layer('a') })
    for (let count = 0; count < 150; count += 1) {
      const payload = payloadOf(new Map([['b', layer(`b${count}`)]]))
      emulator.seed.deployment({ sha, environment: 'sandbox', task: 'layer-deploy', payload })
    }
    for (let count = 0; count < 9_849; count += 1) emulator.seed.deployment({ sha, environment: 'sandbox' })
    expect(emulator.state.deployments).toHaveLength(10_000)
    expect(await provenOf('a')).toEqual(['a'])
    expect(emulator.calls.length).toBeLessThanOrEqual(3)
    emulator.calls.length = 0
    const search = await readProven(github, 'sandbox', new Map([['z', layer('z')]]), held)
    expect(search).toMatchObject({ searched: 151, elsewhere: [] })
    expect(emulator.calls.length).toBeLessThanOrEqual(3)
    expect(emulator.violations).toEqual([])
  })

  it('F135 from a commit that the branch does not hold is none', async () => {
    record({ a: layer('a') })
    const asked: string[][] = []
    const away = (commits: readonly string[]) => (asked.push([...commits]), Promise.resolve([]))
    const search = await readProven(github, 'sandbox', new Map([['a', layer('a')]]), away)
    expect([search.layers.get('a'), search.elsewhere, asked]).toEqual([null, ['a'], [[sha]]])
  })

  it('is looked for on two pages, and on one where that names every layer', async () => {
    for (let count = 0; count < 201; count += 1) {
      if (count === 150) record({ a: layer('a') })
      else record({ b: layer('b') }, '')
    }
    const pages = (): number => emulator.calls.filter(({ operation }) => operation === 'repos/list-deployments').length
    const wantedOf = (...ids: string[]) => new Map(ids.map(id => [id, layer(id)]))
    emulator.calls.length = 0
    const found = await readProven(github, 'sandbox', wantedOf('a', 'b'), held)
    expect([found.searched, pages(), [...found.layers.values()]]).toEqual([100, 1, [layer('a'), null]])
    const missing = await readProven(github, 'sandbox', wantedOf('a', 'z'), held)
    expect([missing.searched, pages(), [...missing.layers.values()]]).toEqual([200, 3, [layer('a'), null]])
  })

  it('an outage is an error, not an answer', async () => {
    record({ a: layer('a') })
    emulator.faults.add({ operation: 'graphql', fault: { kind: 'error', status: 502, when: 'before' }, times: 99 })
    await expect(provenOf('a')).rejects.toThrow('graphql')
  })
})

describe('judged', () => {
  const at = (commit: string, layers: Readonly<Record<string, PromotedLayer>>): DeploymentRecord => {
    const same = { id: 1, environment: 'sandbox', task: 'layer-deploy', description: '', createdAt: '', nodeId: '' }
    return { ...same, commit, payload: payloadOf(new Map(Object.entries(layers))) }
  }
  const wanted = new Map([
    ['a', layer('a')],
    ['b', layer('b')]
  ])
  async function judged(records: readonly DeploymentRecord[], successes: readonly DeploymentRecord[], away = '') {
    const asked: string[][] = []
    const onBranch = (commits: readonly string[]) => {
      asked.push([...commits])
      return Promise.resolve(commits.filter(commit => commit !== away))
    }
    const { layers, elsewhere } = await judge(records, successes, wanted, onBranch)
    return { layers: Object.fromEntries(layers), elsewhere, asked }
  }

  it('each layer by its own records, and only by the commits of those that would prove one', async () => {
    const [one, other] = [at('one', { a: layer('a') }), at('other', { a: layer('older'), c: layer('c') })]
    expect(await judged([other, one, one], [other, one, one])).toEqual({
      layers: { a: layer('a'), b: null },
      elsewhere: [],
      asked: [['one']]
    })
  })

  it('without a success: nothing is proven, and the branch is not asked', async () => {
    const records = [at('one', { a: layer('a'), b: layer('new') }), at('two', { b: layer('old') })]
    // What the newest record has instead is what a reader is told.
    expect(await judged(records, [])).toEqual({ layers: { a: null, b: layer('new') }, elsewhere: [], asked: [] })
  })

  it('as elsewhere only what no commit of the branch proves', async () => {
    const [away, home] = [at('away', { a: layer('a'), b: layer('b') }), at('home', { b: layer('b') })]
    const both = await judged([away, home], [away, home], 'away')
    expect(both).toEqual({ layers: { a: null, b: layer('b') }, elsewhere: ['a'], asked: [['away', 'home']] })
  })
})

it('a layer is the same by its source and its content; by its source alone where nothing was built', () => {
  const { sourceDigest, contentDigest } = layer('a')
  expect(sameLayer(layer('a'), { sourceDigest, contentDigest })).toBe(true)
  expect(sameLayer(layer('a'), { sourceDigest, contentDigest: '' })).toBe(true)
  expect(sameLayer(layer('a'), { sourceDigest, contentDigest: digest('other') })).toBe(false)
  expect(sameLayer(layer('a'), { sourceDigest: digest('other'), contentDigest })).toBe(false)
  expect(sameLayer(layer('a'), { sourceDigest: digest('other'), contentDigest: '' })).toBe(false)
  expect(sameLayer(null, { sourceDigest, contentDigest })).toBe(false)
  expect(sameLayer(undefined, { sourceDigest, contentDigest: '' })).toBe(false)
})

describe('the payload', () => {
  it('is what DESIGN.md says, and is read back', () => {
    const fields = fc.record({
      sourceDigest: fc.constantFrom(digest('1'), digest('2')),
      contentDigest: fc.constantFrom(digest('3'), digest('4')),
      artifactSha256: fc.constant(digest('5'))
    })
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(fc.string({ minLength: 1 }), fields), { selector: ([id]) => id }), layers => {
        const promotion = new Map(layers.filter(([id]) => id !== '__proto__'))
        expect(readPromotion(JSON.parse(JSON.stringify(payloadOf(promotion))))).toEqual(promotion)
      })
    )
    expect(Object.keys(payloadOf(new Map([['a', layer('a')]]))['a'] ?? {})).toEqual([
      'source-digest',
      'content-digest',
      'artifact-sha256'
    ])
  })

  it('keeps what is of our form beside what is not', () => {
    const { a } = payloadOf(new Map([['a', layer('a')]]))
    const wrong = ['source-digest', 'content-digest', 'artifact-sha256'].flatMap(field =>
      [
        null,
        5,
        '',
        [digest('a')],
        `${digest('a')}0`,
        ` ${digest('a')}`,
        digest('a').toUpperCase().replace('0', 'A')
      ].map(value => ({
        ...a,
        [field]: value
      }))
    )
    const payload = Object.fromEntries([null, 'text', 5, {}, ...wrong].map((value, index) => [`w${index}`, value]))
    expect(readPromotion({ ...payload, a })).toEqual(new Map([['a', layer('a')]]))
    expect([null, undefined, 'text'].map(each => readPromotion(each).size)).toEqual([0, 0, 0])
  })

  it('of another form is left out, whatever it is', () => {
    fc.assert(fc.property(fc.anything(), payload => expect(readPromotion(payload)).toEqual(new Map())))
  })
})
