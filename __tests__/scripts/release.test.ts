/** What a release carries, and the licences of what it carries. */
import { mkdtemp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { billOf, packagesOf, type Lock, type Manifest } from '../../scripts/release/bill-of-materials.js'
import { notesOf, versionOf } from '../../scripts/release/notes.js'
import { schemaProblems } from '../build-layers/bill-of-materials/cyclonedx-schema.js'

const root = resolve(import.meta.dirname, '../..')
const read = (path: string): Promise<string> => readFile(join(root, path), 'utf8')
const manifest = JSON.parse(await read('package.json')) as Manifest
const lock = JSON.parse(await read('package-lock.json')) as Lock
const licences = await read('dist/licenses.txt')
const notices = await read('THIRD-PARTY-NOTICES.md')

describe('notes', () => {
  it('this version has a section in CHANGELOG.md, and the lock says the same version', async () => {
    expect(notesOf(await read('CHANGELOG.md'), versionOf(`v${manifest.version}`, manifest)).length).toBeGreaterThan(100)
    expect(lock.packages['']?.version).toBe(manifest.version)
  })

  it('are those of the version alone', () => {
    const text = '# Changelog\n\n## Unreleased\n\n- new\n\n## [1.1.0] - 2026-01-02\n\n- one\n\n## 1.0.0\n\n- none\n'
    expect(notesOf(text, '1.1.0')).toBe('- one\n')
    expect(() => notesOf(text, '1.1')).toThrow('no section for 1.1')
    expect(() => notesOf('## 1.0.0\n\n## 0.9.0\n\n- x\n', '1.0.0')).toThrow('is empty')
  })

  it('a tag that is not the version of package.json is refused', () => {
    for (const tag of ['v9.9.9', manifest.version, 'v1']) expect(() => versionOf(tag, manifest)).toThrow(tag)
  })
})

describe('bill of materials', () => {
  const bill = JSON.parse(billOf(licences, notices, manifest, lock)) as {
    components: readonly { name: string; version: string; licenses: readonly { license: { id: string } }[] }[]
  }

  it('is CycloneDX 1.6 and names each package with code in the bundle, and libdeflate', () => {
    expect(schemaProblems(bill)).toEqual([])
    const named = bill.components.map(({ name, version, licenses }) => `${name} ${version} ${licenses[0]?.license.id}`)
    const bundled = packagesOf(licences).map(({ name, version, licence }) => `${name} ${version} ${licence}`)
    expect(named.sort()).toEqual([...bundled, 'libdeflate 1.26 MIT'].sort())
    expect(new Set(named).size).toBe(named.length)
  })

  it('gives the same bytes again', () => {
    expect(billOf(licences, notices, manifest, lock)).toBe(billOf(licences, notices, manifest, lock))
  })

  it('a package that the lock does not have is refused', () => {
    expect(() => billOf(licences, notices, manifest, { packages: {} })).toThrow('no SHA-512')
  })
})

describe('licences', () => {
  let folder = ''
  let licencesOf: (modules: readonly string[], root: string) => string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'licences-'))
    const module = pathToFileURL(join(root, 'scripts/licences.mjs')).href
    licencesOf = ((await import(module)) as { licencesOf: typeof licencesOf }).licencesOf
  })
  afterAll(() => rm(folder, { recursive: true }))

  const packaged = async (name: string, license: unknown, text: string | null): Promise<string> => {
    const place = join(folder, 'node_modules', name)
    await mkdir(place, { recursive: true })
    await writeFile(join(place, 'package.json'), JSON.stringify({ name, version: '1.2.3', license }))
    if (text !== null) await writeFile(join(place, 'LICENSE'), text)
    return join(place, 'lib/index.js')
  }

  it('dist/licenses.txt names what runs in the bundle, at the installed versions, each with its text', () => {
    const packages = packagesOf(licences)
    for (const { name, version, licence } of packages) {
      expect([name, version]).toEqual([name, installedVersions(name).find(each => each === version)])
      expect(['MIT', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'MIT-0', 'BlueOak-1.0.0']).toContain(
        licence
      )
    }
    for (const section of licences.split('-'.repeat(80))) expect(section.length).toBeGreaterThan(300)
  })

  it('the packages whose code the bundle visibly holds are named', async () => {
    const names = packagesOf(licences).map(({ name }) => name)
    // Texts of these libraries that no minifier changes.
    const marks = { yaml: 'tag:yaml.org,2002:', zod: 'invalid_format', commander: 'commander.helpDisplayed' }
    const bundle = await everyBundle()
    for (const [name, mark] of Object.entries(marks)) expect([name, bundle.includes(mark)]).toEqual([name, true])
    const needed = ['@aws-sdk/client-lambda', '@aws-sdk/client-s3', '@octokit/core', ...Object.keys(marks)]
    expect(needed.filter(name => !names.includes(name))).toEqual([])
  })

  it('a section for each package, once, with its notice', async () => {
    const one = await packaged('one', 'MIT', 'the text of one')
    const two = await packaged('@scope/two', 'ISC', 'the text of two')
    await writeFile(join(folder, 'node_modules/one/NOTICE'), 'the notice of one')
    const text = licencesOf([two, one, join(folder, 'src/own.ts'), one.replace('index', 'more')], folder)
    expect(packagesOf(text)).toEqual([
      { name: '@scope/two', version: '1.2.3', licence: 'ISC' },
      { name: 'one', version: '1.2.3', licence: 'MIT' }
    ])
    expect(text).toContain('the text of one\n\nthe notice of one\n')
  })

  it.each([
    ['unknown', 'SSPL-1.0', 'text'],
    ['none', undefined, 'text'],
    ['without its text', 'MIT', null]
  ])('a build with a licence that is %s fails', async (what, license, text) => {
    const id = await packaged(`bad-${what.replaceAll(' ', '-')}`, license, text)
    expect(() => licencesOf([id], folder)).toThrow(/bad-/)
  })
})

function installedVersions(name: string): readonly string[] {
  return Object.entries(lock.packages).flatMap(([path, { version }]) =>
    path.endsWith(`node_modules/${name}`) && version !== undefined ? [version] : []
  )
}

async function everyBundle(): Promise<string> {
  const { readdir } = await import('node:fs/promises')
  const names = (await readdir(join(root, 'dist'))).filter(name => name.endsWith('.js'))
  return (await Promise.all(names.map(name => read(`dist/${name}`)))).join('\n')
}
