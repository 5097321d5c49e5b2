/** The whole life of a layer through dist/ on emulators that nobody here wrote, in two regions and two accounts: MiniStack and moto. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { installationToken } from '../../emulators/world/action-world.js'
import { asCloneOfGitHub, runCommandLine } from '../../emulators/world/command-line.js'
import type { RunOutcome } from '../../emulators/runner/index.js'
import {
  type ActionWorld,
  makeActionWorld,
  ownProcesses,
  productionAccount,
  repository,
  sandboxAccount
} from '../support/action-world.js'
import { workflowDispatch } from '../support/events.js'
import { configText } from '../bundle/config-text.js'
import { codesOf, errorsOf, rowsOf } from '../bundle/reading.js'
import { peers, startPeer, type Place, type RunningPeer } from './peers.js'

const regions = ['us-east-2', 'eu-west-1'] as const
const [home] = regions
const layerName = 'dev-alpha-layer'
const source = (release: number) => ({ 'alpha/python/alpha.py': `release = ${release}\n` })
const sandbox: readonly Place[] = regions.map(region => ({ account: sandboxAccount, region }))
const production: readonly Place[] = regions.map(region => ({ account: productionAccount, region }))
const bucketOf = ({ account, region }: Place) => `${account}-code-${region}`

/** A version that is younger than a day is never pruned, and no emulator lets us date one back. */
const laterClock = `const now = Date.now
const ahead = 2 * 24 * 60 * 60 * 1000
globalThis.Date = class extends Date {
  constructor(...given) {
    if (given.length === 0) super(now() + ahead)
    else super(...given)
  }
  static now() { return now() + ahead }
}`
const twoDaysLater = `--import=data:text/javascript,${encodeURIComponent(laterClock)}`

