import { createHash } from 'node:crypto'
import { lstat, readFile, readdir, readlink } from 'node:fs/promises'
import { join } from 'node:path'

/** Path → kind, mode and content of all that a folder holds, `.git` with its configuration included. */
export async function snapshotOf(folder: string): Promise<Readonly<Record<string, string>>> {
  const found: Record<string, string> = {}
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    const stats = await lstat(path)
    const mode = (stats.mode & 0o7777).toString(8)
    const content = stats.isSymbolicLink() ? await readlink(path) : stats.isFile() ? await digestOf(path) : ''
    found[path.slice(folder.length + 1)] = `${stats.isDirectory() ? 'folder' : 'file'} ${mode} ${content}`
  }
  return found
}

async function digestOf(file: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(file))
    .digest('hex')
}
