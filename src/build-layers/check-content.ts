/** Whether a built content can be imported and passes `build.check`, with a Python that has none of the packages of the machine. */
import { readdirSync, statSync } from 'node:fs'
import { stat, realpath, symlink, writeFile } from 'node:fs/promises'
import { join, dirname } from 'node:path'
import type { Verdict } from '../model/index.js'
import { scratchFolder, type BuildRequest } from './build-request.js'
import type { ContentMethod } from './source/choose-method.js'
import { copyFolder } from './source/copy-source.js'
import { checkImports, rootsFor } from './inspect/imports/check-imports.js'
import { ownProjects } from './inspect/imports/layer-modules.js'
import type { InstalledFiles } from './inspect/installed-packages.js'
import { declaredPythons } from './inspect/wheel-tags.js'
import { findPython, readPython, suits, type FoundPython } from './install/python/find-python.js'
import { readMachineEnvironment, runShell, type BuildDependencies, succeeded } from './command/run-command.js'
import { pythonTarget, type PythonTarget } from './install/python/python-target.js'
import { runtimeStandIn } from './inspect/imports/known-modules.js'

export interface CheckedContent {
  /** Absolute path of the staged folder. */
  readonly content: string
  readonly kind: ContentMethod['kind']
  readonly installed: InstalledFiles
}

/** Runs `build.check`, then imports what the layer brings; both with what will be packed. Throws `BUILD_FAILED` where the command fails. */
export async function checkContent(
  request: BuildRequest,
  staged: CheckedContent,
  deps: BuildDependencies
): Promise<Verdict> {
  const { build } = request.layer
  const { kind, installed } = staged
  const nothing = build.check === 'none' || build.exclude.length === 0
  const content = nothing ? staged.content : await withoutExcluded(request, staged.content, build.exclude)
  if (build.check !== null && build.check !== 'none') await runCheck(request, build.check, content, deps)
  const projects = kind === 'prebuilt' ? new Set<string>() : await ownProjects(request.sourceDirectory)
  const onFailure = kind === 'prebuilt' ? 'warn' : 'refuse'
  const subject = { content, installed, projects, onFailure } as const
  return checkImports(request, subject, minor => importingPython(request, content, minor, deps), deps)
}

/**
 * Runs `build.check` with what will be packed on the paths that Lambda gives a layer, in an empty folder, so that nothing but the layer can be imported. `python` and
 * `python3` are the layer's Python where this machine has it; else a warning says under what the check ran.
 */
async function runCheck(request: BuildRequest, check: string, content: string, deps: BuildDependencies): Promise<void> {
  const { id } = request.layer
  const machine = await readMachineEnvironment(deps)
  const target = pythonTarget(request.layer)
  const python = target === null ? null : await pythonFor(target, request, deps)
  const path = [
    ...(python === null ? [] : [await isolatedPython(request, python, deps)]),
    ...(await existing([join(content, 'bin')])),
    machine['PATH'] ?? ''
  ]
  const libraries = await existing([join(content, 'lib')])
  const roots = pythonRoots(request, content)
  const env = {
    PATH: path.join(':'),
    PYTHONPATH: [await isolatingSite(request), ...roots].join(':'),
    PYTHONNOUSERSITE: '1',
    // Empty counts as not set.
    PYTHONHOME: '',
    NODE_PATH: join(content, 'nodejs/node_modules'),
    LAYER_SOURCE_DIR: request.sourceDirectory,
    ...(libraries.length === 0 ? {} : { LD_LIBRARY_PATH: libraries.join(':') })
  }
  await runShell(check, await scratchFolder(request, 'check'), env, `build.check of layer ${id}`, deps)
}

function pythonRoots({ layer }: BuildRequest, content: string): readonly string[] {
  const [first] = declaredPythons(layer)
  return first === undefined ? [join(content, 'python')] : rootsFor(content, first.minor)
}

async function withoutExcluded(request: BuildRequest, content: string, exclude: readonly string[]): Promise<string> {
  const checked = await scratchFolder(request, 'checked')
  await copyFolder(content, checked, exclude)
  return checked
}

