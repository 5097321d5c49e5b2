/** Judges the content of a layer before anything is published: size, layout, compiled code, secrets, paths. */
import type { ErrorCode, Finding } from '../../model/errors.js'
import type { Layer, PackageSize, Verdict } from '../../model/index.js'
import { unfitFiles } from './compiled-code.js'
import type { ElfNeeds } from './elf.js'
import type { FileTraits } from './file-traits.js'
import type { FoundSecret, JudgedSecrets } from './secrets/found-secrets.js'
import { loadability, type Loadability } from './loadable.js'
import { bytesText, maxUnzippedBytes, packageText } from '../../model/packages.js'
import { unsafePaths, type InspectedEntry } from './unsafe-paths.js'
import { declaredPythons } from './wheel-tags.js'

export { maxUnzippedBytes } from '../../model/packages.js'

/** AWS Lambda Developer Guide, "Packaging your layer content" (layer paths for each runtime); extensions: "Using the Lambda Extensions API". */
const everyRuntimesFolders = ['bin', 'lib', 'extensions']
const runtimeFolders: readonly { readonly runtime: RegExp; readonly folder: string }[] = [
  { runtime: /^python/, folder: 'python' },
  { runtime: /^nodejs/, folder: 'nodejs' },
  { runtime: /^java/, folder: 'java' },
  { runtime: /^ruby/, folder: 'ruby' }
]

/** More would fill the report; the count says how many there are. */
const filesShown = 3
const packagesShown = 5

export interface InspectedContent {
  readonly entries: readonly InspectedEntry[]
  /** Sum of the files' sizes. */
  readonly unzippedBytes: number
  readonly secrets: Pick<JudgedSecrets, 'refused' | 'allowed'>
  /** The largest, the largest first. */
  readonly packages: readonly PackageSize[]
  /** Path → what the file says about where it runs. */
  readonly traits: ReadonlyMap<string, FileTraits>
  /** Path → what the compiled file needs. Absent where it was not read. */
  readonly needs?: ReadonlyMap<string, ElfNeeds>
  /** Compiled modules that their packages do without. */
  readonly optional?: ReadonlySet<string>
  /** Files that lead the import system out of the layer. */
  readonly pointers?: readonly string[]
}

/** The folders that the layer's runtimes look in; a layer that declares none may be for any. */
function foldersOfRuntimes(runtimes: readonly string[]): readonly string[] {
  const matching = runtimeFolders.filter(({ runtime }) => runtimes.some(declared => runtime.test(declared)))
  const folders = (matching.length === 0 ? runtimeFolders : matching).map(({ folder }) => folder)
  return [...folders, ...everyRuntimesFolders]
}

/** One verdict per guard. A failed one names at most a few files, by path only: a secret itself never appears. */
export function inspectContent(
  layer: Pick<Layer, 'id' | 'compatibleRuntimes' | 'compatibleArchitectures'>,
  content: InspectedContent
): readonly Verdict[] {
  return [
    judge(layer.id, 'ARCHIVE_LAYOUT', layoutFinding(layer, content), 'has a folder of a declared runtime'),
    judge(layer.id, 'ARCHIVE_TOO_LARGE', sizeFinding(content), `${content.unzippedBytes} bytes unzipped`),
    judge(layer.id, 'ARCHIVE_UNSAFE_PATH', pathFinding(content), `${content.entries.length} paths, all safe`),
    judge(layer.id, 'SECRET_IN_ARCHIVE', secretFinding(content), secretDetail(content)),
    judge(layer.id, 'LFS_POINTER', pointerFinding(content), 'no file whose content Git LFS keeps elsewhere'),
    judge(layer.id, 'WRONG_ARCHITECTURE', compiledFinding(layer, content), compiledDetail(content)),
    judge(layer.id, 'NOT_LOADABLE', loadFinding(layer, content), compiledDetail(content))
  ]
}

function judge(subject: string, guard: ErrorCode, finding: Finding | null, detail: string): Verdict {
  return finding === null ? { guard, subject, passed: true, detail } : { guard, subject, passed: false, finding }
}

function layoutFinding(layer: Pick<Layer, 'compatibleRuntimes'>, content: InspectedContent): Finding | null {
  const { entries, pointers = [] } = content
  if (pointers.length > 0) {
    return {
      expected: 'the code itself in the layer, no pointer to a folder of the machine that built it',
      found: listed(pointers.map(shown)),
      mend: 'install without -e (--editable), or put the code under python/'
    }
  }
  const folders = foldersOfRuntimes(layer.compatibleRuntimes)
  const reachable = entries.some(({ kind, path }) => {
    const [first = '', ...rest] = path.split('/')
    return folders.includes(first) && (rest.length > 0 || kind === 'symlink')
  })
  if (reachable) return pythonFoldersFinding(layer, entries)
  const top = [...new Set(entries.map(({ path }) => path.split('/')[0] ?? ''))]
  return {
    expected: `a file in one of the folders that the runtime looks in (${folders.map(name => `${name}/`).join(', ')})`,
    found: entries.length === 0 ? 'an empty layer' : `only ${listed(top)}`,
    mend: 'put the content under python/ (or the folder of its runtime), or write it there with build'
  }
}

