/**
 * What a layer's content consists of: each installed package, and what no package has brought. A pure function of the content. What a
 * package says of itself, in METADATA of a `.dist-info` folder (Python Packaging User Guide, "Core metadata specifications") and
 * package.json, is anybody's text: what is broken or missing is left out, and is no failure.
 */
import { sha256Hex } from '../../model/digest.js'
import { recordedPaths } from '../inspect/installed-packages.js'
import { ownerOf, normalizedName } from '../../model/packages.js'

/** Path, mode and SHA-256 of a file, as the content digest has it. */
export type ContentFile = readonly [path: string, mode: string, sha256: string]

export interface Part {
  /** Where it lies, which no other part does: of a Python package its `.dist-info` folder. */
  readonly place: string
  readonly kind: 'package' | 'own-module' | 'own-files'
  readonly name: string
  readonly version: string
  /** `null`: its name is none that an index could have. */
  readonly purl: string | null
  readonly licences: Licences
  /** Of its files: their paths from where it lies, modes and SHA-256. The same package has the same in every layer. */
  readonly sha256: string
  /** Their paths in the layer. */
  readonly files: readonly string[]
}

/** A text of the content; `null`: there is none, or none that can be read. */
export type ReadText = (path: string) => string | null

/** Sorted by place. */
export function partsOf(files: readonly ContentFile[], read: ReadText): readonly Part[] {
  const byPath = new Map(files.map(file => [file[0], file]))
  const taken = new Set<string>()
  const packages = [...pythonPackages(byPath, read, taken), ...nodePackages(files, read, taken)]
  const own = ownParts(files.filter(([path]) => !taken.has(path)))
  return [...packages, ...own].sort((a, b) => (a.place < b.place ? -1 : 1))
}

/**
 * What the team wrote: what no package has brought, and what its own projects have installed, but for what an installer records of them.
 * @param projects their names, normalized
 */
export function ownFilesIn(parts: readonly Part[], projects: ReadonlySet<string>): readonly string[] {
  return parts.flatMap(({ place, kind, name, files }) => {
    if (kind !== 'package') return files
    const isOurs = place.startsWith('python/') && projects.has(normalizedName(name))
    return isOurs ? files.filter(path => !path.startsWith(`${place}/`)) : []
  })
}

const distInfo = /^(python\/(?:lib\/python3[.]\d+\/site-packages\/)?)([^/]+)[.]dist-info\//

function pythonPackages(byPath: ReadonlyMap<string, ContentFile>, read: ReadText, taken: Set<string>): Part[] {
  const own = new Map<string, { readonly root: string; readonly folder: string; readonly files: ContentFile[] }>()
  for (const [path, file] of byPath) {
    const [start, root = '', folder = ''] = distInfo.exec(path) ?? []
    if (start === undefined) continue
    const found = own.get(start) ?? { root, folder, files: [] }
    found.files.push(file)
    own.set(start, found)
  }
  return [...own].map(([start, { root, folder, files }]) => {
    const recorded = recordedPaths(read(`${start}RECORD`) ?? '').map(path => byPath.get(`${root}${path}`))
    const all = [...new Set([...files, ...recorded])].filter(file => file !== undefined)
    for (const [path] of all) taken.add(path)
    const facts = pythonPackage(read(`${start}METADATA`), folder)
    const name = normalizedName(facts.name)
    const purl = /[a-z0-9]/.test(name) ? purlOf('pypi', name, facts.version) : null
    return { place: start.slice(0, -1), kind: 'package', ...facts, purl, ...filesOf(all, root) }
  })
}

const nodeModule = /^nodejs\/(?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/]+)\//

/** A package that lies within another one is a part of its own. */
function nodePackages(files: readonly ContentFile[], read: ReadText, taken: Set<string>): Part[] {
  const folders = new Map<string, { readonly folder: string; readonly files: ContentFile[] }>()
  for (const file of files) {
    const [start, folder = ''] = nodeModule.exec(file[0]) ?? []
    if (start === undefined || folder === '.bin') continue
    const found = folders.get(start) ?? { folder, files: [] }
    found.files.push(file)
    folders.set(start, found)
  }
  return [...folders].flatMap(([start, { folder, files: all }]) => {
    if (!all.some(([path]) => path === `${start}package.json`)) return []
    for (const [path] of all) taken.add(path)
    const facts = nodePackage(read(`${start}package.json`), folder)
    const purl = purlOf('npm', facts.name, facts.version)
    return [{ place: start.slice(0, -1), kind: 'package', ...facts, purl, ...filesOf(all, start) }]
  })
}

/** The team's own code by top-level module; other files by the folder that they lie in. */
function ownParts(files: readonly ContentFile[]): Part[] {
  const owners = new Map<string, ContentFile[]>()
  for (const file of files) {
    const owner = ownerOf(file[0])
    const found = owners.get(owner)
    if (found === undefined) owners.set(owner, [file])
    else found.push(file)
  }
  return [...owners].map(([place, all]) => {
    const last = place.slice(place.lastIndexOf('/') + 1)
    const isFolder = all.some(([path]) => path !== place)
    const isModule = place.startsWith('python/') && (isFolder || /[.]py$/.test(last))
    const name = isModule ? last.replace(/[.]py$/, '') : place
    return {
      ...{ place, kind: isModule ? 'own-module' : 'own-files', name, version: '', purl: null },
      ...{ licences: noLicences, ...filesOf(all, place.slice(0, place.length - last.length)) }
    }
  })
}

