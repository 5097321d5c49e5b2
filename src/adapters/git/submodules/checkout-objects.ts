/** Where the checkout keeps the objects of a submodule, however it was made. Only looked at: nothing is written there. */
import { lstat, open, stat } from 'node:fs/promises'
import { isAbsolute, join, resolve } from 'node:path'

/** The git directory that a `.git` stands for; `null` where there is none, or a broken one. */
export async function gitDirectoryAt(folder: string): Promise<string | null> {
  const dotGit = join(folder, '.git')
  const found = await lstat(dotGit).catch(() => null)
  if (found === null) return null
  if (!found.isFile()) return await ifGitDirectory(dotGit)
  const target = /^gitdir: ([^\n]+)\n?$/.exec(await readStart(dotGit))?.[1]
  return target === undefined ? null : await ifGitDirectory(resolve(folder, target))
}

export async function ifGitDirectory(path: string): Promise<string | null> {
  const [head, objects] = await Promise.all([isThere(join(path, 'HEAD')), objectFolder(path)])
  return head && objects !== null ? path : null
}

/** Of a linked work tree's git directory the objects of the repository that it belongs to (gitrepository-layout(5)). */
export async function objectFolder(gitDirectory: string): Promise<string | null> {
  const common = (await readStart(join(gitDirectory, 'commondir'))).replace(/\n$/, '')
  const whole = common === '' ? gitDirectory : isAbsolute(common) ? common : resolve(gitDirectory, common)
  const objects = join(whole, 'objects')
  return (await isThere(objects)) ? objects : null
}

async function isThere(path: string): Promise<boolean> {
  return await stat(path).then(
    () => true,
    () => false
  )
}

/** The first 8 kB; empty where the file cannot be read. */
async function readStart(path: string): Promise<string> {
  const found = await stat(path).catch(() => null)
  if (found?.isFile() !== true) return ''
  const file = await open(path).catch(() => null)
  if (file === null) return ''
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(8192), 0, 8192, 0)
    return buffer.toString('utf8', 0, bytesRead)
  } finally {
    await file.close()
  }
}
