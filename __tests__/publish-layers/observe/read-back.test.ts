/** The command `report`: what the jobs of this run left, told apart from what was there, from what another run did, and from what is missing. */
import { describe, expect, it } from '@jest/globals'
import type { Config, DeployedVersion, LayerChange } from '../../../src/model/index.js'
import type { Git } from '../../../src/ports/git.js'
import type { ObjectPlace } from '../../../src/ports/inventory.js'
import { GitHubError } from '../../../src/ports/github.js'
import type { AwsRegion } from '../../../src/ports/aws.js'
import type { ObserveRequest } from '../../../src/publish-layers/observe/observe-request.js'
import { readBack, type ReadBackPorts } from '../../../src/publish-layers/observe/read-back.js'
import type { Facts } from '../../../src/publish-layers/plan/facts.js'
import { unknownSubject } from '../../../src/publish-layers/result.js'
import { artifactKey, targetKey } from '../../../src/publish-layers/target.js'
import { layer, objectId, production, sandbox } from '../../support/configs.js'
import { change, deployed, facts, headCommit, target } from '../../support/plans.js'
import { awsWith, failure, git, github, request, saidLog } from './stated-ports.js'

const key = targetKey(target)
const newer = objectId('9')
const same = change({ changed: false, reason: 'unchanged' })
const byUs = (changes: Partial<DeployedVersion> = {}) => new Map([[key, deployed({ run: '101/1', ...changes })]])

interface World {
  readonly facts?: Partial<Facts>
  readonly request?: Partial<ObserveRequest>
  readonly git?: Partial<Git>
  /** What the artifact's metadata says; `null`: it is not there. */
  readonly firstCommit?: string | null
  readonly since?: readonly LayerChange[]
  /** Numbers of the versions that there are. */
  readonly versions?: readonly number[]
  readonly unrecordable?: true
}

async function look(world: World) {
  const { firstCommit = headCommit, since = [change({ from: objectId('d') })], versions = [2] } = world
  const log = saidLog()
  const asked: string[] = []
  const layers = {
    get: (name: string, version: number) => {
      asked.push(`${name} ${version}`)
      return Promise.resolve(versions.includes(version) ? { version } : null)
    }
  } as unknown as AwsRegion['layers']
  const head = (place: ObjectPlace) => {
    asked.push(place.key)
    const metadata = firstCommit === null || firstCommit === '' ? {} : { commit: firstCommit }
    return Promise.resolve(firstCommit === null ? null : { sha256: null, sizeBytes: 1, metadata })
  }
  const refusal = new GitHubError('permission', 'GET /deployments', 'deployments: write', 403, 'no')
  const ports = {
    ...{ aws: awsWith({ head }, { layers }), git: git(world.git ?? {}), log },
    changesSinceBase: () => {
      asked.push('base')
      return Promise.resolve(since)
    },
    recorder: {
      github: world.unrecordable
        ? github({
            callsMade: () => 0,
            deployments: () => {
              throw refusal
            }
          })
        : null,
      clock: { sleep: () => Promise.resolve() },
      config: { environments: [sandbox, production], layers: [layer('da_flask')] } as Partial<Config> as Config,
      logUrl: null,
      run: { id: '101', attempt: 1 } as unknown as ReadBackPorts['recorder']['run'],
      onBranch: (commits: readonly string[]) => Promise.resolve(commits)
    }
  } as unknown as ReadBackPorts
  const stated = facts({ mode: 'plan', changes: [same], deployed: byUs(), ...world.facts })
  const result = await readBack(unknownSubject, request({ mode: 'report', ...world.request }), stated, ports)
  const [row] = result.layers
  return { ...{ result, row, asked, log }, told: `${row?.status} ${row?.reason} ${row?.previousVersion}` }
}

