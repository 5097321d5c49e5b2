import { describe, expect, it } from '@jest/globals'
import { chooseMethod, packagesOf, type FolderEntry } from '../../../src/build-layers/source/choose-method.js'

/** `python/` a folder, `pkg/+` a package, anything else a file. */
function folder(...names: string[]): FolderEntry[] {
  return names.map(name => ({
    name: name.replace(/\/\+?$/, ''),
    kind: /\/\+?$/.test(name) ? 'folder' : 'file',
    isPackage: name.endsWith('/+')
  }))
}
const detect = { kind: 'detect', installer: 'auto' } as const
const choice = { installer: 'auto', sourceDistributions: false } as const
const packaged = '[build-system]\nrequires = []\n[project]\nname = "da"\n'

describe('chooseMethod', () => {
  it.each([
    ['python/ before everything', ['python/', 'pyproject.toml', 'requirements.txt'], { kind: 'prebuilt' }],
    ['pyproject.toml', ['pyproject.toml', 'requirements.txt', 'lib/'], { kind: 'project', ...choice, lock: null }],
    ['setup.py', ['setup.py', 'da_flask/+'], { kind: 'project', ...choice, lock: null }],
    [
      'requirements.txt and the packages',
      ['requirements.txt', 'da_flask/+', 'tool.py', 'bin/', 'tests/+', 'data/'],
      { kind: 'requirements', ...choice, requirements: 'requirements.txt', source: ['da_flask', 'tool.py'] }
    ],
    ['nodejs/', ['nodejs/', 'README.md'], { kind: 'prebuilt' }],
    ['bin/', ['bin/'], { kind: 'prebuilt' }],
    ['lib/', ['lib/'], { kind: 'prebuilt' }]
  ])('without a recipe takes %s', (_, names, method) => {
    expect(chooseMethod(detect, folder(...names), packaged)).toEqual(method)
  })

  const virtual = '[project]\nname = "da"\n'
  const locked = (lock: string) => ({ kind: 'locked', ...choice, lock, folder: '.', source: ['da_flask'] })
  it.each([
    ['a project with what uv.lock pins', packaged, ['uv.lock'], { kind: 'project', ...choice, lock: 'uv.lock' }],
    ['uv.lock of no package', virtual, ['uv.lock'], locked('uv.lock')],
    ['uv.lock, said to be no package', `${packaged}[tool.uv]\npackage = false\n`, ['uv.lock'], locked('uv.lock')],
    ['a project with poetry.lock', packaged, ['poetry.lock'], { kind: 'project', ...choice, lock: 'poetry.lock' }],
    ['poetry.lock of no package', '[tool.poetry]\npackage-mode = false\n', ['poetry.lock'], locked('poetry.lock')],
    ['Pipfile.lock', '[tool.black]\nline-length = 100\n', ['Pipfile.lock', 'requirements.txt'], locked('Pipfile.lock')],
    [
      'requirements.txt beside a pyproject.toml that only sets up linters',
      '[tool.ruff]\n# [project]\n',
      ['requirements.txt'],
      { kind: 'requirements', ...choice, requirements: 'requirements.txt', source: ['da_flask'] }
    ]
  ])('without a recipe takes %s', (_, pyproject, names, method) => {
    expect(chooseMethod(detect, folder('pyproject.toml', 'da_flask/+', ...names), pyproject)).toEqual(method)
  })

  it('takes a lock that the recipe names as requirements', () => {
    const recipe = { kind: 'requirements', requirements: 'deps/uv.lock', installer: 'auto', source: [] } as const
    const { kind, ...rest } = { ...locked('uv.lock'), folder: 'deps/', source: [] }
    expect(chooseMethod(recipe, folder('deps/'), '')).toEqual({ kind, ...rest })
  })

  it('does what the recipe says, whatever is there', () => {
    const command = { kind: 'command', command: 'make' } as const
    expect(chooseMethod(command, folder('python/'), '')).toEqual(command)
    const recipe = {
      kind: 'requirements',
      requirements: 'req/prod.txt',
      installer: 'pip',
      sourceDistributions: true
    } as const
    expect(chooseMethod({ ...recipe, source: ['src/x'] }, folder('python/'), '')).toEqual({
      ...recipe,
      source: ['src/x']
    })
    expect(chooseMethod({ ...recipe, source: null }, folder('python/', 'da/+'), '')).toEqual({
      ...recipe,
      source: ['da']
    })
    expect(chooseMethod({ ...recipe, source: [] }, folder('da/+'), '')).toEqual({ ...recipe, source: [] })
  })

  it.each([
    [[], 'an empty folder'],
    [['README.md', 'src/', 'a', 'b', 'c', 'd'], 'only README.md, a, b, c, d and 1 more'],
    // Files of these names are no layouts, folders of these names no recipes.
    [['python', 'requirements.txt/'], 'only python, requirements.txt/']
  ])('F40 refuses a folder with nothing to build from: %j', (names, found) => {
    const refused = () => chooseMethod(detect, folder(...names), packaged)
    expect(refused).toThrow(/^ARCHIVE_LAYOUT: Expected python\/, pyproject.toml, setup.py, requirements.txt/)
    expect(refused).toThrow(`found ${found}. To fix: add`)
  })
})

describe('packagesOf', () => {
  it('takes packages and modules, not what belongs to the project around them', () => {
    const names = [
      'zeta/+',
      'utils/+',
      'alpha.py',
      'tests/+',
      'test/+',
      'docs/+',
      'build/+',
      'setup.py',
      'conftest.py',
      'noxfile.py'
    ]
    expect(packagesOf(folder(...names, 'plain/', '.hidden.py', 'notes.txt'))).toEqual(['alpha.py', 'utils', 'zeta'])
  })
})
