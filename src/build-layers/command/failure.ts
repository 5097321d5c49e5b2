/** Why a build failed: what a command says in the many lines that it printed, and what the system refuses. */
import { CodedError } from '../../model/errors.js'

/** Frames around the reason, and advice: what pip, uv, setuptools and compilers print beside it. */
const besideThePoint =
  /^(?:note:|hint:|help:|\[notice\]|\[?end of output\]?|exit code:|╰─>|×? ?encountered error|This error originates|See above for|Traceback \(most recent|File ".*", line \d+|~*\^+~*$|WARNING:(?!.*\b40[137]\b)|If you|Try |The above exception|During handling)/i

/** What says it in one line: an exception, a compiler's or a tool's error. */
const says =
  /^WARNING: .*\b40[137]\b|^(?:\w+\.)*\w*(?:Error|Exception|Exit)\b: |\berror: |^error\b|^ERROR: |\bfatal(?: error)?: |×|command not found|No such file|: not found$|is not installed|[Cc]an't find|Permission denied|\bfailed\b|cannot find|undefined reference|^cause: /i

const mostLines = 4
const mostCharacters = 600

/** The lines that matter, in the order in which they came, joined by `|`; empty where nothing was printed. */
export function reasonOf(lines: readonly string[]): string {
  const clean = lines.map(line => line.replace(/^[\s│|]+/, '').trim()).filter(line => line !== '')
  const relevant = clean.filter(line => !besideThePoint.test(line))
  const telling = relevant.filter(line => says.test(line))
  // pip says what does not fit together below this line, in words that look like no error.
  const conflict = relevant.findIndex(line => /^The conflict is caused by:/.test(line))
  if (conflict !== -1) return joined([...telling.slice(0, 1), ...relevant.slice(conflict + 1, conflict + mostLines)])
  // The first error is the cause, the last what became of it; in between are its echoes.
  const chosen = telling.length === 0 ? relevant.slice(-3) : firstAndLast(withNext(relevant, telling))
  return joined(chosen)
}

function joined(lines: readonly string[]): string {
  return [...new Set(lines)]
    .map(line => line.slice(0, 300))
    .join(' | ')
    .slice(0, mostCharacters)
}

function firstAndLast(lines: readonly string[]): readonly string[] {
  const unique = [...new Set(lines)]
  return unique.length <= mostLines ? unique : [...unique.slice(0, 2), ...unique.slice(2 - mostLines)]
}

/** A line that ends in a colon, or names only the step, says it in the next. */
function withNext(relevant: readonly string[], telling: readonly string[]): readonly string[] {
  return relevant.filter(
    (line, index) =>
      telling.includes(line) ||
      (index > 0 &&
        telling.includes(relevant[index - 1] ?? '') &&
        /[:×]$|^error:|^ERROR:|^×/.test(relevant[index - 1] ?? ''))
  )
}

/** What a person can do where the system refuses, by its error code (Linux, errno(3)). */
const machineMends: Readonly<Record<string, string>> = {
  ENOSPC: 'free space on the disk',
  EDQUOT: 'free space on the disk',
  EFBIG: 'free space on the disk, or raise the size that a file may have (ulimit -f)',
  EMFILE: 'raise the number of files that may be open (ulimit -n), or build fewer layers at once with the input layers',
  ENFILE: 'raise the number of files that may be open on this machine',
  EROFS: 'let the runner have a temporary folder that can be written to (RUNNER_TEMP)'
}

const otherMachineMend = 'make the files readable and the scratch folder writable'

/** `BUILD_FAILED` for an error of the system, and for a worker thread that cannot start; any other value as it is. `what` was to be done. */
export function machineError(thrown: unknown, what: string): unknown {
  if (typeof thrown !== 'object' || thrown === null || thrown instanceof CodedError) return thrown
  const { code, syscall, message = '' } = thrown as Partial<NodeJS.ErrnoException>
  const startsNoWorker = code === 'ERR_WORKER_INIT_FAILED'
  if (code === undefined || (syscall === undefined && !startsNoWorker)) return thrown
  const known = startsNoWorker ? (/\bE[A-Z]+\b/.exec(message)?.[0] ?? '') : code
  const finding = { expected: what, found: message, mend: machineMends[known] ?? otherMachineMend }
  return new CodedError('BUILD_FAILED', finding, { cause: thrown })
}
