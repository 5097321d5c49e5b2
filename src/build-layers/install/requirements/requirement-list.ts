/** A requirements file as its lines (pip's documentation, "Requirements File Format"), read as far as we must change one. */
import { stat } from 'node:fs/promises'
import { dirname, isAbsolute, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sourceText } from '../../source/source-text.js'

/** One requirement, or an option that stands for itself. */
export type RequirementLine =
  | { readonly kind: 'option'; readonly text: string }
  /** From an index, or a file of one: `flask==3.1.0`. `rest`: digests. */
  | (Conditions & { readonly kind: 'named'; readonly name: string; readonly text: string })
  /** A folder with a project. Absolute path. */
  | (Conditions & { readonly kind: 'folder'; readonly path: string; readonly extras: string })
  /** A project in a repository. */
  | (Conditions & { readonly kind: 'repository'; readonly repository: Repository; readonly extras: string })

interface Conditions {
  /** Empty: always. */
  readonly marker: string
}

export interface Repository {
  readonly url: string
  /** A commit, tag or branch; empty: the default branch. */
  readonly revision: string
  /** Empty: its root. */
  readonly subdirectory: string
}

const mostFiles = 100

/**
 * The lines of a file with those of the files that it includes in their place. `folder`: what its paths are relative to; default its own. `root`: where the installer
 * runs: pip and uv look for folders from there, so it is asked first.
 */
export async function readRequirements(
  file: string,
  folder: string = dirname(file),
  root: string = folder,
  seen: Set<string> = new Set()
): Promise<readonly RequirementLine[]> {
  if (seen.has(file) || seen.size >= mostFiles) return []
  seen.add(file)
  const lines: RequirementLine[] = []
  for (const text of logicalLines(await requirementsText(file))) {
    const included = /^(?:-r|--requirement)\s*(?:=\s*)?(\S+)$/.exec(text)?.[1]
    if (included !== undefined && !/^[a-z]+:\/\//i.test(included)) {
      const path = resolve(folder, included)
      lines.push(...(await readRequirements(path, dirname(path), root, seen)))
    } else lines.push(await parseRequirement(text, folder, root))
  }
  return lines
}

/** @throws the operating system's word where it is missing */
async function requirementsText(file: string): Promise<string> {
  await stat(file)
  return sourceText(file)
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null)) !== null
}

