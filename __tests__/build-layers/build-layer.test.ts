import { afterAll, describe, expect, it } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { buildLayer, type BuildRequest } from '../../src/build-layers/build-layer.js'
import type { Artifact, BuildRecipe, Layer } from '../../src/model/index.js'
import { layer, recordedLog, runnerWith, scratchFolders, zipRows, type Tree } from './scratch.js'

const scratch = scratchFolders()
afterAll(() => {
  scratch.remove()
})

interface Build {
  readonly recipe?: Partial<BuildRecipe>
  readonly layer?: Partial<Layer>
  readonly request?: Partial<BuildRequest>
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly signal?: AbortSignal
}

function build(
  source: string,
  { recipe, layer: more, request, env, signal }: Build = {},
  log = recordedLog()
): Promise<Artifact> {
  const deps = { process: runnerWith(env, signal), log, ...(signal === undefined ? {} : { signal }) }
  const given = { layer: layer(recipe, more), sourceDirectory: source, outputDirectory: scratch.make(), ...request }
  return buildLayer(given, deps)
}
const command = (text: string): Build => ({ recipe: { kind: 'command', command: text } })
const namesIn = async (artifact: Artifact): Promise<readonly string[]> =>
  (await zipRows(artifact.file)).map(({ name }) => name)
const failedGuards = ({ verdicts }: Artifact): readonly string[] =>
  verdicts.filter(({ passed }) => passed !== true).map(({ guard }) => guard)

const prebuilt: Tree = { 'python/da_flask/__init__.py': 'VERSION = 1\n', '.git': 'gitdir: ../.git/modules/da_flask\n' }

