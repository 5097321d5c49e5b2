import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { join } from 'node:path'
import { processRunner } from '../../src/adapters/process.js'
import { buildLayer } from '../../src/build-layers/build-layer.js'
import type { Artifact, Installer, Layer } from '../../src/model.js'
import { layer, recordedLog, runnerWith, scratchFolders, zipRows, type Tree } from '../build-layers/scratch.js'

const scratch = scratchFolders()
afterAll(() => {
  scratch.remove()
})

/** Makes wheels without any tool: a wheel is a zip. */
const makeWheels = `
import sys, zipfile
def wheel(tag, body, requires=''):
  name, version = 'da_probe', '1.0'
  info = f'{name}-{version}.dist-info'
  with zipfile.ZipFile(f'{sys.argv[1]}/{name}-{version}-{tag}.whl', 'w') as z:
    z.writestr('da_probe/__init__.py', body)
    z.writestr(f'{info}/METADATA', f'Metadata-Version: 2.1\\nName: da-probe\\nVersion: {version}\\n')
    z.writestr(f'{info}/WHEEL', f'Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: false\\nTag: {tag}\\n')
    z.writestr(f'{info}/entry_points.txt', '[console_scripts]\\nda-probe = da_probe:main\\n')
    z.writestr(f'{info}/RECORD', ''.join(f'{n},,\\n' for n in z.namelist()))
for tag in sys.argv[2:]: wheel(tag, f'TAG = {tag!r}\\n')`

const run = async (...argv: [string, ...string[]]): Promise<void> => {
  const { exitCode, stderr } = await processRunner().run({ argv, timeoutSeconds: 240 })
  if (exitCode !== 0) throw new Error(stderr)
}

const python = 'python3'
let uvFolder = ''
beforeAll(async () => {
  const venv = join(scratch.make(), 'venv')
  await run(python, '-m', 'venv', venv)
  await run(join(venv, 'bin/python'), '-m', 'pip', 'install', '--quiet', 'uv')
  uvFolder = join(venv, 'bin')
})

interface Build {
  readonly installer: Installer
  readonly source: Tree
  readonly wheels?: string
  readonly layer?: Partial<Layer>
}

async function build(given: Build, log = recordedLog()): Promise<Artifact> {
  const { installer, source, wheels, layer: more = {} } = given
  const offline =
    wheels === undefined ? {} : { PIP_NO_INDEX: '1', PIP_FIND_LINKS: wheels, UV_NO_INDEX: '1', UV_FIND_LINKS: wheels }
  const path = installer === 'pip' ? {} : { PATH: `${uvFolder}:${process.env['PATH'] ?? ''}` }
  return buildLayer(
    {
      layer: layer({ kind: 'detect', installer }, more),
      sourceDirectory: scratch.make(source),
      outputDirectory: scratch.make()
    },
    { process: runnerWith({ ...offline, ...path }), log }
  )
}

async function fileIn(artifact: Artifact, name: string): Promise<string | undefined> {
  return (await zipRows(artifact.file)).find(row => row.name === name)?.content
}

