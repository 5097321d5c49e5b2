import { describe, expect, it } from '@jest/globals'
import { judgeSecrets } from '../../../src/build-layers/inspect/secrets/found-secrets.js'
import { inspectContent, maxUnzippedBytes } from '../../../src/build-layers/inspect/inspect-content.js'
import { unsafePaths, type InspectedEntry } from '../../../src/build-layers/inspect/unsafe-paths.js'
import type { FileTraits } from '../../../src/build-layers/inspect/file-traits.js'
import type { ErrorCode } from '../../../src/model/errors.js'
import type { PackageSize, Verdict } from '../../../src/model/index.js'

const files = (...paths: string[]): InspectedEntry[] => paths.map(path => ({ kind: 'file', path, sizeBytes: 1 }))
const link = (path: string, target: string): InspectedEntry => ({ kind: 'symlink', path, target })

interface Content {
  readonly entries?: readonly InspectedEntry[]
  readonly unzippedBytes?: number
  readonly secrets?: ReadonlyMap<string, string>
  readonly runtimes?: readonly string[]
  readonly architectures?: readonly string[]
  readonly traits?: ReadonlyMap<string, FileTraits>
  readonly packages?: readonly PackageSize[]
  readonly allow?: readonly string[]
}

function verdictOf(guard: ErrorCode, content: Content): Verdict {
  const { unzippedBytes = 1, secrets = new Map(), runtimes = ['python3.10'], architectures = ['x86_64'] } = content
  const { traits = new Map<string, FileTraits>(), entries = files('python/a.py', ...traits.keys()) } = content
  const layer = { id: 'da_flask', compatibleRuntimes: runtimes, compatibleArchitectures: architectures }
  const { packages = [], allow = [] } = content
  const judged = judgeSecrets(entries, secrets, () => false, allow)
  const verdicts = inspectContent(layer, { entries, unzippedBytes, secrets: judged, traits, packages })
  return verdicts.find(verdict => verdict.guard === guard)!
}
const foundBy = (guard: ErrorCode, content: Content): string | null => {
  const verdict = verdictOf(guard, content)
  return verdict.passed === true ? null : verdict.finding.found
}

