/**
 * What is packed runs by itself: dist/ holds every library, so an installation fetches none. `prepare` (before packing) takes
 * dependencies and scripts out of package.json, `restore` (after it) puts the file back. `pack [folder]`, as `npm run package`
 * starts it, does both around `npm pack`: by itself that would not, since .npmrc lets no script of a package run.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const manifest = join(root, 'package.json')
const kept = join(root, '.package.json.kept')

function prepare() {
  // Of a packing that was cut off: that is the whole one.
  if (existsSync(kept)) renameSync(kept, manifest)
  const text = readFileSync(manifest, 'utf8')
  const whole = JSON.parse(text)
  const taken = ['scripts', 'dependencies', 'devDependencies', 'optionalDependencies', 'overrides']
  const packed = Object.fromEntries(Object.entries(whole).filter(([key]) => !taken.includes(key)))
  writeFileSync(kept, text)
  writeFileSync(manifest, `${JSON.stringify(packed, null, 2)}\n`)
}

function restore() {
  if (existsSync(kept)) renameSync(kept, manifest)
}

switch (process.argv[2]) {
  case 'prepare':
    prepare()
    break
  case 'restore':
    restore()
    break
  case 'pack': {
    const folder = resolve(process.argv[3] ?? '.')
    prepare()
    try {
      const words = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder]
      const [{ filename }] = JSON.parse(execFileSync('npm', words, { cwd: root, encoding: 'utf8' }))
      console.log(filename)
    } finally {
      restore()
    }
    break
  }
  default:
    console.error('usage: node scripts/package.mjs prepare|restore|pack [folder]')
    process.exitCode = 2
}