async function pythonFor(
  target: PythonTarget,
  { python = 'python3', layer }: BuildRequest,
  deps: BuildDependencies
): Promise<FoundPython | null> {
  const found = (await findPython(target.version, python, deps)) ?? (await readPython(python, deps))
  if (found === null || suits(target, found)) return found
  deps.log.warning(
    `build.check of layer ${layer.id} runs under Python ${found.version} on ${found.machine}, the layer is for ${target.version} on ` +
      `${target.architecture}: packages with compiled code may not load; add actions/setup-python with python-version ${target.version}` +
      ' on a runner of that architecture for a check that counts'
  )
  return found
}

/** Code that is not compiled is the same on every architecture. */
async function importingPython(
  { layer, python = 'python3' }: BuildRequest,
  content: string,
  minor: number,
  deps: BuildDependencies
): Promise<FoundPython | null> {
  const version = `3.${minor}`
  const found = await findPython(version, python, deps)
  if (found === null) return null
  const target = pythonTarget({ ...layer, compatibleRuntimes: [`python${version}`] })
  const loadsIt = target !== null && suits(target, found)
  return loadsIt || !hasCompiledModules(join(content, 'python')) ? found : null
}

function hasCompiledModules(folder: string): boolean {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return false
  return readdirSync(folder, { recursive: true }).some(path => String(path).endsWith('.so'))
}

async function existing(folders: readonly string[]): Promise<readonly string[]> {
  const kinds = await Promise.all(folders.map(folder => stat(folder).catch(() => null)))
  return folders.filter((_, index) => kinds[index]?.isDirectory() === true)
}

/**
 * A folder with `python`, `python3` and `python3.x` as a virtual environment without packages has them (PEP 405), so that what the check starts in its turn with
 * `sys.executable`, or with -I, sees no package of the machine either. Gives the folder for PATH.
 */
async function isolatedPython(
  request: BuildRequest,
  { executable, version }: FoundPython,
  deps: BuildDependencies
): Promise<string> {
  const environment = await scratchFolder(request, 'check-python')
  const bin = await scratchFolder(request, 'check-python/bin')
  const base = await baseOf(executable, deps)
  const settings = `home = ${dirname(base)}\ninclude-system-site-packages = false\nversion = ${version}\n`
  await writeFile(join(environment, 'pyvenv.cfg'), settings)
  for (const name of ['python', 'python3', `python${version}`]) await symlink(base, join(bin, name))
  return bin
}

/** Of an interpreter that is itself one of a virtual environment, the one behind it. */
async function baseOf(executable: string, deps: BuildDependencies): Promise<string> {
  const program = 'import sys; print(getattr(sys, "_base_executable", None) or sys.executable)'
  const printed = (await succeeded([executable, '-I', '-c', program], deps))?.trim() ?? ''
  return printed.startsWith('/') ? realpath(printed).catch(() => executable) : executable
}

/**
 * A folder for the front of PYTHONPATH: whichever Python the check starts, it takes the machine's packages off the path, and lets modules of Lambda's runtime be imported
 * (`sitecustomize`, Python's documentation, "site").
 */
async function isolatingSite(request: BuildRequest): Promise<string> {
  const folder = await scratchFolder(request, 'check-site')
  const program = `import os, sys
kept = os.environ.get("PYTHONPATH", "").split(":")
library = os.path.dirname(os.__file__)
def stays(path):
    if path in kept or path in ("", os.getcwd()): return True
    return path.endswith(".zip") or (path + "/").startswith(library + "/") and "-packages" not in path[len(library):]
removed = [path for path in sys.path if not stays(path)]
sys.path[:] = [path for path in sys.path if stays(path)]
sys.meta_path[:] = [finder for finder in sys.meta_path if "__editable__" not in getattr(finder, "__module__", "")]
for name, module in list(sys.modules.items()):
    file = getattr(module, "__file__", None) or ""
    if any(file.startswith(path + "/") for path in removed if path): del sys.modules[name]
${runtimeStandIn}`
  await writeFile(join(folder, 'sitecustomize.py'), program)
  return folder
}
