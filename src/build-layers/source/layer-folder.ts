import { readdir, readFile, readlink, realpath, stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'

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
  /** Lists of dependencies, in the folder and in its `python/`, that name what `python/` does not hold. */
  readonly unmetLists: readonly string[]
}

export async function readLayerFolder(directory: string): Promise<LayerFolder> {
  const names = (await readdir(directory)).filter(name => name !== '.git')
  const entries = await Promise.all(names.map(name => readEntry(directory, name)))
  const pyproject = await textOf(join(directory, 'pyproject.toml'))
  return { entries, pyproject, unmetLists: await unmetLists(directory, entries) }
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

function textOf(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '')
}

/** Lists of what is needed when the code runs; those for developers have other names. */
export const dependencyList =
  /^(requirements([-_.](prod|production|base|main|common|runtime|lambda|layer))?\.(txt|in)|Pipfile(\.lock)?|(poetry|uv|pdm)\.lock|pylock(\.[\w-]+)?\.toml|environment\.ya?ml)$/
const projectFile = /^(pyproject\.toml|setup\.py|setup\.cfg)$/

async function unmetLists(directory: string, entries: readonly FolderEntry[]): Promise<readonly string[]> {
  const inPython = await readdir(join(directory, 'python')).catch(() => [])
  const installed = installedVersions(await installedFolders(directory, inPython))
  const lists = [
    ...entries.filter(({ kind }) => kind === 'file').map(({ name }) => name),
    ...inPython.filter(name => dependencyList.test(name) || projectFile.test(name)).map(name => `python/${name}`)
  ]
  const unmet: string[] = []
  for (const path of lists) {
    const text = await textOf(join(directory, path))
    if (!isMet(path, text, installed)) unmet.push(path)
  }
  return unmet
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
    return project === '' ? [] : [[normalized(project), version] as const]
  })
  return new Map(found)
}

function isMet(path: string, text: string, installed: ReadonlyMap<string, string>): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1)
  if (name === 'pyproject.toml') return !declaresDependencies(text)
  if (name === 'setup.cfg') return !/^[ \t]*install_requires[ \t]*=/m.test(text)
  if (name === 'setup.py') return !path.includes('/')
  if (!dependencyList.test(name)) return true
  if (!name.startsWith('requirements')) return false
  return requirementLines(text).every(line => {
    const [, project, pinned] = /^([A-Za-z0-9][\w.-]*)\s*(?:\[[^\]]*\])?\s*(?:===?\s*([\w.+!-]+))?/.exec(line) ?? []
    const version = project === undefined || / @ |:\/\//.test(line) ? undefined : installed.get(normalized(project))
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

function normalized(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-')
}

/** Whether a project says what it needs when it runs, there or where its backend reads it. */
export function declaresDependencies(pyproject: string): boolean {
  const project = tableOf(pyproject, 'project')
  const listed = /^[ \t]*dependencies[ \t]*=[ \t]*\[([^\]]*)\]/m.exec(project)?.[1] ?? ''
  const dynamic = /^[ \t]*dynamic[ \t]*=[ \t]*\[([^\]]*)\]/m.exec(project)?.[1] ?? ''
  const poetry = tableOf(pyproject, 'tool\\.poetry\\.dependencies')
  return (
    /["']/.test(listed) ||
    /["']dependencies["']/.test(dynamic) ||
    /^[ \t]*(?!python\b)["']?[A-Za-z][\w.-]*["']?[ \t]*=/m.test(poetry)
  )
}

/** The lines of one table of a TOML text. */
function tableOf(toml: string, name: string): string {
  const start = new RegExp(`^[ \\t]*\\[[ \\t]*${name}[ \\t]*\\][^\\n]*\\n`, 'm').exec(toml)
  if (start === null) return ''
  const rest = toml.slice(start.index + start[0].length)
  const end = /^[ \t]*\[/m.exec(rest)
  return end === null ? rest : rest.slice(0, end.index)
}
