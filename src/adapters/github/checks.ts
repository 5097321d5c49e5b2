/** Check runs, read as gates and written instead of a commit status, and statuses that stand pending. */
import type { CheckRunContent, CommitCheck, GitHub } from '../../ports/github.js'
import { asCheckRun, asList, asNewCheckRun, asPendingStatuses } from './answers.js'
import { type Api, type Call, once } from './client.js'
import { refusesGraphql } from './errors.js'

const CHECK_RUNS = '/repos/{owner}/{repo}/check-runs'

/** A page holds 100; GitHub keeps at most 1,000 check suites for a commit. */
const MOST_PAGES = 100

type CheckRunCalls = 'listCheckRuns' | 'checkRunsNamed' | 'createCheckRun' | 'updateCheckRun'

export function checkRuns(api: Api, learn: (login: string) => void): Pick<GitHub, CheckRunCalls> {
  const permission = 'checks: write'
  return {
    listCheckRuns: async (commit, names) => {
      const first = await checkPages(api, commit, {}, 1)
      if (!first.more) return first.checks
      // More than a page: those that are meant are asked for by name, and the rest only for a name that no check bears.
      const named = await Promise.all(names.map(name => checkRunsNamed(api, commit, name)))
      const isMatrix = named.some(checks => checks.length === 0)
      const rest = isMatrix ? (await checkPages(api, commit, { page: 2 }, MOST_PAGES)).checks : []
      const all = [...first.checks, ...named.flat(), ...rest]
      return [...new Map(all.map(check => [check.id, check])).values()]
    },
    checkRunsNamed: (commit, name) => checkRunsNamed(api, commit, name),
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

async function checkRunsNamed(api: Api, commit: string, name: string): Promise<readonly CommitCheck[]> {
  return (await checkPages(api, commit, { check_name: name }, MOST_PAGES)).checks
}

/** The list lies inside an object. A full page may have a next one, whatever total the answer states. */
async function checkPages(
  api: Api,
  commit: string,
  filter: { readonly check_name?: string; readonly page?: number },
  pages: number
): Promise<{ readonly checks: readonly CommitCheck[]; readonly more: boolean }> {
  const route = '/repos/{owner}/{repo}/commits/{ref}/check-runs'
  const checks: CommitCheck[] = []
  const { page: first = 1 } = filter
  for (let page = first; page < first + pages; page += 1) {
    const parameters = { ref: commit, filter: 'latest', ...filter, page, per_page: 100 }
    const call: Call = { method: 'GET', route, permission: 'checks: read', parameters }
    const runs = await api.send(call, data => asList((data as Record<string, unknown>)['check_runs']))
    checks.push(...runs.map(asCheckRun))
    if (runs.length < 100) return { checks, more: false }
  }
  return { checks, more: true }
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

/** GitHub GraphQL API, "Commit": `history` holds the commit itself, newest first, at most 100 a page. */
const pendingStatusesQuery = `query($owner: String!, $repo: String!, $commit: GitObjectID!, $context: String!) {
  repository(owner: $owner, name: $repo) {
    object(oid: $commit) {
      ... on Commit { history(first: 100) { nodes { oid status { context(name: $context) { state targetUrl } } } } }
    }
  }
}`

/** Over REST, where a token or a server refuses the query, only the commit itself is looked at. */
export function pendingStatuses(api: Api, listStatuses: GitHub['listStatuses']): GitHub['pendingStatuses'] {
  return async (commit, context) => {
    try {
      const variables = { commit, context }
      return await api.graphql('statuses', pendingStatusesQuery, variables, asPendingStatuses)
    } catch (error) {
      if (!refusesGraphql(error)) throw error
      const latest = (await listStatuses(commit)).find(status => status.context === context)
      return latest?.state === 'pending' ? [{ commit, targetUrl: latest.targetUrl }] : []
    }
  }
}
