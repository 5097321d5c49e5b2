/** What a check run holds beside a status: the job summary, and annotations on lines of the configuration. */
import type { RunResult } from '../../model/index.js'
import type { CheckRunReport } from '../../ports/github.js'
import { annotationsOf } from './annotations.js'
import type { ReportContext } from '../context.js'
import { renderSummary } from '../summary/summary.js'

/** GitHub REST API, "Create a check run": 65,535 characters of summary, 50 annotations in a request. */
const SUMMARY_LIMIT = 65_535
const ANNOTATIONS = 50

export function checkRunReport(result: RunResult, context: ReportContext): CheckRunReport {
  const annotations = annotationsOf(result).flatMap(({ level, message, place }) => {
    const { file, line, title = '' } = place
    if (file === undefined || line === undefined) return []
    return [{ path: file, line, level: level === 'error' ? ('failure' as const) : level, title, message }]
  })
  return { summary: renderSummary(result, context, SUMMARY_LIMIT), annotations: annotations.slice(0, ANNOTATIONS) }
}
