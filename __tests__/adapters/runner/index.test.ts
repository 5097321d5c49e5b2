import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { openRunner, savedState } from '../../../src/adapters/runner/index.js'
import { terminalRunner } from '../../../src/adapters/runner/terminal-runner.js'
import { CodedError } from '../../../src/model/errors.js'
import type { Runner } from '../../../src/ports/runner.js'
import { parseNameValueFile } from '../../../emulators/runner/file-commands.js'

const readFileCommands = (text: string): Record<string, string> => Object.fromEntries(parseNameValueFile(text))

let folder: string
const given = { ...process.env }
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'runner-'))
})
afterAll(() => {
  rmSync(folder, { recursive: true })
  for (const name of Object.keys(process.env)) if (!(name in given)) Reflect.deleteProperty(process.env, name)
  Object.assign(process.env, given)
})
beforeEach(() => {
  for (const name of ['OUTPUT', 'STATE', 'STEP_SUMMARY']) process.env[`GITHUB_${name}`] = join(folder, name)
})

const onActions = (): Runner => openRunner({ GITHUB_ACTIONS: 'true' })

/** What the work writes to standard output, where the runner reads. */
async function printed(work: () => unknown): Promise<string> {
  const write = process.stdout.write.bind(process.stdout)
  let text = ''
  process.stdout.write = (part: string) => ((text += part), true)
  try {
    await work()
  } finally {
    process.stdout.write = write
  }
  return text
}

async function refusal(work: () => unknown): Promise<CodedError> {
  try {
    await work()
  } catch (error) {
    if (error instanceof CodedError) return error
    throw error
  }
  throw new Error('expected a refusal')
}

