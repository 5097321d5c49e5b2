/** What a deploy builds and judges before it writes: which layers, in which order the guards speak, and what becomes of a build that fails. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { indexEntries, layerSource } from '../../../src/detect-changes/source-digest.js'
import type { Artifact, DeployedVersion, Environment, Layer, LayerChange, Verdict } from '../../../src/model/index.js'
import { CommandFailed } from '../../../src/ports/process.js'
import type { Git } from '../../../src/ports/git.js'
import { observeDeploy, observePreview } from '../../../src/publish-layers/observe/observe-deploy.js'
import type { DeployPorts, ObserveRequest } from '../../../src/publish-layers/observe/observe-request.js'
import type { Facts } from '../../../src/publish-layers/plan/facts.js'
import { targetsOf } from '../../../src/publish-layers/target.js'
import { layer, objectId, production, sandbox } from '../../support/configs.js'
import { change, deployed, facts, headCommit } from '../../support/plans.js'
import { failedVerdict } from '../../support/results.js'
import { awsWith, failure, git, request, saidLog } from './stated-ports.js'

let scratch = ''
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'observe-deploy-'))
  await writeFile(join(scratch, 'half.info'), 'SF:a\nDA:1,1\nDA:2,0\nLF:2\nLH:1\nend_of_record\n')
})
afterAll(() => rm(scratch, { recursive: true, force: true }))

const detect = layer('any').build
/** Taken as it is: no process is started, and the checkout is not watched. */
const plain = (id: string, more: Partial<Layer> = {}): Layer =>
  layer(id, { build: { ...detect, check: null }, ...more })
const watched = (id: string): Layer => layer(id, { build: { ...detect, check: 'none' } })

interface World {
  readonly layers?: readonly Layer[]
  readonly changes?: readonly LayerChange[]
  readonly request?: Partial<ObserveRequest>
  readonly facts?: Partial<Facts>
  readonly environment?: Partial<Environment>
  readonly git?: Partial<Git>
  /** By layer id, its files; default: one. */
  readonly content?: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly files?: readonly string[]
  /** What `git status` says before and after the builds. */
  readonly dirty?: readonly (readonly string[])[]
  readonly unreadVerdict?: Verdict
  readonly aborted?: Error
}

let runs = 0
async function look(world: World, observe = observeDeploy) {
  const { layers = [plain('a')], content = {}, files = [], dirty = [], aborted } = world
  const environment = { ...sandbox, ...world.environment }
  const entries = layers.map(({ path }) => {
    return { path, mode: files.includes(path) ? '100644' : '040000', objectId: objectId('e') }
  })
  const log = saidLog()
  const calls: string[] = []
  const exported: string[] = []
  const scratchDirectory = join(scratch, String(++runs))
  await mkdir(scratchDirectory)
  const methods: Partial<Git> = {
    readBranchTip: () => {
      calls.push('tip')
      return Promise.resolve(headCommit)
    },
    readGitlinks: () => Promise.resolve([]),
    checkoutState: path =>
      Promise.resolve({ kind: 'present', commit: null, dirtyPaths: path === 'left' ? ['left/x'] : [] }),
    dirtyPaths: () => {
      calls.push('status')
      return Promise.resolve(dirty[calls.filter(each => each === 'status').length - 1] ?? [])
    },
    exportPaths: async (paths, destination) => {
      exported.push(...paths)
      for (const path of paths) {
        for (const [name, text] of Object.entries(content[path] ?? { 'python/hello.py': path })) {
          await mkdir(join(destination, path, name, '..'), { recursive: true })
          await writeFile(join(destination, path, name), text)
        }
      }
      return { missing: [], pointers: [] }
    },
    ...world.git
  }
  const ports = {
    ...{ git: git(methods), github: null, clock: { now: () => 0, sleep: () => Promise.resolve() }, log },
    aws: awsWith({
      head: place => {
        calls.push(`head ${place.key.split('/')[2]}`)
        return Promise.resolve(null)
      },
      end: () => Promise.resolve(null),
      get: () => Promise.resolve(null)
    }),
    engine: {
      readVersion: (_target: unknown, unread: DeployedVersion) => {
        calls.push('version')
        const { unread: _unread, ...version } = unread
        const verdicts = world.unreadVerdict === undefined ? [] : [world.unreadVerdict]
        return Promise.resolve({ deployed: { ...version, sizeBytes: 7 }, verdicts })
      }
    },
    process: { run: () => Promise.reject(new CommandFailed('not-found', ['pip'], 'no such command')) },
    signal: aborted === undefined ? new AbortController().signal : AbortSignal.abort(aborted),
    ...{ workspace: scratch, scratchDirectory, submodules: 'none', commandSeconds: 5 }
  } as unknown as DeployPorts
  const stated = facts({
    ...{ environment, builds: new Map(), stored: new Map(), deployed: new Map() },
    targets: targetsOf(environment, layers, environment.regions),
    sources: new Map(layers.map(each => [each.id, layerSource(each, indexEntries(entries))])),
    changes: world.changes ?? layers.map(({ id }) => change({ layerId: id })),
    ...world.facts
  })
  const found = await observe(request({ environment, layers, ...world.request }), stated, ports)
  const builds = Object.fromEntries(
    [...found.builds].map(([id, built]) => [id, built instanceof Error ? built.code : 'built'])
  )
  const refusals = found.verdicts.flatMap(({ guard, subject, passed }) =>
    passed === false ? `${guard} ${subject}` : []
  )
  return { found, builds, refusals, calls, exported, log }
}
const artifactOf = ({ builds }: Facts, id = 'a'): Artifact => builds.get(id) as Artifact

