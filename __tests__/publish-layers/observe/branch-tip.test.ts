/** Whether a run is still the one to write: the remote's answers as data. */
import { describe, expect, it } from '@jest/globals'
import type { Config, ConfigAtRevision, Layer } from '../../../src/model/index.js'
import type { Git } from '../../../src/ports/git.js'
import { differingAt, observeAge, observeTip } from '../../../src/publish-layers/observe/branch-tip.js'
import type { Facts } from '../../../src/publish-layers/plan/facts.js'
import { targetKey, targetsOf } from '../../../src/publish-layers/target.js'
import { indexEntries, layerSource } from '../../../src/detect-changes/source-digest.js'
import { layer, objectId, production, sandbox } from '../../support/configs.js'
import { change, deployed, facts, gitlink, headCommit, target } from '../../support/plans.js'
import { failure, git, request, saidLog } from './stated-ports.js'

const key = targetKey(target)
const newer = objectId('9')
const gone = failure('GIT_FAILED', 'no answer')
const broken = Object.assign(new Error('broken'), { code: 'GIT_FAILED' })
const ended = failure('CANCELLED')
const asked = { headCommit, branch: 'test', deployed: [objectId('b'), objectId('b'), objectId('c')] }

const tipIs = (tip: string | null, descends = true): Partial<Git> => ({
  readBranchTip: branch => Promise.resolve(branch === 'test' ? tip : 'another branch'),
  ancestorsAmong: (of, commits) => Promise.resolve(descends && of === tip ? commits : [])
})

describe('where head stands on its branch', () => {
  it.each([
    ['the tip itself', tipIs(headCommit), { kind: 'head' }],
    ['behind a newer commit', tipIs(newer), { kind: 'newer', commit: newer }],
    ['not on it any more', tipIs(newer, false), { kind: 'elsewhere', commit: newer }],
    ['no such branch', tipIs(null), { kind: 'elsewhere', commit: null }]
  ])('%s', async (_name, methods, expected) => {
    const log = saidLog()
    expect(await observeTip(asked, { git: git(methods), log })).toEqual(expected)
    expect(log.warnings).toEqual([])
  })

  it('a remote that does not answer: how what is deployed stands to head, each commit once', async () => {
    const log = saidLog()
    const relation = (head: string, other: string) => {
      if (other === objectId('c')) return Promise.reject(gone)
      return Promise.resolve(head === headCommit ? ('ancestor' as const) : ('same' as const))
    }
    const tip = await observeTip(asked, { git: git({ readBranchTip: () => Promise.reject(gone), relation }), log })
    expect(tip).toEqual({
      kind: 'unreadable',
      why: 'no answer',
      deployed: [
        { commit: objectId('b'), relation: 'ancestor' },
        { commit: objectId('c'), relation: 'unknown' }
      ]
    })
    expect(log.warnings).toEqual([expect.stringContaining('GIT_FAILED')])
  })

  it.each([
    ['the tip', broken, { readBranchTip: () => Promise.reject(broken) }],
    ['a relation', broken, { readBranchTip: () => Promise.reject(gone), relation: () => Promise.reject(broken) }],
    ['the tip, by another code', ended, { readBranchTip: () => Promise.reject(ended) }],
    [
      'a relation, by another code',
      ended,
      { readBranchTip: () => Promise.reject(gone), relation: () => Promise.reject(ended) }
    ]
  ])('what is no failure of git is no answer: %s', async (_name, error, methods) => {
    await expect(observeTip(asked, { git: git(methods), log: saidLog() })).rejects.toBe(error)
  })
})

interface At {
  readonly layers?: readonly Layer[]
  readonly environments?: Config['environments']
  readonly digit?: string
  readonly config?: ConfigAtRevision
}

/** The newer commit, with its own configuration. */
function atNewer({ layers = [layer('da_flask')], environments = [sandbox], digit = 'f', config }: At): {
  readonly methods: Partial<Git>
  readonly request: ReturnType<typeof request>
} {
  const read = { kind: 'read', config: { environments, layers } as Config } as const
  return {
    methods: {
      ...tipIs(newer),
      readCommit: (commit, work) =>
        commit === newer
          ? work({
              readEntries: (_at, paths) =>
                Promise.resolve(paths.map(path => ({ path, mode: '160000', objectId: objectId(digit) }))),
              readFile: () => Promise.resolve(null)
            })
          : Promise.resolve(null)
    },
    request: request({ configAt: () => Promise.resolve(config ?? read) })
  }
}

