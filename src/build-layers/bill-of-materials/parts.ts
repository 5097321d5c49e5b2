/** What a layer's content consists of: each installed package, and what no package has brought. A pure function of the content. */
import { sha256Hex } from '../../model/digest.js'
import { recordedPaths } from '../inspect/installed-packages.js'
import { ownerOf } from '../../model/packages.js'
import { normalizedName } from '../../model/packages.js'
import { nodePackage, noLicences, pythonPackage, type Licences } from './package-metadata.js'

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
