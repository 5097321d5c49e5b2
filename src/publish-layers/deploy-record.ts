/**
 * What we record beside a published version: as tags of its stack, or in its state file. It is the baseline of the next run, and says
 * whose the stack or the layer is.
 */
import type { DeployedVersion } from '../model/index.js'

export interface DeployRecord {
  readonly sourceDigest: string
  readonly contentDigest: string
  readonly artifactSha256: string
  /** The superproject commit. */
  readonly commit: string
  /** The object id of the layer's path in it: for a submodule its commit. */
  readonly sourceCommit: string
  /** `<run id>/<attempt>`, or `local`. */
  readonly run: string
  /** `owner/name`: who owns the stack. */
  readonly repository: string
  /** GitHub's number of it, which a rename does not change; absent where no run knew it. */
  readonly repositoryId?: string
  /** Versions that were on record before the one that this record names: `1-57 60`. */
  readonly versions?: string
  /** Number of the version whose content was published again; only after a rollback. */
  readonly rolledBackTo?: string
}

const fields = {
  sourceDigest: 'source-digest',
  contentDigest: 'content-digest',
  artifactSha256: 'artifact-sha256',
  commit: 'commit',
  sourceCommit: 'source-commit',
  run: 'run',
  repository: 'repository',
  repositoryId: 'repository-id',
  versions: 'versions',
  rolledBackTo: 'rolled-back-to'
} as const satisfies Record<keyof DeployRecord, string>

const entries = Object.entries(fields) as readonly (readonly [keyof DeployRecord, string])[]

export const tagPrefix = 'layer-deploy:'

/** The stack tags: `layer-deploy:source-digest` and so on, and what others put there. */
export function tagsOf(record: DeployRecord, others: Readonly<Record<string, string>> = {}): Record<string, string> {
  const ours = new Set(entries.map(([, name]) => tagPrefix + name))
  const theirs = Object.entries(others).filter(([name]) => !ours.has(name))
  return { ...Object.fromEntries(theirs), ...prefixed(record, tagPrefix) }
}

/** The same names without the prefix, for the state file. */
export function fieldsOf(record: Partial<DeployRecord>): Record<string, string> {
  return prefixed(record, '')
}

function prefixed(record: Partial<DeployRecord>, prefix: string): Record<string, string> {
  return Object.fromEntries(
    entries.flatMap(([field, name]) => {
      const value = record[field]
      return value === undefined ? [] : [[prefix + name, value] as const]
    })
  )
}

/**
 * What a record takes over from the one that it follows.
 * @param before what is on record; `null`: nothing
 * @param version what the new record names; `null`: another version than the one before, its number is not known yet
 */
export function succeeding(
  record: DeployRecord,
  before: { readonly version: number; readonly record: Partial<DeployRecord> } | null,
  version: number | null,
  repositoryId: string | null = null
): DeployRecord {
  const id = repositoryId ?? before?.record.repositoryId ?? record.repositoryId
  const versions =
    before === null || before.version === version || before.record.contentDigest === undefined
      ? before?.record.versions
      : withVersion(before.record.versions, before.version)
  const { repositoryId: _id, versions: _versions, ...own } = record
  return { ...own, ...(id !== undefined && { repositoryId: id }), ...(versions !== undefined && { versions }) }
}

/** As a deployed version bears it. */
function historyOf({ versions }: Partial<DeployRecord>): { readonly earlierVersions?: string } {
  return versions === undefined ? {} : { earlierVersions: versions }
}

/** The deployed version that the record is of, as far as it says; what AWS has of the version is not read. */
export function deployedBy(
  record: Partial<DeployRecord>,
  version: Pick<DeployedVersion, 'version' | 'arn' | 'access'>
): DeployedVersion {
  return {
    ...version,
    sourceDigest: record.sourceDigest ?? null,
    contentDigest: record.contentDigest ?? null,
    artifactSha256: record.artifactSha256 ?? null,
    commit: record.commit ?? null,
    run: record.run ?? null,
    sourceCommit: record.sourceCommit ?? null,
    sizeBytes: null,
    ...rollbackOf(record),
    ...historyOf(record),
    properties: null
  }
}

