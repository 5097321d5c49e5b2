/** What a Python file imports when it is imported itself, read without a Python. */

/** `from ..x import a, b`: level 2, module `x`; `import a.b`: no names. */
export interface PythonImport {
  /** Leading dots. */
  readonly level: number
  readonly module: string
  /** `null` for `import a.b`; without `*`. */
  readonly names: readonly string[] | null
}

export type ImportStep =
  | ({ readonly kind: 'import' } & PythonImport)
  /** `otherwise`: what runs where an import of `body` fails; `null`: the failure goes on. */
  | { readonly kind: 'try'; readonly body: readonly ImportStep[]; readonly otherwise: readonly ImportStep[] | null }

interface Statement {
  readonly indent: number
  readonly text: string
}
interface Block extends Statement {
  readonly body: readonly Block[]
}

/**
 * The imports that a module runs when it is imported under Python 3.`minor`, in their order: those at its top and in its classes, not those of functions, nor of
 * branches and loops whose condition only a run can tell.
 */
export function importSteps(source: string, minor: number): readonly ImportStep[] {
  const statements = logicalLines(source)
  return stepsOf(blocksOf(statements, { next: 0 }, -1), minor)
}

/** The imports of functions, but for those under a `try` that catches their failure. */
export function importsInFunctions(source: string): readonly PythonImport[] {
  const found: PythonImport[] = []
  const look = (blocks: readonly Block[], inFunction: boolean): void => {
    blocks.forEach(({ text, body }, index) => {
      if (inFunction && /^(?:import|from)\b/.test(text)) for (const each of importsOf(text)) found.push(each)
      const clauses = /^try\b/.test(text) ? followers(blocks, index + 1, 'try') : []
      const caught = clauses.some(clause => clause.text.startsWith('except') && catchesImportError(clause.text))
      look(body, caught ? false : inFunction || /^(?:async\s+)?def\b/.test(text))
    })
  }
  look(blocksOf(logicalLines(source), { next: 0 }, -1), false)
  return found
}

/** Statements without comments, each string as `""`, lines joined where brackets or a backslash join them. */
export function logicalLines(source: string): readonly Statement[] {
  const statements: Statement[] = []
  let text = ''
  let indent = 0
  let depth = 0
  const end = (): void => {
    if (text.trim() !== '') statements.push({ indent, text: text.trim() })
    text = ''
  }
  for (let at = source.charCodeAt(0) === 0xfeff ? 1 : 0; at < source.length; at++) {
    const character = source[at] ?? ''
    if (text === '' && depth === 0 && !/\s/.test(character)) indent = indentAt(source, at)
    if (character === '#') {
      const newline = source.indexOf('\n', at)
      at = (newline === -1 ? source.length : newline) - 1
    } else if (character === '"' || character === "'") {
      at = endOfString(source, at) - 1
      text += '""'
    } else if (character === '\\' && /[\r\n]/.test(source[at + 1] ?? '')) {
      at += source.startsWith('\r\n', at + 1) ? 2 : 1
      text += ' '
    } else if (character === '\n') {
      if (depth > 0) text += ' '
      else end()
    } else {
      if (text === '' && depth === 0 && /\s/.test(character)) continue
      if ('([{'.includes(character)) depth++
      else if (')]}'.includes(character)) depth = Math.max(0, depth - 1)
      text += character
    }
  }
  end()
  return statements
}

function indentAt(source: string, at: number): number {
  let width = 0
  for (let from = source.lastIndexOf('\n', at - 1) + 1; from < at; from++)
    width = source[from] === '\t' ? (Math.floor(width / 8) + 1) * 8 : width + 1
  return width
}

/** The position behind the string that begins at `at`, whatever letters stand before it. */
function endOfString(source: string, at: number): number {
  const quote = source[at] ?? ''
  const triple = source.startsWith(quote.repeat(3), at)
  for (let next = at + (triple ? 3 : 1); next < source.length; next++) {
    const character = source[next]
    if (character === '\\') next++
    else if (triple ? source.startsWith(quote.repeat(3), next) : character === quote) return next + (triple ? 3 : 1)
    // An unfinished string ends with its line.
    else if (!triple && character === '\n') return next
  }
  return source.length
}

/** The statements that are indented deeper than `outer`, each with those below it. */
function blocksOf(statements: readonly Statement[], position: { next: number }, outer: number): readonly Block[] {
  const blocks: Block[] = []
  for (let each = statements[position.next]; each !== undefined; each = statements[position.next]) {
    if (each.indent <= outer) break
    position.next++
    const { indent, text } = each
    const compound = /^(?:if|elif|else|try|except|finally|with|async|class|def|for|while|match)\b/.test(text)
    if (!compound) {
      for (const one of text.split(';')) if (one.trim() !== '') blocks.push({ indent, text: one.trim(), body: [] })
      continue
    }
    const colon = headerEnd(text)
    const header = text.slice(0, colon)
    const inline = text.slice(colon + 1).split(';')
    const body = inline.flatMap(one => (one.trim() === '' ? [] : [{ indent: indent + 1, text: one.trim(), body: [] }]))
    blocks.push({ indent, text: header, body: body.length > 0 ? body : blocksOf(statements, position, indent) })
  }
  return blocks
}

/** The colon that ends a compound statement's header: the first outside brackets. */
function headerEnd(text: string): number {
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? ''
    if ('([{'.includes(character)) depth++
    else if (')]}'.includes(character)) depth--
    else if (character === ':' && depth === 0) return at
  }
  return text.length
}

