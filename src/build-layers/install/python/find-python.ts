import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { succeeded, type BuildDependencies, readMachineEnvironment } from '../../command/run-command.js'
import type { ProcessRunner } from '../../../ports/process.js'
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
export function findPython(version: string, ordinary: string, deps: BuildDependencies): Promise<FoundPython | null> {
  return once(`${version} ${ordinary}`, deps, async () => {
    for await (const candidate of candidates(version, ordinary, deps)) {
      const found = await readPython(candidate, deps)
      if (found?.version === version) return found
    }
    return null
  })
}

/** The next one is looked for where the ones before it did not do. */
async function* candidates(version: string, ordinary: string, deps: BuildDependencies): AsyncGenerator<string> {
  yield* [ordinary, `python${version}`]
  yield* await inToolCache(version, deps)
  const known = await succeeded(['uv', 'python', 'find', '--no-python-downloads', '--no-project', version], deps)
  if (known !== null) yield known.trim()
}

/** `null` where it does not run. */
export function readPython(python: string, deps: BuildDependencies): Promise<FoundPython | null> {
  return once(python, deps, async () => {
    const program =
      "import platform,sys; print(sys.executable, '%d.%d' % sys.version_info[:2], sys.platform + '-' + platform.machine(), sep='\\n')"
    const printed = await succeeded([python, '-c', program], deps)
    const [executable, version, machine] = (printed ?? '').trim().split('\n')
    if (executable === undefined || version === undefined || machine === undefined) return null
    return { executable, version, machine }
  })
}

const answers = new WeakMap<ProcessRunner, Map<string, Promise<FoundPython | null>>>()

/** Which Pythons the machine has does not change while a run builds its layers; a pyenv takes half a second for each question. */
function once(
  question: string,
  deps: BuildDependencies,
  ask: () => Promise<FoundPython | null>
): Promise<FoundPython | null> {
  const known = answers.get(deps.process) ?? new Map<string, Promise<FoundPython | null>>()
  answers.set(deps.process, known)
  const answer = known.get(question) ?? ask()
  known.set(question, answer)
  return answer
}

/** `RUNNER_TOOL_CACHE/Python/3.10.16/x64/bin/python3.10`, which is not on PATH until actions/setup-python puts it there. Newest first. */
async function inToolCache(version: string, deps: BuildDependencies): Promise<readonly string[]> {
  const { RUNNER_TOOL_CACHE: cache } = await readMachineEnvironment(deps)
  if (cache === undefined || cache === '') return []
  const installed = await readdir(join(cache, 'Python')).catch(() => [])
  const patch = (release: string): number => Number(release.split('.')[2])
  const releases = installed.filter(name => new RegExp(`^${version.replace('.', '[.]')}[.]\\d+$`).test(name))
  releases.sort((a, b) => patch(b) - patch(a))
  const architecture = process.arch
  return releases.map(release => join(cache, 'Python', release, architecture, 'bin', `python${version}`))
}
