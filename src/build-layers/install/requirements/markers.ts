/** Conditions of requirements (PEP 508, "Environment Markers"), read for a Python that is not the one that runs. */
export type MarkerEnvironment = Readonly<Record<string, string>>

const tokenPattern =
  /\s*(\(|\)|'[^']*'|"[^"]*"|<=|>=|==={0,1}|!=|~=|<|>|not\s+in\b|in\b|and\b|or\b|[A-Za-z_][A-Za-z0-9_.]*)/y

/** Whether the condition holds. Unknown names are empty, as `extra` is where none is asked for. Throws where it is no condition. */
export function markerHolds(marker: string, environment: MarkerEnvironment): boolean {
  const tokens = tokenize(marker)
  let next = 0
  const take = (): string => tokens[next++] ?? ''
  const or = (): boolean => {
    let holds = and()
    while (tokens[next] === 'or') {
      next++
      const right = and()
      holds = holds || right
    }
    return holds
  }
  const and = (): boolean => {
    let holds = one()
    while (tokens[next] === 'and') {
      next++
      const right = one()
      holds = holds && right
    }
    return holds
  }
  const one = (): boolean => {
    if (tokens[next] === '(') {
      next++
      const holds = or()
      if (take() !== ')') throw new Error(`no condition: ${marker}`)
      return holds
    }
    const [left, operator, right] = [take(), take(), take()]
    return compare(left, operator, right, environment)
  }
  const holds = or()
  if (next < tokens.length) throw new Error(`no condition: ${marker}`)
  return holds
}

function tokenize(marker: string): readonly string[] {
  const tokens: string[] = []
  const text = marker.trim()
  tokenPattern.lastIndex = 0
  while (tokenPattern.lastIndex < text.length) {
    const token = tokenPattern.exec(text)?.[1]
    if (token === undefined) throw new Error(`no condition: ${marker}`)
    tokens.push(token.replace(/\s+/, ' '))
  }
  return tokens
}

const isText = (token: string): boolean => /^['"]/.test(token)

function compare(left: string, operator: string, right: string, environment: MarkerEnvironment): boolean {
  const valueOf = (token: string): string => (isText(token) ? token.slice(1, -1) : (environment[token] ?? ''))
  const [a, b] = [valueOf(left), valueOf(right)]
  if (!/^([<>=!~]=|<|>|===|in|not in)$/.test(operator) || right === '') throw new Error(`no comparison: ${operator}`)
  if (operator === 'in') return b.includes(a)
  if (operator === 'not in') return !b.includes(a)
  const names = [left, right].filter(token => !isText(token))
  const ordered = names.some(name => /version$/.test(name) && name !== 'platform_version')
  if (!ordered) return operator === '!=' ? a !== b : a === b
  const order = compareVersions(a, b.replace(/\.\*$/, ''), b.endsWith('.*'))
  switch (operator) {
    case '==':
    case '===':
      return order === 0
    case '!=':
      return order !== 0
    case '<':
      return order < 0
    case '<=':
      return order <= 0
    case '>':
      return order > 0
    case '>=':
      return order >= 0
    case '~=': {
      const series = b.split('.').slice(0, -1).join('.')
      return order >= 0 && compareVersions(a, series, true) === 0
    }
    default:
      throw new Error(`no comparison: ${operator}`)
  }
}

/** `prefix`: only as far as `b` goes. */
function compareVersions(a: string, b: string, prefix: boolean): number {
  const [left, right] = [numbers(a), numbers(b)]
  const length = prefix ? right.length : Math.max(left.length, right.length)
  for (let index = 0; index < length; index++) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

function numbers(version: string): readonly number[] {
  return version.split('.').map(part => Number.parseInt(part, 10) || 0)
}
