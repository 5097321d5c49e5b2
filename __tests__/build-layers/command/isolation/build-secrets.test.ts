/** What a build finds of the job's secrets: nothing, wherever it looks. */
import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { buildLayer } from '../../../../src/build-layers/build-layer.js'
import { enterArgv, gatheringPlace, type Entrance } from '../../../../src/build-layers/command/isolation/enter.js'
import type { BuildRecipe } from '../../../../src/model/index.js'
import { layer, recordedLog, runnerWith, scratchFolders } from '../../scratch.js'
import { canaryPrefix, hostileProject, searching } from './hostile.js'

const scratch = scratchFolders()
afterAll(() => {
  scratch.remove()
})

const canary = (of: string): string => `${canaryPrefix}-${of}`

/** Of a job: what must not be seen, by name. */
const secrets = [
  ...['GITHUB_TOKEN', 'GH_TOKEN', 'INPUT_GITHUB-TOKEN', 'INPUT_SSH-KEY', 'ACTIONS_ID_TOKEN_REQUEST_TOKEN'],
  ...['ACTIONS_RUNTIME_TOKEN', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'NPM_TOKEN'],
  ...['SLACK_WEBHOOK', 'MY_SETTING', 'UV_PUBLISH_TOKEN']
]

let before: NodeJS.ProcessEnv = {}
let home = ''
let workspace = ''
let temporary = ''
beforeEach(() => {
  before = { ...process.env }
  home = scratch.make({ '.aws/credentials': canary('keys'), '.ssh/id_ed25519': canary('ssh'), '.ssh/known_hosts': 'x' })
  workspace = scratch.make({
    '.git/config': canary('extraheader'),
    '.git/modules/da/config': canary('submodule'),
    'second/.git/config': canary('second checkout')
  })
  temporary = scratch.make({
    'anything.json': canary('of another step'),
    '_runner_file_commands/set_env_1': canary('variables'),
    'git-credentials-1.config': canary('checkout')
  })
  const job = Object.fromEntries(secrets.map(name => [name, canary(name)]))
  const places = { HOME: home, GITHUB_WORKSPACE: workspace, RUNNER_TEMP: temporary, GITHUB_ACTIONS: 'true' }
  Object.assign(process.env, job, places, { GITHUB_ENV: join(temporary, '_runner_file_commands/set_env_1') })
})
afterEach(() => {
  for (const name of Object.keys(process.env)) if (!(name in before)) Reflect.deleteProperty(process.env, name)
  Object.assign(process.env, before)
})

const build = (recipe: Partial<BuildRecipe>, source: Readonly<Record<string, string>>, log = recordedLog()) =>
  buildLayer(
    { layer: layer(recipe), sourceDirectory: scratch.make(source), outputDirectory: scratch.make() },
    { process: runnerWith({ PIP_NO_INDEX: '1' }), log }
  )
const writes = 'mkdir -p "$LAYER_BUILD_DIR/python"; echo 1 > "$LAYER_BUILD_DIR/python/x.py"'

