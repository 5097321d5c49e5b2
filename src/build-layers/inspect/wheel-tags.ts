/** Platform compatibility tags of wheels. Source: Python Packaging User Guide, "Platform compatibility tags"; PEP 600, PEP 425. */
import type { Layer } from '../../model/index.js'

export interface DeclaredPython {
  /** `3.10` */
  readonly version: string
  readonly minor: number
  /** The glibc 2.x that the runtime has. */
  readonly glibcMinor: number
}

/** AWS Lambda Developer Guide, "Lambda runtimes": up to python3.11 on Amazon Linux 2 (glibc 2.26), from python3.12 on 2023 (2.34). */
export function declaredPythons({ compatibleRuntimes }: Pick<Layer, 'compatibleRuntimes'>): readonly DeclaredPython[] {
  return compatibleRuntimes.flatMap(runtime => {
    const minor = /^python3\.(\d+)$/.exec(runtime)?.[1]
    if (minor === undefined) return []
    return [{ version: `3.${minor}`, minor: Number(minor), glibcMinor: Number(minor) >= 12 ? 34 : 26 }]
  })
}

/** Whether a wheel with this tag, `cp310-cp310-manylinux_2_17_x86_64.manylinux2014_x86_64`, runs there. */
export function suitsWheel(tag: string, python: DeclaredPython, architecture: string): boolean {
  const [interpreters = '', abis = '', platforms = ''] = tag.split('-')
  const some = (joined: string, suits: (one: string) => boolean): boolean => joined.split('.').some(suits)
  return (
    some(platforms, platform => suitsPlatform(platform, python, architecture)) &&
    some(interpreters, interpreter => some(abis, abi => suitsInterpreter(interpreter, abi, python)))
  )
}

/** Whether a wheel would run there if the machine had another C library, or a newer one. */
export function isForAnotherLibc(tags: readonly string[], python: DeclaredPython, architecture: string): boolean {
  if (tags.length === 0 || tags.some(tag => suitsWheel(tag, python, architecture))) return false
  const name = architecture === 'arm64' ? 'aarch64' : architecture
  return tags.some(tag => {
    const [interpreter = '', abi = '', platforms = ''] = tag.split('-')
    const ofLibc = new RegExp(`(?:^|[.])(?:musl|many)linux\\w*_${name}(?:[.]|$)`).test(platforms)
    return ofLibc && suitsWheel(`${interpreter}-${abi}-any`, python, architecture)
  })
}

function suitsInterpreter(interpreter: string, abi: string, { minor }: DeclaredPython): boolean {
  const [, kind, major, minorText] = /^(py|cp)(\d)(\d*)$/.exec(interpreter) ?? []
  if (kind === undefined || major !== '3') return false
  const least = minorText === '' ? 0 : Number(minorText)
  if (kind === 'py' || abi === 'abi3' || abi === 'none') return least <= minor
  return least === minor && new RegExp(`^cp3${minor}m?$`).test(abi)
}

/** Every manylinux before PEP 600 asks for glibc 2.17 or older. */
function suitsPlatform(platform: string, { glibcMinor }: DeclaredPython, architecture: string): boolean {
  if (platform === 'any') return true
  const name = architecture === 'arm64' ? 'aarch64' : architecture
  if (platform === `linux_${name}` || new RegExp(`^manylinux(1|2010|2014)_${name}$`).test(platform)) return true
  const glibc = new RegExp(`^manylinux_2_(\\d+)_${name}$`).exec(platform)?.[1]
  return glibc !== undefined && Number(glibc) <= glibcMinor
}
