/** Who does the jobs of packing: this thread, or worker threads on all cores. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { Worker, type WorkerOptions } from 'node:worker_threads'
import {
  newPacker,
  newSlotMemory,
  type PackJob,
  type PackResult,
  type SlotMemory,
  fromPortable,
  type PortableError
} from './pack-job.js'

/** A slot of memory in use. The bytes count from `run` on, until it is released. */
export interface PackSlot {
  readonly memory: SlotMemory
  run(job: PackJob): Promise<PackResult>
  /** To be called once, after the result was used or is no longer wanted. */
  release(): void
}

export interface Packers {
  /** How many threads compress at once. */
  readonly threads: number
  /** A free slot, in the order of the calls. How many there are bounds the memory, whatever is packed. */
  acquire(): Promise<PackSlot>
  /** Ends what was started. Jobs that are not done fail. */
  close(): Promise<void>
}

/** One slot, and the work done at once when it is asked for: for layers that are packed before a worker would have started. */
export function packersOnThisThread(): Packers {
  const pack = newPacker()
  const memory = newSlotMemory()
  let free = Promise.resolve()
  return {
    threads: 1,
    async acquire() {
      const before = free
      let release: () => void = () => undefined
      free = new Promise(resolve => {
        release = resolve
      })
      await before
      // Timers and the signal of a cancelled run get their turn between two jobs.
      await nextTurn()
      return {
        memory,
        // eslint-disable-next-line @typescript-eslint/require-await -- what it throws becomes a rejection
        run: async job => pack(job, memory),
        release
      }
    },
    close: () => Promise.resolve()
  }
}

interface WorkerChoice {
  /** Default: one per core, at most `mostWorkers`. */
  readonly workers?: number
  /** The worker's program. Default: the file that the build puts beside the bundle. */
  readonly program?: URL
}

/** Each costs some 15 MB; beyond eight the one thread that reads, hashes and writes is what a layer waits for. */
const mostWorkers = 8
/** A second job waits in each worker, so that none idles between two. */
const jobsPerWorker = 2

interface Pending {
  readonly job: PackJob
  readonly slot: number
  resolve(result: PackResult): void
  reject(error: unknown): void
}

interface Crew {
  readonly workers: readonly { readonly thread: Worker; readonly busy: Set<number> }[]
  readonly running: Map<number, Pending>
  readonly waiting: Pending[]
  failure: Error | null
}

/**
 * Packing on all cores: worker threads that share a fixed number of memory slots with this one. They are started by the first
 * layer that is worth it and serve all layers of the run, so that several builds at once have one budget of cores and memory.
 * Where the worker's program is not there, this thread does the work.
 */
export function workerPackers(choice: WorkerChoice = {}): Packers {
  const count = choice.workers ?? Math.min(availableParallelism(), mostWorkers)
  const program = choice.program ?? new URL(bundledProgram, import.meta.url)
  if (count < 2 || !existsSync(program)) return packersOnThisThread()
  const memories = Array.from({ length: count * jobsPerWorker + 2 }, newSlotMemory)
  const free = memories.map((_, slot) => slot)
  const wanting: ((slot: number) => void)[] = []
  let crew: Crew | undefined
  const slotAt = (slot: number): PackSlot => ({
    memory: memories[slot] ?? newSlotMemory(),
    run: job => enqueue((crew ??= startCrew(count, program, memories)), slot, job),
    release: () => {
      const next = wanting.shift()
      if (next === undefined) free.push(slot)
      else next(slot)
    }
  })
  return {
    threads: count,
    async acquire() {
      crew ??= startCrew(count, program, memories)
      return slotAt(free.shift() ?? (await new Promise<number>(resolve => wanting.push(resolve))))
    },
    async close() {
      const ended = crew
      crew = undefined
      if (ended !== undefined) await endCrew(ended)
    }
  }
}

const bundledProgram = './pack-worker.js'

function startCrew(count: number, program: URL, memories: unknown): Crew {
  const options: WorkerOptions = {
    workerData: memories,
    // Nothing of how this process was started, NODE_OPTIONS aside.
    execArgv: [],
    // The program is told nothing that it need not know, the action's secrets least of all.
    env: {},
    // Short-lived garbage only: a small nursery keeps the memory of many workers low.
    resourceLimits: { maxYoungGenerationSizeMb: 4 }
  }
  const workers = Array.from({ length: count }, () => ({
    thread: new Worker(program, options),
    busy: new Set<number>()
  }))
  const crew: Crew = { workers, running: new Map(), waiting: [], failure: null }
  for (const { thread, busy } of workers) {
    thread.unref()
    thread.on('message', (answer: { slot: number; result?: PackResult; error?: PortableError }) => {
      busy.delete(answer.slot)
      const pending = crew.running.get(answer.slot)
      crew.running.delete(answer.slot)
      if (answer.result !== undefined) pending?.resolve(answer.result)
      else if (answer.error !== undefined) pending?.reject(fromPortable(answer.error))
      dispatch(crew)
    })
    thread.on('error', error => {
      fail(crew, error instanceof Error ? error : new Error(String(error)))
    })
    thread.on('exit', code => {
      fail(crew, new Error(`a packing worker ended with code ${code}`))
    })
  }
  return crew
}

function enqueue(crew: Crew, slot: number, job: PackJob): Promise<PackResult> {
  return new Promise((resolve, reject) => {
    if (crew.failure !== null) {
      reject(crew.failure)
      return
    }
    crew.waiting.push({ job, slot, resolve, reject })
    dispatch(crew)
  })
}

/** Gives waiting jobs to the workers with the fewest. */
function dispatch(crew: Crew): void {
  while (crew.waiting.length > 0) {
    const [idlest] = [...crew.workers].sort((a, b) => a.busy.size - b.busy.size)
    if (idlest === undefined || idlest.busy.size >= jobsPerWorker) return
    const pending = crew.waiting.shift()
    if (pending === undefined) return
    idlest.busy.add(pending.slot)
    crew.running.set(pending.slot, pending)
    // A worker keeps the process alive only while somebody waits for it.
    idlest.thread.ref()
    idlest.thread.postMessage({ slot: pending.slot, job: pending.job })
  }
  for (const { thread, busy } of crew.workers) if (busy.size === 0) thread.unref()
}

function fail(crew: Crew, error: Error): void {
  crew.failure ??= error
  for (const pending of [...crew.running.values(), ...crew.waiting]) pending.reject(error)
  crew.running.clear()
  crew.waiting.length = 0
}

async function endCrew(crew: Crew): Promise<void> {
  fail(crew, new Error('packing was ended'))
  await Promise.all(crew.workers.map(({ thread }) => thread.terminate()))
}
