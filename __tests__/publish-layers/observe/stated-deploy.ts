/** A deploy or a preview of plain folders, with a world that is stated as data: what was asked of it, and what was found. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from '@jest/globals'
import { indexEntries, layerSource } from '../../../src/detect-changes/source-digest.js'
import type { Artifact, DeployedVersion, Environment, Layer, LayerChange, Verdict } from '../../../src/model/index.js'
import { CommandFailed } from '../../../src/ports/process.js'
import type { Git } from '../../../src/ports/git.js'
import type { GitHub } from '../../../src/ports/github.js'
import { observeDeploy } from '../../../src/publish-layers/observe/observe-deploy.js'
import type { DeployPorts, ObserveRequest } from '../../../src/publish-layers/observe/observe-request.js'
import type { Facts } from '../../../src/publish-layers/plan/facts.js'
import { targetsOf } from '../../../src/publish-layers/target.js'
import { layer, objectId, sandbox } from '../../support/configs.js'
import { change, facts, headCommit } from '../../support/plans.js'
import { awsWith, git, request, saidLog } from './stated-ports.js'

let scratch = ''
/** Once in a test file: where its deploys have their folders. */
export function makeScratch(): void {
  beforeAll(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'observe-deploy-'))
    await writeFile(join(scratch, 'half.info'), 'SF:a\nDA:1,1\nDA:2,0\nLF:2\nLH:1\nend_of_record\n')
  })
  afterAll(() => rm(scratch, { recursive: true, force: true }))
}

const detect = layer('any').build
/** Taken as it is: no process is started, and the checkout is not watched. */
export const plain = (id: string, more: Partial<Layer> = {}): Layer =>
  layer(id, { build: { ...detect, check: null }, ...more })
export const watched = (id: string): Layer => layer(id, { build: { ...detect, check: 'none' } })

export interface World {
  readonly layers?: readonly Layer[]
  readonly changes?: readonly LayerChange[]
  readonly request?: Partial<ObserveRequest>
  readonly facts?: Partial<Facts>
  readonly environment?: Partial<Environment>
  readonly git?: Partial<Git>
  readonly github?: GitHub
  /** By layer id, its files; default: one. */
  readonly content?: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly files?: readonly string[]
  /** What `git status` says before and after the builds. */
  readonly dirty?: readonly (readonly string[])[]
  readonly unreadVerdict?: Verdict
  readonly aborted?: Error
}

let runs = 0
export async function look(world: World, observe = observeDeploy) {
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
    ...{
      git: git(methods),
      github: world.github ?? null,
      clock: { now: () => 0, sleep: () => Promise.resolve() },
      log
    },
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
export const artifactOf = ({ builds }: Facts, id = 'a'): Artifact => builds.get(id) as Artifact