describe('inspectContent', () => {
  it('gives one passed verdict per guard for a sound layer', () => {
    const verdicts = inspectContent(
      { id: 'da_flask', compatibleRuntimes: ['python3.10'], compatibleArchitectures: ['x86_64'] },
      {
        entries: files('python/a.py'),
        unzippedBytes: 7,
        secrets: { refused: [], allowed: [] },
        traits: new Map(),
        packages: []
      }
    )
    expect(verdicts.map(({ guard, subject, passed }) => [guard, subject, passed])).toEqual([
      ['ARCHIVE_LAYOUT', 'da_flask', true],
      ['ARCHIVE_TOO_LARGE', 'da_flask', true],
      ['ARCHIVE_UNSAFE_PATH', 'da_flask', true],
      ['SECRET_IN_ARCHIVE', 'da_flask', true],
      ['LFS_POINTER', 'da_flask', true],
      ['WRONG_ARCHITECTURE', 'da_flask', true],
      ['NOT_LOADABLE', 'da_flask', true]
    ])
  })

  it('F96 refuses pointers of Git LFS, and names them', () => {
    const entries = files('python/a.py', 'python/model.bin')
    const traits = new Map([['python/model.bin', { lfsPointer: true } as const]])
    expect(foundBy('LFS_POINTER', { entries, traits })).toBe('Git LFS pointers in its place: python/model.bin')
    expect(foundBy('LFS_POINTER', { entries })).toBeNull()
  })

  it('F39 refuses more than 262,144,000 bytes unzipped', () => {
    expect(maxUnzippedBytes).toBe(262_144_000)
    expect(foundBy('ARCHIVE_TOO_LARGE', { unzippedBytes: maxUnzippedBytes })).toBeNull()
    const sized = (path: string, sizeBytes: number): InspectedEntry => ({ kind: 'file', path, sizeBytes })
    const entries = [sized('python/a.py', 5), sized('python/numpy/x.so', 262_000_000), sized('python/b.py', 144_001)]
    const packages = [
      { name: 'numpy', version: '2.2.6', sizeBytes: 262_000_000 },
      { name: 'python/b.py', version: null, sizeBytes: 144_001 }
    ]
    expect(foundBy('ARCHIVE_TOO_LARGE', { unzippedBytes: maxUnzippedBytes + 1, entries, packages })).toBe(
      '262144001 bytes, the most in numpy 2.2.6 262.0 MB, python/b.py 144.0 kB; ' +
        'the largest files are python/numpy/x.so 262.0 MB, python/b.py 144.0 kB, python/a.py 5 B'
    )
  })

  it('F40 refuses an empty layer and one without a folder of a runtime', () => {
    expect(foundBy('ARCHIVE_LAYOUT', { entries: [] })).toBe('an empty layer')
    expect(foundBy('ARCHIVE_LAYOUT', { entries: files('da_flask/a.py', 'README.md', 'x', 'y', 'z') })).toBe(
      'only da_flask, README.md, x and 2 more'
    )
    // A file of the folder's name is not the folder, nor is one that only begins like it.
    expect(foundBy('ARCHIVE_LAYOUT', { entries: files('python', 'python3/x', 'Python/x') })).not.toBeNull()
    expect(foundBy('ARCHIVE_LAYOUT', { entries: [...files('src/x'), link('python', 'src')] })).toBeNull()
  })

  it.each([
    ['python/x', ['python3.10'], true],
    ['nodejs/x', ['python3.10'], false],
    ['nodejs/x', ['python3.10', 'nodejs20.x'], true],
    ['java/lib/x', ['java21'], true],
    ['ruby/lib/x', ['ruby3.3'], true],
    ['lib/x', ['python3.12'], true],
    ['bin/x', ['nodejs20.x'], true],
    ['extensions/x', ['provided.al2023'], true],
    ['nodejs/x', [], true],
    ['python/x', ['provided.al2023'], true]
  ] as const)('F40 %s in a layer for %j: %s', (path, runtimes, passed) => {
    expect(verdictOf('ARCHIVE_LAYOUT', { entries: files(path), runtimes }).passed).toBe(passed)
  })

  it('names at most three files, and how many more', () => {
    const entries = files('python/a', ...['1', '2', '3', '4', '5'].map(name => `python/\\${name}`))
    expect(foundBy('ARCHIVE_UNSAFE_PATH', { entries })).toBe(
      'python/\\1 (it holds a backslash), python/\\2 (it holds a backslash), python/\\3 (it holds a backslash) and 2 more'
    )
  })

  it('F86 shows neither a name of 10,000 characters nor control characters', () => {
    const found = foundBy('ARCHIVE_UNSAFE_PATH', { entries: files(`python/\n::warning::${'x'.repeat(10_000)}`) })!
    expect(found.length).toBeLessThan(300)
    expect(found).not.toContain('\n')
  })

  it.each([
    '.env',
    'python/app/.env.production',
    'python/.env.local',
    'python/.git/config',
    'python/x/.GIT/HEAD',
    'python/keys/id_rsa',
    'python/id_ed25519',
    'python/.git-credentials',
    'python/.aws/credentials'
  ])('F38 refuses %s by its name', path => {
    expect(foundBy('SECRET_IN_ARCHIVE', { entries: files('python/a.py', path) })).toContain(path)
  })

  it.each([
    'python/.env.example',
    'python/.env.sample',
    'python/environment.py',
    'python/x.env/y.py',
    'python/id_rsa.pub',
    'python/id_rsa_test.py',
    'python/git/config.py',
    'python/.gitignore',
    'python/certifi/cacert.pem',
    'python/aws/credentials.py'
  ])('F38 raises no alarm at %s', path => {
    expect(foundBy('SECRET_IN_ARCHIVE', { entries: files(path) })).toBeNull()
  })

  it('F38 lets pass what is allowed by name, says so, and names the way in the mend', () => {
    const secrets = new Map([['python/a.pem', 'private key']])
    const entries = files('python/a.pem', 'python/.env')
    const refused = verdictOf('SECRET_IN_ARCHIVE', { entries, secrets, allow: ['python/a.pem'] })
    expect(refused).toMatchObject({ passed: false, finding: { found: 'python/.env (environment file)' } })
    expect(refused).toMatchObject({ finding: { mend: expect.stringContaining('build.allow-secrets') } })
    expect(verdictOf('SECRET_IN_ARCHIVE', { entries, secrets, allow: ['python/*.pem', 'python/.env'] })).toMatchObject({
      passed: true,
      detail:
        'no secret found but what build.allow-secrets names: python/a.pem (private key), python/.env (environment file)'
    })
  })

  it('F38 names the file and the kind of what its content holds', () => {
    const secrets = new Map([['python/a.py', 'AWS access key id']])
    expect(foundBy('SECRET_IN_ARCHIVE', { secrets })).toBe('python/a.py (AWS access key id)')
  })
})

