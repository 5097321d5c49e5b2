/**
 * Commits of the superproject that its clone lacks. They are fetched into a repository of our own beside it, which reads
 * through to the clone's objects, and what asks git of the superproject from then on sees both. The clone stays as it is.
 */
import type { GitCall } from '../command/call.js'
import { copyFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { CommandResult } from '../../../ports/process.js'
import { gitFailed, remoteSeconds } from '../command/run.js'
import { remoteEnvironment, type LocalConfig, type Place } from '../submodules/local-config.js'
import { makeOwnRepository } from './own-repository.js'

/** Answers of a server that does not have, or does not give out, what was asked for by id. */
const notGivenOut = /not our ref|unadvertised object|couldn't find remote ref|no such remote ref|did not contain/i
export const noRemote = /does not appear to be a git repository|No such remote|No configured push destination/i

export function isNotGivenOut({ stderr }: CommandResult): boolean {
  return notGivenOut.test(stderr) || noRemote.test(stderr)
}

export function fetchArguments(rest: readonly string[]): [string, ...string[]] {
  return ['fetch', '--quiet', '--no-tags', '--no-recurse-submodules', '--no-write-fetch-head', ...rest]
}

/** Fetches one commit at depth 1 into a repository of our own; `false` where there is no remote or it does not give it out. */
export async function fetchSuperproject(place: Place, commit: string, gitDirectory: string): Promise<boolean> {
  const local = await place.local()
  if (local.originUrl === null) return false
  const args = fetchArguments(['--depth=1', 'origin', commit])
  const env = remoteEnvironment(local.settings, await originAsSeenFrom(place, local.originUrl))
  const call: GitCall = { args, gitDirectory, env, timeoutSeconds: remoteSeconds, answers: [1, 128] }
  const result = await place.run(call)
  if (result.exitCode === 0) return true
  if (isNotGivenOut(result)) return false
  throw gitFailed(args, place.directory, result)
}

/** A remote that is a relative path is relative to the superproject's root, wherever git runs. */
export async function originAsSeenFrom(place: Place, url: string): Promise<string> {
  return /^\.\.?(\/|$)/.test(url) ? join((await place.workspace()).topLevel, url) : url
}

/** The repository beside the clone. Made at the first commit that is missing. */
export async function makeBeside(place: Place, headCommit: () => Promise<string | null>): Promise<string> {
  const { objectFormat, objects, shallowFile } = await place.workspace()
  const gitDirectory = await place.own.make('beside')
  await makeOwnRepository(gitDirectory, objectFormat)
  if (isPartial(await place.local())) return gitDirectory
  // With these the server knows what is there, and where its history is cut: it sends the difference alone.
  await copyFile(shallowFile, join(gitDirectory, 'shallow')).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  })
  const head = await headCommit()
  if (head === null) return gitDirectory
  await writeFile(join(gitDirectory, 'refs', 'heads', 'workspace'), `${head}\n`)
  await writeFile(join(gitDirectory, 'objects', 'info', 'alternates'), `${objects}\n`)
  return gitDirectory
}

/** A partial clone does not hold all that belongs to its commits (git-clone(1), `--filter`). */
function isPartial({ settings }: LocalConfig): boolean {
  return settings.some(
    ([key, value]) => key === 'extensions.partialclone' || (/\.promisor$/.test(key) && value === 'true')
  )
}
