/** Where the command line writes to, and what that place can show. */
export interface Terminal {
  /** The answer: a table, or JSON. */
  readonly stdout: (text: string) => void
  /** What goes on meanwhile, warnings, errors. */
  readonly stderr: (text: string) => void
  /** Lines on standard error may be drawn over. */
  readonly live: boolean
  readonly colour: { readonly stdout: boolean; readonly stderr: boolean }
  readonly columns: number
  /** Columns of standard output; absent where it is no terminal: nothing is fitted into a pipe. */
  readonly width?: number
  readonly rows: number
}

interface Stream {
  readonly isTTY?: boolean
  readonly columns?: number
  readonly rows?: number
  write(text: string): unknown
}

/**
 * Colour on a terminal only, and never with NO_COLOR (no-color.org) or TERM=dumb. A CI log is no terminal, whatever it
 * pretends to be.
 */
export function openTerminal(
  stdout: Stream,
  stderr: Stream,
  environment: Readonly<Record<string, string | undefined>>
): Terminal {
  const plain = environment['TERM'] === 'dumb' || (environment['CI'] ?? '') !== ''
  const noColour = (environment['NO_COLOR'] ?? '') !== ''
  const colour = (stream: Stream): boolean => stream.isTTY === true && !plain && !noColour
  return {
    stdout: text => void stdout.write(text),
    stderr: text => void stderr.write(text),
    live: stderr.isTTY === true && !plain,
    colour: { stdout: colour(stdout), stderr: colour(stderr) },
    columns: stderr.columns ?? 80,
    ...(stdout.isTTY === true && { width: stdout.columns ?? 80 }),
    rows: stderr.rows ?? 24
  }
}

export type Paint = (style: 'bold' | 'dim' | 'red' | 'green' | 'yellow', text: string) => string

const codes = { bold: '1', dim: '2', red: '31', green: '32', yellow: '33' } as const

export function paint(colour: boolean): Paint {
  return (style, text) => (colour ? `\u001b[${codes[style]}m${text}\u001b[0m` : text)
}

/**
 * Text of other people (names, messages of AWS and git) as one line that moves no cursor, and that a runner takes for no
 * workflow command.
 */
export function printable(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/\p{Cc}|\p{Cf}/gu, '\ufffd')
    .replace(/^(\s*):(?=:)/, '$1:\u200b')
    .replace(/##(?=\[)/g, '#\u200b#')
}
