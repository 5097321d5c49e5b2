/** Options and kinds of lines that a list may hold, by the real installer, with an index of this test's own. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFileSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { buildLayer } from '../../../../src/build-layers/build-layer.js'
import type { Artifact, BuildRecipe } from '../../../../src/model/index.js'
import { layer, recordedLog, runnerWith, scratchFolders, zipRows, type Tree } from '../../scratch.js'

const scratch = scratchFolders()
let server: Server
let index = ''
/** File name → content. */
const wheels = new Map<string, Buffer>()

/** Wheels without a builder: `name`, `version`, what it needs. */
const makeWheel = `
import sys, zipfile
folder, name, version, needs = sys.argv[1:5]
info = "%s-%s.dist-info" % (name, version)
with zipfile.ZipFile("%s/%s-%s-py3-none-any.whl" % (folder, name, version), "w") as wheel:
    wheel.writestr(name + "/__init__.py", "VERSION = '%s'\\n" % version)
    wheel.writestr(info + "/METADATA", "Metadata-Version: 2.1\\nName: %s\\nVersion: %s\\n" % (name, version) + "".join("Requires-Dist: %s\\n" % each for each in needs.split(",") if each))
    wheel.writestr(info + "/WHEEL", "Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
    wheel.writestr(info + "/RECORD", "".join(each + ",,\\n" for each in wheel.namelist()))
`
/** PEP 592: what is withdrawn is still served. */
const linkTo = (name: string): string => {
  const yanked = name.startsWith('omega_x-1.0') ? ' data-yanked="broken"' : ''
  return `<a href="${name}"${yanked}>${name}</a>`
}
beforeAll(async () => {
  const folder = scratch.make()
  for (const wheel of ['alpha 1.0 ', 'alpha 2.0 ', 'beta 1.0 alpha', 'gamma 1.0 ', 'omega_x 1.0 ', 'omega_x 2.0 '])
    execFileSync('python3', ['-c', makeWheel, folder, ...wheel.split(' ')])
  for (const name of readdirSync(folder)) wheels.set(name, readFileSync(join(folder, name)))
  server = createServer((request, response) => {
    const [, , project = '', file = ''] = (request.url ?? '').split('/')
    const bytes = wheels.get(file)
    const names = [...wheels.keys()].filter(name => name.startsWith(`${project.replaceAll('-', '_')}-`))
    if (bytes !== undefined) response.end(bytes)
    else if (names.length === 0) response.writeHead(404).end()
    else response.setHeader('content-type', 'text/html').end(names.map(linkTo).join('\n'))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  index = `http://127.0.0.1:${(server.address() as AddressInfo).port}/simple`
})
afterAll(async () => {
  scratch.remove()
  await new Promise(resolve => server.close(resolve))
})

/** The layer's own wheels, in `folder` of its source. */
const withWheels = (source: string, folder: string, names: readonly string[]): void => {
  mkdirSync(join(source, folder), { recursive: true })
  const made = scratch.make()
  for (const [name, bytes] of wheels) {
    if (names.some(each => name.startsWith(`${each}-`))) {
      execFileSync('sh', ['-c', 'cat > "$0"', join(made, name)], { input: bytes })
      copyFileSync(join(made, name), join(source, folder, name))
    }
  }
}

interface Trial {
  readonly recipe?: Partial<BuildRecipe>
  /** Folder of the source → wheels that it holds. */
  readonly wheels?: Readonly<Record<string, readonly string[]>>
  /** Whether the machine has the index set up. */
  readonly index?: boolean
}

async function build(source: Tree, trial: Trial = {}): Promise<Artifact> {
  const sourceDirectory = scratch.make(source)
  for (const [folder, names] of Object.entries(trial.wheels ?? {})) withWheels(sourceDirectory, folder, names)
  // Nobody listens there.
  const own = { PIP_INDEX_URL: trial.index === false ? 'http://127.0.0.1:1/simple' : index, PIP_RETRIES: '0' }
  return buildLayer(
    {
      layer: layer({ kind: 'detect', installer: 'pip', ...trial.recipe } as Partial<BuildRecipe>),
      sourceDirectory,
      outputDirectory: scratch.make(),
      revision: { objectId: '0123456789abcdef', tags: () => Promise.resolve([]) }
    },
    { process: runnerWith({ PIP_CONFIG_FILE: '/dev/null', ...own }), log: recordedLog() }
  )
}
const installed = async (artifact: Artifact): Promise<Record<string, string>> =>
  Object.fromEntries(
    (await zipRows(artifact.file))
      .filter(({ name }) => name.endsWith('/__init__.py'))
      .map(({ name, content }) => [name.split('/').at(-2) ?? '', /'(.*)'/.exec(content)?.[1] ?? ''])
  )
const digest = (name: string): string =>
  createHash('sha256')
    .update(wheels.get(name) ?? '')
    .digest('hex')

describe('F120 what a requirements list may say', () => {
  it.each<readonly [string, () => Tree, Trial, Record<string, string>]>([
    [
      '--index-url',
      () => ({ 'requirements.txt': `--index-url ${index}\nalpha\n` }),
      { index: false },
      { alpha: '2.0' }
    ],
    ['-i', () => ({ 'requirements.txt': `-i ${index}\nalpha==1.0\n` }), {}, { alpha: '1.0' }],
    ['--extra-index-url', () => ({ 'requirements.txt': `--extra-index-url=${index}\ngamma\n` }), {}, { gamma: '1.0' }],
    [
      '--find-links beside the list',
      () => ({ 'requirements.txt': '--no-index\n--find-links ./wheels\nbeta\n' }),
      { wheels: { wheels: ['alpha', 'beta'] } },
      { alpha: '2.0', beta: '1.0' }
    ],
    [
      '--find-links of an included list, relative to it',
      () => ({
        'requirements.txt': '-r lists/more.txt\n',
        'lists/more.txt': '--no-index\n--find-links wheels\nbeta\n'
      }),
      { index: false, wheels: { 'lists/wheels': ['alpha', 'beta'] } },
      { alpha: '2.0', beta: '1.0' }
    ],
    [
      '-c constraints.txt',
      () => ({ 'requirements.txt': '-c constraints.txt\nbeta\n', 'constraints.txt': 'alpha==1.0\n' }),
      {},
      { alpha: '1.0', beta: '1.0' }
    ],
    [
      '-r other.txt with constraints of its own',
      () => ({
        'requirements.txt': '-r lists/other.txt\ngamma\n',
        'lists/other.txt': '-c constraints.txt\nalpha\n',
        'lists/constraints.txt': 'alpha<2\n'
      }),
      {},
      { alpha: '1.0', gamma: '1.0' }
    ],
    [
      'conditions',
      () => ({ 'requirements.txt': 'alpha ; python_version < "3"\ngamma ; sys_platform == "linux"\n' }),
      {},
      { gamma: '1.0' }
    ],
    [
      'digests',
      () => ({ 'requirements.txt': `alpha==1.0 \\\n    --hash=sha256:${digest('alpha-1.0-py3-none-any.whl')}\n` }),
      {},
      { alpha: '1.0' }
    ],
    [
      'a wheel by its path',
      () => ({ 'requirements.txt': './wheels/gamma-1.0-py3-none-any.whl\n' }),
      { index: false, wheels: { wheels: ['gamma'] } },
      { gamma: '1.0' }
    ],
    [
      'a folder of lists, named by the recipe',
      () => ({ 'requirements/base.txt': 'alpha\n', 'requirements/dev.txt': 'gamma\n' }),
      { recipe: { kind: 'requirements', requirements: 'requirements/base.txt' } },
      { alpha: '2.0' }
    ],
    [
      'requirements.in, named by the recipe',
      () => ({ 'requirements.in': 'alpha\n' }),
      { recipe: { kind: 'requirements', requirements: 'requirements.in' } },
      { alpha: '2.0' }
    ],
    [
      '--pre, --prefer-binary, --only-binary',
      () => ({ 'requirements.txt': '--pre\n--prefer-binary\n--only-binary :all:\nalpha\n' }),
      {},
      { alpha: '2.0' }
    ]
  ])('%s', async (_name, source, trial, expected) => {
    expect(await installed(await build(source(), trial))).toEqual(expected)
  })

  it.each<readonly [string, () => Tree, RegExp]>([
    [
      'a wrong digest',
      () => ({ 'requirements.txt': `alpha==1.0 --hash=sha256:${'0'.repeat(64)}\n` }),
      /^BUILD_FAILED: .*digest/
    ],
    [
      'constraints that nothing meets',
      () => ({ 'requirements.txt': '-c c.txt\nbeta\n', 'c.txt': 'alpha==9\n' }),
      /^BUILD_FAILED: .*alpha/
    ],
    [
      'a list that is not there',
      () => ({ 'requirements.txt': '-r missing.txt\nalpha\n' }),
      /^(BUILD_FAILED|CONFIG_INVALID): .*missing\.txt/
    ],
    [
      'constraints that are not there',
      () => ({ 'requirements.txt': '-c missing.txt\nalpha\n' }),
      /^BUILD_FAILED: .*missing\.txt/
    ],
    [
      'a wheel that is not there',
      () => ({ 'requirements.txt': './wheels/gone-1.0-py3-none-any.whl\n' }),
      /^BUILD_FAILED: .*gone-1\.0/
    ],
    [
      '--no-binary',
      () => ({ 'requirements.txt': '--no-binary alpha\nalpha\n' }),
      /^BUILD_FAILED: .*no-binary.*source-distributions/
    ],
    [
      '--no-binary of all',
      () => ({ 'requirements.txt': 'alpha\n--no-binary=:all:\n' }),
      /^BUILD_FAILED: .*no-binary.*source-distributions/
    ],
    [
      'a folder of lists alone',
      () => ({ 'requirements/base.txt': 'alpha\n', 'da/__init__.py': '' }),
      /^ARCHIVE_LAYOUT: .*build\.requirements: requirements\/base\.txt/
    ],
    [
      'requirements.in alone',
      () => ({ 'requirements.in': 'alpha\n', 'da/__init__.py': '' }),
      /^ARCHIVE_LAYOUT: .*build\.requirements: requirements\.in/
    ],
    [
      'a Pipfile alone',
      () => ({ Pipfile: '[packages]\nalpha = "*"\n', 'da/__init__.py': '' }),
      /^ARCHIVE_LAYOUT: .*Pipfile/
    ],
    [
      'Pipfile.lock without pipenv',
      () => ({ 'Pipfile.lock': '{"_meta":{},"default":{}}', 'da/__init__.py': '' }),
      /^BUILD_FAILED: .*pipenv/
    ]
  ])('%s is refused, with the reason', async (_name, source, words) => {
    await expect(build(source())).rejects.toThrow(words)
  })
})

it('F114 a folder requirements/ beside python/ that names what is not there is refused; one that is met, or for developers, is not', async () => {
  const prebuilt = { 'python/da/__init__.py': "VERSION = '3'\n" }
  await expect(build({ ...prebuilt, 'requirements/prod.txt': 'alpha\n' })).rejects.toThrow(
    /^ARCHIVE_LAYOUT: .*build\.requirements: requirements\/prod\.txt/
  )
  const met = { ...prebuilt, 'python/alpha-1.0.dist-info/METADATA': '', 'requirements/base.txt': 'alpha==1.0\n' }
  expect(await installed(await build({ ...met, 'requirements/dev.txt': 'gamma\n' }))).toEqual({ da: '3' })
})

it('a wheel that its index has withdrawn is known as such, and told; one that is as it should be is not', async () => {
  const withdrawn = await build({ 'requirements.txt': 'omega-x==1.0\nalpha==1.0\n' })
  expect(await installed(withdrawn)).toEqual({ omega_x: '1.0', alpha: '1.0' })
  expect(withdrawn.yanked).toEqual([{ name: 'omega-x', version: '1.0' }])
  const fine = await build({ 'requirements.txt': 'omega-x\n' })
  expect([await installed(fine), fine.yanked]).toEqual([{ omega_x: '2.0' }, []])
})
