/** `owner/name` and the server of a remote's URL. Forms: git documentation, "Git URLs". */
export interface Remote {
  readonly host: string
  /** `owner/name` */
  readonly repository: string
}

/** `null` where the URL names no host with owner and name. */
export function parseRemote(url: string): Remote | null {
  const match =
    /^(?:https?|ssh|git):\/\/(?:[^/@\s]*@)?([^/:\s]+)(?::\d+)?\/(.+)$/.exec(url) ??
    /^(?:[^/@\s]+@)?([^/:\s]+):(?!\/\/)(.+)$/.exec(url)
  const [, host = '', path = ''] = match ?? []
  const parts = path
    .replace(/(?<!\/)\/+$/, '')
    .replace(/\.git$/, '')
    .split('/')
    .filter(part => part !== '')
  const repository = parts.slice(-2).join('/')
  return parts.length >= 2 && /^[\w.-]+\/[\w.-]+$/.test(repository) ? { host, repository } : null
}

/** GitHub documentation, "REST API: endpoints" of GitHub.com and of GitHub Enterprise Server. */
export function serverOf(host: string): { readonly serverUrl: string; readonly apiUrl: string } {
  const name = host.toLowerCase()
  return name === 'github.com'
    ? { serverUrl: 'https://github.com', apiUrl: 'https://api.github.com' }
    : { serverUrl: `https://${name}`, apiUrl: `https://${name}/api/v3` }
}
