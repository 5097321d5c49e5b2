import { isAbsolute, relative } from 'node:path'
import type { SecretMasker } from './secret-masker.js'
import type { Annotation, StepLog } from './step-log.js'
import { commandNames, parseWorkflowCommand, type WorkflowCommand } from './workflow-commands.js'

export interface CommandReader {
  /** Takes one line of standard output or standard error: obeys it where it is a command, else logs it. */
  readonly read: (line: string) => void
  /** What the deprecated `set-output` and `save-state` commands set. */
  readonly outputs: ReadonlyMap<string, string>
  readonly state: ReadonlyMap<string, string>
}

export interface CommandReaderOptions {
  readonly log: StepLog
  readonly masker: SecretMasker
  readonly workspace: string
  /** Step debugging: `::debug::` lines are shown. */
  readonly debug: boolean
}

export function createCommandReader(options: CommandReaderOptions): CommandReader {
  const stored = { outputs: new Map<string, string>(), state: new Map<string, string>() }
  const known = new Set(commandNames)
  let stopToken: string | null = null
  const read = (line: string): void => {
    const command = parseWorkflowCommand(line, known)
    if (command === null) {
      options.log.write(line)
    } else if (stopToken !== null) {
      options.log.write(line)
      if (command.name !== stopToken) return
      known.delete(stopToken)
      stopToken = null
    } else if (command.name === 'stop-commands') {
      options.log.write(line)
      stopToken = command.data.toLowerCase()
      known.add(stopToken)
    } else {
      obey(command, options, stored)
    }
  }
  return { ...stored, read }
}

interface Stored {
  readonly outputs: Map<string, string>
  readonly state: Map<string, string>
}

function obey(command: WorkflowCommand, { log, masker, workspace, debug }: CommandReaderOptions, stored: Stored): void {
  switch (command.name) {
    case 'error':
    case 'warning':
    case 'notice':
      log.annotate(placedAnnotation(command.name, command, workspace))
      break
    case 'debug':
      if (debug) log.write(`##[debug]${command.data}`)
      break
    case 'add-mask':
      if (command.data.trim() === '') log.warn("Can't add secret mask for empty string in ##[add-mask] command.")
      else masker.add(command.data)
      break
    case 'group':
      log.write(`##[group]${command.data}`)
      break
    case 'endgroup':
      log.write('##[endgroup]')
      break
    case 'set-output':
      store(stored.outputs, command, log)
      break
    case 'save-state':
      store(stored.state, command, log)
      break
    case 'set-env':
    case 'add-path':
      log.fail(`The \`${command.name}\` command is disabled. Please upgrade to using Environment Files.`)
      break
    default: // echo and problem matchers change nothing that is modelled here
  }
}

function store(into: Map<string, string>, command: WorkflowCommand, log: StepLog): void {
  const name = command.properties.get('name')
  if (name === undefined) {
    log.fail(`Required field 'name' is missing in ##[${command.name}] command.`)
  } else {
    log.warn(`The \`${command.name}\` command is deprecated and will be disabled soon.`)
    into.set(name, command.data)
  }
}

function placedAnnotation(level: Annotation['level'], command: WorkflowCommand, workspace: string): Annotation {
  const { properties } = command
  const file = properties.get('file')
  const title = properties.get('title')
  const line = wholeNumber(properties.get('line') ?? properties.get('endline'))
  const column = line === undefined ? undefined : wholeNumber(properties.get('col') ?? properties.get('endcolumn'))
  return {
    level,
    message: command.data,
    ...(file === undefined ? {} : { file: inWorkspace(file, workspace) }),
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
    ...(title === undefined ? {} : { title })
  }
}

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined
}

/** Absolute paths inside the workspace become relative to it. */
function inWorkspace(file: string, workspace: string): string {
  const path = isAbsolute(file) ? relative(workspace, file) : file
  return path.startsWith('..') ? file : path
}
