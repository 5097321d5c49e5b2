import { describe, expect, it } from '@jest/globals'
import { chooseMethod, packagesOf, type FolderEntry } from '../../../src/build-layers/source/choose-method.js'
import type { LayerFolder } from '../../../src/build-layers/source/layer-folder.js'

/** `python/` a folder, `pkg/+` a package, anything else a file. */
function folder(...names: string[]): FolderEntry[] {
  return names.map(name => ({
    name: name.replace(/\/\+?$/, ''),
    kind: /\/\+?$/.test(name) ? 'folder' : 'file',
    isPackage: name.endsWith('/+')
  }))
}
/** `unmet`: lists of dependencies that name what python/ lacks. */
const holding = (entries: FolderEntry[], pyproject = '', unmetLists: string[] = [], setup = ''): LayerFolder => ({
  entries,
  pyproject,
  setup,
  unmetLists
})
const detect = { kind: 'detect', installer: 'auto' } as const
const choice = { installer: 'auto', sourceDistributions: false } as const
const packaged = '[build-system]\nrequires = []\n[project]\nname = "da"\n'

describe('chooseMethod', () => {
  it.each([
    ['python/ before a list of dependencies', ['python/', 'requirements.txt'], { kind: 'prebuilt', taken: ['python'] }],
    ['a project before python/', ['python/', 'pyproject.toml'], { kind: 'project', ...choice, lock: null }],
    ['pyproject.toml', ['pyproject.toml', 'requirements.txt', 'lib/'], { kind: 'project', ...choice, lock: null }],
    ['setup.py', ['setup.py', 'da_flask/+'], { kind: 'project', ...choice, lock: null }],
    [
      'requirements.txt and the packages',
      ['requirements.txt', 'da_flask/+', 'tool.py', 'bin/', 'tests/+', 'docs/', 'README.md'],
      { kind: 'requirements', ...choice, requirements: 'requirements.txt', source: ['da_flask', 'tool.py'] }
    ],
    ['nodejs/', ['nodejs/', 'README.md'], { kind: 'prebuilt', taken: ['nodejs'] }],
    ['bin/', ['bin/'], { kind: 'prebuilt', taken: ['bin'] }],
    ['lib/', ['lib/'], { kind: 'prebuilt', taken: ['lib'] }]
  ])('without a recipe takes %s', (_, names, method) => {
    expect(chooseMethod(detect, holding(folder(...names), names.includes('pyproject.toml') ? packaged : ''))).toEqual(
      method
    )
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
    expect(chooseMethod(detect, holding(folder('pyproject.toml', 'da_flask/+', ...names), pyproject))).toEqual(method)
  })

  it('takes a lock that the recipe names as requirements', () => {
    const recipe = { kind: 'requirements', requirements: 'deps/uv.lock', installer: 'auto', source: [] } as const
    const { kind, ...rest } = { ...locked('uv.lock'), folder: 'deps/', source: [] }
    expect(chooseMethod(recipe, holding(folder('deps/'), ''))).toEqual({ kind, ...rest })
  })

  it('does what the recipe says, whatever is there', () => {
    const command = { kind: 'command', command: 'make' } as const
    expect(chooseMethod(command, holding(folder('python/'), ''))).toEqual(command)
    const recipe = {
      kind: 'requirements',
      requirements: 'req/prod.txt',
      installer: 'pip',
      sourceDistributions: true
    } as const
    expect(chooseMethod({ ...recipe, source: ['src/x'] }, holding(folder('python/')))).toEqual({
      ...recipe,
      source: ['src/x']
    })
    expect(chooseMethod({ ...recipe, source: null }, holding(folder('da/+')))).toEqual({
      ...recipe,
      source: ['da']
    })
    expect(chooseMethod({ ...recipe, source: [] }, holding(folder('da/+')))).toEqual({ ...recipe, source: [] })
  })

  it.each([
    [[], 'an empty folder'],
    [['README.md', 'src/', 'a', 'b', 'c', 'd'], 'only README.md, a, b, c, d and 1 more'],
    // Files of these names are no layouts, folders of these names no recipes.
    [['python', 'requirements.txt/'], 'only python, requirements.txt/']
  ])('F40 refuses a folder with nothing to build from: %j', (names, found) => {
    const refused = () => chooseMethod(detect, holding(folder(...names)))
    expect(refused).toThrow(/^ARCHIVE_LAYOUT: Expected python\/, pyproject.toml, setup.py, requirements.txt/)
    expect(refused).toThrow(`found ${found}. To fix: add`)
  })
})

