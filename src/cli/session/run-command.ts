/** Runs one of the action's commands from the command line. */
import type { InputName } from '../../action/inputs.js'
import type { Command } from '../../model/index.js'
import { resultOfFailure, unknownSubject } from '../../publish-layers/result.js'
import { run } from '../../run/run.js'
import type { CommandLine } from '../command-line.js'
import { openSession } from './open-session.js'
import { type AccountOptions, profileChoice } from '../options.js'
import { plainDetails } from '../output/render-text.js'
import { openScreen } from '../output/screen.js'
import { spokenText } from '../output/spoken.js'
import { terminalReport } from '../output/terminal-report.js'

/** What goes on before the first layer has a line of its own. */
const waitingWords: Readonly<Record<Exclude<Command, 'auto'>, string>> = {
  detect: 'comparing with what is deployed',
  plan: 'comparing with what is deployed',
  deploy: 'comparing with what is deployed',
  report: 'reading back what is deployed',
  rollback: 'looking for the content of the version',
  rollout: 'looking for the functions',
  prune: 'looking for who uses which version',
  discover: 'reading layers, stacks and functions'
}

/** Markdown where it goes into a file, text on a terminal. */
function detailsText(markdown: string, { width, colour }: CommandLine['terminal']): string {
  return width === undefined ? `${markdown}\n` : `${plainDetails(markdown, width, colour.stdout)}\n`
}

/** For words only: a profile that is none is refused elsewhere. */
function profileNamed(
  given: AccountOptions['profile'],
  environment: CommandLine['environment']
): (name: string) => string | null {
  try {
    const choice = profileChoice(given, environment)
    return name => choice(name) ?? environment['AWS_PROFILE'] ?? null
  } catch {
    return () => null
  }
}

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
  const speaker = { profileOf: profileNamed(options.profile, line.environment) }
  let session: Awaited<ReturnType<typeof openSession>>
  try {
    const opened = await openSession({ ...given, command }, options, line, screen)
    session = { ...opened, inputs: { ...opened.inputs, unrecorded: options.unrecorded === true } }
  } catch (error) {
    const report = terminalReport(terminal, screen, { json, redact: text => text, speaker })
    return report.deliver(resultOfFailure({ ...unknownSubject, command }, error))
  }
  const { runner, limits, git } = session
  screen.waiting(waitingWords[command])
  try {
    const report = terminalReport(terminal, screen, { json, redact: text => runner.redact(text), speaker })
    const said = (text: string): string => spokenText(runner.redact(text))
    // In JSON the details are part of the document, as its plan.
    const showDetails = (markdown: string, page = ''): Promise<void> => {
      onPage(said(page))
      if (!json) terminal.stdout(detailsText(said(markdown), terminal))
      return Promise.resolve()
    }
    return await run({ ...session, openReport: () => report, showDetails })
  } finally {
    limits.end()
    await git.close()
  }
}
