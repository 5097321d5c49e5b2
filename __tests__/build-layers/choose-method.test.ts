import { describe, expect, it } from '@jest/globals'
import { chooseMethod, packagesOf, type FolderEntry } from '../../src/build-layers/choose-method.js'

/** `python/` a folder, `pkg/+` a package, anything else a file. */
function folder(...names: string[]): FolderEntry[] {
  return names.map(name => ({
    name: name.replace(/\/\+?$/, ''),
    kind: /\/\+?$/.test(name) ? 'folder' : 'file',
    isPackage: name.endsWith('/+')
  }))
}
const detect = { kind: 'detect', installer: 'auto' } as const

describe('chooseMethod', () => {
  it.each([
    ['python/ before everything', ['python/', 'pyproject.toml', 'requirements.txt'], { kind: 'prebuilt' }],
    ['pyproject.toml', ['pyproject.toml', 'requirements.txt', 'lib/'], { kind: 'project', installer: 'auto' }],
    ['setup.py', ['setup.py', 'da_flask/+'], { kind: 'project', installer: 'auto' }],
    [
      'requirements.txt and the packages',
      ['requirements.txt', 'da_flask/+', 'tool.py', 'bin/', 'tests/+', 'data/'],
      { kind: 'requirements', installer: 'auto', requirements: 'requirements.txt', source: ['da_flask', 'tool.py'] }
    ],
    ['nodejs/', ['nodejs/', 'README.md'], { kind: 'prebuilt' }],
    ['bin/', ['bin/'], { kind: 'prebuilt' }],
    ['lib/', ['lib/'], { kind: 'prebuilt' }]
  ])('without a recipe takes %s', (_, names, method) => {
    expect(chooseMethod(detect, folder(...names))).toEqual(method)
  })

  it('does what the recipe says, whatever is there', () => {
    const command = { kind: 'command', command: 'make' } as const
    expect(chooseMethod(command, folder('python/'))).toEqual(command)
    const recipe = { kind: 'requirements', requirements: 'req/prod.txt', installer: 'pip' } as const
    expect(chooseMethod({ ...recipe, source: ['src/x'] }, folder('python/'))).toEqual({ ...recipe, source: ['src/x'] })
    expect(chooseMethod({ ...recipe, source: null }, folder('python/', 'da/+'))).toEqual({ ...recipe, source: ['da'] })
    expect(chooseMethod({ ...recipe, source: [] }, folder('da/+'))).toEqual({ ...recipe, source: [] })
  })

  it.each([
    [[], 'an empty folder'],
    [['README.md', 'src/', 'a', 'b', 'c', 'd'], 'only README.md, a, b, c, d and 1 more'],
    // Files of these names are no layouts, folders of these names no recipes.
    [['python', 'requirements.txt/'], 'only python, requirements.txt/']
  ])('F40 refuses a folder with nothing to build from: %j', (names, found) => {
    const refused = () => chooseMethod(detect, folder(...names))
    expect(refused).toThrow(/^ARCHIVE_LAYOUT: expected python\/, pyproject.toml, setup.py, requirements.txt/)
    expect(refused).toThrow(`found ${found}; do add`)
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
