/** What lies between the old and the new commit of each submodule that moved: for the reader of a report, never for a decision. */
import type { Layer, LayerResult, RunResult, SourceHistory } from '../../model/index.js'
import type { Clock } from '../../ports/clock.js'
import type { Git } from '../../ports/git.js'
import { GitHubError, type GitHub } from '../../ports/github.js'
import { callBudget, callsOfReport } from '../../ports/call-budget.js'
import { MOST_COMMITS } from '../rows/row-detail.js'
import { repositoryOf, submoduleUrls } from './submodule-repository.js'

/** Each costs two git processes where its clone is here. */
const mostLocal = 20

export interface HistoryPorts {
  readonly git: Git
  readonly github: GitHub | null
  readonly serverUrl: string
  /** `owner/name` of the superproject. */
  readonly repository: string
}

/**
 * The result with the commits between. The local clone is asked first; GitHub only as often as the bound on calls leaves
 * room. What cannot be found out is left out.
 */
export async function withHistory(
  result: RunResult,
  layers: readonly Pick<Layer, 'id' | 'path'>[],
  ports: HistoryPorts
): Promise<RunResult> {
  const moved = firstRows(result.layers.filter(hasMoved))
  if (moved.length === 0 || result.headCommit === null) return result
  try {
    const file = await ports.git.readFile(result.headCommit, '.gitmodules')
    if (file === null) return result
    const urls = submoduleUrls(new TextDecoder().decode(file))
    const paths = new Map(layers.map(({ id, path }) => [id, path]))
    const history: Record<string, SourceHistory> = {}
    for (const row of moved) {
      const path = paths.get(row.layerId)
      const url = path === undefined ? undefined : urls.get(path)
      if (path === undefined || url === undefined) continue
      const found = await readOne(row, path, repositoryOf(url, ports), Object.keys(history).length < mostLocal, ports)
      Object.defineProperty(history, row.layerId, { value: found, enumerable: true })
    }
    return { ...result, history }
  } catch {
    // A git that fails here has failed before, or shows the reader a little less.
    return result
  }
}

/** Commits between two versions are worth this wait, not more. */
const longestSeconds = 10

/** The same, where it can be had soon: a report is never late for it. */
export async function withHistorySoon(
  result: RunResult,
  layers: readonly Pick<Layer, 'id' | 'path'>[],
  session: {
    readonly git: Git
    readonly github: GitHub | null
    readonly clock: Clock
    readonly context: Pick<HistoryPorts, 'serverUrl' | 'repository'>
    readonly limits: { readonly signal: AbortSignal }
  }
): Promise<RunResult> {
  const { git, github, clock, context, limits } = session
  if (result.command === 'detect' || limits.signal.aborted) return result
  const { serverUrl, repository } = context
  const enough = new AbortController()
  const without = (): RunResult => result
  const ended = AbortSignal.any([limits.signal, enough.signal])
  const late = clock.sleep(longestSeconds * 1000, ended).then(without, without)
  try {
    return await Promise.race([withHistory(result, layers, { git, github, serverUrl, repository }), late])
  } finally {
    enough.abort()
  }
}

function hasMoved({ status, fromCommit, toCommit }: LayerResult): boolean {
  if (status === 'unchanged' || status === 'skipped' || fromCommit === toCommit) return false
  return [fromCommit, toCommit].every(commit => commit !== null && /^[0-9a-f]{40,64}$/.test(commit))
}

function firstRows(rows: readonly LayerResult[]): readonly LayerResult[] {
  return rows.filter((row, index) => rows.findIndex(({ layerId }) => layerId === row.layerId) === index)
}

async function readOne(
  row: LayerResult,
  path: string,
  repository: string | null,
  locally: boolean,
  { git, github }: HistoryPorts
): Promise<SourceHistory> {
  const [from, to] = [row.fromCommit ?? '', row.toCommit ?? '']
  const local = locally ? await git.submoduleSubjects(path, from, to, MOST_COMMITS) : null
  if (local !== null) return { repository, ...local }
  const unknown: SourceHistory = { repository, subjects: null, total: null }
  if (github === null || repository === null || !callBudget(github, callsOfReport).allows(1)) return unknown
  try {
    const { subjects, total } = await github.compare(repository, from, to)
    return { repository, subjects: subjects.slice(0, MOST_COMMITS), total }
  } catch (error) {
    if (error instanceof GitHubError) return unknown
    throw error
  }
}
