/** A change that never came to be executed: because others changed the stack each time, or for a reason that stays. */
import type { StackDescription } from '../../../../ports/inventory.js'
import { CodedError } from '../../../../model/errors.js'

/** One attempt: the stack as it stood, and why nothing was executed. */
export interface Turn {
  readonly before: StackDescription | null
  readonly why: string
}

/** Others are blamed only where the stack was seen to be another one than before. */
export function noTurn(stackName: string, turns: readonly Turn[]): CodedError {
  const states = new Set(turns.map(({ before }) => stateOf(before)))
  const why = turns.at(-1)?.why ?? 'no attempt'
  const expected = `a change of the stack ${stackName} to get its turn`
  if (states.size > 1) {
    return new CodedError('AWS_FAILED', {
      expected,
      found: `a stack that others changed meanwhile, in ${turns.length} attempts`,
      mend: 'see who else changes this stack, and run again'
    })
  }
  return new CodedError('AWS_FAILED', {
    expected,
    found: `${why}, in each of ${turns.length} attempts, while the stack stayed as it was`,
    mend: `look at the change sets of ${stackName} and at what answers in place of AWS CloudFormation (AWS_ENDPOINT_URL, a proxy), delete its change sets and run again`
  })
}

function stateOf(stack: StackDescription | null): string {
  if (stack === null) return ''
  const { id, status, changeSetId, outputs, tags, parameters } = stack
  return JSON.stringify([id, status, changeSetId, outputs, tags, parameters])
}
