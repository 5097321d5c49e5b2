/** How often a run starts git: each start costs more than most of its answers. Counted by a git on PATH that writes each call down. */
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execFileSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { runCommandLine } from '../../emulators/world/command-line.js'
import { type ActionRun, type ActionWorld, makeActionWorld, ownProcesses } from '../support/action-world.js'
import { push } from '../support/events.js'
import { errorsOf } from './reading.js'

let world: ActionWorld
let folder: string
let head: string
beforeAll(async () => {
  world = await makeActionWorld({ steps: ownProcesses })
  folder = await mkdtemp(join(tmpdir(), 'counted-git-'))
  const real = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim()
  const script = `#!/bin/sh\nprintf '%s\\n' "$*" >> "${folder}/calls"\nexec "${real}" "$@"\n`
  await writeFile(join(folder, 'git'), script)
  await chmod(join(folder, 'git'), 0o755)
  const commit = await world.superproject.commitSubmodule('da_flask', { 'python/more.py': '1\n' })
  await world.superproject.bumpSubmodule('da_flask', commit, { branch: 'head', from: 'test' })
  head = await world.superproject.push('head')
  await world.superproject.push('test')
})
afterAll(async () => {
  await world.close()
  await rm(folder, { recursive: true })
})

/** The arguments of each git that a run starts, from the subcommand on. */
async function counted(run: (env: Record<string, string>) => Promise<void>): Promise<readonly string[]> {
  await rm(join(folder, 'calls'), { force: true })
  await run({ PATH: `${folder}:${process.env['PATH'] ?? ''}` })
  const calls = (await readFile(join(folder, 'calls'), 'utf8').catch(() => '')).split('\n').slice(0, -1)
  return calls.map(call => call.replace(/^.*--literal-pathspecs /, ''))
}

const job = (command: string, depth: number, submodules: boolean, options: Partial<ActionRun> = {}) =>
  counted(async env => {
    const before = world.superproject.firstCommit
    const event = push({ branch: 'test', before, after: head })
    const checkout = { branch: 'head', commit: head, depth, submodules }
    const run = await world.run({ event, checkout, account: null, inputs: { command }, env, ...options })
    expect(errorsOf(run)).toEqual([])
    expect(run.outputs['changed']).toBe('true')
  })

describe('git processes of a run', () => {
  it.each<[string, number, number, boolean]>([
    ['detect', 1, 0, false],
    // A clone without the base: the base is fetched beside the workspace.
    ['detect', 5, 1, false],
    ['plan', 2, 0, true],
    ['plan', 6, 1, true]
  ])('%s: at most %i, in a clone of depth %i (submodules: %s)', async (command, most, depth, submodules) => {
    const calls = await job(command, depth, submodules)
    expect(calls.slice(0, most)).toEqual(calls)
    if (depth === 1) return
    expect(new Set(calls.filter(call => call !== 'cat-file --batch')).size).toBe(
      calls.filter(call => call !== 'cat-file --batch').length
    )
  })

  it.each([
    [0, 1],
    [1, 5]
  ])('a plan of a pull request in a clone of depth %i: at most %i', async (depth, most) => {
    const calls = await counted(async env => {
      const checkout = { ref: 'refs/pull/9/merge', depth }
      const run = await world.pullRequest(9, 'head', 'test', { account: null, checkout, env })
      expect(errorsOf(run)).toEqual([])
      expect(run.outputs['changed']).toBe('true')
    })
    expect(calls.slice(0, most)).toEqual(calls)
  })

  it('a plan of a pull request whose head is checked out, without the base: no question is asked of the remote twice', async () => {
    const calls = await counted(async env => {
      const checkout = { branch: 'head', depth: 1 }
      const run = await world.pullRequest(9, 'head', 'test', { account: null, checkout, env })
      expect(errorsOf(run)).toEqual([])
      expect(run.outputs['changed']).toBe('true')
    })
    const remote = calls
      .map(call => call.replace(/--git-dir=\S+ /, ''))
      .filter(call => /^(fetch|ls-remote) /.test(call))
    expect(remote.some(call => call.startsWith('fetch '))).toBe(true)
    expect(new Set(remote).size).toBe(remote.length)
  })

  it('a branch that the configuration does not name: none', async () => {
    const calls = await counted(async env => {
      const event = push({ branch: 'nowhere-mapped', before: world.superproject.firstCommit, after: head })
      const run = await world.run({ event, checkout: { branch: 'head', commit: head }, account: null, env })
      expect(run.outputs['conclusion']).toBe('neutral')
    })
    expect(calls).toEqual([])
  })

  it('detect in a terminal: at most 4', async () => {
    const directory = await world.superproject.cloneForRun({ branch: 'test', depth: 0 })
    const calls = await counted(async env => {
      const args = ['detect', '--base', 'origin/head']
      const start = { directory, home: folder, args, env: { ...env, GITHUB_REPOSITORY: 'octo-org/superproject' } }
      const { exitCode, stdout } = await runCommandLine(start)
      expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: expect.stringContaining('da_flask') })
    })
    expect(calls.slice(0, 4)).toEqual(calls)
  })
})
