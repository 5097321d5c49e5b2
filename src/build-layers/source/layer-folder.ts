/** What a layer's folder holds, as far as it decides how the layer is built, and which of it is the team's own code and data. */
import { readdir, readlink, realpath, stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { parse } from 'smol-toml'
import { normalizedName } from '../../model/packages.js'
import { sourceText } from './source-text.js'

/** One name directly in the layer's folder; a link counts as what it points at. */
export interface FolderEntry {
  readonly name: string
  readonly kind: 'file' | 'folder' | 'other'
  /** A folder with `__init__.py`, or with Python code in it. */
  readonly isPackage: boolean
  /** A package without `__init__.py`. */
  readonly isNamespace?: boolean
  /** A link out of the folder, or to nothing. */
  readonly leadsOut?: boolean
}

/** What a layer's folder holds, as far as it decides how the layer is built. */
export interface LayerFolder {
  readonly entries: readonly FolderEntry[]
  /** The text of `pyproject.toml`, empty where there is none. */
  readonly pyproject: string
  /** The texts of `setup.py` and `setup.cfg`. */
  readonly setup: string
  /** Lists of dependencies, in the folder and in its `python/`, that name what `python/` does not hold. */
  readonly unmetLists: readonly string[]
}

export async function readLayerFolder(directory: string): Promise<LayerFolder> {
  const names = (await readdir(directory)).filter(name => name !== '.git')
  const entries = await Promise.all(names.map(name => readEntry(directory, name)))
  const [pyproject = '', ...setup] = await Promise.all(
    ['pyproject.toml', 'setup.py', 'setup.cfg'].map(name => sourceText(join(directory, name)))
  )
  return { entries, pyproject, setup: setup.join('\n'), unmetLists: await unmetLists(directory, entries) }
}

async function readEntry(directory: string, name: string): Promise<FolderEntry> {
  const path = join(directory, name)
  const isLink = await readlink(path).then(
    () => true,
    () => false
  )
  const leadsOut = isLink && !(await staysIn(directory, path))
  const kind = leadsOut ? 'other' : await kindOf(path)
  const entry = { name, kind, isPackage: false, ...(leadsOut ? { leadsOut } : {}) } as const
  if (kind !== 'folder') return entry
  if ((await kindOf(join(path, '__init__.py'))) === 'file') return { ...entry, isPackage: true }
  return (await holdsCode(path, deepest)) ? { ...entry, isPackage: true, isNamespace: true } : entry
}

const deepest = 4

/** Code that is no test. */
async function holdsCode(folder: string, depth: number): Promise<boolean> {
  const inside = await readdir(folder, { withFileTypes: true }).catch(() => [])
  if (
    inside.some(each => each.isFile() && /^(?!test_|conftest)\w+(\.(cpython-|abi3)[\w-]*)?\.(py|so)$/.test(each.name))
  )
    return true
  for (const each of depth > 0 ? inside : []) {
    if (each.isDirectory() && /^[A-Za-z]\w*$/.test(each.name) && (await holdsCode(join(folder, each.name), depth - 1)))
      return true
  }
  return false
}

async function staysIn(directory: string, path: string): Promise<boolean> {
  const [root, real] = [await realpath(directory), await realpath(path).catch(() => null)]
  const away = real === null ? '..' : relative(root, real)
  return away !== '..' && !away.startsWith(`..${sep}`)
}

async function kindOf(path: string): Promise<FolderEntry['kind']> {
  const stats = await stat(path).catch(() => null)
  return stats?.isFile() === true ? 'file' : stats?.isDirectory() === true ? 'folder' : 'other'
}

/** Lists of what is needed when the code runs; those for developers have other names. */
export const dependencyList =
  /^(requirements([-_.](prod|production|base|main|common|runtime|lambda|layer))?\.(txt|in)|Pipfile(\.lock)?|(poetry|uv|pdm)\.lock|pylock(\.[\w-]+)?\.toml|environment\.ya?ml)$/
/** In a folder `requirements/`, where a team keeps one for each purpose. */
const listInFolder = /^requirements\/(requirements|base|prod|production|main|common|runtime|lambda|layer)\.(txt|in)$/
const projectFile = /^(pyproject\.toml|setup\.py|setup\.cfg)$/

async function unmetLists(directory: string, entries: readonly FolderEntry[]): Promise<readonly string[]> {
  const inPython = await readdir(join(directory, 'python')).catch(() => [])
  const installed = installedVersions(await installedFolders(directory, inPython))
  const lists = [
    ...entries.filter(({ kind }) => kind === 'file').map(({ name }) => name),
    ...(await namesIn(directory, 'requirements')).filter(path => listInFolder.test(path)),
    ...inPython.filter(name => dependencyList.test(name) || projectFile.test(name)).map(name => `python/${name}`)
  ]
  const unmet: string[] = []
  for (const path of lists) {
    const text = await sourceText(join(directory, path))
    if (!isMet(path, text, installed)) unmet.push(path)
  }
  return unmet
}

async function namesIn(directory: string, folder: string): Promise<readonly string[]> {
  const names = await readdir(join(directory, folder)).catch((): string[] => [])
  return names.sort().map(name => `${folder}/${name}`)
}

async function installedFolders(directory: string, inPython: readonly string[]): Promise<readonly string[]> {
  const library = join(directory, 'python/lib')
  const versions = await readdir(library).catch(() => [])
  const more = await Promise.all(
    versions.map(version => readdir(join(library, version, 'site-packages')).catch((): string[] => []))
  )
  return [...inPython, ...more.flat()]
}

function installedVersions(names: readonly string[]): ReadonlyMap<string, string> {
  const found = names.flatMap(name => {
    const [, project = '', version = ''] = /^(.+?)-([^-]+)\.(?:dist|egg)-info$/.exec(name) ?? []
    return project === '' ? [] : [[normalizedName(project), version] as const]
  })
  return new Map(found)
}

function isMet(path: string, text: string, installed: ReadonlyMap<string, string>): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1)
  if (name === 'pyproject.toml') return !declaresDependencies(text)
  if (name === 'setup.cfg') return !/^[ \t]*install_requires[ \t]*=/m.test(text)
  if (name === 'setup.py') return !path.includes('/')
  if (!dependencyList.test(name) && !listInFolder.test(path)) return true
  if (!path.startsWith('requirements') && !name.startsWith('requirements')) return false
  return requirementLines(text).every(line => {
    const [, project, pinned] = /^([A-Za-z0-9][\w.-]*)\s*(?:\[[^\]]*\])?\s*(?:===?\s*([\w.+!-]+))?/.exec(line) ?? []
    const version = project === undefined || / @ |:\/\//.test(line) ? undefined : installed.get(normalizedName(project))
    return version !== undefined && (pinned === undefined || pinned === version)
  })
}

