/** Repositories by the URL of a remote: `owner/name`, the server, and the one that this program itself was checked out from. */
import { realpath } from 'node:fs/promises'
import { dirname } from 'node:path'
import { gitRunner } from '../../adapters/git/command/run.js'
import { decodePath } from '../../adapters/git/command/tree-records.js'
import type { ProcessRunner } from '../../ports/process.js'
import { programVersion } from '../version.js'

export interface Remote {
  readonly host: string
  /** `owner/name` */
  readonly repository: string
}

/** Forms: git documentation, "Git URLs". `null` where the URL names no host with owner and name. */
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

/**
 * `owner/name@<commit> # v<version>`; `null` where the program lies in no checkout of its own: an installed package, or a
 * folder of another repository.
 * @param program the file that was started: `<root>/dist/cli/index.js`
 */
export async function actionReference(
  process: ProcessRunner,
  program: string = globalThis.process.argv[1] ?? ''
): Promise<string | null> {
  const file = await realpath(program).catch(() => null)
  if (file === null || !/[\\/]dist[\\/]cli[\\/]index\.js$/.test(file)) return null
  const root = dirname(dirname(dirname(file)))
  const run = gitRunner(process, root)
  const ask = async (...args: [string, ...string[]]): Promise<string> => {
    const { exitCode, stdout } = await run({ args, answers: [1, 2, 128] })
    return exitCode === 0 ? decodePath(stdout).trim() : ''
  }
  const [top, url, commit] = [
    await ask('rev-parse', '--show-toplevel'),
    await ask('config', '--get', 'remote.origin.url'),
    await ask('rev-parse', '--verify', 'HEAD^{commit}')
  ]
  const remote = parseRemote(url)
  if (remote === null || !/^[0-9a-f]{40}$/.test(commit) || (await realpath(top).catch(() => '')) !== root) return null
  return `${remote.repository}@${commit} # v${programVersion}`
}
