/** Stacks without a version, as the observation described them: a change that begins soon after need not ask again. */
import type { StackDescription } from '../../../ports/inventory.js'
import { stackReadiness } from './stack-status.js'
import { targetKey, type Target } from '../../target.js'

/** After a longer build a stack is described again before it is changed. */
const freshMilliseconds = 60_000

export interface DescribedStacks {
  /** @param at when it was asked for, milliseconds since 1970 */
  remember(target: Target, stack: StackDescription | null, at: number): void
  /** The stack, once, where it is fresh and has no version yet; `undefined`: it is to be described. */
  take(target: Target, now: number): StackDescription | null | undefined
}

export function describedStacks(): DescribedStacks {
  const known = new Map<string, { readonly stack: StackDescription | null; readonly at: number }>()
  return {
    remember: (target, stack, at) => {
      // One that runs a version has an owner and a record, which may change under the same version: no change set shows it.
      const isNew = stack === null || stackReadiness(stack.status) === 'create'
      if (isNew) known.set(targetKey(target), { stack, at })
    },
    take: (target, now) => {
      const found = known.get(targetKey(target))
      known.delete(targetKey(target))
      return found !== undefined && now - found.at <= freshMilliseconds ? found.stack : undefined
    }
  }
}
