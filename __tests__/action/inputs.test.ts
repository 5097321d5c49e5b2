import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { parse } from 'yaml'
import type { Inputs } from '../../src/model/index.js'
import { CodedError } from '../../src/model/errors.js'
import { inputDefaults, readEvent, readInputs, type InputName, readRunContext } from '../../src/action/inputs.js'

const workspace = '/home/runner/work/superproject'
const read = (inputs: Partial<Record<InputName, string>> = {}): Inputs =>
  readInputs({ GITHUB_WORKSPACE: workspace }, { input: name => inputs[name as InputName] ?? '' })

function refusal(work: () => unknown): CodedError {
  try {
    work()
  } catch (error) {
    if (error instanceof CodedError) return error
    throw error
  }
  throw new Error('expected a refusal')
}

it('action.yml has the inputs of the table, with its defaults', async () => {
  const { inputs } = parse(await readFile(resolve(import.meta.dirname, '../../action.yml'), 'utf8')) as {
    inputs: Record<string, { default?: string }>
  }
  const declared = Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, input.default ?? '']))
  expect(declared).toEqual({ ...inputDefaults, 'github-token': '${{ github.token }}' })
})

describe('readInputs', () => {
  it('F106 part of a fan-out only where it is said, whatever the other inputs are; one that is says nothing of its own', () => {
    const quiet = { layers: 'da_flask', regions: 'us-east-2', comment: 'false', status: 'false' }
    expect(read(quiet)).toMatchObject({ partOfFanOut: false, comment: false, status: false })
    const speaking = { comment: 'true', status: 'check-run', 'part-of-fan-out': 'true' }
    expect(read(speaking)).toMatchObject({ partOfFanOut: true, comment: false, status: false, checkRun: false })
    expect(read({ 'part-of-fan-out': 'false' })).toMatchObject({ partOfFanOut: false, comment: true, status: true })
  })

  it('gives every default where the runner gives nothing', () => {
    expect(read()).toEqual({
      command: 'auto',
      config: '.github/layer-deploy.yml',
      directory: workspace,
      layers: null,
      environment: null,
      regions: null,
      base: null,
      force: false,
      dryRun: false,
      partOfFanOut: false,
      promotionOverride: null,
      version: null,
      unrecorded: false,
      keep: 10,
      submodules: 'auto',
      preview: false,
      sshKey: null,
      sshKnownHosts: null,
      comment: true,
      status: true,
      checkRun: false,
      githubToken: null,
      timeoutMinutes: 20
    })
  })

  it('a preview is said, never guessed', () => {
    expect(read({ preview: 'true' }).preview).toBe(true)
    expect(read({ preview: ' false ' }).preview).toBe(false)
    for (const value of ['yes', 'True', '1'])
      expect(refusal(() => read({ preview: value })).code).toBe('CONFIG_INVALID')
  })

  it('takes one line of a reason for an override, and nothing else', () => {
    expect(read({ 'promotion-override': ' incident 4711 ' }).promotionOverride).toBe('incident 4711')
    expect(read({ 'promotion-override': 'x'.repeat(200) }).promotionOverride).toHaveLength(200)
    for (const value of ['x'.repeat(201), 'a\nb', 'a\u0000b', 'a\u2028b'])
      expect(refusal(() => read({ 'promotion-override': value })).message).toContain('one line of at most 200')
  })

  it('reads lists at commas and newlines, without blanks, each name once', () => {
    expect(read({ layers: 'a, b\nc\r\n d ,a\n' }).layers).toEqual(['a', 'b', 'c', 'd'])
    expect(read({ regions: 'us-east-2' }).regions).toEqual(['us-east-2'])
  })

  it.each([',', ',a', 'a,', 'a,,b', ' ', '\n', 'a\n\nb', '\n\n', ' , ', '\t'])('F6 refuses the list %j', value => {
    for (const name of ['layers', 'regions'] as const) {
      const error = refusal(() => read({ [name]: value }))
      expect(error.code).toBe('CONFIG_INVALID')
      expect(error.message).toContain(`in the input ${name}, found an empty name`)
    }
  })

  it('F6 a list is either refused or names at least one thing, and never a blank one', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', 'b', ',', '\n', ' ', '\r') }), value => {
        let layers: readonly string[] | null
        try {
          layers = read({ layers: value }).layers
        } catch (error) {
          return error instanceof CodedError && error.code === 'CONFIG_INVALID'
        }
        return layers === null ? value === '' : layers.length > 0 && layers.every(name => /^\S/.test(name))
      }),
      { numRuns: 10_000 }
    )
  })

  it.each(['yes', 'True', 'TRUE', '1', 'on', 'no', '"true"', 'tru'])('F10 refuses the boolean %j', value => {
    for (const name of ['force', 'dry-run', 'comment'] as const) {
      expect(refusal(() => read({ [name]: value })).message).toContain(`one of true, false in the input ${name}`)
    }
    expect(refusal(() => read({ status: value })).message).toContain(
      'one of true, false, check-run in the input status'
    )
  })

  it.each(['0', '-1', '0.0', '361', '1e1', 'Infinity', 'NaN', '20m', '٣'])('refuses the deadline %j', value => {
    expect(refusal(() => read({ 'timeout-minutes': value })).code).toBe('CONFIG_INVALID')
  })

  it.each([
    ['0.5', 0.5],
    ['360', 360]
  ])('takes the deadline %j', (value, minutes) => {
    expect(read({ 'timeout-minutes': value }).timeoutMinutes).toBe(minutes)
  })

  it.each(['..', '../x', '/etc', 'a/../..', `${workspace}-2`])('F33 refuses the path %j', path => {
    for (const name of ['working-directory', 'config'] as const) {
      expect(refusal(() => read({ [name]: path })).message).toContain(
        `a path inside the workspace in the input ${name}`
      )
    }
  })

  it('takes paths inside the workspace', () => {
    expect(read({ 'working-directory': 'a/./b/..' }).directory).toBe(`${workspace}/a`)
    expect(read({ 'working-directory': `${workspace}/a` }).directory).toBe(`${workspace}/a`)
    expect(read({ config: 'a/layers.yml' }).config).toBe('a/layers.yml')
  })

  it('refuses a command that there is not', () => {
    expect(refusal(() => read({ command: 'Deploy' })).message).toContain('"Deploy"')
  })

  it('reads the version of a rollback and the count of a prune, and refuses what is none', () => {
    expect(read({ version: '7' }).version).toBe(7)
    expect(read({ version: ' previous ' }).version).toBe('previous')
    expect(read({ keep: '1' }).keep).toBe(1)
    for (const version of ['0', '-1', '1.5', 'latest', 'v2', '1e3'])
      expect(refusal(() => read({ version })).message).toContain('in the input version')
    for (const keep of ['0', '-1', 'all', '2.5', '100000'])
      expect(refusal(() => read({ keep })).message).toContain('in the input keep')
  })

  it('keeps a key of several lines as it is', () => {
    const key = '-----BEGIN EXAMPLE-----\nEXAMPLE\n-----END EXAMPLE-----\n'
    expect(read({ 'ssh-key': key }).sshKey).toBe(key)
    expect(read({ 'github-token': ' ghs_EXAMPLE\n' }).githubToken).toBe('ghs_EXAMPLE')
  })
})