describe.each(peers)('F125 $name, engine $engine', peer => {
  const { name, engine } = peer
  const hasParameter = engine === 'cloudformation'
  const configured = (...further: readonly string[]): string =>
    configText({ engine, regions, bucket: 'code-{region}', layers: { alpha: '{ path: alpha }' }, sandbox: further })
  let world: ActionWorld
  let running: RunningPeer
  let folder = ''
  let runs = 0
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'home-'))
    running = await startPeer(peer, [sandboxAccount, productionAccount])
    for (const place of [...sandbox, ...production]) await running.createBucket(place, bucketOf(place))
    world = await makeActionWorld({ steps: ownProcesses, config: configured(), submodules: {}, files: source(1) })
  }, 120_000)
  afterAll(async () => {
    running.end()
    rmSync(folder, { recursive: true, force: true })
    await world.close()
    console.log(`judge ${name}, ${engine}: a life of ${runs} runs in ${regions.length} regions and 2 accounts`)
  })

  const everything = () => running.everything([...sandbox, ...production], bucketOf)
  const versions = () => Promise.all(sandbox.map(place => running.versions(place, layerName)))
  const readers = (version: number) => Promise.all(sandbox.map(place => running.readers(place, layerName, version)))
  const parameters = () => Promise.all(sandbox.map(place => running.parameter(place, '/layers/dev/alpha')))
  const arns = (version: number) =>
    sandbox.map(({ account, region }) => `arn:aws:lambda:${region}:${account}:layer:${layerName}:${version}`)
  /** The same in both regions. */
  const row = (run: RunOutcome): string => {
    expect([errorsOf(run), run.exitCode]).toEqual([[], 0])
    const rows = regions.map(region => rowsOf(run)['alpha']![region]!)
    const [first, second] = rows.map(({ status, version }) => `${status} ${version ?? '-'}`)
    expect(second).toBe(first)
    return first!
  }
  const push = (branch = 'test', account = branch === 'main' ? productionAccount : sandboxAccount) => {
    runs += 1
    return world.push(branch, { env: running.job(account, home) })
  }
  const deployed = async (files: Record<string, string>): Promise<string> => {
    await world.superproject.commitFiles(files, { branch: 'test' })
    return row(await push())
  }
  const command = async (inputs: Record<string, string>, env: Record<string, string> = {}): Promise<RunOutcome> => {
    runs += 1
    const sha = await world.superproject.push('test')
    const checkout = { branch: 'test', commit: sha, depth: 0 }
    const event = workflowDispatch({ ref: 'refs/heads/test', sha })
    const job = { ...running.job(sandboxAccount, home), ...env }
    return world.run({ event, checkout, account: sandboxAccount, inputs, env: job })
  }
  const refused = async (code: string, work: () => Promise<RunOutcome>): Promise<void> => {
    const before = await everything()
    const run = await work()
    expect([codesOf(run), run.exitCode]).toEqual([[code], 1])
    expect(await everything()).toEqual(before)
  }

  it('is deployed, left alone, refused in the wrong account, bumped, shared and named', async () => {
    expect(row(await push())).toBe('published 1')
    expect(await deployed({ 'README.md': 'x\n' })).toBe('unchanged 1')
    await refused('ACCOUNT_MISMATCH', () => push('test', productionAccount))
    expect(await deployed(source(2))).toBe('published 2')
    expect(await readers(2)).toEqual([null, null])
    const parameter = hasParameter ? ['ssm-parameter: "/layers/{stage}/{layer}"'] : []
    const shared = configured(`share-with: ["${productionAccount}"]`, ...parameter)
    expect(await deployed({ '.github/layer-deploy.yml': shared })).toMatch(/ 2$/)
    expect(await readers(2)).toEqual([[productionAccount], [productionAccount]])
    if (hasParameter) expect(await parameters()).toEqual(arns(2))
  }, 280_000)

  it('is rolled back, with its readers and its name; what has not been proven is not promoted', async () => {
    expect(row(await command({ command: 'rollback', layers: 'alpha', version: 'previous' }))).toBe('rolled-back 3')
    expect(await readers(3)).toEqual([[productionAccount], [productionAccount]])
    if (hasParameter) expect(await parameters()).toEqual(arns(3))
    await world.superproject.commitFiles(source(9), { branch: 'main' })
    await refused('NOT_PROMOTED', () => push('main'))
  }, 280_000)

  it('has a history, is discovered', async () => {
    const directory = await world.superproject.cloneForRun({ branch: 'test', depth: 0 })
    await asCloneOfGitHub(directory, world.superproject.server.url, repository)
    const env = {
      ...{ GITHUB_TOKEN: installationToken, GITHUB_API_URL: world.github.url },
      ...running.job(sandboxAccount, home)
    }
    const args = ['history', '-e', 'sandbox', '--json', 'alpha']
    const told = await runCommandLine({ directory, home: folder, args, env })
    expect({ exitCode: told.exitCode, stderr: told.stderr }).toEqual({ exitCode: 0, stderr: '' })
    const { layers } = JSON.parse(told.stdout) as { layers: { region: string; versions: Record<string, unknown>[] }[] }
    expect(layers.map(({ region }) => region).sort()).toEqual([...regions].sort())
    for (const layer of layers)
      expect(layer.versions).toMatchObject([
        { version: 3, deployed: true, sameAs: 1 },
        { version: 2, deployed: false },
        { version: 1, deployed: false }
      ])
    const before = await everything()
    const found = await command({ command: 'discover' })
    expect([errorsOf(found), found.exitCode]).toEqual([[], 0])
    const { places } = JSON.parse(found.outputs['plan'] ?? '') as {
      places: { region: string; layers: Record<string, unknown>[] }[]
    }
    expect(places.map(({ region }) => region).sort()).toEqual([...regions].sort())
    for (const place of places)
      expect(place.layers).toMatchObject([{ name: layerName, layerId: 'alpha', deployedVersion: 3 }])
    expect(await everything()).toEqual(before)
  }, 280_000)

  it('is deployed again, pruned, and promoted', async () => {
    expect(await deployed(source(4))).toBe('published 4')
    const pruned = await command({ command: 'prune', keep: '1' }, { NODE_OPTIONS: twoDaysLater })
    expect([errorsOf(pruned), pruned.exitCode]).toEqual([[], 0])
    expect(await versions()).toEqual([[4], [4]])
    expect(await readers(4)).toEqual([[productionAccount], [productionAccount]])
    await world.superproject.mergeBranch('test', 'main')
    expect(row(await push('main'))).toBe('published 1')
    expect(row(await push('main'))).toBe('unchanged 1')
    const promoted = production.map(place => running.versions(place, 'prod-alpha-layer'))
    expect(await Promise.all(promoted)).toEqual([[1], [1]])
    expect(await versions()).toEqual([[4], [4]])
    // None of it went to the emulator of our own.
    expect(world.aws.calls).toEqual([])
  }, 280_000)
})
