/** The input `preview` through dist/: a plan that builds what it would publish, and writes nothing. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { RunOutcome } from '../../emulators/runner/index.js'
import { asCloneOfGitHub, makeHome, runCommandLine } from '../../emulators/world/command-line.js'
import {
  makeActionWorld,
  productionAccount,
  region,
  repository,
  sandboxAccount,
  type ActionRun,
  type ActionWorld
} from '../support/action-world.js'
import { pullRequest, pullRequestTarget } from '../support/events.js'
import { configText, folderLayer } from './config-text.js'
import { codesOf, errorsOf, rowsOf, versionsIn, type Row } from './reading.js'

interface BuiltRow extends Row {
  readonly 'size-bytes': number | null
  readonly 'unzipped-bytes'?: number
  readonly 'size-change-bytes'?: number | null
  readonly 'packages-changed'?:
    readonly { readonly name: string; readonly from: string | null; readonly to: string | null }[] | null
}

const config = configText({ layers: { da_flask: '{ path: da_flask }', docs: '{ path: docs }' } })
const module = 'da_flask/python/da_flask/more.py'
const digest = /^[0-9a-f]{64}$/

const metadata = (name: string, version: string) => ({
  [`da_flask/python/${name}-${version}.dist-info/METADATA`]: `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n`
})

let world: ActionWorld
let deployed: BuiltRow
beforeAll(async () => {
  const files = {
    ...folderLayer,
    ...metadata('flask', '3.0.2'),
    ...metadata('zipp', '1.0'),
    'docs/python/docs.py': 'text = "docs"\n'
  }
  world = await makeActionWorld({ config, submodules: {}, files })
  deployed = rowOf(await world.push('test'))
})
afterAll(async () => {
  expect(world.github.violations).toEqual([])
  await world.close()
})
beforeEach(() => {
  world.aws.resetCalls()
})

function rowOf(outcome: RunOutcome, layer = 'da_flask'): BuiltRow {
  return rowsOf(outcome)[layer]?.[region] as BuiltRow
}

let number = 10
/** A pull request of `files`, planned with the input. */
async function previewed(
  branch: string,
  files: Parameters<ActionWorld['superproject']['commitFiles']>[0],
  job: Partial<ActionRun> = {}
): Promise<RunOutcome> {
  await world.superproject.commitFiles(files, { branch, from: 'test' })
  const inputs = { preview: 'true', ...job.inputs }
  return world.pullRequest((number += 1), branch, 'test', { ...job, inputs })
}

