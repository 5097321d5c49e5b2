import type { SecretMasker } from './secret-masker.js'

export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice'
  /** Masked, at most 4,096 characters. */
  readonly message: string
  readonly file?: string
  readonly line?: number
  readonly column?: number
  readonly title?: string
}

/** What GitHub shows of one step. */
export interface StepLog {
  /** Masked lines. */
  readonly lines: readonly string[]
  readonly annotations: readonly Annotation[]
  readonly failed: boolean
  /** Masks the text and appends its lines. */
  write(text: string): void
  annotate(annotation: Annotation): void
  warn(message: string): void
  error(message: string): void
  /** An error that makes the step fail whatever its exit code. */
  fail(message: string): void
}

/** GitHub shows 10 annotations of a level per step ("Workflow commands", limits); what is over stands in the log only. */
const annotationsPerLevel = 10
const annotationCharacters = 4096

export function createStepLog(masker: SecretMasker): StepLog {
  const shown = { lines: [] as string[], annotations: [] as Annotation[], failed: false }
  const write = (text: string): void => {
    shown.lines.push(...masker.mask(text).split(/\r\n|\r|\n/))
  }
  const annotate = (annotation: Annotation): void => {
    write(`##[${annotation.level}]${annotation.message}`)
    const message = masker.mask(annotation.message).slice(0, annotationCharacters)
    const sameLevel = shown.annotations.filter(other => other.level === annotation.level)
    if (sameLevel.length < annotationsPerLevel) shown.annotations.push({ ...annotation, message })
  }
  const error = (message: string): void => {
    annotate({ level: 'error', message })
  }
  return Object.assign(shown, {
    write,
    annotate,
    error,
    warn: (message: string): void => {
      annotate({ level: 'warning', message })
    },
    fail: (message: string): void => {
      shown.failed = true
      error(message)
    }
  })
}
