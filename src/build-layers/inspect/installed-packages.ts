/** Which packages a layer holds, by its folders and the names and records in them. */
import { readdir, lstat } from 'node:fs/promises'
import { join } from 'node:path'
import { sourceText } from '../source/source-text.js'
import type { PackageVersion } from '../../model/index.js'

/** One distribution as its `.dist-info` folder is named: `numpy-2.2.6.dist-info`. */
interface InstalledPackage {
  readonly name: string
  readonly version: string
}

/** Path in the content → the package that installed it. */
export type InstalledFiles = ReadonlyMap<string, InstalledPackage>

/** Reads the RECORD of every installed package (Python Packaging User Guide, "Recording installed projects"). */
export async function readInstalledFiles(content: string): Promise<InstalledFiles> {
  const files = new Map<string, InstalledPackage>()
  for (const folder of await packageFolders(content)) {
    for (const distInfo of await readdir(join(content, folder))) {
      const [, name, version] = /^(.+)-([^-]+)\.dist-info$/.exec(distInfo) ?? []
      if (name === undefined || version === undefined) continue
      const record = await sourceText(join(content, folder, distInfo, 'RECORD'))
      const installed = { name, version }
      for (const path of recordedPaths(record)) files.set(`${folder}/${path}`, installed)
    }
  }
  return files
}

/** The first field of each line of a RECORD, a CSV; paths that lead elsewhere are left out. */
export function recordedPaths(record: string): readonly string[] {
  return record.split(/\r?\n/).flatMap(line => {
    const quoted = /^"((?:[^"]|"")*)",/.exec(line)?.[1]?.replaceAll('""', '"')
    const path = quoted ?? line.slice(0, Math.max(0, line.indexOf(',')))
    return path === '' || path.startsWith('/') || /(^|\/)\.\.(\/|$)/.test(path) ? [] : [path]
  })
}

/** `python/` and `python/lib/python3.x/site-packages/`: a package that another one carries inside itself is not the layer's. */
const packageFolder = /^python\/(?:lib\/python3\.\d+\/site-packages\/)?([^/]+)\.dist-info\//

/** Each once, names as indexes compare them (Python Packaging User Guide, "Names and normalization"). */
export function packagesIn(paths: readonly string[]): readonly PackageVersion[] {
  const found = new Map<string, PackageVersion>()
  for (const path of paths) {
    const stem = packageFolder.exec(path)?.[1] ?? ''
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

/**
 * The folders of a layer's content that Lambda's Python looks in, `python` and `python/lib/python3.x/site-packages`, as far as they exist
 * (AWS Lambda Developer Guide, "Layer paths for each Lambda runtime"). Relative to `content`.
 */
export async function packageFolders(content: string): Promise<readonly string[]> {
  const versions = (await readdir(join(content, 'python/lib')).catch(() => [])).filter(name =>
    /^python3[.]\d+$/.test(name)
  )
  const folders = ['python', ...versions.map(version => `python/lib/${version}/site-packages`)]
  const kinds = await Promise.all(folders.map(folder => lstat(join(content, folder)).catch(() => null)))
  return folders.filter((_, index) => kinds[index]?.isDirectory() === true)
}
