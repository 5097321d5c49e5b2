/** What a project installs, as lists that installers read, and the version that it gets where there is no git to ask. */
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sha256Hex } from '../../model/digest.js'
import type { ContentMethod } from '../source/choose-method.js'
import { scratchFolder, type BuildRequest, type SourceRevision } from '../build-request.js'
import { copySource } from '../source/copy-source.js'
import { runBuildCommand, type BuildDependencies } from '../command/run-command.js'
import type { InstallerSetup } from './install-packages.js'
import { pythonTarget, type PythonTarget } from './python/python-target.js'
import {
  builtWheel,
  requirementOf,
  writeList,
  asInstallable,
  lockedList,
  type Lists
} from './requirements/installable-list.js'
import { readRequirements } from './requirements/requirement-list.js'
import {
  dependencyNames,
  memberGlobs,
  namedSources,
  parsePyproject,
  projectName,
  strangersRefused
} from './project-sources.js'
import { sourceText } from '../source/source-text.js'

type ProjectMethod = ContentMethod & { readonly kind: 'project' }

/** Builds the project's wheel in a copy and gives it with what it needs: what its lock pins, what its own tool resolves, or what its wheel asks for. */
export async function projectLists(
  request: BuildRequest,
  method: ProjectMethod,
  setup: InstallerSetup,
  deps: BuildDependencies
): Promise<Lists> {
  // Building writes build/ and *.egg-info next to the code.
  const project = await scratchFolder(request, 'project')
  await copySource(request.sourceDirectory, ['.'], project)
  const text = await sourceText(join(project, 'pyproject.toml'))
  const pyproject = parsePyproject(text)
  const needed = dependencyNames(pyproject)
  const sources = namedSources(pyproject, await memberNames(project, memberGlobs(pyproject)))
  const meant = needed.length === 0 ? [] : sources.filter(({ name }) => name === null || needed.includes(name))
  const readsThem = setup.program === 'uv' && meant.every(({ tool }) => tool === 'uv')
  if (method.lock === null && meant.length > 0 && !readsThem) throw strangersRefused(meant, setup.program)

  const env = await versionFor(request, project, projectName(pyproject), deps)
  const wheel = await builtWheel(setup, project, await scratchFolder(request, 'wheel'), deps, env)
  const own = requirementOf(wheel)
  if (method.lock === null && meant.length === 0) {
    return { files: [await writeList(request, 'own', `${own}\n`)], complete: false }
  }
  // With one digest given, all are demanded: the wheel's own too.
  const hashed = `${own} --hash=sha256:${sha256Hex(await readFile(wheel))}\n`
  const list =
    method.lock === null
      ? await resolvedList(request, project, setup, deps)
      : await lockedList(request, method.lock, project, setup, deps)
  return { files: [list, await writeList(request, 'own', hashed)], complete: true }
}

/** uv's own resolution, which reads where the project says that packages come from. */
async function resolvedList(
  request: BuildRequest,
  project: string,
  setup: InstallerSetup,
  deps: BuildDependencies
): Promise<string> {
  const file = join(await scratchFolder(request, 'resolved'), 'requirements.txt')
  const target = pythonTarget(request.layer)
  const argv = [
    ...([
      'uv',
      'pip',
      'compile',
      'pyproject.toml',
      '--quiet',
      '--generate-hashes',
      '--no-header',
      '--no-annotate'
    ] as const),
    ...['--no-progress', '--color=never', '--no-python-downloads', '--python', setup.python, '--output-file', file],
    ...(target === null ? [] : versionArgs(target))
  ] as const
  const purpose = {
    what: 'resolving the project with uv',
    mend: 'correct the dependencies and [tool.uv.sources] in pyproject.toml, commit uv.lock, or watch the folder of the workspace with also-watch',
    mendMissing: 'add a step that installs uv (astral-sh/setup-uv) before this action'
  }
  await runBuildCommand({ argv, cwd: project, env: setup.environment }, purpose, deps)
  if (deps.outside !== undefined) await writeFile(file, deps.outside(await sourceText(file)))
  return asInstallable(request, setup, await readRequirements(file, project), file, deps, project)
}

