/** The files that a step writes its outputs, state and environment to (GitHub: "Workflow commands", environment files). */
export type NameValue = readonly [name: string, value: string]

/**
 * `NAME=value` lines and `NAME<<delimiter` blocks, in the order of the file. A carriage return is part of the value, as on
 * a Linux runner. @throws {Error} on the first malformed line: what came before it counts, and the runner fails the step.
 */
export function* parseNameValueFile(text: string): Generator<NameValue> {
  const lines = text.split('\n')
  let next = 0
  while (next < lines.length) {
    const line = lines[next++] ?? ''
    if (line === '') continue
    const equals = line.indexOf('=')
    const heredoc = line.indexOf('<<')
    if (heredoc >= 0 && (equals < 0 || heredoc < equals)) {
      const delimiter = line.slice(heredoc + 2)
      if (heredoc === 0 || delimiter === '') {
        throw new Error(`Invalid format '${line}'. Name must not be empty and delimiter must not be empty`)
      }
      const end = lines.indexOf(delimiter, next)
      if (end < 0) {
        throw new Error(`Invalid value. Matching delimiter not found '${delimiter}'`)
      }
      yield [line.slice(0, heredoc), lines.slice(next, end).join('\n')]
      next = end + 1
    } else if (equals > 0) {
      yield [line.slice(0, equals), line.slice(equals + 1)]
    } else {
      throw new Error(equals === 0 ? `Invalid format '${line}'. Name must not be empty` : `Invalid format '${line}'`)
    }
  }
}

/** Folders to put in front of PATH for the steps that follow, the last one first. */
export function parsePathFile(text: string): string[] {
  const folders = text.split(/\r\n|\r|\n/).filter(line => line !== '')
  return folders.filter((folder, index) => folders.lastIndexOf(folder) === index).reverse()
}
