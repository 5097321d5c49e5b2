import { afterAll, describe, expect, it } from '@jest/globals'
import { join } from 'node:path'
import { readRequirements } from '../../../../src/build-layers/install/requirements/requirement-list.js'
import { scratchFolders } from '../../scratch.js'

const scratch = scratchFolders()
afterAll(() => {
  scratch.remove()
})

const read = async (text: string) => {
  const folder = scratch.make({
    'requirements.txt': text,
    'more/base.txt': 'idna\n-c limits.txt\n./near\n',
    'more/near/setup.py': '',
    'libs/inner/setup.py': ''
  })
  return { folder, lines: await readRequirements(join(folder, 'requirements.txt')) }
}

describe('F120 a requirements list', () => {
  it('keeps options and names, joins lines, drops comments, and follows -r with paths of the file that it is in', async () => {
    const { folder, lines } = await read(
      '--index-url https://index.example/simple\n# a comment\nflask==3.1.0 \\\n    --hash=sha256:00  # why\n-r more/base.txt\n'
    )
    expect(lines).toEqual([
      { kind: 'option', text: '--index-url https://index.example/simple' },
      expect.objectContaining({ kind: 'named', name: 'flask', marker: '' }),
      expect.objectContaining({ kind: 'named', name: 'idna' }),
      { kind: 'option', text: `-c ${join(folder, 'more/limits.txt')}` },
      { kind: 'folder', path: join(folder, 'more/near'), extras: '', marker: '' }
    ])
  })

  it.each([
    ['-e ./libs/inner', ''],
    ['-elibs/inner', ''],
    ['--editable libs/inner/  # ours', ''],
    ['--editable=libs/inner[fast]', '[fast]'],
    ['libs/inner', ''],
    ['inner @ file:libs/inner', ''],
    ['inner[fast] @ file:./libs/inner', '[fast]']
  ])('%s is the folder', async (text, extras) => {
    const { folder, lines } = await read(`${text}\n`)
    expect(lines).toEqual([{ kind: 'folder', path: join(folder, 'libs/inner'), extras, marker: '' }])
  })

  it.each([
    ['git+https://h.example/a/b.git@0123abc', 'https://h.example/a/b.git', '0123abc', ''],
    ['-e git+ssh://git@h.example/a/b.git#egg=b&subdirectory=x/y', 'ssh://git@h.example/a/b.git', '', 'x/y'],
    ['b @ git+https://h.example/a/b@v1 ; python_version < "3.12"', 'https://h.example/a/b', 'v1', '']
  ])('%s is a repository', async (text, url, revision, subdirectory) => {
    const { lines } = await read(`${text}\n`)
    expect(lines).toMatchObject([{ kind: 'repository', repository: { url, revision, subdirectory } }])
  })

  it('F115 folders are looked for where the installer runs, then beside the list that names them', async () => {
    const folder = scratch.make({
      'more/base.txt': '-e ./libs/inner\n-e ./near\n-e ./gone\n',
      'more/near/setup.py': '',
      'more/libs/inner/setup.py': '',
      'libs/inner/setup.py': ''
    })
    expect(await readRequirements(join(folder, 'more/base.txt'), join(folder, 'more'), folder)).toMatchObject([
      { kind: 'folder', path: join(folder, 'libs/inner') },
      { kind: 'folder', path: join(folder, 'more/near') },
      { kind: 'named', text: './gone' }
    ])
  })

  it('conditions stand apart from digests and addresses', async () => {
    const { lines } = await read(
      'tomli==2.0 ; python_version < "3.11" --hash=sha256:00\nx @ https://h.example/x;y.whl ; sys_platform == "linux"\n'
    )
    expect(lines.map(line => (line.kind === 'option' ? '' : line.marker))).toEqual([
      'python_version < "3.11"',
      'sys_platform == "linux"'
    ])
  })
})
