/** The report of a run in a terminal: the table or JSON on standard output, errors and warnings on standard error. */
import type { RunResult } from '../../model/index.js'
import { redactResult } from '../../redaction/redactor.js'
import type { Reporter } from '../../report/reporter.js'
import { exitCodeOf } from '../exit-codes.js'
import { renderJson } from './render-json.js'
import { renderNotes, renderText } from './render-text.js'
import type { Screen } from './screen.js'
import { spokenResult, type Speaker } from './spoken.js'
import type { Terminal } from './terminal.js'

export function terminalReport(
  terminal: Terminal,
  screen: Screen,
  show: { readonly json: boolean; readonly redact: (text: string) => string; readonly speaker: Speaker }
): Reporter {
  return {
    start: () => undefined,
    deliver: (unredacted: RunResult) => {
      screen.end()
      const result = spokenResult(redactResult(unredacted, show.redact), show.speaker)
      terminal.stderr(renderNotes(result, terminal.colour.stderr))
      terminal.stdout(show.json ? renderJson(result) : renderText(result, terminal.colour.stdout, terminal.width))
      return Promise.resolve(exitCodeOf(result))
    }
  }
}
