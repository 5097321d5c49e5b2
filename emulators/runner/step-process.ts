import { spawn, type ChildProcess } from 'node:child_process'
import { constants } from 'node:os'
import { createLineSplitter } from './line-splitter.js'

/** When something happens to a running step: after so many milliseconds, when the promise settles, or at the first printed line for which the function is true. */
export type Trigger = number | Promise<unknown> | ((line: string) => boolean)

/** How a step is stopped. The runner's own times are the defaults (actions/runner, ProcessInvoker). */
export interface CancelTimeline {
  /** From SIGINT to SIGTERM. Default 7,500. */
  readonly sigtermAfterMs?: number
  /** From SIGTERM to SIGKILL. Default 2,500. */
  readonly sigkillAfterMs?: number
}

export interface StepProcess {
  readonly argv: readonly [string, ...string[]]
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  readonly timeoutMs: number
  readonly cancelTimeline?: CancelTimeline | undefined
  readonly cancelAfter?: Trigger | undefined
  /** SIGKILL at once: the runner's machine is gone. */
  readonly dieAfter?: Trigger | undefined
  readonly onLine: (line: string) => void
}

export interface StepExit {
  /** 128 + the signal's number where a signal ended the process, as a shell says it. */
  readonly exitCode: number
  readonly signal: NodeJS.Signals | null
  readonly ended: 'by-itself' | 'cancelled' | 'timed-out' | 'died'
  readonly stdout: string
  readonly stderr: string
  readonly durationMs: number
}

/** How long the runner waits for the output of a process that has exited (a child may hold the pipes open). */
const outputGraceMs = 5_000

/** Runs one step to its end. Whatever it leaves running is killed, as the runner does when the job ends. */
export async function runStepProcess(step: StepProcess): Promise<StepExit> {
  const started = performance.now()
  const [command, ...args] = step.argv
  const stdio: ['ignore', 'pipe', 'pipe'] = ['ignore', 'pipe', 'pipe']
  // Its own process group, so that nothing it started outlives it.
  const child = spawn(command, args, { cwd: step.cwd, env: { ...step.env }, stdio, detached: true })
  const exited = exitOf(child)
  const timers = new Set<NodeJS.Timeout>()
  const later = (ms: number, action: () => unknown): void => {
    timers.add(setTimeout(action, ms))
  }
  let ended: StepExit['ended'] = 'by-itself'
  const stop = (why: 'cancelled' | 'timed-out'): void => {
    if (ended !== 'by-itself') return
    ended = why
    const { sigtermAfterMs = 7_500, sigkillAfterMs = 2_500 } = step.cancelTimeline ?? {}
    // The runner signals the process itself; only the last signal goes to everything below it.
    child.kill('SIGINT')
    later(sigtermAfterMs, () => child.kill('SIGTERM'))
    later(sigtermAfterMs + sigkillAfterMs, () => {
      killGroup(child)
    })
  }
  const die = (): void => {
    if (ended === 'by-itself') ended = 'died'
    killGroup(child)
  }
  later(step.timeoutMs, () => {
    stop('timed-out')
  })
  const onStdoutLine = watchTriggers(
    step,
    later,
    () => {
      stop('cancelled')
    },
    die
  )
  const stdout = collect(child.stdout, onStdoutLine)
  const stderr = collect(child.stderr, step.onLine)
  try {
    const { code, signal } = await exited
    later(outputGraceMs, () => {
      killGroup(child)
    })
    const texts = await Promise.all([stdout, stderr])
    const exitCode = signal === null ? (code ?? 1) : 128 + constants.signals[signal]
    return { exitCode, signal, ended, stdout: texts[0], stderr: texts[1], durationMs: performance.now() - started }
  } finally {
    for (const timer of timers) clearTimeout(timer)
    killGroup(child)
  }
}

function watchTriggers(
  step: StepProcess,
  later: (ms: number, action: () => unknown) => void,
  cancel: () => void,
  die: () => void
): (line: string) => void {
  const watchers: ((line: string) => void)[] = [step.onLine]
  const watch = (trigger: Trigger | undefined, action: () => void): void => {
    if (typeof trigger === 'number') later(trigger, action)
    else if (typeof trigger === 'function')
      watchers.push(line => {
        if (trigger(line)) action()
      })
    else void trigger?.then(action, action)
  }
  watch(step.cancelAfter, cancel)
  watch(step.dieAfter, die)
  return line => {
    for (const watcher of watchers) watcher(line)
  }
}

function exitOf(child: ChildProcess): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      resolve({ code, signal })
    })
  })
}

function collect(stream: NodeJS.ReadableStream, onLine: (line: string) => void): Promise<string> {
  const chunks: Buffer[] = []
  const splitter = createLineSplitter(onLine)
  return new Promise((resolve, reject) => {
    stream.on('data', (chunk: Buffer) => {
      chunks.push(chunk)
      splitter.push(chunk)
    })
    stream.once('error', reject)
    stream.once('close', () => {
      splitter.end()
      resolve(Buffer.concat(chunks).toString('utf8'))
    })
  })
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch (error) {
    // Nothing of the group is left.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
