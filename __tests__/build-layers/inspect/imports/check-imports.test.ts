/** What a layer brings is imported before it is published, with nothing but the layer, the standard library and what Lambda brings. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { readdirSync } from 'node:fs'
import { checkImports } from '../../../../src/build-layers/inspect/imports/check-imports.js'
import { readInstalledFiles } from '../../../../src/build-layers/inspect/installed-packages.js'
import { readPython, type FoundPython } from '../../../../src/build-layers/install/python/find-python.js'
import type { BuildRecipe, Layer, Verdict } from '../../../../src/model/index.js'
import { layer, recordedLog, runnerWith, scratchFolders, type Tree } from '../../scratch.js'

const scratch = scratchFolders()
afterAll(() => {
  scratch.remove()
})

let machines: FoundPython | null = null
beforeAll(async () => {
  machines = await readPython('python3', { process: runnerWith(), log: recordedLog() })
})

/** `run`: imported by the machine's own Python; `read`: followed through the files, as where the machine has none. */
type Way = 'run' | 'read'

interface Check {
  readonly recipe?: Partial<BuildRecipe>
  readonly layer?: Partial<Layer>
  readonly onFailure?: 'refuse' | 'warn'
  readonly log?: ReturnType<typeof recordedLog>
}

/** `tree` lies in `python/`. */
async function check(
  way: Way,
  tree: Tree,
  { recipe, layer: more, onFailure = 'refuse', log = recordedLog() }: Check = {}
): Promise<Verdict> {
  const runtimes = way === 'run' ? [`python${machines?.version ?? ''}`] : ['python3.10']
  const content = scratch.make(Object.fromEntries(Object.entries(tree).map(([path, item]) => [`python/${path}`, item])))
  const before = readdirSync(content, { recursive: true })
  const subject = { content, installed: await readInstalledFiles(content), projects: new Set<string>(), onFailure }
  const given = layer(recipe, { compatibleRuntimes: runtimes, ...more })
  const request = { layer: given, sourceDirectory: content, outputDirectory: scratch.make() }
  const python = way === 'run' ? machines : null
  const verdict = await checkImports(request, subject, () => Promise.resolve(python), { process: runnerWith(), log })
  expect(verdict).toMatchObject({ guard: 'LAYER_NOT_IMPORTABLE', subject: 'da_flask' })
  expect(readdirSync(content, { recursive: true })).toEqual(before)
  return verdict
}
const refused = (found: string) => ({ passed: false, finding: { found: expect.stringContaining(found) } })
const passed = { passed: true }

it.each([
  ['of Python 2', 'print "x"\n', [10]],
  ['of a newer Python', 'def f[T](x: T) -> T: return x\n', [10]],
  ['with a match', 'match x:\n  case 1: pass\n', [9]]
])(
  'F112 code %s is refused where the layer declares another, and the runner has only a newer one',
  async (_, source, minors) => {
    for (const minor of minors) {
      const more = { layer: { compatibleRuntimes: [`python3.${minor}`] } }
      expect(await check('read', { 'da/__init__.py': 'from . import app\n', 'da/app.py': source }, more)).toMatchObject(
        refused('da.app: SyntaxError')
      )
      // Data that only looks like code, and what nothing imports, is nobody's business.
      expect(await check('read', { 'da/__init__.py': '', 'da/template.py': source }, more)).toMatchObject(passed)
    }
  }
)

