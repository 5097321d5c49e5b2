import { afterAll, describe, expect, it } from '@jest/globals'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { listContent } from '../../../src/build-layers/archive/list-content.js'
import {
  cleanInstalled,
  cleanRecord,
  cleanShebang,
  entryPointScripts
} from '../../../src/build-layers/install/clean-installed.js'
import { scratchFolders } from '../scratch.js'

const scratch = scratchFolders()
afterAll(() => {
  scratch.remove()
})

const record = [
  'flask/app.py,sha256=abc,12',
  'flask/__pycache__/app.cpython-310.pyc,,',
  '../../bin/flask,sha256=def,217',
  'bin/other,sha256=def,217',
  'flask/bin/kept.py,sha256=ghi,5',
  'flask-3.dist-info/INSTALLER,sha256=pip,4',
  'flask-3.dist-info/REQUESTED,sha256=x,0',
  'flask-3.dist-info/direct_url.json,sha256=y,46',
  'flask-3.dist-info/RECORD,,',
  '"odd, name/INSTALLER",sha256=z,1'
]

describe('cleanRecord', () => {
  it('drops what was removed, keeps and sorts the rest, and forgets the digests of scripts', () => {
    const cleaned = cleanRecord(record.join('\r\n') + '\r\n')
    expect(cleaned.split('\n')).toEqual([
      '"odd, name/INSTALLER",sha256=z,1',
      'bin/flask,,',
      'bin/other,,',
      'flask-3.dist-info/RECORD,,',
      'flask/app.py,sha256=abc,12',
      'flask/bin/kept.py,sha256=ghi,5',
      ''
    ])
    expect(cleanRecord([...record].reverse().join('\n'))).toBe(cleaned)
    expect(cleanRecord(cleaned)).toBe(cleaned)
  })
})

describe('cleanShebang', () => {
  it.each([
    ['#!/opt/hostedtoolcache/Python/3.11/x64/bin/python3\nimport sys\n', '#!/usr/bin/env python3\nimport sys\n'],
    ['#!/tmp/venv/bin/python3.11 -E\nx', '#!/usr/bin/env python3\nx'],
    [
      "#!/bin/sh\n'''exec' \"/a very long/bin/python3\" \"$0\" \"$@\"\n' '''\nimport sys\n",
      '#!/usr/bin/env python3\nimport sys\n'
    ],
    ['#!/bin/sh\necho python\n', '#!/bin/sh\necho python\n'],
    ['\x7fELF/python\n', '\x7fELF/python\n']
  ])('%j', (before, after) => {
    expect(cleanShebang(before)).toBe(after)
  })
})

describe('entryPointScripts', () => {
  it('writes each command as one text, whoever installed it', () => {
    const text =
      '[console_scripts]\nflask = flask.cli:main\n# no = x:y\na-b=m:Group.run [extra]\n[gui_scripts]\ng = g:g\n[flask.commands]\nx = y:z\nbroken\n'
    const scripts = entryPointScripts(text)
    expect([...scripts.keys()]).toEqual(['flask', 'a-b', 'g'])
    expect(scripts.get('a-b')).toBe(
      '#!/usr/bin/env python3\nimport sys\nfrom m import Group\nif __name__ == "__main__":\n    sys.exit(Group.run())\n'
    )
    expect(entryPointScripts('')).toEqual(new Map())
  })

  it('replaces what an installer wrote, not what somebody wrote by hand', async () => {
    const byHand = '#!/bin/sh\nexec true\n'
    const folder = scratch.make({
      'bin/one': { executable: '#!/tmp/x/python\nimport re\nimport sys\nfrom pkg import main\nsys.exit(main())\n' },
      'bin/two': { executable: byHand },
      'pkg-1.dist-info/entry_points.txt': '[console_scripts]\none = pkg:main\ntwo = pkg:main\n'
    })
    await cleanInstalled(folder)
    expect(readFileSync(join(folder, 'bin/one'), 'utf8')).toBe(
      entryPointScripts('[console_scripts]\none = pkg:main').get('one')
    )
    expect(readFileSync(join(folder, 'bin/two'), 'utf8')).toBe(byHand)
  })
})

describe('cleanInstalled', () => {
  it('removes bytecode, notes and the lock, and keeps everything else', async () => {
    const folder = scratch.make({
      '.lock': '',
      'bin/tool': { executable: '#!/some/where/python\nrun' },
      'pkg/__init__.py': 'x',
      'pkg/INSTALLER': 'data of a package',
      'pkg/__pycache__/a.pyc': '',
      'pkg/deep/__pycache__/b.pyc': '',
      '__pycache__/c.pyc': '',
      'pkg-1.dist-info/INSTALLER': 'pip',
      'pkg-1.dist-info/direct_url.json': '{}',
      'pkg-1.dist-info/uv_cache.json': '{}',
      'pkg-1.dist-info/METADATA': 'Name: pkg',
      'pkg-1.dist-info/RECORD': 'b,,\na,,\n'
    })
    await cleanInstalled(folder)
    const entries = await listContent(folder)
    expect(entries.map(({ path }) => path)).toEqual([
      'bin/tool',
      'pkg-1.dist-info/METADATA',
      'pkg-1.dist-info/RECORD',
      'pkg/INSTALLER',
      'pkg/__init__.py'
    ])
    expect(entries[0]).toMatchObject({ executable: true })
    expect(readFileSync(join(folder, 'bin/tool'), 'utf8')).toBe('#!/usr/bin/env python3\nrun')
    expect(readFileSync(join(folder, 'pkg-1.dist-info/RECORD'), 'utf8')).toBe('a,,\nb,,\n')
  })
})
