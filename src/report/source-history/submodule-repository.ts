/** Which repository of the same GitHub server a submodule comes from, by what `.gitmodules` says. Pure. */

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
