/** The bill of materials through dist/: in the bucket, for later steps, and nothing of it where nothing was built. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals'
import type { RunOutcome } from '../../emulators/runner/index.js'
import { makeActionWorld, sandboxAccount, type ActionRun, type ActionWorld } from '../support/action-world.js'
import { schemaProblems } from '../build-layers/bill-of-materials/cyclonedx-schema.js'
import { hexToBase64, sha256Hex } from '../../src/model/digest.js'
import { configText } from './config-text.js'
import { errorsOf, rowsOf, warningsOf } from './reading.js'

const requests = 'alpha/python/requests-2.32.0.dist-info'
const files = (release: number) => ({
  'alpha/python/alpha.py': `release = ${release}\n`,
  'alpha/python/requests/__init__.py': '',
  [`${requests}/METADATA`]: 'Metadata-Version: 2.1\nName: requests\nVersion: 2.32.0\nLicense: Apache-2.0\n\nHTTP\n',
  [`${requests}/RECORD`]: 'requests/__init__.py,,\nrequests-2.32.0.dist-info/METADATA,,\n'
})
const pathOf = (run: RunOutcome): string => {
  const paths = JSON.parse(run.outputs['sboms'] ?? '') as Record<string, string>
  expect(Object.keys(paths)).toEqual(['alpha'])
  return paths['alpha'] ?? ''
}

let world: ActionWorld
let workspace = ''
const scratch = mkdtempSync(join(tmpdir(), 'sbom-'))
const keepFolders: Partial<ActionRun> = {
  options: { scratch },
  prepare: folder => {
    workspace = folder
    return Promise.resolve()
  }
}
const bills = () =>
  [...world.aws.world.buckets.get(`${sandboxAccount}-code-deployment`)!.objects.values()].filter(({ key }) =>
    key.endsWith('.cdx.json')
  )

beforeAll(async () => {
  world = await makeActionWorld({
    config: configText({ layers: { alpha: '{ path: alpha }' } }),
    submodules: {},
    files: files(1)
  })
})
afterAll(async () => {
  await world.close()
  rmSync(scratch, { recursive: true, force: true })
})
beforeEach(() => {
  world.aws.resetCalls()
})

it('a dry run writes none, neither to AWS nor for later steps', async () => {
  const run = await world.push('test', { ...keepFolders, inputs: { 'dry-run': 'true' } })
  expect(errorsOf(run)).toEqual([])
  expect(run.outputs['sboms']).toBe('{}')
  expect(world.aws.writes()).toEqual([])
})

it('a preview hands it to later steps, and writes nothing to AWS', async () => {
  const run = await world.push('test', { ...keepFolders, inputs: { command: 'plan', preview: 'true' } })
  expect(errorsOf(run)).toEqual([])
  expect(existsSync(pathOf(run))).toBe(true)
  expect(world.aws.writes()).toEqual([])
})

it('F94 a deploy writes it beside the artifact and into the temporary folder; the workspace stays as it is', async () => {
  const run = await world.push('test', keepFolders)
  expect([errorsOf(run), warningsOf(run)]).toEqual([[], []])
  const digest = Object.values(rowsOf(run)['alpha']!)[0]!['content-digest']
  const [bill, ...further] = bills()
  expect([bill!.key, further]).toEqual([`layer-deploy/artifacts/dev-alpha-layer/${digest}.cdx.json`, []])
  expect(bill!.checksumSha256).toBe(hexToBase64(sha256Hex(bill!.body)))
  expect(readFileSync(pathOf(run), 'utf8')).toBe(bill!.body.toString())
  expect(pathOf(run).startsWith(join(scratch, '_temp'))).toBe(true)
  const status = ['status', '--porcelain', '--ignored']
  expect(execFileSync('git', status, { cwd: workspace, encoding: 'utf8' })).toBe('')
  const document = JSON.parse(bill!.body.toString()) as { components: { name: string; purl?: string }[] }
  expect(schemaProblems(document)).toEqual([])
  expect(document.components.map(({ name, purl }) => [name, purl])).toEqual([
    ['alpha', undefined],
    ['requests', 'pkg:pypi/requests@2.32.0']
  ])
  const call = world.aws.calls.filter(
    ({ action, resource }) => action === 's3:PutObject' && resource.endsWith('.cdx.json')
  )
  expect(call).toHaveLength(1)
})

it('a run with nothing to do writes none and names none', async () => {
  const run = await world.push('test', keepFolders)
  expect(errorsOf(run)).toEqual([])
  expect(run.outputs['sboms']).toBe('{}')
  expect(world.aws.writes()).toEqual([])
  expect(bills()).toHaveLength(1)
})

it('a bucket that refuses it leaves a layer version and a warning', async () => {
  await world.superproject.commitFiles(files(2), { branch: 'test' })
  const withdraw = world.aws.faults.add({ action: 's3:PutObject', resource: '.cdx.json', kind: 'denied', times: 9 })
  const run = await world.push('test')
  withdraw()
  expect([run.exitCode, run.conclusion, run.outputs['alpha_published']]).toEqual([0, 'success', 'true'])
  expect(warningsOf(run).filter(text => text.includes('bill of materials'))).toHaveLength(1)
  expect(bills()).toHaveLength(1)
})

it('is made by a chunk of its own, which a run with nothing to do never reads', () => {
  const entry = readFileSync(join(import.meta.dirname, '../../dist/index.js'), 'utf8')
  expect(entry).not.toContain('cyclonedx.org/schema')
})