/** Every declared Python has something to import, and nothing lies only in the folder of one that is not declared. */
function pythonFoldersFinding(
  layer: Pick<Layer, 'compatibleRuntimes'>,
  entries: InspectedContent['entries']
): Finding | null {
  const blind = blindPythons(
    layer,
    entries.map(({ path }) => path)
  )
  if (blind.length === 0) return null
  return {
    expected: `python/, or python/lib/python3.x/site-packages of ${layer.compatibleRuntimes.join(', ')}, to hold the modules`,
    found: listed(blind.map(({ runtime, folders }) => `${folders.join(', ')}, where ${runtime} does not look`)),
    mend: 'put the modules under python/ or the folder of the declared runtime, or correct compatible-runtimes'
  }
}

function loadFinding(
  layer: Pick<Layer, 'compatibleRuntimes' | 'compatibleArchitectures'>,
  content: InspectedContent
): Finding | null {
  const { unfit } = loadabilityOf(layer, content)
  if (unfit.length === 0) return null
  return {
    expected: `compiled files that ${layer.compatibleRuntimes.join(', ') || 'Lambda'} can load`,
    found: listed(unfit.map(({ path, why }) => `${shown(path)} (${why})`)),
    mend: 'install wheels for manylinux2014, put a library that is missing into lib/, or declare the runtime that has it'
  }
}

/** What is not known of the runtimes, for a warning. */
export function loadabilityOf(
  layer: Pick<Layer, 'compatibleRuntimes' | 'compatibleArchitectures'>,
  {
    entries,
    needs = new Map(),
    traits,
    optional = new Set()
  }: Pick<InspectedContent, 'entries' | 'needs' | 'traits' | 'optional'>
): Loadability {
  const paths = entries.filter(({ kind }) => kind !== 'refused').map(({ path }) => path)
  const { unfit, unknown } = loadability(layer, paths, needs, traits)
  const left = unfit.filter(({ path }) => optional.has(path))
  return {
    unfit: unfit.filter(({ path }) => !optional.has(path)),
    unknown: [
      ...unknown,
      ...left.map(({ path, why }) => `${shown(path)} cannot be loaded (${why}); its package goes on without it`)
    ]
  }
}

function sizeFinding({ unzippedBytes, packages, entries }: InspectedContent): Finding | null {
  if (unzippedBytes <= maxUnzippedBytes) return null
  const files = entries.flatMap(entry => (entry.kind === 'file' ? [{ path: entry.path, bytes: entry.sizeBytes }] : []))
  const largest = files.sort((a, b) => b.bytes - a.bytes).slice(0, filesShown)
  const texts = largest.map(({ path, bytes }) => `${shown(path)} ${bytesText(bytes)}`)
  return {
    expected: `at most ${maxUnzippedBytes} bytes unzipped`,
    found:
      `${unzippedBytes} bytes, the most in ${packages.slice(0, packagesShown).map(packageText).join(', ')}; ` +
      `the largest files are ${texts.join(', ')}`,
    mend: 'leave out what the function does not need at run time with build.exclude, or split the layer'
  }
}

function pathFinding({ entries }: InspectedContent): Finding | null {
  const unsafe = unsafePaths(entries)
  if (unsafe.length === 0) return null
  return {
    expected: 'plain relative paths, and links that stay in the layer',
    found: listed(unsafe.map(({ path, why }) => `${shown(path)} (${why})`)),
    mend: 'rename or remove them, or leave them out with build.exclude'
  }
}

function pointerFinding({ entries, traits }: InspectedContent): Finding | null {
  const pointers = entries.filter(({ kind, path }) => kind === 'file' && traits.get(path)?.lfsPointer === true)
  if (pointers.length === 0) return null
  return {
    expected: 'the content of every file',
    found: `Git LFS pointers in its place: ${listed(pointers.map(({ path }) => shown(path)))}`,
    mend:
      'set `lfs: true` in actions/checkout or run `git lfs pull` before this step (in the submodule too), with git-lfs on the ' +
      'runner, or leave the files out with build.exclude'
  }
}

