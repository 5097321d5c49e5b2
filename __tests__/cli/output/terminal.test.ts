import { readFile } from 'node:fs/promises'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { exitCodeOf } from '../../../src/cli/command-line.js'
import { parseRemote, serverOf } from '../../../src/cli/session/remote.js'
import { renderNotes, renderText, table } from '../../../src/cli/output/render-text.js'
import { liveLines, openScreen } from '../../../src/cli/output/screen.js'
import { openTerminal, paint, printable, type Terminal } from '../../../src/cli/output/terminal.js'
import { programVersion } from '../../../src/cli/version.js'
import { CodedError } from '../../../src/model/errors.js'
import { resultOfFailure, unknownSubject } from '../../../src/publish-layers/result.js'

const stream = (isTTY: boolean) => {
  let text = ''
  return { isTTY, columns: 40, rows: 6, write: (more: string) => (text += more), text: () => text }
}
const open = (environment: Record<string, string>, isTTY = true): Terminal & { shown: () => string } => {
  const stderr = stream(isTTY)
  return { ...openTerminal(stream(isTTY), stderr, environment), shown: stderr.text }
}
const building = { layerId: 'a', region: null, what: 'building', ended: false }
const published = { layerId: 'a', region: 'us-east-2', what: 'version 2 published', ended: true }

describe('the terminal', () => {
  it('has colour and live lines where it is one, and neither in CI, with NO_COLOR or without a terminal', () => {
    expect(open({})).toMatchObject({ live: true, colour: { stdout: true, stderr: true } })
    expect(open({ CI: 'true' })).toMatchObject({ live: false, colour: { stdout: false, stderr: false } })
    expect(open({ TERM: 'dumb' })).toMatchObject({ live: false, colour: { stdout: false, stderr: false } })
    expect(open({ NO_COLOR: '1' })).toMatchObject({ live: true, colour: { stdout: false, stderr: false } })
    expect(open({}, false)).toMatchObject({ live: false, colour: { stdout: false, stderr: false } })
    expect(paint(false)('red', 'x')).toBe('x')
    expect(paint(true)('red', 'x')).toBe('\u001b[31mx\u001b[0m')
  })

  it('F83 prints foreign text as one line that moves no cursor and commands no runner', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        const line = printable(text)
        return !/[\p{Cc}]/u.test(line) && !line.trimStart().startsWith('::') && !line.includes('##[')
      }),
      { numRuns: 10_000 }
    )
    expect(printable('a\u001b[2Jb\r\nc')).toBe('a\ufffd[2Jb c')
  })
})

describe('the screen', () => {
  it('writes plain lines where nothing can be drawn over', () => {
    const terminal = open({ CI: 'true' })
    const screen = openScreen(terminal)
    screen.progress(building)
    screen.progress(published)
    screen.write('log\n')
    screen.end()
    expect(terminal.shown()).toBe('a: building\na in us-east-2: version 2 published\nlog\n')
  })

  it('keeps one line for each layer, below the log, and draws over its own lines only', () => {
    const terminal = open({ NO_COLOR: '1' })
    const screen = openScreen(terminal)
    screen.progress(building)
    screen.write('log\n')
    screen.progress(published)
    expect(terminal.shown().split('\u001b[1A\u001b[0J')).toEqual([
      '> a  building …\n',
      'log\n> a  building …\n',
      '· a in us-east-2  version 2 published\n'
    ])
  })

  it('never draws more lines than the terminal has, nor wider ones', () => {
    const steps = Array.from({ length: 50 }, (_, index) => ({
      ...building,
      layerId: `layer-${index}`.padEnd(100, 'x'),
      ended: index > 2
    }))
    const lines = liveLines(steps, open({ NO_COLOR: '1' }))
    expect(lines).toHaveLength(4)
    expect(lines.every(line => line.length <= 40)).toBe(true)
    expect(lines.at(-1)).toContain('layer-2')
  })
})

describe('the remote', () => {
  it.each([
    ['https://github.com/octo-org/superproject.git', 'github.com', 'octo-org/superproject'],
    ['https://user:token@github.com/octo-org/superproject', 'github.com', 'octo-org/superproject'],
    ['git@github.com:octo-org/superproject.git', 'github.com', 'octo-org/superproject'],
    ['ssh://git@ghe.example.com:2222/octo-org/superproject.git/', 'ghe.example.com', 'octo-org/superproject']
  ])('%s', (url, host, repository) => {
    expect(parseRemote(url)).toEqual({ host, repository })
  })

  it.each([
    '',
    '/srv/git/superproject.git',
    'https://github.com/superproject',
    'file:///a/b',
    'https://github.com/a/b c'
  ])('reads none out of %j', url => {
    expect(parseRemote(url)).toBeNull()
  })

  it('F79 knows the API of a server of its own', () => {
    expect(serverOf('GitHub.com').apiUrl).toBe('https://api.github.com')
    expect(serverOf('ghe.example.com')).toEqual({
      serverUrl: 'https://ghe.example.com',
      apiUrl: 'https://ghe.example.com/api/v3'
    })
  })
})

describe('the result as text', () => {
  const failure = (code: 'CANCELLED' | 'GIT_FAILED') =>
    resultOfFailure(unknownSubject, new CodedError(code, { expected: 'a', found: 'b\u001b[31m', mend: 'c' }))

  it('has the error as a coded line, neutralised', () => {
    expect(renderNotes(failure('GIT_FAILED'), false)).toBe(
      'error: GIT_FAILED: Expected a, found b\ufffd[31m. To fix: c.\n'
    )
    expect(renderText(failure('GIT_FAILED'), false)).not.toContain('\u001b')
  })

  it('aligns columns', () => {
    expect(table(['A', 'B'], [['long', 'x']])).toBe('A     B\nlong  x')
  })

  it('ends in 1 for a failure, in 130 for Ctrl-C', () => {
    expect([exitCodeOf(failure('GIT_FAILED')), exitCodeOf(failure('CANCELLED'))]).toEqual([1, 130])
    expect(exitCodeOf({ conclusion: 'neutral', errors: [] })).toBe(0)
  })
})

it('the version is the one of package.json', async () => {
  const { version } = JSON.parse(await readFile('package.json', 'utf8')) as { version: string }
  expect(programVersion).toBe(version)
})
