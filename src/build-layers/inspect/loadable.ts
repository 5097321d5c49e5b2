/** Compiled code that the declared runtimes cannot load: what it needs of glibc, of other libraries and of the interpreter. */
import type { Layer } from '../../model/index.js'
import { isChosenAtRunTime, type UnfitFile } from './compiled-code.js'
import type { ElfNeeds } from './elf.js'
import type { FileTraits } from './file-traits.js'
import { imageOf, isOfRuntime, type LambdaImage } from './lambda-images.js'
import { declaredPythons, isForAnotherLibc } from './wheel-tags.js'

export interface Loadability {
  readonly unfit: readonly UnfitFile[]
  /** What the table cannot judge, for a warning. */
  readonly unknown: readonly string[]
}

type Declared = Pick<Layer, 'compatibleRuntimes' | 'compatibleArchitectures'>

/** `paths`: all of the layer's, links too. */
export function loadability(
  layer: Declared,
  paths: readonly string[],
  needs: ReadonlyMap<string, ElfNeeds>,
  traits: ReadonlyMap<string, FileTraits>
): Loadability {
  const modules = moduleFiles(layer, paths)
  const unused = unusedFiles(modules, needs)
  const judged = [...needs].filter(([path]) => !isChosenAtRunTime(path) && !unused.has(path))
  const held = new Set([...paths.map(baseName), ...judged.flatMap(([, { soname }]) => soname ?? [])])
  const runtimes = layer.compatibleRuntimes
  const known = runtimes.flatMap(runtime => {
    const image = imageOf(runtime)
    return image === null ? [] : [{ runtime, image }]
  })
  const unfit = [
    ...judged.flatMap(([path, file]) => unfitFile(path, file, held, known)),
    ...foreignModules(modules),
    ...foreignWheels(layer, traits)
  ]
  const unjudged = judged.length === 0 ? [] : runtimes.filter(runtime => imageOf(runtime) === null)
  return {
    unfit: [...new Map(unfit.map(file => [file.path, file])).values()],
    unknown: [
      ...unjudged.map(runtime => `what ${runtime} brings for compiled code is not known`),
      ...judged.flatMap(([path, file]) => outOfReach(path, file, paths, held))
    ]
  }
}

interface Runtime {
  readonly runtime: string
  readonly image: LambdaImage
}

function unfitFile(
  path: string,
  { libraries, versions }: ElfNeeds,
  held: ReadonlySet<string>,
  runtimes: readonly Runtime[]
): readonly UnfitFile[] {
  const musl = libraries.find(library => /^(libc\.musl-|ld-musl-)/.test(library))
  if (musl !== undefined) return [{ path, why: `it needs ${musl}: it is built for Alpine's musl, Lambda has glibc` }]
  for (const { runtime, image } of runtimes) {
    const newer = versions.find(({ library, version }) => !held.has(library) && isNewer(version, image))
    if (newer !== undefined) {
      const has = newer.version.startsWith('GLIBC_') ? `glibc 2.${image.glibcMinor}` : `an older ${newer.library}`
      return [{ path, why: `it needs ${newer.version}, ${runtime} has ${has}` }]
    }
    const missing = libraries.find(
      library => !held.has(library) && !image.libraries.has(library) && !isOfRuntime(library, runtime)
    )
    if (missing !== undefined) return [{ path, why: `it needs ${missing}, which neither the layer nor ${runtime} has` }]
  }
  return []
}

function isNewer(version: string, image: LambdaImage): boolean {
  // Relative relocations came with glibc 2.36.
  if (version === 'GLIBC_ABI_DT_RELR') return image.glibcMinor < 36
  const [, kind, minor] = /^(GLIBC_2|GLIBCXX_3\.4|CXXABI_1\.3)(?:\.(\d+))?(?:\.\d+)*$/.exec(version) ?? []
  const has = { GLIBC_2: image.glibcMinor, 'GLIBCXX_3.4': image.glibcxx, 'CXXABI_1.3': image.cxxabi }[kind ?? '']
  return has !== undefined && Number(minor ?? 0) > has
}

