/** dist/ on payloads that GitHub delivered: how a change lands, re-runs, tokens that may only read, GitHub Enterprise Server. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { PermissionName } from '../../emulators/github/index.js'
import { makeActionWorld, sandboxAccount, type ActionWorld } from '../support/action-world.js'
import {
  realDispatch,
  realMergeGroup,
  realPullRequest,
  realPush,
  realTag,
  realWorkflowRun
} from '../support/real-payloads.js'
import { configText, folderLayer } from './config-text.js'
import { errorsOf, noticesOf, statusesOf, warningsOf } from './reading.js'

const granted: Record<PermissionName, 'read' | 'write' | 'none'> = {
  ...{ actions: 'none', checks: 'none', contents: 'read', deployments: 'write', issues: 'none', metadata: 'read' },
  ...{ 'pull-requests': 'write', statuses: 'write' }
}
const permissions = { ...granted }
const layer = { config: configText({ engine: 'lambda' }), submodules: {}, files: folderLayer }

let world: ActionWorld
beforeAll(async () => {
  world = await makeActionWorld({ ...layer, permissions })
})
afterAll(() => world.close())
beforeEach(() => {
  Object.assign(permissions, granted)
  world.aws.resetCalls()
  const { comments, statuses } = world.github.state
  comments.length = 0
  statuses.length = 0
})

let changes = 0
const change = (branch: string, from?: string): Promise<string> =>
  world.superproject.commitFiles(
    { [`da_flask/python/change_${++changes}.py`]: '1\n' },
    { branch, ...(from === undefined ? {} : { from }) }
  )

/** The push that landed on `test`, as GitHub tells of it. */
async function landed(before: string, after: string, runAttempt = '1') {
  await world.superproject.push('test')
  world.github.seed.branch('test', after)
  return world.run({
    event: realPush({ before, after }),
    checkout: { branch: 'test', commit: after },
    account: sandboxAccount,
    runAttempt
  })
}

const tipOf = (branch: string): Promise<string> => world.superproject.git('rev-parse', branch)
const pullOf = (number: number, head: string, mergeCommit: string, commits: readonly string[] = []) =>
  world.github.seed.pullRequest({
    ...{ number, mergeCommit, commits },
    head: { ref: 'feature', sha: head },
    base: { ref: 'test', sha: world.superproject.firstCommit }
  })

describe('F81 however a change lands, its result stands in the comment of its pull request', () => {
  const ways: readonly (readonly [
    string,
    (base: string) => Promise<{ head: string; tip: string; between: string[] }>
  ])[] = [
    [
      'squash',
      async () => {
        const head = await change('feature', 'test')
        return { head, tip: await change('test'), between: [] }
      }
    ],
    [
      'rebase, two commits',
      async () => {
        await change('feature', 'test')
        const head = await change('feature')
        const first = await change('test')
        return { head, tip: await change('test'), between: [first] }
      }
    ],
    [
      'merge commit',
      async () => {
        const head = await change('feature', 'test')
        return { head, tip: await world.superproject.mergeBranch('feature', 'test'), between: [] }
      }
    ],
    [
      'merge queue',
      async base => {
        const head = await change('feature', 'test')
        await world.superproject.git('branch', '-f', 'queue', base)
        const tip = await world.superproject.mergeBranch('feature', 'queue')
        await world.superproject.push('queue')
        // The queue plans the very commit that it then pushes.
        const event = realMergeGroup('test', base, tip)
        const planned = await world.run({ event, checkout: { commit: tip }, account: sandboxAccount })
        expect(planned.outputs).toMatchObject({ command: 'plan', environment: 'sandbox', da_flask_changed: 'true' })
        expect(statusesOf(world)).toEqual(['layer-deploy/plan pending', 'layer-deploy/plan success'])
        await world.superproject.git('update-ref', 'refs/heads/test', tip)
        return { head, tip, between: [] }
      }
    ]
  ]
  it.each(ways)('%s', async (name, land) => {
    const number = 40 + ways.findIndex(way => way[0] === name)
    const before = await tipOf('test')
    const { head, tip, between } = await land(before)
    pullOf(number, head, tip, between)
    const outcome = await landed(before, tip)
    expect(errorsOf(outcome)).toEqual([])
    expect(warningsOf(outcome)).toEqual([])
    expect(outcome.outputs).toMatchObject({ command: 'deploy', da_flask_changed: 'true' })
    expect(world.github.state.comments).toMatchObject([{ issueNumber: number }])
    expect(world.github.state.comments[0]?.body).toContain('published')
    expect(world.github.state.statuses.at(-1)).toMatchObject({ sha: tip, state: 'success' })
  })

  it('direct push: no pull request, so status and summary tell', async () => {
    const before = await tipOf('test')
    const outcome = await landed(before, await change('test'))
    expect(warningsOf(outcome)).toEqual([])
    expect(world.github.state.comments).toEqual([])
    expect(outcome.summary).toContain('published')
    expect(statusesOf(world).at(-1)).toBe('layer-deploy/sandbox success')
  })

  it('a second attempt of the run: nothing is written to AWS, and the one comment is written over', async () => {
    const before = await tipOf('test')
    const tip = await change('test')
    pullOf(50, tip, tip)
    await landed(before, tip)
    world.aws.resetCalls()
    const again = await landed(before, tip, '2')
    expect(again.outputs).toMatchObject({ conclusion: 'success', changed: 'false' })
    expect(world.aws.writes()).toEqual([])
    expect(world.github.state.comments).toHaveLength(1)
    expect(world.github.state.comments[0]?.body).toContain('attempt')
  })
})

