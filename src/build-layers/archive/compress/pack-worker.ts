/** The program of a worker thread: a bundle of its own, since a worker loads what it runs anew. */
import { parentPort, workerData } from 'node:worker_threads'
import { newPacker, type PackJob, type SlotMemory, portableError } from './pack-job.js'

const memories = workerData as readonly SlotMemory[]
const pack = newPacker()

parentPort?.on('message', ({ slot, job }: { slot: number; job: PackJob }) => {
  const memory = memories[slot]
  if (memory === undefined) throw new Error(`there is no slot ${slot}`)
  try {
    parentPort?.postMessage({ slot, result: pack(job, memory) })
  } catch (thrown) {
    parentPort?.postMessage({ slot, error: portableError(thrown) })
  }
})
