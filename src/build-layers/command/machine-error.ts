import { CodedError } from '../../model/errors.js'

/** What a person can do where the system refuses, by its error code (Linux, errno(3)). */
const mends: Readonly<Record<string, string>> = {
  ENOSPC: 'free space on the disk',
  EDQUOT: 'free space on the disk',
  EFBIG: 'free space on the disk, or raise the size that a file may have (ulimit -f)',
  EMFILE: 'raise the number of files that may be open (ulimit -n), or build fewer layers at once with the input layers',
  ENFILE: 'raise the number of files that may be open on this machine',
  EROFS: 'let the runner have a temporary folder that can be written to (RUNNER_TEMP)'
}

const otherwise = 'make the files readable and the scratch folder writable'

/** `BUILD_FAILED` for an error of the system, and for a worker thread that cannot start; any other value as it is. `what` was to be done. */
export function machineError(thrown: unknown, what: string): unknown {
  if (typeof thrown !== 'object' || thrown === null || thrown instanceof CodedError) return thrown
  const { code, syscall, message = '' } = thrown as Partial<NodeJS.ErrnoException>
  const startsNoWorker = code === 'ERR_WORKER_INIT_FAILED'
  if (code === undefined || (syscall === undefined && !startsNoWorker)) return thrown
  const known = startsNoWorker ? (/\bE[A-Z]+\b/.exec(message)?.[0] ?? '') : code
  const finding = { expected: what, found: message, mend: mends[known] ?? otherwise }
  return new CodedError('BUILD_FAILED', finding, { cause: thrown })
}
