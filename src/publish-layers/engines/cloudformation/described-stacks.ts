/** Descriptions of stacks, with as few calls as they can be had: kept from the observation, or asked for together. */
import { type StackDescription, TooManyPages } from '../../../ports/inventory.js'
import { stackReadiness } from './stack-status.js'
import { targetKey, type Target } from '../../target.js'
import { CodedError } from '../../../model/errors.js'
import type { AwsRegion, Stacks } from '../../../ports/aws.js'

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

interface Waiting {
  readonly stackName: string
  readonly resolve: (stack: StackDescription | null) => void
  readonly reject: (error: unknown) => void
}

/**
 * The stacks of a region, for those that wait for operations: what is described at one time is asked for together, by pages of the
 * region's stacks.
 * @param pages how many a list of them takes; infinite where it is not known, or not to be had
 */
export function waitedFor(region: AwsRegion, pages: () => number): Stacks {
  let waiting: Waiting[] = []
  let isAsking = false
  let isListable = true
  const list = async (mostPages: number): Promise<ReadonlyMap<string, StackDescription>> => {
    try {
      const stacks = await (await region.inventory()).stacks(mostPages)
      return new Map(stacks.map(stack => [stack.name, stack]))
    } catch (error) {
      const isDenied = error instanceof CodedError && error.code === 'ACCESS_DENIED'
      if (!isDenied && !(error instanceof TooManyPages)) throw error
      isListable = false
      return new Map()
    }
  }
  const answer = async (asked: readonly Waiting[]): Promise<void> => {
    const listed = isListable && asked.length > pages() ? await list(asked.length) : new Map<string, never>()
    await Promise.all(
      asked.map(async ({ stackName, resolve, reject }) => {
        const found = listed.get(stackName)
        // One that a list does not show may have been made, or have gone, while it was read.
        if (found !== undefined) resolve(found)
        else await region.stacks.describe(stackName).then(resolve, reject)
      })
    )
  }
  const ask = async (): Promise<void> => {
    isAsking = true
    while (waiting.length > 0) {
      const asked = waiting
      waiting = []
      await answer(asked).catch((error: unknown) => {
        for (const { reject } of asked) reject(error)
      })
    }
    isAsking = false
  }
  const describe = (stackName: string): Promise<StackDescription | null> =>
    new Promise((resolve, reject) => {
      waiting.push({ stackName, resolve, reject })
      if (!isAsking) void ask()
    })
  return { ...region.stacks, describe }
}
