/** A bill of materials that was read back, from whoever wrote it. */
import { describe, expect, it } from '@jest/globals'
import { billOfMaterials } from '../../../src/build-layers/bill-of-materials/document.js'
import { knownBill } from '../../../src/build-layers/bill-of-materials/known-bill.js'
import { ownFilesIn, partsOf, type ContentFile } from '../../../src/build-layers/bill-of-materials/parts.js'
import { packagesIn } from '../../../src/build-layers/inspect/installed-packages.js'
import { sha256Hex } from '../../../src/model/digest.js'

type Texts = Readonly<Record<string, string>>
const contentDigest = 'c'.repeat(64)
const partsIn = (texts: Texts) => {
  const files: readonly ContentFile[] = Object.entries(texts).map(([path, text]) => [path, '100644', sha256Hex(text)])
  return partsOf(files, path => texts[path] ?? null)
}
const textOf = (texts: Texts) =>
  billOfMaterials(
    { layerId: 'a', contentDigest, compatibleRuntimes: ['python3.11'], compatibleArchitectures: [] },
    partsIn(texts)
  )
const metadata = (name: string, version: string, licence = 'MIT') =>
  `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\nLicense: ${licence}\n`

describe('a bill of materials that we wrote', () => {
  it('tells packages, licences and where the own files lie', async () => {
    const bill = knownBill(
      await textOf({
        'python/Flask_Login-1.0.dist-info/METADATA': metadata('Flask-Login', '1.0'),
        'python/x-2.dist-info/METADATA': 'License-Expression: MIT OR ISC\n',
        'nodejs/node_modules/@s/y/package.json': '{"name":"@s/y","version":"2.0.0","license":"ISC"}',
        'nodejs/node_modules/.bin/y': '1',
        'python/own/a.py': '1',
        'python/single.py': '1'
      })
    )
    expect(bill).toMatchObject({ contentDigest, node: [{ name: '@s/y', version: '2.0.0' }] })
    expect(bill?.python).toEqual([
      { name: 'flask-login', version: '1.0' },
      { name: 'x', version: '2' }
    ])
    expect(Object.fromEntries(bill?.licences ?? [])).toEqual({ 'flask-login': 'MIT', x: 'MIT OR ISC', '@s/y': 'ISC' })
    expect([...(bill?.ownPlaces ?? [])].sort()).toEqual(['nodejs/node_modules/.bin', 'python/own', 'python/single.py'])
  })

  // No metadata, broken metadata, two versions of one package, odd names: whatever the folder is called, both sides call it the same.
  it.each<[string, Texts]>([
    ['no metadata', { 'python/none-1.2.dist-info/RECORD': 'none.py,,\n', 'python/none.py': '1' }],
    ['broken metadata', { 'python/broken-3.4.dist-info/METADATA': '\u0000\ufffd no header\n: empty\n  folded' }],
    ['no version in its folder', { 'python/noversion.dist-info/METADATA': metadata('noversion', '9') }],
    [
      'two versions of one package',
      {
        'python/two-1.0.dist-info/METADATA': metadata('two', '1.0'),
        'python/two-2.0.dist-info/METADATA': metadata('two', '2.0', 'ISC')
      }
    ],
    [
      'odd names',
      {
        'python/---1.dist-info/METADATA': metadata('---', '1'),
        'python/Zope.Interface-1.dist-info/METADATA': metadata('zope_interface', '1'),
        'python/__proto__-1.dist-info/METADATA': metadata('__proto__', '1'),
        'python/we!rd na\u00e4me-1!2+x.dist-info/METADATA': metadata('other', '7'),
        'python/öwn/x y"z.py': '1'
      }
    ],
    ['a name in it that is another one', { 'python/a-1.dist-info/METADATA': metadata('b', '2') }],
    [
      'the same package twice',
      {
        'python/a-1.dist-info/METADATA': metadata('a', '1'),
        'python/lib/python3.11/site-packages/a-1.dist-info/METADATA': metadata('a', '1')
      }
    ]
  ])('with %s names the packages that the archive’s directory does', async (_what, texts) => {
    const named = (all: readonly { name: string; version: string }[]) =>
      [...new Set(all.map(({ name, version }) => `${name} ${version}`))].sort()
    expect(named(knownBill(await textOf(texts))!.python)).toEqual(named(packagesIn(Object.keys(texts))))
  })

  it('of two versions has both licences', async () => {
    const bill = knownBill(
      await textOf({
        'python/two-1.0.dist-info/METADATA': metadata('two', '1.0'),
        'python/two-2.0.dist-info/METADATA': metadata('two', '2.0', 'ISC')
      })
    )
    expect(bill?.licences.get('two')).toBe('ISC and MIT')
  })

  it('of 5,000 packages has all of them', async () => {
    const many = Array.from({ length: 5_000 }, (_, i) => [
      `python/p${i}-1.${i}.dist-info/METADATA`,
      metadata(`p${i}`, '1')
    ])
    expect(knownBill(await textOf(Object.fromEntries(many) as Texts))?.python).toHaveLength(5_000)
  })
})

it.each([
  '',
  'no JSON',
  'null',
  '[]',
  '{}',
  '{"bomFormat":"CycloneDX"}',
  '{"bomFormat":"CycloneDX","metadata":{"component":{"properties":[null,{"name":"layer-deploy:content-digest","value":7}]}}}',
  `{"bomFormat":"CycloneDX","metadata":{"component":{"properties":[{"name":"layer-deploy:content-digest","value":"c"}]}},"components":[{}]}`,
  `{"bomFormat":"CycloneDX","metadata":{"component":{"properties":[{"name":"layer-deploy:content-digest","value":"c"}]}},"components":{}}`
])('what is no document of ours is none: %.60s', text => {
  expect(knownBill(text)).toBeNull()
})

it('own files are what no package brought, and what the own project installed', () => {
  const parts = partsIn({
    'python/da_flask-0.1.dist-info/METADATA': metadata('da-flask', '0.1'),
    'python/da_flask-0.1.dist-info/RECORD': 'da_flask/app.py,,\nda_flask-0.1.dist-info/METADATA,,\n',
    'python/da_flask/app.py': '1',
    'python/flask-3.dist-info/METADATA': metadata('flask', '3'),
    'python/flask-3.dist-info/RECORD': 'flask/__init__.py,,\n',
    'python/flask/__init__.py': '1',
    'python/loose.py': '1'
  })
  expect(ownFilesIn(parts, new Set())).toEqual(['python/loose.py'])
  expect([...ownFilesIn(parts, new Set(['da-flask']))].sort()).toEqual(['python/da_flask/app.py', 'python/loose.py'])
})
