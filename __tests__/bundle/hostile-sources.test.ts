/** F141 trees, `.gitmodules`, modules and wheels that somebody made to do harm: whoever can push to a submodule wrote them. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { RunOutcome } from '../../emulators/runner/index.js'
import { makeActionWorld, sandboxAccount, type ActionWorld } from '../support/action-world.js'
import { push } from '../support/events.js'
import type { Files } from '../support/superproject.js'
import { configText } from './config-text.js'
import { codesOf } from './reading.js'
import { chosen, expectBounded, expectRefused, littleMemory } from './hostile-input.js'

const scratch = mkdtempSync(join(tmpdir(), 'hostile-sources-'))
const layers = {
  sub: '{ path: sub }',
  plain: '{ path: plain }',
  listed: '{ path: listed, build: { requirements: requirements.txt } }'
}
let world: ActionWorld
beforeAll(async () => {
  world = await makeActionWorld({
    config: configText({ layers }),
    submodules: { sub: { 'python/sub/__init__.py': '1\n' } },
    files: { 'plain/python/plain.py': '1\n', 'listed/requirements.txt': '' }
  })
})
afterAll(async () => {
  await world.close()
  rmSync(scratch, { recursive: true, force: true })
})
beforeEach(() => world.aws.resetCalls())

const deploy = async (layer: string): Promise<RunOutcome> => {
  const after = await world.superproject.push('test')
  const job = { event: push({ after }), checkout: { branch: 'test', commit: after }, account: sandboxAccount }
  return world.run({ ...job, inputs: { layers: layer }, env: littleMemory })
}
const files = (content: Files) =>
  world.superproject.commitFiles(content, { branch: 'test', from: world.superproject.firstCommit })
/** Where all that a run may touch lies, less what it may: nothing named `pwned` is anywhere. */
const nothingEscaped = () => {
  for (const folder of [world.superproject.directory, dirname(world.superproject.directory), '/tmp', process.cwd()])
    expect(existsSync(join(folder, 'pwned'))).toBe(false)
}
/** A refusal writes nothing; what is no harm after all is deployed. */
function expectHandled(outcome: RunOutcome): void {
  expectBounded(outcome)
  if (outcome.exitCode !== 0) expect(world.aws.writes()).toEqual([])
  nothingEscaped()
}

