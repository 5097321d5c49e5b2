/** Runs one of the action's commands from the command line. */
import type { InputName } from '../../action/inputs.js'
import type { Command } from '../../model/index.js'
import { resultOfFailure, unknownSubject } from '../../publish-layers/result.js'
import { run } from '../../run/run.js'
import type { CommandLine } from '../command-line.js'
import { openSession } from './open-session.js'
import type { AccountOptions } from '../options.js'
import { openScreen } from '../output/screen.js'
import { terminalReport } from '../output/terminal-report.js'

/** @returns the exit code */
export async function runCommand(
  command: Exclude<Command, 'auto'>,
  given: Readonly<Partial<Record<InputName, string>>>,
  options: AccountOptions & { readonly unrecorded?: boolean },
  line: CommandLine,
  onPage: (page: string) => void = () => undefined
): Promise<number> {
  const { terminal } = line
  const screen = openScreen(terminal)
  const json = options.json === true
  let session: Awaited<ReturnType<typeof openSession>>
  try {
    const opened = await openSession({ ...given, command }, options, line, screen)
    session = { ...opened, inputs: { ...opened.inputs, unrecorded: options.unrecorded === true } }
  } catch (error) {
    const report = terminalReport(terminal, screen, { json, redact: text => text })
    return report.deliver(resultOfFailure({ ...unknownSubject, command }, error))
  }
  const { runner, limits, git } = session
  try {
    const report = terminalReport(terminal, screen, { json, redact: text => runner.redact(text) })
    // In JSON the details are part of the document, as its plan.
    const showDetails = (markdown: string, page = ''): void => {
      onPage(runner.redact(page))
      if (!json) terminal.stdout(`${runner.redact(markdown)}\n`)
    }
    return await run({ ...session, openReport: () => report, showDetails })
  } finally {
    limits.end()
    await git.close()
  }
}