describe('F138 F131 a build finds no secret of its job', () => {
  it('its code is run by pip: not in the environment, in /proc, in the work tree, at home or in the files of the runner', async () => {
    const source = hostileProject([workspace, temporary, home])
    const artifact = await build({ kind: 'detect', installer: 'pip' }, source)
    expect(artifact.verdicts.filter(({ passed }) => passed !== true)).toEqual([])
  })

  it('nor does build.command; where it is let, it finds all of them, so the search is one', async () => {
    const search = { 'search.py': `${searching([workspace, temporary, home])}\nprint("found", search())\n` }
    const log = recordedLog()
    await build({ kind: 'command', command: `python3 search.py; ${writes}` }, search, log)
    expect(log.lines).toContain('found []')
    const script = join(scratch.make(search), 'search.py')
    const outside = execFileSync('python3', [script], { encoding: 'utf8', env: { ...process.env } })
    for (const place of ['NPM_TOKEN', '/environ', '.git/config', 'set_env_1', 'anything.json', '.aws/credentials']) {
      expect(outside).toContain(place)
    }
  })

  it('what build.environment names it sees, and nothing else of the step', async () => {
    const log = recordedLog()
    const recipe = { kind: 'command', command: `env; ${writes}`, environment: ['MY_SETTING'] } as const
    await build(recipe, {}, log)
    const values = log.lines.filter(line => line.includes(canaryPrefix))
    expect(values).toEqual([`MY_SETTING=${canary('MY_SETTING')}`])
    expect(log.lines).toEqual(expect.arrayContaining([expect.stringMatching(/^PATH=/), `HOME=${home}`]))
  })

  it('a tool and a cache that lie in the temporary folder of the runner are still there', async () => {
    mkdirSync(join(temporary, 'venv/bin'), { recursive: true })
    mkdirSync(join(temporary, 'uv-cache'))
    Object.assign(process.env, { UV_CACHE_DIR: join(temporary, 'uv-cache') })
    process.env['PATH'] = `${join(temporary, 'venv/bin')}:${process.env['PATH'] ?? ''}`
    const log = recordedLog()
    await build({ kind: 'command', command: `ls ${temporary}; touch "$UV_CACHE_DIR/kept"; ${writes}` }, {}, log)
    expect(log.lines).toEqual(expect.arrayContaining(['uv-cache', 'venv']))
    expect(log.lines).not.toContain('anything.json')
    expect(existsSync(join(temporary, 'uv-cache/kept'))).toBe(true)
  })

  it('cannot undo it: no sudo, no mount, no way back to what was hidden', async () => {
    const tries = `(mount -t proc proc /proc; umount ${temporary}; unshare -Ur --mount umount ${temporary}; ls ${temporary}) 2>/dev/null || true`
    const log = recordedLog()
    await build({ kind: 'command', command: `${tries}; ${writes}` }, {}, log)
    expect(log.lines).not.toContain('anything.json')
  })
})

/** Run by hand: a test cannot be another user itself. */
describe('F138 the other ways in', () => {
  const nobody = 65534
  const asNobody = [`--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups']
  const look =
    'echo "$(id -u)"; readlink /proc/self/ns/pid; ls -A "$1"; mount -t tmpfs x /mnt 2>/dev/null || echo no mount'
  const through = (entrance: Entrance, env: NodeJS.ProcessEnv = process.env): readonly string[] => {
    mkdirSync(gatheringPlace, { recursive: true })
    const changes = [{ kind: 'hide', path: temporary } as const]
    const argv = enterArgv(entrance, { cwd: '/', path: null, changes }, ['sh', '-c', look, 'sh', temporary])
    execFileSync('chmod', ['-R', 'a+rX', temporary])
    const [program, ...args] = entrance.kind === 'user' ? (['setpriv', ...asNobody, ...argv] as const) : argv
    const result = spawnSync(program, args, { env, encoding: 'utf8' })
    if (result.status !== 0) throw new Error(result.stderr)
    return result.stdout.trim().split('\n')
  }

  it.each<Entrance>([
    { kind: 'user', uid: nobody, gid: nobody },
    { kind: 'sudo', uid: nobody, gid: nobody }
  ])('$kind: as the user that it was, in a namespace of its own, unable to mount', entrance => {
    if (userId() !== 0) return
    // Stands in for sudo where root calls: it hands on the variables and the arguments.
    const bin = scratch.make({
      sudo: { executable: '#!/bin/sh\n[ "$1 $2" = "-n --preserve-env" ] && shift 2 && exec "$@"\n' }
    })
    const env = { ...process.env, PATH: `${bin}:${process.env['PATH'] ?? ''}` }
    const [uid, namespace, ...rest] = through(entrance, env)
    expect(uid).toBe(String(nobody))
    expect(namespace).toMatch(/^pid:/)
    expect(namespace).not.toBe(readlinkSync('/proc/self/ns/pid'))
    expect(rest).toEqual(['no mount'])
  })
})

function userId(): number {
  return process.getuid?.() ?? -1
}
