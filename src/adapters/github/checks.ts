/** Check runs: read as gates, written instead of a commit status. */
import type { CheckRunContent, GitHub } from '../../ports/github.js'
import { asCheckRun, asList, asNewCheckRun } from './answers.js'
import type { Api, Call } from './api.js'
import { once } from './client.js'

const CHECK_RUNS = '/repos/{owner}/{repo}/check-runs'

type CheckRunCalls = 'listCheckRuns' | 'createCheckRun' | 'updateCheckRun'

export function checkRuns(api: Api, learn: (login: string) => void): Pick<GitHub, CheckRunCalls> {
  const permission = 'checks: write'
  return {
    listCheckRuns: async commit => {
      const route = '/repos/{owner}/{repo}/commits/{ref}/check-runs'
      const parameters = { ref: commit, filter: 'latest', per_page: 100 }
      const call: Call = { method: 'GET', route, permission: 'checks: read', parameters }
      // The list lies inside an object: two pages hold more checks than a person can name.
      const page = (number: number): Promise<{ total: number; runs: readonly unknown[] }> =>
        api.send({ ...call, parameters: { ...parameters, page: number } }, data => {
          const { total_count: total, check_runs: runs } = data as Record<string, unknown>
          return { total: Number(total), runs: asList(runs) }
        })
      const first = await page(1)
      const second = first.total > first.runs.length ? await page(2) : { runs: [] }
      return [...first.runs, ...second.runs].map(asCheckRun)
    },
    createCheckRun: async (commit, content) => {
      const parameters = { head_sha: commit, ...bodyOf(content) }
      const call: Call = { method: 'POST', route: CHECK_RUNS, permission, parameters, request: once }
      const { id, author } = await api.send(call, asNewCheckRun)
      learn(author)
      return id
    },
    updateCheckRun: (id, content) => {
      const parameters = { check_run_id: id, ...bodyOf(content) }
      const route = `${CHECK_RUNS}/{check_run_id}`
      return api.send({ method: 'PATCH', route, permission, parameters }, () => undefined)
    }
  }
}

/** GitHub REST API, "Create a check run": a conclusion completes the run; at most 50 annotations in a request. */
function bodyOf(content: CheckRunContent): Record<string, unknown> {
  const { name, conclusion, title, summary, annotations, detailsUrl } = content
  return {
    name,
    ...(conclusion === null ? { status: 'in_progress' } : { status: 'completed', conclusion }),
    output: {
      title,
      summary,
      annotations: annotations.map(({ path, line, level, title: heading, message }) => {
        const place = { path, start_line: line, end_line: line }
        return { ...place, annotation_level: level, title: heading, message }
      })
    },
    ...(detailsUrl === null ? {} : { details_url: detailsUrl })
  }
}
