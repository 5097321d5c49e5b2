import { EOL } from 'node:os'
import type { AnnotationPlace, Runner } from '../../ports/runner.js'
import { createMasks } from '../../redaction/redactor.js'

/** No runner listens: plain lines for a person, no outputs, no job summary. */
export function terminalRunner(to: { readonly debug: boolean; readonly write: (text: string) => void }): Runner {
  const masks = createMasks()
  const line = (message: string): void => {
    to.write(masks.redact(message) + EOL)
  }
  const annotate =
    (level: string) =>
    (message: string, place: AnnotationPlace = {}): void => {
      line(`${level}: ${prefixOf(place)}${message}`)
    }
  return {
    onActions: false,
    input: () => '',
    setOutputs: () => undefined,
    saveState: () => undefined,
    appendSummary: () => Promise.resolve(),
    debug: message => {
      if (to.debug) line(`debug: ${message}`)
    },
    info: line,
    notice: annotate('notice'),
    warning: annotate('warning'),
    error: annotate('error'),
    group: (title, work) => {
      line(title)
      return work()
    },
    mask: secret => {
      masks.add(secret)
    },
    redact: masks.redact
  }
}

function prefixOf({ file, line, column }: AnnotationPlace): string {
  if (file === undefined) return ''
  return `${[file, line, column].filter(part => part !== undefined).join(':')}: `
}
