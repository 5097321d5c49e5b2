/**
 * What we record beside a published version: as tags of its stack, or in its state file. It is the baseline of the next run.
 */
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
}

const fields = {
  sourceDigest: 'source-digest',
  contentDigest: 'content-digest',
  artifactSha256: 'artifact-sha256',
  commit: 'commit',
  sourceCommit: 'source-commit',
  run: 'run',
  repository: 'repository'
} as const satisfies Record<keyof DeployRecord, string>

const entries = Object.entries(fields) as readonly (readonly [keyof DeployRecord, string])[]

export const tagPrefix = 'layer-deploy:'

/** The seven stack tags, `layer-deploy:source-digest` and so on. */
export function tagsOf(record: DeployRecord): Record<string, string> {
  return Object.fromEntries(entries.map(([field, name]) => [tagPrefix + name, record[field]]))
}

/** The same names without the prefix, for the state file. */
export function fieldsOf(record: DeployRecord): Record<string, string> {
  return Object.fromEntries(entries.map(([field, name]) => [name, record[field]]))
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
