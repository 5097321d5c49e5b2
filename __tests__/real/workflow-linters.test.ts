/** Second opinions on every workflow that this repository has or writes: zizmor (security), actionlint where go is there. */
import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { parse } from 'yaml'
import { workflowText } from '../../src/setup/init/workflow.js'

const run = promisify(execFile)
const root = resolve(import.meta.dirname, '../..')
let folder = ''
let workflows = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'linters-'))
  workflows = join(folder, 'repository/.github/workflows')
  await mkdir(workflows, { recursive: true })
  for (const from of ['.github/workflows', 'examples']) {
    // Beside the workflows lies a script.
    const filter = (path: string): boolean => !path.endsWith('examples/deploy')
    await cp(join(root, from), workflows, { recursive: true, filter })
  }
  for (const name of ['dependabot.yml', 'zizmor.yml'])
    await cp(join(root, '.github', name), join(workflows, '..', name))
  await writeFile(join(workflows, 'init.yml'), initWorkflow)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const initWorkflow = workflowText({
  sandbox: { account: '111122223333', branch: 'test', stage: 'dev', bucket: '111122223333-code-deployment' },
  production: { account: '444455556666', branch: 'main', stage: 'prod', bucket: '444455556666-code-deployment' },
  ...{ regions: ['us-east-2'], runtime: 'python3.10', action: 'org/layer-deploy-action@v1', needsSshKey: true }
})

/** What it says, whatever its exit code. */
async function saidBy(command: string, args: readonly string[]): Promise<string> {
  const { stdout } = await run(command, [...args], { cwd: join(folder, 'repository') }).catch((error: unknown) => {
    const failed = error as { stdout?: string; code?: unknown }
    if (typeof failed.code !== 'number') throw error
    return { stdout: failed.stdout ?? '' }
  })
  return stdout
}

async function zizmor(): Promise<readonly string[]> {
  const args = [
    '--offline',
    '--no-progress',
    '--persona=auditor',
    '--format=json',
    '--config',
    join(root, '.github/zizmor.yml'),
    '.'
  ]
  const findings = JSON.parse(await saidBy(join(folder, 'venv/bin/zizmor'), args)) as {
    ident: string
    desc: string
    ignored: boolean
  }[]
  return findings.filter(({ ignored }) => !ignored).map(({ ident, desc }) => `${ident}: ${desc}`)
}

it('zizmor as an auditor finds nothing, and finds an action that is not pinned', async () => {
  await run('python3', ['-m', 'venv', join(folder, 'venv')])
  await run(join(folder, 'venv/bin/pip'), ['install', '--quiet', 'zizmor==1.32.0'])
  expect(await zizmor()).toEqual([])
  // What is answered in the file has its reason there.
  for (const name of await readdir(workflows)) {
    const text = await readFile(join(workflows, name), 'utf8')
    for (const [line] of text.matchAll(/.*zizmor: ignore.*/g)) expect(line).toMatch(/ignore\[[\w-]+\] \w+ \w+/)
  }
  const path = join(workflows, 'init.yml')
  await writeFile(path, initWorkflow.replace(/actions\/checkout@[0-9a-f]{40}/, 'actions/checkout@v4'))
  expect(await zizmor()).toEqual([expect.stringContaining('unpinned-uses')])
  await writeFile(path, initWorkflow)
})

it('actionlint finds nothing, and finds an output that no step has', async () => {
  const go = await run('go', ['version']).catch(() => null)
  if (go === null) {
    console.warn('go is missing: actionlint was not asked')
    return
  }
  await run('go', ['install', 'github.com/rhysd/actionlint/cmd/actionlint@v1.7.7'], {
    env: { ...process.env, GOBIN: folder }
  })
  const names = (await run('ls', [workflows])).stdout.split('\n').filter(Boolean)
  const files = names.map(name => join('.github/workflows', name))
  const lint = () => saidBy(join(folder, 'actionlint'), ['-no-color', ...files])
  await run('git', ['init', '-q'], { cwd: join(folder, 'repository') })
  expect(await lint()).toBe('')
  const path = join(workflows, 'deploy-layers.yml')
  const text = await readFile(path, 'utf8')
  expect(parse(text)).toBeTruthy()
  await writeFile(path, text.replace('jobs.deploy.outputs.versions', 'jobs.nobody.outputs.versions'))
  expect(await lint()).toContain('nobody')
})
