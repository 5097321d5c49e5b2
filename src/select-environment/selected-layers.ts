import { nearest } from '../model/naming/nearest.js'
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
 * The commit that the event names: what was pushed, what the other workflow tested, else the one that GitHub runs the
 * workflow for. `null`: it names none. GitHub documentation, "Events that trigger workflows", column GITHUB_SHA.
 */
function eventCommit(event: TriggerEvent, sha: string | null): string | null {
  switch (event.kind) {
    case 'push':
      return event.after
    case 'workflow_run':
      return event.headCommit
    default:
      return sha
  }
}

/** What is deployed, returned to, deleted or reported is what the event speaks of, whatever is checked out. */
export function checkoutVerdict(event: TriggerEvent, headCommit: string, sha: string | null): Verdict {
  const guard = 'SOURCE_NOT_CHECKED_OUT'
  // In a terminal the checkout is the event.
  const expected = event.kind === 'command-line' ? headCommit : eventCommit(event, sha)
  if (expected === headCommit) return { guard, subject: '', passed: true, detail: `${headCommit} is checked out` }
  const finding = {
    expected: `the commit ${expected ?? 'in GITHUB_SHA'} of the ${describe(event)} event to be checked out`,
    found: headCommit,
    mend:
      event.kind === 'workflow_run'
        ? 'check out with ref: ${{ github.event.workflow_run.head_sha }}'
        : 'check out the commit of the event (actions/checkout without ref), and commit nothing before this step'
  }
  return { guard, subject: '', passed: false, finding }
}

/**
 * What only looks may look at another commit, but says so.
 * @returns a warning; `null` where it looks at what the event speaks of: of a pull request the merge, or its head
 */
export function otherCommit(event: TriggerEvent, headCommit: string, sha: string | null): string | null {
  const named = eventCommit(event, sha)
  const isHead = event.kind === 'pull_request' && event.headCommit === headCommit
  if (event.kind === 'command-line' || named === null || named === headCommit || isHead) return null
  return `This looks at ${headCommit}, which is checked out; the ${describe(event)} event names ${named}, and a deploy takes no other commit`
}

function describe(event: TriggerEvent): string {
  return event.kind === 'other' ? event.name : event.kind
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
