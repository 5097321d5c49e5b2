/** Folders and repositories in lists, by real pip without an index: whatever name they have, no index is asked for it. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { buildLayer } from '../../src/build-layers/build-layer.js'
import type { Artifact, BuildRecipe } from '../../src/model/index.js'
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
  it.each(['./libs/inner', 'inner @ file:libs/inner'])('%s is installed as a copy', async line => {
    const source = { ...below('libs/inner', project('inner')), 'requirements.txt': `${line}\n` }
    const artifact = await build(source)
    expect(await modules(artifact)).toEqual({ inner: 'VERSION = None' })
    const names = (await zipRows(artifact.file)).map(({ name }) => name)
    expect(names.filter(name => /[.]pth$|__editable__/.test(name))).toEqual([])
  })

  it('a repository, at the commit that is named', async () => {
    const repository = scratch.make()
    writeTree(repository, below('py', project('inner')))
    const git = (...args: string[]) => execFileSync('git', args, { cwd: repository, encoding: 'utf8' }).trim()
    git('init', '-q')
    git('add', '-A')
    git('-c', 'user.name=a', '-c', 'user.email=a@example.org', 'commit', '-qm', 'first')
    const line = `inner @ git+file://${repository}@${git('rev-parse', 'HEAD')}#subdirectory=py\n`
    expect(await modules(await build({ 'requirements.txt': line }))).toEqual({ inner: 'VERSION = None' })
  })

  it('pylock.toml with a folder', async () => {
    const lock = 'lock-version = "1.0"\n[[packages]]\nname = "inner"\ndirectory = { path = "libs/inner" }\n'
    const source = {
      ...project('app', 'dependencies = ["inner"]\n'),
      ...below('libs/inner', project('inner')),
      'pylock.toml': lock
    }
    expect(await modules(await build(source))).toEqual({ app: 'VERSION = None', inner: 'VERSION = None' })
  })

  it('a folder outside of the layer is refused', async () => {
    await expect(build({ 'requirements.txt': `${strangers}\n` })).rejects.toThrow(/^ARCHIVE_UNSAFE_PATH/)
  })
})

describe('F121 never a stranger’s package of the same name', () => {
  it.each([
    ['a workspace', '[tool.uv.workspace]\nmembers = ["libs/*"]\n'],
    ['poetry', '[tool.poetry.dependencies]\ninner = { path = "libs/inner" }\n']
  ])('%s, and pip alone: refused', async (_, sources) => {
    const source = {
      ...project('app', `dependencies = ["inner"]\n${sources}`),
      ...below('libs/inner', project('inner'))
    }
    await expect(build(source)).rejects.toThrow(/^BUILD_FAILED: .*tool\..* inner.*pip/)
  })

  it('sources of what is no dependency are nobody’s business; the index may be asked', async () => {
    const source = project('app', 'dependencies = ["inner"]\n[tool.uv.sources]\nother = { path = "x" }\n')
    expect(await modules(await build(source))).toEqual({ app: 'VERSION = None', inner: "VERSION = 'a stranger'" })
  })
})