/** Options that name no requirement are no lines. */
function requirementLines(text: string): readonly string[] {
  return (
    text
      .replace(/\\\r?\n/g, ' ')
      .split(/\r?\n/)
      .map(line => line.replace(/(^|\s)#.*$/, '').trim())
      .filter(line => line !== '' && !/^(-c|-i|--(?!requirement|editable))/.test(line))
      // The project itself.
      .filter(line => !/^(-e\s*|--editable[\s=]+)?\.\/?(\[[^\]]*\])?$/.test(line))
  )
}

/**
 * Whether a project says what it needs when it runs, there or where its backend reads it (PEP 621; Poetry, flit 1). A text that is no TOML
 * is the backend's to refuse.
 */
export function declaresDependencies(pyproject: string): boolean {
  let document: Table
  try {
    document = parse(pyproject)
  } catch {
    return false
  }
  const [project, tool] = [table(document['project']), table(document['tool'])]
  const poetry = Object.keys(table(table(tool['poetry'])['dependencies'])).filter(name => name !== 'python')
  const flit = table(table(tool['flit'])['metadata'])['requires']
  return (
    list(project['dependencies']).length > 0 ||
    list(project['dynamic']).includes('dependencies') ||
    list(flit).length > 0 ||
    poetry.length > 0
  )
}

/** The same of `setup.py` and `setup.cfg`, by the words that a project which says it must use; pbr reads requirements.txt itself. */
export function mentionsDependencies(setup: string): boolean {
  return /install_requires|requirements|dependencies|\bpbr\b/.test(setup)
}

type Table = Readonly<Record<string, unknown>>

function table(value: unknown): Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Table) : {}
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** Of those that setuptools leaves out in "Package discovery" the plain ones. */
const notPartOfProject =
  /^(tests?|docs?|documentation|examples?|benchmarks?|bench|build|dist|venv|env|htmlcov|conftest|setup|toxfile|noxfile|fabfile|tasks|node_modules|__pycache__|.*[.](egg|dist)-info|[.].*)$/
