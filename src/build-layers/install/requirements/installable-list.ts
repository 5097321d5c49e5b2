/** Lists as an installer can read them: what they take from a folder or a repository is built here, and conditions are read for the target. */
import { readdir, readFile, realpath, writeFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type BuildDependencies, runBuildCommand } from '../../command/run-command.js'
import { scratchFolder, type BuildRequest } from '../../build-request.js'
import { type InstallerSetup, buildWheel } from '../install-packages.js'
import { exportLock } from './locked-requirements.js'
import { pythonTarget } from '../python/python-target.js'
import { readRequirements, type RequirementLine, formatRequirement, type Repository } from './requirement-list.js'
import { forTarget } from './markers.js'
import { CodedError } from '../../../model/errors.js'
import { sha256Hex } from '../../../model/digest.js'
import { copySource, insideOf } from '../../source/copy-source.js'

/** What is installed: files, and whether they name everything. */
export interface Lists {
  readonly files: readonly string[]
  readonly complete: boolean
}

/** What the lock in `folder` pins, members of the workspace as wheels. */
export async function lockedList(
  request: BuildRequest,
  lock: Parameters<typeof exportLock>[0],
  folder: string,
  setup: InstallerSetup,
  deps: BuildDependencies
): Promise<string> {
  const file = await exportLock(lock, folder, await scratchFolder(request, 'lock'), deps)
  return asInstallable(request, setup, await readRequirements(file, folder), file, deps, folder)
}

/** The file itself where an installer can read it as it stands; else one that says the same. */
export async function asInstallable(
  request: BuildRequest,
  setup: InstallerSetup,
  lines: readonly RequirementLine[],
  file: string,
  deps: BuildDependencies,
  copy?: string
): Promise<string> {
  const target = pythonTarget(request.layer)
  const read = setup.program === 'pip' && target !== null ? forTarget(lines, target) : lines
  const same = read.length === lines.length && read.every((line, index) => line === lines[index])
  if (same && !hasMembers(lines)) return file
  const text = await withBuiltMembers(
    read,
    { request, setup, ...(copy === undefined ? {} : { copy, locked: true }) },
    deps
  )
  return writeList(request, 'installable', text)
}

interface MemberBuild {
  readonly request: BuildRequest
  readonly setup: InstallerSetup
  /** The list's own folder may be a copy: paths in it count as in the layer. */
  readonly copy?: string
  /** The list is a lock's, or will stand beside one: digests are demanded of all. */
  readonly locked?: boolean
}

function hasMembers(lines: readonly RequirementLine[]): boolean {
  return lines.some(({ kind }) => kind === 'folder' || kind === 'repository')
}

/** The list as text, with a wheel and its digest for each member. Throws `BUILD_FAILED`, `ARCHIVE_UNSAFE_PATH`. */
async function withBuiltMembers(
  lines: readonly RequirementLine[],
  { request, setup, copy, locked = false }: MemberBuild,
  deps: BuildDependencies
): Promise<string> {
  // Digests are demanded of all where one has one; a wheel that was just made has its own.
  const hashed = locked || lines.some(line => line.kind === 'named' && /\s--hash[= ]/.test(line.text))
  const texts: string[] = []
  for (const [number, line] of lines.entries()) {
    if (line.kind === 'option' || line.kind === 'named') {
      texts.push(formatRequirement(line))
      continue
    }
    const folder = await scratchFolder(request, `member-${number}`)
    if (line.kind === 'folder') await copySource(await memberFolder(line.path, request, copy), ['.'], folder)
    else await cloneRepository(line.repository, folder, deps)
    const project = line.kind === 'repository' ? join(folder, line.repository.subdirectory) : folder
    await insideOf(await realpath(folder), project)
    const wheel = await builtWheel(setup, project, await scratchFolder(request, `member-${number}-wheel`), deps)
    const condition = line.marker === '' ? '' : ` ; ${line.marker}`
    texts.push(
      `${requirementOf(wheel, line.extras)}${condition}${hashed ? ` --hash=sha256:${sha256Hex(await readFile(wheel))}` : ''}`
    )
  }
  return texts.map(text => `${text}\n`).join('')
}

/** Members lie in the layer's folder, in what it watches beside it, or in the copy that is built. */
async function memberFolder(path: string, request: BuildRequest, copy: string | undefined): Promise<string> {
  const roots = [
    copy,
    request.sourceDirectory,
    ...(request.baseDirectory === undefined ? [] : [join(request.baseDirectory, 'source')])
  ]
  const real = await realpath(path)
  for (const root of roots) {
    if (root === undefined) continue
    const away = relative(await realpath(root).catch(() => root), real)
    if (away !== '..' && !away.startsWith(`..${sep}`)) return real
  }
  return insideOf(await realpath(request.sourceDirectory), path)
}

/** Only the commit that is asked for where the server lets it be asked for, else all there is. */
async function cloneRepository({ url, revision }: Repository, folder: string, deps: BuildDependencies): Promise<void> {
  const purpose = {
    what: 'fetching a repository that the requirements name',
    mend: 'let git reach it from this runner, with credentials that a build can see (~/.netrc, git configuration)',
    mendMissing: 'install git on this runner'
  }
  const git = (...args: string[]) =>
    runBuildCommand({ argv: ['git', ...args], cwd: folder, env: { GIT_TERMINAL_PROMPT: '0' } }, purpose, deps)
  await git('init', '--quiet')
  const wanted = revision === '' ? 'HEAD' : revision
  try {
    await git('fetch', '--quiet', '--depth=1', '--', url, wanted)
  } catch (thrown) {
    if (!(thrown instanceof CodedError) || thrown.code !== 'BUILD_FAILED') throw thrown
    await git('fetch', '--quiet', '--', url, '+refs/*:refs/remotes/all/*')
    await git('checkout', '--quiet', '--detach', wanted)
    return
  }
  await git('checkout', '--quiet', '--detach', 'FETCH_HEAD')
}

/**
 * Builds the wheel of a project and gives its path. What a list takes from a folder or a repository is built so: an installer that takes
 * wheels only has no other way to it, and an editable one points at what is gone.
 */
export async function builtWheel(
  setup: InstallerSetup,
  project: string,
  wheelDirectory: string,
  deps: BuildDependencies,
  env: Readonly<Record<string, string>> = {}
): Promise<string> {
  await buildWheel({ ...setup, environment: { ...setup.environment, ...env } }, project, wheelDirectory, deps)
  const name = (await readdir(wheelDirectory)).find(each => each.endsWith('.whl'))
  if (name !== undefined) return join(wheelDirectory, name)
  throw new CodedError('BUILD_FAILED', {
    expected: "the project's build to write a wheel",
    found: 'none',
    mend: 'correct build-system in pyproject.toml'
  })
}

/** A wheel's name begins with its project's (binary distribution format, "File name convention"). */
export function requirementOf(wheel: string, extras = ''): string {
  const name = wheel.slice(wheel.lastIndexOf('/') + 1).split('-')[0] ?? ''
  return `${name}${extras} @ ${pathToFileURL(wheel).href}`
}

/** Writes a list into a scratch folder and gives its path. */
export async function writeList(request: BuildRequest, name: string, text: string): Promise<string> {
  const file = join(await scratchFolder(request, name), 'requirements.txt')
  await writeFile(file, text)
  return file
}
