/** FAULTS.md, rows 1 to 10 and 33, through the bundle: what is refused before anybody is asked anything. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { RunOutcome } from '../../emulators/runner/index.js'
import { makeActionWorld, sandboxAccount, type ActionRun, type ActionWorld } from '../support/action-world.js'
import { push } from '../support/events.js'
import { configText, folderLayer } from './config-text.js'
import { codesOf, errorsOf } from './reading.js'

let world: ActionWorld
let head = ''
beforeAll(async () => {
  world = await makeActionWorld({ config: configText(), submodules: {}, files: folderLayer })
  head = await world.superproject.git('rev-parse', 'test')
})
afterAll(() => world.close())
beforeEach(() => {
  world.aws.resetCalls()
})

const run = (job: Partial<ActionRun>): Promise<RunOutcome> =>
  world.run({ event: push({ after: head }), checkout: { branch: 'test' }, account: sandboxAccount, ...job })

const withConfig = (text: string | Buffer) => ({
  prepare: (workspace: string) => writeFile(join(workspace, '.github/layer-deploy.yml'), text)
})

function expectRefused(outcome: RunOutcome, code: string): void {
  expect(codesOf(outcome)).toEqual([code])
  expect(errorsOf(outcome)[0]).toMatch(/: Expected .+, found .+\. To fix: .+/)
  expect(outcome.exitCode).toBe(1)
  expect(outcome.outputs).toMatchObject({ conclusion: 'failure', changed: 'false', matrix: '{"include":[]}' })
  expect(outcome.summary).toContain(code)
  expect(outcome.rawStdout).not.toMatch(/^\s+at /m)
  expect(world.aws.calls).toEqual([])
}

describe('the configuration', () => {
  it('F1 missing: the error names the path', async () => {
    const outcome = await run({ prepare: workspace => rm(join(workspace, '.github/layer-deploy.yml')) })
    expectRefused(outcome, 'CONFIG_NOT_FOUND')
    expect(errorsOf(outcome)[0]).toContain('a configuration at .github/layer-deploy.yml')
  })

  it('F1 elsewhere: the input config finds it', async () => {
    const prepare = (workspace: string) =>
      rename(join(workspace, '.github/layer-deploy.yml'), join(workspace, 'layers.yml'))
    expectRefused(await run({ prepare }), 'CONFIG_NOT_FOUND')
    await world.superproject.commitFiles({ 'layers.yml': configText() }, { branch: 'elsewhere', from: 'test' })
    const after = await world.superproject.push('elsewhere')
    const inputs = { config: 'layers.yml', 'dry-run': 'true' }
    const checkout = { branch: 'test', commit: after }
    const outcome = await run({ event: push({ after }), checkout, inputs })
    expect(outcome.outputs).toMatchObject({ conclusion: 'success', changed: 'true' })
  })

  const faults: readonly (readonly [string, string | Buffer, number])[] = [
    ['F2 bad YAML', configText().replace('[us-east-2]', '[us-east-2'), 8],
    ['F2 a duplicate key', configText().replace('stage: prod', 'branch: x'), 12],
    ['F2 over 1 MB', `${configText()}#${' '.repeat(1_000_000)}`, 1],
    ['F2 bytes that are not UTF-8', Buffer.from([0x61, 0xff]), 1],
    ['F3 an unknown key', configText().replace('stage: dev', 'stag: dev'), 5],
    ['F4 a branch in two environments', configText().replace('branch: main', 'branch: test'), 11],
    ['F5 an account id that is a number', configText().replace('"111122223333"', '111122223333'), 6],
    ['F6 an empty list', configText().replace('[us-east-2]', '[]'), 7],
    ['F7 a region that there is not', configText().replace('us-east-2', 'us-esat-2'), 7],
    ['F9 two layers with one name', configText({ layers: { a_b: '{ path: x }', 'a-b': '{ path: y }' } }), 22],
    ['F33 a path out of the repository', configText({ layers: { a: '{ path: ../a }' } }), 21],
    ['F33 a path that git would take for an option', configText({ layers: { a: '{ path: --output }' } }), 21]
  ]
  it.each(faults)('%s', async (_name, text, line) => {
    const outcome = await run(withConfig(text))
    expectRefused(outcome, 'CONFIG_INVALID')
    const [annotation] = outcome.annotations
    expect(annotation).toMatchObject({ file: '.github/layer-deploy.yml', title: 'CONFIG_INVALID' })
    const { line: shownLine = 0, column = 0, message } = annotation!
    expect(shownLine).toBe(line)
    expect(column).toBeGreaterThan(0)
    expect(message.startsWith(`.github/layer-deploy.yml:${shownLine}:${column}: CONFIG_INVALID: Expected `)).toBe(true)
  })

  it('F3 names the nearest key', async () => {
    const outcome = await run(withConfig(configText().replace('stage: dev', 'stag: dev')))
    expect(errorsOf(outcome)[0]).toMatch(/To fix: .*stage/)
  })
})

describe('the inputs', () => {
  const faults: readonly (readonly [string, Readonly<Record<string, string>>, string])[] = [
    ['F6 layers starts with a comma', { layers: ',da_flask' }, 'layers'],
    ['F6 layers ends with a comma', { layers: 'da_flask,' }, 'layers'],
    ['F6 layers is a comma', { layers: ',' }, 'layers'],
    ['F6 layers is blank', { layers: '  ' }, 'layers'],
    ['F6 layers is a newline', { layers: '\n' }, 'layers'],
    ['F6 regions holds an empty line', { regions: 'us-east-2\n\nus-east-1' }, 'regions'],
    ['F6 regions is blank', { regions: ' ' }, 'regions'],
    ['an unknown layer', { layers: 'da_flsk' }, 'layers'],
    ['F12 a layer called __proto__', { layers: '__proto__' }, 'layers'],
    ['F10 yes for a boolean', { force: 'yes' }, 'force'],
    ['F10 True for a boolean', { 'dry-run': 'True' }, 'dry-run'],
    ['F10 0 for a boolean', { comment: '0' }, 'comment'],
    ['no time at all', { 'timeout-minutes': '0' }, 'timeout-minutes'],
    ['less than no time', { 'timeout-minutes': '-1' }, 'timeout-minutes'],
    ['a time that is no number', { 'timeout-minutes': '1e9' }, 'timeout-minutes'],
    ['more time than a job has', { 'timeout-minutes': '361' }, 'timeout-minutes'],
    ['an unknown command', { command: 'publish' }, 'command'],
    ['an unknown way to check submodules out', { submodules: 'recursive' }, 'submodules'],
    ['F33 a working directory outside of the workspace', { 'working-directory': '..' }, 'working-directory'],
    ['F33 an absolute working directory', { 'working-directory': '/tmp' }, 'working-directory'],
    ['F33 a configuration outside of the workspace', { config: '../layer-deploy.yml' }, 'config'],
    ['a base that names nothing', { base: 'no-such-branch', command: 'plan' }, 'base']
  ]
  it.each(faults)('%s', async (_name, inputs, input) => {
    // A plan without credentials is the only one that needs a base.
    const outcome = await run({ inputs, ...('base' in inputs ? { account: null } : {}) })
    expectRefused(outcome, 'CONFIG_INVALID')
    expect(errorsOf(outcome)[0]).toMatch(new RegExp(`input .?${input}\\b`))
  })

  it('an unknown layer: the error names the nearest one', async () => {
    expect(errorsOf(await run({ inputs: { layers: 'da_flsk' } }))[0]).toContain('write da_flask')
  })

  it('REGION_NOT_ALLOWED for a region that the environment does not have', async () => {
    const outcome = await run({ inputs: { regions: 'us-east-2,eu-central-1' } })
    expect(codesOf(outcome)).toEqual(['REGION_NOT_ALLOWED'])
    expect(outcome.exitCode).toBe(1)
    expect(world.aws.calls.map(({ action }) => action)).toEqual(['sts:GetCallerIdentity'])
  })
})

it('F6 nothing at all means the default', async () => {
  const outcome = await run({ inputs: { layers: '', regions: '', force: '', 'dry-run': 'true' } })
  expect(outcome.outputs).toMatchObject({ conclusion: 'success', 'changed-layers': '["da_flask"]' })
  expect(world.aws.writes()).toEqual([])
})
