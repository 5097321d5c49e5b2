import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { packageFolders } from '../source/package-folders.js'
import { sourceText } from '../source/source-text.js'

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