describe.each(['pip', 'uv'] as const)('%s with a local wheel', installer => {
  const tags = [
    'cp310-cp310-manylinux2014_x86_64',
    'cp310-cp310-manylinux2014_aarch64',
    'cp312-cp312-manylinux_2_34_aarch64'
  ]
  const source: Tree = { 'requirements.txt': 'da-probe', 'da_flask/__init__.py': 'import da_probe\n' }
  let wheels = ''
  beforeAll(async () => {
    wheels = scratch.make()
    await run(python, '-c', makeWheels, wheels, ...tags)
  })

  it.each([
    ['python3.10', 'x86_64', tags[0]],
    ['python3.10', 'arm64', tags[1]],
    ['python3.12', 'arm64', tags[2]]
  ])('takes the wheel for %s on %s, whatever the runner is', async (runtime, architecture, tag) => {
    const target = { compatibleRuntimes: [runtime], compatibleArchitectures: [architecture] }
    const artifact = await build({ installer, source, wheels, layer: target })
    expect(await fileIn(artifact, 'python/da_probe/__init__.py')).toBe(`TAG = '${tag ?? ''}'\n`)
    expect(artifact.verdicts.every(({ passed }) => passed === true)).toBe(true)
  })

  it('F43 installed twice in different folders: the same bytes, and nothing of the installer in them', async () => {
    const [first, second] = [await build({ installer, source, wheels }), await build({ installer, source, wheels })]
    expect([second.contentDigest, second.artifactSha256]).toEqual([first.contentDigest, first.artifactSha256])
    expect((await zipRows(first.file)).map(({ name }) => name)).toEqual([
      'python/bin/da-probe',
      'python/da_flask/__init__.py',
      'python/da_probe-1.0.dist-info/METADATA',
      'python/da_probe-1.0.dist-info/RECORD',
      'python/da_probe-1.0.dist-info/WHEEL',
      'python/da_probe-1.0.dist-info/entry_points.txt',
      'python/da_probe/__init__.py'
    ])
    expect(await fileIn(first, 'python/bin/da-probe')).toMatch(/^#!\/usr\/bin\/env python3\n/)
  })

  it('BUILD_FAILED with its own words where there is no such wheel', async () => {
    const target = { compatibleRuntimes: ['python3.12'], compatibleArchitectures: ['x86_64'] }
    await expect(build({ installer, source, wheels, layer: target })).rejects.toThrow(
      /^BUILD_FAILED: expected (pip|uv) install to exit with 0, found exit code 1: .*da-probe.*; do name packages that exist as wheels for python3.12 on x86_64/
    )
  })

  it('BUILD_FAILED where a hash does not match', async () => {
    const pinned = `da-probe==1.0 --hash=sha256:${'0'.repeat(64)}\n`
    await expect(build({ installer, wheels, source: { 'requirements.txt': pinned } })).rejects.toThrow(
      /^BUILD_FAILED: .*[Hh]ash/i
    )
  })
})

describe.each(['pip', 'uv'] as const)('%s with the index', installer => {
  it('installs flask with what it needs', async () => {
    const source: Tree = { 'requirements.txt': 'flask==3.1.0\n', 'da_flask/__init__.py': 'import flask\n' }
    const [first, second] = [await build({ installer, source }), await build({ installer, source })]
    const names = (await zipRows(first.file)).map(({ name }) => name)
    expect(names).toEqual(
      expect.arrayContaining(['python/flask/app.py', 'python/werkzeug/serving.py', 'python/da_flask/__init__.py'])
    )
    // Compiled for the layer's 3.10, not for the interpreter that installed.
    expect(names.filter(name => /markupsafe.*\.so$/.test(name))).toEqual([
      expect.stringContaining('cpython-310-x86_64-linux-gnu.so')
    ])
    expect(first.verdicts.filter(({ passed }) => passed !== true)).toEqual([])
    expect(second.artifactSha256).toBe(first.artifactSha256)
  })

  it('installs a project folder and leaves it as it was', async () => {
    const project: Tree = {
      'pyproject.toml':
        '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n[project]\nname = "da-flask"\nversion = "1.0"\ndependencies = ["certifi"]\n',
      'da_flask/__init__.py': 'VERSION = 1\n'
    }
    const [first, second] = [await build({ installer, source: project }), await build({ installer, source: project })]
    const names = (await zipRows(first.file)).map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(['python/da_flask/__init__.py', 'python/certifi/cacert.pem']))
    expect(names.filter(name => /direct_url|INSTALLER|egg-info/.test(name))).toEqual([])
    expect(first.verdicts.filter(({ passed }) => passed !== true)).toEqual([])
    expect(second.artifactSha256).toBe(first.artifactSha256)
  })
})
