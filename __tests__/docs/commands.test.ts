/** Every command of `layer-deploy` that a page shows is one that the program takes; the runbook's entries have all four parts. */
import { describe, expect, it } from '@jest/globals'
import type { CommandLine } from '../../src/cli/command-line.js'
import { createProgram } from '../../src/cli/program.js'
import { allPages, textOf, typedCommands } from './pages.js'

const program = createProgram({
  environment: {},
  terminal: {
    ...{ stdout: () => undefined, stderr: () => undefined },
    ...{ live: false, colour: { stdout: false, stderr: false }, columns: 120, rows: 40 }
  },
  directory: '/',
  action: () => () => Promise.resolve()
} as CommandLine)

/** The words behind `layer-deploy` in each command that a page shows, mentions too. */
function commandsOf(page: string): readonly string[] {
  return typedCommands(textOf(page))
    .flatMap(({ text }) => text.match(/(?:^|\()layer-deploy ([^#|)]+)/)?.[1] ?? [])
    .map(words => words.replace(/"\$\([^]*$/, 'value').trim())
    .filter(words => !words.includes('…'))
}

describe('commands', () => {
  const shown = allPages().flatMap(page => commandsOf(page).map(words => ({ page, words })))

  it('pages show many', () => {
    expect(shown.length).toBeGreaterThan(50)
  })

  it.each(shown)('$page: layer-deploy $words', ({ words }) => {
    const [name = '', ...rest] = words.split(/\s+/)
    if (name === '--help') return
    const command = program.commands.find(each => each.name() === name)
    expect({ words, known: command !== undefined }).toEqual({ words, known: true })
    for (const word of rest.filter(each => each.startsWith('-'))) {
      const flag = word.split('=')[0]
      const known = ['--help', ...(command?.options.flatMap(({ short, long }) => [short, long]) ?? [])]
      expect({ words, known: known.includes(flag) }).toEqual({ words, known: true })
    }
  })
})

describe('npm run', () => {
  const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> }
  const named = allPages().flatMap(page =>
    [...textOf(page).matchAll(/\bnpm run (?:--?[\w-]+ )*([\w:-]+)/g)].map(([, name = '']) => ({ page, name }))
  )

  it('every script that a page names is there', () => {
    expect(named.length).toBeGreaterThan(20)
    expect(named.filter(({ name }) => scripts[name] === undefined)).toEqual([])
  })
})

describe('the runbook', () => {
  const entries = textOf('docs/runbook.md').split(/^## /m).slice(1)

  it('has an entry for each bad day', () => {
    expect(entries.length).toBeGreaterThanOrEqual(10)
  })

  it.each(entries.map(entry => [entry.split('\n')[0], entry]))(
    '%s: symptom, look, do, check, in this order',
    (_, entry = '') => {
      const places = ['Symptom', 'Look', 'Do', 'Check'].map(word => entry.indexOf(`- **${word}:**`))
      expect(places).not.toContain(-1)
      expect(places).toEqual([...places].sort((a, b) => a - b))
    }
  )
})
