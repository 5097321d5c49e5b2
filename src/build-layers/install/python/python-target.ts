import type { Layer } from '../../../model/index.js'

/** What packages are installed for: the layer's runtime and architecture, whatever the runner is. */
export interface PythonTarget {
  /** `3.10` */
  readonly version: string
  readonly architecture: 'x86_64' | 'aarch64'
  /** The newest glibc 2.x that a wheel may ask for. */
  readonly glibcMinor: number
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

/** The newest glibc version not over the target's that uv has a name for. */
export function uvGlibcMinor({ glibcMinor }: PythonTarget): number {
  return glibcMinor >= 34 ? 34 : 17
}

/**
 * Every platform tag whose wheels run on the target, best first. pip takes no ranges. What uv would take comes first, so that the two come to the same wheel where a
 * release has several.
 */
export function platformTags(target: PythonTarget): readonly string[] {
  const { architecture, glibcMinor } = target
  const same = uvGlibcMinor(target)
  const tags: string[] = []
  for (let minor = same; minor >= oldestGlibcMinor; minor--) tags.push(`manylinux_2_${minor}_${architecture}`)
  // A wheel that was built for one's own machines names no glibc at all.
  tags.push(`manylinux2014_${architecture}`, `linux_${architecture}`)
  for (let minor = glibcMinor; minor > same; minor--) tags.push(`manylinux_2_${minor}_${architecture}`)
  return tags
}

/** What conditions of requirements are read with (PEP 508, "Environment markers"). The patch release is not known: the first, as uv takes it. */
export function markerEnvironment({ version, architecture }: PythonTarget): Readonly<Record<string, string>> {
  return {
    implementation_name: 'cpython',
    implementation_version: `${version}.0`,
    os_name: 'posix',
    platform_machine: architecture,
    platform_python_implementation: 'CPython',
    platform_system: 'Linux',
    python_full_version: `${version}.0`,
    python_version: version,
    sys_platform: 'linux'
  }
}
