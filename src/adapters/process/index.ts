import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { StringDecoder } from 'node:string_decoder'
import { proxyVariables } from '../proxy/routes.js'
import { CommandFailed, type Command, type CommandResult, type ProcessRunner } from '../../ports/process.js'

const defaultTimeoutSeconds = 120
const defaultMaxOutputBytes = 64 * 1024 * 1024
/** Between the polite signal and the one that cannot be ignored. */
const killGraceMilliseconds = 1_000
/** A command that has exited may leave a child behind that holds its output open: it is not waited for longer than this. */
const drainMilliseconds = 2_000
/** A line longer than this is handed on in parts: a log without line ends must not fill the memory. */
const maxLineCharacters = 64 * 1024

export interface ProcessRunnerOptions {
  /** Aborting kills every command that is running and refuses those that come after. */
  readonly signal?: AbortSignal
}

/**
 * Runs external commands without a shell, each in a process group of its own, so that what a command has started dies with it.
 * The groups that are still alive when this process ends are killed.
 */
export function processRunner(options: ProcessRunnerOptions = {}): ProcessRunner {
  const alive = new Set<ChildProcess>()
  const killAll = (): void => {
    for (const child of alive) signalGroup(child, 'SIGKILL')
  }
  return {
    async run(command) {
      if (command.isQuestion === true && options.signal?.aborted !== true) {
        const { askProgram } = await import('./question.js')
        const env = { ...inherited(command), ...command.env }
        return askProgram(command, env, command.timeoutSeconds ?? defaultTimeoutSeconds)
      }
      if (alive.size === 0) process.once('exit', killAll)
      try {
        return await runCommand(command, options.signal, alive)
      } finally {
        if (alive.size === 0) process.removeListener('exit', killAll)
      }
    }
  }
}

function runCommand(
  command: Command,
  signal: AbortSignal | undefined,
  alive: Set<ChildProcess>
): Promise<CommandResult> {
  const failed = (reason: CommandFailed['reason'], detail: string, cause?: unknown): CommandFailed =>
    new CommandFailed(reason, command.argv, `${command.argv[0]}: ${detail}`, { cause })
  if (signal?.aborted === true) return Promise.reject(failed('aborted', 'not started: cancelled', signal.reason))
  return new Promise((resolve, reject) => {
    let child: ChildProcess
    try {
      child = start(command)
    } catch (cause) {
      reject(failed('not-started', messageOf(cause), cause))
      return
    }
    alive.add(child)
    let failure: Error | null = null
    const stop = (why: Error): void => {
      if (failure !== null) return
      failure = why
      killGroup(child)
    }
    const output = collectOutput(child, command, stop, failed)
    const timeoutSeconds = command.timeoutSeconds ?? defaultTimeoutSeconds
    const deadline = setTimeout(() => {
      stop(failed('timed-out', `not finished within ${timeoutSeconds} seconds`))
    }, timeoutSeconds * 1000)
    const onAbort = (): void => {
      stop(failed('aborted', 'cancelled', signal?.reason))
    }
    signal?.addEventListener('abort', onAbort, { once: true })
    const settle = (finish: () => void): void => {
      clearTimeout(deadline)
      signal?.removeEventListener('abort', onAbort)
      alive.delete(child)
      finish()
    }
    child.on('error', cause => {
      settle(() => {
        reject(startFailure(command, cause, failed))
      })
    })
    child.on('exit', () => {
      output.drainWithin(drainMilliseconds)
    })
    child.on('close', (exitCode, killedBy) => {
      // Whatever outlived the command is not ours to leave behind.
      signalGroup(child, 'SIGKILL')
      settle(() => {
        output.end()
        if (failure !== null) reject(failure)
        else if (exitCode === null) reject(failed('killed', `ended by ${killedBy ?? 'a signal'}`))
        else resolve({ exitCode, stdout: output.stdout(), stderr: output.stderr() })
      })
    })
  })
}