describe('workflow commands', () => {
  it('are the ones that GitHub documents', async () => {
    const runner = onActions()
    const text = await printed(async () => {
      runner.mask('EXAMPLE secret\n100%')
      await runner.group('A title', () => Promise.resolve(runner.info('inside')))
      runner.error('100% wrong\nhere', { title: 'a:b,c', file: 'a.yml', line: 3, column: 7 })
      runner.warning('w', { title: '' })
      runner.notice('n')
      runner.debug('d')
    })
    expect(text.split('\n')).toEqual([
      '::add-mask::EXAMPLE secret%0A100%25',
      '::group::A title',
      'inside',
      '::endgroup::',
      '::error title=a%3Ab%2Cc,file=a.yml,line=3,col=7::100%25 wrong%0Ahere',
      '::warning::w',
      '::notice::n',
      '::debug::d',
      ''
    ])
  })

  it('F83 of a foreign text only one: the one that carries it', async () => {
    const foreign = fc.array(
      fc.oneof(fc.string(), fc.constantFrom('100%', '\r\n', '\n::error::x', '\n \t::x::', ':,', '%0A', '##[error]')),
      { maxLength: 6 }
    )
    await fc.assert(
      fc.asyncProperty(foreign, async parts => {
        const message = parts.join('')
        const runner = onActions()
        const text = await printed(() => {
          runner.error(message, { title: message, file: message })
          runner.info(message)
        })
        const commands = text.split(/\r\n|[\r\n]/).filter(line => /^[\s\u0085\u180e]*::|##\[/.test(line))
        expect(commands.filter(line => !line.startsWith('::error'))).toEqual([])
      }),
      { numRuns: 300 }
    )
  })

  it('closes the group of work that throws', async () => {
    const runner = onActions()
    const text = await printed(() =>
      expect(runner.group('t', () => Promise.reject(new Error('x')))).rejects.toThrow('x')
    )
    expect(text).toBe('::group::t\n::endgroup::\n')
  })
})

describe('file commands', () => {
  const contentOf = (name: string): string => readFileSync(join(folder, name), 'utf8')

  it('F85 any value comes back as it was', () => {
    const hostile = fc.constantFrom(
      'ghadelimiter_',
      'x<<ghadelimiter_\nghadelimiter_\n',
      '\nghadelimiter__\nghadelimiter_',
      'a=b',
      ''
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(hostile, fc.string({ unit: 'binary' }))), values => {
        rmSync(join(folder, 'OUTPUT'), { force: true })
        const runner = onActions()
        runner.setOutputs(Object.fromEntries(values.map((value, index) => [`name-${index}`, value])))
        const read = values.length === 0 ? {} : readFileCommands(contentOf('OUTPUT'))
        expect(Object.values(read)).toEqual(values)
      })
    )
  })

  it('F85 refuses a name that would end the name', () => {
    for (const name of ['', 'a=b', 'a<<b', 'a\nb'])
      expect(() => onActions().setOutputs({ good: 'x', [name]: 'x' })).toThrow('not a name')
  })

  it('writes outputs, state and summary to the files of the runner, which need not be there yet', async () => {
    rmSync(folder, { recursive: true })
    mkdirSync(folder)
    const runner = onActions()
    const text = await printed(async () => {
      runner.setOutputs({ da_flask_version: '2', plan: '{\n}' })
      runner.setOutputs({})
      runner.saveState('started', 'yes')
      await runner.appendSummary('# one')
      await runner.appendSummary('two\n')
    })
    expect(text).toBe('')
    expect(readFileCommands(contentOf('OUTPUT'))).toEqual({ da_flask_version: '2', plan: '{\n}' })
    expect(readFileCommands(contentOf('STATE'))).toEqual({ started: 'yes' })
    expect(contentOf('STEP_SUMMARY')).toBe('# one\ntwo\n')
  })

  it('F145 a file that cannot be written is told by its variable', async () => {
    for (const name of ['OUTPUT', 'STATE', 'STEP_SUMMARY']) process.env[`GITHUB_${name}`] = join(folder, 'gone', name)
    const runner = onActions()
    const works = [
      () => runner.setOutputs({ a: 'b' }),
      () => runner.saveState('a', 'b'),
      () => runner.appendSummary('x')
    ]
    for (const [index, name] of ['GITHUB_OUTPUT', 'GITHUB_STATE', 'GITHUB_STEP_SUMMARY'].entries()) {
      const error = await refusal(works[index] ?? (() => undefined))
      expect(error.code).toBe('RUNNER_FAILED')
      expect(error.finding.expected).toContain(name)
      expect(error.finding.found).toBe('ENOENT')
    }
  })

  it('does nothing where the runner names no file', async () => {
    for (const name of ['OUTPUT', 'STATE', 'STEP_SUMMARY']) process.env[`GITHUB_${name}`] = ''
    const runner = onActions()
    const text = await printed(async () => {
      runner.setOutputs({ a: 'b' })
      runner.saveState('a', 'b')
      await runner.appendSummary('x')
    })
    expect(text).toBe('')
  })

  it('reads inputs and state as the runner hands them on', () => {
    process.env['INPUT_SSH-KEY'] = 'line\n'
    process.env['STATE_open-status'] = '{}'
    expect([onActions().input('ssh-key'), savedState('open-status'), onActions().input('none')]).toEqual([
      'line\n',
      '{}',
      ''
    ])
  })
})

describe('in a terminal', () => {
  it('writes plain lines, no outputs and no summary', async () => {
    const lines: string[] = []
    const runner = terminalRunner({ debug: false, write: text => void lines.push(text) })
    runner.info('::kept::')
    runner.error('bad', { file: 'a.yml', line: 2, column: 3 })
    runner.debug('unseen')
    runner.setOutputs({ a: 'b' })
    await runner.appendSummary('x')
    expect(await runner.group('Build', () => Promise.resolve(4))).toBe(4)
    expect(lines).toEqual(['::kept::\n', 'error: a.yml:2:3: bad\n', 'Build\n'])
    expect(runner.onActions).toBe(false)
    terminalRunner({ debug: true, write: text => void lines.push(text) }).debug('seen')
    expect(lines.at(-1)).toBe('debug: seen\n')
  })
})

describe('masked values', () => {
  it('G9 never come out of any call in any form', async () => {
    const runner = onActions()
    const secret = 'ghs_EXAMPLE0123456789'
    await printed(() => {
      runner.mask(secret)
    })
    const forms = `${secret} ${Buffer.from(`x:${secret}`).toString('base64')} https://u:p@host/`
    const text = await printed(async () => {
      runner.info(forms)
      runner.debug(forms)
      runner.error(forms, { title: forms, file: forms })
      await runner.group(forms, () => Promise.resolve())
    })
    expect(text).not.toContain('EXAMPLE')
    expect(text).not.toContain('u:p')
    expect(text).not.toContain(Buffer.from('EXAMPLE012').toString('base64').slice(2, 10))
    expect(runner.redact(secret)).toBe('***')
  })
})
