/** One permission of a generated policy. */

export type ConditionBlock = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>

/** Actions that are needed together, on the same resources, for the same reason. */
export interface Permission {
  readonly sid: string
  readonly effect: 'Allow' | 'Deny'
  readonly actions: readonly string[]
  readonly resources: readonly string[]
  readonly condition: ConditionBlock
  /** Why each action is there, in the order of `actions`. */
  readonly why: readonly string[]
}

/** @param actions why each is needed, by action */
export function allow(
  sid: string,
  resources: readonly string[],
  actions: Readonly<Record<string, string>>,
  condition: ConditionBlock = {}
): Permission {
  return { sid, effect: 'Allow', actions: Object.keys(actions), resources, condition, why: Object.values(actions) }
}
