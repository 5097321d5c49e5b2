/** A Python that has the layer and the standard library, and none of the packages of the machine. */
import { realpath, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { scratchFolder, type BuildRequest } from './build-request.js'
import { runtimeStandIn } from './inspect/imports/runtime-stand-in.js'
import type { FoundPython } from './install/python/find-python.js'
import { succeeded, type BuildDependencies } from './command/run-command.js'

/**
 * A folder with `python`, `python3` and `python3.x` as a virtual environment without packages has them (PEP 405), so that what the check starts in its turn with
 * `sys.executable`, or with -I, sees no package of the machine either. Gives the folder for PATH.
 */
export async function isolatedPython(
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
export async function isolatingSite(request: BuildRequest): Promise<string> {
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
