/**
 * The runner of GitHub Actions, spoken to by @actions/core: it reads this process's environment and writes to its standard
 * output. On top of it are ours: redaction, foreign text that is no command (F83), and errors that name the variable.
 */
import { appendFileSync, existsSync } from 'node:fs'
import { EOL } from 'node:os'
import * as core from '@actions/core'
import { CodedError } from '../../model/errors.js'
import type { AnnotationPlace, Runner } from '../../ports/runner.js'
import { createMasks } from '../../redaction/redactor.js'
import { withoutCommands } from '../../redaction/neutral-commands.js'

export function actionsRunner(): Runner {
  const masks = createMasks()
  const { redact } = masks
  const annotate =
    (write: (message: string, properties: core.AnnotationProperties) => void) =>
    (message: string, place: AnnotationPlace = {}): void => {
      write(redact(message), propertiesOf(place, redact))
    }
  return {
    onActions: true,
    input: name => core.getInput(name, { trimWhitespace: false }),
    ...fileCommands,
    debug: message => {
      core.debug(redact(message))
    },
    info: message => {
      core.info(withoutCommands(redact(message)))
    },
    notice: annotate(core.notice),
    warning: annotate(core.warning),
    error: annotate(core.error),
    group: (title, work) => core.group(redact(title), work),
    mask: secret => {
      if (masks.add(secret)) core.setSecret(secret)
    },
    redact
  }
}

/** @actions/core prints an odd space where a property is empty. */
function propertiesOf(
  { title, file, line, column }: AnnotationPlace,
  redact: (text: string) => string
): core.AnnotationProperties {
  return {
    ...(title ? { title: redact(title) } : {}),
    ...(file ? { file: redact(file) } : {}),
    ...(line === undefined ? {} : { startLine: line }),
    ...(column === undefined ? {} : { startColumn: column })
  }
}

const fileCommands: Pick<Runner, 'setOutputs' | 'saveState' | 'appendSummary'> = {
  setOutputs: values => {
    for (const name of Object.keys(values)) assertName(name)
    const variable = 'GITHUB_OUTPUT'
    // One at a time, as @actions/core has it, the outputs of a hundred layers would be two thousand calls of the system.
    if (isGiven(variable))
      written(variable, path => {
        appendFileSync(path, Object.entries(values).map(fileCommand).join(''))
      })
  },
  saveState: (name, value) => {
    assertName(name)
    if (isGiven('GITHUB_STATE'))
      written('GITHUB_STATE', () => {
        core.saveState(name, value)
      })
  },
  appendSummary: async markdown => {
    const variable = 'GITHUB_STEP_SUMMARY'
    if (!isGiven(variable)) return
    written(variable, () => undefined)
    try {
      await core.summary.addRaw(markdown, !markdown.endsWith('\n')).write()
    } catch (cause) {
      throw unwritten(variable, cause)
    } finally {
      // What could not be written must not come with the next text.
      core.summary.emptyBuffer()
    }
  }
}

/** Without the variable @actions/core would fall back to commands that GitHub has switched off. */
function isGiven(variable: string): boolean {
  return (process.env[variable] ?? '') !== ''
}

/** The runner makes the file; who imitates it may not, and @actions/core refuses one that is missing. */
function written(variable: string, write: (path: string) => void): void {
  const path = process.env[variable] ?? ''
  try {
    if (!existsSync(path)) appendFileSync(path, '')
    write(path)
  } catch (cause) {
    throw unwritten(variable, cause)
  }
}

/** GitHub Docs, "Workflow commands for GitHub Actions", multiline strings: the value ends where nothing in it can end it. */
function fileCommand([name, value]: readonly [string, string]): string {
  let end = 'ghadelimiter_'
  while (value.includes(end)) end += '_'
  return `${name}<<${end}${EOL}${value}${EOL}${end}${EOL}`
}

/** What a name may not be, so that a reader finds its end (F85). */
function assertName(name: string): void {
  if (name === '' || /[\r\n=]|<</.test(name)) throw new Error(`not a name for a file command: ${JSON.stringify(name)}`)
}

function unwritten(variable: string, cause: unknown): CodedError {
  const { code, message } = cause as NodeJS.ErrnoException
  return new CodedError(
    'RUNNER_FAILED',
    {
      expected: `the file that the runner names in ${variable} to take what is written`,
      found: code ?? message,
      mend: 'see that the runner has disk space left and that no step changes its files, and run again'
    },
    { cause }
  )
}