/** Without `__init__.py` these are scripts, not namespace packages. */
const notNamespaces =
  /^(ci|bin|lib|scripts?|infra|infrastructure|terraform|cdk|deploy|deployment|debian|changelog|news|newsfragments)$/
/** What the tools around a project read, and what people read. */
const aroundProject =
  /^([.].*|readme.*|licen[cs]e.*|copying.*|notice.*|authors.*|contributors.*|contributing.*|change(s|log).*|history.*|security.*|code_of_conduct.*|codeowners|owners|version|makefile|dockerfile.*|justfile|procfile|(docker-)?compose.*|jenkinsfile|manifest\.in|tox\.ini|pytest\.ini|mypy\.ini|setup\.cfg|pyproject\.toml|package(-lock)?\.json|tsconfig.*\.json|pyrightconfig\.json|renovate\.json|cdk\.json|cdk\.context\.json|template\.(ya?ml|json)|samconfig\.(toml|ya?ml)|serverless\.ya?ml|buildspec.*|(codecov|mkdocs|netlify|azure-pipelines|bitbucket-pipelines|appveyor|cloudbuild|sonar-project|catalog-info|environment)\.(ya?ml|properties)|(requirements|constraints)[\w.-]*|.*\.(md|rst|adoc|lock|cfg|ini|sh|bat|ps1|tf|tfvars|log|patch|diff))$/i
const dataFile =
  /\.(json|jsonl|ya?ml|toml|csv|tsv|xml|xsd|wsdl|sql|html?|css|js|jinja2?|j2|tmpl|txt|pem|crt|der|p12|parquet|avro|avsc|proto|npy|npz|pkl|pickle|joblib|onnx|h5|db|sqlite3?|mo|po|ttf|otf|png|jpe?g|gif|svg|ico|pdf|xlsx?|docx?|zip|gz|bin|dat|pb)$/i

/** The importable packages and modules at the top of the folder. */
export function packagesOf(folder: readonly FolderEntry[]): readonly string[] {
  return folder
    .filter(isCode)
    .filter(({ kind }) => kind !== 'other')
    .map(({ name }) => name)
    .sort()
}

/** Code, links that may be code included. */
export function codeIn(folder: readonly FolderEntry[]): readonly FolderEntry[] {
  return folder.filter(isCode)
}

function isCode({ name, kind, isPackage, isNamespace, leadsOut }: FolderEntry): boolean {
  const stem = name.replace(/\.(py|so)$/, '')
  if (notPartOfProject.test(stem)) return false
  if (leadsOut === true) return !aroundProject.test(name)
  if (kind === 'file')
    return name.endsWith('.py') || (name.endsWith('.so') && /^\w+(\.(cpython-|abi3)[\w.-]*)?$/.test(stem))
  return isPackage && !(isNamespace === true && notNamespaces.test(name))
}

/** Files that the code may read, and folders of such. */
export function dataIn(folder: readonly FolderEntry[]): readonly FolderEntry[] {
  return folder.filter(({ name, kind, isPackage }) => {
    if (notPartOfProject.test(name) || aroundProject.test(name) || dependencyList.test(name)) return false
    if (kind === 'file') return dataFile.test(name)
    return kind === 'folder' && !isPackage && !notNamespaces.test(name)
  })
}

export function beside(folder: readonly FolderEntry[], taken: readonly string[]): readonly FolderEntry[] {
  const tops = new Set(taken.map(path => path.split('/')[0]))
  return folder.filter(({ name }) => !tops.has(name))
}

export function namesOf(folder: readonly FolderEntry[]): string {
  const names = folder.map(({ name, kind }) => (kind === 'folder' ? `${name}/` : name)).sort()
  return names.slice(0, 5).join(', ') + (names.length > 5 ? ` and ${names.length - 5} more` : '')
}
