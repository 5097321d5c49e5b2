/**
 * The content of files that Git LFS keeps: what the checkout has of it, else what git-lfs fetches, where the machine has it.
 * A pointer that stays one is named; whether it would go into a layer is seen when the layer is packed.
 */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { lstat, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { longestPointer, parsePointer, type LfsPointer } from '../../../ports/git.js'
import { decodePath, encodePath } from '../command/tree-records.js'
import { CodedError } from '../../../model/errors.js'
import { accessTo, withSshFiles } from '../submodules/fetch-gitlink.js'
import type { Place } from '../submodules/local-config.js'
import { repositoryConfig } from '../own/own-repository.js'
import { committedBytes, type WrittenCommit } from './write-commit.js'

interface LfsSource {
  /** The exported paths; `null`: everything. */
  readonly paths: readonly string[] | null
  /** Folders in which git-lfs keeps contents by their digest. */
  readonly storages: readonly string[]
  /** Of the repository, `null` where it has no remote. */
  readonly url: () => Promise<string | null>
}

interface PointerFile {
  readonly path: string
  readonly pointer: LfsPointer
  readonly content: Uint8Array
}

/** git-lfs transfers in its own time; a stalled transfer ends by its own rule (`lfs.activitytimeout`). */
const transferSeconds = 600

/** Puts contents in the place of pointers. @returns the paths of those that stay, in git's order */
export async function fillPointers(
  place: Place,
  written: WrittenCommit,
  source: LfsSource
): Promise<readonly string[]> {
  const found = await pointersIn(place, written, source.paths)
  if (found.length === 0) return []
  const missing: PointerFile[] = []
  for (const file of found) if (!(await fillFrom(source.storages, written.workTree, file))) missing.push(file)
  const left = missing.length === 0 ? [] : await fetchContents(place, written, missing, source)
  const filled = found.filter(file => !left.includes(file)).map(({ path }) => path)
  // To a build tool that asks git, a content in the place of its pointer is no change.
  if (filled.length > 0) await onPaths(place, written, ['update-index', '--assume-unchanged'], filled)
  return left.map(({ path }) => path)
}

async function pointersIn(
  { run }: Place,
  { workTree, gitDirectory, objectFolders }: WrittenCommit,
  paths: readonly string[] | null
): Promise<readonly PointerFile[]> {
  const pathspecs = (paths ?? ['']).map(path => `:(top,literal,attr:filter=lfs)${path}`)
  const args = ['--no-literal-pathspecs', ...committedBytes, 'ls-files', '-z', '--', ...pathspecs] as const
  const { stdout } = await run({
    args,
    directory: workTree,
    ...{ gitDirectory, workTree, objectFolders, machineSettings: 'none' }
  })
  const files: PointerFile[] = []
  for (const path of decodePath(stdout).split('\0')) {
    if (path === '') continue
    const file = join(workTree, path)
    const stats = await lstat(file).catch(() => null)
    if (stats?.isFile() !== true || stats.size >= longestPointer) continue
    const content = await readFile(file)
    const pointer = parsePointer(content)
    if (pointer !== null) files.push({ path, pointer, content })
  }
  return files
}

/** Only a content that is what the pointer names. */
async function fillFrom(storages: readonly string[], workTree: string, file: PointerFile): Promise<boolean> {
  const { oid, sizeBytes } = file.pointer
  for (const storage of storages) {
    const content = join(storage, oid.slice(0, 2), oid.slice(2, 4), oid)
    const stats = await lstat(content).catch(() => null)
    if (stats?.isFile() !== true || stats.size !== sizeBytes) continue
    if ((await digestOf(content)) !== oid) continue
    // Over the pointer, whose mode stays.
    await writeFile(join(workTree, file.path), await readFile(content))
    return true
  }
  return false
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file)) hash.update(chunk as Uint8Array)
  return hash.digest('hex')
}

/**
 * Lets git write the files anew with the filter that `git lfs install` sets up, and with the access that the checkout has.
 * @returns the files that are pointers still
 */
async function fetchContents(
  place: Place,
  written: WrittenCommit,
  files: readonly PointerFile[],
  source: LfsSource
): Promise<readonly PointerFile[]> {
  const url = await source.url().catch(() => null)
  const present = await place.run({ args: ['lfs', 'version'], answers: [1, 127, 128] })
  if (url === null || present.exitCode !== 0) return files
  const { workTree, gitDirectory } = written
  const paths = files.map(({ path }) => path)
  for (const path of paths) await rm(join(workTree, path))
  try {
    const local = await place.local()
    await withSshFiles(place, ssh =>
      onPaths(place, written, [...lfsFilter, 'checkout-index', '--force'], paths, {
        ...accessTo(url, local),
        ...ssh,
        GIT_ATTR_NOSYSTEM: '1',
        // What a step wanted of its own checkout says nothing of a layer that needs the content.
        GIT_LFS_SKIP_SMUDGE: undefined
      })
    )
  } catch (error) {
    if (!(error instanceof CodedError)) throw error
    place.warn(`Git LFS: ${error.finding.found}`)
  } finally {
    // git-lfs notes in the configuration how it was let in, and keeps a second copy of each content.
    const { objectFormat } = await place.workspace()
    await writeFile(join(gitDirectory, 'config'), repositoryConfig(objectFormat, 'work-tree'))
    await rm(join(gitDirectory, 'lfs'), { recursive: true, force: true })
  }
  return await pointersLeft(workTree, files)
}

async function pointersLeft(workTree: string, files: readonly PointerFile[]): Promise<readonly PointerFile[]> {
  const left: PointerFile[] = []
  for (const file of files) {
    const path = join(workTree, file.path)
    const stats = await lstat(path).catch(() => null)
    if (stats === null) await writeFile(path, file.content)
    if (stats === null || (stats.size < longestPointer && parsePointer(await readFile(path)) !== null)) left.push(file)
  }
  return left
}

/** git-lfs-install(1): what it writes into a configuration. */
const lfsFilter: readonly string[] = [
  ...committedBytes,
  ...[
    ['filter.lfs.process', 'git-lfs filter-process'],
    ['filter.lfs.smudge', 'git-lfs smudge -- %f'],
    ['filter.lfs.required', 'true']
  ].flatMap(([key, value]) => ['-c', `${key}=${value}`])
]

async function onPaths(
  { run }: Place,
  { workTree, gitDirectory, objectFolders }: WrittenCommit,
  command: readonly string[],
  paths: readonly string[],
  env?: Readonly<Record<string, string | undefined>>
): Promise<void> {
  await run({
    args: [...command, '-z', '--stdin'] as unknown as [string, ...string[]],
    directory: workTree,
    ...{ gitDirectory, workTree, objectFolders },
    // With access to a remote, the machine's settings count: proxies, certificates, helpers for credentials.
    ...(env === undefined ? { machineSettings: 'none' } : { env }),
    stdin: encodePath(paths.map(path => `${path}\0`).join('')),
    timeoutSeconds: transferSeconds
  })
}
