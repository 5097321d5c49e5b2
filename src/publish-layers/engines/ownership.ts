/** Whose a stack or a layer is, by the record beside it. Taking one over is a person's step: docs/ownership.md. */
import type { DeployRecord } from '../deploy-record.js'

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
