/**
 * Which proxy a call goes through, here and in the commands that are started. The variables mean what curl and git take them to mean,
 * in either case; the lower one counts where both are set. Source: curl(1), "Environment".
 */
import { BlockList, isIP } from 'node:net'
import { CodedError } from '../../model/errors.js'

type Variables = Readonly<Record<string, string | undefined>>

export interface ProxyRoutes {
  /** `null`: directly. */
  proxyFor(url: URL): URL | null
}

/**
 * `null`: no proxy is set, every call goes directly.
 * @throws CodedError CONFIG_INVALID for a proxy that is none
 */
export function proxyRoutes(environment: Variables): ProxyRoutes | null {
  const proxies = { 'https:': proxyIn(environment, 'HTTPS_PROXY'), 'http:': proxyIn(environment, 'HTTP_PROXY') }
  if (proxies['https:'] === null && proxies['http:'] === null) return null
  const exceptions = exceptionsIn(variable(environment, 'NO_PROXY') ?? '')
  return {
    proxyFor: url => {
      const proxy = url.protocol === 'https:' ? proxies['https:'] : url.protocol === 'http:' ? proxies['http:'] : null
      return proxy === null || exceptions.some(matches => matches(url)) ? null : proxy
    }
  }
}

/** The name's value in lower or upper case; empty counts as not set. */
function variable(environment: Variables, name: string): string | null {
  return [name.toLowerCase(), name].map(each => environment[each]?.trim() ?? '').find(value => value !== '') ?? null
}

/** `proxy.example:3128` is an address, too: curl takes it for http. */
function proxyIn(environment: Variables, name: string): URL | null {
  const text = variable(environment, name)
  if (text === null) return null
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`
  const url = URL.canParse(address) ? new URL(address) : null
  if (url !== null && ['http:', 'https:'].includes(url.protocol) && url.hostname !== '') return url
  throw new CodedError('CONFIG_INVALID', {
    expected: `${name} to be http://[user:password@]host[:port]`,
    found: url === null ? 'no address' : `an address that begins with ${url.protocol}//`,
    mend: `write an HTTP proxy into ${name}, or unset it (also ${name.toLowerCase()})`
  })
}

type Exception = (url: URL) => boolean

/** `host`, with what lies below it; `.suffix` and `*.suffix`; a network `10.0.0.0/8`; each with or without a port; `*` for all. */
function exceptionsIn(list: string): readonly Exception[] {
  return list
    .split(/[\s,]+/)
    .filter(entry => entry !== '')
    .map(entry => (entry === '*' ? () => true : (networkException(entry) ?? hostException(entry))))
}

function networkException(entry: string): Exception | null {
  const [address = '', bits = '', ...more] = entry.split('/')
  const family = isIP(address)
  const prefix = Number(bits)
  if (family === 0 || more.length > 0 || !/^\d{1,3}$/.test(bits) || prefix > (family === 4 ? 32 : 128)) return null
  const network = new BlockList()
  network.addSubnet(address, prefix, family === 4 ? 'ipv4' : 'ipv6')
  return url => {
    const host = bareHost(url.hostname)
    const found = isIP(host)
    return found !== 0 && network.check(host, found === 4 ? 'ipv4' : 'ipv6')
  }
}

function hostException(entry: string): Exception {
  const [host, port] = hostAndPort(entry.toLowerCase())
  const wanted = host.replace(/^\*?\./, '').replace(/\.$/, '')
  return url => {
    if (port !== null && port !== portOf(url)) return false
    const asked = bareHost(url.hostname).replace(/\.$/, '')
    return asked === wanted || (isIP(asked) === 0 && asked.endsWith(`.${wanted}`))
  }
}

/** An IPv6 address has colons of its own: with a port it stands in brackets. */
function hostAndPort(entry: string): readonly [host: string, port: string | null] {
  const bracketed = /^\[([^\]]*)\](?::(\d+))?$/.exec(entry)
  if (bracketed !== null) return [bracketed[1] ?? '', bracketed[2] ?? null]
  const plain = /^([^:]*):(\d+)$/.exec(entry)
  return plain === null ? [entry, null] : [plain[1] ?? '', plain[2] ?? null]
}

function bareHost(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '').toLowerCase()
}

function portOf(url: URL): string {
  return url.port !== '' ? url.port : url.protocol === 'https:' ? '443' : '80'
}

const names = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY']

/**
 * What a command that is started here needs of a proxy's variables besides what `environment` holds: curl, and so git, reads `http_proxy` in lower case alone, other tools the upper one; the
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
