/** Where repositories of our own lie, outside the work tree: the workspace and its `.git` stay as they are. */
import { rmSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface OwnFolder {
  /** A new, empty folder that is gone after `close`. */
  make(name: string): Promise<string>
  /** Absolute path of a folder that outlives the run, for commits that were fetched; `null`: nothing does. */
  readonly kept: string | null
  close(): Promise<void>
}

export function ownFolder(temporary: string | undefined, kept: string | null): OwnFolder {
  let root: Promise<string> | null = null
  let folder: string | null = null
  // Whoever ends without closing leaves nothing either.
  const removeAtExit = (): void => {
    if (folder !== null) rmSync(folder, { recursive: true, force: true })
  }
  const open = async (): Promise<string> => {
    folder = await mkdtemp(join(temporary ?? tmpdir(), 'layer-deploy-git-'))
    process.once('exit', removeAtExit)
    return folder
  }
  return {
    kept,
    make: async name => await mkdtemp(join(await (root ??= open()), `${name}-`)),
    close: async () => {
      const opened = root
      root = null
      if (opened === null) return
      // A command that was ended may be writing its last words.
      await rm(await opened, { recursive: true, force: true, maxRetries: 3 })
      process.removeListener('exit', removeAtExit)
    }
  }
}
