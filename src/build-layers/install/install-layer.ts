import { normalizedName } from '../../model/packages.js'
import { mkdir, realpath } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { CodedError } from '../../model/errors.js'
import type { PackageVersion } from '../../model/index.js'
import type { ContentMethod } from '../source/choose-method.js'
import { scratchFolder, type BuildRequest } from '../build-request.js'
import { copySource, insideOf } from '../source/copy-source.js'
import type { BuildDependencies } from '../command/run-command.js'
import { cleanInstalled } from './clean-installed.js'
import { installPackages, setUpInstaller, type InstallerSetup } from './install-packages.js'
import { namedSources, parsePyproject, strangersRefused } from './project-sources.js'
import { projectLists } from './project-lists.js'
import { withIndexOfList } from './python/machine-index.js'
import { pythonTarget } from './python/python-target.js'
import { asInstallable, lockedList, type Lists } from './requirements/installable-list.js'
import { readRequirements, type RequirementLine } from './requirements/requirement-list.js'
import { sourceText } from '../source/source-text.js'

type InstallMethod = ContentMethod & { readonly kind: 'project' | 'requirements' | 'locked' }

export interface InstalledLayer {
  /** Absolute path of the new folder. */
  readonly content: string
  readonly yanked: readonly PackageVersion[]
}

/** Installs what the layer needs, and its own code, under `python/` of a new folder. Throws `BUILD_FAILED`. */
export async function installLayer(
  request: BuildRequest,
  method: InstallMethod,
  deps: BuildDependencies
): Promise<InstalledLayer> {
  const { python = 'python3', layer } = request
  const builds = method.kind === 'project' || method.sourceDistributions
  const setup = await setUpInstaller(method.installer, pythonTarget(layer), python, builds, deps)
  switch (method.kind) {
    case 'project':
      return install(request, method, setup, await projectLists(request, method, setup, deps), deps)
    case 'requirements': {
      const root = await realpath(request.sourceDirectory)
      const file = await insideOf(root, method.requirements)
      const lines = await readRequirements(file, dirname(file), root)
      if (!method.sourceDistributions) refuseNoBinary(lines)
      await refuseStrangers(request, lines, setup)
      const options = lines.flatMap(line => (line.kind === 'option' ? [line.text] : []))
      const asked = { ...setup, environment: withIndexOfList(setup.environment, options) }
      const files = [await asInstallable(request, asked, lines, file, deps)]
      return withSource(request, method, await install(request, method, asked, { files, complete: false }, deps))
    }
    case 'locked': {
      const root = await realpath(request.sourceDirectory)
      const folder = dirname(await insideOf(root, join(method.folder, method.lock)))
      const files = [await lockedList(request, method.lock, folder, setup, deps)]
      return withSource(request, method, await install(request, method, setup, { files, complete: true }, deps))
    }
  }
}

/** Of the machine that builds would be what only a source distribution gives: that is asked for in the recipe, which looks at the machine. */
function refuseNoBinary(lines: readonly RequirementLine[]): void {
  const asked = lines.find(line => line.kind === 'option' && /^--no-binary(?![=\s]+:none:)/.test(line.text))
  if (asked === undefined) return
  throw new CodedError('BUILD_FAILED', {
    expected: 'a list whose packages are taken as wheels',
    found: asked.kind === 'option' ? asked.text : '--no-binary',
    mend: "set build.source-distributions: true, on a runner with the layer's Python and architecture, or delete the line"
  })
}

/** A list beside a `pyproject.toml` that takes one of its names from elsewhere: no installer of lists reads that. */
async function refuseStrangers(
  { sourceDirectory }: BuildRequest,
  lines: readonly RequirementLine[],
  { program }: InstallerSetup
): Promise<void> {
  const text = await sourceText(join(sourceDirectory, 'pyproject.toml'))
  if (text === '') return
  const names = lines.flatMap(line =>
    line.kind === 'named' && !/@\s*[^\s@][^\s@:]*:/.test(line.text) ? [normalizedName(line.name)] : []
  )
  const meant = namedSources(parsePyproject(text)).filter(({ name }) => name !== null && names.includes(name))
  if (meant.length === 0) return
  const refused = strangersRefused(meant, `${program} with a requirements file`)
  const mend = 'name the folder or the address in the requirements (./libs/inner), or build the project with its lock'
  throw new CodedError('BUILD_FAILED', { ...refused.finding, mend })
}

async function install(
  request: BuildRequest,
  { sourceDistributions }: InstallMethod,
  setup: InstallerSetup,
  { files, complete }: Lists,
  deps: BuildDependencies
): Promise<InstalledLayer> {
  const content = await scratchFolder(request, 'content')
  const targetDirectory = join(content, 'python')
  await mkdir(targetDirectory)
  const target = pythonTarget(request.layer)
  const yanked = await installPackages(
    setup,
    { targetDirectory, requirements: files, target, sourceDistributions, complete },
    request.sourceDirectory,
    deps
  )
  await cleanInstalled(targetDirectory)
  return { content, yanked }
}

async function withSource(
  { sourceDirectory }: BuildRequest,
  { source }: { readonly source: readonly string[] },
  installed: InstalledLayer
): Promise<InstalledLayer> {
  await copySource(sourceDirectory, source, join(installed.content, 'python'))
  return installed
}