describe('buildLayer', () => {
  it('takes a folder with python/ as it is, and writes only where it may', async () => {
    const source = scratch.make({ ...prebuilt, 'README.md': 'x' })
    const before = readdirSync(source, { recursive: true })
    const outputDirectory = scratch.make()
    const artifact = await build(source, { request: { outputDirectory } })
    expect(artifact).toMatchObject({ layerId: 'da_flask', file: join(outputDirectory, 'layer.zip'), fileCount: 1 })
    expect(await namesIn(artifact)).toEqual(['python/da_flask/__init__.py'])
    expect(artifact.packages).toEqual([{ name: 'python/da_flask', version: null, sizeBytes: 12 }])
    expect(failedGuards(artifact)).toEqual([])
    expect(readdirSync(source, { recursive: true })).toEqual(before)
  })

  it('leaves out what exclude names', async () => {
    const source = scratch.make({ ...prebuilt, 'python/da_flask/tests/test_x.py': '' })
    expect(await namesIn(await build(source, { recipe: { exclude: ['**/tests/**'] } }))).toEqual([
      'python/da_flask/__init__.py'
    ])
  })

  it('runs build.command in the layer folder; what it writes into LAYER_BUILD_DIR is the content', async () => {
    const source = scratch.make({ 'src.txt': 'from source' })
    const log = recordedLog()
    const script = 'mkdir "$LAYER_BUILD_DIR/python"\ncp src.txt "$LAYER_BUILD_DIR/python/x.txt"\necho "built in $TZ"'
    const artifact = await build(source, command(script), log)
    expect((await zipRows(artifact.file)).map(({ name, content }) => [name, content])).toEqual([
      ['python/x.txt', 'from source']
    ])
    expect(log.lines[0]).toBe('Build layer da_flask')
    expect(log.lines).toContain('built in UTC')
  })

  it.each([
    ['fails', 'echo what went wrong >&2; exit 3', 'found exit code 3: what went wrong. To fix:'],
    ['fails in the middle', 'false\nmkdir "$LAYER_BUILD_DIR/python"', 'found exit code 1. To fix:'],
    ['fails in a pipe', 'false | cat', 'found exit code 1. To fix:'],
    ['writes nothing', 'true', 'found nothing in it. To fix:'],
    ['shows a password', 'echo "error at https://user:hunter2@example.org/x"; exit 1', 'https://***@example.org/x']
  ])('BUILD_FAILED where build.command %s', async (_, text, found) => {
    const log = recordedLog()
    const failed = build(scratch.make(), command(text), log)
    await expect(failed).rejects.toThrow(/^BUILD_FAILED: Expected build.command of layer da_flask to /)
    await expect(failed).rejects.toThrow(found)
    expect(log.lines.join()).not.toContain('hunter2')
  })

  it('falls back to sh where there is no bash', async () => {
    const bin = scratch.make()
    for (const name of ['sh', 'mkdir', 'touch']) {
      symlinkSync(execFileSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim(), join(bin, name))
    }
    const script = 'mkdir "$LAYER_BUILD_DIR/python"; touch "$LAYER_BUILD_DIR/python/x"'
    const artifact = await build(scratch.make(), { ...command(script), env: { PATH: bin } })
    expect(await namesIn(artifact)).toEqual(['python/x'])
  })

  it('CANCELLED, or the reason itself where it is coded, where the run is cancelled', async () => {
    const abort = new AbortController()
    const log = recordedLog()
    const failed = build(scratch.make(), { ...command('echo up; sleep 60'), signal: abort.signal }, log)
    const up = setInterval(() => {
      if (log.lines.includes('up')) abort.abort()
    }, 20)
    await expect(failed).rejects.toMatchObject({ code: 'CANCELLED' })
    clearInterval(up)
  })

  it('checks with the layer, and nothing but the layer, on PYTHONPATH', async () => {
    const source = scratch.make({ ...prebuilt, 'docs/outside.py': '' })
    const checked = (check: string) => build(source, { recipe: { check } })
    await expect(checked('python3 -c "import da_flask; assert da_flask.VERSION == 1"')).resolves.toMatchObject({
      fileCount: 1
    })
    await expect(checked('python3 -c "import outside"')).rejects.toThrow(
      /^BUILD_FAILED: Expected build.check of layer da_flask to exit with 0, found exit code 1: .*outside/
    )
    expect(existsSync(join(source, 'python/da_flask/__pycache__'))).toBe(false)
  })

  it('F37 reports a link out of the layer and a FIFO, and packs what is left', async () => {
    const source = scratch.make({ ...prebuilt, 'python/evil': { link: '../../../etc/passwd' } })
    execFileSync('mkfifo', [join(source, 'python/fifo')])
    const artifact = await build(source)
    expect(failedGuards(artifact)).toEqual(['ARCHIVE_UNSAFE_PATH'])
    expect(JSON.stringify(artifact.verdicts)).toContain(
      'python/evil (it is a link out of the layer), python/fifo (it is a FIFO)'
    )
    expect(await namesIn(artifact)).not.toContain('python/fifo')
  })

  it('F38 reports a secret by file and kind, never by its text', async () => {
    const key = ['AKIA', 'QWERTY234567ASDF'].join('')
    const source = scratch.make({ ...prebuilt, 'python/settings.py': `KEY = "${key}"\n`, 'python/.env': 'PASSWORD=x' })
    const artifact = await build(source)
    expect(failedGuards(artifact)).toEqual(['SECRET_IN_ARCHIVE'])
    const verdicts = JSON.stringify(artifact.verdicts)
    expect(verdicts).toContain('python/.env (environment file), python/settings.py (AWS access key id)')
    expect(verdicts).not.toContain(key)
  })

  it('F38 lets pass what build.allow-secrets names, and warns of an entry that nothing needs', async () => {
    const source = scratch.make({ ...prebuilt, 'python/.env': 'EXAMPLE=x' })
    const log = recordedLog()
    const artifact = await build(source, { recipe: { allowSecrets: ['python/.env', 'python/gone.pem'] } }, log)
    expect(failedGuards(artifact)).toEqual([])
    expect(JSON.stringify(artifact.verdicts)).toContain('build.allow-secrets names: python/.env (environment file)')
    expect(log.lines.filter(line => line.includes('allow-secrets'))).toEqual([
      'Layer da_flask: build.allow-secrets names python/gone.pem, where nothing looks like a secret: delete the entry, or correct its path'
    ])
    const plain = await build(scratch.make({ ...prebuilt, 'python/.env': 'EXAMPLE=x' }))
    expect(plain.contentDigest).toBe(artifact.contentDigest)
    expect(failedGuards(plain)).toEqual(['SECRET_IN_ARCHIVE'])
  })

  it('F40 refuses an empty folder before anything is built, and an empty result after', async () => {
    await expect(build(scratch.make({ '.git': 'gitdir: x' }))).rejects.toThrow(
      /^ARCHIVE_LAYOUT: .* found an empty folder\. To fix: /
    )
    const onlyExcluded = await build(scratch.make(prebuilt), { recipe: { exclude: ['**'] } })
    expect(failedGuards(onlyExcluded)).toEqual(['ARCHIVE_LAYOUT'])
  })

  it('F41 reports names equal but for case', async () => {
    const artifact = await build(scratch.make({ 'python/A.py': '', 'python/a.py': '' }))
    expect(failedGuards(artifact)).toEqual(['ARCHIVE_UNSAFE_PATH'])
  })

  it('F43 gives the same artifact for a copy and for the same content by another way', async () => {
    const digests = ({ contentDigest, artifactSha256 }: Artifact) => ({ contentDigest, artifactSha256 })
    const first = await build(scratch.make(prebuilt))
    const copy = await build(scratch.make(prebuilt), { layer: { id: 'other', path: 'elsewhere' } })
    const made = await build(scratch.make(prebuilt), command('cp -R python "$LAYER_BUILD_DIR"'))
    expect([digests(copy), digests(made)]).toEqual([digests(first), digests(first)])
  })
})

