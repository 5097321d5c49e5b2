/** Lambda functions of one account and region, for `rollout`. Errors as in `Aws`. */
export interface Functions {
  /** Name → layer version ARNs of `$LATEST`, over all pages. */
  list(): Promise<ReadonlyMap<string, readonly string[]>>
  /** `$LATEST` as it is configured; `null`: there is no such function. */
  read(functionName: string): Promise<FunctionState | null>
  tags(functionName: string): Promise<Readonly<Record<string, string>>>
  /**
   * Replaces the whole list of layers of `$LATEST`, at `revisionId` only.
   * @returns `changed`: the function has another revision by now, or an update is under way: read it again
   */
  setLayers(functionName: string, layers: readonly string[], revisionId: string): Promise<'accepted' | 'changed'>
}

export interface FunctionState {
  readonly functionName: string
  /** Empty for a container image. */
  readonly runtime: string
  readonly architectures: readonly string[]
  /** In the order in which Lambda merges them. */
  readonly layers: readonly FunctionLayer[]
  /** Of the function's own zip. */
  readonly codeBytes: number
  readonly revisionId: string
  readonly update: 'successful' | 'in-progress' | 'failed'
  /** Why the last update failed; else empty. */
  readonly updateReason: string
}

interface FunctionLayer {
  /** Of the layer version. */
  readonly arn: string
  /** Of its zip. */
  readonly sizeBytes: number
}
