/** The variables of a proxy as the commands that are started here read them: each reads one case, or another form, of what it is given. */
import { hostAndPort } from './routes.js'

type Variables = Readonly<Record<string, string | undefined>>

const names = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY']

/**
 * What a command needs besides what `environment` holds: curl, and so git, reads `http_proxy` in lower case alone, other tools the upper one; the
 * lower one counts where both are set. curl knows a suffix as `.example` only, not as `*.example`.
 */
export function proxyVariables(environment: Variables): Readonly<Record<string, string>> {
  const given = names.flatMap(name => {
    const value = [name.toLowerCase(), name].map(each => environment[each] ?? '').find(each => each.trim() !== '')
    if (value === undefined) return []
    const plain = name === 'NO_PROXY' ? value.replace(/(^|[\s,])\*\./g, '$1.') : value
    return [name, name.toLowerCase()].map(each => [each, plain] as const)
  })
  return Object.fromEntries(given)
}

/** curl compares hosts alone; git takes a setting for the address of a server, where an empty proxy is none (git-config(1), `http.<url>.*`). */
export function directServers(environment: Variables): readonly (readonly [key: string, value: ''])[] {
  const list = proxyVariables(environment)['NO_PROXY'] ?? ''
  return list.split(/[\s,]+/).flatMap(entry => {
    const [host, port] = hostAndPort(entry)
    if (port === null || !/^[\w.:-]+$/.test(host)) return []
    const name = host.includes(':') ? `[${host}]` : host
    // A suffix stands for itself and what lies below it; git's `*` is one part of a name.
    const hosts = name.startsWith('.') ? [name.slice(1), `*${name}`] : [name]
    return hosts.flatMap(each =>
      ['http', 'https'].map(scheme => [`http.${scheme}://${each}:${port}.proxy`, ''] as const)
    )
  })
}