/** As a deployed version bears it; nothing where it was made by no rollback. */
function rollbackOf({ rolledBackTo, run }: Partial<DeployRecord>): {
  readonly rolledBackTo?: number
  readonly lastRun?: string
} {
  const version = Number(rolledBackTo)
  return Number.isSafeInteger(version) && version > 0
    ? { rolledBackTo: version, ...(run !== undefined && { lastRun: run }) }
    : {}
}

/** Reads what `tagsOf` (with its prefix) or `fieldsOf` wrote; what is missing is left out. */
export function readRecord(values: Readonly<Record<string, unknown>>, prefix: string): Partial<DeployRecord> {
  return Object.fromEntries(
    entries.flatMap(([field, name]) => {
      const value = values[prefix + name]
      return typeof value === 'string' && value !== '' ? [[field, value]] : []
    })
  )
}

/**
 * Which versions were on record before the present one, as a short text: `1-57 60`. It fits into a stack tag of 256 characters
 * (AWS CloudFormation API reference, Tag), where a list of numbers would not; the oldest are left out where it grows longer.
 */
type Range = readonly [first: number, last: number]

const maximumTagCharacters = 256

/** @param text what stood there; absent: nothing */
export function withVersion(text: string | undefined, version: number): string {
  const ranges = [...rangesOf(text), [version, version] as const].sort((a, b) => a[0] - b[0])
  const joined: Range[] = []
  for (const [first, last] of ranges) {
    const before = joined.at(-1)
    if (before !== undefined && first <= before[1] + 1)
      joined[joined.length - 1] = [before[0], Math.max(before[1], last)]
    else joined.push([first, last])
  }
  let shown = joined.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`))
  while (shown.join(' ').length > maximumTagCharacters) shown = shown.slice(1)
  return shown.join(' ')
}

export function isAmong(text: string | undefined, version: number): boolean {
  return rangesOf(text).some(([first, last]) => first <= version && version <= last)
}

/** What cannot be read says nothing: no version is on record by it. */
function rangesOf(text = ''): readonly Range[] {
  return text
    .slice(0, maximumTagCharacters)
    .split(' ')
    .flatMap(part => {
      const [, first, last = first] = /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(part) ?? []
      return first === undefined ? [] : [[Number(first), Number(last)] as const]
    })
}

/** Whose a stack or a layer is, by the record beside it. Taking one over is a person's step: docs/ownership.md. */
export interface Owner {
  /** `owner/name`. Empty for a run that only reads and does not know it: nobody's stacks are foreign to it. */
  readonly repository: string
  /** GitHub's number of the repository; `null`: not known, as in a terminal. */
  readonly repositoryId?: string | null
}

type Recorded = Partial<Pick<DeployRecord, 'repository' | 'repositoryId'>>

/**
 * By the number where both sides know it: a repository keeps it when it is renamed or transferred, and a name that was given up may
 * be taken by somebody else. Else by the name, which GitHub compares without case.
 */
export function isOwn({ repository, repositoryId = null }: Owner, recorded: Recorded): boolean {
  if (repository === '') return true
  if (repositoryId !== null && recorded.repositoryId !== undefined) return repositoryId === recorded.repositoryId
  return recorded.repository?.toLowerCase() === repository.toLowerCase()
}

/** Nobody has put a name to it: neither a stack of ours nor a layer of anybody. */
export function isUnowned({ repository, repositoryId }: Recorded): boolean {
  return repository === undefined && repositoryId === undefined
}

/** `owner/name (repository 4711)` */
export function ownerText({ repository, repositoryId }: Owner | Recorded): string {
  const id = repositoryId ?? undefined
  return id === undefined
    ? (repository ?? 'an unnamed repository')
    : `${repository ?? 'a repository'} (repository id ${id})`
}
