/** What of a layer's folder comes into the archive, through real folders. */
import { afterAll, describe, expect, it } from '@jest/globals'
import { buildLayer } from '../../src/build-layers/build-layer.js'
import { readLayerFolder } from '../../src/build-layers/source/layer-folder.js'
import type { Artifact, BuildRecipe } from '../../src/model/index.js'
import { layer, recordedLog, runnerWith, scratchFolders, zipRows, type Tree } from './scratch.js'

const scratch = scratchFolders()
afterAll(() => {
  scratch.remove()
})

/** Without any Python or installer: what is refused, or taken as it is. */
function build(source: Tree, recipe: Partial<BuildRecipe> = {}, log = recordedLog()): Promise<Artifact> {
  const request = { layer: layer(recipe), sourceDirectory: scratch.make(source), outputDirectory: scratch.make() }
  return buildLayer({ ...request, python: 'no-such-python' }, { process: runnerWith({ PATH: '/nonexistent' }), log })
}
const namesIn = async (artifact: Artifact): Promise<readonly string[]> =>
  (await zipRows(artifact.file)).map(({ name }) => name)
const layout = ({ verdicts }: Artifact) => verdicts.find(({ guard }) => guard === 'ARCHIVE_LAYOUT')

const prebuilt: Tree = { 'python/da_flask.py': 'VERSION = 1\n', 'lib/libx.txt': 'x', 'bin/tool': 'x' }

describe('F119 of a prebuilt folder', () => {
  it('what people, editors and CI read makes no other content', async () => {
    const log = recordedLog()
    const more = { 'README.md': 'x', '.gitignore': 'x', '.github/workflows/ci.yml': 'x', '.vscode/settings.json': '{}' }
    const [plain, among] = [await build(prebuilt), await build({ ...prebuilt, ...more }, {}, log)]
    expect(await namesIn(among)).toEqual(['bin/tool', 'lib/libx.txt', 'python/da_flask.py'])
    expect(among.contentDigest).toBe(plain.contentDigest)
    expect(log.lines.join('\n')).toMatch(/Not in the layer: .*README.md/)
  })

  it('build.source names what else counts, and what it names must be there', async () => {
    const recipe = {
      kind: 'detect',
      installer: 'auto',
      method: 'prebuilt',
      source: ['data/a.json']
    } as Partial<BuildRecipe>
    const source = { ...prebuilt, 'data/a.json': '1', 'data/b.json': '2' }
    expect(await namesIn(await build(source, recipe))).toContain('data/a.json')
    expect(await namesIn(await build(source, recipe))).not.toContain('data/b.json')
    await expect(build(prebuilt, recipe)).rejects.toThrow(/^BUILD_FAILED: .*data\/a.json/)
  })
})

describe('F114 a folder whose code or lists would be left out', () => {
  it.each<[string, Tree, RegExp]>([
    ['a list beside python/', { ...prebuilt, 'requirements.txt': 'flask==3.1.0\n' }, /requirements.txt/],
    ['a list in python/', { ...prebuilt, 'python/requirements.txt': 'flask\n' }, /python\/requirements.txt/],
    [
      'a project in python/',
      { ...prebuilt, 'python/pyproject.toml': '[project]\ndependencies = ["flask"]\n' },
      /python\/pyproject.toml/
    ],
    [
      'dependencies in pyproject.toml',
      { ...prebuilt, 'pyproject.toml': '[project]\nname = "x"\ndependencies = [\n  "flask",\n]\n' },
      /pyproject.toml/
    ],
    ['a package beside it', { ...prebuilt, 'da_common/__init__.py': '' }, /da_common/],
    ['a namespace package beside it', { ...prebuilt, 'da_common/db/tool.py': '' }, /da_common/],
    ['src/', { 'requirements.txt': 'flask\n', 'src/da/__init__.py': '' }, /src/],
    ['a link out of it', { 'requirements.txt': 'flask\n', 'da.py': '', common: { link: '../common' } }, /common/],
    ['data beside modules', { 'requirements.txt': 'flask\n', 'da.py': '', 'data/x.json': '{}' }, /data/]
  ])('ARCHIVE_LAYOUT: %s', async (_, source, found) => {
    await expect(build(source)).rejects.toThrow(/^ARCHIVE_LAYOUT: /)
    await expect(build(source)).rejects.toThrow(found)
  })

  it('a list whose packages python/ holds, in the versions that it pins, is met', async () => {
    const vendored = { ...prebuilt, 'python/flask/__init__.py': '', 'python/Flask-3.1.0.dist-info/RECORD': '' }
    const list = (text: string) => ({ ...vendored, 'requirements.txt': text })
    expect(
      await namesIn(await build(list('flask[async] ==3.1.0  # pinned\n# six\n--index-url https://x\n')))
    ).toContain('python/flask/__init__.py')
    await expect(build(list('flask==3.1.1\n'))).rejects.toThrow(/^ARCHIVE_LAYOUT/)
    await expect(build(list('-r other.txt\n'))).rejects.toThrow(/^ARCHIVE_LAYOUT/)
  })

  it('build.method: prebuilt takes it as it is', async () => {
    const recipe = { kind: 'detect', installer: 'auto', method: 'prebuilt' } as Partial<BuildRecipe>
    const source = { ...prebuilt, 'requirements.txt': 'flask\n', 'da_common/__init__.py': '' }
    expect(await namesIn(await build(source, recipe))).toEqual(['bin/tool', 'lib/libx.txt', 'python/da_flask.py'])
  })

  it('links inside are followed, links out are told apart', async () => {
    const { entries } = await readLayerFolder(
      scratch.make({ 'da/__init__.py': '', inside: { link: 'da' }, out: { link: '..' }, gone: { link: 'x' } })
    )
    const by = Object.fromEntries(entries.map(entry => [entry.name, entry]))
    expect(by['inside']).toMatchObject({ kind: 'folder', isPackage: true })
    expect([by['out']?.leadsOut, by['gone']?.leadsOut, by['inside']?.leadsOut]).toEqual([true, true, undefined])
  })
})

describe('F115 a pointer instead of code', () => {
  it.each<[string, Tree]>([
    ['.pth', { 'python/inner.pth': '/home/runner/work/libs/inner\n' }],
    [
      'editable .pth in site-packages',
      { 'python/lib/python3.10/site-packages/__editable__.inner-1.0.pth': '/tmp/inner/src' }
    ],
    [
      'finder of setuptools',
      { 'python/__editable___inner_1_0_finder.py': "MAPPING = {'inner': '/tmp/inner/inner'}\n" }
    ],
    ['egg-link', { 'python/inner.egg-link': '/tmp/inner\n.' }]
  ])('ARCHIVE_LAYOUT: %s', async (_, tree) => {
    expect(layout(await build({ 'python/da.py': '', ...tree }))).toMatchObject({
      passed: false,
      finding: { found: expect.stringContaining(Object.keys(tree)[0] ?? '') }
    })
  })

  it('a .pth that stays in the layer is none', async () => {
    const tree = {
      'python/da.py': '',
      'python/a.pth': 'vendored\nimport sys; sys.path\n',
      'python/b.pth': "import os; os.getenv('X')\n"
    }
    expect(layout(await build(tree))).toMatchObject({ passed: true })
  })
})
