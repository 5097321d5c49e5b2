/** The bound on GitHub calls: what a run can do without is left out before it would pass fourteen. */

/** Of one run, whatever the number of layers; retries and further pages of comments aside. */
const mostCalls = 14

/** What the delivery may need at most: final status, a look at the status before, pull request, comments, write, look again. */
export const callsOfReport = 6

export interface CallBudget {
  /** Whether so many more calls still leave room for what must follow. */
  allows(calls: number): boolean
  /** How many are left, at least 0. */
  left(): number
}

/** @param reserved the calls that must still be possible afterwards */
export function callBudget(github: { callsMade(): number }, reserved: number): CallBudget {
  const left = (): number => Math.max(0, mostCalls - github.callsMade() - reserved)
  return { allows: calls => calls <= left(), left }
}