describe('F141 a tree of a submodule', () => {
  const git = (...args: readonly string[]): string => gitWith('', ...args)
  const gitWith = (input: string | Buffer, ...args: readonly string[]): string => {
    const repository = join(world.superproject.directory, 'remotes', 'sub.git')
    const who = {
      GIT_AUTHOR_NAME: 'x',
      GIT_AUTHOR_EMAIL: 'x@example.com',
      GIT_COMMITTER_NAME: 'x',
      GIT_COMMITTER_EMAIL: 'x@example.com'
    }
    return execFileSync('git', ['-C', repository, ...args], {
      input,
      env: { ...process.env, ...who },
      maxBuffer: 1 << 26
    })
      .toString()
      .trim()
  }
  const blob = (text: string): string => gitWith(text, 'hash-object', '-w', '--stdin')
  type Item = readonly [mode: string, name: string, id: string]
  /** As the bytes say, whatever git thinks of it. */
  const tree = (...items: readonly Item[]): string => {
    const rows = items.map(([mode, name, id]) =>
      Buffer.concat([Buffer.from(`${mode} ${name}\0`), Buffer.from(id, 'hex')])
    )
    return gitWith(Buffer.concat(rows), 'hash-object', '-t', 'tree', '-w', '--stdin', '--literally')
  }
  const file = (name: string, text = 'pwned\n'): Item => ['100644', name, blob(text)]
  const folder = (name: string, ...items: readonly Item[]): Item => ['40000', name, tree(...items)]
  const package_ = (...items: readonly Item[]): readonly Item[] => [folder('python', file('sub.py', '1\n'), ...items)]
  const deep = (levels: number): Item => {
    let item: Item = file('end.txt')
    for (let level = 0; level < levels; level += 1) item = folder('d', item)
    return item
  }

  const trees: readonly (readonly [string, () => readonly Item[]])[] = [
    ['a folder ..', () => package_(folder('..', folder('..', file('pwned'))))],
    ['a file ..', () => package_(file('..'))],
    ['a folder .', () => package_(folder('.', file('pwned')))],
    ['a folder .git with hooks', () => [...package_(), folder('.git', folder('hooks', file('post-checkout')))]],
    ['a folder .GIT', () => package_(folder('.GIT', file('config', '[core]\n\tfsmonitor = touch pwned\n')))],
    ['a folder git~1', () => package_(folder('git~1', file('config')))],
    ['.git in disguise', () => package_(folder('.g\u200cit', file('config')))],
    ['a name with slashes', () => package_(file('../../../pwned'))],
    ['an absolute name', () => package_(file('/tmp/pwned'))],
    ['a name without letters', () => package_(file(''))],
    ['control characters', () => package_(file('\u0001\u001b[31m\u0007.txt'), file('a\nb::error::pwned'))],
    ['a name of 5,000 letters', () => package_(file('n'.repeat(5_000)))],
    ['a name twice', () => package_(file('a.txt'), file('a.txt', 'other\n'))],
    ['a file and a folder of one name', () => package_(file('a'), folder('a', file('pwned')))],
    [
      'a link, and a folder where it leads',
      () => [['120000', 'out', blob(scratch)], folder('out', file('pwned')), ...package_()]
    ],
    ['a link to /etc', () => package_(['120000', 'etc', blob('/etc')])],
    ['a link to /dev/zero', () => package_(['120000', 'zero.py', blob('/dev/zero')])],
    ['links in a circle', () => package_(['120000', 'a', blob('b')], ['120000', 'b', blob('a')])],
    ['a link of 100,000 letters', () => package_(['120000', 'a', blob('x/'.repeat(50_000))])],
    ['1,500 folders in each other', () => package_(deep(1_500))],
    ['200 folders in each other', () => package_(deep(200))],
    [
      '20,000 files',
      () =>
        package_(
          ...Array.from({ length: 20_000 }, (_, index): Item => [
            '100644',
            `f${String(index).padStart(6, '0')}.txt`,
            blobOfAll
          ])
        )
    ],
    ['a gitlink that nothing names', () => package_(['160000', 'inner', '1'.repeat(40)])],
    [
      'a mode that git does not know',
      () => package_(['100777', 'a.txt', blob('x')], ['000000', 'b.txt', blob('x')], ['777777', 'c.txt', blob('x')])
    ],
    ['a folder that is a file', () => package_(['40000', 'a', blob('x')])],
    ['a file that is a folder', () => package_(['100644', 'a', tree(file('b'))])],
    [
      '.gitattributes with a filter',
      () => [file('.gitattributes', '* filter=evil diff=evil export-subst\n'), ...package_()]
    ],
    [
      '.gitmodules of its own that leads out',
      () => [
        file('.gitmodules', '[submodule "x"]\n\tpath = ../../x\n\turl = ext::sh -c "touch% pwned"\n'),
        ...package_(['160000', 'x', '1'.repeat(40)])
      ]
    ]
  ]
  let blobOfAll = ''
  beforeAll(() => {
    blobOfAll = blob('1\n')
  })

  const names = [
    'a folder ..',
    'a folder .git with hooks',
    'control characters',
    'a link, and a folder where it leads',
    'a gitlink that nothing names'
  ]
  it.each(chosen(trees, ...names))(
    'F141 with %s ends',
    async (_name, items) => {
      const commit = git('commit-tree', '-m', 'x', tree(...items()))
      git('update-ref', 'refs/heads/main', commit)
      await files({ sub: { gitlink: commit } })
      const outcome = await deploy('sub')
      expectHandled(outcome)
      expect(existsSync(join(scratch, 'pwned'))).toBe(false)
    },
    120_000
  )
})