describe('preview on a pull request', () => {
  it('names the packages that differ from what the region runs, by its archive and its bill of materials', async () => {
    const files = { ...metadata('flask', '3.0.3'), ...metadata('attrs', '23.1') }
    const gone = Object.fromEntries(Object.keys({ ...metadata('flask', '3.0.2') }).map(path => [path, null]))
    const outcome = await previewed('packages', { ...files, ...gone })
    expect(errorsOf(outcome)).toEqual([])
    expect(rowOf(outcome)['packages-changed']).toEqual([
      { name: 'attrs', from: null, to: '23.1' },
      { name: 'flask', from: '3.0.2', to: '3.0.3' }
    ])
    const body = world.github.state.comments.at(-1)?.body ?? ''
    for (const text of ['- flask 3.0.2 → 3.0.3', '- attrs 23.1 (added)', 'of 262,144,000 bytes unzipped'])
      expect(body).toContain(text)
    expect(outcome.summary).toContain('2 packages change')
    expect(outcome.outputs['plan']).toContain('"packages-changed":[{"name":"attrs"')
    const reads = world.aws.calls.filter(({ api }) => api === 's3:GetObject')
    expect(reads).toHaveLength(2)
    expect(world.aws.writes()).toEqual([])
  })

  it('builds what changed and shows it; nothing is written; the deploy publishes just that', async () => {
    const outcome = await previewed('larger', { [module]: 'more = "text"\n'.repeat(50) })
    expect([errorsOf(outcome), outcome.exitCode]).toEqual([[], 0])
    expect(outcome.outputs).toMatchObject({ command: 'plan', conclusion: 'success', da_flask_published: 'false' })
    const row = rowOf(outcome)
    expect(row).toMatchObject({
      ...{ status: 'planned', reason: 'source-changed', version: 1 },
      'content-digest': expect.stringMatching(digest),
      'artifact-sha256': expect.stringMatching(digest)
    })
    expect(row['content-digest']).not.toBe(deployed['content-digest'])
    expect(row['unzipped-bytes']).toBe(deployed['unzipped-bytes']! + 50 * 'more = "text"\n'.length)
    expect(row['size-change-bytes']).toBe(row['size-bytes']! - deployed['size-bytes']!)
    expect(rowOf(outcome, 'docs')).toMatchObject({ status: 'unchanged', reason: 'unchanged' })
    expect(row['packages-changed']).toEqual([])
    expect(outcome.log.some(line => line.includes('Build layer docs'))).toBe(false)
    expect(world.aws.writes()).toEqual([])
    expect(world.github.state.comments.at(-1)?.body).toMatch(/zip .* unzipped/)
    expect(world.github.state.deployments).toHaveLength(1)

    const merged = rowOf(await world.mergePullRequest(number, 'larger', 'test'))
    expect(merged).toMatchObject({ status: 'published', version: 2 })
    for (const name of ['content-digest', 'artifact-sha256'] as const) expect(merged[name]).toBe(row[name])
  })

  it('a guard of the archive that fails is the failure of the plan', async () => {
    const key = ['-----BEGIN RSA PRIVATE KEY-----', 'MIIEEXAMPLE'.repeat(20), '-----END RSA PRIVATE KEY-----', ''].join(
      '\n'
    )
    const outcome = await previewed('secret', { 'da_flask/python/da_flask/key.pem': key })
    expect(codesOf(outcome)).toEqual(['SECRET_IN_ARCHIVE'])
    expect([outcome.exitCode, outcome.outputs['conclusion']]).toEqual([1, 'failure'])
    expect(rowOf(outcome)).toMatchObject({ status: 'planned', reason: 'source-changed' })
    expect(world.aws.writes()).toEqual([])
    expect(world.github.state.comments.at(-1)?.body).toContain('SECRET_IN_ARCHIVE')
    expect(world.github.state.statuses.at(-1)).toMatchObject({ context: 'layer-deploy/plan', state: 'failure' })
  })

  it('a build that fails, and one whose check does, too', async () => {
    const failing = (build: string) => config.replace('{ path: docs }', `{ path: docs, build: { ${build} } }`)
    for (const build of ['command: "exit 3"', 'check: "python3 -c \'raise SystemExit(1)\'"']) {
      const outcome = await previewed(`failing-${build.slice(0, 5)}`, { '.github/layer-deploy.yml': failing(build) })
      expect(codesOf(outcome)).toHaveLength(1)
      expect(codesOf(outcome)[0]).toMatch(/^(BUILD_FAILED|LAYER_NOT_IMPORTABLE)$/)
      expect(outcome.exitCode).toBe(1)
      expect(world.aws.writes()).toEqual([])
    }
  })

  it('content that is deployed already has the reason same-content', async () => {
    const outcome = await previewed('readme', { 'da_flask/README.md': 'beside the content\n' })
    expect(errorsOf(outcome)).toEqual([])
    expect(rowOf(outcome)).toMatchObject({ status: 'unchanged', reason: 'same-content', version: 2 })
    expect(world.aws.writes()).toEqual([])
  })

  it('of a fork, without credentials: built all the same, with no size to compare with', async () => {
    await world.superproject.commitFiles({ [module]: 'more = 2\n' }, { branch: 'fork', from: 'test' })
    const { base, merge } = await world.superproject.openPullRequest(8, 'fork', 'test')
    const ends = { number: 8, base: 'test', baseCommit: base, headCommit: '1'.repeat(40), mergeCommit: merge }
    const event = pullRequest({ ...ends, from: 'fork' })
    const job = { event, checkout: { ref: 'refs/pull/8/merge' }, account: null }
    const outcome = await world.run({ ...job, inputs: { preview: 'true' } })
    expect([errorsOf(outcome), outcome.exitCode]).toEqual([[], 0])
    const row = rowOf(outcome)
    expect(row).toMatchObject({ status: 'planned', version: null, 'size-change-bytes': null, 'packages-changed': null })
    expect(row['content-digest']).toMatch(digest)
    expect(row['unzipped-bytes']).toBeGreaterThan(0)
    expect(outcome.summary).toMatch(/zip .* unzipped/)
    expect(world.aws.calls).toEqual([])

    const plain = await world.run(job)
    expect(rowOf(plain)).toMatchObject({ status: 'planned', 'content-digest': null, 'size-bytes': null })
    expect(plain.log.some(line => line.includes('Build layer'))).toBe(false)
  })

  it('content that the sandbox has proven says so on the way to production', async () => {
    expect(errorsOf(await world.push('main', { account: productionAccount, inputs: { command: 'plan' } }))).toEqual([])
    const outcome = await world.pullRequest(9, 'test', 'main', { inputs: { preview: 'true' } })
    expect(errorsOf(outcome)).toEqual([])
    expect(rowOf(outcome)).toMatchObject({ status: 'planned', reason: 'never-deployed', version: null })
    const body = world.github.state.comments.find(({ issueNumber }) => issueNumber === 9)?.body ?? ''
    expect(body).toContain('this content is proven by `sandbox`')
    expect(versionsIn(world, productionAccount)).toEqual({})
  })
})

