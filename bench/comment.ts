/** How long the pull request comment of many layers takes. */
import { layerResults, reportContext, runResult } from '../__tests__/support/results.js'
import { mergeComment, renderSection } from '../src/report/comment/comment.js'

/** Milliseconds of the best of `rounds`: what the code needs, not what the machine does beside it. */
export function measureComment(layers: number, rounds: number): number {
  const result = runResult({ layers: layerResults(layers) })
  const times = Array.from({ length: rounds }, () => {
    const started = performance.now()
    const section = renderSection(result, reportContext()) ?? ''
    mergeComment(section, section)
    return performance.now() - started
  })
  return Math.min(...times)
}
