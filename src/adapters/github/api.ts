/** How the parts of the GitHub adapter send their calls. */

export interface Call {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  readonly route: string
  /** What the workflow must grant; GitHub's own word, where it says it, counts more. */
  readonly permission: string
  readonly parameters?: Readonly<Record<string, unknown>>
  readonly request?: { readonly retries: number }
}

/** Every method throws `GitHubError`. */
export interface Api {
  /** The answer's body as `shape` reads it. */
  send<T>(call: Call, shape: (data: unknown) => T): Promise<T>
  /** The items of at most `pages` pages, and the number of the last page read. */
  list<T>(call: Call, pages: number, shape: (item: unknown) => T): Promise<{ items: readonly T[]; lastPage: number }>
  /** `$owner` and `$repo` are given to every query. */
  graphql<T>(
    what: string,
    permission: string | null,
    query: string,
    variables: Readonly<Record<string, unknown>>,
    shape: (data: unknown) => T
  ): Promise<T>
}
