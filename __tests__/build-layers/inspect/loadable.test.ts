import { describe, expect, it } from '@jest/globals'
import { elfNeeds, type ElfNeeds } from '../../../src/build-layers/inspect/elf.js'
import {
  inspectContent,
  loadabilityOf,
  type InspectedContent
} from '../../../src/build-layers/inspect/inspect-content.js'
import { elfFile, type MadeElf } from './elf-file.js'

const read = (file: Buffer): ElfNeeds | null => elfNeeds((offset, length) => file.subarray(offset, offset + length))

describe('elfNeeds', () => {
  it('reads libraries, versions, name and search path', () => {
    const made = {
      libraries: ['libc.so.6', 'libfoo.so.1'],
      soname: 'libx.so',
      runpath: '$ORIGIN/../x.libs:/opt/y',
      versions: { 'libc.so.6': ['GLIBC_2.17', 'GLIBC_2.34'], 'libm.so.6': ['GLIBC_2.29'] }
    }
    expect(read(elfFile(made))).toEqual({
      libraries: made.libraries,
      soname: 'libx.so',
      searchPaths: ['$ORIGIN/../x.libs', '/opt/y'],
      versions: [
        { library: 'libc.so.6', version: 'GLIBC_2.17' },
        { library: 'libc.so.6', version: 'GLIBC_2.34' },
        { library: 'libm.so.6', version: 'GLIBC_2.29' }
      ]
    })
  })

  it('says nothing of what is cut off or no ELF file', () => {
    const file = elfFile({ libraries: ['libc.so.6'], versions: { 'libc.so.6': ['GLIBC_2.17'] } })
    for (let length = 0; length < 200; length++) expect(() => read(file.subarray(0, length))).not.toThrow()
    expect(read(Buffer.alloc(100))).toBeNull()
  })
})

const one = 'python/x.cpython-310-x86_64-linux-gnu.so'

function content(files: Readonly<Record<string, MadeElf>>, others: readonly string[] = []): InspectedContent {
  const paths = [...Object.keys(files), ...others]
  return {
    entries: paths.map(path => ({ kind: 'file', path, sizeBytes: 1 })),
    unzippedBytes: 1,
    secrets: { refused: [], allowed: [] },
    packages: [],
    traits: new Map(Object.keys(files).map(path => [path, { machine: 'x86_64' }])),
    needs: new Map(
      Object.entries(files).flatMap(([path, made]) => {
        const needs = read(elfFile(made))
        return needs === null ? [] : [[path, needs] as const]
      })
    )
  }
}
function judged(given: InspectedContent, runtimes = ['python3.10']) {
  const layer = { id: 'da', compatibleRuntimes: runtimes, compatibleArchitectures: ['x86_64'] }
  return inspectContent(layer, given).find(({ guard }) => guard === 'NOT_LOADABLE')
}
const refused = (found: string) => ({ passed: false, finding: { found: expect.stringContaining(found) } })

