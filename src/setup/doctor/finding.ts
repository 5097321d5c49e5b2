/** One line of the doctor's answer. */
import { CodedError } from '../../model/errors.js'

export type Level = 'ok' | 'warning' | 'problem' | 'skipped'

export interface Finding {
  /** What was looked at: `configuration`, `bucket`, … */
  readonly check: string
  readonly level: Level
  /** What was found, without a full stop. */
  readonly found: string
  /** An imperative; `null` where nothing is to be done. */
  readonly mend: string | null
}

export const ok = (check: string, found: string): Finding => ({ check, level: 'ok', found, mend: null })
export const skipped = (check: string, found: string): Finding => ({ check, level: 'skipped', found, mend: null })
export const warning = (check: string, found: string, mend: string): Finding => ({
  check,
  level: 'warning',
  found,
  mend
})
export const problem = (check: string, found: string, mend: string): Finding => ({
  check,
  level: 'problem',
  found,
  mend
})

/** A refusal of a question becomes its answer; a defect of ours stays one. */
export function findingOf(check: string, error: unknown): Finding {
  if (!(error instanceof CodedError) || error.code === 'INTERNAL') throw error
  const { found, mend } = error.finding
  return error.code === 'ACCESS_DENIED'
    ? warning(check, `not known: ${error.code}, ${error.finding.expected}`, mend)
    : problem(check, `${error.code}: ${found}`, mend)
}

/** `ok      bucket: …`, one line each. */
export function findingLine({ check, level, found, mend }: Finding): string {
  const text = `${level.padEnd(8)}${check}: ${found}${mend === null ? '' : `; ${mend}`}`
  return text.replace(/[\r\n\u2028\u2029]+/g, ' ')
}
