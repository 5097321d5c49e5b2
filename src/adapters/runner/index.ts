/** File commands and workflow commands, written as @actions/core writes them. It is not used itself: importing it costs 40 ms. */
import { randomUUID } from 'node:crypto'
import { appendFileSync } from 'node:fs'
import { EOL } from 'node:os'
import { CodedError } from '../../model/errors.js'
import type { AnnotationPlace } from '../../ports/log.js'
import type { Runner } from '../../ports/runner.js'
import { createRedactor, type Redact } from '../../redaction/redactor.js'

export interface RunnerSurroundings {
  readonly env: Readonly<Record<string, string | undefined>>
  /** Standard output: the runner reads workflow commands from there. */
  readonly stdout: (text: string) => void
  /** Standard error: where a person at a terminal reads. */
  readonly stderr: (text: string) => void
}

/** The runner that this process was started by. */
export function openRunner(env: RunnerSurroundings['env']): Runner {
  return createRunner({
    env,
    stdout: text => process.stdout.write(text),
    stderr: text => process.stderr.write(text)
  })
}

/** A runner over `surroundings.env`: `GITHUB_ACTIONS`, `GITHUB_OUTPUT`, `GITHUB_STATE`, `GITHUB_STEP_SUMMARY`, `RUNNER_DEBUG`. */
export function createRunner(surroundings: RunnerSurroundings): Runner {
  const { env } = surroundings
  const onActions = env['GITHUB_ACTIONS'] === 'true'
  const secrets: string[] = []
  // Made on first use: a run masks a dozen values before it prints anything.
  let redactor: Redact | null = null
  const redact: Redact = text => (redactor ??= createRedactor(secrets))(text)

  const command = (name: string, place: AnnotationPlace, data: string): void => {
    const { title, file, line, column } = place
    const properties = { title: title && redact(title), file: file && redact(file), line, col: column }
    surroundings.stdout(workflowCommand(name, properties, redact(data)) + EOL)
  }
  const plain = (message: string): void => {
    if (onActions) surroundings.stdout(withoutCommands(redact(message)) + EOL)
    else surroundings.stderr(redact(message) + EOL)
  }
  const annotate = (level: string, message: string, place: AnnotationPlace = {}): void => {
    if (onActions) command(level, place, message)
    else plain(`${level}: ${placePrefix(place)}${message}`)
  }
  return {
    ...fileCommands(env),
    onActions,
    debug: message => {
      if (onActions) command('debug', {}, message)
      else if (env['RUNNER_DEBUG'] === '1') plain(`debug: ${message}`)
    },
    info: plain,
    notice: (message, place) => {
      annotate('notice', message, place)
    },
    warning: (message, place) => {
      annotate('warning', message, place)
    },
    error: (message, place) => {
      annotate('error', message, place)
    },
    group: async (title, work) => {
      if (onActions) command('group', {}, title)
      else plain(title)
      try {
        return await work()
      } finally {
        if (onActions) command('endgroup', {}, '')
      }
    },
    mask: secret => {
      if (secret === '' || secrets.includes(secret)) return
      if (onActions) surroundings.stdout(workflowCommand('add-mask', {}, secret) + EOL)
      secrets.push(secret)
      redactor = null
    },
    redact: text => redact(text)
  }
}

function fileCommands(env: RunnerSurroundings['env']): Pick<Runner, 'setOutput' | 'saveState' | 'appendSummary'> {
  const append = (variable: string, text: string): void => {
    const path = env[variable]
    if (path === undefined || path === '') return
    try {
      appendFileSync(path, text, 'utf8')
    } catch (cause) {
      throw unwritten(variable, cause)
    }
  }
  return {
    setOutput: (name, value) => {
      append('GITHUB_OUTPUT', fileCommand(name, value))
    },
    saveState: (name, value) => {
      append('GITHUB_STATE', fileCommand(name, value))
    },
    appendSummary: markdown => {
      append('GITHUB_STEP_SUMMARY', markdown.endsWith('\n') ? markdown : markdown + EOL)
    }
  }
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

/** `::name key=value,…::data`. Source: GitHub Actions, "Workflow commands"; escapes as in @actions/core `command.ts`. */
export function workflowCommand(
  name: string,
  properties: Readonly<Record<string, string | number | undefined>>,
  data: string
): string {
  const pairs = Object.entries(properties)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([key, value]) => `${key}=${escapeProperty(String(value))}`)
  return `::${name}${pairs.length === 0 ? '' : ` ${pairs.join(',')}`}::${escapeData(data)}`
}

function escapeData(text: string): string {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A')
}

function escapeProperty(text: string): string {
  return escapeData(text).replace(/:/g, '%3A').replace(/,/g, '%2C')
}

/**
 * Text that the runner takes for no command (F83). It reads `::name::` at the start of a line, after white space, and
 * the older `##[name]` anywhere in a line (actions/runner, `ActionCommand.cs`). A zero-width space breaks both.
 */
export function withoutCommands(text: string): string {
  return text
    .split(/\r\n|[\r\n]/)
    .map(line => line.replace(/^([^\p{L}\p{N}\p{P}\p{S}]*):(?=:)/u, '$1:\u200b').replace(/##(?=\[)/g, '#\u200b#'))
    .join(EOL)
}

/** `name<<delimiter`, value, delimiter. The delimiter is drawn again while name or value holds it (F85). */
export function fileCommand(name: string, value: string, draw: () => string = randomUUID): string {
  if (name === '' || /[\r\n=]|<</.test(name)) throw new Error(`not a name for a file command: ${JSON.stringify(name)}`)
  let delimiter = `ghadelimiter_${draw()}`
  while (name.includes(delimiter) || value.includes(delimiter)) delimiter = `ghadelimiter_${draw()}`
  return `${name}<<${delimiter}${EOL}${value}${EOL}${delimiter}${EOL}`
}

function placePrefix(place: AnnotationPlace): string {
  if (place.file === undefined) return ''
  return `${[place.file, place.line, place.column].filter(part => part !== undefined).join(':')}: `
}
