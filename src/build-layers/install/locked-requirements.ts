import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CodedError } from '../../model/errors.js'
import { runBuildCommand, succeeds, type BuildDependencies } from '../command/run-command.js'
import type { LockFile } from '../source/choose-method.js'
import { installerEnvironment } from './installer-environment.js'
import { requirementsOfPylock } from './requirements/pylock.js'
import { sourceText } from '../source/source-text.js'

interface LockTool {
  readonly program: 'uv' | 'poetry' | 'pdm' | 'pipenv'
  /** Where the program, or the part of it that exports, is missing. */
  readonly mend: string
  /** Writes the requirements to `file`, or prints them. */
  readonly argv: (file: string) => readonly [string, ...string[]]
  readonly prints: boolean
}

/** What each tool calls its export, dependencies of the layer only: uv "uv export", poetry-plugin-export, Pipenv "requirements". */
const lockTools: Readonly<Record<Exclude<LockFile, 'pylock.toml'>, LockTool>> = {
  'uv.lock': {
    program: 'uv',
    mend: 'add a step that installs uv (astral-sh/setup-uv) before this action',
    argv: file => [
      ...([
        'uv',
        'export',
        '--frozen',
        '--no-dev',
        '--no-default-groups',
        '--no-emit-project',
        '--no-editable'
      ] as const),
      ...['--format=requirements-txt', '--no-header', '--no-annotate', '--no-progress', '--color=never', '--quiet'],
      ...['--no-python-downloads', '--output-file', file]
    ],
    prints: false
  },
  'poetry.lock': {
    program: 'poetry',
    mend: 'add a step that installs poetry and poetry-plugin-export before this action',
    argv: file => [
      ...(['poetry', 'export', '--no-interaction', '--no-ansi'] as const),
      ...['--format=requirements.txt', '--output', file]
    ],
    prints: false
  },
  'pdm.lock': {
    program: 'pdm',
    mend: 'add a step that installs pdm before this action',
    argv: file => ['pdm', 'export', '--prod', '--format', 'requirements', '--output', file],
    prints: false
  },
  'Pipfile.lock': {
    program: 'pipenv',
    mend: 'add a step that installs pipenv before this action',
    argv: () => ['pipenv', 'requirements', '--hash'],
    prints: true
  }
}

/**
 * Writes what a lock pins, with its digests, as a requirements file into `scratch` and gives its path. `folder` holds the lock.
 * What a lock pins is never resolved anew: without its tool the build fails (`BUILD_FAILED`).
 */
export async function exportLock(
  lock: LockFile,
  folder: string,
  scratch: string,
  deps: BuildDependencies
): Promise<string> {
  const file = join(scratch, 'locked-requirements.txt')
  if (lock === 'pylock.toml') {
    await writeFile(file, requirementsOfPylock(await sourceText(join(folder, lock))))
    return file
  }
  const tool = lockTools[lock]
  const { program } = tool
  const orElse = `or name a requirements file in build.requirements, or delete ${lock}`
  if (!(await succeeds([program, '--version'], deps))) {
    throw new CodedError('BUILD_FAILED', {
      expected: `${program} to export ${lock}`,
      found: 'none that runs',
      mend: `${tool.mend}, ${orElse}`
    })
  }
  const purpose = {
    what: `exporting ${lock} with ${program}`,
    mend: `${tool.mend} in a version that reads this ${lock}, ${orElse}`,
    mendMissing: tool.mend
  }
  const command = { argv: tool.argv(file), cwd: folder, env: { ...installerEnvironment, ...exportEnvironment } }
  const { stdout } = await runBuildCommand(command, purpose, tool.prints ? withoutLog(deps) : deps)
  if (tool.prints) {
    await writeFile(file, requirementsOf(Buffer.from(stdout).toString(), await sourceText(join(folder, lock))))
  } else if (deps.outside !== undefined) {
    // Members stand in it by their paths as the tool saw them.
    await writeFile(file, deps.outside(await sourceText(file)))
  }
  return file
}

const exportEnvironment = {
  PIPENV_IGNORE_VIRTUALENVS: '1',
  PIPENV_VERBOSITY: '-1',
  PIPENV_YES: '1',
  // Without a group named, poetry exports the main one, also where the project has none.
  POETRY_VIRTUALENVS_CREATE: 'false',
  PDM_CHECK_UPDATE: '0',
  PDM_NO_SELF: '1'
}

/** Pipenv writes the index of its template into every Pipfile, as `pypi`: where nothing else is named, the machine's own index stands. */
export function requirementsOf(printed: string, lock: string): string {
  const onlyTemplate = sourceNames(lock).every(name => name === 'pypi')
  const lines = printed.split(/\r?\n/).filter(line => !(onlyTemplate && /^(-i|--index-url)[ =]/.test(line)))
  return lines.join('\n')
}

function sourceNames(lock: string): readonly unknown[] {
  const { _meta } = JSON.parse(lock) as { _meta?: { sources?: readonly { name?: unknown }[] } }
  return (_meta?.sources ?? []).map(({ name }) => name)
}

function withoutLog(deps: BuildDependencies): BuildDependencies {
  const info = (message: string): void => {
    deps.log.debug(message)
  }
  return { ...deps, log: { ...deps.log, info } }
}