describe.each(['run', 'read'] as const)('F112 modules are %s', way => {
  it.each<[string, Tree, string]>([
    ['a module', { 'tool.py': 'import not_there\n' }, 'tool: no module named not_there'],
    ['a package', { 'da/__init__.py': 'from not_there.x import y\n' }, 'da: no module named not_there'],
    [
      'what it imports at the top',
      { 'da/__init__.py': 'from . import app\n', 'da/app.py': 'import helper\n', 'helper.py': 'import not_there\n' },
      'helper: no module named not_there'
    ],
    [
      'a submodule that its package imports and uses',
      { 'da/__init__.py': 'from . import app\napp.start()\n', 'da/app.py': 'import not_there\n' },
      'da.app: no module named not_there'
    ],
    ['a module in a namespace package', { 'org/unit/tool.py': 'import not_there\n' }, 'org.unit.tool: no module named'],
    ['its own submodule', { 'da/__init__.py': 'from .missing import x\n' }, 'da: no module named da.missing'],
    ['a class that needs it', { 'tool.py': 'class C:\n  import not_there\n' }, 'tool: no module named not_there'],
    [
      'a fallback that is not there either',
      { 'tool.py': 'try:\n  import not_there\nexcept ImportError:\n  import nor_this\n' },
      'tool: no module named nor_this'
    ],
    [
      'a name of another version',
      { 'tool.py': 'from dep import url_quote\n', 'dep.py': 'def quote(): pass\n' },
      'cannot import name'
    ],
    [
      'an import that is demanded in words',
      {
        'tool.py':
          'try:\n  import not_there\nexcept ImportError as e:\n  raise ImportError("no module named not_there, install it") from e\n'
      },
      'no module named not_there'
    ]
  ])('LAYER_NOT_IMPORTABLE: %s', async (_, content, found) => {
    expect(await check(way, content)).toMatchObject(refused(found))
  })

  it.each<[string, Tree]>([
    ['the standard library', { 'tool.py': 'import json, xml.etree.ElementTree\nfrom os import path\n' }],
    [
      "what Lambda's runtime brings",
      {
        'tool.py':
          'import boto3\nfrom boto3.dynamodb.conditions import Key\nfrom botocore.exceptions import ClientError, BotoCoreError\nimport botocore.session\n' +
          'import urllib3, six, jmespath\nfrom dateutil.parser import parse\nclient = boto3.client("s3").meta.region_name\n' +
          'class Odd(ClientError): pass\ntable = boto3.resource("dynamodb").Table("x")\n' +
          'http = urllib3.PoolManager(timeout=3)\ncaught = (ClientError, BotoCoreError)\nhint: "list[ClientError]" = []\n'
      }
    ],
    [
      'what is in the layer',
      {
        'da/__init__.py': 'from .app import f\nfrom da import app\n',
        'da/app.py': 'import dep\ndef f(): pass\n',
        'dep.py': ''
      }
    ],
    ['a circle', { 'a.py': 'import b\n', 'b.py': 'import a\n' }],
    ['what only a function needs', { 'tool.py': 'def f():\n  import not_there\n' }],
    ['what is optional', { 'tool.py': 'try:\n  import not_there\nexcept ImportError:\n  not_there = None\n' }],
    ['another alternative', { 'tool.py': 'try:\n  import not_there\nexcept ImportError:\n  import json\n' }],
    [
      'what is for type checkers',
      { 'tool.py': 'from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n  import not_there\n' }
    ],
    ['what is for another Python', { 'tool.py': 'import sys\nif sys.version_info < (3, 9):\n  import not_there\n' }],
    [
      'names that are made while it runs',
      { 'tool.py': 'from dep import x\n', 'dep.py': 'def __getattr__(name): return 1\n' }
    ],
    ['a package of data', { 'tool.py': '', 'tool_data/x.json': '{}' }],
    ['its tests', { 'tool.py': '', 'tests/__init__.py': 'import not_there\n', 'conftest.py': 'import not_there\n' }]
  ])('passes %s', async (_, content) => {
    const log = recordedLog()
    expect(await check(way, content, { log })).toMatchObject(passed)
    expect(log.lines.filter(line => line.startsWith('Layer '))).toEqual([])
  })

  it('warns about a prebuilt folder, with module and importer', async () => {
    const log = recordedLog()
    expect(await check(way, { 'tool.py': 'import not_there\n' }, { onFailure: 'warn', log })).toMatchObject(passed)
    expect(log.lines.join('\n')).toContain('Layer da_flask: tool: no module named not_there')
  })

  it('tells of a module inside that nothing imports at the top, without refusing', async () => {
    const log = recordedLog()
    const content = { 'da/__init__.py': '', 'da/extra.py': 'import not_there\n', 'da/__main__.py': 'import nor_this\n' }
    expect(await check(way, content, { log })).toMatchObject(passed)
    const told = log.lines.filter(line => line.startsWith('Layer ')).join()
    expect(told).toContain('da.extra: no module named not_there')
    expect(told).not.toContain('nor_this')
  })

  it('build.check: none opts out', async () => {
    const judged = await check(way, { 'tool.py': 'import not_there\n' }, { recipe: { check: 'none' } })
    expect(judged).toMatchObject({ passed: true, detail: expect.stringContaining('none') })
  })
})

