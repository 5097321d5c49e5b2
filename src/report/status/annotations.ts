/** What GitHub shows at the top of the run and beside the lines of a file. */
import { errorLine, type CodedError } from '../../model/errors.js'
import type { RunResult, Verdict } from '../../model/index.js'
import type { AnnotationPlace } from '../../ports/log.js'

export interface Annotation {
  readonly level: 'error' | 'warning'
  readonly message: string
  readonly place: AnnotationPlace
}

/** Each error and failed guard once, then each warning. An error line is the coded line of DESIGN.md. */
export function annotationsOf(result: RunResult): readonly Annotation[] {
  const failed = result.verdicts.filter(verdict => verdict.passed === false)
  const aside = result.verdicts.filter(verdict => verdict.passed === 'stand-aside')
  const rowErrors = result.layers.flatMap(row => (row.error === null ? [] : [row.error]))
  const annotations = [
    ...result.errors.map(ofError),
    ...failed.map(verdict => ofVerdict('error', verdict)),
    ...rowErrors.map(ofError),
    ...aside.map(verdict => ofVerdict('warning', verdict)),
    ...result.warnings.map((message): Annotation => ({ level: 'warning', message, place: {} }))
  ]
  const keyOf = ({ level, message }: Annotation): string => `${level} ${message}`
  const distinct = new Map<string, Annotation>()
  for (const one of annotations) if (!distinct.has(keyOf(one))) distinct.set(keyOf(one), one)
  return [...distinct.values()]
}

function ofError(error: CodedError): Annotation {
  const { location } = error
  const place = location === undefined ? {} : { file: location.file, line: location.line, column: location.column }
  return { level: 'error', message: error.message, place: { title: error.code, ...place } }
}

function ofVerdict(level: Annotation['level'], verdict: Exclude<Verdict, { passed: true }>): Annotation {
  const about = verdict.subject === '' ? '' : `: ${verdict.subject}`
  return { level, message: errorLine(verdict.guard, verdict.finding), place: { title: `${verdict.guard}${about}` } }
}
