import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export interface NodeBinary {
  /** Without the leading `v`. */
  readonly version: string
  readonly path: string
}

/**
 * The Node binaries that the bundle must run on: the current one and the optional packages `node22` and `node24`.
 * @throws {Error} on Linux x64 where one of the packages is missing: a test run must not skip a version silently.
 */
export function nodeBinaries(): NodeBinary[] {
  const packages = ['node22', 'node24'].flatMap(name => {
    const folder = fileURLToPath(new URL(`../../node_modules/${name}/`, import.meta.url))
    if (existsSync(`${folder}bin/node`)) {
      const { version } = JSON.parse(readFileSync(`${folder}package.json`, 'utf8')) as { version: string }
      return [{ version, path: `${folder}bin/node` }]
    }
    if (process.platform === 'linux' && process.arch === 'x64') {
      throw new Error(`expected ${folder}bin/node, found nothing. To fix: run npm ci with optional dependencies`)
    }
    return []
  })
  return [{ version: process.versions.node, path: process.execPath }, ...packages]
}
