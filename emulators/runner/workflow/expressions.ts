/** `${{ … }}` in a workflow, evaluated by GitHub's own implementation of its expression language. */
import { data, Evaluator, Lexer, Parser } from '@actions/expressions'
import { mapValues, type Raw, type RawMap } from './workflow-file.js'

/** How the jobs that this one needs, or the steps before this one, ended. */
export interface Progress {
  readonly failed: boolean
  readonly skipped: boolean
}

export interface Expressions {
  /** An `if:`. Without a status function in it, `success()` is asked too. */
  readonly condition: (text: Raw) => boolean
  /** Every `${{ … }}` replaced by its text. */
  readonly text: (value: Raw) => string
  /** Keeps the type where the whole text is one expression. */
  readonly value: (value: Raw) => Raw
  readonly texts: (map: RawMap) => Record<string, string>
}

const statusFunctions = ['always', 'success', 'failure', 'cancelled']
const information = statusFunctions.map(name => ({ name, minArgs: 0, maxArgs: 0 }))

/** @param contexts `github`, `needs`, … as plain values */
export function expressions(contexts: Readonly<Record<string, unknown>>, progress: Progress): Expressions {
  const names = Object.keys(contexts)
  const context = JSON.parse(JSON.stringify(contexts), data.reviver) as data.Dictionary
  const answers: Readonly<Record<string, boolean>> = {
    always: true,
    success: !progress.failed && !progress.skipped,
    failure: progress.failed,
    // Cancelling a whole run is not modelled; that of a step is (`cancelAfter` of runAction).
    cancelled: false
  }
  const functions = new Map(
    information.map(about => {
      const call = (): data.BooleanData => new data.BooleanData(answers[about.name] === true)
      return [about.name, { ...about, call }]
    })
  )
  const evaluate = (expression: string): data.ExpressionData => {
    const parsed = new Parser(new Lexer(expression).lex().tokens, names, information).parse()
    return new Evaluator(parsed, context, functions).evaluate()
  }
  const text = (value: Raw): string =>
    typeof value === 'string'
      ? value.replace(/\$\{\{(.*?)\}\}/gs, (_all, inner: string) => shown(evaluate(inner)))
      : literal(value)
  const value = (raw: Raw): Raw => {
    const whole = typeof raw === 'string' ? /^\s*\$\{\{((?:(?!\}\}).)*)\}\}\s*$/s.exec(raw)?.[1] : undefined
    if (whole !== undefined) return JSON.parse(JSON.stringify(evaluate(whole), data.replacer)) as Raw
    if (typeof raw === 'string') return text(raw)
    if (Array.isArray(raw)) return (raw as readonly Raw[]).map(value)
    return raw !== null && typeof raw === 'object' ? mapValues(raw as RawMap, value) : raw
  }
  return {
    condition: raw => {
      const expression = literal(raw).replace(/^\s*\$\{\{(.*)\}\}\s*$/s, '$1')
      const asksStatus = statusFunctions.some(name => new RegExp(`\\b${name}\\s*\\(`).test(expression))
      const whole = expression.trim() === '' ? 'true' : expression
      return truthy(evaluate(asksStatus ? whole : `success() && (${whole})`))
    },
    text,
    value,
    texts: map => mapValues(map, text)
  }
}

function shown(result: data.ExpressionData): string {
  return result.coerceString()
}

/** GitHub: "Evaluate expressions", literals: false, 0, -0, "", '' and null are falsy. */
function truthy(result: data.ExpressionData): boolean {
  const plain = JSON.parse(JSON.stringify(result, data.replacer)) as unknown
  return Boolean(plain)
}

function literal(value: Raw): string {
  if (value === null) return ''
  if (typeof value === 'object') throw new Error(`expected a scalar, found ${JSON.stringify(value)}`)
  return String(value)
}
