/** The command line `layer-deploy`: the same verbs as the action, started by a person. */
import { CommanderError } from 'commander'
import type { RunnerEnvironment } from '../model/index.js'
import { type CommandLine, exitCodes } from './command-line.js'
import { createProgram } from './program.js'
import { printingErrors } from './session/open-checkout.js'
import { unsupportedMachine } from '../run/supported-machine.js'
import type { Terminal } from './output/terminal.js'

export { openTerminal } from './output/terminal.js'

/** @param words behind the program's name. @returns the exit code, see command-line.ts */
export async function commandLine(
  words: readonly string[],
  environment: RunnerEnvironment,
  terminal: Terminal,
  directory: string
): Promise<number> {
  let exitCode: number = exitCodes.success
  const line: CommandLine = {
    ...{ environment, terminal, directory },
    action:
      work =>
      async (...args) => {
        exitCode = await work(...args)
      }
  }
  const program = createProgram(line)
  const refused = unsupportedMachine(process.platform, process.arch)
  const onlyTells = words.length === 0 || words.some(word => ['--help', '-h', '--version', '-V'].includes(word))
  if (refused !== null && !onlyTells) return printingErrors(line, () => Promise.reject(refused))
  try {
    if (words.length === 0) program.outputHelp()
    else await program.parseAsync(words, { from: 'user' })
    return exitCode
  } catch (error) {
    // Help and version come as errors, too; they have told what they had to.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.success : exitCodes.usage
    throw error
  }
}
