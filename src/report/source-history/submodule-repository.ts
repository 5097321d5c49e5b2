/** Which repository of the same GitHub server a submodule comes from, by what `.gitmodules` says. Pure. */

/** What lies between the old and the new commit of a layer's submodule. */
export interface SourceHistory {
  /** `owner/name` on the same GitHub server; `null` where the submodule lies elsewhere. */
  readonly repository: string | null
  /** Subjects, newest first; `null`: not known. */
  readonly subjects: readonly string[] | null
  /** How many commits; `null`: not known. */
  readonly total: number | null
}

export interface SourceHistories {
  /** By layer id, of submodules that moved. */
  readonly history?: Readonly<Record<string, SourceHistory>>
}

/** Path → URL of each submodule, as `git config` would read the file; what it cannot read is left out. */
export function submoduleUrls(gitmodules: string): ReadonlyMap<string, string> {
  const sections = gitmodules.split(/^[ \t]*\[submodule[ \t]+"(?:[^"\\]|\\.)*"[ \t]*\]/m).slice(1)
  return new Map(
    sections.flatMap(section => {
      const own = section.split(/^[ \t]*\[/m)[0] ?? ''
      const [path, url] = [setting(own, 'path'), setting(own, 'url')]
      return path === null || url === null ? [] : [[path, url] as const]
    })
  )
}

function setting(section: string, key: string): string | null {
  const line = new RegExp(`^[ \\t]*${key}[ \\t]*=[ \\t]*(.*?)[ \\t\\r]*$`, 'im').exec(section)?.[1]
  return line === undefined || line === '' ? null : line.replace(/^"(.*)"$/, '$1')
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
  const plain = name?.replace(/\/+$/, '').replace(/\.git$/, '') ?? ''
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
  const [, withScheme, rest] = /^(?:https?|ssh):\/\/(?:[^@/]*@)?([^/:@]+)(?::\d+)?\/+(.+)$/.exec(url) ?? []
  const [, scpHost, scpPath] = /^(?:[\w.-]+@)([\w.-]+):\/*([^:]+)$/.exec(url) ?? []
  const [foundHost, path] = withScheme === undefined ? [scpHost, scpPath] : [withScheme, rest]
  return foundHost?.toLowerCase() === host && path !== undefined ? path : null
}

function hostOf(serverUrl: string): string {
  return (/^https?:\/\/([^/:]+)/.exec(serverUrl)?.[1] ?? '').toLowerCase()
}
