import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { WorkingFiles } from '../../ports/working-files.js'

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
