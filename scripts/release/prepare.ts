/**
 * What a release carries. `node --import tsx scripts/release/prepare.ts v1.2.3 FOLDER` writes there: the archive of `npm run package`, the bill of materials,
 * SHA256SUMS of both and of every file of dist/, and the notes. dist/ is taken as it lies there: whoever calls has rebuilt and compared it.
 */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { billOf, type Lock, type Manifest } from './bill-of-materials.js'
import { notesOf, versionOf } from './notes.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const [tag, given] = process.argv.slice(2)
if (tag === undefined || given === undefined) throw new Error('usage: prepare.ts TAG FOLDER')
const folder = resolve(given)
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const manifest = JSON.parse(read('package.json')) as Manifest
const version = versionOf(tag, manifest)
const notes = notesOf(read('CHANGELOG.md'), version)
const bill = billOf(
  read('dist/licenses.txt'),
  read('THIRD-PARTY-NOTICES.md'),
  manifest,
  JSON.parse(read('package-lock.json')) as Lock
)

mkdirSync(folder, { recursive: true })
writeFileSync(join(folder, 'notes.md'), notes)
writeFileSync(join(folder, 'sbom.cdx.json'), bill)
execFileSync(process.execPath, ['scripts/package.mjs', 'pack', folder], {
  cwd: root,
  stdio: ['ignore', 'ignore', 'inherit']
})

const archive = `${manifest.name}-${version}.tgz`
const bundle = readdirSync(join(root, 'dist'), { recursive: true, withFileTypes: true })
  .filter(entry => entry.isFile())
  .map(entry => join(entry.parentPath, entry.name))
const line = (name: string, path: string): string =>
  `${createHash('sha256').update(readFileSync(path)).digest('hex')}  ${name}`
const carried = [archive, 'sbom.cdx.json'].map(name => line(name, join(folder, name)))
// The paths are those of a checkout: `sha256sum --check --ignore-missing` works there, and in a folder of downloads.
const built = bundle.map(path => line(relative(root, path), path)).sort((a, b) => (a.slice(66) < b.slice(66) ? -1 : 1))
writeFileSync(join(folder, 'SHA256SUMS'), `${[...carried, ...built].join('\n')}\n`)
console.log(`release: ${[archive, 'sbom.cdx.json', 'SHA256SUMS', 'notes.md'].join(', ')} in ${folder}`)