describe('F45 compiled code', () => {
  const machines = (files: Readonly<Record<string, string>>) =>
    new Map(Object.entries(files).map(([path, machine]) => [path, { machine }]))
  const wheel = (...wheelTags: string[]) => new Map([['python/x-1.dist-info/WHEEL', { wheelTags }]])
  // A wheel for another glibc is no other architecture's, but cannot be loaded either.
  const why = (content: Content): string | null =>
    foundBy('WRONG_ARCHITECTURE', content) ?? foundBy('NOT_LOADABLE', content)

  it.each([
    [['x86_64'], { 'python/a.so': 'x86_64', 'bin/tool': 'x86_64' }, null],
    [['x86_64'], { 'python/a.so': 'arm64' }, 'python/a.so (it is for arm64)'],
    [['arm64'], { 'bin/tool': 'x86_64' }, 'bin/tool (it is for x86_64)'],
    [['x86_64'], { 'python/a.so': 'i386' }, 'python/a.so (it is for i386)'],
    [['x86_64'], { 'python/a.so': 'macOS' }, 'python/a.so (it is for macOS)'],
    [['x86_64', 'arm64'], { 'python/a.so': 'x86_64' }, 'python/a.so (it is for x86_64, none is for arm64)'],
    [['x86_64', 'arm64'], { 'python/a.so': 'x86_64', 'python/b.so': 'arm64' }, null],
    [['x86_64', 'arm64'], {}, null],
    [['x86_64'], { 'nodejs/node_modules/x/prebuilds/linux-arm64/x.node': 'arm64' }, null],
    [['x86_64'], { 'python/a/linux_arm64.so': 'arm64' }, 'python/a/linux_arm64.so (it is for arm64)']
  ])('F45 for %j, %j: %s', (architectures, machineOf, expected) => {
    const entries = files(...Object.keys(machineOf))
    expect(why({ architectures, entries, traits: machines(machineOf) })).toBe(expected)
  })

  it.each([
    [['python3.10'], ['a.cpython-310-x86_64-linux-gnu.so'], null],
    [['python3.12'], ['a.cpython-310-x86_64-linux-gnu.so'], 'it is for Python 3.10, not 3.12'],
    [['python3.12', 'python3.13'], ['a.cpython-312-x86_64-linux-gnu.so'], 'it is for Python 3.12, not 3.13'],
    [['python3.12'], ['a.cpython-310-x86_64-linux-gnu.so', 'a.cpython-312-x86_64-linux-gnu.so'], null],
    [['python3.12'], ['a.cpython-310-x86_64-linux-gnu.so', 'a.abi3.so'], null],
    [['python3.13'], ['a.cpython-313t-x86_64-linux-gnu.so'], 'it is for Python 3.13t, not 3.13'],
    [['python3.12'], ['a.abi3.so', 'b.so', 'libc.so.6'], null],
    [['nodejs20.x'], ['a.cpython-310-x86_64-linux-gnu.so'], null]
  ])('F45 %j with %j: %s', (runtimes, names, expected) => {
    const found = why({ runtimes, entries: files(...names.map(name => `python/${name}`)) })
    expect(found).toBe(expected === null ? null : `python/${names[0]!} (${expected})`)
  })

  it.each([
    ['py3-none-any', 'python3.10', 'x86_64', true],
    ['py2.py3-none-any', 'python3.13', 'arm64', true],
    ['py2-none-any', 'python3.10', 'x86_64', false],
    ['cp310-cp310-manylinux_2_17_x86_64.manylinux2014_x86_64', 'python3.10', 'x86_64', true],
    ['cp310-cp310-manylinux_2_17_x86_64', 'python3.11', 'x86_64', false],
    ['cp310-cp310-manylinux_2_17_x86_64', 'python3.10', 'arm64', false],
    ['cp310-cp310-manylinux_2_17_aarch64', 'python3.10', 'arm64', true],
    ['cp37-abi3-manylinux2014_x86_64', 'python3.13', 'x86_64', true],
    ['cp312-abi3-manylinux2014_x86_64', 'python3.10', 'x86_64', false],
    ['cp312-cp312-manylinux_2_34_x86_64', 'python3.12', 'x86_64', true],
    // python3.11 and older run on Amazon Linux 2 with glibc 2.26.
    ['cp311-cp311-manylinux_2_28_x86_64', 'python3.11', 'x86_64', false],
    ['cp312-cp312-manylinux_2_39_x86_64', 'python3.12', 'x86_64', false],
    ['cp312-cp312-musllinux_1_2_x86_64', 'python3.12', 'x86_64', false],
    ['cp312-cp312-macosx_11_0_arm64', 'python3.12', 'arm64', false],
    ['cp312-cp312-win_amd64', 'python3.12', 'x86_64', false],
    ['cp312-cp312-linux_x86_64', 'python3.12', 'x86_64', true],
    ['cp313-cp313t-manylinux2014_x86_64', 'python3.13', 'x86_64', false],
    ['py3-none-manylinux_2_17_x86_64', 'python3.10', 'x86_64', true]
  ])('F45 a wheel for %s on %s, %s: %s', (tag, runtime, architecture, passed) => {
    const found = why({ runtimes: [runtime], architectures: [architecture], traits: wheel(tag) })
    expect(found === null).toBe(passed)
    expect(why({ runtimes: ['nodejs20.x'], traits: wheel(tag) })).toBeNull()
  })

  it('F45 asks of several tags that one suits, for every declared pair', () => {
    const tags = ['cp310-cp310-manylinux2014_x86_64', 'cp311-cp311-manylinux2014_x86_64']
    expect(why({ runtimes: ['python3.10', 'python3.11'], traits: wheel(...tags) })).toBeNull()
    expect(why({ runtimes: ['python3.11', 'python3.12'], traits: wheel(...tags) })).toContain(
      'not Python 3.12 on x86_64'
    )
  })
})