describe('what a newer commit wants otherwise', () => {
  const regions = { regions: ['us-east-2', 'eu-west-1'] }
  it.each<[string, At, boolean]>([
    ['the same', {}, false],
    ['the same under another path order of environments', { environments: [production, sandbox] }, false],
    ['another source', { digit: 'e' }, true],
    ['another recipe', { layers: [layer('da_flask', { description: 'other' })] }, true],
    ['another name', { environments: [{ ...sandbox, layerNameTemplate: 'other-{layer}' }] }, true],
    ['shared with others', { environments: [{ ...sandbox, shareWith: ['public'] }] }, true],
    ['the layer no more', { layers: [] }, true],
    ['the region no more', { environments: [{ ...sandbox, regions: ['eu-west-1'] }] }, true],
    ['a region more', { environments: [{ ...sandbox, ...regions }] }, false],
    ['another environment for the branch', { environments: [{ ...sandbox, name: 'other' }] }, true],
    ['another branch for the environment', { environments: [{ ...sandbox, branches: ['testing'] }] }, true],
    ['a configuration that cannot be read', { config: { kind: 'unreadable' } }, true]
  ])('%s', async (_name, at, differs) => {
    const { methods, request: asking } = atNewer(at)
    expect(await differingAt(newer, [key], asking, facts(), { git: git(methods) })).toEqual(differs ? [key] : [])
  })

  it('a commit that the remote does not give out wants all of it otherwise', async () => {
    const methods = { readCommit: () => Promise.resolve(null) }
    expect(await differingAt(newer, [key], request(), facts(), { git: git(methods) })).toEqual([key])
  })

  it('what neither of the two has is left to the newer one', async () => {
    const { methods, request: asking } = atNewer({})
    const gone = 'gone in us-east-2'
    expect(await differingAt(newer, [gone], asking, facts(), { git: git(methods) })).toEqual([gone])
  })

  it('a layer whose source is not known here differs', async () => {
    const { methods, request: asking } = atNewer({})
    const unknown = facts({ sources: new Map() })
    expect(await differingAt(newer, [key], asking, unknown, { git: git(methods) })).toEqual([key])
  })
})

describe('the age of a run', () => {
  const age = (world: Partial<Facts>, at: At = {}, more: Partial<ReturnType<typeof request>> = {}) => {
    const { methods, request: asking } = atNewer(at)
    return observeAge({ ...asking, ...more }, facts(world), { git: git(methods), log: saidLog() })
  }
  const other = layer('b')
  const both = {
    targets: targetsOf(sandbox, [layer('da_flask'), other], sandbox.regions),
    sources: new Map([
      ['da_flask', facts().sources.get('da_flask')!],
      ['b', layerSource(other, indexEntries([{ ...gitlink, path: 'b', objectId: objectId('7') }]))]
    ])
  }

  it('a dry run asks nobody', async () => {
    const nobody = observeAge(request({ dryRun: true }), facts(), { git: git({}), log: saidLog() })
    expect(await nobody).toEqual({ aside: new Set(), verdicts: [], isOver: false })
  })

  it('the same is wanted there: it goes on', async () => {
    const { aside, verdicts, isOver } = await age({})
    expect({ aside: [...aside], isOver }).toEqual({ aside: [], isOver: false })
    expect(verdicts).toMatchObject([{ guard: 'STALE_RUN', passed: true }])
  })

  it('all is wanted otherwise: it is over', async () => {
    const { aside, verdicts, isOver } = await age({}, { digit: 'e' })
    expect({ aside: [...aside], isOver }).toEqual({ aside: [key], isOver: true })
    expect(verdicts).toMatchObject([{ passed: 'stand-aside', subject: '' }])
  })

  it('a part is wanted otherwise: that alone is left', async () => {
    const { aside, verdicts, isOver } = await age(
      { ...both, changes: [change(), change({ layerId: 'b' })] },
      { layers: [layer('da_flask'), other] }
    )
    expect({ aside: [...aside], isOver }).toEqual({ aside: ['b in us-east-2'], isOver: false })
    expect(verdicts).toMatchObject([{ passed: 'stand-aside', subject: 'b' }])
  })

  it('what is not written is not asked about, what is only protected anew is', async () => {
    const unchanged = change({ changed: false, reason: 'unchanged' })
    const removed = change({ layerId: 'b', changed: true, reason: 'removed' })
    const quiet = await age({ ...both, changes: [change(), removed] }, {})
    expect({ aside: [...quiet.aside], isOver: quiet.isOver }).toEqual({ aside: [], isOver: false })
    const protects = await age({ changes: [unchanged], protectionDiffers: new Set([key]) }, { digit: 'e' })
    expect({ aside: [...protects.aside], isOver: protects.isOver }).toEqual({ aside: [key], isOver: true })
    const kept = await age(
      { ...both, changes: [change(), change({ ...unchanged, layerId: 'b' })] },
      { layers: [layer('da_flask')] }
    )
    expect([...kept.aside]).toEqual([])
  })

  it('with nothing to write at the tip it is not over: what was found is told', async () => {
    const removed = facts({ changes: [change({ reason: 'removed' })] })
    const found = await observeAge(request(), removed, { git: git(tipIs(headCommit)), log: saidLog() })
    expect(found).toMatchObject({ isOver: false, verdicts: [{ passed: true }] })
  })

  it('not on the branch any more: refused, and not over, so that every guard is heard', async () => {
    const methods = tipIs(newer, false)
    const { verdicts, isOver } = await observeAge(request(), facts(), { git: git(methods), log: saidLog() })
    expect(verdicts).toMatchObject([{ guard: 'STALE_RUN', passed: false }])
    expect(isOver).toBe(false)
  })

  it('a tip that cannot be read is judged by the commits that are deployed', async () => {
    const heard: string[] = []
    const methods: Partial<Git> = {
      readBranchTip: () => Promise.reject(gone),
      relation: (_head, other) => {
        heard.push(other)
        return Promise.resolve('descendant')
      }
    }
    const world = facts({
      deployed: new Map([
        [key, deployed()],
        ['b in us-east-2', null],
        ['c in us-east-2', deployed({ commit: null })]
      ])
    })
    const { verdicts } = await observeAge(request(), world, { git: git(methods), log: saidLog() })
    expect(heard).toEqual([objectId('b')])
    expect(verdicts).toMatchObject([{ passed: false, finding: { found: 'no answer' } }])
  })
})
