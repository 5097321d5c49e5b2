/** moto, an emulator of AWS that others wrote, as a server of its own process. Fetched with pip where this machine's Python has none. */
import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'

const version = '5.2.1'
const startSeconds = 90

export interface Moto {
  /** What an AWS client needs to find it, with keys of its one account. */
  readonly env: Readonly<Record<string, string>>
  close(): Promise<void>
}

/** @returns a server with no state; a text says why there is none */
export async function startMoto(accountId: string, region: string): Promise<Moto | string> {
  const python = await pythonWithMoto()
  if (python === null) return `moto[server] ${version} is neither installed nor to be had from the package index`
  const port = await freePort()
  const server = spawn(python, ['-m', 'moto.server', '-H', '127.0.0.1', '-p', String(port)], {
    env: { ...process.env, MOTO_ACCOUNT_ID: accountId },
    stdio: 'ignore'
  })
  const url = `http://127.0.0.1:${port}`
  if (!(await answers(server, url))) {
    await end(server)
    return `moto's server did not start within ${startSeconds} s`
  }
  return {
    env: {
      AWS_ENDPOINT_URL: url,
      AWS_ACCESS_KEY_ID: 'AKIAMOTOEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'secret-of-moto-EXAMPLE',
      AWS_REGION: region,
      AWS_EC2_METADATA_DISABLED: 'true'
    },
    close: () => end(server)
  }
}

/** The machine's own, else one in a virtual environment that stays for the next time. `null`: neither. */
async function pythonWithMoto(): Promise<string | null> {
  const folder = join(tmpdir(), `layer-deploy-moto-${version}`)
  const own = join(folder, 'bin', 'python')
  for (const python of ['python3', own]) if (await hasMoto(python)) return python
  try {
    if (!existsSync(own)) await promisify(execFile)('python3', ['-m', 'venv', folder])
    await promisify(execFile)(own, ['-m', 'pip', 'install', '--quiet', `moto[server]==${version}`])
  } catch {
    return null
  }
  return (await hasMoto(own)) ? own : null
}

async function hasMoto(python: string): Promise<boolean> {
  const check = `import flask, flask_cors, moto; raise SystemExit(moto.__version__ != "${version}")`
  return promisify(execFile)(python, ['-c', check]).then(
    () => true,
    () => false
  )
}

async function answers(server: ChildProcess, url: string): Promise<boolean> {
  const until = Date.now() + startSeconds * 1000
  while (Date.now() < until && server.exitCode === null) {
    const up = await fetch(`${url}/moto-api/data.json`).then(
      ({ ok }) => ok,
      () => false
    )
    if (up) return true
    await sleep(200)
  }
  return false
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  server.kill('SIGKILL')
  await once(server, 'exit')
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
