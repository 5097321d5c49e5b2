/** Frameworks as their authors publish them, each a submodule, deployed without a word in the configuration about how they are built. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join, relative } from 'node:path'
import { processRunner } from '../../src/adapters/process/index.js'
import { listLayers } from '../../emulators/aws/lambda/reader.js'
import type { RunOutcome } from '../../emulators/runner/index.js'
import { configText } from '../bundle/config-text.js'
import { codesOf, errorsOf, rowsOf } from '../bundle/reading.js'
import { type ActionWorld, makeActionWorld, ownProcesses, region, sandboxAccount } from '../support/action-world.js'
import { push } from '../support/events.js'

/** Name on the index, version, what is imported. */
const frameworks = [
  ['flask', '3.1.0', 'flask'],
  ['requests', '2.32.3', 'requests'],
  ['httpx', '0.28.1', 'httpx'],
  ['fastapi', '0.115.12', 'fastapi'],
  // Its compiled module is linked with a library of this machine that Lambda lacks; the package goes on without it.
  ['pyyaml', '6.0.2', 'yaml'],
  ['pluggy', '1.5.0', 'pluggy'],
  ['attrs', '25.3.0', 'attr'],
  ['cleo', '2.1.0', 'cleo'],
  ['aws-lambda-powertools', '3.9.0', 'aws_lambda_powertools']
] as const
/** Its backend, maturin, would download a compiler where there is none. */
const inRust = ['pydantic-core', '2.33.2'] as const
const idOf = (name: string): string => name.replaceAll('-', '_')

let scratch = ''
let runtime = ''
let world: ActionWorld
const run = async (...argv: [string, ...string[]]): Promise<string> => {
  const { exitCode, stderr, stdout } = await processRunner().run({ argv, timeoutSeconds: 280 })
  if (exitCode !== 0) throw new Error(`${argv.join(' ')}: ${stderr}`)
  return Buffer.from(stdout).toString().trim()
}

/** As pip would find it, without pip: it would build what it downloads. */
const download = String.raw`
import io, os, re, subprocess, sys, tarfile, urllib.parse, urllib.request
name, version, folder = sys.argv[1:4]
def setting(key):
    return subprocess.run([sys.executable, "-m", "pip", "config", "get", key], capture_output=True, text=True).stdout.strip()
index = os.environ.get("PIP_INDEX_URL") or setting("global.index-url") or "https://pypi.org/simple"
page = index.rstrip("/") + "/" + name + "/"
html = urllib.request.urlopen(page, timeout=60).read().decode()
file = re.sub(r"[-_.]", "[-_.]", name) + "-" + re.escape(version) + r"\.tar\.gz"
found = re.search('href="([^"]*/' + file + '[^"]*)"', html, re.I).group(1).replace("&amp;", "&")
data = urllib.request.urlopen(urllib.parse.urljoin(page, found), timeout=120).read()
tarfile.open(fileobj=io.BytesIO(data)).extractall(folder)`

/** The files of a source distribution. Its PKG-INFO tells setuptools_scm and the like the version. */
async function sourceOf(name: string, version: string): Promise<Record<string, Buffer>> {
  const folder = join(scratch, name)
  await run('python3', '-c', download, name, version, folder)
  const root = join(folder, readdirSync(folder)[0] ?? '')
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile())
  const paths = files.map(entry => join(entry.parentPath, entry.name))
  return Object.fromEntries(paths.map(path => [relative(root, path), readFileSync(path)]))
}

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'frameworks-'))
  runtime = `python${await run('python3', '-c', 'import sys; print("%d.%d" % sys.version_info[:2])')}`
  const submodules: Record<string, Record<string, Buffer>> = {}
  await Promise.all(
    [...frameworks, inRust].map(async ([name, version]) => {
      submodules[idOf(name)] = await sourceOf(name, version)
    })
  )
  const layers = Object.fromEntries(
    [...frameworks, inRust].map(([name]) => [idOf(name), `{ path: ${idOf(name)}, compatible-runtimes: [${runtime}] }`])
  )
  world = await makeActionWorld({ steps: ownProcesses, config: configText({ layers }), submodules })
}, 600_000)
afterAll(async () => {
  await world.close()
  await rm(scratch, { recursive: true, force: true })
})

async function deploy(names: readonly string[], path = process.env['PATH'] ?? ''): Promise<RunOutcome> {
  const after = await world.superproject.push('test')
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([key]) => /^(PATH|HOME|PIP_|UV_|SSL_CERT|REQUESTS_CA)/.test(key))
  ) as Record<string, string>
  return world.run({
    ...{ event: push({ after }), checkout: { branch: 'test' }, account: sandboxAccount, env: { ...env, PATH: path } },
    inputs: { layers: names.map(idOf).join() }
  })
}

/** Imports it from what was published, with nothing else on the path than the standard library. */
async function importPublished(name: string, module: string): Promise<string> {
  const layerName = `dev-${name}-layer`
  const made = listLayers(world.aws.world, sandboxAccount, region).find(layer => layer.name === layerName)
  const archive = join(scratch, `${name}.zip`)
  writeFileSync(archive, made?.versions.at(-1)?.zip ?? Buffer.alloc(0))
  const program = `import sys, zipfile; zipfile.ZipFile("${archive}").extractall("${archive}.d"); sys.path.insert(0, "${archive}.d/python"); import ${module}; print(${module}.__file__)`
  return run('python3', '-I', '-S', '-c', program)
}

describe('frameworks without a word on how they are built', () => {
  let outcome: RunOutcome
  beforeAll(async () => {
    outcome = await deploy(frameworks.map(([name]) => name))
  }, 300_000)

  it('are deployed by one run', () => {
    expect(errorsOf(outcome)).toEqual([])
  })

  it.each(frameworks)('%s %s is published, and its archive can be imported', async (name, _version, module) => {
    expect(rowsOf(outcome)[idOf(name)]?.[region]).toMatchObject({ status: 'published', version: 1 })
    expect(await importPublished(name, module)).toContain(`/python/${module}`)
  })
})

it('one that needs a compiler which is not there is refused with the reason, at once', async () => {
  const holdsCargo = (folder: string): boolean => existsSync(join(folder, 'cargo'))
  const path = (process.env['PATH'] ?? '').split(delimiter).filter(folder => !holdsCargo(folder))
  const started = Date.now()
  const outcome = await deploy([inRust[0]], path.join(delimiter))
  expect(codesOf(outcome)).toEqual(['BUILD_FAILED'])
  expect(errorsOf(outcome)[0]).toMatch(/cargo.*: the project needs a Rust compiler/i)
  expect(outcome.exitCode).toBe(1)
  expect(Date.now() - started).toBeLessThan(90_000)
}, 120_000)
