/** Fails where dist/ is not what its source builds to, byte by byte, or holds another file. Builds elsewhere: dist/ stays as it is. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const scratch = mkdtempSync(join(tmpdir(), 'dist-check-'))
try {
  execFileSync(process.execPath, ['scripts/build.mjs', scratch], { cwd: root, stdio: 'inherit' })
  const [committed, built] = [filesIn(join(root, 'dist')), filesIn(scratch)]
  const names = [...new Set([...committed.keys(), ...built.keys()])].sort()
  const differing = names.filter(name => committed.get(name) !== built.get(name))
  if (differing.length === 0) console.log('dist: up to date')
  else {
    console.error(`dist is not what its source builds to; run npm run build and commit dist/:\n${differing.join('\n')}`)
    process.exitCode = 1
  }
} finally {
  rmSync(scratch, { recursive: true })
}

/** Path → whether it may be executed, and its bytes. */
function filesIn(folder) {
  const names = readdirSync(folder, { recursive: true }).filter(name => statSync(join(folder, name)).isFile())
  return new Map(names.map(name => [name, contentOf(join(folder, name))]))
}

function contentOf(file) {
  return `${statSync(file).mode & 0o100} ${readFileSync(file, 'latin1')}`
}