function stepsOf(blocks: readonly Block[], minor: number): readonly ImportStep[] {
  const steps: ImportStep[] = []
  for (let next = 0; next < blocks.length; next++) {
    const block = blocks[next]
    if (block === undefined) break
    const keyword = /^\w+/.exec(block.text)?.[0] ?? ''
    const clauses = followers(blocks, next + 1, keyword)
    next += clauses.length
    // One by one: a call with a hundred thousand arguments exhausts the stack.
    for (const step of stepsOfOne(keyword, block, clauses, minor)) steps.push(step)
  }
  return steps
}

function stepsOfOne(keyword: string, block: Block, clauses: readonly Block[], minor: number): readonly ImportStep[] {
  if (keyword === 'import' || keyword === 'from') return importsOf(block.text)
  if (keyword === 'class') return stepsOf(block.body, minor)
  if (keyword === 'with' && !/suppress|ignor|raises/i.test(block.text)) return stepsOf(block.body, minor)
  if (keyword === 'if') return branchSteps([block, ...clauses], minor)
  return keyword === 'try' ? trySteps(block, clauses, minor) : []
}

const clausesOf = new Map([
  ['if', /^(elif|else)\b/],
  ['try', /^(except|else|finally)\b/]
])

/** The `elif`, `else`, `except` and `finally` that belong to the block before them. */
function followers(blocks: readonly Block[], from: number, keyword: string): readonly Block[] {
  const belongs = clausesOf.get(keyword)
  let end = from
  while (belongs?.test(blocks[end]?.text ?? '') === true) end++
  return blocks.slice(from, end)
}

function branchSteps(branches: readonly Block[], minor: number): readonly ImportStep[] {
  for (const { text, body } of branches) {
    const holds = text.startsWith('else') ? true : conditionHolds(text.replace(/^(el)?if\b/, '').trim(), minor)
    if (holds === true) return stepsOf(body, minor)
    if (holds === null) return []
  }
  return []
}

/** Of what asks for a Python or for types, with room to spare. */
const longestCondition = 1_000

/** `null` where it cannot be told without running. */
function conditionHolds(condition: string, minor: number): boolean | null {
  if (condition.length > longestCondition) return null
  const plain = condition.replace(/^\((.*)\)$/, '$1').trim()
  if (/^not\b/.test(plain)) {
    const inner = conditionHolds(plain.slice(3).trim(), minor)
    return inner === null ? null : !inner
  }
  if (/^(\w+\.)?TYPE_CHECKING$/.test(plain) || plain === 'False') return false
  if (plain === 'True') return true
  const [, operator = '', numbers = ''] =
    /^(?:\w+\.)?version_info(?:\[:2\])?(>=|<=|>|<)\((\d+(?:,\d+)*),?\)$/.exec(plain.replace(/\s/g, '')) ?? []
  if (operator === '') return null
  const [major = 0, least = 0, ...rest] = numbers.split(',').map(Number)
  const difference = major !== 3 ? 3 - major : minor - least
  if (difference !== 0) return difference > 0 === operator.startsWith('>')
  // The running version has a patch release behind it: (3, 11, 2, …) is more than (3, 11).
  return rest.length > 0 ? null : operator.startsWith('>')
}

/** Exceptions that a failed import is not one of. */
const otherExceptions =
  /^(KeyError|ValueError|AttributeError|TypeError|NameError|OSError|IOError|EnvironmentError|FileNotFoundError|PermissionError|RuntimeError|IndexError|LookupError|UnicodeError|UnicodeDecodeError|NotImplementedError|AssertionError|ArithmeticError|StopIteration|KeyboardInterrupt)$/

function trySteps(block: Block, clauses: readonly Block[], minor: number): readonly ImportStep[] {
  const body = stepsOf(block.body, minor)
  const handler = clauses.find(({ text }) => text.startsWith('except') && catchesImportError(text))
  const after = clauses.find(({ text }) => text.startsWith('finally'))
  const always = after === undefined ? [] : stepsOf(after.body, minor)
  const otherwise = clauses.find(({ text }) => text.startsWith('else'))
  const whole = [...body, ...(otherwise === undefined ? [] : stepsOf(otherwise.body, minor))]
  if (handler === undefined) return [...whole, ...always]
  const raises = handler.body.some(({ text }) => /^raise\b/.test(text))
  return [{ kind: 'try', body: whole, otherwise: raises ? null : stepsOf(handler.body, minor) }, ...always]
}

function catchesImportError(clause: string): boolean {
  const names = clause
    .replace(/^except\*?/, '')
    .replace(/\bas\s+\w+\s*$/, '')
    .match(/[\w.]+/g)
  return names === null || !names.every(name => otherExceptions.test(name))
}

function importsOf(statement: string): readonly (PythonImport & { readonly kind: 'import' })[] {
  if (statement.startsWith('from')) {
    const keyword = statement.search(/\bimport\b/)
    if (keyword === -1) return []
    const from = statement.slice('from'.length, keyword).replace(/\s/g, '')
    const module = from.replace(/^\.+/, '')
    const listed = statement.slice(keyword + 'import'.length).replace(/[()]/g, ' ')
    const names = namesOf(listed).filter(name => name !== '*')
    return from === '' ? [] : [{ kind: 'import', level: from.length - module.length, module, names }]
  }
  return namesOf(statement.replace(/^import\b/, '')).map(name => ({
    kind: 'import',
    level: 0,
    module: name,
    names: null
  }))
}

/** `a.b as c, d` → `a.b`, `d`. */
function namesOf(listed: string): readonly string[] {
  return listed.split(',').flatMap(each => /^\s*([\w.]+|\*)/.exec(each)?.[1] ?? [])
}