describe('what is built', () => {
  it('what changed, after the tip of the branch was asked, and its key is looked at', async () => {
    const layers = [plain('a'), plain('b'), plain('c')]
    const changes = [
      change({ layerId: 'a' }),
      change({ layerId: 'b', changed: false, reason: 'unchanged' }),
      change({ layerId: 'c' })
    ]
    const { builds, exported, calls, found, refusals } = await look({ layers, changes })
    expect([builds, exported.sort(), refusals]).toEqual([{ a: 'built', c: 'built' }, ['a', 'c'], []])
    expect(calls).toEqual(['tip', 'head dev-a-layer', 'head dev-c-layer'])
    expect([...found.stored]).toEqual([
      ['a in us-east-2', null],
      ['c in us-east-2', null]
    ])
    expect([...new Set(found.verdicts.map(({ guard }) => guard))].slice(0, 2)).toEqual([
      'STALE_RUN',
      'SOURCE_NOT_CHECKED_OUT'
    ])
    expect(found.verdicts.at(-1)).toMatchObject({ guard: 'BUCKET_OWNER_MISMATCH', passed: true })
  })

  it('nothing, where nothing changed: not even the branch is asked', async () => {
    const { builds, calls } = await look({ changes: [change({ layerId: 'a', changed: false, reason: 'unchanged' })] })
    expect([builds, calls]).toEqual([{}, []])
  })

  it('nothing of a layer whose sharing alone changes', async () => {
    const { builds, calls } = await look({ changes: [change({ layerId: 'a', reason: 'access-changed' })] })
    expect([builds, calls]).toEqual([{}, ['tip']])
  })

  it('nothing, where only what is around a version differs', async () => {
    const changes = [change({ layerId: 'a', changed: false, reason: 'unchanged' })]
    const { builds, calls } = await look({ changes, facts: { protectionDiffers: new Set(['a in us-east-2']) } })
    expect([builds, calls]).toEqual([{}, ['tip']])
  })

  it('nothing, where all is left to a newer commit', async () => {
    const newer: Partial<Git> = {
      readBranchTip: () => Promise.resolve(objectId('9')),
      ancestorsAmong: (_tip, commits) => Promise.resolve(commits),
      readCommit: () => Promise.resolve(null)
    }
    const { builds, found, exported } = await look({ git: newer })
    expect([builds, exported, [...found.aside]]).toEqual([{}, [], ['a in us-east-2']])
    expect(found.verdicts.at(-1)).toMatchObject({ guard: 'STALE_RUN', passed: 'stand-aside' })
  })
})

describe('what is refused', () => {
  it('a path that is no folder: that guard’s refusal, and no build', async () => {
    const { builds, refusals } = await look({ layers: [plain('a'), plain('b')], files: ['a'] })
    expect([builds, refusals]).toEqual([{ b: 'built' }, ['SOURCE_NOT_CHECKED_OUT a']])
  })

  it('a layout that no runtime reads', async () => {
    const { builds, refusals } = await look({ content: { a: { 'elsewhere.txt': '1' } } })
    expect([Object.keys(builds).length <= 1, refusals]).toEqual([true, ['ARCHIVE_LAYOUT a']])
  })

  it('a secret', async () => {
    const content = { a: { 'python/.pypirc': '[pypi]\nusername = x\npassword = y' } }
    expect((await look({ content })).refusals).toEqual(['SECRET_IN_ARCHIVE a'])
  })

  it('coverage that is too low, before any check is asked for', async () => {
    const environment = { requiredChecks: { names: ['test'], skipped: 'failure', waitMinutes: 0 } as const }
    const gated = (minimum: number) => [plain('a', { coverage: { report: 'half.info', minimum } })]
    const low = await look({ environment, layers: gated(80) })
    expect(low.refusals).toEqual(['COVERAGE_BELOW_MINIMUM a'])
    const enough = await look({ environment, layers: gated(50) })
    expect(enough.refusals).toEqual(['REQUIRED_CHECKS '])
  })

  it('what the environment before has not proven', async () => {
    const { refusals } = await look({ environment: { promoteFrom: production.name } })
    expect(refusals).toEqual(['NOT_PROMOTED a'])
  })
})

