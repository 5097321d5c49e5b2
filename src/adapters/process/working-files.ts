/** Files of a checkout: read, made where there is none, and several replaced at once. */
import { mkdir, readdir, readFile, stat, writeFile, lstat, rename, rm, rmdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { randomBytes } from 'node:crypto'
import type { WorkingFiles } from '../../ports/process.js'

/** No file that a person wrote for a tool is longer. */
const longestBytes = 1024 * 1024

/** @param root the checkout, absolute */
export function workingFiles(root: string): WorkingFiles {
  return {
    async list(folder) {
      const entries = await readdir(join(root, folder), { withFileTypes: true }).catch(nothing([]))
      return entries.map(entry => (entry.isDirectory() ? `${entry.name}/` : entry.name)).sort()
    },
    async read(path) {
      const file = join(root, path)
      const found = await stat(file).catch(nothing(null))
      if (found === null || !found.isFile() || found.size > longestBytes) return null
      return readFile(file, 'utf8')
    },
    async create(path, text) {
      const file = join(root, path)
      await mkdir(dirname(file), { recursive: true })
      try {
        await writeFile(file, text, { flag: 'wx' })
        return 'created'
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'EEXIST') return 'exists'
        throw error
      }
    }
  }
}

function nothing<T>(value: T): (error: unknown) => T {
  return error => {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return value
    throw error
  }
}

interface Replacement {
  readonly target: string
  readonly fresh: string
  readonly before: string
}

/**
 * Several files at once: all of them are there afterwards, or none of them is, and nothing else is left.
 * What was there is written over. @throws whatever the file system says, everything as it was before
 */
export async function replaceFiles(
  root: string,
  files: readonly { readonly path: string; readonly text: string }[]
): Promise<void> {
  const mark = randomBytes(6).toString('hex')
  const made: string[] = []
  const written: Replacement[] = []
  const moved: Replacement[] = []
  const placed: Replacement[] = []
  try {
    for (const { path, text } of files) {
      const target = join(root, path)
      // The uppermost folder that was made, so that it can go again.
      const first = await mkdir(dirname(target), { recursive: true })
      if (first !== undefined) made.push(first)
      const replacement = { target, fresh: `${target}.${mark}.new`, before: `${target}.${mark}.old` }
      written.push(replacement)
      await writeFile(replacement.fresh, text, { flag: 'wx' })
    }
    for (const replacement of written) {
      if (await renamed(replacement.target, replacement.before)) moved.push(replacement)
      await rename(replacement.fresh, replacement.target)
      placed.push(replacement)
    }
  } catch (error) {
    for (const { target } of placed) await rm(target, { force: true })
    for (const { before, target } of moved) await rename(before, target)
    for (const { fresh } of written) await rm(fresh, { force: true })
    for (const folder of made.toReversed()) await removeEmpty(folder, written)
    throw error
  }
  await Promise.all(moved.map(({ before }) => rm(before, { force: true })))
}

/** `false`: there was nothing. A folder is no file, and is left where it is. */
async function renamed(from: string, to: string): Promise<boolean> {
  try {
    if ((await lstat(from)).isDirectory()) throw new Error(`${from} is a folder`)
    await rename(from, to)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw error
  }
}

/** The folder and those below it that the files were to lie in; one that holds anything stays. */
async function removeEmpty(folder: string, written: readonly Replacement[]): Promise<void> {
  const inside = written
    .map(({ target }) => dirname(target))
    .filter(each => each === folder || each.startsWith(`${folder}/`))
  const all = new Set(inside.flatMap(each => [each, ...parents(each, folder)]))
  for (const each of [...all].sort((a, b) => b.length - a.length)) await rmdir(each).catch(() => undefined)
}

function parents(folder: string, top: string): readonly string[] {
  const found: string[] = []
  for (let each = folder; each.length > top.length; each = dirname(each)) found.push(dirname(each))
  return found
}
