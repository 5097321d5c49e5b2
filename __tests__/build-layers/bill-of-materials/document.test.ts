import { describe, expect, it } from '@jest/globals'
import { billOfMaterials, type BillSubject } from '../../../src/build-layers/bill-of-materials/document.js'
import { partsOf, type ContentFile } from '../../../src/build-layers/bill-of-materials/parts.js'
import { sha256Hex } from '../../../src/model/digest.js'
import { schemaProblems } from './cyclonedx-schema.js'

const subject: BillSubject = {
  layerId: 'da_flask',
  contentDigest: 'c'.repeat(64),
  compatibleRuntimes: ['python3.11', 'python3.10'],
  compatibleArchitectures: ['x86_64']
}

interface Component {
  readonly type: string
  readonly name: string
  readonly version?: string
  readonly purl?: string
  readonly 'bom-ref': string
  readonly licenses?: readonly unknown[]
  readonly hashes: readonly { readonly alg: string; readonly content: string }[]
}
interface Document {
  readonly specVersion: string
  readonly serialNumber?: string
  readonly metadata: {
    readonly timestamp?: string
    readonly component: { readonly properties: readonly { readonly name: string; readonly value: string }[] }
  }
  readonly components: readonly Component[]
}
type Texts = Readonly<Record<string, string>>

const contentOf = (texts: Texts): readonly ContentFile[] =>
  Object.entries(texts).map(([path, text]) => [path, '100644', sha256Hex(text)] as const)
const textOf = (texts: Texts): Promise<string> =>
  billOfMaterials(
    subject,
    partsOf(contentOf(texts), path => texts[path] ?? null)
  )
async function documentOf(texts: Texts): Promise<Document> {
  const document = JSON.parse(await textOf(texts)) as Document
  expect(schemaProblems(document)).toEqual([])
  return document
}
const metadata = (...lines: string[]): string =>
  ['Metadata-Version: 2.4', ...lines, '', 'License: of the text'].join('\n')
const flask = (version: string, ...lines: string[]): Texts => ({
  [`python/flask-${version}.dist-info/METADATA`]: metadata('Name: Flask', `Version: ${version}`, ...lines),
  [`python/flask-${version}.dist-info/RECORD`]: `flask/v${version}.py,,\nflask-${version}.dist-info/METADATA,,\n`,
  [`python/flask/v${version}.py`]: `version = "${version}"\n`
})

describe('packages', () => {
  it('stand with name, version, purl and a hash over their files; the own modules with a hash', async () => {
    const { components } = await documentOf({
      ...flask('3.0.2'),
      'python/own/__init__.py': '1\n',
      'python/single.py': '2\n'
    })
    expect(components.map(({ name, version, purl }) => [name, version, purl])).toEqual([
      ['Flask', '3.0.2', 'pkg:pypi/flask@3.0.2'],
      ['own', undefined, undefined],
      ['single', undefined, undefined]
    ])
    for (const { hashes } of components)
      expect(hashes).toEqual([{ alg: 'SHA-256', content: expect.stringMatching(/^[0-9a-f]{64}$/) }])
  })

  it('change their hash with each of their files, and with nothing else', async () => {
    const hashes = async (texts: Texts) => (await documentOf(texts)).components.map(each => each.hashes[0]!.content)
    const before = await hashes({ ...flask('1.0'), 'python/own.py': '1' })
    const recorded = await hashes({ ...flask('1.0'), 'python/flask/v1.0.py': 'altered', 'python/own.py': '1' })
    const own = await hashes({ ...flask('1.0'), 'python/own.py': '2' })
    expect([recorded[0] === before[0], recorded[1] === before[1]]).toEqual([false, true])
    expect([own[0] === before[0], own[1] === before[1]]).toEqual([true, false])
  })

  it('may be there in two versions, or twice', async () => {
    const elsewhere = Object.entries(flask('1.0')).map(([path, text]): [string, string] => [
      path.replace('python/', 'python/lib/python3.11/site-packages/'),
      text
    ])
    const { components } = await documentOf({ ...flask('1.0'), ...flask('2.0'), ...Object.fromEntries(elsewhere) })
    expect(components.map(({ purl }) => purl).sort()).toEqual([
      'pkg:pypi/flask@1.0',
      'pkg:pypi/flask@1.0',
      'pkg:pypi/flask@2.0'
    ])
    const same = components.filter(({ version }) => version === '1.0').map(({ hashes }) => hashes[0]!.content)
    expect(same[0]).toBe(same[1])
    expect(new Set(components.map(each => each['bom-ref'])).size).toBe(3)
  })

  it('of Node stand with theirs, each within another one, too', async () => {
    const { components } = await documentOf({
      'nodejs/node_modules/@scope/a/package.json': '{"name":"@scope/a","version":"1.0.0+b","license":"MIT"}',
      'nodejs/node_modules/@scope/a/node_modules/b/package.json':
        '{"name":"b","version":"2.0.0","license":{"type":"ISC"}}',
      'nodejs/node_modules/broken/package.json': '{',
      'nodejs/node_modules/.bin/b': 'x'
    })
    expect(components.map(({ name, purl, licenses }) => [name, purl, licenses])).toEqual([
      ['nodejs/node_modules/.bin', undefined, undefined],
      ['@scope/a', 'pkg:npm/%40scope/a@1.0.0%2Bb', [{ expression: 'MIT' }]],
      ['b', 'pkg:npm/b@2.0.0', [{ expression: 'ISC' }]],
      ['broken', 'pkg:npm/broken', undefined]
    ])
  })

  it('with odd names are encoded, whatever stands in them', async () => {
    const odd = "we!rd (n'äme) *+@\ud800"
    const { components } = await documentOf({
      [`python/x-1.dist-info/METADATA`]: metadata(`Name: ${odd}`, 'Version: 1!2.0+local'),
      'python/---1.dist-info/METADATA': metadata('Name: ---', 'Version: 1'),
      'python/öwn/x y"z.py': '1'
    })
    const found = components.find(({ purl }) => purl?.includes('we') === true)
    expect(found?.purl).toMatch(/^pkg:pypi\/we%21rd%20%28n%27%C3%A4me%29%20%2A%2B%40%EF%BF%BD@1%212[.]0%2Blocal$/)
    expect(components.find(({ name }) => name === '---')?.purl).toBeUndefined()
    expect(components.map(({ name }) => name)).toContain('öwn')
  })

  it('without metadata, or with broken ones, are called as their folder is', async () => {
    const { components } = await documentOf({
      'python/none-1.2.dist-info/RECORD': 'none.py,,\n../escape.py,,\n',
      'python/none.py': '1',
      'python/broken-3.4.dist-info/METADATA': '\u0000\ufffd no header at all\n: empty\n  folded',
      'python/noversion.dist-info/METADATA': 'Name:\nVersion:\n'
    })
    expect(components.map(({ name, version, licenses }) => [name, version, licenses])).toEqual([
      ['broken', '3.4', undefined],
      ['none', '1.2', undefined],
      ['noversion', undefined, undefined]
    ])
  })
})

