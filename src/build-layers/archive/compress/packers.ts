/** Who does the jobs of packing: this thread, or the workers of `worker-packers.ts`. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import { newPacker, newSlotMemory, type PackJob, type PackResult, type SlotMemory } from './pack-job.js'

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