function start(command: Command): ChildProcess {
  const [file, ...args] = command.argv
  const child = spawn(file, args, {
    detached: true,
    shell: false,
    stdio: [command.stdin === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    // `undefined` in `command.env` removes a variable: spawn leaves such names out.
    env: { ...inherited(command), ...command.env },
    ...(command.cwd === undefined ? {} : { cwd: command.cwd })
  })
  // A command that does not read all of its input closes the pipe early, which is its right.
  child.stdin?.on('error', () => undefined)
  child.stdin?.end(command.stdin)
  return child
}

function inherited({ inherit }: Command): NodeJS.ProcessEnv {
  const variables = { ...process.env, ...proxyVariables(process.env) }
  if (inherit === undefined) return variables
  return Object.fromEntries(Object.entries(variables).filter(([name]) => inherit(name)))
}

function startFailure(
  command: Command,
  cause: Error & { code?: string },
  failed: (reason: CommandFailed['reason'], detail: string, cause?: unknown) => CommandFailed
): CommandFailed {
  // ENOENT is also what a missing working directory gives.
  if (command.cwd !== undefined && !existsSync(command.cwd)) {
    return failed('not-started', `the working directory ${command.cwd} does not exist`, cause)
  }
  return cause.code === 'ENOENT'
    ? failed('not-found', 'not found on PATH', cause)
    : failed('not-started', cause.message, cause)
}

interface Output {
  stdout(): Uint8Array
  stderr(): string
  /** Hands on what is left of a last line without an end. */
  end(): void
  drainWithin(milliseconds: number): void
}

function collectOutput(
  child: ChildProcess,
  command: Command,
  stop: (why: Error) => void,
  failed: (reason: CommandFailed['reason'], detail: string) => CommandFailed
): Output {
  const limit = command.maxOutputBytes ?? defaultMaxOutputBytes
  const streams = [child.stdout, child.stderr].map(stream => {
    const lines = lineSplitter(line => {
      try {
        command.onLine?.(line)
      } catch (thrown) {
        stop(thrown instanceof Error ? thrown : new Error(String(thrown)))
      }
    })
    return { stream, lines, chunks: [] as Buffer[] }
  })
  let bytes = 0
  let drain: NodeJS.Timeout | undefined
  for (const { stream, lines, chunks } of streams) {
    stream?.on('data', (chunk: Buffer) => {
      drain?.refresh()
      bytes += chunk.byteLength
      if (bytes > limit) {
        stop(failed('output-too-large', `more than ${limit} bytes of output`))
        return
      }
      chunks.push(chunk)
      if (command.onLine !== undefined) lines.push(chunk)
    })
  }
  return {
    stdout: () => Buffer.concat(streams[0]?.chunks ?? []),
    stderr: () => Buffer.concat(streams[1]?.chunks ?? []).toString(),
    end: () => {
      clearTimeout(drain)
      for (const { lines } of streams) lines.end()
    },
    drainWithin: milliseconds => {
      drain = setTimeout(() => {
        signalGroup(child, 'SIGKILL')
        for (const { stream } of streams) stream?.destroy()
      }, milliseconds)
    }
  }
}

/** Splits at `\n`, `\r\n` and the bare `\r` of progress bars, whatever the pieces that the bytes come in. */
function lineSplitter(onLine: (line: string) => void): { push(chunk: Buffer): void; end(): void } {
  const decoder = new StringDecoder('utf8')
  let rest = ''
  return {
    push(chunk) {
      rest += decoder.write(chunk)
      // A carriage return at the end may be the first half of `\r\n`.
      const parts = rest.split(/\r\n|\n|\r(?!$)/)
      rest = parts.pop() ?? ''
      for (const part of parts) onLine(part)
      while (rest.length > maxLineCharacters) {
        onLine(rest.slice(0, maxLineCharacters))
        rest = rest.slice(maxLineCharacters)
      }
    },
    end() {
      rest = (rest + decoder.end()).replace(/\r$/, '')
      if (rest !== '') onLine(rest)
      rest = ''
    }
  }
}

function killGroup(child: ChildProcess): void {
  signalGroup(child, 'SIGTERM')
  const timer = setTimeout(() => {
    signalGroup(child, 'SIGKILL')
  }, killGraceMilliseconds)
  child.once('close', () => {
    clearTimeout(timer)
  })
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, signal)
  } catch {
    // The group is gone already.
  }
}

function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown)
}
