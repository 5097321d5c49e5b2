/** Locks as poetry and pipenv write them, exported by the real tools. */
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { processRunner } from '../../src/adapters/process/index.js'
import { buildLayer } from '../../src/build-layers/build-layer.js'
import type { Artifact, Installer } from '../../src/model/index.js'
import {
  layer,
  recordedLog,
  runnerWith,
  scratchFolders,
  writeTree,
  zipRows,
  type Tree
} from '../build-layers/scratch.js'

const scratch = scratchFolders()
afterAll(() => {
  scratch.remove()
})

let bin = ''
beforeAll(async () => {
  const venv = join(scratch.make(), 'venv')
  await run({}, 'python3', '-m', 'venv', venv)
  bin = join(venv, 'bin')
  await run({}, join(bin, 'pip'), 'install', '--quiet', 'poetry', 'poetry-plugin-export', 'pipenv', 'uv')
}, 300_000)

async function run(env: Readonly<Record<string, string>>, ...argv: [string, ...string[]]): Promise<void> {
  const { cwd, ...variables } = { cwd: undefined as string | undefined, ...env }
  const place = cwd === undefined ? {} : { cwd }
  const { exitCode, stderr, stdout } = await processRunner().run({
    argv,
    env: variables,
    timeoutSeconds: 290,
    ...place
  })
  if (exitCode !== 0) throw new Error(`${argv.join(' ')}: ${stderr}${Buffer.from(stdout).toString()}`)
}

const poetryProject: Tree = {
  'pyproject.toml': `[project]
name = "da-flask"
version = "1.0"
requires-python = ">=3.10,<4"
dependencies = ["idna==3.10"]
[tool.poetry]
package-mode = false
[tool.poetry.group.dev.dependencies]
six = "1.17.0"
`,
  'da_flask/__init__.py': 'import idna\n'
}
const pipenvProject: Tree = {
  Pipfile: '[packages]\nidna = "==3.10"\n[dev-packages]\nsix = "==1.17.0"\n',
  'da_flask/__init__.py': 'import idna\n'
}

/** Of PyPI poetry asks for more than its simple index, which a mirror may not have: it is given the index that pip has. */
async function withIndexOfPip(project: Tree): Promise<Tree> {
  const program = 'from pip._internal.models.index import PyPI; print(PyPI.simple_url)'
  const { stdout } = await processRunner().run({ argv: ['python3', '-c', program] })
  const url = process.env['PIP_INDEX_URL'] ?? Buffer.from(stdout).toString().trim()
  const source = `[[tool.poetry.source]]\nname = "pip"\nurl = ${JSON.stringify(url)}\npriority = "primary"\n`
  return { ...project, 'pyproject.toml': `${project['pyproject.toml'] as string}${source}` }
}

/** The project with the lock that its tool makes of it. */
async function locked(project: Tree, lock: string): Promise<Tree> {
  const folder = scratch.make()
  writeTree(folder, project)
  const env = {
    cwd: folder,
    PIPENV_IGNORE_VIRTUALENVS: '1',
    PIPENV_VENV_IN_PROJECT: '1',
    POETRY_VIRTUALENVS_IN_PROJECT: 'true'
  }
  if (lock === 'poetry.lock') await run(env, join(bin, 'poetry'), 'lock', '--no-interaction')
  else await run(env, join(bin, 'pipenv'), 'lock')
  return { ...project, [lock]: readFileSync(join(folder, lock), 'utf8') }
}

function build(installer: Installer, source: Tree): Promise<Artifact> {
  const env = { PATH: `${bin}:${process.env['PATH'] ?? ''}` }
  return buildLayer(
    {
      layer: layer({ kind: 'detect', installer }),
      sourceDirectory: scratch.make(source),
      outputDirectory: scratch.make()
    },
    { process: runnerWith(env), log: recordedLog() }
  )
}

it.each([
  ['poetry.lock', poetryProject],
  ['Pipfile.lock', pipenvProject]
])(
  '%s: what it pins is installed by uv and pip alike, with its digests, without what is for developers',
  async (lock, project) => {
    const source = await locked(lock === 'poetry.lock' ? await withIndexOfPip(project) : project, lock)
    const [uv, pip] = [await build('uv', source), await build('pip', source)]
    const names = (await zipRows(uv.file)).map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(['python/da_flask/__init__.py', 'python/idna/core.py']))
    expect(names).toContain('python/idna-3.10.dist-info/METADATA')
    expect(names.filter(name => name.includes('six'))).toEqual([])
    expect(pip.contentDigest).toBe(uv.contentDigest)

    const text = source[lock] as string
    const wrong = text.replace(/sha256:[0-9a-f]{64}/g, `sha256:${'0'.repeat(64)}`)
    for (const installer of ['uv', 'pip'] as const) {
      await expect(build(installer, { ...source, [lock]: wrong })).rejects.toThrow(
        /^BUILD_FAILED: .*\. To fix: give every requirement the digest/
      )
    }
  },
  300_000
)

it.each(['uv', 'pip'] as const)(
  'F122 a poetry [project] without runtime dependencies is built by %s',
  async installer => {
    const bare = (poetryProject['pyproject.toml'] as string).replace(/^dependencies.*\n/m, '')
    const source = await locked(await withIndexOfPip({ ...poetryProject, 'pyproject.toml': bare }), 'poetry.lock')
    const names = (await zipRows((await build(installer, source)).file)).map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(['python/da_flask/__init__.py']))
    expect(names.filter(name => name.includes('six'))).toEqual([])
  },
  300_000
)
