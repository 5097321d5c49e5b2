import { chmod, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { scratchFolder, type BuildRequest } from './build-request.js'
import { copyFolder } from './source/copy-source.js'
import { findPython, readPython, suits, type FoundPython } from './install/python/find-python.js'
import { readMachineEnvironment, type MachineEnvironment } from './install/python/machine-environment.js'
import { pythonTarget, type PythonTarget } from './install/python/python-target.js'
import { runShell, type BuildDependencies } from './command/run-command.js'

/**
 * Runs `build.check` with what will be packed on the paths that Lambda gives a layer, in an empty folder, so that nothing but the layer can be imported. `python` and
 * `python3` are the layer's Python where this machine has it; else a warning says under what the check ran. Throws `BUILD_FAILED`.
 */
export async function checkContent(request: BuildRequest, content: string, deps: BuildDependencies): Promise<void> {
  const { build, id } = request.layer
  if (build.check === null) return
  const checked = build.exclude.length === 0 ? content : await withoutExcluded(request, content, build.exclude)
  const machine = await readMachineEnvironment(deps)
  const target = pythonTarget(request.layer)
  const python = target === null ? null : await pythonFor(target, request, machine, deps)
  const path = [
    ...(python === null ? [] : [await commandsFor(request, python)]),
    ...(await existing([join(checked, 'bin')])),
    machine['PATH'] ?? ''
  ]
  const libraries = await existing([join(checked, 'lib')])
  const env = {
    PATH: path.join(':'),
    PYTHONPATH: pythonPath(checked, target).join(':'),
    NODE_PATH: join(checked, 'nodejs/node_modules'),
    LAYER_SOURCE_DIR: request.sourceDirectory,
    ...(libraries.length === 0 ? {} : { LD_LIBRARY_PATH: libraries.join(':') })
  }
  await runShell(build.check, await scratchFolder(request, 'check'), env, `build.check of layer ${id}`, deps)
}

/** AWS Lambda Developer Guide, "Layer paths for each Lambda runtime". */
function pythonPath(content: string, target: PythonTarget | null): readonly string[] {
  const own = target === null ? [] : [join(content, 'python/lib', `python${target.version}`, 'site-packages')]
  return [join(content, 'python'), ...own]
}

async function withoutExcluded(request: BuildRequest, content: string, exclude: readonly string[]): Promise<string> {
  const checked = await scratchFolder(request, 'checked')
  await copyFolder(content, checked, exclude)
  return checked
}

async function pythonFor(
  target: PythonTarget,
  { python = 'python3', layer }: BuildRequest,
  machine: MachineEnvironment,
  deps: BuildDependencies
): Promise<FoundPython | null> {
  const found = (await findPython(target.version, python, machine, deps)) ?? (await readPython(python, deps))
  if (found === null || suits(target, found)) return found
  deps.log.warning(
    `build.check of layer ${layer.id} runs under Python ${found.version} on ${found.machine}, the layer is for ${target.version} on ` +
      `${target.architecture}: packages with compiled code may not load; add actions/setup-python with python-version ${target.version}` +
      ' on a runner of that architecture for a check that counts'
  )
  return found
}

/** Commands, not links: a link would lead a virtual environment's interpreter out of it. */
async function commandsFor(request: BuildRequest, { executable, version }: FoundPython): Promise<string> {
  const folder = await scratchFolder(request, 'check-bin')
  const script = `#!/bin/sh\nexec '${executable.replaceAll("'", `'\\''`)}' "$@"\n`
  for (const name of ['python', 'python3', `python${version}`]) {
    await writeFile(join(folder, name), script)
    await chmod(join(folder, name), 0o755)
  }
  return folder
}

async function existing(folders: readonly string[]): Promise<readonly string[]> {
  const kinds = await Promise.all(folders.map(folder => stat(folder).catch(() => null)))
  return folders.filter((_, index) => kinds[index]?.isDirectory() === true)
}
