/**
 * What lies between the old and the new commit of each submodule that moved, and which repository of the same GitHub server it
 * comes from: for the reader of a report, never for a decision.
 */
import type { Layer, LayerResult, RunResult, SourceHistory } from '../model/index.js'
import type { Clock } from '../ports/process.js'
import type { Git } from '../ports/git.js'
import { GitHubError, type GitHub, callBudget, callsOfReport } from '../ports/github.js'
import { MOST_COMMITS } from './rows/row-detail.js'

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
    const history = new Map<string, SourceHistory>()
    for (const row of moved) {
      const path = paths.get(row.layerId)
      const url = path === undefined ? undefined : urls.get(path)
      if (path === undefined || url === undefined) continue
      const found = await readOne(row, path, repositoryOf(url, ports), history.size < mostLocal, ports)
      history.set(row.layerId, found)
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

/** No `.gitmodules` that git would be quick with is larger; the history of a report is not worth reading one. */
const largestCharacters = 2_000_000

/** Path → URL of each submodule, as `git config` would read the file; what it cannot read is left out. Linear in the text. */
export function submoduleUrls(gitmodules: string): ReadonlyMap<string, string> {
  const urls = new Map<string, string>()
  if (gitmodules.length > largestCharacters) return urls
  let section: Map<string, string> | null = null
  const end = (): void => {
    const [path, url] = [section?.get('path'), section?.get('url')]
    if (path !== undefined && url !== undefined) urls.set(path, url)
  }
  for (const line of gitmodules.split('\n')) {
    let text = line.trim()
    if (text.startsWith('[')) {
      end()
      const head = /^\[submodule[ \t]+"(?:[^"\\]|\\.)*"[ \t]*\]/i.exec(text)?.[0]
      section = head === undefined ? null : new Map()
      text = text.slice(head?.length ?? 0).trim()
    }
    const equals = text.indexOf('=')
    const [key, value] = [text.slice(0, equals).trim().toLowerCase(), text.slice(equals + 1).trim()]
    if (equals > 0 && value !== '' && section?.has(key) === false) section.set(key, value.replace(/^"(.*)"$/, '$1'))
  }
  end()
  return urls
}

/**
 * `owner/name` of a submodule's URL; `null` where it lies on another server. Relative ones are relative to the superproject
 * (git-submodule, "add").
 */
export function repositoryOf(
  url: string,
  server: { readonly serverUrl: string; readonly repository: string }
): string | null {
  const name = /^\.\.?\//.test(url) ? relativeTo(server.repository, url) : onServer(url, hostOf(server.serverUrl))
  const plain = name?.replace(/(?<!\/)\/+$/, '').replace(/\.git$/, '') ?? ''
  return /^[\w.-]+\/[\w.-]+$/.test(plain) && !/(?:^|\/)\.\.?(?:\/|$)/.test(plain) ? plain : null
}

function relativeTo(repository: string, url: string): string {
  const parts = repository.split('/')
  for (const part of url.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.') parts.push(part)
  }
  return parts.join('/')
}

function onServer(url: string, host: string): string | null {
  const [, withScheme, rest] = /^(?:https?|ssh):\/\/(?:[^@/]*@)?([^/:@]+)(?::\d+)?\/+([^/].*)$/.exec(url) ?? []
  const [, scpHost, scpPath] = /^(?:[\w.-]+@)([\w.-]+):\/*([^/:][^:]*)$/.exec(url) ?? []
  const [foundHost, path] = withScheme === undefined ? [scpHost, scpPath] : [withScheme, rest]
  return foundHost?.toLowerCase() === host && path !== undefined ? path : null
}

function hostOf(serverUrl: string): string {
  return (/^https?:\/\/([^/:]+)/.exec(serverUrl)?.[1] ?? '').toLowerCase()
}
