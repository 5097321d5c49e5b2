/** Why a command failed, out of the many lines that it printed. */

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