describe('buildLayer with an installer', () => {
  const requirements = scratch.make({ 'requirements.txt': '', 'da_flask/__init__.py': '' })
  const failing = (installer: 'uv' | 'pip' | 'auto', python = 'no-such-python') =>
    build(requirements, {
      recipe: { kind: 'detect', installer } as BuildRecipe,
      request: { python },
      // Neither uv nor Python on it.
      env: { PATH: '/nonexistent' }
    })

  it.each([
    ['uv', 'Expected uv to install', 'To fix: add a step that installs uv'],
    ['pip', 'Expected no-such-python with pip to install', 'To fix: add a step that installs Python'],
    ['auto', 'Expected uv, or no-such-python with pip to install', 'found neither']
  ] as const)('BUILD_FAILED names the missing installer: %s', async (installer, expected, rest) => {
    await expect(failing(installer)).rejects.toThrow(/^BUILD_FAILED/)
    await expect(failing(installer)).rejects.toThrow(expected)
    await expect(failing(installer)).rejects.toThrow(rest)
  })

  /** Stands in for an interpreter with pip: records its arguments and "installs" one module. */
  const fakePython = (exit = 0): string =>
    join(
      scratch.make({
        python: {
          executable: `#!/bin/sh
case "$*" in
  *platform.machine*) echo "$0"; echo 3.11; echo linux-x86_64; exit ;;
  *"pip --version") exit ;;
esac
[ ${exit} = 0 ] || { echo "Looking in indexes"; echo "ERROR: No matching distribution found for nothing"; exit ${exit}; }
while [ "$1" != --target ]; do shift; done
mkdir -p "$2/lib-1.dist-info" "$2/__pycache__"
echo "installed for $3" > "$2/lib.py"; echo pip > "$2/lib-1.dist-info/INSTALLER"; touch "$2/__pycache__/lib.pyc"
`
        }
      }),
      'python'
    )
  const pip = {
    kind: 'requirements',
    installer: 'pip',
    requirements: 'requirements.txt',
    source: null
  } as const

  it('installs into python/, cleans, then copies the packages of the folder', async () => {
    const source = scratch.make({
      'requirements.txt': 'lib',
      'da_flask/__init__.py': 'x',
      'da_flask/__pycache__/x.pyc': '',
      'tool.py': 'y',
      'setup.py': ''
    })
    const artifact = await build(source, { recipe: pip, request: { python: fakePython() } })
    expect((await zipRows(artifact.file)).map(({ name, content }) => [name, content])).toEqual([
      ['python/da_flask/__init__.py', 'x'],
      // By tags, whatever the interpreter is.
      ['python/lib.py', 'installed for --implementation=cp\n'],
      ['python/tool.py', 'y']
    ])
  })

  it('copies what source names, under its own name; a dot is everything', async () => {
    const source = scratch.make({
      'requirements.txt': '',
      'src/pkg/__init__.py': 'x',
      'src/pkg/data': { link: '__init__.py' }
    })
    const named = await build(source, { recipe: { ...pip, source: ['src/pkg'] }, request: { python: fakePython() } })
    expect(await namesIn(named)).toEqual(['python/lib.py', 'python/pkg/__init__.py', 'python/pkg/data'])
    const all = await build(source, { recipe: { ...pip, source: ['.'] }, request: { python: fakePython() } })
    expect(await namesIn(all)).toContain('python/src/pkg/__init__.py')
  })

  it('F114 installs into a copy of python/, never into python/python/', async () => {
    const source = scratch.make({ 'requirements.txt': 'lib', 'python/da.py': '', 'lib/libx.txt': '', 'tool.py': '' })
    const made = async (source_: readonly string[] | null) =>
      namesIn(await build(source, { recipe: { ...pip, source: source_ }, request: { python: fakePython() } }))
    expect(await made(null)).toEqual(['lib/libx.txt', 'python/da.py', 'python/lib.py', 'python/tool.py'])
    expect(await made(['python'])).toEqual(['lib/libx.txt', 'python/da.py', 'python/lib.py'])
    expect(await made(['.'])).toEqual(expect.arrayContaining(['python/da.py', 'python/tool.py']))
    expect((await made(['.'])).filter(name => name.startsWith('python/python'))).toEqual([])
  })

  it.each([
    ['../elsewhere', /^(ARCHIVE_UNSAFE_PATH|BUILD_FAILED)/],
    ['/etc/hostname', /^ARCHIVE_UNSAFE_PATH/],
    ['escape', /^ARCHIVE_UNSAFE_PATH/],
    ['missing', /^BUILD_FAILED: Expected missing in the layer's folder/]
  ])('F33 refuses source and requirements %s', async (path, error) => {
    const source = scratch.make({ 'requirements.txt': '', escape: { link: '/etc' } })
    const request = { python: fakePython() }
    await expect(build(source, { recipe: { ...pip, source: [path] }, request })).rejects.toThrow(error)
    await expect(build(source, { recipe: { ...pip, requirements: path }, request })).rejects.toThrow(error)
  })

  it("BUILD_FAILED ends in the installer's own words", async () => {
    await expect(build(requirements, { recipe: pip, request: { python: fakePython(1) } })).rejects.toThrow(
      'found exit code 1: ERROR: No matching distribution found for nothing. To fix: name packages that exist as wheels for python3.10'
    )
  })
})
