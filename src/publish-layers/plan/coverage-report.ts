/** Coverage reports, read: Cobertura XML, coverage.py JSON, LCOV. Pure: text in, a rate or the reason for none out. */

export type CoverageReport =
  { readonly kind: 'rate'; readonly rate: CoverageRate } | { readonly kind: 'unreadable'; readonly why: string }

/** `covered` of `total`; where a report states only a rate, of 1. */
export interface CoverageRate {
  readonly covered: number
  readonly total: number
}

/** Never throws. What is cut off, empty or of no known format is unreadable, never 0 % and never 100 %. */
export function readCoverageReport(text: string): CoverageReport {
  const content = text.replace(/^\uFEFF/, '').trim()
  if (content === '') return unreadable('an empty file')
  if (content.startsWith('<')) return readCobertura(content)
  if (content.startsWith('{')) return readCoveragePy(content)
  return readLcov(content)
}

/** Source: Cobertura, "coverage-04.dtd". `lines-covered` and `lines-valid` are exact, `line-rate` is rounded. */
function readCobertura(content: string): CoverageReport {
  const plain = content.replace(/<!--[\s\S]*?-->/g, '')
  const root = /^(?:<\?[\s\S]*?\?>\s*|<!DOCTYPE[^>[]*>\s*)*<coverage(?=[\s/>])((?:[^<>"']|"[^"<]*"|'[^'<]*')*)>/.exec(
    plain
  )
  if (root === null) return unreadable('XML whose root is no <coverage>')
  const attributes = root[1] ?? ''
  if (!attributes.trimEnd().endsWith('/') && !plain.endsWith('</coverage>')) return unreadable('XML that is cut off')
  const value = (name: string): number | null => {
    const found = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(attributes)
    return found === null ? null : numberOf(found[1] ?? found[2] ?? '')
  }
  const [covered, total, rate] = [value('lines-covered'), value('lines-valid'), value('line-rate')]
  if (covered !== null && total !== null) return rateOf(covered, total)
  return rate === null ? unreadable('a <coverage> without line-rate') : rateOf(rate, 1)
}

/** Source: coverage.py, "JSON reporting". `percent_covered` is what `coverage report` shows: branches count where measured. */
function readCoveragePy(content: string): CoverageReport {
  let document: unknown
  try {
    document = JSON.parse(content)
  } catch {
    return unreadable('JSON that is broken or cut off')
  }
  const totals = field(document, 'totals')
  const statements = field(totals, 'num_statements')
  if (statements === 0) return unreadable('a report of no lines at all')
  const percent = field(totals, 'percent_covered')
  if (typeof percent !== 'number') return unreadable('JSON without totals.percent_covered')
  return rateOf(percent, 100)
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined
}

/** Source: lcov, "geninfo(1), FILES": LF and LH of each record, else its DA lines. */
function readLcov(content: string): CoverageReport {
  const lines = content.split(/\r\n|\r|\n/).map(line => line.trim())
  if (!lines.some(line => line.startsWith('SF:')))
    return unreadable('neither Cobertura XML nor coverage.py JSON nor LCOV')
  if (lines.at(-1) !== 'end_of_record') return unreadable('an LCOV file that is cut off')
  let [covered, total] = [0, 0]
  let record = emptyRecord()
  for (const line of lines) {
    const [, key = '', value = ''] = /^([A-Z]+):(.*)$/.exec(line) ?? []
    if (key === 'LF') record.found = numberOf(value)
    else if (key === 'LH') record.hit = numberOf(value)
    else if (key === 'DA') {
      const hits = numberOf(value.split(',')[1] ?? '')
      record.lines += 1
      record.hitLines += hits !== null && hits > 0 ? 1 : 0
    } else if (line === 'end_of_record') {
      covered += record.hit ?? record.hitLines
      total += record.found ?? record.lines
      record = emptyRecord()
    }
  }
  return rateOf(covered, total)
}

function emptyRecord(): { found: number | null; hit: number | null; lines: number; hitLines: number } {
  return { found: null, hit: null, lines: 0, hitLines: 0 }
}

function numberOf(text: string): number | null {
  return /^\d{1,15}(?:\.\d+)?$/.test(text.trim()) ? Number(text) : null
}

function rateOf(covered: number, total: number): CoverageReport {
  if (total === 0) return unreadable('a report of no lines at all')
  if (!(covered >= 0 && covered <= total)) return unreadable(`${covered} covered of ${total}`)
  return { kind: 'rate', rate: { covered, total } }
}

function unreadable(why: string): CoverageReport {
  return { kind: 'unreadable', why }
}

/** `52 %`, `52.34 %`: cut, not rounded, so that what is below a minimum never reads as if it had reached it. */
export function percentText({ covered, total }: CoverageRate): string {
  const hundredths = Math.floor((covered * 10_000) / total + 1e-9)
  return `${hundredths / 100} %`
}

/** @param minimum in percent */
export function reaches({ covered, total }: CoverageRate, minimum: number): boolean {
  return covered * 100 >= minimum * total
}
