/** Which of the looks a run takes: a plan, a preview, a report, a deploy; and that nothing is looked at where the account is not the right one. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { LayerChange } from '../../../src/model/index.js'
import type { GitHub } from '../../../src/ports/github.js'
import type { Account } from '../../../src/publish-layers/observe/account.js'
import { observe, type ObservePorts } from '../../../src/publish-layers/observe/observe.js'
import type { ObserveRequest } from '../../../src/publish-layers/observe/observe-request.js'
import { targetKey, targetsOf } from '../../../src/publish-layers/target.js'
import { layer, production, sandbox } from '../../support/configs.js'
import { change, deployed, facts, headCommit, source, target } from '../../support/plans.js'
import { failure, git, proofOf, recorded, request, saidLog } from './stated-ports.js'

let workspace = ''
beforeAll(async () => {
  workspace = await mkdtemp(join(tmpdir(), 'observe-'))
  await writeFile(join(workspace, 'half.info'), 'SF:a\nDA:1,1\nDA:2,0\nLF:2\nLH:1\nend_of_record\n')
})
afterAll(() => rm(workspace, { recursive: true, force: true }))

const key = targetKey(target)
const verdict = { guard: 'ACCOUNT_MISMATCH', subject: '', passed: true, detail: '' } as const
const account = (changes: Partial<Account> = {}): Account => ({
  ...{ regions: sandbox.regions, targets: [target], trusted: true, verdicts: [verdict], layers: [] },
  ...{ deployed: new Map([[key, deployed()]]), protectionDiffers: new Set<string>() },
  ...changes
})

interface World {
  readonly request?: Partial<ObserveRequest>
  readonly account?: Partial<Account>
  readonly changes?: readonly LayerChange[]
  readonly github?: GitHub | null
}
async function look({ request: asked = {}, account: known = {}, changes = [change()], github = null }: World) {
  const calls: string[] = []
  const ports = {
    ...{ workspace, github, log: saidLog(), signal: new AbortController().signal },
    git: git({
      readFile: (revision, path) => {
        calls.push(`${revision} ${path}`)
        return Promise.resolve(null)
      },
      readBranchTip: () => {
        calls.push('tip')
        return github === null ? Promise.reject(failure('CANCELLED')) : Promise.resolve(headCommit)
      },
      ancestorsAmong: (_tip, commits) => Promise.resolve(commits)
    })
  } as unknown as ObservePorts
  const found = await observe(request(asked), account(known), { sources: [source], changes }, ports)
  const guards = found.verdicts.map(({ guard, subject, passed }) => `${guard} ${subject} ${passed}`)
  return { found, guards: guards.slice(1), calls }
}
const gated = layer('da_flask', { coverage: { report: 'half.info', minimum: 80 } })
const templated = layer('da_flask', { template: { file: 't.yml', capabilities: [], parameters: {} } })
const unchanged = change({ changed: false, reason: 'unchanged' })

it('what the account and the commit say is in the facts', async () => {
  const { found } = await look({ request: { mode: 'report' }, account: { protectionDiffers: new Set([key]) } })
  const { builds: _builds, stored: _stored, ...stated } = facts({ mode: 'plan', verdicts: [verdict] })
  expect(found).toMatchObject({ ...stated, protectionDiffers: new Set([key]) })
  expect([found.builds.size, found.stored.size]).toEqual([0, 0])
})

describe('a deploy', () => {
  it('asks for the tip of the branch before anything else', async () => {
    await expect(look({ request: { mode: 'deploy' } })).rejects.toMatchObject({ code: 'CANCELLED' })
  })

  it('of an account that is not the right one looks at nothing', async () => {
    const { found, calls } = await look({ request: { mode: 'deploy' }, account: { trusted: false } })
    expect([found.mode, found.verdicts, calls]).toEqual(['deploy', [verdict], []])
  })

  it('with nothing to write looks at nothing', async () => {
    const { found, calls } = await look({ request: { mode: 'deploy' }, changes: [unchanged] })
    expect([found.mode, found.verdicts, calls]).toEqual(['deploy', [verdict], []])
  })

  it('of what is around a version alone asks for the tip, too', async () => {
    const world: World = { changes: [unchanged], account: { protectionDiffers: new Set([key]) } }
    await expect(look({ ...world, request: { mode: 'deploy' } })).rejects.toMatchObject({ code: 'CANCELLED' })
  })
})

it('a report looks at nothing further', async () => {
  const { found, calls, guards } = await look({ request: { mode: 'report', layers: [gated, templated] } })
  expect([found.mode, calls, guards]).toEqual(['plan', [], []])
})

describe('a plan', () => {
  const plan = (more: Partial<ObserveRequest>, changes?: readonly LayerChange[]) =>
    look({ request: { mode: 'plan', ...more }, ...(changes === undefined ? {} : { changes }) })

  it('asks neither the branch nor the bucket', async () => {
    const { guards, calls, found } = await plan({})
    expect([guards, calls, found.mode]).toEqual([[], [], 'plan'])
  })

  it('shows a coverage that is too low, of what changed alone', async () => {
    expect((await plan({ layers: [gated] })).guards).toEqual(['COVERAGE_BELOW_MINIMUM da_flask false'])
    expect((await plan({ layers: [gated] }, [unchanged])).guards).toEqual([])
    expect((await plan({ layers: [layer('da_flask', { coverage: null })] })).guards).toEqual([])
    expect((await plan({ layers: [layer('b'), gated] })).guards).toEqual(['COVERAGE_BELOW_MINIMUM da_flask false'])
  })

  it('foretells the promotion of what would be published, by its source', async () => {
    const changes = [
      change(),
      change({ layerId: 'b', reason: 'access-changed' }),
      change({ layerId: 'c', changed: false, reason: 'unchanged' })
    ]
    const { guards, found } = await plan({ environment: production }, changes)
    expect(guards).toEqual(['NOT_PROMOTED da_flask true'])
    expect(JSON.stringify(found.verdicts)).toMatch(/"foretold":true/)
    expect((await plan({ environment: production }, [unchanged])).guards).toEqual([])
  })

  it('counts a proof of the same source, whatever content it came to', async () => {
    const proof = { sourceDigest: source.sourceDigest, contentDigest: '7'.repeat(64) }
    const world: World = { request: { mode: 'plan', environment: production } }
    const { found } = await look({ ...world, github: recorded(proofOf('da_flask', proof)) })
    expect(JSON.stringify(found.verdicts)).toMatch(/"detail":"proven by sandbox"/)
    const other = { ...proof, sourceDigest: '7'.repeat(64) }
    const { found: unproven } = await look({ ...world, github: recorded(proofOf('da_flask', other)) })
    expect(JSON.stringify(unproven.verdicts)).toMatch(/"foretold":true/)
  })

  it('reads the own template of what changed, as the commit has it', async () => {
    const template = { file: 'u.yml', capabilities: [], parameters: {} }
    const { calls } = await plan({ layers: [templated, layer('b', { template })] })
    expect(calls).toEqual([`${headCommit} t.yml`])
    expect((await plan({ layers: [templated] }, [unchanged])).calls).toEqual([])
  })

  it('a preview of an account that is not the right one builds nothing', async () => {
    const { guards, found } = await look({
      request: { mode: 'plan', preview: true, layers: [gated] },
      account: { trusted: false }
    })
    expect([guards, found.builds.size]).toEqual([['COVERAGE_BELOW_MINIMUM da_flask false'], 0])
  })
})

it('a preview of nothing that changed keeps its coverage and its verdicts', async () => {
  const targets = targetsOf(sandbox, [layer('da_flask')], sandbox.regions)
  const { guards, found } = await look({
    request: { mode: 'plan', preview: true, layers: [gated] },
    account: { targets },
    changes: [change({ reason: 'access-changed' })]
  })
  expect([guards, found.builds.size, found.targets]).toEqual([['COVERAGE_BELOW_MINIMUM da_flask false'], 0, targets])
})
