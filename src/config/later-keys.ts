/**
 * Keys of the design that this version does not act on. They are refused, not ignored: a key that looks accepted and does
 * nothing (a share that is not made, a check that is not required) is worse than an error. To switch one on, add it to the
 * schema and delete its line here.
 */
export interface LaterKey {
  readonly section: 'environment' | 'layer'
  readonly key: string
  readonly description: string
}

export const laterKeys: readonly LaterKey[] = []
