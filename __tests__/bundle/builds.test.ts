/** Builds through the bundle: the installer is called only for what changed, and no failure leaves anything behind. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { randomBytes } from 'node:crypto'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RunOutcome } from '../../emulators/runner/index.js'
import { makeActionWorld, region, sandboxAccount, type ActionRun, type ActionWorld } from '../support/action-world.js'
import { push } from '../support/events.js'
import { configText } from './config-text.js'
import { codesOf, errorsOf, rowsOf } from './reading.js'

/** Stands in for uv: notes that it was called and where its cache lies, and "installs" one module. */
const uv = `#!/bin/sh
[ "$1" = --version ] && exit
echo "$1 $2 in $UV_CACHE_DIR" >> "$UV_CALLS"
while [ "$1" != --target ]; do shift; done
echo "installed = True" > "$2/da_probe.py"
`
const build = (command: string): string => `build: { command: ${JSON.stringify(command)} }`
const writes = 'mkdir -p $LAYER_BUILD_DIR/python && touch $LAYER_BUILD_DIR/python/x.py'

let world: ActionWorld
let head = ''
let scratch = ''
let calls = ''
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'builds-'))
  calls = join(scratch, 'calls')
  await writeFile(calls, '')
  await mkdir(join(scratch, 'bin'))
  await executable('bin/uv', uv)
  world = await makeActionWorld({
    config: configText({
      layers: {
        installed: '{ path: installed, build: { installer: uv } }',
        strays: `{ path: made, ${build(`${writes}; touch $GITHUB_WORKSPACE/stray.txt`)} }`,
        strays_too: `{ path: made, ${build(`${writes}; echo x >> $GITHUB_WORKSPACE/.gitmodules`)} }`,
        one: `{ path: made, ${build(`${writes}; for n in 1 2 3 4 5 6; do echo one $n; sleep 0.1; done`)} }`,
        two: `{ path: made, ${build(`${writes}; for n in 1 2 3 4 5 6; do echo two $n; sleep 0.1; done`)} }`,
        large: `{ path: made, ${build('cp -r ../large $LAYER_BUILD_DIR/python')}, also-watch: [large] }`
      }
    }),
    files: {
      'installed/requirements.txt': 'da-probe==1.0\n',
      'installed/da_flask/__init__.py': 'import da_probe\n',
      'made/README.md': 'made by a command\n',
      // Four files that do not shrink: the archive is larger than each.
      ...Object.fromEntries([1, 2, 3, 4].map(n => [`large/${n}.txt`, randomBytes(400_000).toString('hex')]))
    }
  })
  head = await world.superproject.push('test')
})
afterAll(async () => {
  await world.close()
  await rm(scratch, { recursive: true, force: true })
})
beforeEach(() => {
  world.aws.resetCalls()
})

async function executable(name: string, text: string): Promise<string> {
  await writeFile(join(scratch, name), text)
  await chmod(join(scratch, name), 0o755)
  return join(scratch, name)
}

const run = (layers: string, job: Partial<ActionRun> = {}): Promise<RunOutcome> =>
  world.run({
    event: push({ after: head }),
    checkout: { branch: 'test' },
    account: sandboxAccount,
    inputs: { layers },
    ...job
  })

describe('an installer', () => {
  const install = async (after: string): Promise<{ outcome: RunOutcome; called: readonly string[] }> => {
    const before = (await readFile(calls, 'utf8')).split('\n').length
    const env = {
      PATH: `${join(scratch, 'bin')}:${process.env['PATH'] ?? ''}`,
      UV_CALLS: calls,
      UV_CACHE_DIR: join(scratch, 'uv-cache')
    }
    const outcome = await run('installed', { event: push({ after }), env })
    const called = (await readFile(calls, 'utf8')).split('\n').slice(before - 1, -1)
    // The check of the imports asks uv, too, where the layer's Python is.
    return { outcome, called: called.filter(call => !call.startsWith('python find')) }
  }
  const seen = (): string => `pip install in ${join(scratch, 'uv-cache')}`

  it('is called where the source changed, with the cache that the job gives it, and never where it did not', async () => {
    const first = await install(head)
    expect(errorsOf(first.outcome)).toEqual([])
    expect(first.called).toEqual([seen()])
    expect(rowsOf(first.outcome)['installed']?.[region]).toMatchObject({ status: 'published', version: 1 })

    const again = await install(head)
    expect(again.called).toEqual([])
    expect(rowsOf(again.outcome)['installed']?.[region]).toMatchObject({ status: 'unchanged', version: 1 })

    const elsewhere = await world.superproject.commitFiles({ 'made/README.md': 'changed\n' }, { branch: 'test' })
    await world.superproject.push('test')
    expect((await install(elsewhere)).called).toEqual([])

    head = await world.superproject.commitFiles(
      { 'installed/da_flask/__init__.py': 'VERSION = 2\n' },
      { branch: 'test' }
    )
    await world.superproject.push('test')
    const changed = await install(head)
    expect(changed.called).toEqual([seen()])
    expect(rowsOf(changed.outcome)['installed']?.[region]).toMatchObject({ status: 'published', version: 2 })
  })
})