describe('a pull request', () => {
  async function opened(from: 'own' | 'dependabot' | 'fork') {
    await change('feature', 'test')
    const ends = await world.superproject.openPullRequest(60, 'feature', 'test')
    const sides = { head: { ref: 'feature', sha: ends.head }, base: { ref: 'test', sha: ends.base } }
    world.github.seed.pullRequest({ number: 60, ...sides })
    const ids = { baseCommit: ends.base, headCommit: ends.head, mergeCommit: ends.merge }
    return realPullRequest({ number: 60, base: 'test', ...ids, from })
  }
  const checkout = { ref: 'refs/pull/60/merge' }

  it('is planned', async () => {
    const outcome = await world.run({ event: await opened('own'), checkout, account: null })
    expect(warningsOf(outcome)).toEqual([])
    expect(outcome.outputs).toMatchObject({ command: 'plan', da_flask_changed: 'true' })
    expect(world.github.state.comments).toMatchObject([{ issueNumber: 60 }])
  })

  it('of Dependabot, whose token may only read: planned, exit 0, a warning for each thing that could not be written', async () => {
    for (const name of Object.keys(permissions) as PermissionName[]) {
      if (permissions[name] === 'write') permissions[name] = 'read'
    }
    const outcome = await world.run({ event: await opened('dependabot'), checkout, account: null })
    expect(outcome).toMatchObject({ exitCode: 0, conclusion: 'success', postExitCode: 0 })
    expect(errorsOf(outcome)).toEqual([])
    expect(warningsOf(outcome).sort()).toEqual([
      expect.stringMatching(/^The commit status layer-deploy\/plan was not written: .*; grant statuses: write/),
      expect.stringMatching(/^The pull request comment was not written: .*; grant .*pull-requests: write/)
    ])
    expect(outcome.summary).toContain('da_flask')
    expect(world.github.state).toMatchObject({ comments: [], statuses: [] })
  })

  it('of a fork: planned, and GitHub is not even asked', async () => {
    world.github.calls.length = 0
    const outcome = await world.run({ event: await opened('fork'), checkout, account: null })
    expect(outcome).toMatchObject({ exitCode: 0, outputs: { command: 'plan' } })
    expect(warningsOf(outcome)).toEqual([])
    expect(world.github.calls.filter(({ write }) => write)).toEqual([])
  })
})

describe('other events', () => {
  it('a forced push deploys what the branch is now, whatever was pushed away', async () => {
    const away = await change('test')
    await landed(await tipOf('test~1'), away)
    const kept = await world.superproject.commitFiles(
      { 'da_flask/python/kept.py': '1\n' },
      { branch: 'test', from: `${away}~1` }
    )
    await world.superproject.push('test')
    const event = realPush({ before: away, after: kept }, true)
    const outcome = await world.run({ event, checkout: { branch: 'test', commit: kept }, account: sandboxAccount })
    expect(errorsOf(outcome)).toEqual([])
    expect(outcome.outputs).toMatchObject({ conclusion: 'success', da_flask_changed: 'true' })
  })

  it('a tag named like the branch does nothing, with one notice', async () => {
    const tip = await tipOf('test')
    await world.superproject.git('tag', '-f', 'test', tip)
    await world.superproject.git(
      'push',
      '-q',
      '-f',
      `${world.superproject.directory}/remotes/superproject.git`,
      'refs/tags/test'
    )
    await world.superproject.git('tag', '-d', 'test')
    const outcome = await world.run({
      event: realTag('test', tip),
      checkout: { ref: 'refs/tags/test' },
      account: sandboxAccount
    })
    expect(noticesOf(outcome)).toEqual([expect.stringContaining('refs/tags/test is not a branch')])
    expect(world.aws.calls).toEqual([])
  })

  it('workflow_run and workflow_dispatch deploy the branch', async () => {
    const tip = await tipOf('refs/heads/test')
    for (const event of [realWorkflowRun(tip), realDispatch('test', tip)]) {
      const outcome = await world.run({ event, checkout: { commit: tip }, account: sandboxAccount })
      expect(errorsOf(outcome)).toEqual([])
      expect(outcome.outputs).toMatchObject({ command: 'deploy', environment: 'sandbox', changed: 'false' })
    }
  })
})

it('F79 on GitHub Enterprise Server calls go below /api/v3, and every link points at the server', async () => {
  const serverUrl = 'https://github.example.com'
  const server = await makeActionWorld({ ...layer, prefix: '/api/v3' })
  try {
    await server.superproject.commitFiles({ 'da_flask/python/x.py': '1\n' }, { branch: 'feature', from: 'test' })
    const planned = await server.pullRequest(7, 'feature', 'test', { serverUrl })
    const merged = await server.mergePullRequest(7, 'feature', 'test', { serverUrl })
    expect([...warningsOf(planned), ...warningsOf(merged), ...errorsOf(merged)]).toEqual([])
    const texts = [...server.github.state.comments.map(({ body }) => body), planned.summary, merged.summary]
    const links = texts.flatMap(text => [...text.matchAll(/https?:\/\/[^\s)"'<>]+/g)].map(([link]) => link))
    expect(links.length).toBeGreaterThan(3)
    expect(links.filter(link => !link.startsWith(`${serverUrl}/`))).toEqual([])
    const targets = server.github.state.statuses.map(({ targetUrl }) => targetUrl)
    expect(
      targets.every(target => target?.startsWith(`${serverUrl}/octo-org/superproject/actions/runs/`) === true)
    ).toBe(true)
    expect(server.github.calls.every(({ path }) => path.startsWith('/api/'))).toBe(true)
    expect(server.github.violations).toEqual([])
  } finally {
    await server.close()
  }
})

it('nothing was asked of GitHub or AWS that their descriptions do not allow', () => {
  expect(world.github.violations).toEqual([])
  expect(world.aws.defects).toEqual([])
})
