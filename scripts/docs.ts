/** `npm run docs` writes what is generated from the code; `--check` writes nothing and fails where that would change a file. */
import { readFile, writeFile } from 'node:fs/promises'
import { generatedFiles } from './docs/files.js'

const check = process.argv.includes('--check')
const root = new URL('..', import.meta.url)
const drifted: string[] = []

for (const { path, text } of await generatedFiles(root)) {
  const file = new URL(path, root)
  const present = await readFile(file, 'utf8').catch(() => null)
  if (present === text) continue
  drifted.push(path)
  if (!check) await writeFile(file, text)
}

if (!check) {
  console.log(drifted.length === 0 ? 'docs: up to date' : `docs: wrote ${drifted.join(', ')}`)
} else if (drifted.length > 0) {
  console.error(`docs: out of date: ${drifted.join(', ')}; run npm run docs`)
  process.exitCode = 1
}
