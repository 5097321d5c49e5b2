/** Compiled code against what a layer declares: the machine of every shared object and program, Python versions, wheels' platforms. */
import type { Layer } from '../../model/index.js'
import type { FileTraits } from './file-traits.js'
import { declaredPythons, isForAnotherLibc, suitsWheel, type DeclaredPython } from './wheel-tags.js'

export interface UnfitFile {
  readonly path: string
  readonly why: string
}

type Declared = Pick<Layer, 'compatibleRuntimes' | 'compatibleArchitectures'>

/**
 * Every file that cannot run where the layer says that it may, each once. A file in a folder that is named after a platform
 * (`prebuilds/linux-arm64/`) is chosen at run time and not judged.
 */
export function unfitFiles(
  layer: Declared,
  paths: readonly string[],
  traits: ReadonlyMap<string, FileTraits>
): readonly UnfitFile[] {
  const judged = [...traits].filter(([path]) => !isChosenAtRunTime(path))
  const pythons = declaredPythons(layer)
  const unfit = [
    ...wrongMachines(layer.compatibleArchitectures, judged),
    ...wrongModules(pythons, paths),
    ...wrongWheels(pythons, layer.compatibleArchitectures, judged)
  ]
  return [...new Map(unfit.map(file => [file.path, file])).values()]
}

/** With several architectures declared, a file of one of them needs a counterpart for the others somewhere in the layer. */
function wrongMachines(
  architectures: readonly string[],
  files: readonly (readonly [path: string, traits: FileTraits])[]
): readonly UnfitFile[] {
  const compiled = files.flatMap(([path, { machine }]) => (machine === undefined ? [] : [{ path, machine }]))
  const foreign = compiled.filter(({ machine }) => !architectures.includes(machine))
  const present = new Set(compiled.map(({ machine }) => machine))
  const missing = architectures.filter(architecture => !present.has(architecture))
  const lone = compiled.find(({ machine }) => architectures.includes(machine))
  return [
    ...foreign.map(({ path, machine }) => ({ path, why: `it is for ${machine}` })),
    ...(lone === undefined
      ? []
      : missing.map(other => ({ ...lone, why: `it is for ${lone.machine}, none is for ${other}` })))
  ]
}

/** PEP 3149 and PEP 384: `name.cpython-310-x86_64-linux-gnu.so`, `name.abi3.so`; without a tag for any version. */
const extensionName = /^(.*?)(?:\.abi3|\.cpython-(\d)(\d+)([a-z]*)(?:-[a-z0-9_-]+)?)?\.so$/

/** A module must exist for each declared Python; one for further versions does no harm. */
function wrongModules(pythons: readonly DeclaredPython[], paths: readonly string[]): readonly UnfitFile[] {
  if (pythons.length === 0) return []
  const modules = new Map<string, { readonly path: string; readonly version: string | null }[]>()
  for (const path of paths) {
    if (!path.endsWith('.so')) continue
    const [, stem = '', major, minor, flags = ''] = extensionName.exec(path) ?? []
    // "t": the build without the interpreter lock, which no runtime has.
    const version = minor === undefined ? null : `${major ?? ''}.${minor}${flags.includes('t') ? 't' : ''}`
    modules.set(stem, [...(modules.get(stem) ?? []), { path, version }])
  }
  return [...modules.values()].flatMap(files => {
    const missing = pythons.filter(
      python => !files.some(({ version }) => version === null || version === python.version)
    )
    const [first] = files
    if (first === undefined || missing.length === 0) return []
    const found = [...new Set(files.map(({ version }) => version))].join(', ')
    return [
      { path: first.path, why: `it is for Python ${found}, not ${missing.map(({ version }) => version).join(', ')}` }
    ]
  })
}

function wrongWheels(
  pythons: readonly DeclaredPython[],
  architectures: readonly string[],
  files: readonly (readonly [path: string, traits: FileTraits])[]
): readonly UnfitFile[] {
  return files.flatMap(([path, { wheelTags }]) => {
    if (wheelTags === undefined || wheelTags.length === 0) return []
    for (const python of pythons) {
      for (const architecture of architectures) {
        if (wheelTags.some(tag => suitsWheel(tag, python, architecture))) continue
        // That is told apart, with what else keeps code from being loaded.
        if (isForAnotherLibc(wheelTags, python, architecture)) continue
        return [
          { path, why: `its wheel is for ${wheelTags.join(', ')}, not Python ${python.version} on ${architecture}` }
        ]
      }
    }
    return []
  })
}

/** `linux-x64`, `linux_arm64`, `aarch64`, `x86_64`, `darwin-arm64`, …: how packages name folders that they choose from. */
const platformFolder =
  /(^|\/)(((linux|linuxmusl|musllinux|darwin|macos|osx|win|win32|windows|android|freebsd)[-_]?)?(x64|x86|x86_64|amd64|arm64|aarch64|arm|armv[5-8][a-z]*|ia32|i[36]86|ppc64(le)?|s390x|riscv64|loong64|universal2?)([-_](musl|gnu|glibc))?|darwin|macos|osx|win32|windows)\//i

export function isChosenAtRunTime(path: string): boolean {
  return platformFolder.test(path)
}
