/**
 * Steps in a process that stays, for tests with many runs: it starts Node and compiles the bundle once. The bundle is loaded anew
 * for each step, with the step's variables, folder and words; what is about the process itself still gets one of its own.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { constants } from 'node:os'
import { join } from 'node:path'
import { createLineSplitter } from './line-splitter.js'
import { runStepProcess, type StepExit, type StepProcess } from './step-process.js'

export interface StepRunner {
  run(step: StepProcess): Promise<StepExit>
  close(): void
}

/** Node reads these, and libraries below it, as it starts. */
const readAtStart = /^(NODE_|LD_|UV_|SSL_CERT_|TZ$|MALLOC_)/
/** Each step leaves its modules behind, some 10 MB. */
const mostSteps = 40

/** A process of its own for each step, as the runner does it. */
export const ownProcesses: StepRunner = { run: runStepProcess, close: () => undefined }

/** Steps that run at once get a process each. */
export function keptProcesses(): StepRunner {
  const idle: KeptProcess[] = []
  const all = new Set<KeptProcess>()
  return {
    run: async step => {
      if (isOfItsOwn(step)) return runStepProcess(step)
      const kept = idle.pop() ?? startKept()
      all.add(kept)
      const exit = await kept.run(step)
      if (kept.isUsable()) idle.push(kept)
      else all.delete(kept)
      return exit
    },
    close: () => {
      for (const kept of all) kept.end()
      all.clear()
    }
  }
}

function isOfItsOwn({ argv, env, cancelAfter, dieAfter }: StepProcess): boolean {
  const stopped = cancelAfter !== undefined || dieAfter !== undefined
  return stopped || argv[0] !== process.execPath || Object.keys(env).some(name => readAtStart.test(name))
}

interface KeptProcess {
  run(step: StepProcess): Promise<StepExit>
  isUsable(): boolean
  end(): void
}

function startKept(): KeptProcess {
  const program = join(import.meta.dirname, 'kept-process-main.mjs')
  // Its own process group, so that nothing that a step started outlives it.
  const child = spawn(process.execPath, [program], {
    env: {},
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    detached: true
  })
  const dead = new Promise<number>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      resolve(signal === null ? (code ?? 1) : 128 + constants.signals[signal])
    })
  })
  let steps = 0
  child.once('exit', () => (steps = mostSteps))
  const end = (): void => {
    steps = mostSteps
    kill(child)
  }
  return {
    end,
    isUsable: () => steps < mostSteps,
    run: async step => {
      steps++
      const started = performance.now()
      const exit = await runIn(child, step, dead)
      if (exit.ended !== 'by-itself' || exit.died || steps >= mostSteps) end()
      return { ...exit, signal: null, durationMs: performance.now() - started }
    }
  }
}

async function runIn(
  child: ChildProcess,
  { argv: [, script = '', ...args], cwd, env, timeoutMs, onLine }: StepProcess,
  dead: Promise<number>
): Promise<Pick<StepExit, 'exitCode' | 'ended' | 'stdout' | 'stderr'> & { readonly died: boolean }> {
  const end = `end of ${randomUUID()}\n`
  let timedOut = false
  const timer = setTimeout(() => {
    timedOut = true
    kill(child)
  }, timeoutMs)
  const texts = Promise.all([child.stdout, child.stderr].map(stream => textUntil(stream, end, onLine)))
  const told = new Promise<number>(resolve => {
    child.once('message', (message: { readonly exitCode: number }) => {
      resolve(message.exitCode)
    })
  })
  child.send({ script, args, cwd, env, end })
  try {
    const death = dead.then(exitCode => ({ exitCode, died: true }))
    const exit = await Promise.race([told.then(exitCode => ({ exitCode, died: false })), death])
    const [stdout = '', stderr = ''] = await texts
    return { ...exit, ended: timedOut ? 'timed-out' : 'by-itself', stdout, stderr }
  } finally {
    clearTimeout(timer)
    child.removeAllListeners('message')
  }
}

/** What is printed before `end`, or before the process ends. */
function textUntil(stream: NodeJS.ReadableStream | null, end: string, onLine: (line: string) => void): Promise<string> {
  return new Promise(resolve => {
    const chunks: Buffer[] = []
    const take = (chunk: Buffer): void => {
      chunks.push(chunk)
      if (Buffer.concat(chunks.slice(-2)).toString('latin1').endsWith(end)) done()
    }
    const done = (): void => {
      stream?.removeListener('data', take)
      stream?.removeListener('close', done)
      const printed = Buffer.concat(chunks)
      const bytes = printed.toString('latin1').endsWith(end) ? printed.subarray(0, -end.length) : printed
      const splitter = createLineSplitter(onLine)
      splitter.push(bytes)
      splitter.end()
      resolve(bytes.toString('utf8'))
    }
    stream?.on('data', take)
    stream?.once('close', done)
  })
}

function kill(child: ChildProcess): void {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch (error) {
    // Nothing of the group is left.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
