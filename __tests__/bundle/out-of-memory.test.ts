/** Node dies for want of memory while it packs: by V8's own limit, or by the kernel's. The next run completes. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type ActionWorld, makeActionWorld, ownProcesses, sandboxAccount } from '../support/action-world.js'
import { push } from '../support/events.js'
import { configText, folderLayer } from './config-text.js'
import { errorsOf, statusesOf, versionsIn } from './reading.js'

/** Loaded into the main step: what happens as the archive is opened. */
function whilePacking(what: string): string {
  const program = `
    import { createRequire, syncBuiltinESMExports } from 'node:module'
    const fs = createRequire(process.cwd() + "/x.js")("node:fs")
    const open = fs.openSync
    fs.openSync = (path, ...rest) => {
      if (String(path).endsWith('layer.zip')) { ${what} }
      return open(path, ...rest)
    }
    syncBuiltinESMExports()`
  return `--max-old-space-size=128 --import=data:text/javascript,${encodeURIComponent(program)}`
}

/** Twenty seconds pass for the run in one: a claim of the engine `lambda` that nobody comes back for is waited out in time. */
const fastClock = `--import=data:text/javascript,${encodeURIComponent(
  'const now = Date.now; const start = now(); Date.now = () => start + 20 * (now() - start)'
)}`

const deaths = [
  ["V8's limit", 'const held = []; for (;;) held.push(new Array(100_000).fill(held.length + 0.5))', 134],
  ["the kernel's", "process.kill(process.pid, 'SIGKILL')", 137]
] as const

describe.each(['cloudformation', 'lambda'] as const)('engine %s', engine => {
  let world: ActionWorld
  let versions = 0
  beforeAll(async () => {
    world = await makeActionWorld({
      steps: ownProcesses,
      config: configText({ engine }),
      submodules: {},
      files: folderLayer
    })
  })
  afterAll(() => world.close())

  it.each(deaths)('F148 %s: the status is closed, the next run completes', async (_whose, what, exitCode) => {
    const files = { [`da_flask/python/change_${versions}.py`]: '1\n' }
    await world.superproject.commitFiles(files, { branch: 'test' })
    const after = await world.superproject.push('test')
    const job = { event: push({ after }), checkout: { branch: 'test', commit: after }, account: sandboxAccount }
    world.github.state.statuses.length = 0
    world.aws.resetCalls()

    const dead = await world.run({ ...job, env: { NODE_OPTIONS: whilePacking(what) } })
    expect({ exitCode: dead.exitCode, stderr: dead.stderr.slice(0, 4_000) }).toMatchObject({ exitCode })
    if (exitCode === 134) expect(dead.stderr).toContain('heap out of memory')
    expect(world.aws.writes()).toEqual([])
    expect(statusesOf(world)).toEqual(['layer-deploy/sandbox pending', 'layer-deploy/sandbox error'])

    const next = await world.run({ ...job, env: { NODE_OPTIONS: fastClock } })
    versions += 1
    expect(errorsOf(next)).toEqual([])
    expect(next.outputs).toMatchObject({ conclusion: 'success', da_flask_version: String(versions) })
    expect(versionsIn(world, sandboxAccount)['dev-da-flask-layer']).toHaveLength(versions)
  })
})