describe('unsafePaths', () => {
  const whyOf = (...entries: InspectedEntry[]): Record<string, string> =>
    Object.fromEntries(unsafePaths(entries).map(({ path, why }) => [path, why]))

  it('F37 refuses links out of the layer, to nothing, and in a circle', () => {
    const entries = [
      ...files('python/real/x', 'lib/y'),
      link('python/up', '../../etc/passwd'),
      link('python/absolute', '/opt/python/real'),
      link('python/sneaky', 'real/../../../etc'),
      link('python/through', 'up/..'),
      link('python/gone', 'real/nothing'),
      link('python/self', 'self'),
      link('python/ping', 'pong'),
      link('python/pong', 'ping'),
      link('python/blank', ''),
      link('python/into-file', 'real/x/deeper')
    ]
    expect(whyOf(...entries)).toEqual({
      'python/up': 'it is a link out of the layer',
      'python/absolute': 'it is a link to an absolute path',
      'python/sneaky': 'it is a link out of the layer',
      'python/through': 'it is a link out of the layer',
      'python/gone': 'it is a link to what is not in the layer',
      'python/self': 'it is a link that loops',
      'python/ping': 'it is a link that loops',
      'python/pong': 'it is a link that loops',
      'python/blank': 'it is a link to nothing',
      'python/into-file': 'it is a link to what is not in the layer'
    })
  })

  it('allows links that stay in the layer: to files, folders, over other links', () => {
    const entries = [
      ...files('lib/liba.so.1.2', 'python/pkg/x.py'),
      link('lib/liba.so.1', 'liba.so.1.2'),
      link('lib/liba.so', './liba.so.1'),
      link('python/lib', '../lib'),
      link('python/deep', 'lib/../python/pkg//x.py'),
      link('python/top', '..')
    ]
    expect(whyOf(...entries)).toEqual({})
  })

  it('F37 refuses what the listing refused', () => {
    expect(whyOf({ kind: 'refused', path: 'python/fifo', why: 'it is a FIFO' })).toEqual({
      'python/fifo': 'it is a FIFO'
    })
  })

  it('F41 refuses names equal but for case or composition, of files and of folders, and duplicates', () => {
    expect(whyOf(...files('python/A.py', 'python/a.py', 'python/b.py'))).toEqual({
      'python/a.py': 'it differs from python/A.py only in case or composition'
    })
    expect(whyOf(...files('python/Pkg/x.py', 'python/pkg/y.py'))).toEqual({
      'python/pkg/y.py': 'it differs from python/Pkg only in case or composition'
    })
    expect(Object.keys(whyOf(...files('python/\u00e4', 'python/a\u0308')))).toHaveLength(1)
    expect(whyOf(...files('python/a', 'python/a'))).toEqual({ 'python/a': 'it appears twice' })
    expect(whyOf(...files('python/a', 'python/a.py', 'python/b/a'))).toEqual({})
  })

  it.each([
    ['/python/a', 'it is absolute'],
    ['python\\a', 'it holds a backslash'],
    ['python/../a', 'it is not a plain relative path'],
    ['../a', 'it is not a plain relative path'],
    ['python//a', 'it is not a plain relative path'],
    ['./python/a', 'it is not a plain relative path'],
    ['python/a\nb', 'it holds a control character'],
    ['python/a\u0000', 'it holds a control character'],
    [`python/${'x'.repeat(256)}`, 'a name in it is longer than 255 bytes'],
    [`python/${'ä'.repeat(128)}`, 'a name in it is longer than 255 bytes'],
    [`python/${'abcdefghi/'.repeat(410)}x`, 'it is longer than 4090 bytes']
  ])('refuses %j', (path, why) => {
    expect(whyOf(...files(path))).toEqual({ [path]: why })
  })

  it('allows unusual names that hurt nobody', () => {
    expect(
      whyOf(...files('python/ä b', 'python/...', 'python/-x', 'python/a..b', `python/${'x'.repeat(255)}`))
    ).toEqual({})
  })
})
