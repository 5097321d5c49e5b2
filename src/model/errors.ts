/**
 * Coded errors. Every refusal and failure that a user can meet is one of these codes; its line says what was
 * expected, what was found, and the mend. `docs/errors.md` is generated from `errorCodes`.
 */
export const errorCodes = {
  CONFIG_NOT_FOUND: 'The configuration file does not exist at the given path.',
  CONFIG_INVALID: 'The configuration, or an input of the action, does not follow the schema.',
  EVENT_INVALID: 'The event that started the run is missing, unreadable, or lacks a field that its kind requires.',
  NO_CREDENTIALS: 'No AWS credentials were found in any of the places that the AWS SDK looks in.',
  PROFILE_NOT_FOUND:
    'The AWS profile that the command line was given is in neither of the shared files of the AWS SDKs.',
  ACCESS_DENIED: 'AWS or GitHub denied a call. The line names the action and the resource.',
  AWS_FAILED: 'An AWS call failed for a reason that retrying did not cure.',
  GIT_FAILED: 'A git command failed, hung, or git is not installed.',
  BUILD_FAILED: "A layer's build did not finish, or produced nothing.",
  NOT_DEPLOYED: 'The command `report` found a layer that does not run what this commit wants.',
  PUBLISH_UNVERIFIED: 'What AWS stored is not what was uploaded: no ARN is given out.',
  DEADLINE_EXCEEDED: 'The step, or one remote call, took longer than it may.',
  FILE_EXISTS:
    'A file that a command would write is there already, and no earlier run of that command wrote it. It is left alone, and nothing is written.',
  CANCELLED: 'The run was cancelled before it finished.',
  RUNNER_NOT_SUPPORTED:
    'The machine is none that this action runs on: Linux x64 or arm64, or macOS. Nothing was read and nothing written.',
  RUNNER_FAILED: 'A file of the runner, for step outputs or state, could not be written.',
  INTERNAL: 'A defect of this action. Nothing further was written after it showed.',
  TRUSTED_EVENT: 'Guard. The event may not deploy.',
  ENVIRONMENT_MAPPED: 'Guard. The branch is not mapped to the environment that was asked for.',
  ACCOUNT_MISMATCH: "Guard. The credentials belong to another account than the environment's.",
  REGION_NOT_ALLOWED: 'Guard. A region that the environment does not name.',
  BUCKET_OWNER_MISMATCH:
    "Guard. The artifact bucket does not belong to the environment's account, or lies in another region.",
  STALE_RUN: 'Guard. The branch has a newer commit that wants it otherwise, or this commit is no longer on the branch.',
  NOT_PROMOTED: 'Guard. The environment to promote from has not proven this content.',
  REQUIRED_CHECKS: 'Guard. A required check has not succeeded for this commit.',
  COVERAGE_BELOW_MINIMUM: 'Guard. The measured coverage is below the minimum.',
  VERSION_NOT_FOUND: 'Guard. The layer version to roll back to, or to print the bill of materials of, does not exist.',
  ARTIFACT_GONE:
    'Guard. The content of the version to roll back to is neither in the bucket nor given out by AWS Lambda, or there is no bill of materials to print.',
  ARTIFACT_ALTERED:
    'Guard. What lies in the bucket under the key of a content is other content, or what was found for the version to roll back to is not the content of that version, or a bill of materials is not what its archive gives.',
  STACK_NOT_READY: 'Guard. The stack is in a state that no update can start from.',
  LAYER_NOT_OURS: 'Guard. The layer belongs to another repository, by the record of the engine `lambda`.',
  STACK_NOT_OURS: 'Guard. The stack is not tagged as belonging to this repository.',
  TEMPLATE_DELETES_VERSIONS: 'Guard. The change would delete a published layer version.',
  ARCHIVE_TOO_LARGE: 'Guard. The unzipped layer is over the limit of AWS Lambda.',
  ARCHIVE_LAYOUT: 'Guard. The layer is empty, or has none of the folders that a runtime looks in.',
  ARCHIVE_UNSAFE_PATH: 'Guard. A path, link or special file that must not be in a layer.',
  SECRET_IN_ARCHIVE: 'Guard. A file that holds, or looks like, a secret.',
  LFS_POINTER: 'Guard. A file of the layer is a Git LFS pointer, not the content that it stands for.',
  WRONG_ARCHITECTURE: 'Guard. A compiled file for another architecture or Python version than declared.',
  NOT_LOADABLE:
    'Guard. A compiled file that the runtime cannot load: it needs a newer glibc, a library that is not there, or another interpreter.',
  LAYER_NOT_IMPORTABLE: 'Guard. A module of the layer cannot be imported where it is meant to run.',
  SOURCE_NOT_CHECKED_OUT: 'Guard. The source of a layer is not checked out, or another commit is.',
  SOURCE_DIRTY: 'Guard. The checked-out source differs from the commit that is deployed.'
} as const

