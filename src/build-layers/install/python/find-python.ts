import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { succeeded, type BuildDependencies } from '../../command/run-command.js'
import type { MachineEnvironment } from './machine-environment.js'
import type { PythonTarget } from './python-target.js'

/** An interpreter of this machine. */
export interface FoundPython {
  /** Absolute path. */
  readonly executable: string
  /** `3.10` */
  readonly version: string
  /** As `platform.machine()` says it, with `linux-` or another system before it. */
  readonly machine: string
}

/** Whether what was compiled for the target runs under this interpreter. */
export function suits(target: PythonTarget, python: FoundPython): boolean {
  return python.version === target.version && python.machine === `linux-${target.architecture}`
}

/**
 * Finds the interpreter of the target's version: `python3.10` on PATH, the runner's own (default `python3`), the tool cache of GitHub's
 * runners, or one that uv knows of. `null` where the machine has none.
 */
export async function findPython(
  version: string,
  ordinary: string,
  environment: MachineEnvironment,
  deps: BuildDependencies
): Promise<FoundPython | null> {
  for (const candidate of [ordinary, `python${version}`, ...(await inToolCache(version, environment))]) {
    const found = await readPython(candidate, deps)
    if (found?.version === version) return found
  }
  const known = await succeeded(['uv', 'python', 'find', '--no-python-downloads', '--no-project', version], deps)
  const found = known === null ? null : await readPython(known.trim(), deps)
  return found?.version === version ? found : null
}

/** `null` where it does not run. */
export async function readPython(python: string, deps: BuildDependencies): Promise<FoundPython | null> {
  const program =
    "import platform,sys; print(sys.executable, '%d.%d' % sys.version_info[:2], sys.platform + '-' + platform.machine(), sep='\\n')"
  const printed = await succeeded([python, '-c', program], deps)
  const [executable, version, machine] = (printed ?? '').trim().split('\n')
  if (executable === undefined || version === undefined || machine === undefined) return null
  return { executable, version, machine }
}

/** `RUNNER_TOOL_CACHE/Python/3.10.16/x64/bin/python3.10`, which is not on PATH until actions/setup-python puts it there. Newest first. */
async function inToolCache(version: string, environment: MachineEnvironment): Promise<readonly string[]> {
  const cache = environment['RUNNER_TOOL_CACHE']
  if (cache === undefined || cache === '') return []
  const installed = await readdir(join(cache, 'Python')).catch(() => [])
  const patch = (release: string): number => Number(release.split('.')[2])
  const releases = installed.filter(name => new RegExp(`^${version.replace('.', '[.]')}[.]\\d+$`).test(name))
  releases.sort((a, b) => patch(b) - patch(a))
  const architecture = process.arch
  return releases.map(release => join(cache, 'Python', release, architecture, 'bin', `python${version}`))
}
