/** Whether an `if:` of a workflow lets an event through, as far as the text alone can say. */

/** `null`: it depends on what the text does not say. */
export type Answer = boolean | null

/** GitHub documentation, "Evaluate expressions in workflows and actions": the operators that conditions are made of. */
const tokenForm = /\s*(\|\||&&|==|!=|!(?!=)|[()]|'(?:[^']|'')*'|[^\s()!=&|']+|[=&|])/y

/** @param condition the value of `if:`, with or without `${{ }}`; anything but text is what it is worth */
export function letsThrough(condition: unknown, event: string): Answer {
  if (condition === undefined || condition === null) return true
  if (typeof condition === 'boolean') return condition
  if (typeof condition !== 'string') return null
  const text = condition.replace(/^\s*\$\{\{(.*)\}\}\s*$/s, '$1').trim()
  return text === '' ? true : read(tokensOf(text), event)
}

function tokensOf(text: string): string[] {
  return [...text.matchAll(new RegExp(tokenForm, 'gy'))].map(match => match[1] ?? '')
}

/** What cannot be read, a call or another operator, is `null`, and so is all that depends on it. */
function read(tokens: string[], event: string): Answer {
  let at = 0
  const next = (): string => tokens[at++] ?? ''
  const either = (): Answer => {
    let answer = both()
    while (tokens[at] === '||') {
      at++
      answer = or(answer, both())
    }
    return answer
  }
  const both = (): Answer => {
    let answer = single()
    while (tokens[at] === '&&') {
      at++
      answer = not(or(not(answer), not(single())))
    }
    return answer
  }
  const single = (): Answer => {
    if (tokens[at] === '!') {
      at++
      return not(single())
    }
    if (tokens[at] === '(') {
      at++
      const answer = either()
      at++
      return answer
    }
    const left = next()
    if (tokens[at] === '(') {
      skipCall()
      return comparedWith(null)
    }
    return comparedWith(left)
  }
  const skipCall = (): void => {
    let depth = 0
    do {
      const token = next()
      if (token === '(') depth++
      if (token === ')') depth--
    } while (depth > 0 && at < tokens.length)
  }
  /** `null`: a call. */
  const comparedWith = (left: string | null): Answer => {
    const operator = tokens[at]
    if (operator !== '==' && operator !== '!=') return left === null ? null : worthOf(left)
    at++
    const right = next()
    if (tokens[at] === '(') skipCall()
    const equal = left === null ? null : equals(left, right, event)
    return operator === '==' ? equal : not(equal)
  }
  return either()
}

function worthOf(word: string): Answer {
  return word === 'true' ? true : word === 'false' ? false : null
}

/** On a pull request and in a merge queue the ref is one of GitHub's own, never a branch of the repository's. */
const ownRefs = ['pull_request', 'merge_group']

function equals(left: string, right: string, event: string): Answer {
  const [name, literal] = left.startsWith("'") ? [right, left] : [left, right]
  if (!literal.startsWith("'")) return null
  const value = literal.slice(1, -1).replaceAll("''", "'").toLowerCase()
  switch (name.toLowerCase()) {
    case 'github.event_name':
      return value === event
    case 'github.ref':
      return value.startsWith('refs/heads/') && !value.startsWith('refs/heads/gh-') && ownRefs.includes(event)
        ? false
        : null
    case 'github.ref_name':
      return ownRefs.includes(event) ? false : null
    case 'github.ref_type':
      return event === 'pull_request' && value === 'tag' ? false : null
    default:
      return null
  }
}

const not = (answer: Answer): Answer => (answer === null ? null : !answer)
const or = (a: Answer, b: Answer): Answer => (a === true || b === true ? true : a === null || b === null ? null : false)
