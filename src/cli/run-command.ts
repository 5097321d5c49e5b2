/** Runs one of the action's commands from the command line. */
import type { InputName } from '../inputs.js'
import type { Command } from '../model.js'
import { resultOfFailure, unknownSubject } from '../publish-layers/result.js'
import { run, type Session } from '../run.js'
import type { CommandLine } from './command-line.js'
import { openSession } from './open-session.js'
import type { AccountOptions } from './options.js'
import { openScreen } from './screen.js'
import { terminalReport } from './terminal-report.js'

/** @returns the exit code */
export async function runCommand(
  command: Exclude<Command, 'auto'>,
  given: Readonly<Partial<Record<InputName, string>>>,
  options: AccountOptions,
  line: CommandLine
): Promise<number> {
  const { terminal } = line
  const screen = openScreen(terminal)
  const json = options.json === true
  let session: Omit<Session, 'openReport'>
  try {
    session = await openSession({ ...given, command }, options, line, screen)
  } catch (error) {
    const report = terminalReport(terminal, screen, { json, redact: text => text })
    return report.deliver(resultOfFailure({ ...unknownSubject, command }, error))
  }
  const { runner, limits } = session
  try {
    const report = terminalReport(terminal, screen, { json, redact: text => runner.redact(text) })
    return await run({ ...session, openReport: () => report })
  } finally {
    limits.end()
  }
}
