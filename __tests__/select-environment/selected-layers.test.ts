import { describe, expect, it } from '@jest/globals'
import { CodedError, errorLine } from '../../src/model/errors.js'
import type { Layer, TriggerEvent, Verdict } from '../../src/model/index.js'
import {
  checkoutVerdict,
  otherCommit,
  selectedLayers,
  workingTreeVerdict
} from '../../src/select-environment/selected-layers.js'
import { layer, objectId } from '../support/configs.js'

const [named, elsewhere, base] = [objectId('a'), objectId('b'), objectId('c')]
const push: TriggerEvent = {
  ...{ kind: 'push', ref: 'refs/heads/test', before: base, after: named, deleted: false, forced: false }
}
const workflowRun: TriggerEvent = {
  ...{ kind: 'workflow_run', conclusion: 'success', cause: 'push', headBranch: 'test', headCommit: named },
  sameRepository: true
}
const pull: TriggerEvent = {
  ...{ kind: 'pull_request', number: 7, baseBranch: 'test', baseCommit: base, headCommit: named },
  ...{ fromFork: false, locked: false }
}
const dispatch: TriggerEvent = { kind: 'workflow_dispatch', ref: 'refs/heads/test' }
const other: TriggerEvent = { kind: 'other', name: 'release', ref: 'refs/heads/test' }
const line: TriggerEvent = { kind: 'command-line', branch: 'test' }

/** Guard and detail, or the line of the refusal. */
function said({ guard, subject, ...verdict }: Verdict): string {
  expect(subject).toBe('')
  if (verdict.passed === false) return errorLine(guard, verdict.finding)
  return `${guard} ${verdict.passed === true ? verdict.detail : 'is not judged'}`
}

describe('the layers that the input names', () => {
  const layers: readonly Layer[] = ['da_flask', 'da', 'da_framework'].map(id => layer(id))
  const chosen = (ids: readonly string[] | null): readonly string[] => selectedLayers(layers, ids).map(({ id }) => id)
  const refusalOf = (ids: readonly string[]): string => {
    try {
      return chosen(ids).join()
    } catch (error) {
      return error instanceof CodedError ? errorLine(error.code, error.finding) : String(error)
    }
  }

  it.each([
    [null, ['da_flask', 'da', 'da_framework']],
    [[], []],
    [
      ['da_framework', 'da_flask'],
      ['da_flask', 'da_framework']
    ],
    [['da'], ['da']]
  ])('%j: %j, in the order of the configuration', (ids, expected) => {
    expect(chosen(ids)).toEqual(expected)
  })
  it('one that is not configured is refused, with the nearest that is', () => {
    expect(refusalOf(['da_flask', 'da_flsk'])).toBe(
      'CONFIG_INVALID: Expected layer ids of the configuration in the input layers (da_flask, da, da_framework), found "da_flsk". To fix: write da_flask in the input layers.'
    )
    expect(refusalOf(['zzzzzzzz'])).toMatch(/found "zzzzzzzz"\. To fix: correct the input layers\.$/)
  })
})

describe('F135 the commit that is checked out is the one that the event names', () => {
  it.each<[string, TriggerEvent, string | null]>([
    ['push: after', push, elsewhere],
    ['workflow_run: its head', workflowRun, elsewhere],
    ['workflow_dispatch: GITHUB_SHA', dispatch, named],
    ['another event: GITHUB_SHA', other, named],
    ['a terminal: whatever is checked out', line, elsewhere]
  ])('%s', (_what, event, sha) => {
    expect(said(checkoutVerdict(event, named, sha))).toBe(`SOURCE_NOT_CHECKED_OUT ${named} is checked out`)
  })
  const anyOther =
    'To fix: check out the commit of the event (actions/checkout without ref), and commit nothing before this step.'
  it.each<[TriggerEvent, string | null, string, string]>([
    [push, elsewhere, `${named} of the push event`, anyOther],
    [
      workflowRun,
      elsewhere,
      `${named} of the workflow_run event`,
      'To fix: check out with ref: ${{ github.event.workflow_run.head_sha }}.'
    ],
    [dispatch, named, `${named} of the workflow_dispatch event`, anyOther],
    [other, named, `${named} of the release event`, anyOther],
    [dispatch, null, 'in GITHUB_SHA of the workflow_dispatch event', anyOther]
  ])('%j with GITHUB_SHA %s refuses another one', (event, sha, expected, mend) => {
    const line = `SOURCE_NOT_CHECKED_OUT: Expected the commit ${expected} to be checked out, found ${elsewhere}. ${mend}`
    expect(said(checkoutVerdict(event, elsewhere, sha))).toBe(line)
  })
})

describe('what only looks may look at another commit', () => {
  it.each<[string, TriggerEvent, string, string | null]>([
    ['the merge of a pull request', pull, elsewhere, elsewhere],
    ['the head of a pull request', pull, named, elsewhere],
    ['what was pushed', push, named, null],
    ['a terminal', line, elsewhere, named],
    ['an event that names none', dispatch, elsewhere, null]
  ])('%s: nothing to say', (_what, event, head, sha) => {
    expect(otherCommit(event, head, sha)).toBeNull()
  })
  it.each<[TriggerEvent, string, string | null, string]>([
    [push, elsewhere, elsewhere, 'push'],
    // The head counts for a pull request alone.
    [workflowRun, elsewhere, named, 'workflow_run'],
    [other, elsewhere, named, 'release'],
    [dispatch, elsewhere, named, 'workflow_dispatch'],
    [pull, base, named, 'pull_request']
  ])('%j at %s with GITHUB_SHA %s says so', (event, head, sha, name) => {
    expect(otherCommit(event, head, sha)).toBe(
      `This looks at ${head}, which is checked out; the ${name} event names ${named}, and a deploy takes no other commit`
    )
  })
})

describe('F30 what lies beside the commit', () => {
  const mend = 'To fix: commit or stash them, in the submodules too (or add them to .gitignore), and run again.'
  it.each<[readonly string[], string]>([
    [['a'], 'a'],
    [['a', 'b', 'c', 'd', 'e'], 'a, b, c, d, e'],
    [['a', 'b', 'c', 'd', 'e', 'f', 'g'], 'a, b, c, d, e and 2 more']
  ])('%j is refused', (leftovers, found) => {
    expect(said(workingTreeVerdict(leftovers))).toBe(
      `SOURCE_DIRTY: Expected a working tree without changed or untracked files, found ${found}. ${mend}`
    )
  })
  it('nothing passes', () => {
    expect(said(workingTreeVerdict([]))).toBe('SOURCE_DIRTY nothing is changed or untracked')
  })
})
