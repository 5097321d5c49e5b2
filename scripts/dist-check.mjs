/** Fails where dist/ is not what its source builds to. New files count, too. */
import { execFileSync } from 'node:child_process'

const options = { cwd: new URL('..', import.meta.url), encoding: 'utf8' }
execFileSync(process.execPath, ['scripts/build.mjs'], { ...options, stdio: 'inherit' })
const changed = execFileSync('git', ['status', '--porcelain', '--', 'dist'], options)
if (changed === '') console.log('dist: up to date')
else {
  console.error(`dist is not what its source builds to; run npm run build and commit dist/:\n${changed}`)
  process.exitCode = 1
}