it.each([
  ['an expression', ['License-Expression: MIT OR Apache-2.0', 'License: other'], [{ expression: 'MIT OR Apache-2.0' }]],
  [
    'a name',
    ['License: BSD-3-Clause', 'Classifier: License :: OSI Approved :: MIT License'],
    [{ license: { name: 'BSD-3-Clause' } }]
  ],
  [
    'classifiers, sorted, where the field holds a whole licence',
    [
      'License: Permission is granted',
      '        to anybody',
      'Classifier: License :: OSI Approved :: MIT License',
      'Classifier: License :: OSI Approved :: Apache Software License'
    ],
    [{ license: { name: 'Apache Software License' } }, { license: { name: 'MIT License' } }]
  ],
  [
    'classifiers, where the field says nothing',
    ['License: UNKNOWN', 'Classifier: License :: Public Domain'],
    [{ license: { name: 'Public Domain' } }]
  ],
  ['none, where none is named', ['Classifier: License :: OSI Approved'], undefined]
])('the licence of a package is %s', async (_what, lines, licenses) => {
  const { components } = await documentOf(flask('1.0', ...lines))
  expect(components[0]!.licenses).toEqual(licenses)
})

describe('the document', () => {
  const texts = { ...flask('1.0'), ...flask('2.0'), 'python/own.py': '1' }

  it('names the content, the runtimes and the architectures, and no time, serial number or commit', async () => {
    const { specVersion, serialNumber, metadata: about } = await documentOf(texts)
    expect([specVersion, serialNumber, about.timestamp]).toEqual(['1.6', undefined, undefined])
    expect(about.component.properties).toEqual([
      { name: 'layer-deploy:content-digest', value: 'c'.repeat(64) },
      { name: 'layer-deploy:compatible-runtime', value: 'python3.10' },
      { name: 'layer-deploy:compatible-runtime', value: 'python3.11' },
      { name: 'layer-deploy:compatible-architecture', value: 'x86_64' }
    ])
  })

  it('has the same bytes each time, in whatever order the files and the runtimes are named', async () => {
    const other = Object.fromEntries(Object.entries(texts).reverse())
    const turned = { ...subject, compatibleRuntimes: [...subject.compatibleRuntimes].reverse() }
    const again = await billOfMaterials(
      turned,
      partsOf(contentOf(other), path => texts[path as keyof typeof texts] ?? null)
    )
    expect(again).toBe(await textOf(texts))
  })

  it('keeps its bytes from one version of the action to the next, lest documents in buckets read as altered', async () => {
    expect(sha256Hex(await textOf(texts))).toBe('d70caa33f0aad13cc1339fcc7118126174c1d87a4289e3c4bab27641a629629b')
  })

  it('of 5,000 packages is made in bounded time', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 5_000 }, (_, i) => [
        `python/p${i}-1.${i}.dist-info/METADATA`,
        metadata(`Name: p${i}`, `Version: 1.${i}`, 'License: MIT')
      ])
    )
    const start = performance.now()
    const { components } = JSON.parse(await textOf(many)) as Document
    expect(components).toHaveLength(5_000)
    expect(performance.now() - start).toBeLessThan(5_000)
  })
})
