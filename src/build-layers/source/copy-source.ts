import { copyFile, mkdir, realpath, rm, stat, symlink } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { CodedError } from '../../model/errors.js'
import { listContent, type ContentEntry } from '../archive/list-content.js'

/**
 * Copies a layer's own code. Each of `sources` is a file or folder of `sourceDirectory` and lands in `targetDirectory` under its own name; `.` stands for all that the
 * folder holds. Without `.git` and bytecode; what is there already is overwritten. Throws `BUILD_FAILED` or `ARCHIVE_UNSAFE_PATH`.
 */
export async function copySource(
  sourceDirectory: string,
  sources: readonly string[],
  targetDirectory: string
): Promise<void> {
  const root = await realpath(sourceDirectory)
  for (const source of sources) {
    const from = await insideOf(root, source)
    const name = basename(resolve(root, source))
    const ownPython = join(root, 'python')
    // The folder `python/` is what `python/` of the layer is to hold.
    const merged = basename(targetDirectory) === 'python' && from === ownPython
    const to = from === root || merged ? targetDirectory : join(targetDirectory, name)
    if (!(await stat(from)).isDirectory()) await copyOne(from, to)
    else if (from !== root || basename(targetDirectory) !== 'python') await copyFolder(from, to)
    else await copyAround(from, ownPython, to)
  }
}

async function copyAround(from: string, ownPython: string, to: string): Promise<void> {
  await copyFolder(from, to, ['**/__pycache__', 'python', 'python/**'])
  const kind = await stat(ownPython).catch(() => null)
  if (kind?.isDirectory() === true) await copyFolder(ownPython, to)
}

/** The real path of a source. A link or `..` that leads out of the layer's folder is refused. */
export async function insideOf(root: string, source: string): Promise<string> {
  let real: string
  try {
    real = await realpath(resolve(root, source))
  } catch (cause) {
    throw new CodedError(
      'BUILD_FAILED',
      {
        expected: `${source} in the layer's folder`,
        found: 'no such file',
        mend: 'correct build in the configuration'
      },
      { cause }
    )
  }
  const away = relative(root, real)
  if (away !== '..' && !away.startsWith(`..${sep}`)) return real
  throw new CodedError('ARCHIVE_UNSAFE_PATH', {
    expected: `${source} to lie in the layer's folder`,
    found: 'a path that leads out of it',
    mend: 'move what the layer needs into its folder'
  })
}

/** Copies a folder over what is at `to`, without `.git` and what `exclude` matches. Throws `ARCHIVE_UNSAFE_PATH`. */
export async function copyFolder(
  from: string,
  to: string,
  exclude: readonly string[] = ['**/__pycache__']
): Promise<void> {
  await mkdir(to, { recursive: true })
  for (const entry of await listContent(from, exclude)) await copyEntry(from, entry, to)
}

async function copyEntry(from: string, entry: ContentEntry, to: string): Promise<void> {
  const target = join(to, entry.path)
  switch (entry.kind) {
    case 'file':
      await copyOne(join(from, entry.path), target)
      return
    case 'symlink':
      await mkdir(dirname(target), { recursive: true })
      await rm(target, { recursive: true, force: true })
      await symlink(entry.target, target)
      return
    case 'refused':
      throw new CodedError('ARCHIVE_UNSAFE_PATH', {
        expected: 'files, folders and links in the layer',
        found: `${entry.path} (${entry.why})`,
        mend: 'remove it from the layer'
      })
  }
}

async function copyOne(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true })
  await rm(to, { recursive: true, force: true })
  await copyFile(from, to)
}