/** A library that lies in the layer where the loader does not look: Lambda's LD_LIBRARY_PATH has `/opt/lib` alone of a layer's folders. */
function outOfReach(
  path: string,
  { libraries, searchPaths }: ElfNeeds,
  paths: readonly string[],
  held: ReadonlySet<string>
): readonly string[] {
  return libraries.flatMap(library => {
    const homes = paths.filter(each => baseName(each) === library)
    if (!held.has(library) || homes.length === 0 || homes.includes(`lib/${library}`) || searchPaths.length > 0)
      return []
    return [
      `${path} needs ${library}, which lies in ${folderOf(homes[0] ?? '')}/, where the loader does not look; lib/ is where it does`
    ]
  })
}

/** Module files that the import system of CPython on glibc does not look at (PEP 3149; other interpreters name theirs after themselves). */
const foreignTag = /^(pypy|graalpy|pyston)[\w-]*$|^cpython-[\w-]*(musl\w*|darwin)$|^cp\d+-win\w*$/

interface ModuleFile {
  readonly path: string
  readonly tag: string
  /** No declared Python looks at it. */
  readonly foreign: boolean
  /** It is there for a declared Python, too. */
  readonly replaced: boolean
}

/** The compiled modules with a tag in their name, as the declared Pythons see them. */
function moduleFiles(layer: Declared, paths: readonly string[]): readonly ModuleFile[] {
  const pythons = declaredPythons(layer).map(({ minor }) => `3${minor}`)
  if (pythons.length === 0) return []
  const modules = paths.flatMap(path => {
    const [, stem = '', tag = ''] = /^(.*\/[^./]+)\.(?:([^/]+)\.)?(?:so|pyd)$/.exec(path) ?? []
    const version = /^cpython-(\d+)/.exec(tag)?.[1]
    const otherVersion = version !== undefined && !pythons.includes(version)
    return stem === '' ? [] : [{ path, stem, tag, foreign: foreignTag.test(tag) || otherVersion }]
  })
  const usable = new Set(modules.filter(({ foreign }) => !foreign).map(({ stem }) => stem))
  return modules.map(({ path, stem, tag, foreign }) => ({ path, tag, foreign, replaced: usable.has(stem) }))
}

/** That of another Python version is WRONG_ARCHITECTURE's. */
function foreignModules(modules: readonly ModuleFile[]): readonly UnfitFile[] {
  return modules
    .filter(({ tag, replaced }) => foreignTag.test(tag) && !replaced)
    .map(({ path, tag }) => ({ path, why: `it is for ${tag}, not for CPython on glibc` }))
}

/**
 * Files that nothing loads: modules for another C library or Python beside those for the declared one, which some wheels carry, and the libraries
 * that only such modules need.
 */
function unusedFiles(modules: readonly ModuleFile[], needs: ReadonlyMap<string, ElfNeeds>): ReadonlySet<string> {
  const unused = new Set(modules.filter(({ foreign, replaced }) => foreign && replaced).map(({ path }) => path))
  if (unused.size === 0) return unused
  const users = new Map<string, string[]>()
  for (const [path, { libraries }] of needs)
    for (const library of libraries) users.set(library, [...(users.get(library) ?? []), path])
  const libraries = [...needs].map(([path, { soname }]) => ({ path, users: users.get(soname ?? baseName(path)) ?? [] }))
  for (let before = -1; before !== unused.size;) {
    before = unused.size
    for (const { path, users } of libraries)
      if (users.length > 0 && users.every(user => unused.has(user))) unused.add(path)
  }
  return unused
}

function foreignWheels(layer: Declared, traits: ReadonlyMap<string, FileTraits>): readonly UnfitFile[] {
  return [...traits].flatMap(([path, { wheelTags = [] }]) => {
    for (const python of declaredPythons(layer)) {
      for (const architecture of layer.compatibleArchitectures) {
        if (!isForAnotherLibc(wheelTags, python, architecture)) continue
        const why = `its wheel is for ${wheelTags.join(', ')}, python${python.version} has glibc 2.${python.glibcMinor}`
        return [{ path, why }]
      }
    }
    return []
  })
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}
