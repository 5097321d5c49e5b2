/** What a deploy builds and judges before it writes: which layers, in which order the guards speak, and what becomes of a build that fails. */
import { describe, expect, it } from '@jest/globals'
import type { DeployedVersion } from '../../../src/model/index.js'
import type { Git } from '../../../src/ports/git.js'
import { observePreview } from '../../../src/publish-layers/observe/observe-deploy.js'
import { objectId, production } from '../../support/configs.js'
import { change, deployed } from '../../support/plans.js'
import { failedVerdict } from '../../support/results.js'
import { artifactOf, look, makeScratch, plain, watched } from './stated-deploy.js'
import { failure } from './stated-ports.js'

makeScratch()

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

  it('two at once, the log of each in one piece', async () => {
    const { log } = await look({ layers: [plain('a'), plain('b')] })
    expect(log.groups.filter((_title, index) => index % 2 === 0).sort()).toEqual(['Build layer a', 'Build layer b'])
    expect(log.groups.filter((_title, index) => index % 2 === 1)).toEqual(['end', 'end'])
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
    const requiredChecks = { names: ['test'], skipped: 'failure', waitMinutes: 0 } as const
    const { builds, found, exported, refusals } = await look({ git: newer, environment: { requiredChecks } })
    expect([builds, exported, refusals, [...found.aside]]).toEqual([{}, [], [], ['a in us-east-2']])
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

describe('a machine that keeps builds from nothing', () => {
  const apart = /^Builds cannot be kept apart .*docs\/building\.md$/
  it('is told of once, whatever the number of layers with a command', async () => {
    const command = { kind: 'command', command: 'make', exclude: [], check: null } as const
    const layers = ['a', 'b'].map(id => plain(id, { build: command }))
    const { builds, log } = await look({ layers })
    expect(builds).toEqual({ a: 'BUILD_FAILED', b: 'BUILD_FAILED' })
    expect(log.warnings).toEqual([expect.stringMatching(apart)])
  })

  it('is nobody’s business where no command runs', async () => {
    const { builds, log } = await look({})
    expect([builds, log.warnings]).toEqual([{ a: 'built' }, []])
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

  it('fails by its command as by its check, and a layer that was refused stays refused alone', async () => {
    const command = { kind: 'command', command: 'make', exclude: [], check: null } as const
    const layers = [plain('a', { build: command }), watched('b')]
    const { builds, refusals, found } = await look({ layers, files: ['a', 'b'], dirty: [[], ['stray.txt']] })
    expect([builds, refusals]).toEqual([{}, ['SOURCE_NOT_CHECKED_OUT a', 'SOURCE_NOT_CHECKED_OUT b']])
    expect(found.builds.size).toBe(0)
    const content = { a: { 'python/a.py': '1', Makefile: 'all:\n' } }
    const alone = await look({ layers: layers.slice(0, 1), content, dirty: [[], ['stray.txt']] })
    expect(alone.calls.filter(each => each === 'status').length).toBe(2)
    expect((alone.found.builds.get('a') as Error).message).toMatch(/stray\.txt changed or new/)
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