describe('F114 what would be left out of a layer is refused', () => {
  const link = (name: string): FolderEntry => ({ name, kind: 'other', isPackage: false, leadsOut: true })
  const namespace = (name: string): FolderEntry => ({ name, kind: 'folder', isPackage: true, isNamespace: true })
  const noDependencies = '[project]\nname = "da"\n[tool.ruff]\ndependencies = ["x"]\n'

  it.each<[string, LayerFolder, string]>([
    [
      'requirements.txt beside python/',
      holding(folder('python/', 'requirements.txt'), '', ['requirements.txt']),
      'build.requirements: requirements.txt'
    ],
    [
      'requirements.txt in python/',
      holding(folder('python/'), '', ['python/requirements.txt']),
      'python/requirements.txt'
    ],
    ['Pipfile beside python/', holding(folder('python/', 'Pipfile'), '', ['Pipfile']), 'build.method: prebuilt'],
    ['a package beside python/', holding(folder('python/', 'da_common/+')), 'da_common/ beside python/'],
    ['a module beside lib/', holding(folder('lib/', 'tool.py')), 'tool.py beside lib/'],
    ['src/ beside python/', holding([...folder('python/'), namespace('src')]), 'src/ beside python/'],
    ['a link out beside python/', holding([...folder('python/'), link('da_common')]), 'da_common beside python/'],
    ['src/ beside requirements.txt', holding([...folder('requirements.txt'), namespace('src')]), 'build.source'],
    [
      'a link out beside requirements.txt',
      holding([...folder('requirements.txt', 'da/+'), link('common')]),
      'common, a link'
    ],
    ['a link out of a project', holding([...folder('setup.py', 'da/+'), link('common')]), 'common, a link'],
    [
      'data beside modules',
      holding(folder('requirements.txt', 'tool.py', 'schema.json')),
      'schema.json beside tool.py'
    ],
    [
      'a folder of data beside modules',
      holding(folder('requirements.txt', 'tool.py', 'templates/')),
      'templates/ beside tool.py'
    ],
    [
      'requirements.txt beside a setup.py without dependencies',
      holding(folder('setup.py', 'requirements.txt'), '', ['requirements.txt'], 'setup(name="da")\n'),
      'name them in setup.py'
    ],
    [
      'requirements.txt beside a [project] without dependencies',
      holding(folder('pyproject.toml', 'requirements.txt'), noDependencies, ['requirements.txt']),
      'build.method: project'
    ]
  ])('ARCHIVE_LAYOUT: %s', (_, given, words) => {
    const refused = () => chooseMethod(detect, given)
    expect(refused).toThrow(/^ARCHIVE_LAYOUT: /)
    expect(refused).toThrow(words)
  })

  it.each<[string, LayerFolder, string]>([
    ['what python/ holds already', holding(folder('python/', 'requirements.txt')), 'prebuilt'],
    [
      'what people and tools read',
      holding([
        ...folder('python/', 'README.md', 'Makefile', 'tox.ini', '.github/', 'docs/', 'tests/+', 'noxfile.py'),
        namespace('scripts'),
        link('LICENSE')
      ]),
      'prebuilt'
    ],
    ['a pyproject.toml of linters', holding(folder('python/', 'pyproject.toml'), '[tool.ruff]\n'), 'prebuilt'],
    [
      'a [project] whose dependencies are dynamic',
      holding(folder('pyproject.toml', 'requirements.txt'), '[project]\ndynamic = ["dependencies"]\n', [
        'requirements.txt'
      ]),
      'project'
    ],
    ...[
      'project.name = "da"\nproject.dependencies = ["x"]\n',
      '[tool.flit.metadata]\nrequires = ["x"]\n[project]\n'
    ].map((text): [string, LayerFolder, string] => [
      `dependencies in ${text}`,
      holding(folder('pyproject.toml', 'requirements.txt'), `${text}[build-system]\n`, ['requirements.txt']),
      'project'
    ]),
    ...['setup(install_requires=["x"])', 'setup(requires=open("requirements.txt"))', 'setup(pbr=True)'].map(
      (text): [string, LayerFolder, string] => [
        text,
        holding(folder('setup.py', 'requirements.txt'), '', ['requirements.txt'], text),
        'project'
      ]
    ),
    ['data beside packages', holding(folder('requirements.txt', 'da/+', 'schema.json')), 'requirements'],
    [
      'a list for developers',
      holding(folder('requirements.txt', 'requirements-dev.txt', 'tool.py', 'Dockerfile')),
      'requirements'
    ]
  ])('%s is no reason', (_, given, kind) => {
    expect(chooseMethod(detect, given)).toMatchObject({ kind })
  })

  it('a package without __init__.py is one', () => {
    const given = holding([...folder('requirements.txt'), namespace('da')])
    expect(chooseMethod(detect, given)).toMatchObject({ kind: 'requirements', source: ['da'] })
  })

  it('build.method forces one', () => {
    const both = holding(folder('python/', 'pyproject.toml', 'requirements.txt', 'da/+'), packaged, [
      'requirements.txt'
    ])
    const of = (method: 'project' | 'requirements' | 'prebuilt') => chooseMethod({ ...detect, method }, both)
    expect(of('project')).toMatchObject({ kind: 'project' })
    expect(of('prebuilt')).toEqual({ kind: 'prebuilt', taken: ['python'] })
    expect(of('requirements')).toMatchObject({
      kind: 'requirements',
      requirements: 'requirements.txt',
      source: ['python', 'da']
    })
    for (const method of ['project', 'requirements', 'prebuilt'] as const)
      expect(() => chooseMethod({ ...detect, method }, holding(folder('README.md')))).toThrow(/^ARCHIVE_LAYOUT: /)
  })

  it('build.requirements beside python/ installs into a copy of it, with lib/ and bin/', () => {
    const recipe = { kind: 'requirements', requirements: 'requirements.txt', installer: 'pip', source: null } as const
    expect(
      chooseMethod(recipe, holding(folder('python/', 'lib/', 'requirements.txt'), '', ['requirements.txt']))
    ).toMatchObject({
      source: ['python'],
      besidePython: ['lib']
    })
  })

  it('F119 build.source names what else of a prebuilt folder counts', () => {
    expect(
      chooseMethod({ ...detect, source: ['config.json'] }, holding(folder('python/', 'bin/', 'config.json')))
    ).toEqual({
      kind: 'prebuilt',
      taken: ['python', 'bin', 'config.json']
    })
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
