/** F149 an installer behind a proxy that asks who it is. The index is known to the proxy alone. */
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { delimiter, join } from 'node:path'
import { buildLayer } from '../../src/build-layers/build-layer.js'
import { layer, recordedLog, runnerWith, scratchFolders, zipRows } from '../build-layers/scratch.js'

const scratch = scratchFolders()
const wheel = 'da_probe-1.0-py3-none-any.whl'
const asked: { readonly url: string; readonly who: string }[] = []
let server: Server
let port = 0
beforeAll(async () => {
  const folder = scratch.make()
  const program = `import sys, zipfile
with zipfile.ZipFile(sys.argv[1], "w") as z:
    z.writestr("da_probe/__init__.py", "")
    z.writestr("da_probe-1.0.dist-info/METADATA", "Metadata-Version: 2.1\\nName: da_probe\\nVersion: 1.0\\n")
    z.writestr("da_probe-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\\nGenerator: t\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
    z.writestr("da_probe-1.0.dist-info/RECORD", "".join(n + ",,\\n" for n in z.namelist()))`
  execFileSync('python3', ['-c', program, join(folder, wheel)])
  server = createServer((request, response) => {
    asked.push({ url: request.url ?? '', who: request.headers['proxy-authorization'] ?? '' })
    if (request.headers['proxy-authorization'] === undefined) {
      response.writeHead(407, { 'proxy-authenticate': 'Basic realm="proxy"' }).end()
    } else if (request.url?.endsWith('.whl') === true) response.end(readFileSync(join(folder, wheel)))
    else response.setHeader('content-type', 'text/html').end(`<a href="http://index.example/${wheel}">${wheel}</a>`)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
})
afterAll(() => {
  server.close()
  scratch.remove()
})

const hasUv = (process.env['PATH'] ?? '').split(delimiter).some(folder => existsSync(join(folder, 'uv')))

it.each(['pip', ...(hasUv ? (['uv'] as const) : [])] as const)(
  'F149 %s asks the proxy, which learns who asks, and the log does not',
  async installer => {
    asked.length = 0
    const log = recordedLog()
    const proxy = `http://someone:hunter2EXAMPLE@127.0.0.1:${port}`
    const env = {
      ...{
        HTTP_PROXY: proxy,
        http_proxy: proxy,
        NO_PROXY: 'elsewhere.example',
        no_proxy: 'elsewhere.example',
        UV_NO_CACHE: '1'
      },
      ...{
        PIP_INDEX_URL: 'http://index.example/simple',
        PIP_TRUSTED_HOST: 'index.example',
        PIP_NO_CACHE_DIR: '1',
        UV_DEFAULT_INDEX: 'http://index.example/simple'
      }
    }
    const artifact = await buildLayer(
      {
        layer: layer({ kind: 'detect', installer }),
        sourceDirectory: scratch.make({ 'requirements.txt': 'da-probe\n' }),
        outputDirectory: scratch.make()
      },
      { process: runnerWith(env), log }
    )
    expect((await zipRows(artifact.file)).map(({ name }) => name)).toContain('python/da_probe/__init__.py')
    const who = `Basic ${Buffer.from('someone:hunter2EXAMPLE').toString('base64')}`
    expect(asked.filter(each => each.who === who).map(({ url }) => url)).toContain(`http://index.example/${wheel}`)
    expect(log.lines.join('\n')).not.toContain('hunter2EXAMPLE')
  }
)