describe('build.command', () => {
  it('that writes into the checkout is refused, by path', async () => {
    const outcome = await run('strays')
    expect(codesOf(outcome)).toEqual(['BUILD_FAILED'])
    expect(errorsOf(outcome)[0]).toMatch(
      /build.command and build.check of layer strays to leave the checkout as it is, found stray.txt changed or new in it\. To fix: write into/
    )
    expect(world.aws.writes()).toEqual([])
  })

  it('of builds that ran at once each may have done it; what was dirty before is not theirs', async () => {
    const outcome = await run('strays,strays_too', {
      prepare: workspace => writeFile(join(workspace, 'before.txt'), 'from an earlier step\n')
    })
    expect(codesOf(outcome)).toEqual(['BUILD_FAILED'])
    expect(errorsOf(outcome)[0]).toContain('the layers strays, strays_too to leave the checkout as it is')
    expect(errorsOf(outcome)[0]).toContain('found .gitmodules, stray.txt changed')
    for (const id of ['strays', 'strays_too']) expect(rowsOf(outcome)[id]?.[region]).toMatchObject({ status: 'failed' })
    expect(world.aws.writes()).toEqual([])
  })

  it('of two layers at once: a group for each, not one in the other', async () => {
    const outcome = await run('one,two')
    expect(errorsOf(outcome)).toEqual([])
    const lines = outcome.rawStdout.split('\n').filter(line => /^::(end)?group::|^(one|two) \d$/.test(line))
    const told = (id: string): string[] => [
      `::group::Build layer ${id}`,
      ...[1, 2, 3, 4, 5, 6].map(n => `${id} ${n}`),
      '::endgroup::'
    ]
    expect([
      [...told('one'), ...told('two')],
      [...told('two'), ...told('one')]
    ]).toContainEqual(lines)
  })
})

/** Not by a shell: it would not hand on variables with a dash in their names. */
const underLimits = (limits: string): string =>
  `#!/usr/bin/env python3\nimport os, resource, sys\nresource.setrlimit(${limits})\nos.execv(${JSON.stringify(process.execPath)}, ["node", *sys.argv[1:]])\n`

describe('F44 a machine that refuses', () => {
  /** The runner's Node under limits, and what the run left in the runner's temporary folder. */
  const limited = async (limits: string): Promise<{ outcome: RunOutcome; left: readonly string[] }> => {
    const node = await executable(`node-${limits.replace(/\W/g, '')}`, underLimits(limits))
    const root = await mkdtemp(join(scratch, 'runner-'))
    const outcome = await run('large', { options: { node, scratch: root } })
    const left = (await readdir(join(root, '_temp'))).filter(name => name.startsWith('layer-deploy'))
    return { outcome, left }
  }

  it('disk full: the archive has no room, though every file of the source had', async () => {
    const { outcome, left } = await limited('resource.RLIMIT_FSIZE, (1_200_000, 1_200_000)')
    expect(errorsOf(outcome)).toEqual([
      expect.stringMatching(
        /^(BUILD_FAILED: Expected the layer to be packed, found EFBIG: file too large, write\. To fix: free space on the disk|GIT_FAILED: .*SIGXFSZ)/
      )
    ])
    expect(world.aws.writes()).toEqual([])
    expect(left).toEqual([])
  })

  it('disk full: a file of the source has no room', async () => {
    const { outcome, left } = await limited('resource.RLIMIT_FSIZE, (300_000, 300_000)')
    expect(codesOf(outcome)).toEqual(['GIT_FAILED'])
    expect(world.aws.writes()).toEqual([])
    expect(left).toEqual([])
  })

  /** Where the last one is missing differs from one Node to the next: to start git, a command, a worker, or nowhere. */
  it.each([22, 25, 28])('too many open files: no more than %d', async files => {
    const { outcome, left } = await limited(`resource.RLIMIT_NOFILE, (${files}, ${files})`)
    expect(left).toEqual([])
    if (outcome.exitCode === 0) return
    expect(errorsOf(outcome).length).toBeGreaterThan(0)
    for (const line of errorsOf(outcome)) expect(line).toMatch(/^(GIT|BUILD|AWS)_FAILED: .*EMFILE/)
    expect(world.aws.writes()).toEqual([])
  })
})
