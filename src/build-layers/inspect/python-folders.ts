import type { Layer } from '../../model/index.js'
import { declaredPythons } from './wheel-tags.js'

export interface BlindPython {
  readonly runtime: string
  /** Where the modules lie that it does not find. */
  readonly folders: readonly string[]
}

const versionFolder = /^python\/(lib(?:64)?\/python(3\.\d+)\/(?:site|dist)-packages)\/(.+)$/
/** Beside modules in an installer's target folder. */
const noModules = /^(lib|lib64|bin|include|share|etc)$/

/**
 * The declared Pythons that do not find the modules of a layer (AWS Lambda Developer Guide, "Layer paths for each Lambda runtime"): one that finds none though there are
 * some, and all for what lies in the folder of a Python that is not declared and nowhere else.
 */
export function blindPythons(
  layer: Pick<Layer, 'compatibleRuntimes'>,
  paths: readonly string[]
): readonly BlindPython[] {
  const pythons = declaredPythons(layer)
  const byVersion = new Map<string, { folder: string; names: Set<string> }>()
  const common = new Set<string>()
  for (const path of paths) {
    const [, folder = '', version = '', rest = ''] = versionFolder.exec(path) ?? []
    if (version !== '') {
      const known = byVersion.get(folder) ?? { folder: `python/${folder}`, names: new Set<string>() }
      byVersion.set(folder, known)
      addModule(known.names, rest)
    } else if (path.startsWith('python/')) addModule(common, path.slice('python/'.length))
  }
  if (byVersion.size === 0) return []
  const foundBy = (version: string): ReadonlySet<string> =>
    byVersion.get(`lib/python${version}/site-packages`)?.names ?? new Set()
  const declared = new Set(pythons.map(({ version }) => `lib/python${version}/site-packages`))
  return pythons.flatMap(({ version }) => {
    const own = foundBy(version)
    const lost = [...byVersion].filter(([folder, { names }]) => {
      if (names.size === 0) return false
      if (declared.has(folder)) return common.size === 0 && own.size === 0
      return [...names].some(name => !common.has(name) && !own.has(name))
    })
    return lost.length === 0 ? [] : [{ runtime: `python${version}`, folders: lost.map(([, { folder }]) => folder) }]
  })
}

function addModule(names: Set<string>, path: string): void {
  const top = path.split('/')[0] ?? ''
  const isFolder = path.includes('/')
  const stem = isFolder ? top : (/^([^.]+)\.(?:.*\.)?(?:py|so|pyc)$/.exec(top)?.[1] ?? '')
  if (stem !== '' && /^[^\W\d]\w*$/.test(stem) && !(isFolder && noModules.test(stem))) names.add(stem)
}
