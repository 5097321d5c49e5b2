/**
 * Packages that were installed although their index has withdrawn them ("yanked": Python Packaging User Guide, "Simple repository API"),
 * as far as the installer says so. The texts are those of pip 20 to 26 and uv 0.5 to 0.13; where neither is printed, nothing is known.
 */
import type { PackageVersion } from '../../model/index.js'
import { normalizedName } from '../../model/packages.js'
import type { Program } from './installer-argv.js'

const texts: Readonly<Record<Program, RegExp>> = {
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
      const [, written, version] = texts[program].exec(line.trim()) ?? []
      if (written === undefined || version === undefined) return
      const name = normalizedName(written)
      found.set(`${name} ${version}`, { name, version })
    },
    all: () => [...found.values()]
  }
}
