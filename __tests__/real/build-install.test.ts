import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { processRunner } from '../../src/adapters/process/index.js'
import { buildLayer } from '../../src/build-layers/build-layer.js'
import { readPython } from '../../src/build-layers/install/python/find-python.js'
import type { Artifact, BuildRecipe, Installer, Layer } from '../../src/model/index.js'
import { layer, recordedLog, runnerWith, scratchFolders, zipRows, type Tree } from '../build-layers/scratch.js'

const scratch = scratchFolders()
afterAll(() => {
  scratch.remove()
})

/** Makes wheels without any tool: a wheel is a zip. */
const makeWheels = `
import sys, zipfile
def wheel(tag, body, name='da_probe', more=''):
  version = '1.0'
  info = f'{name}-{version}.dist-info'
  with zipfile.ZipFile(f'{sys.argv[1]}/{name}-{version}-{tag}.whl', 'w') as z:
    z.writestr(f'{name}/__init__.py', body)
    z.writestr(f'{info}/METADATA', f'Metadata-Version: 2.1\\nName: {name}\\nVersion: {version}\\n{more}')
    z.writestr(f'{info}/WHEEL', f'Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: false\\nTag: {tag}\\n')
    z.writestr(f'{info}/entry_points.txt', f'[console_scripts]\\n{name} = {name}:main\\n')
    z.writestr(f'{info}/RECORD', ''.join(f'{n},,\\n' for n in z.namelist()))
for tag in sys.argv[2:]: wheel(tag, f'TAG = {tag!r}\\n')
wheel('py3-none-any', '', 'da_old', 'Requires-Python: <3.11\\n')
wheel('py3-none-any', '', 'da_new', 'Requires-Python: >=3.12\\n')`

const run = async (...argv: [string, ...string[]]): Promise<void> => {
  const { exitCode, stderr } = await processRunner().run({ argv, timeoutSeconds: 240 })
  if (exitCode !== 0) throw new Error(stderr)
}

const python = 'python3'
let uvFolder = ''
beforeAll(async () => {
  const installed = (process.env['PATH'] ?? '').split(delimiter).find(folder => existsSync(join(folder, 'uv')))
  if (installed !== undefined) {
    uvFolder = installed
    return
  }
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
  readonly recipe?: Partial<BuildRecipe>
  readonly env?: Readonly<Record<string, string>>
}

async function build(given: Build, log = recordedLog()): Promise<Artifact> {
  const { installer, source, wheels, layer: more = {}, recipe = {}, env = {} } = given
  const offline =
    wheels === undefined ? {} : { PIP_NO_INDEX: '1', PIP_FIND_LINKS: wheels, UV_NO_INDEX: '1', UV_FIND_LINKS: wheels }
  const path = installer === 'pip' ? {} : { PATH: `${uvFolder}:${process.env['PATH'] ?? ''}` }
  return buildLayer(
    {
      layer: layer({ kind: 'detect', installer, ...recipe } as Partial<BuildRecipe>, more),
      sourceDirectory: scratch.make(source),
      outputDirectory: scratch.make()
    },
    { process: runnerWith({ ...offline, ...path, ...env }), log }
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
      'python/bin/da_probe',
      'python/da_flask/__init__.py',
      'python/da_probe-1.0.dist-info/METADATA',
      'python/da_probe-1.0.dist-info/RECORD',
      'python/da_probe-1.0.dist-info/WHEEL',
      'python/da_probe-1.0.dist-info/entry_points.txt',
      'python/da_probe/__init__.py'
    ])
    expect(await fileIn(first, 'python/bin/da_probe')).toMatch(/^#!\/usr\/bin\/env python3\n/)
  })

  it.each([
    ['python3.10', 'x86_64', ['da_old', 'da_probe']],
    ['python3.12', 'arm64', ['da_new', 'da_probe']]
  ])('reads conditions and Requires-Python for %s on %s', async (runtime, architecture, expected) => {
    const conditions = [
      'da-old; python_version < "3.11" and platform_machine == "x86_64"',
      'da-new; python_version >= "3.12" and platform_machine == "aarch64"',
      'da-probe',
      'not-there; sys_platform == "win32"'
    ]
    const target = { compatibleRuntimes: [runtime], compatibleArchitectures: [architecture] }
    const artifact = await build({
      installer,
      source: { 'requirements.txt': conditions.join('\n') },
      wheels,
      layer: target
    })
    const names = (await zipRows(artifact.file)).map(({ name }) => /^python\/(\w+)\/__init__.py$/.exec(name)?.[1])
    expect(names.filter(Boolean)).toEqual(expected)
  })

  it('BUILD_FAILED where one requirement has a digest and another has none', async () => {
    const text = `da-probe==1.0 --hash=sha256:${'0'.repeat(64)}\nda-old==1.0\n`
    await expect(build({ installer, wheels, source: { 'requirements.txt': text } })).rejects.toThrow(
      /^BUILD_FAILED: .*\. To fix: give every requirement the digest/
    )
  })

  it('BUILD_FAILED where the index does not answer', async () => {
    const env = {
      PIP_INDEX_URL: 'http://127.0.0.1:9/simple',
      PIP_RETRIES: '1',
      UV_HTTP_RETRIES: '0',
      PIP_FIND_LINKS: ''
    }
    await expect(build({ installer, source: { 'requirements.txt': 'da-probe' }, env })).rejects.toThrow(
      /^BUILD_FAILED: .*\. To fix: make the index reachable/
    )
  })

  it('BUILD_FAILED with its own words where there is no such wheel', async () => {
    const target = { compatibleRuntimes: ['python3.12'], compatibleArchitectures: ['x86_64'] }
    await expect(build({ installer, source, wheels, layer: target })).rejects.toThrow(
      /^BUILD_FAILED: Expected (pip|uv) install to exit with 0, found exit code 1: .*da-probe.*\. To fix: name packages that exist as wheels for python3.12 on x86_64/
    )
  })

  it('BUILD_FAILED where a hash does not match', async () => {
    const pinned = `da-probe==1.0 --hash=sha256:${'0'.repeat(64)}\n`
    await expect(build({ installer, wheels, source: { 'requirements.txt': pinned } })).rejects.toThrow(
      /^BUILD_FAILED: .*[Hh]ash/i
    )
  })
})

