/** What counts as changed where no deployed state can be read: a run without any AWS credentials (FAULTS.md, rows 14, 27, 28). */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { RunOutcome } from '../../emulators/runner/index.js'
import { makeActionWorld, type ActionRun, type ActionWorld } from '../support/action-world.js'
import { mergeGroup, noCommit, pullRequest, push } from '../support/events.js'
import { configText } from './config-text.js'
import { changedOf, errorsOf, rowsOf, warningsOf } from './reading.js'

const region = 'us-east-2'
const config = configText({
  layers: {
    da_flask: '{ path: da_flask }',
    da_framework: '{ path: da_framework }',
    docs: '{ path: docs, also-watch: [constraints.txt] }'
  }
})

let world: ActionWorld
beforeAll(async () => {
  world = await makeActionWorld({ config, files: { 'docs/python/docs.py': '1\n' } })
})
afterAll(() => world.close())
beforeEach(() => {
  world.aws.resetCalls()
})

const detect = (job: Omit<ActionRun, 'account'>): Promise<RunOutcome> =>
  world.run({ account: null, ...job, inputs: { command: 'detect', ...job.inputs } })

/** Commits `files` on a branch of its own and detects what its push would change. */
async function pushed(branch: string, commit: () => Promise<string>, before?: string): Promise<RunOutcome> {
  const after = await commit()
  await world.superproject.push(branch)
  const event = push({ branch: 'test', before: before ?? world.superproject.firstCommit, after })
  return detect({ event, checkout: { branch, commit: after } })
}

function reasonsOf(outcome: RunOutcome): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(rowsOf(outcome)).map(([id, rows]) => [id, rows[region]?.reason]))
}

function expectDetected(outcome: RunOutcome, reasons: Record<string, string>): void {
  expect(errorsOf(outcome)).toEqual([])
  expect(outcome.exitCode).toBe(0)
  expect(reasonsOf(outcome)).toEqual(reasons)
  expect(world.aws.calls).toEqual([])
  expect(world.github.calls).toEqual([])
}

const unchanged = { da_flask: 'unchanged', da_framework: 'unchanged', docs: 'unchanged' }
const unknown = { da_flask: 'base-unknown', da_framework: 'base-unknown', docs: 'base-unknown' }

describe('detect, with no AWS credentials at all', () => {
  it('nothing changed', async () => {
    const outcome = await pushed('readme', () =>
      world.superproject.commitFiles({ 'README.md': 'new\n' }, { branch: 'readme', from: 'test' })
    )
    expectDetected(outcome, unchanged)
    expect(outcome.outputs).toMatchObject({ command: 'detect', changed: 'false', matrix: '{"include":[]}' })
  })

  it('F28 a submodule moved, in a checkout without submodules', async () => {
    const commit = await world.superproject.commitSubmodule('da_flask', { 'python/moved.py': '1\n' })
    const outcome = await pushed('moved', () =>
      world.superproject.bumpSubmodule('da_flask', commit, { branch: 'moved', from: 'test' })
    )
    expectDetected(outcome, { ...unchanged, da_flask: 'source-changed' })
    expect(outcome.outputs['da_flask_changed']).toBe('true')
    expect(JSON.parse(outcome.outputs['matrix'] ?? '')).toEqual({
      include: [{ layers: 'da_flask', region, environment: 'sandbox' }]
    })
  })

  it('F28 a submodule moved, although .gitmodules says ignore = all', async () => {
    const commit = await world.superproject.commitSubmodule('da_flask', { 'python/hidden.py': '1\n' })
    const modules = await world.superproject.git('show', 'test:.gitmodules')
    const outcome = await pushed('hidden', () =>
      world.superproject.commitFiles(
        { da_flask: { gitlink: commit }, '.gitmodules': modules.replaceAll('\turl', '\tignore = all\n\turl') },
        { branch: 'hidden', from: 'test' }
      )
    )
    expectDetected(outcome, { ...unchanged, da_flask: 'source-changed' })
  })

  it('a watched file changed', async () => {
    const outcome = await pushed('watched', () =>
      world.superproject.commitFiles({ 'constraints.txt': 'x==2\n' }, { branch: 'watched', from: 'test' })
    )
    expectDetected(outcome, { ...unchanged, docs: 'source-changed' })
  })

  it('the recipe changed', async () => {
    const text = config.replace('{ path: docs,', '{ path: docs, build: { exclude: ["**/x"] },')
    const outcome = await pushed('recipe', () =>
      world.superproject.commitFiles({ '.github/layer-deploy.yml': text }, { branch: 'recipe', from: 'test' })
    )
    expectDetected(outcome, { ...unchanged, docs: 'recipe-changed' })
  })

  it('F28 a submodule became a folder, and a folder a submodule', async () => {
    const { firstSubmoduleCommits } = world.superproject
    const outcome = await pushed('kinds', () =>
      world.superproject.commitFiles(
        {
          da_flask: null,
          'da_flask/python/da_flask.py': '1\n',
          'docs/python/docs.py': null,
          docs: { gitlink: firstSubmoduleCommits['da_framework'] ?? '' }
        },
        { branch: 'kinds', from: 'test' }
      )
    )
    expectDetected(outcome, { ...unchanged, da_flask: 'source-changed', docs: 'source-changed' })
  })

  it('F28 a submodule was removed, another one renamed', async () => {
    const { firstSubmoduleCommits } = world.superproject
    const renamed = config.replace('da_framework: { path: da_framework }', 'da_core: { path: core }')
    const outcome = await pushed('renamed', () =>
      world.superproject.commitFiles(
        {
          da_flask: null,
          da_framework: null,
          core: { gitlink: firstSubmoduleCommits['da_framework'] ?? '' },
          '.github/layer-deploy.yml': renamed
        },
        { branch: 'renamed', from: 'test' }
      )
    )
    expectDetected(outcome, { da_flask: 'removed', da_core: 'never-deployed', docs: 'unchanged' })
    expect(changedOf(outcome)).toEqual(['da_core'])
    expect(warningsOf(outcome)).toContainEqual(expect.stringContaining('Layer da_flask: nothing is at its path'))
  })

  it('F28 a submodule and its layer were added', async () => {
    const { firstSubmoduleCommits } = world.superproject
    const outcome = await pushed('added', () =>
      world.superproject.commitFiles(
        {
          extra: { gitlink: firstSubmoduleCommits['da_flask'] ?? '' },
          '.github/layer-deploy.yml': `${config}  extra: { path: extra }\n`
        },
        { branch: 'added', from: 'test' }
      )
    )
    expectDetected(outcome, { ...unchanged, extra: 'never-deployed' })
  })

  it('F28 only the URL of a submodule changed', async () => {
    const modules = await world.superproject.git('show', 'test:.gitmodules')
    const outcome = await pushed('url', () =>
      world.superproject.commitFiles(
        { '.gitmodules': modules.replace('../da_flask.git', '../da_flask') },
        { branch: 'url', from: 'test' }
      )
    )
    expectDetected(outcome, unchanged)
  })
})

