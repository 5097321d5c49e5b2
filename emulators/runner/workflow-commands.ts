/** Commands that a step prints (GitHub: "Workflow commands for GitHub Actions"), parsed as actions/runner parses them. */
export interface WorkflowCommand {
  /** Lower case: the runner compares names without regard to case. */
  readonly name: string
  /** Keys in lower case. */
  readonly properties: ReadonlyMap<string, string>
  readonly data: string
}

export const commandNames: readonly string[] = [
  'add-mask',
  'add-matcher',
  'add-path',
  'debug',
  'echo',
  'endgroup',
  'error',
  'group',
  'notice',
  'remove-matcher',
  'save-state',
  'set-env',
  'set-output',
  'stop-commands',
  'warning'
]

type Escapes = readonly (readonly [escaped: string, text: string])[]
// `%25` comes last: `%250A` is the text `%0A`, not a newline.
const dataEscapes: Escapes = [
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%25', '%']
]
const propertyEscapes: Escapes = [
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%3A', ':'],
  ['%2C', ','],
  ['%25', '%']
]
const bracketEscapes: Escapes = [
  ['%3B', ';'],
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%5D', ']'],
  ['%25', '%']
]

/**
 * The command in one printed line, `null` where there is none. `::name key=value,…::data` must start the line (after white
 * space); the older `##[name key=value;…]data` is obeyed anywhere in it.
 * @param known names that count as commands, lower case (with the token that ends `stop-commands`).
 */
export function parseWorkflowCommand(line: string, known: ReadonlySet<string>): WorkflowCommand | null {
  return parseColons(line, known) ?? parseBrackets(line, known)
}

function parseColons(line: string, known: ReadonlySet<string>): WorkflowCommand | null {
  const text = line.trimStart()
  if (!text.startsWith('::')) return null
  const end = text.indexOf('::', 2)
  if (end < 0) return null
  return command(text.slice(2, end), text.slice(end + 2), known, ',', propertyEscapes, dataEscapes)
}

function parseBrackets(line: string, known: ReadonlySet<string>): WorkflowCommand | null {
  const start = line.indexOf('##[')
  const end = start < 0 ? -1 : line.indexOf(']', start)
  if (end < 0) return null
  return command(line.slice(start + 3, end), line.slice(end + 1), known, ';', bracketEscapes, bracketEscapes)
}

function command(
  head: string,
  data: string,
  known: ReadonlySet<string>,
  separator: string,
  inProperties: Escapes,
  inData: Escapes
): WorkflowCommand | null {
  const space = head.indexOf(' ')
  const name = (space < 0 ? head : head.slice(0, space)).toLowerCase()
  if (!known.has(name)) return null
  const properties = new Map<string, string>()
  for (const pair of space < 0
    ? []
    : head
        .slice(space + 1)
        .trim()
        .split(separator)) {
    // A property without a name or without a value is dropped, as in the runner.
    const match = /^=*([^=]+)=+([^]+)$/.exec(pair)
    if (match?.[1] !== undefined && match[2] !== undefined) {
      properties.set(match[1].toLowerCase(), unescape(match[2], inProperties))
    }
  }
  return { name, properties, data: unescape(data, inData) }
}

function unescape(text: string, escapes: Escapes): string {
  return escapes.reduce((result, [escaped, plain]) => result.replaceAll(escaped, plain), text)
}
