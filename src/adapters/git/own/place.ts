/** Where git works for a run: the superproject, and beside it what its clone lacks. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { RunGit } from '../command/call.js'
import { gitFailed, remoteSeconds } from '../command/run.js'
import { readLocalConfig, type Place, type SshAccess } from '../submodules/local-config.js'
import { commitStore } from './commit-store.js'
import { fetchSuperproject, makeBeside } from './fetched-beside.js'
import { ownFolder } from './own-repository.js'
import { readWorkspace } from '../locate.js'

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