it('without the input a plan builds nothing', async () => {
  const outcome = await previewed('plain', { [module]: 'more = 3\n' }, { inputs: { preview: 'false' } })
  expect(rowOf(outcome)).toMatchObject({ status: 'planned', version: 2 })
  expect(rowOf(outcome)).not.toHaveProperty('unzipped-bytes')
  expect(outcome.log.some(line => line.includes('Build layer'))).toBe(false)
})

it('detect says what changed and builds nothing', async () => {
  const outcome = await previewed('detect', { [module]: 'more = 4\n' }, { inputs: { command: 'detect' } })
  expect(rowOf(outcome)).not.toHaveProperty('unzipped-bytes')
})

it('pull_request_target has secrets beside what strangers chose: a preview is refused there', async () => {
  const commit = await world.superproject.git('rev-parse', 'test')
  const ends = { base: 'test', baseCommit: commit, headCommit: '1'.repeat(40), defaultBranchCommit: commit }
  const event = pullRequestTarget({ ...ends, from: 'fork' })
  const job = { event, checkout: { commit }, account: sandboxAccount }
  const outcome = await world.run({ ...job, inputs: { command: 'plan', preview: 'true', force: 'true' } })
  expect(codesOf(outcome)).toEqual(['TRUSTED_EVENT'])
  expect(world.aws.calls).toEqual([])
})

it('the command line previews as well', async () => {
  const home = await makeHome(await mkdtemp(join(tmpdir(), 'home-')), world.aws, {
    deploy: { accountId: sandboxAccount, region }
  })
  try {
    await world.superproject.commitFiles({ [module]: 'more = 5\n' }, { branch: 'test' })
    await world.superproject.push('test')
    const directory = await world.superproject.cloneForRun({ branch: 'test', depth: 0 })
    await asCloneOfGitHub(directory, world.superproject.server.url, repository)
    const run = (...args: string[]) =>
      runCommandLine({
        ...{ directory, home, env: { AWS_ENDPOINT_URL: world.aws.url }, steps: world.steps },
        args: ['plan', '--environment', 'sandbox', '--profile', 'deploy', '--json', ...args]
      })
    const layersOf = ({ stdout }: { stdout: string }) => (JSON.parse(stdout) as { layers: unknown[] }).layers
    const preview = await run('--preview')
    expect(preview.exitCode).toBe(0)
    const row = { layer: 'da_flask', status: 'planned', 'content-digest': expect.stringMatching(digest) }
    expect(layersOf(preview)[0]).toMatchObject(row)
    const digests = [preview, await run()].map(each => (layersOf(each)[0] as BuiltRow)['content-digest'])
    expect(digests[0]).not.toBe(digests[1])
    expect(world.aws.writes()).toEqual([])
  } finally {
    await rm(home, { recursive: true, force: true })
  }
})
