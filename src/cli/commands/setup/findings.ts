/** Findings of doctor and iam-policy --check, a line each. */
import { findingLine, type Finding, type Level } from '../../../setup/doctor/finding.js'
import { paint, printable, type Terminal } from '../../output/terminal.js'

const styles = { ok: 'green', warning: 'yellow', problem: 'red', skipped: 'dim' } as const satisfies Record<
  Level,
  string
>

export function showFindings(findings: readonly Finding[], json: boolean, { stdout, colour }: Terminal): void {
  const style = paint(colour.stdout)
  if (json) stdout(`${JSON.stringify(findings, null, 2)}\n`)
  else
    for (const finding of findings)
      stdout(`${style(styles[finding.level], aligned(printable(findingLine(finding))))}\n`)
}

/** `printable` leaves one space after the level. */
function aligned(line: string): string {
  return line.replace(/^\S+ /, level => level.padEnd(8))
}