/** Comments out, continued lines joined, blank ones left out. */
function logicalLines(text: string): readonly string[] {
  return text
    .replace(/\\\r?\n/g, ' ')
    .split(/\r?\n/)
    .map(line => line.replace(/(^|\s)#.*$/, '').trim())
    .filter(line => line !== '')
}

/** `root`, `folder`: what relative paths are relative to, the first where there is such a file or folder. */
async function parseRequirement(text: string, folder: string, root: string = folder): Promise<RequirementLine> {
  const editable = /^(?:-e|--editable)\s*(?:=\s*)?(\S.*)$/.exec(text)?.[1]
  if (editable === undefined && text.startsWith('-')) return { kind: 'option', text: withAbsolutePath(text, folder) }
  const [what, condition] = splitMarker(editable ?? text)
  const digests = condition.indexOf(' --hash')
  const marker = (digests === -1 ? condition : condition.slice(0, digests)).trim()
  const [, name = '', nameExtras = '', url] = /^([\w.-]+)\s*(?:(\[[^\]]*\])\s*)?@\s*(\S+)/.exec(what) ?? []
  const target = url ?? what.replace(/\s--hash.*$/, '').trim()
  const repository = repositoryOf(target)
  if (repository !== null) return { kind: 'repository', repository, extras: nameExtras, marker }
  const [, location = target, extras = nameExtras] = /^([^[]*)(\[[^\]]*\])$/.exec(target) ?? []
  const fromRoot = pathOf(location, root)
  const path = fromRoot !== null && (await exists(fromRoot)) ? fromRoot : pathOf(location, folder)
  const found = path === null ? null : await stat(path).catch(() => null)
  if (path !== null && found?.isDirectory() === true) return { kind: 'folder', path, extras, marker }
  const own = name === '' ? (/^[\w.-]+/.exec(what)?.[0] ?? '') : name
  // A file that is named relative to this list is to be found from another place too.
  // Editable is only what has code of its own to point at: the rest is installed as what it is.
  const plain = editable ?? text
  const absolute =
    path === null || url !== undefined || found?.isFile() !== true ? plain : plain.replace(location, path)
  return { kind: 'named', name: own, text: absolute, marker }
}

export function formatRequirement(line: RequirementLine & { readonly kind: 'option' | 'named' }): string {
  return line.text
}

function splitMarker(text: string): readonly [string, string] {
  // In an address a semicolon belongs to it unless a blank stands before.
  const at = /@/.test(text) || /:\/\//.test(text) ? text.search(/\s;/) : text.indexOf(';')
  if (at === -1) return [text, '']
  return [text.slice(0, at).trim(), text.slice(text.indexOf(';', at) + 1)]
}

function repositoryOf(target: string): Repository | null {
  if (!target.startsWith('git+')) return null
  const [address = '', fragment = ''] = target.slice('git+'.length).split('#', 2)
  const subdirectory = /(?:^|&)subdirectory=([^&]+)/.exec(fragment)?.[1] ?? ''
  // The user of `ssh://git@host/` is no revision.
  const slash = address.indexOf('/', address.indexOf('://') + 3)
  const at = address.lastIndexOf('@')
  if (at <= slash || slash === -1) return { url: address, revision: '', subdirectory }
  return { url: address.slice(0, at), revision: address.slice(at + 1), subdirectory }
}

function pathOf(location: string, folder: string): string | null {
  if (location.startsWith('file:')) {
    if (location.startsWith('file:///')) return fileURLToPath(new URL(location.split('#', 1)[0] ?? ''))
    return resolve(folder, location.slice('file:'.length))
  }
  if (/^[a-z][a-z0-9+.-]*:/i.test(location)) return null
  const isPath = /^[./~]/.test(location) || location.includes('/') || /\.(whl|zip|tar\.gz)$/.test(location)
  return isPath ? resolve(folder, location) : null
}

/** Constraints and local indexes, whose paths are relative to the file that names them. */
function withAbsolutePath(text: string, folder: string): string {
  const [, option = '', between = '', path = ''] =
    /^(-c|--constraint|-f|--find-links)(\s*(?:=\s*)?)(\S+)$/.exec(text) ?? []
  if (option === '' || isAbsolute(path) || /^[a-z]+:/i.test(path)) return text
  return `${option}${between === '' ? ' ' : between}${join(folder, path)}`
}

/**
 * Whether a requirements file, or one that it includes, gives the digest of any requirement. pip then demands them of all
 * (pip's documentation, "Secure installs"); uv has to be told.
 */
export async function givesHashes(requirements: string): Promise<boolean> {
  const files = [requirements]
  for (let next = 0; next < files.length && next < mostFiles; next++) {
    const file = files[next] ?? ''
    const text = await sourceText(file)
    if (hasHash(text)) return true
    for (const included of includedFiles(text)) {
      const path = resolve(dirname(file), included)
      if (!files.includes(path)) files.push(path)
    }
  }
  return false
}

export function hasHash(text: string): boolean {
  return /^(?:[^#\r\n\u2028\u2029]*\s)?--hash[= ]/m.test(text)
}

/** The files that `-r` and `-c` name, addresses left out. */
export function includedFiles(text: string): readonly string[] {
  return [...text.matchAll(/^[ \t]*(?:-[rc]|--(?:requirement|constraint))[ \t=]*([^\s#]+)/gm)]
    .map(match => match[1] ?? '')
    .filter(name => !/^[a-z]+:\/\//i.test(name))
}