describe('F117 NOT_LOADABLE', () => {
  it.each<[string, MadeElf, string[], string]>([
    [
      'a newer glibc',
      { versions: { 'libc.so.6': ['GLIBC_2.2.5', 'GLIBC_2.34'] } },
      ['python3.11'],
      'it needs GLIBC_2.34, python3.11 has glibc 2.26'
    ],
    [
      'for one of two runtimes',
      { versions: { 'libc.so.6': ['GLIBC_2.34'] } },
      ['python3.12', 'python3.11'],
      'python3.11 has'
    ],
    ['relative relocations', { versions: { 'libc.so.6': ['GLIBC_ABI_DT_RELR'] } }, ['python3.13'], 'GLIBC_ABI_DT_RELR'],
    [
      'a newer libstdc++',
      { versions: { 'libstdc++.so.6': ['GLIBCXX_3.4.26'] } },
      ['nodejs18.x'],
      'an older libstdc++.so.6'
    ],
    [
      'a library that nobody has',
      { libraries: ['libc.so.6', 'libpq.so.5'] },
      ['python3.12'],
      'it needs libpq.so.5, which neither the layer nor python3.12 has'
    ],
    ['OpenSSL of the other Linux', { libraries: ['libssl.so.10'] }, ['python3.12'], 'libssl.so.10'],
    ['OpenSSL 1.1 on Amazon Linux 2', { libraries: ['libssl.so.1.1'] }, ['provided.al2'], 'libssl.so.1.1'],
    ['expat, which images to build in have', { libraries: ['libexpat.so.1'] }, ['python3.12'], 'libexpat.so.1'],
    ['expat on Amazon Linux 2', { libraries: ['libexpat.so.1'] }, ['python3.9'], 'libexpat.so.1'],
    ['NSS', { libraries: ['libssl3.so'] }, ['python3.11'], 'libssl3.so'],
    ['the old libcrypt', { libraries: ['libcrypt.so.1'] }, ['nodejs18.x'], 'libcrypt.so.1'],
    ['gdbm, which the minimal image lacks', { libraries: ['libgdbm.so.6'] }, ['python3.13'], 'libgdbm.so.6'],
    ['another Python', { libraries: ['libpython3.9.so.1.0'] }, ['python3.10'], 'libpython3.9.so.1.0'],
    ['musl', { libraries: ['libc.musl-x86_64.so.1'] }, ['python3.10'], "Alpine's musl"]
  ])('%s', (_, made, runtimes, found) => {
    expect(judged(content({ [one]: made }), runtimes)).toMatchObject(refused(`${one} (`))
    expect(judged(content({ [one]: made }), runtimes)).toMatchObject(refused(found))
  })

  it.each<[string, MadeElf, string[]]>([
    [
      'what is there',
      { libraries: ['libc.so.6', 'libz.so.1'], versions: { 'libc.so.6': ['GLIBC_2.26', 'GLIBC_PRIVATE'] } },
      ['python3.11']
    ],
    ['glibc 2.34 on 2023', { versions: { 'libc.so.6': ['GLIBC_2.34'] } }, ['python3.12', 'nodejs20.x']],
    ["the runtime's own library", { libraries: ['libpython3.10.so.1.0'] }, ['python3.10']]
  ])('not for %s', (_, made, runtimes) => {
    expect(judged(content({ [one]: made }), runtimes)).toMatchObject({ passed: true })
  })

  it('not for a library that is in the layer, by file or by its own name, and for a newer libstdc++ that is', () => {
    const needs = { libraries: ['libpq.so.5', 'libq-1234.so.2'], versions: { 'libstdc++.so.6': ['GLIBCXX_3.4.30'] } }
    const files = { [one]: needs, 'lib/libq.so': { soname: 'libq-1234.so.2' } }
    expect(judged(content(files, ['lib/libpq.so.5', 'lib/libstdc++.so.6']))).toMatchObject({ passed: true })
  })

  it('not for modules of another C library or Python beside the right one, nor for libraries that only those need', () => {
    const musl = 'libc.musl-x86_64.so.1'
    const unused = {
      'python/x.cpython-310-x86_64-linux-musl.so': { libraries: ['libstdc++-1b.so.6', musl] },
      'python/x.cpython-39-x86_64-linux-gnu.so': { libraries: ['libold.so.1'] },
      'python/x.libs/libstdc++-1b.so.6': { soname: 'libstdc++-1b.so.6', libraries: ['libgcc_s-7.so.1', musl] },
      'python/x.libs/libgcc_s-7.so.1': { libraries: [musl] }
    }
    const right = { libraries: ['libc.so.6'] }
    expect(judged(content({ ...unused, [one]: right }))).toMatchObject({ passed: true })
    expect(judged(content({ ...unused, [one]: { libraries: ['libgcc_s-7.so.1'] } }))).toMatchObject(refused(musl))
    expect(judged(content(unused))).toMatchObject(refused(musl))
    // Nobody says who loads it: it may be the code of the layer.
    expect(judged(content({ [one]: right, 'python/x.libs/libalone.so': { libraries: [musl] } }))).toMatchObject(
      refused(musl)
    )
  })

  it('warns of a library where the loader does not look, and of a runtime that it does not know', () => {
    const layer = { compatibleRuntimes: ['python3.99'], compatibleArchitectures: ['x86_64'] }
    const { unknown, unfit } = loadabilityOf(
      layer,
      content({ [one]: { libraries: ['libpq.so.5'] } }, ['python/lib/libpq.so.5'])
    )
    expect([unfit, unknown]).toEqual([
      [],
      [expect.stringContaining('python3.99'), expect.stringContaining('libpq.so.5, which lies in python/lib/')]
    ])
  })

  it.each([
    ['python/x.pypy310-pp73-x86_64-linux-gnu.so', 'pypy310'],
    ['python/x.cpython-310-x86_64-linux-musl.so', 'musl'],
    ['python/x.graalpy232-310-native-x86_64-linux.so', 'graalpy'],
    ['python/x.cp310-win_amd64.pyd', 'cp310-win']
  ])('a module for another interpreter: %s', (path, found) => {
    expect(judged(content({}, [path]))).toMatchObject(refused(found))
    expect(judged(content({}, [path, 'python/x.abi3.so']))).toMatchObject({ passed: true })
  })

  it.each(['cp310-cp310-musllinux_1_2_x86_64', 'cp310-cp310-manylinux_2_34_x86_64'])(
    'a wheel for another libc: %s',
    tag => {
      const traits = new Map([['python/x-1.dist-info/WHEEL', { wheelTags: [tag] }]])
      const verdicts = inspectContent(
        { id: 'da', compatibleRuntimes: ['python3.10'], compatibleArchitectures: ['x86_64'] },
        { ...content({}, ['python/x.py']), traits }
      )
      expect(verdicts.filter(({ passed }) => passed !== true).map(({ guard }) => guard)).toEqual(['NOT_LOADABLE'])
    }
  )
})

