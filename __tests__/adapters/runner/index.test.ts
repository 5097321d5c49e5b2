import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import * as core from '@actions/core'
import fc from 'fast-check'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRunner, fileCommand, withoutCommands, workflowCommand } from '../../../src/adapters/runner/index.js'

function recorded(env: Record<string, string> = { GITHUB_ACTIONS: 'true' }) {
  const out: string[] = []
  const err: string[] = []
  const runner = createRunner({ env, stdout: text => out.push(text), stderr: text => err.push(text) })
  return { runner, out, err }
}

/** What @actions/core itself prints: the oracle. */
function printedByCore(work: () => void): string {
  const write = process.stdout.write.bind(process.stdout)
  let printed = ''
  process.stdout.write = (text: string) => ((printed += text), true)
  try {
    work()
  } finally {
    process.stdout.write = write
  }
  return printed
}

/** A file command read as the runner reads it: name, delimiter, lines up to the delimiter. */
function readFileCommands(text: string): Record<string, string> {
  const values: Record<string, string> = {}
  const lines = text.split('\n')
  while (lines.length > 1) {
    const [name = '', delimiter = ''] = lines.shift()!.split(/<<(.*)/s)
    const value: string[] = []
    while (lines[0] !== delimiter) value.push(lines.shift()!)
    lines.shift()
    values[name] = value.join('\n')
  }
  return values
}

describe('workflow commands', () => {
  const text = fc.oneof(fc.string(), fc.constantFrom('100%', 'a\r\nb', '::error::x', 'a:b,c', '%0A', '##[error]'))

  it('F83 are what @actions/core prints', () => {
    fc.assert(
      // @actions/core prints an odd space where all properties are empty.
      fc.property(text, text.filter(Boolean), text, (message, title, file) => {
        const { runner, out } = recorded()
        runner.error(message, { title, file, line: 3, column: 7 })
        runner.warning(message)
        runner.notice(message, { title })
        runner.debug(message)
        const expected = printedByCore(() => {
          core.error(message, { title, file, startLine: 3, startColumn: 7 })
          core.warning(message)
          core.notice(message, { title })
          core.debug(message)
        })
        expect(out.join('')).toBe(expected)
      })
    )
  })

  it('group, end of group and mask as @actions/core', async () => {
    const { runner, out } = recorded()
    runner.mask('EXAMPLE secret\n100%')
    await runner.group('A title', async () => {
      runner.info('inside')
      return Promise.resolve()
    })
    const expected = printedByCore(() => {
      core.setSecret('EXAMPLE secret\n100%')
      core.startGroup('A title')
      core.info('inside')
      core.endGroup()
    })
    expect(out.join('')).toBe(expected)
  })

  it('closes the group of work that throws', async () => {
    const { runner, out } = recorded()
    await expect(runner.group('t', () => Promise.reject(new Error('x')))).rejects.toThrow('x')
    expect(out.at(-1)).toBe('::endgroup::\n')
  })

  it('F83 a line of foreign text is never a command', () => {
    const lines = fc.array(
      fc.oneof(text, fc.constantFrom('::set-env name=a::b', ' \t::x::', '\u0085::x::', '\ufeff::x::'))
    )
    fc.assert(
      fc.property(lines, parts => {
        for (const line of withoutCommands(parts.join('\n')).split(/[\r\n]+/)) {
          expect(line).not.toMatch(/^[\s\u0085\u180e]*::/)
          expect(line).not.toContain('##[')
        }
      }),
      { numRuns: 1000 }
    )
    const { runner, out } = recorded()
    runner.info('fine\n::warning::not')
    expect(out).toEqual(['fine\n:\u200b:warning::not\n'])
    expect(withoutCommands('AWS::Lambda::LayerVersion')).toBe('AWS::Lambda::LayerVersion')
  })

  it('leaves out empty properties', () => {
    expect(workflowCommand('error', { title: '', file: undefined, line: 1 }, 'x')).toBe('::error line=1::x')
  })
})

describe('file commands', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'runner-'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it('F85 any value comes back as it was, one that holds its delimiter too', () => {
    const hostile = fc.constantFrom('ghadelimiter_first', 'x<<ghadelimiter_first\nghadelimiter_first\n', 'a=b', '')
    fc.assert(
      fc.property(fc.array(fc.oneof(hostile, fc.string({ unit: 'binary' }))), values => {
        const draws = ['first', 'second', 'third']
        const written = values.map((value, index) => {
          const left = [...draws]
          return fileCommand(`name-${index}`, value, () => left.shift() ?? 'last')
        })
        const read = readFileCommands(written.join(''))
        expect(Object.values(read)).toEqual(values)
      })
    )
    expect(
      fileCommand(
        'n',
        'ghadelimiter_first',
        (
          draws => () =>
            draws.shift()!
        )(['first', 'second'])
      )
    ).toContain('second')
  })

  it('F85 refuses a name that would end the name', () => {
    for (const name of ['', 'a=b', 'a<<b', 'a\nb']) expect(() => fileCommand(name, 'x')).toThrow('not a name')
  })

  it('appends outputs, state and summary to the files of the runner', () => {
    const env = {
      GITHUB_ACTIONS: 'true',
      GITHUB_OUTPUT: join(folder, 'output'),
      GITHUB_STATE: join(folder, 'state'),
      GITHUB_STEP_SUMMARY: join(folder, 'summary')
    }
    const { runner } = recorded(env)
    runner.setOutput('da_flask_version', '2')
    runner.setOutput('plan', '{\n}')
    runner.saveState('started', 'yes')
    runner.appendSummary('# one')
    runner.appendSummary('two\n')
    expect(readFileCommands(readFileSync(env.GITHUB_OUTPUT, 'utf8'))).toEqual({ da_flask_version: '2', plan: '{\n}' })
    expect(readFileCommands(readFileSync(env.GITHUB_STATE, 'utf8'))).toEqual({ started: 'yes' })
    expect(readFileSync(env.GITHUB_STEP_SUMMARY, 'utf8')).toBe('# one\ntwo\n')
  })
})

describe('in a terminal', () => {
  it('writes plain lines to standard error and nothing to files', async () => {
    const { runner, out, err } = recorded({})
    runner.info('::kept::')
    runner.error('bad', { file: 'a.yml', line: 2, column: 3 })
    runner.debug('unseen')
    runner.setOutput('a', 'b')
    runner.appendSummary('x')
    expect(await runner.group('Build', () => Promise.resolve(4))).toBe(4)
    expect(err).toEqual(['::kept::\n', 'error: a.yml:2:3: bad\n', 'Build\n'])
    expect(out).toEqual([])
    expect(runner.onActions).toBe(false)
  })
})

describe('masked values', () => {
  it('G9 never come out of any call in any form', () => {
    const { runner, out } = recorded()
    const secret = 'ghs_EXAMPLE0123456789'
    runner.mask(secret)
    out.length = 0
    const forms = `${secret} ${Buffer.from(`x:${secret}`).toString('base64')} https://u:p@host/`
    runner.info(forms)
    runner.debug(forms)
    runner.error(forms, { title: forms, file: forms })
    const printed = out.join('')
    expect(printed).not.toContain('EXAMPLE')
    expect(printed).not.toContain('u:p')
    expect(printed).not.toContain(Buffer.from('EXAMPLE012').toString('base64').slice(2, 10))
    expect(runner.redact(secret)).toBe('***')
  })
})
