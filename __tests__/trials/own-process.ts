/** Trials in a process of their own. */
import { join } from 'node:path'
import { inOwnProcess } from '../support/own-process.js'
import type { CanaryRounds, Rounds } from './canary-rounds.js'
import type { Figure, Found } from './run-trials.js'
import type { Scenario } from './scenarios.js'
import type { TrialFault } from './trial.js'
import type { Meeting } from './two-runs.js'

interface Orders {
  readonly trials: {
    readonly scenarios: readonly Scenario[]
    readonly faults: readonly TrialFault[]
    /** One trial out of so many. */
    readonly every?: number
  }
  readonly canaries: Rounds
  readonly stops: { readonly scenarios: readonly Scenario[]; readonly meeting: Meeting }
  readonly stale: { readonly scenarios: readonly Scenario[]; readonly stales: readonly number[] }
  readonly rounds: {
    readonly scenarios: readonly Scenario[]
    readonly runs: readonly number[]
    readonly stale?: number
  }
}
export type Order = { readonly [Kind in keyof Orders]: { readonly kind: Kind } & Orders[Kind] }[keyof Orders]
export type ResultOf<O extends Order> = O extends { readonly kind: 'trials' }
  ? Figure
  : O extends { readonly kind: 'canaries' }
    ? CanaryRounds
    : Found

/** Milliseconds that they may take on a machine that does ten other things; alone on it, less than a minute. */
export const patience = 900_000

type Results<O extends Readonly<Record<string, Order>>> = { readonly [Name in keyof O]: ResultOf<O[Name]> }

const program = join(import.meta.dirname, 'own-process-main.ts')

/** One after the other. @returns the results by the names of the orders */
export function trialsOf<const O extends Readonly<Record<string, Order>>>(orders: O): Promise<Results<O>> {
  return inOwnProcess(program, orders)
}
