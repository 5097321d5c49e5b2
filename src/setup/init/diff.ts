/** What would change in a file, line by line, as `diff -u` shows it with the whole file around. */

/** @returns empty where the two are the same */
export function lineDiff(path: string, before: string | null, after: string): string {
  if (before === after) return ''
  const changes = compare(before === null ? [] : linesOf(before), linesOf(after))
  const head = [before === null ? '--- /dev/null' : `--- a/${path}`, `+++ b/${path}`]
  return `${[...head, ...changes].join('\n')}\n`
}

function linesOf(text: string): readonly string[] {
  return text.replace(/\n$/, '').split('\n')
}

/** The longest common subsequence stays; files of `init` have fewer than a hundred lines, and longer ones are not compared. */
function compare(before: readonly string[], after: readonly string[]): readonly string[] {
  if (before.length * after.length > 4_000_000)
    return [...before.map(line => `-${line}`), ...after.map(line => `+${line}`)]
  const common = Array.from({ length: before.length + 1 }, () => new Array<number>(after.length + 1).fill(0))
  const at = (row: number, column: number): number => common[row]?.[column] ?? 0
  for (let row = before.length - 1; row >= 0; row--) {
    for (let column = after.length - 1; column >= 0; column--) {
      const same = before[row] === after[column]
      const longest = same ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1))
      const cells = common[row]
      if (cells !== undefined) cells[column] = longest
    }
  }
  const lines: string[] = []
  let [row, column] = [0, 0]
  while (row < before.length || column < after.length) {
    if (row < before.length && column < after.length && before[row] === after[column]) {
      lines.push(` ${before[row++] ?? ''}`)
      column++
    } else if (column >= after.length || (row < before.length && at(row + 1, column) >= at(row, column + 1))) {
      lines.push(`-${before[row++] ?? ''}`)
    } else lines.push(`+${after[column++] ?? ''}`)
  }
  return lines
}
