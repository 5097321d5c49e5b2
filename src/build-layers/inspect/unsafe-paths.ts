/** What is known of one path of a layer's content when it is inspected. Paths are relative, `/` as separator. */
export type InspectedEntry =
  | { readonly kind: 'file'; readonly path: string; readonly sizeBytes: number }
  | { readonly kind: 'symlink'; readonly path: string; readonly target: string }
  | { readonly kind: 'refused'; readonly path: string; readonly why: string }

export interface UnsafePath {
  readonly path: string
  readonly why: string
}

/** Linux, path_resolution(7) and limits.h: NAME_MAX, PATH_MAX less `/opt/` and the end, and the links followed in one lookup. */
const maxNameBytes = 255
const maxPathBytes = 4090
const maxLinks = 40

/** Every path that must not be in a layer, in the order of the entries, each once. */
export function unsafePaths(entries: readonly InspectedEntry[]): readonly UnsafePath[] {
  const byPath = new Map(entries.map(entry => [entry.path, entry]))
  const folders = new Set(entries.flatMap(({ path }) => parentsOf(path)))
  const spelling = new Map<string, string>()
  const seen = new Set<string>()
  const unsafe: UnsafePath[] = []
  for (const entry of entries) {
    const why =
      (entry.kind === 'refused' ? entry.why : null) ??
      unsafeName(entry.path) ??
      (seen.has(entry.path) ? 'it appears twice' : null) ??
      collision(entry.path, spelling) ??
      (entry.kind === 'symlink' ? unsafeLink(entry.path, entry.target, byPath, folders) : null)
    seen.add(entry.path)
    if (why !== null) unsafe.push({ path: entry.path, why })
  }
  return unsafe
}

function unsafeName(path: string): string | null {
  if (path.startsWith('/')) return 'it is absolute'
  if (path.includes('\\')) return 'it holds a backslash'
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  if (/[\u0000-\u001f\u007f]/.test(path)) return 'it holds a control character'
  const names = path.split('/')
  if (names.some(name => name === '' || name === '.' || name === '..')) return 'it is not a plain relative path'
  if (byteLength(path) > maxPathBytes) return `it is longer than ${maxPathBytes} bytes`
  if (names.some(name => byteLength(name) > maxNameBytes)) return `a name in it is longer than ${maxNameBytes} bytes`
  return null
}

/** Two spellings of one path unpack to one file where case does not count, and differ from machine to machine. */
function collision(path: string, spelling: Map<string, string>): string | null {
  for (const part of [...parentsOf(path), path]) {
    const folded = part.normalize('NFC').toLowerCase()
    const other = spelling.get(folded)
    if (other === undefined) spelling.set(folded, part)
    else if (other !== part) return `it differs from ${other} only in case or composition`
  }
  return null
}

/** Follows a link the way Linux does, within the content alone. */
function unsafeLink(
  path: string,
  target: string,
  byPath: ReadonlyMap<string, InspectedEntry>,
  folders: ReadonlySet<string>
): string | null {
  if (target === '') return 'it is a link to nothing'
  const at = path.split('/').slice(0, -1)
  const rest = target.split('/')
  let links = 1
  if (target.startsWith('/')) return 'it is a link to an absolute path'
  for (let name = rest.shift(); name !== undefined; name = rest.shift()) {
    if (name === '' || name === '.') continue
    if (name === '..') {
      if (at.pop() === undefined) return 'it is a link out of the layer'
      continue
    }
    at.push(name)
    const here = at.join('/')
    const entry = byPath.get(here)
    if (entry?.kind === 'symlink') {
      if (++links > maxLinks) return 'it is a link that loops'
      if (entry.target.startsWith('/')) return 'it is a link to an absolute path'
      at.pop()
      rest.unshift(...entry.target.split('/'))
    } else if (entry === undefined && !folders.has(here)) {
      return 'it is a link to what is not in the layer'
    }
  }
  return null
}

function parentsOf(path: string): readonly string[] {
  const parents: string[] = []
  for (let slash = path.indexOf('/'); slash !== -1; slash = path.indexOf('/', slash + 1)) {
    parents.push(path.slice(0, slash))
  }
  return parents
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).byteLength
}