describe('F116 the folder of every declared runtime', () => {
  const layout = (runtimes: string[], ...paths: string[]) =>
    inspectContent(
      { id: 'da', compatibleRuntimes: runtimes, compatibleArchitectures: ['x86_64'] },
      content({}, paths)
    ).find(({ guard }) => guard === 'ARCHIVE_LAYOUT')
  const site = (version: string, name: string) => `python/lib/python${version}/site-packages/${name}`

  it.each<[string, string[], string[]]>([
    ['another version', ['python3.11'], [site('3.9', 'da.py')]],
    ['one of two', ['python3.9', 'python3.11'], [site('3.9', 'da/__init__.py')]],
    ['a module that only an undeclared one finds', ['python3.11'], ['python/x.py', site('3.9', 'da.py')]],
    ['lib64', ['python3.11'], ['python/lib64/python3.11/site-packages/da.py']],
    ['dist-packages', ['python3.11'], ['python/lib/python3.11/dist-packages/da.py']]
  ])('ARCHIVE_LAYOUT: %s', (_, runtimes, paths) => {
    expect(layout(runtimes, ...paths)).toMatchObject(refused(runtimes.at(-1) ?? ''))
  })

  it.each<[string, string[], string[]]>([
    ['python/ is for all', ['python3.9', 'python3.11'], ['python/da.py']],
    ['each has its own', ['python3.9', 'python3.11'], [site('3.9', 'da.py'), site('3.11', 'da.py')]],
    ['a backport for one', ['python3.9', 'python3.11'], ['python/da.py', site('3.9', 'tomli/__init__.py')]],
    ['the same for more than is declared', ['python3.11'], [site('3.9', 'da.py'), site('3.11', 'da.py')]],
    ['no Python is declared', ['nodejs20.x', 'python3.11'], ['nodejs/x.js', 'python/da.py']]
  ])('passes: %s', (_, runtimes, paths) => {
    expect(layout(runtimes, ...paths)).toMatchObject({ passed: true })
  })
})