describe('readRunContext', () => {
  it('reads what the runner says', () => {
    const context = readRunContext({
      GITHUB_ACTIONS: 'true',
      GITHUB_REPOSITORY: 'octo-org/superproject',
      GITHUB_RUN_ID: '42',
      GITHUB_RUN_ATTEMPT: '3',
      GITHUB_SERVER_URL: 'https://github.example.com',
      GITHUB_API_URL: 'https://github.example.com/api/v3',
      GITHUB_WORKSPACE: workspace,
      RUNNER_TEMP: '/tmp/runner',
      RUNNER_DEBUG: '1'
    })
    expect(context).toMatchObject({
      onGitHub: true,
      runAttempt: '3',
      apiUrl: 'https://github.example.com/api/v3',
      runUrl: 'https://github.example.com/octo-org/superproject/actions/runs/42/attempts/3',
      temporaryDirectory: '/tmp/runner',
      stepDebug: true
    })
  })

  it('is content with a terminal', () => {
    const context = readRunContext({})
    expect(context).toMatchObject({ onGitHub: false, repository: '', runUrl: null, sha: null, stepDebug: false })
    expect(context.workspace).toBe(process.cwd())
  })
})

describe('F24 readEvent', () => {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'event-'))
  })
  afterAll(() => rm(folder, { recursive: true }))
  const event = async (text: string, name = 'push') => {
    const path = join(folder, 'event.json')
    await writeFile(path, text)
    return { GITHUB_EVENT_NAME: name, GITHUB_EVENT_PATH: path, GITHUB_REF: 'refs/heads/test' }
  }

  it('F24 reads one', async () => {
    expect(readEvent(await event('{}', 'schedule'))).toEqual({ kind: 'schedule', ref: 'refs/heads/test' })
  })

  it.each([
    ['', 'an empty file'],
    ['{', 'text that is no JSON'],
    ['null', 'an object as the payload'],
    ['{"ref":"refs/heads/test"}', 'a full commit id in before']
  ])('F24 refuses %j', async (text, words) => {
    const environment = await event(text)
    const error = refusal(() => readEvent(environment))
    expect(error.code).toBe('EVENT_INVALID')
    expect(error.message).toContain(words)
  })

  it.each([
    [{}, 'GITHUB_EVENT_NAME'],
    [{ GITHUB_EVENT_NAME: 'push' }, 'GITHUB_EVENT_PATH'],
    [{ GITHUB_EVENT_NAME: 'push', GITHUB_EVENT_PATH: '/nowhere/event.json' }, '/nowhere/event.json'],
    [{ GITHUB_EVENT_NAME: 'push', GITHUB_EVENT_PATH: tmpdir() }, 'a file that cannot be read']
  ])('F24 refuses %j', (environment, words) => {
    const error = refusal(() => readEvent(environment))
    expect(error.code).toBe('EVENT_INVALID')
    expect(error.message).toContain(words)
  })
})
