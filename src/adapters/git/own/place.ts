/** Where git works for a run: the superproject, and a repository of our own beside it with the commits that its clone lacks. */
import { mkdir, copyFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { RunGit, GitCall } from '../command/call.js'
import { gitFailed, remoteSeconds } from '../command/run.js'
import {
  readLocalConfig,
  type Place,
  type SshAccess,
  remoteEnvironment,
  type LocalConfig
} from '../submodules/local-config.js'
import { commitStore } from './commit-store.js'
import { ownFolder, makeOwnRepository } from './own-repository.js'
import { readWorkspace } from '../locate.js'
import type { CommandResult } from '../../../ports/process.js'

export interface PlaceOptions {
  readonly directory: string
  readonly scratchDirectory?: string
  readonly keptDirectory?: string
  readonly mask?: (secret: string) => void
  readonly warn?: (message: string) => void
  readonly ssh?: SshAccess
}

export function openPlace(
  options: PlaceOptions,
  git: RunGit,
  headCommit: () => Promise<string | null>
): { readonly place: Place; readonly fetchCommit: (commit: string) => Promise<boolean> } {
  const { directory, scratchDirectory, ssh } = options
  const own = ownFolder(scratchDirectory, options.keptDirectory ?? null)
  const workspace = once(() => readWorkspace(git))
  const fetched: string[] = []
  const run = readingThrough(git, directory, {
    objectFolders: () => fetched,
    workspaceObjects: async () => (await workspace()).objects,
    makeFolder: once(() => own.make('objects'))
  })
  const mask = options.mask ?? (() => undefined)
  const objectFormat = async (): Promise<string> => (await workspace()).objectFormat
  const place: Place = {
    ...{ run, directory, scratchDirectory, ssh, workspace, own },
    mask,
    local: once(() => readLocalConfig({ run, mask })),
    warn: options.warn ?? (() => undefined),
    commits: commitStore(run, own, objectFormat),
    fetchedObjects: () => fetched
  }
  const beside = once(() => makeBeside(place, headCommit))
  // git does not wait for the lock of the file that says where the history is cut.
  const oneAtATime = queue()
  const fetchCommit = (commit: string): Promise<boolean> =>
    oneAtATime(async () => {
      const gitDirectory = await beside()
      const isFetched = await fetchSuperproject(place, commit, gitDirectory)
      if (isFetched && fetched.length === 0) fetched.push(join(gitDirectory, 'objects'))
      return isFetched
    })
  return { place, fetchCommit }
}

interface Beside {
  /** What was fetched beside the superproject and is read as its own. */
  readonly objectFolders: () => readonly string[]
  readonly workspaceObjects: () => Promise<string>
  /** An empty folder of ours, always the same. */
  readonly makeFolder: () => Promise<string>
}

/**
 * Asks git of the superproject and of what was fetched beside it. What a partial clone has to fetch to answer goes to a
 * folder of ours too: a question changes nothing.
 */
function readingThrough(git: RunGit, directory: string, beside: Beside): RunGit {
  return async call => {
    if (call.gitDirectory !== undefined) return await git(call)
    const objectFolders = [...(call.objectFolders ?? []), ...beside.objectFolders()]
    const result = await git({ ...call, objectFolders, answers: anyAnswer })
    if (/lazy fetching disabled/.test(result.stderr)) {
      const objects = join(await beside.makeFolder(), 'objects')
      await mkdir(join(objects, 'pack'), { recursive: true })
      const folders = [await beside.workspaceObjects(), ...objectFolders]
      const env = { ...call.env, GIT_NO_LAZY_FETCH: undefined, GIT_OBJECT_DIRECTORY: objects }
      return await git({ ...call, objectFolders: folders, env, timeoutSeconds: remoteSeconds })
    }
    if (result.exitCode === 0 || call.answers?.includes(result.exitCode) === true) return result
    throw gitFailed(call.args, call.directory ?? directory, result)
  }
}

const anyAnswer: readonly number[] = Array.from({ length: 256 }, (_each, code) => code)

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | null = null
  return () => (answer ??= work())
}

function queue(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return work => {
    const next = last.then(work)
    // A failure is its caller's; those who wait only need to know that it is over.
    last = next.catch(() => undefined)
    return next
  }
}

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
async function makeBeside(place: Place, headCommit: () => Promise<string | null>): Promise<string> {
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
