import { mkdir, readdir, readFile, realpath, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { CodedError } from '../../model/errors.js'
import { sha256Hex } from '../../model/digest.js'
import type { ContentMethod } from '../source/choose-method.js'
import { scratchFolder, type BuildRequest } from '../build-request.js'
import { copySource, insideOf } from '../source/copy-source.js'
import type { BuildDependencies } from '../command/run-command.js'
import { cleanInstalled } from './clean-installed.js'
import { buildWheel, installPackages, setUpInstaller, type InstallerSetup } from './install-packages.js'
import { editablesAsWheels } from './editable-requirements.js'
import { exportLock } from './locked-requirements.js'
import { pythonTarget } from './python/python-target.js'

type InstallMethod = ContentMethod & { readonly kind: 'project' | 'requirements' | 'locked' }

/** Installs what the layer needs, and its own code, under `python/` of a new folder, and gives that folder. Throws `BUILD_FAILED`. */
export async function installLayer(
  request: BuildRequest,
  method: InstallMethod,
  deps: BuildDependencies
): Promise<string> {
  const { python = 'python3', layer } = request
  const builds = method.kind === 'project' || method.sourceDistributions
  const setup = await setUpInstaller(method.installer, pythonTarget(layer), python, builds, deps)
  switch (method.kind) {
    case 'project':
      return installProject(request, method, setup, deps)
    case 'requirements': {
      const root = await realpath(request.sourceDirectory)
      const requirements = await insideOf(root, method.requirements)
      return withSource(request, method, await install(request, method, setup, [requirements], deps))
    }
    case 'locked': {
      const root = await realpath(request.sourceDirectory)
      const folder = dirname(await insideOf(root, join(method.folder, method.lock)))
      const requirements = await exportLock(method.lock, folder, await scratchFolder(request, 'lock'), deps)
      return withSource(request, method, await install(request, method, setup, [requirements], deps))
    }
  }
}

async function installProject(
  request: BuildRequest,
  method: ContentMethod & { readonly kind: 'project' },
  setup: InstallerSetup,
  deps: BuildDependencies
): Promise<string> {
  // Building writes build/ and *.egg-info next to the code.
  const project = await scratchFolder(request, 'project')
  await copySource(request.sourceDirectory, ['.'], project)
  const wheelDirectory = await scratchFolder(request, 'wheel')
  await buildWheel(setup, project, wheelDirectory, deps)
  const name = (await readdir(wheelDirectory)).find(each => each.endsWith('.whl'))
  if (name === undefined) {
    throw new CodedError('BUILD_FAILED', {
      expected: "the project's build to write a wheel",
      found: 'none',
      mend: 'correct build-system in pyproject.toml'
    })
  }
  const own = join(wheelDirectory, 'requirements.txt')
  const wheel = join(wheelDirectory, name)
  if (method.lock === null) {
    await writeFile(own, `${requirementOf(wheel)}\n`)
    return install(request, method, setup, [own], deps)
  }
  // With one digest given, all are demanded: the wheel's own too.
  await writeFile(own, `${requirementOf(wheel)} --hash=sha256:${sha256Hex(await readFile(wheel))}\n`)
  const locked = await exportLock(method.lock, project, await scratchFolder(request, 'lock'), deps)
  return install(request, method, setup, [locked, own], deps)
}

/** A wheel's name begins with its project's (binary distribution format, "File name convention"). */
function requirementOf(wheel: string): string {
  const name = wheel.slice(wheel.lastIndexOf('/') + 1).split('-')[0] ?? ''
  return `${name} @ ${pathToFileURL(wheel).href}`
}

async function install(
  request: BuildRequest,
  { sourceDistributions }: InstallMethod,
  setup: InstallerSetup,
  requirements: readonly string[],
  deps: BuildDependencies
): Promise<string> {
  const content = await scratchFolder(request, 'content')
  const targetDirectory = join(content, 'python')
  await mkdir(targetDirectory)
  const target = pythonTarget(request.layer)
  const scratch = await scratchFolder(request, 'editable')
  const wheelOf = (project: string, folder: string): Promise<void> => buildWheel(setup, project, folder, deps)
  const copies = await editablesAsWheels(requirements, { cwd: request.sourceDirectory, scratch, wheelOf })
  await installPackages(
    setup,
    { targetDirectory, requirements: copies, target, sourceDistributions },
    request.sourceDirectory,
    deps
  )
  await cleanInstalled(targetDirectory)
  return content
}

async function withSource(
  { sourceDirectory }: BuildRequest,
  { source }: { readonly source: readonly string[] },
  content: string
): Promise<string> {
  await copySource(sourceDirectory, source, join(content, 'python'))
  return content
}
