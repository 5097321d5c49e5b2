import { nearest } from '../config/check/nearest.js'
import { CodedError } from '../model/errors.js'
import type { Layer, TriggerEvent, Verdict } from '../model/index.js'

/**
 * The layers that the input `layers` names, in the order of the configuration; all where it names none.
 * @throws CodedError CONFIG_INVALID for an id that the configuration does not have
 */
export function selectedLayers(layers: readonly Layer[], ids: readonly string[] | null): readonly Layer[] {
  if (ids === null) return layers
  const known = layers.map(({ id }) => id)
  for (const id of ids) {
    if (known.includes(id)) continue
    const close = nearest(id, known)
    throw new CodedError('CONFIG_INVALID', {
      expected: `layer ids of the configuration in the input layers (${known.slice(0, 20).join(', ')})`,
      found: JSON.stringify(id),
      mend: close === null ? 'correct the input layers' : `write ${close} in the input layers`
    })
  }
  return layers.filter(({ id }) => ids.includes(id))
}

/**
 * What is deployed must be what the event speaks of: after a workflow_run, actions/checkout checks out the default
 * branch unless it is told otherwise.
 */
export function checkoutVerdict(event: TriggerEvent, headCommit: string): Verdict {
  const guard = 'SOURCE_NOT_CHECKED_OUT'
  const expected = event.kind === 'push' ? event.after : event.kind === 'workflow_run' ? event.headCommit : headCommit
  if (expected === headCommit) return { guard, subject: '', passed: true, detail: `${headCommit} is checked out` }
  const finding = {
    expected: `the commit ${expected} of the ${event.kind} event to be checked out`,
    found: headCommit,
    mend:
      event.kind === 'workflow_run'
        ? 'check out with ref: ${{ github.event.workflow_run.head_sha }}'
        : 'check out the commit of the event (actions/checkout without ref), and commit nothing before this step'
  }
  return { guard, subject: '', passed: false, finding }
}

/**
 * Layers are built from the commit: what lies in the working tree beside it would be left out without a word.
 * @param leftovers what is changed, untracked or checked out at another commit
 */
export function workingTreeVerdict(leftovers: readonly string[]): Verdict {
  const guard = 'SOURCE_DIRTY'
  if (leftovers.length === 0) return { guard, subject: '', passed: true, detail: 'nothing is changed or untracked' }
  const more = leftovers.length - 5
  const finding = {
    expected: 'a working tree without changed or untracked files',
    found: `${leftovers.slice(0, 5).join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
    mend: 'commit or stash them, in the submodules too (or add them to .gitignore), and run again'
  }
  return { guard, subject: '', passed: false, finding }
}
