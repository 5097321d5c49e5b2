/** The contract between the HTTP server and the operations. */
import type { PermissionName, RepositoryRecord, TokenRecord, World } from './world.js'

/** One request after authentication; parameters, query and body have been checked against the description. */
export interface ApiRequest {
  readonly params: Readonly<Record<string, string>>
  /** Coerced to the types of the description: `per_page` is a number. */
  readonly query: Readonly<Record<string, unknown>>
  readonly body: unknown
  readonly token: TokenRecord
  /** The repository that the path names; throws for a path outside of one. */
  readonly repository: RepositoryRecord
  readonly world: World
  /** The caller's primary rate limit, this request included. */
  readonly rate: RateLimitState
}

export type ApiResponse =
  | { readonly kind: 'one'; readonly status: number; readonly body: unknown }
  /** The server cuts the page out of `items`, renders it and adds the Link header. */
  | {
      readonly kind: 'list'
      readonly items: readonly unknown[]
      readonly render: (item: never) => unknown
      /** For lists inside an object (`{total_count, check_runs}`). */
      readonly wrap?: (page: readonly unknown[]) => unknown
    }
  | { readonly kind: 'empty'; readonly status: 204 }

/** Any one of the needs is enough; `[]` asks for a token only. */
export type Needs = readonly (readonly [PermissionName, 'read' | 'write'])[]

export interface Operation {
  /** `operationId` of GitHub's description, from which method, path, parameters and schemas are taken. */
  readonly id: string
  readonly needs: Needs
  /** Does not count against the rate limit. */
  readonly free?: true
  handle(request: ApiRequest): ApiResponse
}

/** An answer other than success, in GitHub's shape `{message, errors?, documentation_url, status}`. */
export class ApiFailure extends Error {
  override readonly name = 'ApiFailure'
  constructor(
    readonly status: number,
    message: string,
    readonly details: { errors?: readonly unknown[]; headers?: Readonly<Record<string, string>> } = {}
  ) {
    super(message)
  }
}

export const notFound = (): ApiFailure => new ApiFailure(404, 'Not Found')

export function validationFailed(resource: string, field: string, code: string, message?: string): ApiFailure {
  const error = { resource, field, code, ...(message === undefined ? {} : { message }) }
  return new ApiFailure(422, 'Validation Failed', { errors: [error] })
}

/** GitHub's limits count characters, not UTF-16 units. */
export const characterCount = (text: string): number => Array.from(text).length

export const one = (body: unknown, status = 200): ApiResponse => ({ kind: 'one', status, body })

export function list<T>(
  items: readonly T[],
  render: (item: T) => unknown,
  wrap?: (page: readonly unknown[]) => unknown
): ApiResponse {
  return { kind: 'list', items, render, ...(wrap === undefined ? {} : { wrap }) }
}

/** The record with the id that the path names, in the path's repository. */
export function recordById<T extends { id: number; repository: string }>(
  records: readonly T[],
  request: ApiRequest,
  parameter: string
): T {
  const id = Number(request.params[parameter])
  const record = records.find(r => r.id === id && r.repository === request.repository.fullName)
  if (record === undefined) throw notFound()
  return record
}

/** The records of the path's repository. */
export function ofRepository<T extends { repository: string }>(records: readonly T[], request: ApiRequest): T[] {
  return records.filter(record => record.repository === request.repository.fullName)
}

export interface RateLimitState {
  readonly limit: number
  readonly used: number
  readonly remaining: number
  /** Seconds since 1970. */
  readonly reset: number
}