describe('the base', () => {
  it('F27 is not in a shallow clone: it is fetched by its id, at depth 1', async () => {
    const before = world.superproject.server.requests.length
    const outcome = await pushed('shallow', () =>
      world.superproject.commitFiles({ 'docs/python/docs.py': '2\n' }, { branch: 'shallow', from: 'test' })
    )
    expectDetected(outcome, { ...unchanged, docs: 'source-changed' })
    const requests = world.superproject.server.requests.slice(before).map(({ path }) => path)
    expect(requests.some(path => path.startsWith('/superproject.git/'))).toBe(true)
    expect(requests.some(path => path.startsWith('/da_'))).toBe(false)
  })

  it('F14 F27 is gone from the remote: every layer counts as changed', async () => {
    const after = await world.superproject.git('rev-parse', 'shallow')
    const event = push({ branch: 'test', before: '9'.repeat(40), after, forced: true })
    const outcome = await detect({ event, checkout: { branch: 'shallow' } })
    expectDetected(outcome, unknown)
    expect(outcome.outputs['changed']).toBe('true')
    expect(warningsOf(outcome)).toEqual([expect.stringMatching(/No base revision: commit 9{12} is not in the clone/)])
  })

  it('F27 cannot be fetched: every layer counts as changed', async () => {
    const after = await world.superproject.git('rev-parse', 'shallow')
    const event = push({ branch: 'test', before: world.superproject.firstCommit, after })
    const outcome = await detect({
      event,
      checkout: { branch: 'shallow' },
      prepare: async workspace => {
        await world.superproject.git('-C', workspace, 'remote', 'set-url', 'origin', 'http://127.0.0.1:9/x.git')
      }
    })
    expectDetected(outcome, unknown)
    expect(warningsOf(outcome)).toEqual([expect.stringContaining('could not be fetched')])
  })

  it('F13 of a first push there is none', async () => {
    const after = await world.superproject.git('rev-parse', 'shallow')
    const event = push({ branch: 'test', before: noCommit, after })
    expectDetected(await detect({ event, checkout: { branch: 'shallow' } }), unknown)
  })

  it('is the input base where it is given', async () => {
    const after = await world.superproject.git('rev-parse', 'shallow')
    const event = push({ branch: 'test', before: noCommit, after })
    const checkout = { branch: 'shallow' }
    expectDetected(await detect({ event, checkout, inputs: { base: 'shallow' } }), unchanged)
    expectDetected(await detect({ event, checkout, inputs: { base: 'test' } }), {
      ...unchanged,
      docs: 'source-changed'
    })
  })

  it('F17 of a merge group is its own', async () => {
    const headCommit = await world.superproject.git('rev-parse', 'shallow')
    const event = mergeGroup({ base: 'test', baseCommit: world.superproject.firstCommit, headCommit })
    const outcome = await detect({ event, checkout: { commit: headCommit } })
    expectDetected(outcome, { ...unchanged, docs: 'source-changed' })
  })

  it('of a pull request is where it left its base, not what the base has become', async () => {
    await world.superproject.commitFiles({ 'constraints.txt': 'x==3\n' }, { branch: 'ahead', from: 'test' })
    const { base, head, merge } = await world.superproject.openPullRequest(12, 'moved', 'ahead')
    // Of two checkouts one is the trial merge; the other one is the head itself, and knows no history.
    const event = pullRequest({ number: 12, base: 'test', baseCommit: base, headCommit: head, mergeCommit: merge })
    const reasons = { ...unchanged, da_flask: 'source-changed' }
    expectDetected(await detect({ event, checkout: { commit: head } }), reasons)
  })
})
