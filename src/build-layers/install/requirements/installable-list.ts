import type { BuildDependencies } from '../../command/run-command.js'
import { scratchFolder, type BuildRequest } from '../../build-request.js'
import type { InstallerSetup } from '../install-packages.js'
import { exportLock } from './locked-requirements.js'
import { pythonTarget } from '../python/python-target.js'
import { hasMembers, withBuiltMembers, writeList } from './built-members.js'
import { readRequirements, type RequirementLine } from './requirement-list.js'
import { forTarget } from './markers.js'

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
