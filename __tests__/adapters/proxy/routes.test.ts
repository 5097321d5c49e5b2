import { describe, expect, it } from '@jest/globals'
import { proxyRoutes } from '../../../src/adapters/proxy/routes.js'

const proxy = 'http://proxy.example:3128'
const routeOf = (environment: Record<string, string>, url: string) =>
  proxyRoutes(environment)?.proxyFor(new URL(url))?.href ?? null

describe('F149 which proxy', () => {
  it.each([{}, { HTTPS_PROXY: '' }, { https_proxy: ' ' }, { NO_PROXY: '*' }, { ALL_PROXY: proxy }])(
    'none: %j',
    environment => {
      expect(proxyRoutes(environment)).toBeNull()
    }
  )
  it('by the scheme of the address', () => {
    const both = { HTTPS_PROXY: 'http://secure.example:1', http_proxy: 'http://plain.example:2' }
    expect(routeOf(both, 'https://a.example')).toBe('http://secure.example:1/')
    expect(routeOf(both, 'http://a.example')).toBe('http://plain.example:2/')
    expect(routeOf({ HTTPS_PROXY: proxy }, 'http://a.example')).toBeNull()
    expect(routeOf({ HTTP_PROXY: proxy }, 'https://a.example')).toBeNull()
  })
  it('the lower case where both are set, unless it is empty', () => {
    expect(routeOf({ HTTPS_PROXY: 'http://upper.example', https_proxy: proxy }, 'https://a.example')).toBe(`${proxy}/`)
    expect(routeOf({ HTTPS_PROXY: proxy, https_proxy: '' }, 'https://a.example')).toBe(`${proxy}/`)
  })
  it('without a scheme: http', () => {
    expect(routeOf({ HTTPS_PROXY: 'user:p%40ss@proxy.example:3128' }, 'https://a.example')).toBe(
      'http://user:p%40ss@proxy.example:3128/'
    )
  })
  it.each(['socks5://proxy.example', 'ftp://proxy.example', 'http://', 'http://a b'])('%s is refused', text => {
    expect(() => proxyRoutes({ HTTP_PROXY: text })).toThrow(/^CONFIG_INVALID: Expected HTTP_PROXY /)
  })
  it('a refusal does not repeat who asks', () => {
    expect(() => proxyRoutes({ HTTP_PROXY: 'socks5://user:hunter2EXAMPLE@proxy.example' })).not.toThrow(
      /hunter2EXAMPLE/
    )
  })
})

describe('F149 NO_PROXY', () => {
  const rows: readonly [list: string, url: string, direct: boolean][] = [
    ['*', 'https://a.example', true],
    ['a.example', 'https://a.example', true],
    ['a.example', 'https://A.Example', true],
    ['A.EXAMPLE', 'https://a.example', true],
    ['a.example', 'https://a.example.', true],
    ['a.example', 'https://b.a.example', true],
    ['a.example', 'https://ba.example', false],
    ['a.example', 'https://a.example.org', false],
    ['.a.example', 'https://b.a.example', true],
    ['.a.example', 'https://a.example', true],
    ['*.a.example', 'https://c.b.a.example', true],
    ['*.a.example', 'https://ba.example', false],
    ['a.example:443', 'https://a.example', true],
    ['a.example:80', 'https://a.example', false],
    ['a.example:8443', 'https://a.example:8443', true],
    ['.a.example:8443', 'https://b.a.example:8443', true],
    ['a.example:8443', 'https://a.example', false],
    ['x.example a.example', 'https://a.example', true],
    ['x.example,, a.example ,', 'https://a.example', true],
    ['10.1.2.3', 'https://10.1.2.3', true],
    ['2.3', 'https://10.1.2.3', false],
    ['10.0.0.0/8', 'https://10.255.0.1', true],
    ['10.0.0.0/8', 'https://11.0.0.1', false],
    ['10.0.0.0/33', 'https://10.0.0.1', false],
    ['10.0.0.0/8', 'https://ten.example', false],
    ['[::1]', 'https://[::1]', true],
    ['::1', 'https://[::1]:8443', true],
    ['[::1]:8443', 'https://[::1]:8443', true],
    ['[::1]:8443', 'https://[::1]', false],
    ['fd00::/8', 'https://[fd12::1]', true],
    ['', 'https://a.example', false]
  ]
  it.each(rows)('%j, %s: directly %s', (list, url, direct) => {
    for (const name of ['NO_PROXY', 'no_proxy']) {
      expect(routeOf({ HTTPS_PROXY: proxy, [name]: list }, url)).toBe(direct ? null : `${proxy}/`)
    }
  })
})