describe('F141 .gitmodules', () => {
  const section = '[submodule "sub"]\n\tpath = sub\n\turl = ../sub.git\n'
  const texts: readonly (readonly [string, string])[] = [
    [
      '10,000 sections',
      Array.from(
        { length: 10_000 },
        (_, index) => `[submodule "s${index}"]\n\tpath = p${index}\n\turl = ../sub.git\n`
      ).join('')
    ],
    [
      'one path in 10,000 sections',
      Array.from({ length: 10_000 }, (_, index) => `[submodule "s${index}"]\n\tpath = sub\n\turl = ../sub.git\n`).join(
        ''
      )
    ],
    ['a url of 900 KB', `[submodule "sub"]\n\tpath = sub\n\turl = ../${'x'.repeat(900_000)}.git\n`],
    ['a name of 200 KB', `[submodule "${'n'.repeat(200_000)}"]\n\tpath = sub\n\turl = ../sub.git\n`],
    ['control characters', `[submodule "a\u0001\u001b[31m"]\n\tpath = sub\n\turl = ../sub.git\n`],
    ['a line that never ends', `${section}\tx = "${'y'.repeat(500_000)}`],
    ['bytes that are no text', `${section}\u0000\u0000\u0000`],
    ['100,000 includes', '[include]\n\tpath = /dev/zero\n'.repeat(30_000)]
  ]
  it.each(chosen(texts, 'one path in 10,000 sections', 'bytes that are no text'))(
    'F141 of %s ends',
    async (_name, text) => {
      const commit = world.superproject.firstSubmoduleCommits['sub']!
      await files({ '.gitmodules': text, sub: { gitlink: commit } })
      expectHandled(await deploy('sub'))
    },
    120_000
  )
})

describe('F141 modules', () => {
  const chain = Object.fromEntries(
    Array.from({ length: 6_000 }, (_, index) => [`plain/python/m${index}.py`, `import m${index + 1}\n`])
  )
  const sources: readonly (readonly [string, Files])[] = [
    ['imports of 6,000 modules in a chain', { ...chain, 'plain/python/m6000.py': '1\n' }],
    [
      'a line of one name',
      { 'plain/python/p/__init__.py': `from . import a\n${'a,'.repeat(400_000)}\n`, 'plain/python/p/a.py': '1\n' }
    ],
    ['a line of one bracket', { 'plain/python/p.py': '('.repeat(900_000) }],
    ['a text that never ends', { 'plain/python/p.py': `"""${'\\'.repeat(900_000)}` }],
    [
      'blocks in each other',
      { 'plain/python/p.py': Array.from({ length: 1_200 }, (_, index) => `${' '.repeat(index)}if True:\n`).join('') }
    ],
    [
      'try in try',
      { 'plain/python/p.py': Array.from({ length: 90 }, (_, index) => `${' '.repeat(index)}try:\n`).join('') }
    ],
    [
      'names of regular expressions',
      { 'plain/python/a(b[/__init__.py': 'from . import c\n', 'plain/python/a(b[/c).py': 'from . import *\n' }
    ],
    [
      'a distribution of 900 KB',
      {
        'plain/python/x-1.dist-info/METADATA': `Name: ${'x'.repeat(900_000)}\nVersion: 1\n`,
        'plain/python/x-1.dist-info/RECORD': `${','.repeat(900_000)}\n`
      }
    ],
    [
      'a RECORD that leads out',
      {
        'plain/python/x-1.dist-info/METADATA': 'Name: x\nVersion: 1\n',
        'plain/python/x-1.dist-info/RECORD': '../../../../etc/passwd,,\n/etc/passwd,,\n\u0000,,\n'
      }
    ],
    [
      'a machine code that is none',
      {
        'plain/python/p.so': Buffer.concat([
          Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]),
          Buffer.alloc(100_000, 0xff)
        ])
      }
    ],
    ['a machine code that is cut off', { 'plain/python/p.so': Buffer.from([0x7f, 0x45, 0x4c, 0x46]) }],
    ['a text like a key, 900 KB long', { 'plain/python/p.txt': `-----BEGIN ${'A'.repeat(900_000)}` }],
    ['a pyproject of brackets', { 'plain/pyproject.toml': `[project]\nname = "x"\nx = ${'['.repeat(100_000)}` }]
  ]
  it.each(chosen(sources, 'a line of one name', 'a machine code that is cut off'))(
    'F141 with %s end',
    async (_name, content) => {
      await files(content)
      expectHandled(await deploy('plain'))
    },
    120_000
  )
})