describe('what this run deployed', () => {
  it('published: what was before it, and why', async () => {
    const { told, row, asked } = await look({})
    expect([told, row?.fromCommit]).toEqual(['published source-changed 2', objectId('d')])
    expect(asked.sort()).toEqual(
      ['base', artifactKey(target.layerName, deployed().contentDigest ?? ''), `${target.layerName} 2`].sort()
    )
  })

  it.each<[string, World, string]>([
    ['another attempt of the same run', { request: { run: '101/2' } }, 'published source-changed 2'],
    ['the version before is gone', { versions: [] }, 'published source-changed null'],
    [
      'the first version',
      { facts: { deployed: byUs({ version: 1 }) }, versions: [0] },
      'published never-deployed null'
    ],
    [
      'the first version, of an artifact that was there',
      { facts: { deployed: byUs({ version: 1 }) }, firstCommit: newer },
      'published never-deployed null'
    ],
    ['by force', { request: { force: true }, since: [] }, 'published forced 2'],
    ['by force, of a change', { request: { force: true } }, 'published source-changed 2'],
    ['another recipe', { since: [change({ reason: 'recipe-changed' })] }, 'published recipe-changed 2'],
    ['a base that is not known', { since: [change({ reason: 'base-unknown' })] }, 'published source-changed 2'],
    ['unchanged since the base', { since: [same] }, 'published source-changed 2'],
    [
      'changed in another region',
      { since: [change({ reason: 'forced', region: 'eu-west-1' })] },
      'published source-changed 2'
    ],
    ['content that an earlier commit had', { firstCommit: newer }, 'unchanged same-content 3'],
    ['an artifact that does not say whose it is', { firstCommit: '' }, 'published source-changed 2'],
    ['an artifact that is gone', { firstCommit: null }, 'published source-changed 2'],
    ['no artifact on record', { facts: { deployed: byUs({ contentDigest: null }) } }, 'published source-changed 2']
  ])('%s', async (_name, world, told) => {
    expect((await look(world)).told).toBe(told)
  })

  it('no artifact on record: none is looked for', async () => {
    const { asked } = await look({ facts: { deployed: byUs({ contentDigest: null }) } })
    expect(asked.sort()).toEqual(['base', `${target.layerName} 2`].sort())
  })

  it.each<[string, World]>([
    ['another run', { request: { run: '102/1' } }],
    ['a run whose number only begins like it', { request: { run: '1010/1' } }],
    ['a run that is not on record', { facts: { deployed: byUs({ run: null }) } }],
    ['a terminal, which is no run', { request: { run: 'local' }, facts: { deployed: byUs({ run: 'local' }) } }],
    ['a region outside of the job', { facts: { targets: [] } }]
  ])('not %s', async (_name, world) => {
    const { row, asked } = await look(world)
    expect(asked.filter(each => each !== 'base')).toEqual([])
    expect(row?.status ?? 'unchanged').toBe('unchanged')
  })
})

describe('what is not as wanted', () => {
  const left = { changes: [change()], deployed: byUs({ commit: objectId('b') }) }
  const tip = (of: string, relation: 'ancestor' | 'descendant' = 'ancestor'): Partial<Git> => ({
    readBranchTip: () => Promise.resolve(of),
    ancestorsAmong: (_tip, commits) => Promise.resolve(commits),
    readCommit: () => Promise.resolve(null),
    relation: (head, other) => Promise.resolve(head === headCommit && other === objectId('b') ? relation : 'unknown')
  })

  it('at the tip of the branch: not deployed', async () => {
    const { told, result, asked } = await look({ facts: left, git: tip(headCommit) })
    expect([told, result.conclusion]).toEqual(['not-attempted source-changed 3', 'failure'])
    expect(asked).toEqual([])
  })

  it('overtaken on the branch: left to the newer commit, which is named', async () => {
    const { told, result } = await look({ facts: left, git: tip(newer) })
    expect([told, result.conclusion]).toEqual(['skipped stale-run 3', 'neutral'])
    expect(result.warnings).toEqual([expect.stringContaining(newer)])
  })

  it('another run of a newer commit was quicker', async () => {
    const { told, result } = await look({ facts: left, git: tip(headCommit, 'descendant') })
    expect([told, result.conclusion]).toEqual(['skipped stale-run 3', 'neutral'])
    expect(result.warnings).toEqual([expect.stringContaining(objectId('b'))])
  })

  it('a remote that does not answer: nobody is warned, it is not deployed', async () => {
    const silent: Partial<Git> = { ...tip(newer), readBranchTip: () => Promise.reject(failure('GIT_FAILED')) }
    const { told, result, log } = await look({ facts: left, git: silent })
    expect([told, result.warnings, log.warnings]).toEqual(['not-attempted source-changed 3', [], []])
    expect(log.debugged).toEqual([expect.stringContaining('GIT_FAILED')])
  })

  it('nothing there: no commit to ask about', async () => {
    const none = { changes: [change({ reason: 'never-deployed' })], deployed: new Map([[key, null]]) }
    expect((await look({ facts: none, git: { readBranchTip: tip(headCommit).readBranchTip! } })).told).toBe(
      'not-attempted never-deployed null'
    )
  })
})

it('a record that cannot be made is a warning beside the others', async () => {
  const { result } = await look({ unrecordable: true })
  expect(result.conclusion).toBe('success')
  expect(result.warnings).toEqual([expect.stringContaining('GET /deployments')])
})
