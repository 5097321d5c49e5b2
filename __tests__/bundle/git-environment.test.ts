/** No setting of git that a job, its machine or its user makes changes what a run decides, builds or leaves behind. */
import { chown, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { RunOutcome } from '../../emulators/runner/index.js'
import { makeActionWorld, sandboxAccount, type ActionRun, type ActionWorld } from '../support/action-world.js'
import { push } from '../support/events.js'
import { snapshotOf } from '../support/folder-snapshot.js'
import { runGit } from '../support/git-process.js'
import { gitSettings } from '../support/git-settings.js'
import { changedOf, errorsOf, rowsOf, versionsIn } from './reading.js'

/** A push of a bumped submodule and a changed file, in a clone that holds neither the base nor the submodule. */
async function bumped(world: ActionWorld): Promise<{ job: Partial<ActionRun>; head: string }> {
  const commit = await world.superproject.commitSubmodule('da_flask', { 'python/more.py': 'x = 1\n' })
  await world.superproject.bumpSubmodule('da_flask', commit, { branch: 'test' })
  const head = await world.superproject.push('test')
  const event = push({ branch: 'test', before: world.superproject.firstCommit, after: head })
  return { head, job: { event, checkout: { branch: 'test', commit: head }, account: null } }
}

/** What a run decided and built, without what tells one run from another. */
const verdict = (run: RunOutcome): unknown => ({
  ...{ errors: errorsOf(run), changed: changedOf(run), layers: rowsOf(run), exitCode: run.exitCode }
})

describe('F98 a superproject of SHA-256', () => {
  let world: ActionWorld
  let trial: Awaited<ReturnType<typeof bumped>>
  beforeAll(async () => {
    world = await makeActionWorld({ objectFormat: 'sha256' })
    trial = await bumped(world)
  })
  afterAll(() => world.close())

  it.each(['detect', 'plan'])('%s: the base is fetched, the bump is seen', async command => {
    const run = await world.run({ ...(trial.job as ActionRun), inputs: { command } })
    expect(errorsOf(run)).toEqual([])
    expect(changedOf(run)).toEqual(['da_flask'])
  })

  it.each([undefined, 'sha1', 'sha256'])('a preview builds its submodule, with GIT_DEFAULT_HASH=%s', async hash => {
    const env: Record<string, string> = hash === undefined ? {} : { GIT_DEFAULT_HASH: hash }
    const run = await world.run({ ...(trial.job as ActionRun), inputs: { command: 'plan', preview: 'true' }, env })
    expect(errorsOf(run)).toEqual([])
    expect(rowsOf(run)['da_flask']?.['us-east-2']?.['content-digest']).toMatch(/^[0-9a-f]{64}$/)
  })

  it('a deploy publishes, and the next one finds nothing to do', async () => {
    const run = await world.run({ ...(trial.job as ActionRun), account: sandboxAccount })
    expect([errorsOf(run), run.outputs['conclusion']]).toEqual([[], 'success'])
    expect(versionsIn(world, sandboxAccount)).toEqual({ 'dev-da-flask-layer': [1], 'dev-da-framework-layer': [1] })
    const again = await world.run({ ...(trial.job as ActionRun), account: sandboxAccount })
    expect(errorsOf(again)).toEqual([])
    expect(changedOf(again)).toEqual([])
  })
})

describe('F99 the settings of the job', () => {
  let world: ActionWorld
  let folder: string
  let job: ActionRun
  let untouched: unknown
  const preview = (further: Partial<ActionRun> = {}): Promise<RunOutcome> =>
    world.run({ ...job, inputs: { command: 'plan', preview: 'true' }, ...further })
  beforeAll(async () => {
    world = await makeActionWorld({ files: { 'folder/x': 'x' } })
    folder = await mkdtemp(join(tmpdir(), 'hostile-git-'))
    await runGit(folder, ['init', '-q', 'other'])
    await writeFile(join(folder, 'settings'), hostileFile(folder))
    await mkdir(join(folder, 'hooks'))
    for (const hook of ['post-checkout', 'reference-transaction', 'post-index-change', 'fsmonitor-watchman']) {
      await writeFile(join(folder, 'hooks', hook), `#!/bin/sh\ntouch ${folder}/pwned-${hook}\n`, { mode: 0o755 })
    }
    job = (await bumped(world)).job as ActionRun
    untouched = verdict(await preview())
  })
  afterAll(async () => {
    await world.close()
    await rm(folder, { recursive: true })
  })

  it('without any, the bump is seen and built', () => {
    expect(untouched).toMatchObject({ errors: [], changed: ['da_flask'], exitCode: 0 })
    expect(JSON.stringify(untouched)).toMatch(/"content-digest":"[0-9a-f]{64}"/)
  })

  it.each<readonly [string, () => Record<string, string>]>([
    ['F98 GIT_DEFAULT_HASH', () => ({ GIT_DEFAULT_HASH: 'sha256' })],
    ['safe.bareRepository=explicit', () => gitSettings(['safe.bareRepository', 'explicit'])],
    ['safe.directory=* through GIT_CONFIG_COUNT', () => gitSettings(['safe.directory', '*'])],
    ['GIT_GLOB_PATHSPECS', () => ({ GIT_GLOB_PATHSPECS: '1' })],
    ['GIT_LITERAL_PATHSPECS', () => ({ GIT_LITERAL_PATHSPECS: '0' })],
    ['GIT_ICASE_PATHSPECS and GIT_NOGLOB_PATHSPECS', () => ({ GIT_ICASE_PATHSPECS: '1', GIT_NOGLOB_PATHSPECS: '1' })],
    ['GIT_DIR of another repository', () => ({ GIT_DIR: join(folder, 'other/.git') })],
    [
      'its work tree, index, common folder and prefix',
      () => ({
        GIT_WORK_TREE: join(folder, 'other'),
        GIT_INDEX_FILE: join(folder, 'pwned-index'),
        GIT_COMMON_DIR: join(folder, 'other/.git'),
        GIT_PREFIX: 'folder/'
      })
    ],
    [
      'its objects',
      () => ({ GIT_OBJECT_DIRECTORY: join(folder, 'other/.git/objects'), GIT_ALTERNATE_OBJECT_DIRECTORIES: '/nowhere' })
    ],
    ['GIT_NAMESPACE', () => ({ GIT_NAMESPACE: 'other' })],
    ['GIT_EXTERNAL_DIFF', () => ({ GIT_EXTERNAL_DIFF: `touch ${folder}/pwned-diff` })],
    ['GIT_CONFIG_GLOBAL of hostile settings', () => ({ GIT_CONFIG_GLOBAL: join(folder, 'settings') })],
    ['GIT_CONFIG_SYSTEM of them', () => ({ GIT_CONFIG_NOSYSTEM: '0', GIT_CONFIG_SYSTEM: join(folder, 'settings') })],
    ['them through GIT_CONFIG_COUNT', () => gitSettings(...hostile(folder))],
    ['GIT_CONFIG_PARAMETERS', () => ({ GIT_CONFIG_PARAMETERS: `'core.worktree'='/nowhere' 'core.bare'='true'` })],
    ['git that traces and pages', () => ({ GIT_TRACE: '1', GIT_TRACE_CURL: '1', GIT_PAGER: `touch ${folder}/pwned` })],
    ['GIT_PROTOCOL and GIT_ALLOW_PROTOCOL', () => ({ GIT_PROTOCOL: 'version=0', GIT_ALLOW_PROTOCOL: 'http:https' })]
  ])('%s: the same verdict, the same bytes, the workspace as it was', async (_name, env) => {
    const before = await readdir(folder)
    let workspace = ''
    let snapshot: unknown = null
    const prepare = async (at: string): Promise<void> => {
      workspace = at
      snapshot = await snapshotOf(at)
    }
    expect(verdict(await preview({ env: env(), prepare }))).toEqual(untouched)
    expect(await snapshotOf(workspace)).toEqual(snapshot)
    expect(await readdir(folder)).toEqual(before)
  })

  const asRoot = process.getuid?.() === 0 ? it : it.skip
  asRoot('a submodule folder that belongs to another user, which git itself refuses to read', async () => {
    let asked = 0
    const prepare = async (at: string): Promise<void> => {
      for (const path of ['da_flask', '.git/modules/da_flask']) await chown(join(at, path), 12345, 12345)
      asked = world.superproject.server.requests.length
    }
    const run = await preview({ checkout: { ...job.checkout, submodules: true }, prepare })
    expect(verdict(run)).toEqual(untouched)
    const requests = world.superproject.server.requests.slice(asked).map(({ path }) => path)
    expect(requests.filter(path => path.startsWith('/da_flask'))).toEqual([])
  })

  it('a deploy with all of them at once publishes what one without any would', async () => {
    const env = {
      ...gitSettings(...hostile(folder)),
      GIT_CONFIG_GLOBAL: join(folder, 'settings'),
      GIT_GLOB_PATHSPECS: '1'
    }
    const run = await world.run({ ...job, account: sandboxAccount, env: { ...env, GIT_DEFAULT_HASH: 'sha256' } })
    expect([errorsOf(run), run.outputs['conclusion']]).toEqual([[], 'success'])
    const digest = rowsOf(run)['da_flask']?.['us-east-2']?.['content-digest']
    expect(JSON.stringify(untouched)).toContain(`"content-digest":"${digest ?? 'none'}"`)
  })
})

describe('F100 a submodule inside a built layer', () => {
  let world: ActionWorld
  let job: ActionRun
  beforeAll(async () => {
    world = await makeActionWorld({ submodules: { da_flask: {}, da_framework: {}, inner: { 'deep.py': 'y = 2\n' } } })
    const inner = world.superproject.firstSubmoduleCommits['inner'] ?? ''
    const commit = await world.superproject.commitSubmodule('da_flask', {
      'python/da_flask.py': 'x = 1\n',
      '.gitmodules': '[submodule "deep"]\n\tpath = python/deep\n\turl = ../inner.git\n',
      'python/deep': { gitlink: inner }
    })
    await world.superproject.bumpSubmodule('da_flask', commit, { branch: 'test' })
    const head = await world.superproject.push('test')
    const event = push({ branch: 'test', before: world.superproject.firstCommit, after: head })
    job = { event, checkout: { branch: 'test', commit: head }, account: sandboxAccount, inputs: { layers: 'da_flask' } }
  })
  afterAll(() => world.close())

  it.each([false, true])('`submodules: none` refuses it, with its parent checked out: %s', async submodules => {
    const inputs = { layers: 'da_flask', submodules: 'none' }
    const run = await world.run({ ...job, checkout: { ...job.checkout, submodules }, inputs })
    expect(errorsOf(run)).toEqual([expect.stringContaining('SOURCE_NOT_CHECKED_OUT')])
    expect(errorsOf(run)[0]).toContain(submodules ? 'da_flask/python/deep' : 'da_flask')
    expect([run.exitCode, world.aws.writes()]).toEqual([1, []])
  })

  it('is fetched like its parent, and published with it', async () => {
    const run = await world.run(job)
    expect([errorsOf(run), run.outputs['conclusion']]).toEqual([[], 'success'])
    const requests = world.superproject.server.requests.map(({ path }) => path)
    expect(requests.some(path => path.startsWith('/inner'))).toBe(true)
    const object = [...(world.aws.world.buckets.get('111122223333-code-deployment')?.objects.values() ?? [])]
    expect(JSON.stringify(object.map(({ body }) => Buffer.from(body).toString('latin1')))).toContain(
      'python/deep/deep.py'
    )
  })
})

/** Settings of git-config(1) that would move, hide, colour or add to what git does, or run a program of somebody else's. */
function hostile(folder: string): readonly (readonly [string, string])[] {
  const run = (name: string): string => `touch ${folder}/pwned-${name}`
  return [
    ['core.fsmonitor', run('fsmonitor')],
    ['core.hooksPath', join(folder, 'hooks')],
    ['core.pager', run('pager')],
    ['core.editor', run('editor')],
    ['core.askPass', run('askpass')],
    ['core.alternateRefsCommand', run('alternates')],
    ['core.quotePath', 'true'],
    ['core.autocrlf', 'true'],
    ['core.eol', 'crlf'],
    ['core.symlinks', 'false'],
    ['core.fileMode', 'false'],
    ['core.ignoreCase', 'true'],
    ['core.abbrev', '4'],
    ['core.attributesFile', join(folder, 'settings')],
    ['core.logAllRefUpdates', 'always'],
    ['color.ui', 'always'],
    ['diff.external', run('external')],
    ['diff.ignoreSubmodules', 'all'],
    ['diff.noprefix', 'true'],
    ['alias.cat-file', `!${run('alias')}`],
    ['alias.fetch', `!${run('alias')}`],
    ['pager.ls-tree', run('pager')],
    ['fetch.recurseSubmodules', 'true'],
    ['fetch.prune', 'true'],
    ['fetch.fsckObjects', 'true'],
    ['fetch.writeCommitGraph', 'true'],
    ['fetch.output', 'compact'],
    ['submodule.recurse', 'true'],
    ['submodule.da_flask.ignore', 'all'],
    ['submodule.da_flask.active', 'false'],
    ['submodule.da_flask.update', `!${run('update')}`],
    ['status.submoduleSummary', 'true'],
    ['status.showUntrackedFiles', 'no'],
    ['pack.packSizeLimit', '1m'],
    ['pack.writeReverseIndex', 'true'],
    ['transfer.unpackLimit', '100000'],
    ['init.defaultObjectFormat', 'sha256'],
    ['init.defaultRefFormat', 'reftable'],
    ['init.templateDir', join(folder, 'hooks')],
    ['extensions.objectFormat', 'sha256'],
    ['protocol.version', '0'],
    ['protocol.file.allow', 'never'],
    ['protocol.ext.allow', 'always'],
    ['push.recurseSubmodules', 'on-demand'],
    ['remote.origin.tagOpt', '--tags'],
    ['remote.origin.prune', 'true'],
    ['url.http://127.0.0.1:1/.insteadOf', 'https://elsewhere.example/'],
    ['url.http://127.0.0.1:1/.pushInsteadOf', 'http://127.0.0.1'],
    ['log.showSignature', 'true'],
    ['gpg.program', run('gpg')],
    ['filter.lfs.process', run('filter')],
    ['i18n.logOutputEncoding', 'UTF-16'],
    ['gc.auto', '1'],
    ['maintenance.auto', 'true']
  ]
}

function hostileFile(folder: string): string {
  return hostile(folder)
    .map(([key, value]) => {
      const [, section = '', sub = '', name = ''] = /^([^.]+)(?:\.(.*))?\.([^.]+)$/.exec(key) ?? []
      const head = sub === '' ? `[${section}]` : `[${section} "${sub}"]`
      return `${head}\n\t${name} = ${JSON.stringify(value)}\n`
    })
    .join('')
}
