import { expect, it } from '@jest/globals'
import { directServers, proxyVariables } from '../../../src/adapters/proxy/routes.js'

it('F149 a command gets both cases of what is set, and nothing of what is not', () => {
  expect(
    proxyVariables({ HTTP_PROXY: 'http://a', https_proxy: 'http://b', HTTPS_PROXY: 'http://c', PATH: '/bin' })
  ).toEqual({
    ...{ HTTP_PROXY: 'http://a', http_proxy: 'http://a' },
    ...{ HTTPS_PROXY: 'http://b', https_proxy: 'http://b' }
  })
  expect(proxyVariables({ HTTP_PROXY: '', no_proxy: ' ' })).toEqual({})
})

it('F149 a suffix is written as curl knows it', () => {
  expect(proxyVariables({ NO_PROXY: '*.a.example, *.b.example,c.example,*' })['no_proxy']).toBe(
    '.a.example, .b.example,c.example,*'
  )
})

it('F149 git is told the servers that NO_PROXY names by their port', () => {
  const keys = (list: string) => directServers({ NO_PROXY: list }).map(([key]) => key)
  expect(keys('a.example, 10.0.0.0/8,*,::1')).toEqual([])
  expect(keys('a.example:8443')).toEqual(['http.http://a.example:8443.proxy', 'http.https://a.example:8443.proxy'])
  expect(keys('*.a.example:1')).toContain('http.https://*.a.example:1.proxy')
  expect(keys('[::1]:8443')).toContain('http.https://[::1]:8443.proxy')
  // A name that git would read as something else is none.
  expect(keys('a=b:1')).toEqual([])
})
