/** Builds that cannot be done: each a BUILD_FAILED that says what to do. Real installers are in __tests__/real. */
import { afterAll, describe, expect, it } from '@jest/globals'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { buildLayer } from '../../src/build-layers/build-layer.js'
import type { BuildRecipe } from '../../src/model/index.js'
import { layer, recordedLog, runnerWith, scratchFolders, zipRows, type Tree } from './scratch.js'

const scratch = scratchFolders()
afterAll(() => {
  scratch.remove()
})

function build(
  recipe: Partial<BuildRecipe>,
  source: Tree = {},
  env: Readonly<Record<string, string>> = {},
  more: {
    readonly commandSeconds?: number
    readonly python?: string
    readonly log?: ReturnType<typeof recordedLog>
  } = {}
) {
  const { log = recordedLog(), python, ...limits } = more
  const request = { layer: layer(recipe), sourceDirectory: scratch.make(source), outputDirectory: scratch.make() }
  const chosen = python === undefined ? {} : { python }
  return buildLayer({ ...request, ...chosen }, { process: runnerWith(env), log, ...limits })
}
const command = (text: string): Partial<BuildRecipe> => ({ kind: 'command', command: text })
const writes = 'mkdir -p "$LAYER_BUILD_DIR/python"; echo 1 > "$LAYER_BUILD_DIR/python/x.py"; '

describe('build.command', () => {
  it('that hangs is ended with all that it has started', async () => {
    // In its own namespace it has a number of its own: found by its argument.
    const seconds = `300.${Date.now()}`
    const hanging = build(command(`sleep ${seconds} & echo waiting for an answer; wait`), {}, {}, { commandSeconds: 2 })
    await expect(hanging).rejects.toThrow(
      /^BUILD_FAILED: .*build.command of layer da_flask to finish, found .*not finished within 2 seconds.*find what it waits for/
    )
    // The signal is sent; the kernel takes its moment.
    for (let tries = 0; isRunning(seconds) && tries < 50; tries++) await sleep(20)
    expect(isRunning(seconds)).toBe(false)
  })

  it.each([
    ['beside its folder', `${writes}touch "$LAYER_BUILD_DIR/../other.zip"`, 'found other.zip beside it'],
    [
      'over its folder',
      `rm -r "$LAYER_BUILD_DIR"; ln -s / "$LAYER_BUILD_DIR"`,
      'found that folder replaced or removed'
    ],
    ['nowhere', 'rm -r "$LAYER_BUILD_DIR"', 'found that folder replaced or removed'],
    [
      'into the source',
      'mkdir python; touch python/x.py',
      "found nothing in it, but python in the layer's folder. To fix: write python/"
    ]
  ])('that writes %s is refused', async (_, text, found) => {
    const refused = build(command(text), { 'README.md': 'x' })
    await expect(refused).rejects.toThrow(/^BUILD_FAILED: Expected build.command of layer da_flask to write /)
    await expect(refused).rejects.toThrow(found)
  })

  it('leaves what it drops as temporary out of the layer', async () => {
    const artifact = await build(command(`${writes}mktemp; mktemp -d`))
    expect((await zipRows(artifact.file)).map(({ name }) => name)).toEqual(['python/x.py'])
  })

  it('that installs has its bytecode and notes taken out', async () => {
    const pip =
      'p="$LAYER_BUILD_DIR/python"; mkdir -p "$p/__pycache__" "$p/a-1.dist-info" "$p/lib/python3.10/site-packages/__pycache__"; ' +
      'touch "$p/a.py" "$p/__pycache__/a.pyc" "$p/a-1.dist-info/INSTALLER" "$p/lib/python3.10/site-packages/b.py"'
    const artifact = await build(command(pip))
    expect((await zipRows(artifact.file)).map(({ name }) => name)).toEqual([
      'python/a.py',
      'python/lib/python3.10/site-packages/b.py'
    ])
  })
})

describe('build.check', () => {
  const python = { 'python/da_flask.py': 'VERSION = 1\n' }
  /** Stands in for an interpreter: says its version, and succeeds. */
  const interpreter = (version: string): string =>
    `#!/bin/sh\ncase "$*" in *platform.machine*) echo "$0"; echo ${version}; echo linux-x86_64; exit ;; -I*) exit ;; esac\necho "this is ${version}"\n`

  it("runs under the layer's Python where the machine has it, whatever python3 is", async () => {
    const bin = scratch.make({ 'python3.10': { executable: interpreter('3.10') } })
    const log = recordedLog()
    const path = `${bin}:${process.env['PATH'] ?? ''}`
    await build(
      { check: 'python3 --version; python --version' },
      python,
      { PATH: path },
      { log, python: 'no-such-python' }
    )
    expect(log.lines.filter(line => line === 'this is 3.10')).toHaveLength(2)
    expect(log.lines.join('\n')).not.toContain('build.check of layer da_flask runs under')
  })

  it('finds it in the tool cache of a GitHub runner, the newest patch release', async () => {
    const file = (release: string) => `Python/${release}/${process.arch}/bin/python3.10`
    const cache = scratch.make({
      [file('3.10.9')]: { executable: interpreter('3.10').replaceAll('this is', 'old') },
      [file('3.10.16')]: { executable: interpreter('3.10') }
    })
    const log = recordedLog()
    const env = { RUNNER_TOOL_CACHE: cache }
    await build({ check: 'python3 --version' }, python, env, { log, python: 'no-such-python' })
    expect(log.lines.filter(line => / 3.10$/.test(line))).toEqual(['this is 3.10'])
  })

  it('warns where it runs under another', async () => {
    const other = join(scratch.make({ python: { executable: interpreter('3.4') } }), 'python')
    const log = recordedLog()
    const recipe = { check: 'python3 -c "import da_flask"' }
    const source = { 'python/da_flask.py': '' }
    const request = {
      layer: layer(recipe, { compatibleRuntimes: ['python3.5'] }),
      sourceDirectory: scratch.make(source)
    }
    await buildLayer({ ...request, outputDirectory: scratch.make(), python: other }, { process: runnerWith(), log })
    expect(log.lines.join('\n')).toContain(
      'build.check of layer da_flask runs under Python 3.4 on linux-x86_64, the layer is for 3.5 on x86_64'
    )
  })

  it('sees what is packed: not what exclude leaves out', async () => {
    const recipe = { exclude: ['**/da_flask.py'], check: 'python3 -c "import da_flask"' }
    await expect(build(recipe, { ...python, 'python/other.py': '' })).rejects.toThrow(/^BUILD_FAILED: .*da_flask/)
  })
})

