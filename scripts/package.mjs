/**
 * What `npm pack` packs runs by itself: dist/ holds every library, so an installation fetches none. `prepare` (before packing) takes
 * dependencies and scripts out of package.json, `restore` (after it) puts the file back.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const manifest = join(root, 'package.json')
const kept = join(root, '.package.json.kept')

switch (process.argv[2]) {
  case 'prepare': {
    // Of a packing that was cut off: that is the whole one.
    if (existsSync(kept)) renameSync(kept, manifest)
    const text = readFileSync(manifest, 'utf8')
    const whole = JSON.parse(text)
    const taken = ['scripts', 'dependencies', 'devDependencies', 'optionalDependencies', 'overrides']
    const packed = Object.fromEntries(Object.entries(whole).filter(([key]) => !taken.includes(key)))
    writeFileSync(kept, text)
    writeFileSync(manifest, `${JSON.stringify(packed, null, 2)}\n`)
    break
  }
  case 'restore':
    if (existsSync(kept)) renameSync(kept, manifest)
    break
  default:
    console.error('usage: node scripts/package.mjs prepare|restore')
    process.exitCode = 2
}
