/** What installers and build backends print that more is made of than a line in the log: withdrawn packages, missing compilers. */
import type { PackageVersion } from '../../model/index.js'
import { normalizedName } from '../../model/packages.js'
import type { Program } from './installer-argv.js'

/**
 * Packages that were installed although their index has withdrawn them ("yanked": Python Packaging User Guide, "Simple repository API"),
 * as far as the installer says so. The texts are those of pip 20 to 26 and uv 0.5 to 0.13; where neither is printed, nothing is known.
 */
const yankedTexts: Readonly<Record<Program, RegExp>> = {
  pip: /is a yanked version: '([^'\s]{1,200})' candidate \(version (\S{1,200}) at /,
  uv: /^warning: `([A-Za-z0-9._-]{1,200})(?:\[[^\]`]*\])?==([^`\s]{1,200})` is yanked/
}

export interface YankedPackages {
  readonly hear: (line: string) => void
  /** Each once, named as indexes compare names. */
  readonly all: () => readonly PackageVersion[]
}

export function yankedPackages(program: Program): YankedPackages {
  const found = new Map<string, PackageVersion>()
  return {
    hear: line => {
      const [, written, version] = yankedTexts[program].exec(line.trim()) ?? []
      if (written === undefined || version === undefined) return
      const name = normalizedName(written)
      found.set(`${name} ${version}`, { name, version })
    },
    all: () => [...found.values()]
  }
}

const lacks = String.raw`(?:is not installed|not on PATH|not found|could not find|can't find|cannot find|unable to (?:find|execute)|no such file)`

/** Texts of maturin, setuptools-rust, setuptools, distutils, meson, CMake and scikit-build. */
const compilers: readonly { readonly words: RegExp; readonly mend: string }[] = [
  {
    words: new RegExp(
      String.raw`\b(?:cargo|rustc|rustup|rust (?:compiler|toolchain))\b.{0,80}?${lacks}|${lacks}.{0,40}?\b(?:cargo|rustc|rust compiler)\b`,
      'i'
    ),
    mend: 'the project needs a Rust compiler: install it in a step before this action, so that cargo is on PATH (`rustup toolchain install stable`)'
  },
  {
    words: new RegExp(
      String.raw`${lacks}.{0,40}?['"]?\b(?:[\w-]+-)?(?:gcc|g\+\+|cc|c\+\+|clang|cl\.exe)(?![\w.])|command '?(?:[\w/-]+-)?(?:gcc|g\+\+|cc|c\+\+|clang)'? failed: No such file|unknown compiler|No CMAKE_C(?:XX)?_COMPILER could be found`,
      'i'
    ),
    mend: 'the project needs a C compiler: install it in a step before this action (`apt-get install gcc g++`)'
  },
  {
    words: /Python\.h: No such file/i,
    mend: "the project needs the headers of Python: add actions/setup-python with the layer's version, which brings them"
  },
  {
    words: new RegExp(
      String.raw`${lacks}.{0,40}?\b(?:cmake|ninja|gfortran|nasm|pkg-config)\b|\b(?:cmake|ninja|gfortran|nasm|pkg-config)\b.{0,40}?${lacks}`,
      'i'
    ),
    mend: 'install the tool that the build asks for in a step before this action'
  }
]

/** What to do about a compiler that a build asked for and the runner lacks; `null` where nothing of the kind was said. */
export function missingCompiler(words: string): string | null {
  return compilers.find(each => each.words.test(words))?.mend ?? null
}
