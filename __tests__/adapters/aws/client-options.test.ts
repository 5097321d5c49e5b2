/** How a link that AWS gave out is followed: as the clients of the SDK go, through the proxy where there is one. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it } from '@jest/globals'
import { connectionsOf } from '../../../src/adapters/aws/client-options.js'

it.each([true, false])('a link is followed through the proxy: %s', async proxied => {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    response.end('content')
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  try {
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const link = proxied ? 'http://layers.example/content' : `${address}/content`
    const answer = await connectionsOf(proxied ? { HTTP_PROXY: address, http_proxy: address } : {}).fetch(link)
    expect(await answer.text()).toBe('content')
    // A proxy is told the whole address.
    expect(asked).toEqual([proxied ? link : '/content'])
  } finally {
    server.closeAllConnections()
    server.close()
  }
})