describe('F141 wheels', () => {
  /** Written by Python: a writer that asks nothing. Each entry: name, text, mode; `bomb`: zeros. */
  const wheel = (
    entries: readonly (readonly [name: string, text: string, mode?: number])[],
    bombMegabytes = 0
  ): Buffer => {
    const program = `
import json, sys, zipfile
entries, bomb = json.loads(sys.stdin.read())
with zipfile.ZipFile(sys.argv[1], 'w', zipfile.ZIP_DEFLATED) as out:
  for name, text, mode in entries:
    info = zipfile.ZipInfo(name)
    info.external_attr = mode << 16
    out.writestr(info, text)
  if bomb:
    with out.open('evil/zeros.bin', 'w', force_zip64=False) as zeros:
      for _ in range(bomb): zeros.write(bytes(1024 * 1024))`
    const to = join(scratch, 'evil-1.0-py3-none-any.whl')
    const own = [
      ['evil/__init__.py', '1\n'],
      ['evil-1.0.dist-info/METADATA', 'Metadata-Version: 2.1\nName: evil\nVersion: 1.0\n'],
      ['evil-1.0.dist-info/WHEEL', 'Wheel-Version: 1.0\nGenerator: x\nRoot-Is-Purelib: true\nTag: py3-none-any\n'],
      ['evil-1.0.dist-info/RECORD', '']
    ] as const
    const all = [...own, ...entries].map(([name, text, mode = 0o100644]: readonly [string, string, number?]) => [
      name,
      text,
      mode
    ])
    execFileSync('python3', ['-c', program, to], { input: JSON.stringify([all, bombMegabytes]) })
    return readFileSync(to)
  }
  const up = '../'.repeat(12)
  const wheels: readonly (readonly [string, () => Buffer])[] = [
    ['a name that leads up', () => wheel([[`${up}tmp/pwned`, 'x']])],
    ['an absolute name', () => wheel([['/tmp/pwned', 'x']])],
    ['a name that leads up from its data', () => wheel([[`evil-1.0.data/data/${up}tmp/pwned`, 'x']])],
    ['a link to /etc', () => wheel([['evil/etc', '/etc', 0o120777]])],
    ['300 MB of zeros', () => wheel([], 300)],
    ['30,000 files', () => wheel(Array.from({ length: 30_000 }, (_, index) => [`evil/f${index}.txt`, '1'] as const))],
    [
      'an entry point that is none',
      () => wheel([['evil-1.0.dist-info/entry_points.txt', `[console_scripts]\n${up}tmp/pwned = evil:x\n`]])
    ],
    ['half of it', () => wheel([]).subarray(0, 300)]
  ]
  it.each(chosen(wheels, 'a link to /etc'))(
    'F141 with %s end',
    async (_name, bytes) => {
      await files({
        'listed/requirements.txt': './evil-1.0-py3-none-any.whl\n',
        'listed/evil-1.0-py3-none-any.whl': bytes()
      })
      const outcome = await deploy('listed')
      expectHandled(outcome)
    },
    120_000
  )

  it('F141 one that leads up is refused as a build that failed', async () => {
    await files({
      'listed/requirements.txt': './evil-1.0-py3-none-any.whl\n',
      'listed/evil-1.0-py3-none-any.whl': wheel([[`${up}tmp/pwned`, 'x']])
    })
    const outcome = await deploy('listed')
    expectRefused(world, outcome, ['BUILD_FAILED'])
    expect(codesOf(outcome)).toHaveLength(1)
  }, 120_000)
})
