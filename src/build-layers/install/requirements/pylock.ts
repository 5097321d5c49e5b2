/** `pylock.toml` (Python packaging user guide, "pylock.toml Specification") as a requirements list with digests. */
import { parse } from 'smol-toml'
import { CodedError } from '../../../model/errors.js'

type Table = Readonly<Record<string, unknown>>

/** Throws `BUILD_FAILED` for what cannot be said in a list: another version of the format, conditions on extras and groups. */
export function requirementsOfPylock(text: string): string {
  const lock = readable(text)
  if (!/^1\./.test(String(lock['lock-version'])))
    throw unreadable(`lock-version ${JSON.stringify(lock['lock-version'])}`)
  const packages = Array.isArray(lock['packages']) ? (lock['packages'] as Table[]) : []
  return packages.map(each => `${requirement(each)}\n`).join('')
}

function requirement(each: Table): string {
  const name = textOf(each['name'])
  const marker = typeof each['marker'] === 'string' ? each['marker'] : ''
  if (/\b(extras|dependency_groups)\b/.test(marker)) throw unreadable(`a condition of ${name} on extras or groups`)
  const condition = marker === '' ? '' : ` ; ${marker}`
  const { directory, vcs, archive, version } = each
  if (isTable(directory)) return `${name} @ file:${textOf(directory['path'])}${condition}`
  if (isTable(vcs)) {
    if (vcs['type'] !== 'git') throw unreadable(`${name} from ${textOf(vcs['type'])}`)
    const below = vcs['subdirectory'] === undefined ? '' : `#subdirectory=${textOf(vcs['subdirectory'])}`
    const address = textOf(vcs['url'] ?? vcs['path'])
    return `${name} @ git+${address}@${textOf(vcs['commit-id'])}${below}${condition}`
  }
  if (isTable(archive)) {
    const address = archive['url'] === undefined ? `file:${textOf(archive['path'])}` : textOf(archive['url'])
    return `${name} @ ${address}${condition}${digests([archive])}`
  }
  const wheels = Array.isArray(each['wheels']) ? (each['wheels'] as Table[]) : []
  const files = [...wheels, ...(isTable(each['sdist']) ? [each['sdist']] : [])]
  if (typeof version !== 'string' || files.length === 0) throw unreadable(`${name} without a version and files`)
  return `${name}==${version}${condition}${digests(files)}`
}

function digests(files: readonly Table[]): string {
  const all = files.flatMap(file => {
    const hashes = isTable(file['hashes']) ? file['hashes'] : {}
    return typeof hashes['sha256'] === 'string' ? [hashes['sha256']] : []
  })
  if (all.length === 0) throw unreadable('a file without a SHA-256')
  return [...new Set(all)].map(digest => ` --hash=sha256:${digest}`).join('')
}

function readable(text: string): Table {
  try {
    return parse(text)
  } catch (cause) {
    throw unreadable(cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause))
  }
}

function unreadable(found: string): CodedError {
  return new CodedError('BUILD_FAILED', {
    expected: 'a pylock.toml of version 1 that pins every package for one use',
    found,
    mend: 'export the lock for the layer alone, or name a requirements file in build.requirements'
  })
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  throw unreadable('a package without a name or an address')
}

function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
