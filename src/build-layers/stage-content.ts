import { mkdir, readdir, realpath, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { CodedError } from '../errors.js'
import type { Installer, Layer } from '../model.js'
import { CommandFailed } from '../ports/process.js'
import { chooseMethod, type ContentMethod, type FolderEntry } from './choose-method.js'
import { copySource, insideOf } from './copy-source.js'
import { cleanInstalled } from './install/clean-installed.js'
import { buildWheel, findInstaller, installPackages, type Installation } from './install/install-packages.js'
import { pythonTarget } from './install/python-target.js'
import { runBuildCommand, type BuildDependencies } from './run-command.js'

export interface BuildRequest {
  readonly layer: Layer
  /** Absolute path of the layer's checked-out folder. It is only read, except by `build.command`. */
  readonly sourceDirectory: string
  /** Absolute path of an empty folder of the caller's: everything that the build writes goes there, the archive too. The caller removes it. */
  readonly outputDirectory: string
  /** The interpreter that installs. Default `python3`. */
  readonly python?: string
}

/** Builds the layer's content and gives the folder that holds it. Throws `BUILD_FAILED`, `ARCHIVE_LAYOUT`, `ARCHIVE_UNSAFE_PATH`. */
export async function stageContent(request: BuildRequest, deps: BuildDependencies): Promise<string> {
  const { layer, sourceDirectory } = request
  const method = chooseMethod(layer.build, await readFolder(sourceDirectory))
  deps.log.info(describe(method))
  switch (method.kind) {
    case 'prebuilt':
      return sourceDirectory
    case 'command':
      return runCommandMethod(request, method.command, deps)
    case 'project':
      return installProject(request, method.installer, deps)
    case 'requirements':
      return installRequirements(request, method, deps)
  }
}

/** Runs `build.check` with the built layer on PYTHONPATH, in an empty folder, so that nothing but the layer can be imported. */
export async function checkContent(request: BuildRequest, content: string, deps: BuildDependencies): Promise<void> {
  const { build, id } = request.layer
  if (build.check === null) return
  const cwd = await scratchFolder(request, 'check')
  const env = { PYTHONPATH: join(content, 'python'), LAYER_SOURCE_DIR: request.sourceDirectory }
  await runShell(build.check, cwd, env, `build.check of layer ${id}`, deps)
}

async function runCommandMethod(request: BuildRequest, command: string, deps: BuildDependencies): Promise<string> {
  const content = await scratchFolder(request, 'content')
  const what = `build.command of layer ${request.layer.id}`
  await runShell(command, request.sourceDirectory, { LAYER_BUILD_DIR: content }, what, deps)
  if ((await readdir(content)).length > 0) return content
  throw new CodedError('BUILD_FAILED', {
    expected: `${what} to write into $LAYER_BUILD_DIR`,
    found: 'nothing in it',
    mend: 'let the command write python/ (or the folder of its runtime) into "$LAYER_BUILD_DIR"'
  })
}

async function installProject(request: BuildRequest, installer: Installer, deps: BuildDependencies): Promise<string> {
  const { python = 'python3', sourceDirectory } = request
  const program = await findInstaller(installer, python, deps)
  // Building writes build/ and *.egg-info next to the code.
  const project = await scratchFolder(request, 'project')
  await copySource(sourceDirectory, ['.'], project)
  const wheelDirectory = await scratchFolder(request, 'wheel')
  await buildWheel(program, python, project, wheelDirectory, deps)
  const names = (await readdir(wheelDirectory)).filter(name => name.endsWith('.whl'))
  const wheels = names.map(name => join(wheelDirectory, name))
  return install(request, program, { wheels }, deps)
}

async function installRequirements(
  request: BuildRequest,
  method: ContentMethod & { kind: 'requirements' },
  deps: BuildDependencies
): Promise<string> {
  const { python = 'python3', sourceDirectory } = request
  const requirements = await insideOf(await realpath(sourceDirectory), method.requirements)
  const program = await findInstaller(method.installer, python, deps)
  const content = await install(request, program, { requirements }, deps)
  await copySource(sourceDirectory, method.source, join(content, 'python'))
  return content
}

async function install(
  request: BuildRequest,
  program: 'uv' | 'pip',
  from: Installation['from'],
  deps: BuildDependencies
): Promise<string> {
  const { python = 'python3', layer, sourceDirectory } = request
  const content = await scratchFolder(request, 'content')
  const targetDirectory = join(content, 'python')
  await mkdir(targetDirectory)
  const installation = { python, targetDirectory, from, target: pythonTarget(layer) }
  await installPackages(program, installation, sourceDirectory, deps)
  await cleanInstalled(targetDirectory)
  return content
}

/** bash, as on GitHub's runners: it stops at the first command that fails, in a pipe too. Where there is none, sh. */
async function runShell(
  command: string,
  cwd: string,
  env: Readonly<Record<string, string>>,
  what: string,
  deps: BuildDependencies
): Promise<void> {
  const mend = 'correct the command, or install what it needs before this action'
  const purpose = { what, mend, mendMissing: 'install bash or sh on this runner' }
  try {
    await runBuildCommand({ argv: ['bash', '-eo', 'pipefail', '-c', command], cwd, env }, purpose, deps)
  } catch (thrown) {
    const missing = thrown instanceof CodedError && thrown.cause instanceof CommandFailed && thrown.cause
    if (!missing || missing.reason !== 'not-found') throw thrown
    await runBuildCommand({ argv: ['sh', '-ec', command], cwd, env }, purpose, deps)
  }
}

async function scratchFolder({ outputDirectory }: BuildRequest, name: string): Promise<string> {
  const folder = join(outputDirectory, name)
  await mkdir(folder)
  return folder
}

async function readFolder(directory: string): Promise<readonly FolderEntry[]> {
  const names = (await readdir(directory)).filter(name => name !== '.git')
  return Promise.all(
    names.map(async name => {
      const kind = await kindOf(join(directory, name))
      const isPackage = kind === 'folder' && (await kindOf(join(directory, name, '__init__.py'))) === 'file'
      return { name, kind, isPackage }
    })
  )
}

async function kindOf(path: string): Promise<FolderEntry['kind']> {
  const stats = await stat(path).catch(() => null)
  return stats?.isFile() === true ? 'file' : stats?.isDirectory() === true ? 'folder' : 'other'
}

function describe(method: ContentMethod): string {
  switch (method.kind) {
    case 'prebuilt':
      return 'The folder is taken as it is'
    case 'command':
      return 'Running build.command'
    case 'project':
      return 'Installing the project'
    case 'requirements':
      return `Installing ${method.requirements} and copying ${method.source.join(', ') || 'no source'}`
  }
}