const lockedProject: Tree = {
  'pyproject.toml':
    '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n[project]\nname = "da-flask"\nversion = "1.0"\nrequires-python = ">=3.10"\ndependencies = ["idna==3.10"]\n[dependency-groups]\ndev = ["six"]\n[tool.setuptools]\npackages = ["da_flask"]\n',
  'da_flask/__init__.py': 'VERSION = 1\n'
}

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

  it('BUILD_FAILED where versions conflict', async () => {
    const source: Tree = { 'requirements.txt': 'flask==3.1.0\nclick==6.0\n' }
    await expect(build({ installer, source })).rejects.toThrow(
      /^BUILD_FAILED: .*click.*\. To fix: make the versions in the requirements agree/
    )
  })

  it('builds a package that has no wheel only where the configuration says so', async () => {
    const { version, machine } = (await readPython(python, { process: processRunner(), log: recordedLog() }))!
    const compatibleArchitectures = [machine === 'linux-aarch64' ? 'arm64' : 'x86_64']
    const here = { compatibleRuntimes: [`python${version}`], compatibleArchitectures }
    const source: Tree = { 'requirements.txt': 'docopt==0.6.2\n' }
    await expect(build({ installer, source, layer: here })).rejects.toThrow(
      /\. To fix: name packages that exist as wheels/
    )
    const artifact = await build({ installer, source, layer: here, recipe: { sourceDistributions: true } })
    expect(await fileIn(artifact, 'python/docopt.py')).toContain('0.6.2')
  })

  it('installs what uv.lock pins, with the project', async () => {
    const project = scratch.make(lockedProject)
    await run(join(uvFolder, 'uv'), 'lock', '--quiet', '--project', project)
    const lock = readFileSync(join(project, 'uv.lock'), 'utf8')
    const env = { PATH: `${uvFolder}:${process.env['PATH'] ?? ''}` }
    const artifact = await build({ installer, source: { ...lockedProject, 'uv.lock': lock }, env })
    expect(await fileIn(artifact, 'python/da_flask/__init__.py')).toBe('VERSION = 1\n')
    expect(await fileIn(artifact, 'python/idna-3.10.dist-info/METADATA')).toContain('Version: 3.10')
    const wrong = lock.replace(/(idna-3[.]10-py3[^"]*"[^"]*"sha256:)[0-9a-f]{64}/, `$1${'0'.repeat(64)}`)
    expect(wrong).not.toBe(lock)
    await expect(build({ installer, source: { ...lockedProject, 'uv.lock': wrong }, env })).rejects.toThrow(
      /\. To fix: give every requirement the digest/
    )
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

describe('uv and pip', () => {
  const numbers: Tree = { 'requirements.txt': 'numpy==2.2.6\npandas==2.2.3\n' }
  const target = (runtime: string, architecture: string) => ({
    compatibleRuntimes: [runtime],
    compatibleArchitectures: [architecture]
  })

  it('come to the same content', async () => {
    const source: Tree = { 'requirements.txt': 'flask==3.1.0\n' }
    const [pip, uv] = [await build({ installer: 'pip', source }), await build({ installer: 'uv', source })]
    expect([pip.contentDigest, pip.artifactSha256]).toEqual([uv.contentDigest, uv.artifactSha256])
  })

  it.each([
    ['python3.10', 'arm64', 'cpython-310-aarch64-linux-gnu.so', ['uv']],
    ['python3.12', 'x86_64', 'cpython-312-x86_64-linux-gnu.so', ['uv', 'pip']]
  ] as const)('numpy and pandas for %s on %s', async (runtime, architecture, suffix, installers) => {
    const digests = new Set<string>()
    for (const installer of installers) {
      const artifact = await build({ installer, source: numbers, layer: target(runtime, architecture) })
      expect(artifact.verdicts.filter(({ passed }) => passed !== true)).toEqual([])
      const extensions = (await namesIn(artifact)).filter(name => /cpython-\d+-.*[.]so$/.test(name))
      // Some wheels of pandas carry modules for other Pythons beside the right ones; none is for another machine.
      expect(extensions.filter(name => name.endsWith(suffix)).length).toBeGreaterThan(50)
      const machine = architecture === 'arm64' ? 'aarch64' : architecture
      expect(extensions.filter(name => !name.includes(`-${machine}-`))).toEqual([])
      digests.add(artifact.contentDigest)
    }
    // Whatever installs.
    expect(digests.size).toBe(1)
  })
})

/** Only the names: the content is larger than what a command may print. */
async function namesIn(artifact: Artifact): Promise<readonly string[]> {
  const program = 'import sys, zipfile; print("\\n".join(zipfile.ZipFile(sys.argv[1]).namelist()))'
  const { stdout } = await processRunner().run({ argv: [python, '-c', program, artifact.file] })
  return Buffer.from(stdout).toString().trim().split('\n')
}