describe('a build that fails', () => {
  const broken = { git: { exportPaths: () => Promise.reject(failure('BUILD_FAILED')) } }
  it('is the failure of its layer alone, and its bucket is not asked', async () => {
    const { builds, refusals, calls } = await look(broken)
    expect([builds, refusals, calls]).toEqual([{ a: 'BUILD_FAILED' }, [], ['tip']])
  })

  it.each(['ARCHIVE_TOO_LARGE', 'SECRET_IN_ARCHIVE', 'SOURCE_DIRTY', 'WRONG_ARCHITECTURE'] as const)(
    'with the code of a guard is its refusal: %s',
    async code => {
      const { builds, refusals } = await look({ git: { exportPaths: () => Promise.reject(failure(code)) } })
      expect([builds, refusals]).toEqual([{}, [`${code} a`]])
    }
  )

  it('a defect is one, and is told as such', async () => {
    const { builds } = await look({ git: { exportPaths: () => Promise.reject(new TypeError('broken')) } })
    expect(builds).toEqual({ a: 'INTERNAL' })
  })

  it('a configuration that cannot be read ends the run', async () => {
    const error = failure('CONFIG_INVALID')
    await expect(look({ git: { exportPaths: () => Promise.reject(error) } })).rejects.toBe(error)
  })

  it('the end of the run is thrown, whatever the build said', async () => {
    const aborted = failure('CANCELLED')
    await expect(look({ aborted })).rejects.toBe(aborted)
  })
})

describe('a build that writes into the checkout', () => {
  it('fails, and so does each that may have done it', async () => {
    const layers = [watched('a'), watched('b'), plain('c')]
    const { builds, found } = await look({ layers, dirty: [['before'], ['before', 'stray.txt']] })
    expect(builds).toEqual({ a: 'BUILD_FAILED', b: 'BUILD_FAILED', c: 'built' })
    const [a] = [...found.builds.values()].flatMap(each => (each instanceof Error ? [each] : []))
    expect(a?.finding.expected).toMatch(/the layers a, b /)
    expect(a?.finding.found).toMatch(/^stray\.txt changed/)
  })

  it('names five paths, and counts the others', async () => {
    const written = ['1', '2', '3', '4', '5', '6', '7']
    const { found } = await look({ layers: [watched('a')], dirty: [[], written] })
    const error = found.builds.get('a') as Error
    expect(error.message).toMatch(/of layer a .*found 1, 2, 3, 4, 5 and 2 more /)
  })

  it('is not looked for where no layer has a command, and what was there is nobody’s', async () => {
    expect((await look({ dirty: [[], ['x']] })).calls).not.toContain('status')
    const { builds, calls } = await look({ layers: [watched('a')], dirty: [['x'], ['x']] })
    expect([builds, calls.filter(each => each === 'status').length]).toEqual([{ a: 'built' }, 2])
  })
})

describe('a version that was left unread', () => {
  const key = 'a in us-east-2'
  const running = (changes: Partial<DeployedVersion>) => ({ facts: { deployed: new Map([[key, deployed(changes)]]) } })

  it('is read where its content was built again, and what stands in the way is heard', async () => {
    const { contentDigest } = artifactOf((await look({})).found)
    const verdict = failedVerdict({ guard: 'PUBLISH_UNVERIFIED', subject: key })
    const { found, calls, refusals } = await look({
      ...running({ unread: true, contentDigest }),
      unreadVerdict: verdict
    })
    expect(calls).toContain('version')
    expect(found.deployed.get(key)).toMatchObject({ sizeBytes: 7 })
    expect(found.deployed.get(key)).not.toHaveProperty('unread')
    expect(refusals).toEqual([`PUBLISH_UNVERIFIED ${key}`])
  })

  it('is not where another was, or it is read already', async () => {
    const { contentDigest } = artifactOf((await look({})).found)
    expect((await look(running({ unread: true }))).calls).not.toContain('version')
    expect((await look(running({ contentDigest }))).calls).not.toContain('version')
  })
})

describe('a preview', () => {
  it('builds the same, asks neither branch nor bucket, and foretells the promotion', async () => {
    const layers = [plain('a'), plain('b')]
    const changes = [change({ layerId: 'a' }), change({ layerId: 'b', reason: 'access-changed' })]
    const { builds, calls, found, refusals } = await look(
      {
        layers,
        changes,
        environment: { promoteFrom: production.name },
        facts: { deployed: new Map([['a in us-east-2', null]]) }
      },
      observePreview
    )
    expect([builds, calls, refusals]).toEqual([{ a: 'built' }, [], []])
    expect(found.verdicts.filter(({ guard }) => guard === 'NOT_PROMOTED')).toMatchObject([
      { subject: 'a', passed: true, foretold: true }
    ])
    expect([...found.packagesChanged.keys()]).toEqual(['a in us-east-2'])
  })
})
