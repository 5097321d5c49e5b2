import { execFile } from 'node:child_process'
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from '@jest/globals'
import { supportedMachines, unsupportedMachine } from '../../src/run/supported-machine.js'

const root = resolve(import.meta.dirname, '../..')

describe('machines', () => {
  it.each(supportedMachines)('%s %s runs', (platform, architecture) => {
    expect(unsupportedMachine(platform, architecture)).toBeNull()
  })
  it.each([
    ['win32', 'x64'],
    ['win32', 'arm64'],
    ['linux', 'ia32'],
    ['freebsd', 'x64']
  ])('%s %s is refused', (platform, architecture) => {
    expect(unsupportedMachine(platform, architecture)).toMatchObject({ code: 'RUNNER_NOT_SUPPORTED' })
  })
  it('README names the same', async () => {
    const readme = await readFile(join(root, 'README.md'), 'utf8')
    expect(readme).toContain('It runs on Linux (x64 and arm64) and macOS')
    expect(readme).toContain('RUNNER_NOT_SUPPORTED')
    expect(new Set(supportedMachines.map(([platform]) => platform))).toEqual(new Set(['linux', 'darwin']))
    expect(supportedMachines.filter(([platform]) => platform === 'linux').map(([, cpu]) => cpu)).toEqual([
      'x64',
      'arm64'
    ])
  })
})

describe('dist/ on a machine of another kind', () => {
  const as = (platform: string): string =>
    `--import=data:text/javascript,Object.defineProperty(process,'platform',{value:'${platform}'})`
  const start = async (program: string, args: readonly string[], env: Record<string, string>) => {
    const directory = await mkdtemp(join(tmpdir(), 'machine-'))
    try {
      const options = { cwd: directory, env: { PATH: process.env['PATH'], NODE_OPTIONS: as('win32'), ...env } }
      const outcome = await promisify(execFile)(process.execPath, [join(root, program), ...args], options).then(
        ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
        (error: unknown) => error as { code: number; stdout: string; stderr: string }
      )
      return { ...outcome, left: await readdir(directory) }
    } finally {
      await rm(directory, { recursive: true, force: true })
    }
  }
  it('the action refuses before anything: no event, no input, no configuration is asked for', async () => {
    const { code, stdout, left } = await start('dist/index.js', [], { GITHUB_ACTIONS: 'true' })
    expect(code).toBe(1)
    expect(stdout).toMatch(/^::error [^\n]*::RUNNER_NOT_SUPPORTED: Expected a runner with Linux/m)
    expect(stdout).not.toMatch(/EVENT_INVALID|CONFIG/)
    expect(left).toEqual([])
  })
  it('the command line refuses, too, and still tells its version and help', async () => {
    const refused = await start('dist/cli/index.js', ['plan'], {})
    expect(refused).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^error: RUNNER_NOT_SUPPORTED: /)
    })
    expect(await start('dist/cli/index.js', ['--version'], {})).toMatchObject({ code: 0 })
    expect(await start('dist/cli/index.js', ['deploy', '--help'], {})).toMatchObject({ code: 0 })
  })
})
