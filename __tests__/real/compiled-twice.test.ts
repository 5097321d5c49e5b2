/** Projects with compiled code give the same bytes twice, in two places, whoever builds them; and what uv resolves for itself. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { processRunner } from '../../src/adapters/process/index.js'
import { buildLayer } from '../../src/build-layers/build-layer.js'
import { findPython } from '../../src/build-layers/install/python/find-python.js'
import type { Artifact, BuildRecipe, Installer } from '../../src/model/index.js'
import { layer, recordedLog, runnerWith, scratchFolders, zipRows, type Tree } from '../build-layers/scratch.js'

const scratch = scratchFolders()
afterAll(() => {
  scratch.remove()
})

let tools = ''
let version = '3.11'
beforeAll(async () => {
  const run = async (...argv: [string, ...string[]]) => {
    const { exitCode, stderr } = await processRunner().run({ argv, timeoutSeconds: 290 })
    if (exitCode !== 0) throw new Error(stderr)
  }
  const installed = (process.env['PATH'] ?? '').split(delimiter).find(folder => existsSync(join(folder, 'uv')))
  if (installed === undefined) {
    const venv = join(scratch.make(), 'venv')
    await run('python3', '-m', 'venv', venv)
    await run(join(venv, 'bin/pip'), 'install', '--quiet', 'uv')
    tools = join(venv, 'bin')
  } else tools = installed
  const deps = { process: processRunner(), log: recordedLog() }
  const found = await Promise.all(['3.11', '3.12', '3.10'].map(each => findPython(each, 'python3', deps)))
  version = found.find(each => each !== null)?.version ?? version
}, 300_000)

const build = (installer: Installer, source: Tree, recipe: Partial<BuildRecipe> = {}): Promise<Artifact> =>
  buildLayer(
    {
      layer: layer({ kind: 'detect', installer, ...recipe } as Partial<BuildRecipe>, {
        compatibleRuntimes: [`python${version}`],
        compatibleArchitectures: [process.arch === 'arm64' ? 'arm64' : 'x86_64']
      }),
      sourceDirectory: scratch.make(source),
      outputDirectory: scratch.make()
    },
    {
      // A cache would hand over what the first build made.
      process: runnerWith({ PATH: `${tools}:${process.env['PATH'] ?? ''}`, PIP_NO_CACHE_DIR: '1', UV_NO_CACHE: '1' }),
      log: recordedLog()
    }
  )

const own: Tree = {
  'pyproject.toml':
    '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n[project]\nname = "da-c"\nversion = "1.0"\n',
  'setup.py': 'from setuptools import Extension, setup\nsetup(ext_modules=[Extension("da_c", ["src/da_c.c"])])\n',
  'src/da_c.c':
    '#include <Python.h>\nstatic struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "da_c", __FILE__, -1, 0};\nPyMODINIT_FUNC PyInit_da_c(void) { return PyModule_Create(&module); }\n'
}

describe.each(['pip', 'uv'] as const)('F118 %s', installer => {
  it('a package from source: the same bytes twice', async () => {
    const source = { 'requirements.txt': '--no-binary markupsafe\nmarkupsafe==3.0.2\n' }
    const recipe = { sourceDistributions: true } as const
    const [first, second] = [await build(installer, source, recipe), await build(installer, source, recipe)]
    const names = (await zipRows(first.file)).map(({ name }) => name)
    expect(names.filter(name => /_speedups[.].*[.]so$/.test(name))).toHaveLength(1)
    expect(second.artifactSha256).toBe(first.artifactSha256)
  }, 300_000)

  it('an own project with C code: the same bytes twice', async () => {
    const [first, second] = [await build(installer, own), await build(installer, own)]
    expect((await zipRows(first.file)).filter(({ name }) => /da_c[.].*[.]so$/.test(name))).toHaveLength(1)
    expect(second.artifactSha256).toBe(first.artifactSha256)
  }, 300_000)
})

describe('F120 F121 uv', () => {
  const setuptools = '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n'
  it('takes a member from where [tool.uv.sources] says, not from the index, without a lock', async () => {
    // The index has a package of that name.
    const source: Tree = {
      'pyproject.toml': `${setuptools}[project]\nname = "app"\nversion = "1.0"\nrequires-python = ">=3.8"\ndependencies = ["six", "idna==3.10"]\n[tool.uv.sources]\nsix = { path = "libs/six" }\n[tool.setuptools]\npackages = ["app"]\n`,
      'app/__init__.py': '',
      'libs/six/pyproject.toml': `${setuptools}[project]\nname = "six"\nversion = "0.1"\n[tool.setuptools]\npackages = ["six"]\n`,
      'libs/six/six/__init__.py': 'OURS = True\n'
    }
    const rows = await zipRows((await build('uv', source)).file)
    expect(rows.find(({ name }) => name === 'python/six/__init__.py')?.content).toBe('OURS = True\n')
    expect(rows.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['python/app/__init__.py', 'python/idna/core.py'])
    )
    await expect(build('pip', source)).rejects.toThrow(/^BUILD_FAILED: .*tool.uv.sources.* six/)
  }, 300_000)
})
