/** What the environment before has proven, where GitHub and git answer, and where one of them does not. */
import { describe, expect, it } from '@jest/globals'
import { GitHubError, type DeploymentRecord, type GitHub } from '../../../src/ports/github.js'
import type { Git } from '../../../src/ports/git.js'
import { foretellPromotion, observePromotion } from '../../../src/publish-layers/observe/observe-promotion.js'
import { objectId, production, sandbox } from '../../support/configs.js'
import { failure, git, github, proofOf, recorded, request } from './stated-ports.js'

const proof = { sourceDigest: '5'.repeat(64), contentDigest: 'c'.repeat(64) }
const wanted = new Map([['da_flask', proof]])
const [commit, tip, otherTip] = [objectId('b'), objectId('d'), objectId('e')]
const record = (id: number, of: string) => proofOf('da_flask', proof, { id, commit: of })

/** Which commits each tip holds. */
const branches = (held: Readonly<Record<string, readonly string[]>>, tips: Readonly<Record<string, string>>) => {
  const asked: string[] = []
  const methods: Partial<Git> = {
    readBranchTip: branch => {
      asked.push(branch)
      return Promise.resolve(tips[branch] ?? null)
    },
    ancestorsAmong: (of, commits) => {
      const history = held[of]
      if (history === undefined) throw new Error(`no commit ${of}`)
      return Promise.resolve(commits.filter(each => history.includes(each)))
    }
  }
  return { asked, git: git(methods) }
}
const onTest = () => branches({ [tip]: [commit] }, { test: tip })
const asking = (changes: Partial<Parameters<typeof request>[0]> = {}) =>
  request({ environment: production, sourceBranches: ['test'], ...changes })

describe.each([
  ['a deploy', observePromotion],
  ['a plan', foretellPromotion]
])('%s', (_name, look) => {
  const isPlan = look === foretellPromotion

  it('asks nobody where nothing is promoted or wanted', async () => {
    const nobody = { github: github({}), git: git({}) }
    expect(await look(asking({ environment: sandbox }), wanted, nobody)).toEqual([])
    expect(await look(asking(), new Map(), nobody)).toEqual([])
  })

  it('a proof on the branch of the environment before counts', async () => {
    const verdicts = await look(asking(), wanted, { github: recorded(record(1, commit)), git: onTest().git })
    expect(verdicts).toMatchObject([{ guard: 'NOT_PROMOTED', subject: 'da_flask', passed: true }])
    expect(verdicts[0]).not.toHaveProperty('foretold')
  })

  it.each([
    ['nothing on record', recorded(), onTest().git, /newest 0 deployments of sandbox with the task layer-deploy/],
    ['a commit of no branch', recorded(record(1, objectId('7'))), onTest().git, /commit that no branch of sandbox/],
    ['a branch that is gone', recorded(record(1, commit)), branches({}, {}).git, /commit that no branch of sandbox/]
  ])('%s proves nothing', async (_case, from, of, said) => {
    const [verdict] = await look(asking(), wanted, { github: from, git: of })
    expect(verdict).toMatchObject(isPlan ? { passed: true, foretold: true } : { passed: false })
    expect(JSON.stringify(verdict)).toMatch(said)
  })

  it('a proof from elsewhere speaks of its own layer alone', async () => {
    const more = new Map([...wanted, ['b', { ...proof, sourceDigest: '6'.repeat(64) }]])
    const verdicts = await look(asking(), more, { github: recorded(record(1, objectId('7'))), git: onTest().git })
    expect(verdicts.map(each => /commit that no branch/.test(JSON.stringify(each)))).toEqual([true, false])
  })

  it.each<[string, GitHub | null, Git, RegExp]>([
    ['without a token', null, git({}), /GITHUB_TOKEN/],
    [
      'without the permission',
      github({
        deployments: () => {
          throw new GitHubError('permission', 'GET /deployments', 'deployments: read', 403, 'no')
        }
      }),
      git({}),
      /GET \/deployments.*grant deployments: read/
    ],
    [
      'without the remote',
      recorded(record(1, commit)),
      git({ readBranchTip: () => Promise.reject(failure('GIT_FAILED', 'no remote')) }),
      /no remote/
    ]
  ])('%s nothing counts as proven', async (_case, from, of, said) => {
    const [verdict] = await look(asking(), wanted, { github: from, git: of })
    expect(verdict).toMatchObject(isPlan ? { passed: true, foretold: true } : { passed: false })
    expect(JSON.stringify(verdict)).toMatch(said)
  })

  it.each([new Error('broken'), failure('CANCELLED'), Object.assign(new Error('broken'), { code: 'GIT_FAILED' })])(
    'is no answer: %s',
    async error => {
      const ports = { github: recorded(record(1, commit)), git: git({ readBranchTip: () => Promise.reject(error) }) }
      await expect(look(asking(), wanted, ports)).rejects.toBe(error)
    }
  )
})

it('asks each further branch only for what the ones before do not hold', async () => {
  const { asked, git: both } = branches({ [tip]: [commit], [otherTip]: [objectId('7')] }, { test: tip, next: otherTip })
  const look = (...records: DeploymentRecord[]) =>
    observePromotion(asking({ sourceBranches: ['test', 'next'] }), wanted, { github: recorded(...records), git: both })
  expect(await look(record(1, commit))).toMatchObject([{ passed: true }])
  expect(asked).toEqual(['test'])
  expect(await look(record(1, objectId('7')))).toMatchObject([{ passed: true }])
  expect(asked).toEqual(['test', 'test', 'next'])
})

it('an override lets an unproven layer pass, and says whose it is', async () => {
  const promotionOverride = { reason: 'outage', by: 'octocat' }
  const verdicts = await observePromotion(asking({ promotionOverride }), wanted, { github: null, git: git({}) })
  expect(verdicts).toMatchObject([{ passed: true, overridden: true, detail: expect.stringContaining('octocat') }])
})