describe('an installer that fails', () => {
  /** Stands in for uv: prints what uv prints, and fails. */
  const uv = (words: string): string =>
    scratch.make({
      uv: {
        executable: `#!/bin/sh\n[ "$1" = --version ] && exit\n[ "$1" = pip ] || exit 1\nprintf '%s\\n' '${words}' >&2\nexit 2\n`
      }
    })
  const failing = (words: string) =>
    build(
      { kind: 'detect', installer: 'uv' },
      { 'requirements.txt': 'flask' },
      { PATH: `${uv(words)}:${process.env['PATH'] ?? ''}` }
    )

  it.each([
    [
      'unreachable index',
      'error: Request failed after 3 retries\ncause: Failed to fetch: http://index.example/simple/flask/',
      'To fix: make the index reachable'
    ],
    [
      'index that wants credentials',
      'error: HTTP status client error (401 Unauthorized) for url (https://index.example/simple)',
      'To fix: correct the user and password of the index'
    ],
    [
      'F129 wrong password, as pip tells it',
      'WARNING: 401 Error, Credentials not correct for https://index.example/simple/flask/\nERROR: Could not find a version that satisfies the requirement flask (from versions: none)\nERROR: No matching distribution found for flask',
      'To fix: correct the user and password of the index'
    ],
    [
      'F129 wheels for a newer glibc only',
      'error: No solution found\ncause: Because numpy has no wheels with a matching platform tag, your requirements are unsatisfiable.',
      'on x86_64 and glibc 2.26 at most'
    ],
    [
      'conflict',
      'error: No solution found when resolving dependencies\ncause: Because a depends on b>=2 and you require b==1, we can conclude that your requirements are unsatisfiable.',
      'To fix: make the versions in the requirements agree'
    ],
    ['wrong digest', 'error: Hash mismatch for flask==3.1.0', 'To fix: give every requirement the digest'],
    [
      'missing wheel',
      'error: No solution found\ncause: Because all versions of docopt have no usable wheels, your requirements are unsatisfiable.',
      'To fix: name packages that exist as wheels for python3.10 on x86_64'
    ],
    [
      'unknown trouble',
      'error: moon in the wrong house',
      'To fix: name packages that exist as wheels for python3.10 on x86_64'
    ]
  ])('%s: its own words, then the mend', async (_, words, mend) => {
    const failed = failing(words)
    await expect(failed).rejects.toThrow(`found exit code 2: ${words.split('\n')[0] ?? ''}`)
    await expect(failed).rejects.toThrow(mend)
  })

  it.each(['uv.lock', 'poetry.lock', 'Pipfile.lock'])(
    '%s without its tool is no reason to resolve anew',
    async lock => {
      const recipe: Partial<BuildRecipe> = { kind: 'requirements', requirements: lock, installer: 'pip', source: [] }
      const bin = scratch.make({
        python: { executable: '#!/bin/sh\ncase "$*" in *"pip --version") exit 0 ;; esac\nexit 1\n' }
      })
      const refused = build(recipe, { [lock]: '{}' }, { PATH: bin }, { python: join(bin, 'python') })
      await expect(refused).rejects.toThrow(
        /^BUILD_FAILED: Expected (uv|poetry|pipenv) to export .*, found none that runs\. To fix: add a step/
      )
      await expect(refused).rejects.toThrow(`delete ${lock}`)
    }
  )

  it('source-distributions needs the Python of the layer', async () => {
    const recipe: Partial<BuildRecipe> = { kind: 'detect', installer: 'pip', sourceDistributions: true }
    const bin = scratch.make({
      python: { executable: '#!/bin/sh\ncase "$*" in *"pip --version") exit 0 ;; esac\nexit 1\n' }
    })
    await expect(
      build(recipe, { 'requirements.txt': '' }, { PATH: bin }, { python: join(bin, 'python') })
    ).rejects.toThrow(
      /^BUILD_FAILED: Expected python3.10 on x86_64 for source-distributions: true, found none on this runner\. To fix: add actions\/setup-python/
    )
  })
})

/** Whether a process has this argument. A zombie has none. */
function isRunning(argument: string): boolean {
  return readdirSync('/proc').some(pid => {
    if (!/^\d+$/.test(pid)) return false
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'latin1').split('\0').at(1) === argument
    } catch {
      return false
    }
  })
}
