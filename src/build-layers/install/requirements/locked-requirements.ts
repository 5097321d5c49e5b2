/** What a lock pins, as a list that installers read: exported by the tool that wrote it, or read here (`pylock.toml`). */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'smol-toml'
import { CodedError } from '../../../model/errors.js'
import { runBuildCommand, succeeds, type BuildDependencies } from '../../command/run-command.js'
import type { LockFile } from '../../source/choose-method.js'
import { installerEnvironment } from '../installer-environment.js'
import { sourceText } from '../../source/source-text.js'

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

type Table = Readonly<Record<string, unknown>>

/**
 * `pylock.toml` (Python packaging user guide, "pylock.toml Specification") as a requirements list with digests.
 * Throws `BUILD_FAILED` for what cannot be said in a list: another version of the format, conditions on extras and groups.
 */
export function requirementsOfPylock(text: string): string {
  const lock = readable(text)
  if (!/^1\./.test(String(lock['lock-version'])))
    throw unreadable(`lock-version ${JSON.stringify(lock['lock-version'])}`)
  const packages = Array.isArray(lock['packages']) ? (lock['packages'] as Table[]) : []
  return packages.map(each => `${requirement(each)}\n`).join('')
}

function requirement(each: Table): string {
  const name = textOf(each['name'])
  const marker = typeof each['marker'] === 'string' ? each['marker'] : ''
  if (/\b(extras|dependency_groups)\b/.test(marker)) throw unreadable(`a condition of ${name} on extras or groups`)
  const condition = marker === '' ? '' : ` ; ${marker}`
  const { directory, vcs, archive, version } = each
  if (isTable(directory)) return `${name} @ file:${textOf(directory['path'])}${condition}`
  if (isTable(vcs)) {
    if (vcs['type'] !== 'git') throw unreadable(`${name} from ${textOf(vcs['type'])}`)
    const below = vcs['subdirectory'] === undefined ? '' : `#subdirectory=${textOf(vcs['subdirectory'])}`
    const address = textOf(vcs['url'] ?? vcs['path'])
    return `${name} @ git+${address}@${textOf(vcs['commit-id'])}${below}${condition}`
  }
  if (isTable(archive)) {
    const address = archive['url'] === undefined ? `file:${textOf(archive['path'])}` : textOf(archive['url'])
    return `${name} @ ${address}${condition}${digests([archive])}`
  }
  const wheels = Array.isArray(each['wheels']) ? (each['wheels'] as Table[]) : []
  const files = [...wheels, ...(isTable(each['sdist']) ? [each['sdist']] : [])]
  if (typeof version !== 'string' || files.length === 0) throw unreadable(`${name} without a version and files`)
  return `${name}==${version}${condition}${digests(files)}`
}

function digests(files: readonly Table[]): string {
  const all = files.flatMap(file => {
    const hashes = isTable(file['hashes']) ? file['hashes'] : {}
    return typeof hashes['sha256'] === 'string' ? [hashes['sha256']] : []
  })
  if (all.length === 0) throw unreadable('a file without a SHA-256')
  return [...new Set(all)].map(digest => ` --hash=sha256:${digest}`).join('')
}

function readable(text: string): Table {
  try {
    return parse(text)
  } catch (cause) {
    throw unreadable(cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause))
  }
}

function unreadable(found: string): CodedError {
  return new CodedError('BUILD_FAILED', {
    expected: 'a pylock.toml of version 1 that pins every package for one use',
    found,
    mend: 'export the lock for the layer alone, or name a requirements file in build.requirements'
  })
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  throw unreadable('a package without a name or an address')
}

function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