function secretFinding({ secrets }: InspectedContent): Finding | null {
  if (secrets.refused.length === 0) return null
  return {
    expected: 'no secret in the layer',
    found: listed(secrets.refused.map(secretText)),
    mend:
      'remove them or leave them out with build.exclude, and revoke what was committed; a file that holds none is let pass by ' +
      'naming its path in build.allow-secrets'
  }
}

function secretDetail({ secrets: { allowed } }: InspectedContent): string {
  if (allowed.length === 0) return 'no secret found by name or content'
  return `no secret found but what build.allow-secrets names: ${listed(allowed.map(secretText))}`
}

function secretText({ path, what }: FoundSecret): string {
  return `${shown(path)} (${what})`
}

function compiledFinding(
  layer: Pick<Layer, 'compatibleRuntimes' | 'compatibleArchitectures'>,
  { entries, traits }: InspectedContent
): Finding | null {
  const paths = entries.filter(({ kind }) => kind === 'file').map(({ path }) => path)
  const unfit = unfitFiles(layer, paths, traits)
  if (unfit.length === 0) return null
  const { compatibleRuntimes: runtimes, compatibleArchitectures: architectures } = layer
  return {
    expected: `compiled files for ${[...architectures, ...runtimes].join(', ')}, as declared`,
    found: listed(unfit.map(({ path, why }) => `${shown(path)} (${why})`)),
    mend: 'install for the declared runtime and architecture, declare only what the files are for, or leave them out with build.exclude'
  }
}

function compiledDetail({ traits }: InspectedContent): string {
  const compiled = [...traits.values()].filter(({ machine }) => machine !== undefined).length
  return compiled === 0 ? 'nothing compiled' : `${compiled} compiled files, all for what is declared`
}

function listed(names: readonly string[]): string {
  const more = names.length - filesShown
  return names.slice(0, filesShown).join(', ') + (more > 0 ? ` and ${more} more` : '')
}

/** A path in a message: no control characters, and never so long that it hides the rest. */
function shown(path: string): string {
  const printable = path.replace(/\p{Cc}/gu, '\ufffd')
  return printable.length > 160 ? `${printable.slice(0, 80)}…${printable.slice(-79)}` : printable
}

interface BlindPython {
  readonly runtime: string
  /** Where the modules lie that it does not find. */
  readonly folders: readonly string[]
}

const versionFolder = /^python\/(lib(?:64)?\/python(3\.\d+)\/(?:site|dist)-packages)\/(.+)$/
/** Beside modules in an installer's target folder. */
const noModules = /^(lib|lib64|bin|include|share|etc)$/

/**
 * The declared Pythons that do not find the modules of a layer (AWS Lambda Developer Guide, "Layer paths for each Lambda runtime"): one that finds none though there are
 * some, and all for what lies in the folder of a Python that is not declared and nowhere else.
 */
function blindPythons(layer: Pick<Layer, 'compatibleRuntimes'>, paths: readonly string[]): readonly BlindPython[] {
  const pythons = declaredPythons(layer)
  const byVersion = new Map<string, { folder: string; names: Set<string> }>()
  const common = new Set<string>()
  for (const path of paths) {
    const [, folder = '', version = '', rest = ''] = versionFolder.exec(path) ?? []
    if (version !== '') {
      const known = byVersion.get(folder) ?? { folder: `python/${folder}`, names: new Set<string>() }
      byVersion.set(folder, known)
      addModule(known.names, rest)
    } else if (path.startsWith('python/')) addModule(common, path.slice('python/'.length))
  }
  if (byVersion.size === 0) return []
  const foundBy = (version: string): ReadonlySet<string> =>
    byVersion.get(`lib/python${version}/site-packages`)?.names ?? new Set()
  const declared = new Set(pythons.map(({ version }) => `lib/python${version}/site-packages`))
  return pythons.flatMap(({ version }) => {
    const own = foundBy(version)
    const lost = [...byVersion].filter(([folder, { names }]) => {
      if (names.size === 0) return false
      if (declared.has(folder)) return common.size === 0 && own.size === 0
      return [...names].some(name => !common.has(name) && !own.has(name))
    })
    return lost.length === 0 ? [] : [{ runtime: `python${version}`, folders: lost.map(([, { folder }]) => folder) }]
  })
}

function addModule(names: Set<string>, path: string): void {
  const top = path.split('/')[0] ?? ''
  const isFolder = path.includes('/')
  const stem = isFolder ? top : (/^([^.]+)\.(?:.*\.)?(?:py|so|pyc)$/.exec(top)?.[1] ?? '')
  if (stem !== '' && /^[^\W\d]\w*$/.test(stem) && !(isFolder && noModules.test(stem))) names.add(stem)
}