function filesOf(files: readonly ContentFile[], root: string): Pick<Part, 'sha256' | 'files'> {
  return { sha256: hashOf(files, root), files: files.map(([path]) => path) }
}

/** One file's own SHA-256 would not tell its name: it is the digest of a list, as the content digest is. */
function hashOf(files: readonly ContentFile[], root: string): string {
  const lines = files.map(([path, mode, sha256]) => [path.slice(root.length), mode, sha256] as const)
  return sha256Hex(JSON.stringify(lines.sort(([a], [b]) => (a < b ? -1 : 1))))
}

/** Package-URL specification: the parts of a name are encoded each for itself. */
function purlOf(type: 'pypi' | 'npm', name: string, version: string): string {
  const path = name.split('/').map(encoded).join('/')
  return `pkg:${type}/${path}${version === '' ? '' : `@${encoded(version)}`}`
}

function encoded(text: string): string {
  return encodeURIComponent(text)
    .replace(/[!'()*]/g, character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%3A', ':')
}

interface PackageFacts {
  readonly name: string
  /** Empty: it names none. */
  readonly version: string
  readonly licences: Licences
}

export type Licences =
  | { readonly kind: 'expression'; readonly expression: string }
  /** Sorted; empty: none is named. */
  | { readonly kind: 'names'; readonly names: readonly string[] }

const noLicences: Licences = { kind: 'names', names: [] }

/** A name, a version or a licence is a line, no text. */
const longestText = 300

/** @param text of METADATA; `null`: there is none. Without a name of its own the package is called as its folder is. */
function pythonPackage(text: string | null, folder: string): PackageFacts {
  const [, name = folder, version = ''] = /^(.+)-([^-]+)$/.exec(folder) ?? []
  if (text === null) return { name, version, licences: noLicences }
  const headers = headersOf(text)
  const first = (field: string): string => lineOf(headers.get(field)?.[0])
  return { name: first('name') || name, version: first('version') || version, licences: licencesOf(headers) }
}

/** @param text of package.json; `null`: it cannot be read */
function nodePackage(text: string | null, folder: string): PackageFacts {
  const { name, version, license } = objectOf(text)
  return { name: lineOf(name) || folder, version: lineOf(version), licences: nodeLicences(license) }
}

/** As in the header of a mail: a line that begins with white space goes on with the field before; an empty line ends it. */
function headersOf(text: string): ReadonlyMap<string, readonly string[]> {
  const headers = new Map<string, string[]>()
  let values: string[] = []
  for (const line of text.split(/\r\n|\r|\n/)) {
    if (line === '') break
    if (/^[ \t]/.test(line)) {
      const last = values.pop()
      if (last !== undefined) values.push(`${last}\n${line.trim()}`)
      continue
    }
    const colon = line.indexOf(':')
    if (colon < 1) continue
    const field = line.slice(0, colon).trim().toLowerCase()
    values = headers.get(field) ?? []
    values.push(line.slice(colon + 1).trim())
    headers.set(field, values)
  }
  return headers
}

/** The expression, which is meant for programs; else the field `License`, where it is a name and no whole licence; else the classifiers. */
function licencesOf(headers: ReadonlyMap<string, readonly string[]>): Licences {
  const expression = lineOf(headers.get('license-expression')?.[0])
  if (expression !== '') return { kind: 'expression', expression }
  const [text = ''] = headers.get('license') ?? []
  const isName = !text.trim().includes('\n') && text.length <= longestText
  const name = isName ? lineOf(text) : ''
  if (name !== '' && name.toUpperCase() !== 'UNKNOWN') return { kind: 'names', names: [name] }
  const classified = (headers.get('classifier') ?? []).flatMap(classifier => {
    const [top, ...rest] = classifier.split('::').map(part => part.trim())
    const last = lineOf(rest.at(-1))
    return top === 'License' && last !== '' && last !== 'OSI Approved' ? [last] : []
  })
  return { kind: 'names', names: [...new Set(classified)].sort() }
}

/** An expression, or as packages of long ago have it, `{ "type": "MIT" }`. */
function nodeLicences(license: unknown): Licences {
  if (typeof license === 'object' && license !== null && 'type' in license) return nodeLicences(license.type)
  const text = lineOf(license)
  if (text === '') return noLicences
  // "SEE LICENSE IN <file>" and the like are no expression.
  return /^[A-Za-z0-9.+() -]+$/.test(text) && !/^(SEE|UNLICENSED)\b/.test(text)
    ? { kind: 'expression', expression: text }
    : { kind: 'names', names: [text] }
}

function objectOf(text: string | null): Readonly<Record<string, unknown>> {
  if (text === null) return {}
  try {
    const value: unknown = JSON.parse(text.replace(/^\ufeff/, ''))
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

/** One line without control characters; empty for anything else. */
function lineOf(value: unknown): string {
  if (typeof value !== 'string') return ''
  const line = value.trim().replace(/\p{Surrogate}/gu, '\ufffd')
  return line.length <= longestText && !/\p{Control}/u.test(line) ? line : ''
}
