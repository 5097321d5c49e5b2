/**
 * The archives that a deploy left in the bucket, as programs of others read them: Info-ZIP, Python, libarchive, 7-Zip. One went up
 * in parts, and its long file is packed in pieces. Each reader gives the committed bytes, modes and links, or is told as missing.
 */
import { execFile, execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { lstat, readdir, readFile, readlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type ActionWorld, makeActionWorld, ownProcesses, sandboxAccount } from '../support/action-world.js'
import type { Files } from '../support/superproject.js'
import { configText } from '../bundle/config-text.js'
import { errorsOf, rowsOf } from '../bundle/reading.js'

const run = promisify(execFile)
const sha256 = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
/** Bytes that no compressor shrinks, the same ones each time. */
function noise(megabytes: number): Buffer {
  const blocks: Buffer[] = []
  for (let at = 0; at < megabytes * 32_768; at += 1) blocks.push(createHash('sha256').update(String(at)).digest())
  return Buffer.concat(blocks)
}

const deep = Array.from({ length: 40 }, (_, depth) => `folder_${depth}`).join('/')
const committed: Readonly<Record<string, Files>> = {
  odd: {
    'python/odd/__init__.py': 'value = 1\n'.repeat(500),
    'python/odd/empty.txt': '',
    'python/odd/with space & (signs) ; $x.txt': 'signs\n',
    'python/odd/ünïcödé/日本語-\u{1f600}.txt': 'names\n',
    'python/odd/e\u0301 decomposed.txt': 'two code points\n',
    [`python/odd/${deep}/${'n'.repeat(200)}.txt`]: 'deep\n',
    'bin/tool': { executable: '#!/bin/sh\necho tool\n' },
    'python/odd/script.sh': { executable: '#!/bin/sh\n'.repeat(400) },
    'lib/libodd.txt.1': 'linked\n',
    'lib/libodd.txt': { link: 'libodd.txt.1' },
    'python/odd/up.txt': { link: '../../lib/libodd.txt.1' }
  },
  large: {
    'python/large/__init__.py': 'value = 2\n',
    'python/large/noise.bin': noise(18),
    'python/large/prose.txt': 'a line that shrinks well\n'.repeat(150_000),
    'python/large/tool': { executable: noise(2) }
  } as unknown as Files
}

/** Path → mode and content, as the tree of a commit has them. */
type Content = Readonly<Record<string, string>>
const entry = (mode: string, content: string | Uint8Array): string => `${mode} ${sha256(content).slice(0, 16)}`

function contentOf(files: Files): Content {
  const rows = Object.entries(files).map(([path, item]) => {
    if (typeof item === 'string' || Buffer.isBuffer(item)) return [path, entry('100644', item)]
    if (item !== null && 'link' in item) return [path, entry('120777', item.link)]
    return [path, entry('100755', (item as { executable: string }).executable)]
  })
  return sorted(Object.fromEntries(rows) as Content)
}
const sorted = (content: Content): Content =>
  Object.fromEntries(Object.entries(content).sort(([a], [b]) => (a < b ? -1 : 1)))

/** What was unpacked into a folder. */
async function unpacked(folder: string): Promise<Content> {
  const found: Record<string, string> = {}
  for (const item of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const file = join(item.parentPath, item.name)
    const path = file.slice(folder.length + 1)
    if (item.isSymbolicLink()) found[path] = entry('120777', await readlink(file))
    else if (item.isFile()) found[path] = entry((await lstat(file)).mode.toString(8), await readFile(file))
  }
  return sorted(found)
}

const python = `
import hashlib, json, sys, zipfile
archive = zipfile.ZipFile(sys.argv[1])
assert archive.testzip() is None
print(json.dumps({i.filename: '%o %s' % (i.external_attr >> 16, hashlib.sha256(archive.read(i)).hexdigest()[:16]) for i in archive.infolist()}))`

interface Reader {
  readonly name: string
  /** The first one that is there is taken. */
  readonly programs: readonly string[]
  readonly read: (program: string, archive: string, into: string) => Promise<Content>
  /** What it reads otherwise by its own choice: the committed content as this reader gives it. */
  readonly given?: (content: Content) => Content
}
const environment = { ...process.env, LC_ALL: 'C.UTF-8' }
const call = async (program: string, args: readonly string[]): Promise<string> =>
  (await run(program, [...args], { env: environment, maxBuffer: 16 * 1024 * 1024 })).stdout
const unpacking =
  (...argsOf: readonly ((archive: string, into: string) => readonly string[])[]): Reader['read'] =>
  async (program, archive, into) => {
    for (const args of argsOf) await call(program, args(archive, into))
    return unpacked(into)
  }

const readers: readonly Reader[] = [
  {
    ...{ name: 'Info-ZIP unzip', programs: ['unzip'] },
    read: unpacking(
      archive => ['-tqq', archive],
      (archive, into) => ['-qq', archive, '-d', into]
    )
  },
  {
    ...{ name: 'Python zipfile', programs: ['python3'] },
    read: async (program, archive) => sorted(JSON.parse(await call(program, ['-c', python, archive])) as Content)
  },
  {
    ...{ name: 'libarchive bsdtar', programs: ['bsdtar'] },
    // It brings names to Unicode's form C as it reads them.
    given: content => sorted(Object.fromEntries(Object.entries(content).map(([path, row]) => [path.normalize(), row]))),
    read: unpacking((archive, into) => ['-xpf', archive, '-C', into])
  },
  {
    ...{ name: '7-Zip', programs: ['7z', '7zz', '7za'] },
    read: unpacking(
      archive => ['t', archive],
      (archive, into) => ['x', '-y', `-o${into}`, '-xr!up.txt', archive]
    ),
    // Of links that begin with `..` it makes none, wherever they lead; whether they are sound it says all the same.
    given: content => Object.fromEntries(Object.entries(content).filter(([path]) => !path.endsWith('/up.txt')))
  }
]

/** The first line that it prints of itself; `null`: it cannot be started. */
function banner(program: string): string | null {
  try {
    const text = execFileSync(program, [program.startsWith('python') ? '-V' : '--help'], {
      ...{ encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }
    })
    return text.split('\n').find(line => line.trim() !== '') ?? ''
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? null : ''
  }
}

describe('archives of a deploy, read by others', () => {
  const folder = mkdtempSync(join(tmpdir(), 'archives-'))
  const archives: Record<string, string> = {}
  let world: ActionWorld
  let skipped = 0
  beforeAll(async () => {
    const layers = { odd: '{ path: odd }', large: '{ path: large }' }
    const files = Object.entries(committed).flatMap(([layer, tree]) =>
      Object.entries(tree).map(([path, item]) => [`${layer}/${path}`, item] as const)
    )
    world = await makeActionWorld({
      steps: ownProcesses,
      config: configText({ layers }),
      submodules: {},
      files: Object.fromEntries(files)
    })
    const outcome = await world.push('test')
    expect([errorsOf(outcome), outcome.exitCode]).toEqual([[], 0])
    const { objects } = world.aws.world.buckets.get(`${sandboxAccount}-code-deployment`)!
    for (const layer of Object.keys(layers)) {
      const digest = rowsOf(outcome)[layer]!['us-east-2']!['content-digest']!
      archives[layer] = join(folder, `${layer}.zip`)
      const { body } = objects.get(`layer-deploy/artifacts/dev-${layer}-layer/${digest}.zip`)!
      writeFileSync(archives[layer], body)
    }
  }, 120_000)
  afterAll(async () => {
    await world.close()
    rmSync(folder, { recursive: true, force: true })
    console.log(`judge archive readers: ${readers.length - skipped} of ${readers.length}, ${skipped} skipped`)
  })

  it('one of them went up in parts', () => {
    const kinds = world.aws.writes().map(({ api }) => api)
    expect(kinds).toEqual(
      expect.arrayContaining(['s3:PutObject', 's3:CreateMultipartUpload', 's3:CompleteMultipartUpload'])
    )
    expect(readFileSync(archives['large']!).byteLength).toBeGreaterThan(16 * 1024 * 1024)
  })

  it.each(readers)(
    '$name reads the committed bytes, modes and links',
    async ({ name, programs, read, given = same => same }) => {
      const program = programs.find(each => banner(each) !== null)
      if (program === undefined) {
        skipped += 1
        console.log(`judge ${name}: skipped, none of ${programs.join(', ')} is installed`)
        return
      }
      console.log(`judge ${name}: ${banner(program)!.trim()}`)
      for (const [layer, files] of Object.entries(committed)) {
        const into = join(folder, `${program}-${layer}`)
        mkdirSync(into)
        expect(await read(program, archives[layer]!, into)).toEqual(given(contentOf(files)))
      }
    }
  )

  it('zipinfo lists the same names and modes', async () => {
    if (banner('zipinfo') === null) {
      console.log('judge zipinfo: skipped, it is not installed')
      return
    }
    const letters = { '100644': '-rw-r--r--', '100755': '-rwxr-xr-x', '120777': 'lrwxrwxrwx' }
    for (const [layer, files] of Object.entries(committed)) {
      const listed = (await call('zipinfo', [archives[layer]!])).split('\n').filter(line => /^[-l]r/.test(line))
      const modes = Object.values(contentOf(files)).map(row => letters[row.slice(0, 6) as '100644'])
      expect(listed.map(line => line.slice(0, 10)).sort()).toEqual(modes.sort())
      const names = (await call('zipinfo', ['-1', archives[layer]!])).trimEnd().split('\n')
      expect(names.sort()).toEqual(Object.keys(files).sort())
    }
  })

  it('a changed byte is seen by the comparison', async () => {
    const bytes = Buffer.from(readFileSync(archives['odd']!))
    const at = bytes.indexOf('names\n')
    expect(at).toBeGreaterThan(0)
    bytes[at] = 0x4e
    const broken = join(folder, 'broken.zip')
    writeFileSync(broken, bytes)
    await expect(readers[1]!.read('python3', broken, folder)).rejects.toThrow()
  })
})