export type ErrorCode = keyof typeof errorCodes

/** What a coded error says. Each text is a fragment without a full stop; `mend` is an imperative ("set …", "add …"). */
export interface Finding {
  readonly expected: string
  readonly found: string
  readonly mend: string
}

/** Where in a file of the user the error lies. Line and column count from 1. */
export interface SourceLocation {
  readonly file: string
  readonly line: number
  readonly column: number
}

/** `CODE: Expected …, found …. To fix: ….`, in a configuration `<path>:<line>:<column>: CODE: …`. Always one line. */
export function errorLine(code: ErrorCode, finding: Finding, location?: SourceLocation): string {
  const place = location === undefined ? '' : `${location.file}:${location.line}:${location.column}: `
  // What others say may end in a full stop of its own.
  const [expected, found, mend] = [finding.expected, finding.found, finding.mend].map(part =>
    part.replace(/\.\s*$/, '')
  )
  const line = `${place}${code}: Expected ${expected ?? ''}, found ${found ?? ''}. To fix: ${mend ?? ''}.`
  return line.replace(/[\r\n\u2028\u2029]+/g, ' ')
}

export class CodedError extends Error {
  override readonly name = 'CodedError'
  constructor(
    readonly code: ErrorCode,
    readonly finding: Finding,
    options: { cause?: unknown; location?: SourceLocation | undefined } = {}
  ) {
    super(errorLine(code, finding, options.location), options.cause === undefined ? {} : { cause: options.cause })
    this.location = options.location
  }
  readonly location: SourceLocation | undefined
}

/** One error for several problems: the first decides, the others are told with it (`furtherProblems`). */
export function errorOfAll(problems: readonly CodedError[]): CodedError {
  const [first, ...others] = problems
  if (first === undefined) throw new Error('an error without a problem')
  if (others.length === 0) return first
  const cause = new AggregateError(others, `${others.length} further problems`)
  return new CodedError(first.code, first.finding, { cause, location: first.location })
}

/** What else is wrong, besides what the error itself says. */
export function furtherProblems(error: CodedError): readonly CodedError[] {
  if (!(error.cause instanceof AggregateError)) return []
  return error.cause.errors.filter(other => other instanceof CodedError)
}

/** The coded error for anything that was thrown: what is not ours already is a defect of ours. */
export function asCodedError(thrown: unknown): CodedError {
  if (thrown instanceof CodedError) return thrown
  const found = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : asText(thrown)
  return new CodedError(
    'INTERNAL',
    { expected: 'no unforeseen error', found, mend: 'run again with step debugging on and report the stack trace' },
    { cause: thrown }
  )
}

/** Anything can be thrown, what refuses to become text too. */
function asText(thrown: unknown): string {
  try {
    return String(thrown)
  } catch {
    return `a thrown ${typeof thrown}`
  }
}

/** For the `default` of a switch that the compiler knows to be exhaustive: the raw record goes into the error. */
export function unreachable(value: never): never {
  throw new Error(`unexpected value: ${JSON.stringify(value)}`)
}

/**
 * Everything that was started is awaited before the first failure is thrown: what still runs would write into folders that the
 * caller cleans, and its own error would hide the one that counts.
 */
export async function settled<const T extends readonly unknown[]>(
  started: T
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  const results = await Promise.allSettled(started)
  for (const result of results) if (result.status === 'rejected') throw result.reason
  return results.map(result => (result as PromiseFulfilledResult<unknown>).value) as {
    -readonly [K in keyof T]: Awaited<T[K]>
  }
}

/** How an error line shows a value. `source` is how the author wrote it. */
export function shown(value: unknown, source?: string): string {
  if (value === undefined) return 'nothing'
  if (value === null) return 'an empty value'
  if (typeof value === 'string') return quoted(value)
  if (typeof value === 'boolean') return `the boolean ${String(value)}`
  if (typeof value === 'number') return `the number ${shortened(source ?? String(value))}`
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list'
  return Object.keys(value).length === 0 ? 'an empty mapping' : 'a mapping'
}

export function quoted(text: string): string {
  return JSON.stringify(shortened(text))
}

const longestQuote = 80

/** Cut by whole characters. */
export function shortened(text: string): string {
  if (text.length <= longestQuote) return text
  return `${Array.from(text.slice(0, longestQuote)).slice(0, -1).join('')}…`
}
