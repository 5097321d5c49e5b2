/** What `npm run package` gives, with the repository's own settings of npm, installed where nothing else is, without a network. */
import { execFile } from 'node:child_process'
import { cp, mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { programVersion } from '../../src/cli/version.js'

const run = promisify(execFile)
const root = resolve(import.meta.dirname, '../..')
const npm = async (directory: string, ...args: string[]): Promise<string> => {
  const env = {
    PATH: process.env['PATH'],
    HOME: folder,
    npm_config_cache: join(folder, 'cache'),
    npm_config_offline: 'true'
  }
  return (await run('npm', args, { cwd: directory, env })).stdout
}
let folder = ''
let source = ''
let tarball = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'package-'))
  // In a copy: packing rewrites package.json for a moment.
  source = join(folder, 'source')
  for (const name of [
    'dist',
    'schema',
    'scripts',
    'examples',
    'src',
    'action.yml',
    'package.json',
    '.npmrc',
    'LICENSE',
    'README.md',
    'THIRD-PARTY-NOTICES.md'
  ]) {
    await cp(join(root, name), join(source, name), { recursive: true })
  }
  tarball = join(folder, (await npm(source, 'run', '--silent', 'package', '--', folder)).trim())
})
afterAll(() => rm(folder, { recursive: true, force: true }))

it('holds what runs, and nothing else; package.json is as it was', async () => {
  const names = (await run('tar', ['-tzf', tarball])).stdout.trim().split('\n')
  const outside = names.filter(name => !name.startsWith('package/dist/'))
  expect(outside.sort()).toEqual(
    ['LICENSE', 'README.md', 'THIRD-PARTY-NOTICES.md', 'action.yml', 'examples/deploy', 'package.json']
      .concat('schema/layer-deploy.schema.json')
      .map(name => `package/${name}`)
      .sort()
  )
  expect(names.length).toBeLessThan(120)
  expect(await readFile(join(source, 'package.json'), 'utf8')).toBe(await readFile(join(root, 'package.json'), 'utf8'))
  expect(await readdir(source)).not.toContain('.package.json.kept')
})

it('is installed with npm install -g, and run with npx, offline', async () => {
  const prefix = join(folder, 'prefix')
  await npm(folder, 'install', '-g', '--prefix', prefix, tarball)
  const { stdout } = await run(join(prefix, 'bin/layer-deploy'), ['--version'])
  expect(stdout.trim()).toBe(programVersion)
  const { stdout: help } = await run(join(prefix, 'bin/layer-deploy'), ['deploy', '--help'])
  expect(help).toContain('Examples:')
  expect(await npm(folder, 'exec', '--yes', '--package', tarball, '--', 'layer-deploy', '--version')).toContain(
    programVersion
  )
})