describe('F112 an import that fails otherwise', () => {
  it.each([
    ['raises', 'import os\nos.environ["TABLE_OF_THE_FUNCTION"]\n', 'TABLE_OF_THE_FUNCTION'],
    ['leaves Python', 'import sys\nsys.exit(3)\n', 'SystemExit'],
    ['ends Python', 'import os\nos._exit(7)\n', 'exit code 7']
  ])('is told and not refused: it %s', async (_, source, why) => {
    const log = recordedLog()
    expect(await check('run', { 'tool.py': source, 'z.py': '' }, { log })).toMatchObject(passed)
    expect(log.lines.filter(line => line.startsWith('Layer ')).join()).toContain(why)
  })

  it('is still refused where its files say that a module is missing', async () => {
    const source = 'import os\nos.environ["TABLE_OF_THE_FUNCTION"]\nimport not_there\n'
    expect(await check('run', { 'tool.py': source })).toMatchObject({ passed: false })
  })

  it('is refused where the code is not of the declared Python', async () => {
    const judged = await check('run', { 'tool.py': 'print "Python 2"\n' })
    expect(judged).toMatchObject({
      passed: false,
      finding: { found: expect.stringContaining('SyntaxError'), mend: expect.stringContaining('write tool in') }
    })
  })
})

describe('F112 each declared Python', () => {
  it('has its own standard library', async () => {
    const more = { compatibleRuntimes: ['python3.11', 'python3.12'] }
    const judged = await check('read', { 'tool.py': 'import distutils\n' }, { layer: more })
    expect(judged).toMatchObject({ passed: false, finding: { found: 'tool: no module named distutils' } })
    expect(await check('read', { 'tool.py': 'import tomllib\n' }, { layer: more })).toMatchObject(passed)
  })

  it('looks into its own folder, and finds compiled modules of its own version only', async () => {
    const content = {
      'tool.py': 'import dep\n',
      'lib/python3.11/site-packages/dep.py': '',
      'x.cpython-311-x86_64-linux-gnu.so': '',
      'y.py': 'import x\n'
    }
    const of = (...runtimes: string[]) => check('read', content, { layer: { compatibleRuntimes: runtimes } })
    expect(await of('python3.11')).toMatchObject(passed)
    expect(await of('python3.12')).toMatchObject({
      passed: false,
      finding: { found: 'tool: no module named dep, y: no module named x' }
    })
  })

  it('is none: refused is what no Python can import', async () => {
    const of = (source: string) => check('read', { 'tool.py': source }, { layer: { compatibleRuntimes: [] } })
    expect(await of('import not_there\n')).toMatchObject({ passed: false })
    expect(await of('import distutils\n')).toMatchObject(passed)
  })
})

describe('F112 what an installer has installed', () => {
  const dep = (source: string): Tree => ({
    'dep/__init__.py': source,
    'dep-1.0.dist-info/RECORD': 'dep/__init__.py,,\n'
  })

  it("is not the team's own: only what its own modules import of it counts", async () => {
    const content = { ...dep('import not_there\n'), 'tool.py': '' }
    expect(await check('run', content)).toMatchObject(passed)
    expect(await check('run', { ...content, 'tool.py': 'import dep\n' })).toMatchObject({
      passed: false,
      finding: { found: expect.stringContaining('dep: no module named not_there') }
    })
  })

  it('is warned about where the layer holds nothing else', async () => {
    const log = recordedLog()
    expect(await check('read', dep('import not_there\n'), { log })).toMatchObject(passed)
    expect(log.lines.join('\n')).toContain('dep: no module named not_there')
  })
})
