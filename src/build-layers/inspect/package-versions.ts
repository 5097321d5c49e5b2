/** Which packages a layer holds, by the names of its files alone. */
import type { PackageVersion } from '../../model/index.js'

/** `python/` and `python/lib/python3.x/site-packages/`: a package that another one carries inside itself is not the layer's. */
const installed = /^python\/(?:lib\/python3\.\d+\/site-packages\/)?([^/]+)\.dist-info\//

/** Each once, names as indexes compare them (Python Packaging User Guide, "Names and normalization"). */
export function packagesIn(paths: readonly string[]): readonly PackageVersion[] {
  const found = new Map<string, PackageVersion>()
  for (const path of paths) {
    const stem = installed.exec(path)?.[1] ?? ''
    const cut = stem.lastIndexOf('-')
    if (cut <= 0 || cut === stem.length - 1) continue
    const name = stem
      .slice(0, cut)
      .replaceAll(/[-_.]+/g, '-')
      .toLowerCase()
    found.set(stem, { name, version: stem.slice(cut + 1) })
  }
  return [...found.values()]
}
