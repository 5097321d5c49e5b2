/** Every command has help with an example that the grammar takes, and the program says its exit codes. */
import { describe, expect, it } from '@jest/globals'
import { commandLine } from '../../src/cli/index.js'
import { examples } from '../../src/cli/examples.js'
import { exitCodes, type CommandLine } from '../../src/cli/command-line.js'
import { createProgram } from '../../src/cli/program.js'

let [stdout, stderr] = ['', '']
const terminal = {
  ...{ stdout: (text: string) => void (stdout += text), stderr: (text: string) => void (stderr += text) },
  ...{ live: false, colour: { stdout: false, stderr: false }, columns: 120, rows: 40 }
}
const line = (ran: string[]): CommandLine => ({
  ...{ environment: {}, terminal, directory: '/' },
  // The grammar alone: nothing is done.
  action: () => () => {
    ran.push('ran')
    return Promise.resolve()
  }
})
const names = createProgram(line([])).commands.map(command => command.name())

describe('help', () => {
  it.each(names.filter(name => name !== 'complete'))('%s shows an example, and takes it', async name => {
    ;[stdout, stderr] = ['', '']
    expect(await commandLine([name, '--help'], {}, terminal, '/')).toBe(0)
    const shown = examples[name] ?? []
    expect(shown.length).toBeGreaterThan(0)
    for (const example of shown) {
      expect(stdout).toContain(example)
      const words = /layer-deploy ([^|)]*)/.exec(example)?.[1]?.trim().split(' ') ?? []
      expect(words[0]).toBe(name)
      const ran: string[] = []
      await createProgram(line(ran)).parseAsync(words, { from: 'user' })
      expect(ran).toEqual(['ran'])
    }
  })
  it('says every exit code', async () => {
    stdout = ''
    await commandLine(['--help'], {}, terminal, '/')
    for (const code of Object.values(exitCodes)) expect(stdout).toMatch(new RegExp(`^  ${code} `, 'm'))
    expect(stdout).toContain('NO_COLOR')
  })
})
