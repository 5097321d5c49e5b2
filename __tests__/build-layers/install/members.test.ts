/** Folders and repositories in lists, by real pip without an index: whatever name they have, no index is asked for it. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { buildLayer } from '../../../src/build-layers/build-layer.js'
import type { Artifact, BuildRecipe } from '../../../src/model/index.js'
import { layer, recordedLog, runnerWith, scratchFolders, zipRows, type Tree } from '../scratch.js'

const scratch = scratchFolders()
afterAll(() => {
  scratch.remove()
})

/** A project that needs no package to be built: its backend lies in the tree. `environment`: a variable that goes into the code. */
const project = (name: string, more = ''): Tree => ({
  'pyproject.toml': `[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n[project]\nname = "${name}"\nversion = "1.0"\n${more}`,
  'backend.py': `
import os, zipfile
def build_wheel(folder, config_settings=None, metadata_directory=None):
    name, info = "${name}-1.0-py3-none-any.whl", "${name}-1.0.dist-info"
    with zipfile.ZipFile(os.path.join(folder, name), "w") as wheel:
        wheel.writestr("${name}/__init__.py", "VERSION = %r\\n" % os.environ.get("SETUPTOOLS_SCM_PRETEND_VERSION"))
        needs = "".join("Requires-Dist: %s\\n" % each for each in ${JSON.stringify(/inner/.test(more) ? ['inner'] : [])})
        wheel.writestr(info + "/METADATA", "Metadata-Version: 2.1\\nName: ${name}\\nVersion: 1.0\\n" + needs)
        wheel.writestr(info + "/WHEEL", "Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr(info + "/RECORD", "".join(each + ",,\\n" for each in wheel.namelist()))
    return name
`
})
const below = (folder: string, tree: Tree): Tree =>
  Object.fromEntries(Object.entries(tree).map(([path, text]) => [`${folder}/${path}`, text]))

/** Holds a package of the same name as the team's own, put there by somebody else. */
let strangers = ''
beforeAll(() => {
  strangers = scratch.make({ ...project('inner'), 'marker.txt': '' })
  const code = 'import backend, sys; backend.build_wheel(sys.argv[1])'
  execFileSync('python3', ['-c', code, strangers], {
    cwd: strangers,
    env: { ...process.env, SETUPTOOLS_SCM_PRETEND_VERSION: 'a stranger' }
  })
})

const build = async (source: Tree, recipe: Partial<BuildRecipe> = {}): Promise<Artifact> =>
  buildLayer(
    {
      layer: layer({ kind: 'detect', installer: 'pip', ...recipe } as Partial<BuildRecipe>),
      sourceDirectory: scratch.make(source),
      outputDirectory: scratch.make(),
      revision: { objectId: '0123456789abcdef', tags: () => Promise.resolve([]) }
    },
    { process: runnerWith({ PIP_NO_INDEX: '1', PIP_FIND_LINKS: strangers }), log: recordedLog() }
  )
const modules = async (artifact: Artifact): Promise<Record<string, string>> =>
  Object.fromEntries(
    (await zipRows(artifact.file))
      .filter(({ name }) => name.endsWith('/__init__.py'))
      .map(({ name, content }) => [name.split('/').at(-2) ?? '', content.trim()])
  )

describe('F120 F115 members of a list', () => {
  it.each(['-e ./libs/inner'])('%s is installed as a copy', async line => {
    const source = { ...below('libs/inner', project('inner')), 'requirements.txt': `${line}\n` }
    const artifact = await build(source)
    expect(await modules(artifact)).toEqual({ inner: 'VERSION = None' })
    const names = (await zipRows(artifact.file)).map(({ name }) => name)
    expect(names.filter(name => /[.]pth$|__editable__/.test(name))).toEqual([])
  })

  it('-e ., the layer itself: a project as without it, and beside other names what the list says', async () => {
    const source = { ...project('app'), 'requirements.txt': '-e .\n' }
    expect(await modules(await build(source))).toEqual({ app: 'VERSION = None' })
    const more = { ...source, 'requirements.txt': '-e .\ninner\n' }
    await expect(build(more)).rejects.toThrow(/^ARCHIVE_LAYOUT: .*build\.requirements: requirements\.txt/)
    const recipe = { kind: 'requirements', requirements: 'requirements.txt', source: [] } as const
    expect(await modules(await build(more, recipe))).toEqual({ app: 'VERSION = None', inner: "VERSION = 'a stranger'" })
  })

  it('a folder outside of the layer is refused', async () => {
    await expect(build({ 'requirements.txt': `${strangers}\n` })).rejects.toThrow(/^ARCHIVE_UNSAFE_PATH/)
  })
})

describe('F121 never a stranger’s package of the same name', () => {
  it.each([['uv', '[tool.uv.sources]\ninner = { path = "libs/inner" }\n']])(
    '%s, and pip alone: refused',
    async (_, sources) => {
      const source = {
        ...project('app', `dependencies = ["inner"]\n${sources}`),
        ...below('libs/inner', project('inner'))
      }
      await expect(build(source)).rejects.toThrow(/^BUILD_FAILED: .*tool\..* inner.*pip/)
    }
  )

  it('a requirements file beside such a pyproject.toml: refused', async () => {
    const source = {
      'pyproject.toml': '[tool.uv.sources]\ninner = { path = "x" }\n',
      'requirements.txt': 'inner\n',
      'da/__init__.py': ''
    }
    await expect(build(source, { kind: 'requirements', requirements: 'requirements.txt', source: [] })).rejects.toThrow(
      /^BUILD_FAILED: .*tool.uv.sources/
    )
  })
})

it('F123 a project that takes its version from git is told one, the same for the same commit', async () => {
  const source = { ...project('app'), 'setup.cfg': '[metadata]\nuse = setuptools_scm\n' }
  expect(await modules(await build(source))).toEqual({ app: "VERSION = '0.0.0+g0123456789ab'" })
})

it('F124 the reason of a failed build stands in the error', async () => {
  const backend = 'def build_wheel(*args, **more):\n    raise RuntimeError("the moon is wrong")\n'
  await expect(build({ ...project('app'), 'backend.py': backend })).rejects.toThrow(
    /^BUILD_FAILED: .*RuntimeError: the moon is wrong/
  )
})
