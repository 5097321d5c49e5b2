import type { Layer } from '../../model.js'

/** What packages are installed for: the layer's runtime and architecture, whatever the runner is. */
export interface PythonTarget {
  /** `3.10` */
  readonly version: string
  readonly architecture: 'x86_64' | 'aarch64'
  /** The newest glibc 2.x that a wheel may ask for. */
  readonly glibcMinor: number
}

/** The interpreter that the installer runs with. */
export interface RunningPython {
  readonly version: string
  /** As `platform.machine()` says it, with `linux-` or another system before it. */
  readonly machine: string
}

/** The oldest glibc that the manylinux tags with a glibc version speak of (PEP 600); older ones are covered by manylinux2014. */
const oldestGlibcMinor = 17

/**
 * The first Python runtime and the first architecture that the layer declares; `null` where it declares no Python runtime. With several runtimes compiled
 * packages suit one of them only: a layer with such packages declares one.
 */
export function pythonTarget(
  layer: Pick<Layer, 'compatibleRuntimes' | 'compatibleArchitectures'>
): PythonTarget | null {
  const version = layer.compatibleRuntimes.map(runtime => /^python(3\.\d+)$/.exec(runtime)?.[1]).find(Boolean)
  if (version === undefined) return null
  const architecture = layer.compatibleArchitectures[0] === 'arm64' ? 'aarch64' : 'x86_64'
  // AWS Lambda Developer Guide, "Lambda runtimes": up to python3.11 on Amazon Linux 2 (glibc 2.26), from python3.12 on 2023 (2.34).
  const glibcMinor = Number(version.split('.')[1]) >= 12 ? 34 : 26
  return { version, architecture, glibcMinor }
}

/** Whether packages for the target must be chosen by tags, since the runner's own would not suit. */
export function isCross(target: PythonTarget, running: RunningPython): boolean {
  return target.version !== running.version || `linux-${target.architecture}` !== running.machine
}

/** Every platform tag whose wheels run on the target, best first. pip takes no ranges. */
export function platformTags({ architecture, glibcMinor }: PythonTarget): readonly string[] {
  const tags: string[] = []
  for (let minor = glibcMinor; minor >= oldestGlibcMinor; minor--) tags.push(`manylinux_2_${minor}_${architecture}`)
  return [...tags, `manylinux2014_${architecture}`]
}
