/** What a layer is built from, as the runner's workspace holds it (FAULTS.md, rows 29, 30, 40), and how it is built. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { mkdir, readdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { listLayers } from '../../emulators/aws/lambda/reader.js'
import type { RunOutcome } from '../../emulators/runner/index.js'
import { makeActionWorld, region, sandboxAccount, type ActionRun, type ActionWorld } from '../support/action-world.js'
import { push } from '../support/events.js'
import { snapshotOf } from '../support/folder-snapshot.js'
import { configText } from './config-text.js'
import { changedOf, codesOf, errorsOf, rowsOf, shownBy, versionsIn } from './reading.js'

const checkoutToken = 'ghs_EXAMPLEcheckouttoken'

let world: ActionWorld
let head = ''
beforeAll(async () => {
  world = await makeActionWorld({
    token: checkoutToken,
    config: configText({
      layers: {
        da_flask: '{ path: da_flask }',
        da_framework: '{ path: da_framework }',
        made: `{ path: made, build: { command: "mkdir -p $LAYER_BUILD_DIR/python && sed s/1/2/ source.py > $LAYER_BUILD_DIR/python/made.py", check: "python3 -c 'import made; assert made.value == 2'" } }`,
        hollow: '{ path: hollow }'
      }
    }),
    files: { 'made/source.py': 'value = 1\n', 'hollow/README.md': 'no runtime folder\n' }
  })
  head = await world.superproject.push('test')
})
afterAll(() => world.close())
beforeEach(() => {
  world.aws.resetCalls()
})

const run = (job: Partial<ActionRun>): Promise<RunOutcome> =>
  world.run({ event: push({ after: head }), checkout: { branch: 'test' }, account: sandboxAccount, ...job })
const submoduleRequests = (): string[] =>
  world.superproject.server.requests.map(({ path }) => path).filter(path => path.startsWith('/da_'))

function expectRefused(outcome: RunOutcome, code: string): void {
  expect(codesOf(outcome)).toEqual([code])
  expect(outcome.exitCode).toBe(1)
  expect(outcome.outputs).toMatchObject({ conclusion: 'failure' })
  expect(world.aws.writes()).toEqual([])
}

describe('submodules', () => {
  it('F29 with `submodules: none`, one that is not checked out is refused', async () => {
    const outcome = await run({ inputs: { submodules: 'none', layers: 'da_flask' } })
    expectRefused(outcome, 'SOURCE_NOT_CHECKED_OUT')
    expect(errorsOf(outcome)[0]).toContain('submodules: auto')
    expect(submoduleRequests()).toEqual([])
  })

  it('F30 F94 one at another commit, changed, an old URL in .git/config: the gitlink is built, the workspace stays', async () => {
    let workspace = ''
    let before: Readonly<Record<string, string>> = {}
    const outcome = await run({
      checkout: { branch: 'test', submodules: true },
      inputs: { layers: 'da_flask', 'dry-run': 'true' },
      prepare: async at => {
        workspace = at
        const git = (...args: string[]) => world.superproject.git('-C', join(at, 'da_flask'), ...args)
        await git('-c', 'user.name=x', '-c', 'user.email=x@example.com', 'commit', '-q', '--allow-empty', '-m', 'x')
        await git('config', '-f', join(at, '.git/config'), 'submodule.da_flask.url', 'http://127.0.0.1:1/old.git')
        await writeFile(join(at, 'da_flask/new.py'), 'new\n')
        before = await snapshotOf(at)
      }
    })
    expect(errorsOf(outcome)).toEqual([])
    expect(changedOf(outcome)).toEqual(['da_flask'])
    expect(await snapshotOf(workspace)).toEqual(before)
    expect(world.aws.writes()).toEqual([])
  })

  it('F94 F101 a fetch of the base and of a submodule leaves the workspace as it is', async () => {
    await world.superproject.git('tag', '-a', '-m', 'x', 'released', head)
    const remote = join(world.superproject.directory, 'remotes/superproject.git')
    await world.superproject.git('push', '-q', remote, 'released')
    await world.superproject.commitFiles({ 'made/source.py': 'value = 1 # 2\n' }, { branch: 'later', from: 'test' })
    const after = await world.superproject.push('later')
    let workspace = ''
    let before: Readonly<Record<string, string>> = {}
    const outcome = await run({
      event: push({ branch: 'test', after, before: head }),
      checkout: { branch: 'later', commit: after },
      account: null,
      inputs: { command: 'plan', base: 'released' },
      prepare: async at => {
        workspace = at
        before = await snapshotOf(at)
      }
    })
    expect(errorsOf(outcome)).toEqual([])
    expect(changedOf(outcome)).toEqual(['made'])
    expect(await snapshotOf(workspace)).toEqual(before)
  })

  it('F30 F94 what a step before left in the folder of a layer is told, and no part of it', async () => {
    const outcome = await run({
      inputs: { layers: 'made', 'dry-run': 'true' },
      prepare: workspace => writeFile(join(workspace, 'made/leftover.py'), 'x\n')
    })
    expect(errorsOf(outcome)).toEqual([])
    expect(shownBy(outcome)).toContain('made/leftover.py')
  })

  it("private ones are fetched with the checkout's token, only those that are built", async () => {
    const before = submoduleRequests().length
    const outcome = await run({ inputs: { layers: 'da_flask' } })
    expect(errorsOf(outcome)).toEqual([])
    expect(rowsOf(outcome)['da_flask']?.[region]).toMatchObject({ status: 'published', version: 1 })
    const requests = submoduleRequests().slice(before)
    expect(requests.length).toBeGreaterThan(0)
    expect(requests.every(path => path.startsWith('/da_flask.git/'))).toBe(true)
    expect(shownBy(outcome)).not.toContain(checkoutToken)
    expect(shownBy(outcome)).not.toContain(Buffer.from(`x-access-token:${checkoutToken}`).toString('base64'))
  })

  it('the token may lie in an included file, as actions/checkout v6 leaves it', async () => {
    const checkout = { branch: 'test', credentials: 'included-file' } as const
    const outcome = await run({ checkout, inputs: { layers: 'da_framework', 'dry-run': 'true' } })
    expect(errorsOf(outcome)).toEqual([])
    expect(changedOf(outcome)).toEqual(['da_framework'])
  })

  it('a checkout with submodules is used as it is', async () => {
    const event = push({ after: head })
    const workspaceRequests: number[] = []
    const outcome = await world.run({
      event,
      checkout: { branch: 'test', submodules: true },
      account: sandboxAccount,
      inputs: { layers: 'da_framework', submodules: 'none' },
      prepare: () => {
        workspaceRequests.push(submoduleRequests().length)
        return Promise.resolve()
      }
    })
    expect(errorsOf(outcome)).toEqual([])
    expect(rowsOf(outcome)['da_framework']?.[region]).toMatchObject({ status: 'published', version: 1 })
    expect(submoduleRequests()).toHaveLength(workspaceRequests[0] ?? -1)
  })

  it('an unchanged layer is neither fetched nor built', async () => {
    const before = submoduleRequests().length
    const outcome = await run({ inputs: { layers: 'da_flask,da_framework' } })
    expect(outcome.outputs).toMatchObject({ conclusion: 'success', changed: 'false' })
    expect(submoduleRequests()).toHaveLength(before)
    expect(world.aws.writes()).toEqual([])
  })
})

describe('builds', () => {
  it('build.command and build.check, end to end', async () => {
    const outcome = await run({ inputs: { layers: 'made' } })
    expect(errorsOf(outcome)).toEqual([])
    expect(versionsIn(world, sandboxAccount)['dev-made-layer']).toEqual([1])
    const made = listLayers(world.aws.world, sandboxAccount, region).find(({ name }) => name === 'dev-made-layer')
    expect(made?.versions[0]?.zip.includes('python/made.py')).toBe(true)
    expect(made?.versions[0]?.zip.includes('source.py')).toBe(false)
  })

  it('F40 a folder with nothing that a runtime looks for is refused', async () => {
    expectRefused(await run({ inputs: { layers: 'hollow' } }), 'ARCHIVE_LAYOUT')
  })

  it('one layer that is refused keeps every other from being written', async () => {
    const commit = await world.superproject.commitSubmodule('da_flask', { 'python/more.py': '1\n' })
    const after = await world.superproject.bumpSubmodule('da_flask', commit, { branch: 'test' })
    await world.superproject.push('test')
    const outcome = await run({ event: push({ after }), inputs: { layers: 'da_flask,hollow' } })
    expectRefused(outcome, 'ARCHIVE_LAYOUT')
    expect(rowsOf(outcome)['da_flask']?.[region]).toMatchObject({ status: 'not-attempted', reason: 'refused' })
  })
})

it('the superproject may lie below the workspace: working-directory', async () => {
  const after = await world.superproject.push('test')
  const outcome = await run({
    event: push({ after }),
    inputs: {
      layers: 'da_flask',
      'working-directory': 'super/project',
      config: 'super/project/.github/layer-deploy.yml'
    },
    prepare: async workspace => {
      const names = await readdir(workspace)
      await mkdir(join(workspace, 'super/project'), { recursive: true })
      for (const name of names) await rename(join(workspace, name), join(workspace, 'super/project', name))
    }
  })
  expect(errorsOf(outcome)).toEqual([])
  expect(outcome.outputs).toMatchObject({ conclusion: 'success', da_flask_version: '2' })
})
