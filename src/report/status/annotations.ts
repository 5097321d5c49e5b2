/** What GitHub shows at the top of the run and beside the lines of a file. */
import { errorLine, type CodedError } from '../../model/errors.js'
import type { RunResult, Verdict } from '../../model/index.js'
import type { AnnotationPlace } from '../../ports/runner.js'

export interface Annotation {
  readonly level: 'error' | 'warning'
  readonly message: string
  readonly place: AnnotationPlace
  /** A further problem of the same file: the first one has the annotation, this one a line of the log. */
  readonly further?: true
}

/** Each error and failed guard once, then each warning. An error line is the coded line of DESIGN.md. */
export function annotationsOf(result: RunResult): readonly Annotation[] {
  const failed = result.verdicts.filter(verdict => verdict.passed === false)
  const aside = result.verdicts.filter(verdict => verdict.passed === 'stand-aside')
  const rowErrors = result.layers.flatMap(row => (row.error === null ? [] : [row.error]))
  const annotations = [
    ...result.errors.map((error, index) => (isFurther(result.errors, index) ? further(error) : ofError(error))),
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

/** Ten annotations of one mistyped file would hide what else went wrong. */
function isFurther(errors: RunResult['errors'], index: number): boolean {
  const [first, one] = [errors[0]?.location, errors[index]?.location]
  return index > 0 && first !== undefined && one?.file === first.file
}

function further(error: CodedError): Annotation {
  return { ...ofError(error), further: true }
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