function versionArgs({ version, architecture }: PythonTarget): readonly string[] {
  return [`--python-version=${version}`, `--python-platform=${architecture}-manylinux2014`]
}

/** `packages/*` of a workspace, as far as globs of one star go. */
async function memberNames(project: string, globs: readonly string[]): Promise<readonly string[]> {
  const names: string[] = []
  for (const glob of globs) {
    const afterParent = glob.lastIndexOf('/') + 1
    const [parent, last] = [glob.slice(0, afterParent), glob.slice(afterParent)]
    const folders = last.includes('*') ? await readdir(join(project, parent)).catch(() => []) : [last]
    for (const folder of folders) {
      const text = await sourceText(join(project, parent, folder, 'pyproject.toml'))
      const name = text === '' ? null : projectName(parsePyproject(text))
      if (name !== null) names.push(name)
    }
  }
  return names
}

/** What the build is told instead of asking git, where the project would. */
async function versionFor(
  { revision, layer }: BuildRequest,
  project: string,
  name: string | null,
  deps: BuildDependencies
): Promise<Readonly<Record<string, string>>> {
  const files = ['pyproject.toml', 'setup.cfg', 'setup.py'].map(file => sourceText(join(project, file)))
  if (revision === undefined || !asksGitForVersion(await Promise.all(files))) return {}
  const version = await versionOf(revision)
  deps.log.info(
    `The project of layer ${layer.id} takes its version from git: it is told ${version}, of ${revision.objectId}`
  )
  const info = join(project, 'PKG-INFO')
  if ((await stat(info).catch(() => null)) === null) await writeFile(info, packageInfo(version, name))
  return versionEnvironment(version, name)
}

/** Tools that take the version from tags, by their name in pyproject.toml, setup.cfg or setup.py. */
const versionTools =
  /setuptools[-_]scm|hatch-vcs|versioningit|\bpbr\b|poetry-dynamic-versioning|uv-dynamic-versioning|setuptools-git-versioning|\bsource\s*=\s*["']scm["']/

export function asksGitForVersion(texts: readonly string[]): boolean {
  return texts.some(text => versionTools.test(text))
}

/**
 * The version of a commit: its own tag's, else `0.0.0+g<commit>`. Never counted from an older tag: how far that is a shallow clone does not know, and the same commit
 * must give the same version everywhere. Of several tags the highest version.
 */
export async function versionOf({ objectId, tags }: SourceRevision): Promise<string> {
  const versions = (await tags()).flatMap(tag => versionInTag(tag) ?? []).sort(byNumbers)
  return versions.at(-1) ?? `0.0.0+g${objectId.slice(0, 12)}`
}

/** `v1.2.3`, `release-1.2`, `da_flask-2.0rc1` → what stands after the name (PEP 440, without epochs and local versions). */
export function versionInTag(tag: string): string | null {
  return /(?:^|[-_/])v?(\d+(?:\.\d+)*(?:[-_.]?(?:a|b|rc|alpha|beta|post|dev)[-_.]?\d*)?)$/i.exec(tag)?.[1] ?? null
}

function byNumbers(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true })
}

/** What each tool takes instead of asking git. `name`: of the project, where it is known. */
export function versionEnvironment(version: string, name: string | null): Readonly<Record<string, string>> {
  const own = name === null ? '' : `_FOR_${name.toUpperCase().replace(/[-_.]+/g, '_')}`
  return {
    [`SETUPTOOLS_SCM_PRETEND_VERSION${own}`]: version,
    // hatch-vcs does not say whose version it asks for.
    SETUPTOOLS_SCM_PRETEND_VERSION: version,
    PBR_VERSION: version,
    POETRY_DYNAMIC_VERSIONING_BYPASS: version,
    UV_DYNAMIC_VERSIONING_BYPASS: version,
    PDM_BUILD_SCM_VERSION: version
  }
}

/** For tools without such a variable (versioningit, setuptools-git-versioning): the metadata that a source distribution has instead of git. */
function packageInfo(version: string, name: string | null): string {
  return `Metadata-Version: 2.1\nName: ${name ?? 'unknown'}\nVersion: ${version}\n`
}
