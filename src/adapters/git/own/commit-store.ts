/** Commits that layers are built from, each in a repository of its own that holds just that commit. */
import { lstat, mkdir, mkdtemp, readdir, rename, rm, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import type { RunGit } from '../command/call.js'
import { type OwnFolder, copyCommit, holdsCommit, makeOwnRepository } from './own-repository.js'

interface CommitSource {
  /** Looked at first: what the checkout holds is not fetched. */
  readonly objectFolders: () => Promise<readonly string[]>
  /** Brings the commit, and nothing else, into an empty repository; `null`: it may not be fetched. */
  readonly fetchInto: ((gitDirectory: string) => Promise<void>) | null
}

export interface CommitStore {
  /**
   * The git directory of a repository that holds all of the commit; `null` where it is nowhere and may not be fetched.
   * @param asker who asks; at one time the same one is served once
   */
  obtain(asker: string, commit: string, source: CommitSource): Promise<string | null>
}

/** A kept commit that nobody asked for in this time is removed. */
const keptDays = 30

export function commitStore(run: RunGit, own: OwnFolder, objectFormat: () => Promise<string>): CommitStore {
  const found = new Map<string, string>()
  const underWay = new Map<string, Promise<string | null>>()
  const look = async (commit: string, source: CommitSource): Promise<string | null> => {
    const format = await objectFormat()
    const objectFolders = await source.objectFolders()
    if (objectFolders.length > 0) {
      const gitDirectory = await own.make('commit')
      await makeOwnRepository(gitDirectory, format)
      if (await copyCommit(run, gitDirectory, commit, objectFolders)) return gitDirectory
    }
    const { fetchInto } = source
    if (fetchInto === null) return null
    const fill = async (gitDirectory: string): Promise<void> => {
      await makeOwnRepository(gitDirectory, format)
      await fetchInto(gitDirectory)
    }
    if (own.kept !== null) return await keptCommit(own.kept, commit, place => holdsCommit(run, place, commit), fill)
    const gitDirectory = await own.make('commit')
    await fill(gitDirectory)
    return gitDirectory
  }
  return {
    obtain: async (asker, commit, source) => {
      const known = found.get(commit)
      if (known !== undefined) return known
      const key = `${asker}\0${commit}`
      const looking = underWay.get(key) ?? look(commit, source).finally(() => underWay.delete(key))
      underWay.set(key, looking)
      const gitDirectory = await looking
      if (gitDirectory !== null) found.set(commit, gitDirectory)
      return gitDirectory
    }
  }
}

async function keptCommit(
  kept: string,
  commit: string,
  isWhole: (gitDirectory: string) => Promise<boolean>,
  fill: (gitDirectory: string) => Promise<void>
): Promise<string> {
  const place = join(kept, `${commit}.git`)
  if (await exists(place)) {
    if (await isWhole(place)) {
      await utimes(place, new Date(), new Date())
      return place
    }
    await rm(place, { recursive: true, force: true })
  }
  await mkdir(kept, { recursive: true, mode: 0o700 })
  await removeOld(kept)
  const fetched = await mkdtemp(join(kept, 'new-'))
  try {
    await fill(fetched)
    // In one step, so that what lies there is a whole commit, whoever else runs now.
    await rename(fetched, place)
  } catch (error) {
    await rm(fetched, { recursive: true, force: true })
    if (!(await exists(place))) throw error
  }
  return place
}

async function removeOld(kept: string): Promise<void> {
  const oldest = Date.now() - keptDays * 24 * 60 * 60 * 1000
  for (const name of await readdir(kept)) {
    if (!/^([0-9a-f]{40,64}\.git|new-\w+)$/.test(name)) continue
    const place = join(kept, name)
    // Another run may have removed it just now.
    const found = await lstat(place).catch(() => null)
    if (found !== null && found.mtimeMs < oldest) await rm(place, { recursive: true, force: true })
  }
}

async function exists(path: string): Promise<boolean> {
  return await lstat(path).then(
    () => true,
    () => false
  )
}
