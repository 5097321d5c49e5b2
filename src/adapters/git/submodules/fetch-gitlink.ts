/** Fetches one commit of a submodule into a repository of our own, with the access that the superproject's checkout has. */
import { rm, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CodedError } from '../../../model/errors.js'
import type { CommandResult } from '../../../ports/process.js'
import { redact } from '../command/messages.js'
import { gitFailed } from '../command/run.js'
import { copyCommit, makeOwnRepository } from '../own/own-repository.js'
import { credentialsIn, remoteEnvironment, type LocalConfig, type Place } from './local-config.js'
import { submoduleProtocol } from './submodule-source.js'

/** A submodule's first transfer may be large; a stalled one is ended by git itself (`http.lowSpeedTime`). */
const transferSeconds = 300
/** Servers that give out the tips of branches only, or know nothing of shallow clones. */
const notGivenOut = /not our ref|unadvertised object|couldn't find remote ref|not support shallow/i
const notLetIn =
  /permission denied|host key verification failed|could not read from remote repository|cannot run ssh|unable to fork/i

/** What a second attempt may cure. */
const passing = /returned error: (429|5\d\d)|early EOF|hung up|connection (reset|timed out)|could not resolve host/i

export interface Gitlink {
  readonly path: string
  readonly url: string
  readonly commit: string
}

interface Fetch extends Gitlink {
  readonly gitDirectory: string
  readonly local: LocalConfig
  readonly env: Readonly<Record<string, string>>
}

/** @throws CodedError `GIT_FAILED`, naming the submodule, the commit and the remote */
export async function fetchGitlink(place: Place, link: Gitlink, gitDirectory: string): Promise<void> {
  for (const secret of credentialsIn(link.url)) place.mask(secret)
  const local = await place.local()
  await withSshFiles(place, async env => {
    const fetch: Fetch = { ...link, gitDirectory, local, env }
    const result = await fetchCommitOf(place, fetch, ['--depth=1', 'origin', link.commit])
    if (result.exitCode === 0) return
    if (place.ssh === undefined && notLetIn.test(result.stderr)) {
      const https = httpsInstead(link.url)
      if (https !== null && (await fetchIfThere(place, { ...fetch, url: https })) === null) return
    }
    const failure = notGivenOut.test(result.stderr) ? await fetchBranches(place, fetch) : result
    if (failure !== null) throw gitFailed(['fetch', redact(link.url), link.commit], place.directory, failure)
  })
}

/** What failed; `null`: nothing did. */
async function fetchIfThere(place: Place, fetch: Fetch): Promise<CommandResult | null> {
  const result = await fetchCommitOf(place, fetch, ['--depth=1', 'origin', fetch.commit])
  if (result.exitCode === 0) return null
  return notGivenOut.test(result.stderr) ? await fetchBranches(place, fetch) : result
}

/** An old server gives out tips only: the commit may still lie on a branch or below a tag. Of all that only it is kept. */
async function fetchBranches(place: Place, fetch: Fetch): Promise<CommandResult | null> {
  const { objectFormat } = await place.workspace()
  const everything = await place.own.make('branches')
  try {
    await makeOwnRepository(everything, objectFormat)
    const refs = ['+refs/heads/*:refs/heads/*', '+refs/tags/*:refs/tags/*']
    const result = await fetchCommitOf(place, { ...fetch, gitDirectory: everything }, ['origin', ...refs])
    if (result.exitCode !== 0) return result
    if (await copyCommit(place.run, fetch.gitDirectory, fetch.commit, [`${everything}/objects`])) return null
    throw notOnRemote(fetch)
  } finally {
    await rm(everything, { recursive: true, force: true })
  }
}

async function fetchCommitOf(place: Place, fetch: Fetch, what: readonly string[]): Promise<CommandResult> {
  const call = {
    args: ['fetch', '--quiet', '--no-tags', '--no-recurse-submodules', '--no-write-fetch-head', ...what] as const,
    gitDirectory: fetch.gitDirectory,
    env: { ...accessTo(fetch.url, fetch.local), ...fetch.env },
    timeoutSeconds: transferSeconds,
    answers: [1, 128]
  }
  const result = await place.run(call)
  return result.exitCode !== 0 && passing.test(result.stderr) ? await place.run(call) : result
}

/** The variables with which a git of ours reaches the remote of a submodule, and nothing else. */
export function accessTo(url: string, local: LocalConfig): Readonly<Record<string, string>> {
  const protocols = ['https', 'ssh', ...(submoduleProtocol(url) === 'http' ? ['http'] : [])]
  // The variable outranks any `protocol.*.allow` of the machine, for redirects too.
  return { ...remoteEnvironment(local.settings, url), GIT_ALLOW_PROTOCOL: protocols.join(':') }
}

/**
 * The same repository over HTTPS, for a URL of SSH that lets nobody in and no key was given. actions/checkout does so for
 * submodules when it has no `ssh-key` (its README, input `submodules`); the user's name (`git`, `org-123` of an enterprise)
 * plays no part in it. `null` for any other URL.
 */
export function httpsInstead(url: string): string | null {
  if (submoduleProtocol(url) !== 'ssh') return null
  const match =
    /^ssh:\/\/(?:[^@/]*@)?([^/:]+)(?::\d+)?(?=\/)(.+)$/.exec(url) ?? /^(?:[^@/:]*@)?([^/:]+):(.+)$/.exec(url)
  const [, host = '', rest = ''] = match ?? []
  const path = rest.replace(/^\/+/, '')
  if (host === '' || path === '' || path.startsWith('~')) return null
  // GitHub documentation, "Using SSH over the HTTPS port".
  return `https://${host === 'ssh.github.com' ? 'github.com' : host}/${path}`
}

function notOnRemote({ path, commit, url }: Gitlink): CodedError {
  return new CodedError('GIT_FAILED', {
    expected: `commit ${commit} of submodule ${JSON.stringify(path)} on ${redact(url)}`,
    found: 'no such commit there',
    mend: "push the submodule's commit to its remote, or set the gitlink to one that is there"
  })
}

/** Key and known hosts lie on disk, readable by this user alone, only as long as `work` runs. */
export async function withSshFiles<T>(
  { ssh, scratchDirectory }: Pick<Place, 'ssh' | 'scratchDirectory'>,
  work: (env: Readonly<Record<string, string>>) => Promise<T>
): Promise<T> {
  if (ssh === undefined) return await work({})
  const folder = await mkdtemp(join(scratchDirectory ?? tmpdir(), 'layer-deploy-ssh-'))
  try {
    const keyFile = join(folder, 'key')
    const hostsFile = join(folder, 'known_hosts')
    // A secret pasted in a browser often lost its last newline or gained carriage returns; OpenSSH refuses both.
    await writeFile(keyFile, `${ssh.key.replace(/\r/g, '').trim()}\n`, { mode: 0o600 })
    const options = ['IdentitiesOnly=yes', 'BatchMode=yes', 'StrictHostKeyChecking=yes', 'ConnectTimeout=20']
    if (ssh.knownHosts !== null) {
      await writeFile(hostsFile, `${ssh.knownHosts.replace(/\r/g, '').trim()}\n`, { mode: 0o600 })
      options.push(`UserKnownHostsFile="${hostsFile}"`)
    }
    const argv = ['ssh', '-i', keyFile, ...options.flatMap(option => ['-o', option])]
    return await work({ GIT_SSH_COMMAND: argv.map(quoted).join(' '), GIT_SSH_VARIANT: 'ssh' })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** git hands the command to a shell. */
function quoted(argument: string): string {
  return `'${argument.replaceAll("'", `'\\''`)}'`
}
