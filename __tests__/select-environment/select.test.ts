import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { Command, Selection, TriggerEvent } from '../../src/model/index.js'
import { needsBranchTip, selectEnvironment, type SelectionRequest } from '../../src/select-environment/select.js'
import { objectId, production, sandbox } from '../support/configs.js'
import { runs } from '../support/property-runs.js'

const head = objectId('a')
const push = (ref: string, changes: Partial<TriggerEvent & { kind: 'push' }> = {}): TriggerEvent => ({
  kind: 'push',
  ref,
  before: objectId('b'),
  after: head,
  deleted: false,
  forced: false,
  ...changes
})
const pull = (baseBranch: string, fromFork = false): TriggerEvent => ({
  kind: 'pull_request',
  number: 7,
  baseBranch,
  baseCommit: objectId('b'),
  headCommit: head,
  fromFork,
  locked: false
})
const workflowRun = (changes: Partial<TriggerEvent & { kind: 'workflow_run' }> = {}): TriggerEvent => ({
  kind: 'workflow_run',
  conclusion: 'success',
  cause: 'push',
  headBranch: 'test',
  headCommit: head,
  sameRepository: true,
  ...changes
})
const other = (name: string, ref = 'refs/heads/main'): TriggerEvent => ({ kind: 'other', name, ref })

function select(event: TriggerEvent, changes: Partial<SelectionRequest> = {}): Selection {
  const request = {
    event,
    command: 'auto' as const,
    environments: [sandbox, production],
    environment: null,
    branchTip: head
  }
  return selectEnvironment({ ...request, ...changes })
}

/** `deploy sandbox`, `nothing`, `refuse TRUSTED_EVENT`. */
function shown(selection: Selection): string {
  switch (selection.kind) {
    case 'nothing':
      return 'nothing'
    case 'refuse':
      return `refuse ${selection.verdict.guard}`
    default:
      return `${selection.kind} ${selection.environment.name}`
  }
}

describe('event × ref → what may happen (command auto)', () => {
  const table: readonly (readonly [string, TriggerEvent, string])[] = [
    ['push to the sandbox branch', push('refs/heads/test'), 'deploy sandbox'],
    ['push to the production branch', push('refs/heads/main'), 'deploy production'],
    ['push to another branch', push('refs/heads/feature'), 'nothing'],
    ['F13 first push of a mapped branch', push('refs/heads/test', { before: '0'.repeat(40) }), 'deploy sandbox'],
    ['F14 forced push', push('refs/heads/test', { forced: true }), 'deploy sandbox'],
    ['F15 deleted branch', push('refs/heads/test', { deleted: true }), 'nothing'],
    ['F16 tag', push('refs/tags/v1'), 'nothing'],
    ['F16 tag named like a branch', push('refs/tags/main'), 'nothing'],
    [
      'F17 merge group of a mapped branch',
      { kind: 'merge_group', baseRef: 'refs/heads/main', baseCommit: head, headCommit: head },
      'plan production'
    ],
    [
      'F17 merge group of another branch',
      { kind: 'merge_group', baseRef: 'refs/heads/x', baseCommit: head, headCommit: head },
      'nothing'
    ],
    ['F18 workflow_run that succeeded on the tip', workflowRun(), 'deploy sandbox'],
    ['F18 workflow_run that failed', workflowRun({ conclusion: 'failure' }), 'refuse TRUSTED_EVENT'],
    ['F18 workflow_run without a conclusion', workflowRun({ conclusion: null }), 'refuse TRUSTED_EVENT'],
    ['F18 workflow_run of a fork', workflowRun({ sameRepository: false }), 'refuse TRUSTED_EVENT'],
    ['F18 workflow_run of a pull request', workflowRun({ cause: 'pull_request' }), 'refuse TRUSTED_EVENT'],
    ['F18 workflow_run of an older commit', workflowRun({ headCommit: objectId('c') }), 'refuse TRUSTED_EVENT'],
    ['F18 workflow_run of an unmapped branch', workflowRun({ headBranch: 'feature' }), 'nothing'],
    ['F18 workflow_run without a branch', workflowRun({ headBranch: null }), 'nothing'],
    ['pull request into the sandbox branch', pull('test'), 'plan sandbox'],
    ['F19 pull request of a fork', pull('main', true), 'plan production'],
    ['pull request into another branch', pull('feature'), 'nothing'],
    ['F20 pull_request_target', other('pull_request_target'), 'nothing'],
    ['issue_comment', other('issue_comment'), 'nothing'],
    ['an event of tomorrow', other('something_new'), 'nothing'],
    [
      'workflow_dispatch on a mapped branch',
      { kind: 'workflow_dispatch', ref: 'refs/heads/main' },
      'deploy production'
    ],
    ['workflow_dispatch on another branch', { kind: 'workflow_dispatch', ref: 'refs/heads/x' }, 'nothing'],
    ['workflow_dispatch on a tag', { kind: 'workflow_dispatch', ref: 'refs/tags/main' }, 'nothing'],
    ['F22 schedule', { kind: 'schedule', ref: 'refs/heads/main' }, 'plan production'],
    ['command line on a mapped branch', { kind: 'command-line', branch: 'test' }, 'deploy sandbox'],
    ['command line on a detached HEAD', { kind: 'command-line', branch: null }, 'nothing'],
    ['F25 Main is not main', push('refs/heads/Main'), 'nothing'],
    ['F25 Cyrillic look-alike', push('refs/heads/m\u0430in'), 'nothing'],
    ['F25 main/x', push('refs/heads/main/x'), 'nothing'],
    ['F25 a ref that only ends like the branch', push('refs/heads/refs/heads/main'), 'nothing']
  ]
  it.each(table)('%s', (_name, event, expected) => {
    expect(shown(select(event))).toBe(expected)
  })
})

describe('the command and the input environment', () => {
  const table: readonly (readonly [string, TriggerEvent, Command, string | null, string])[] = [
    ['deploy on a push', push('refs/heads/test'), 'deploy', null, 'deploy sandbox'],
    ['plan on a push', push('refs/heads/test'), 'plan', null, 'plan sandbox'],
    ['detect on a push', push('refs/heads/test'), 'detect', null, 'plan sandbox'],
    ['deploy on a pull request', pull('test'), 'deploy', null, 'refuse TRUSTED_EVENT'],
    ['deploy on a schedule', { kind: 'schedule', ref: 'refs/heads/main' }, 'deploy', null, 'refuse TRUSTED_EVENT'],
    ['F20 deploy on pull_request_target', other('pull_request_target'), 'deploy', null, 'refuse TRUSTED_EVENT'],
    ['plan on issue_comment', other('issue_comment'), 'plan', null, 'plan production'],
    ['F18 plan after a failed workflow', workflowRun({ conclusion: 'failure' }), 'plan', null, 'plan sandbox'],
    ['the environment agrees', push('refs/heads/test'), 'auto', 'sandbox', 'deploy sandbox'],
    [
      'F21 the environment is another',
      { kind: 'workflow_dispatch', ref: 'refs/heads/test' },
      'auto',
      'production',
      'refuse ENVIRONMENT_MAPPED'
    ],
    [
      'F21 the environment does not exist',
      { kind: 'workflow_dispatch', ref: 'refs/heads/test' },
      'auto',
      'Sandbox',
      'refuse ENVIRONMENT_MAPPED'
    ],
    ['F21 the branch is mapped to none', push('refs/heads/feature'), 'auto', 'sandbox', 'refuse ENVIRONMENT_MAPPED'],
    ['F21 the ref is a tag', push('refs/tags/main'), 'auto', 'production', 'refuse ENVIRONMENT_MAPPED'],
    [
      'F21 the environment is another on a pull request',
      pull('test'),
      'auto',
      'production',
      'refuse ENVIRONMENT_MAPPED'
    ]
  ]
  it.each(table)('%s', (_name, event, command, environment, expected) => {
    expect(shown(select(event, { command, environment }))).toBe(expected)
  })

  it('names the branches of the environment that was asked for', () => {
    const selection = select(push('refs/heads/test'), { environment: 'production' })
    expect(selection.kind === 'refuse' && selection.verdict.finding).toEqual({
      expected: 'a branch of production (main)',
      found: 'branch test, which is mapped to sandbox',
      mend: 'leave the input environment out, or run on a branch that the environment names'
    })
  })
})

it('asks for the tip of the branch only after a workflow_run', () => {
  expect(needsBranchTip(workflowRun())).toBe(true)
  expect(needsBranchTip(workflowRun({ headBranch: null }))).toBe(false)
  expect(needsBranchTip(push('refs/heads/test'))).toBe(false)
})

it('G10 never deploys to an environment whose branch the ref is not', () => {
  const ref = fc.oneof(
    fc.constantFrom('refs/heads/test', 'refs/heads/main', 'refs/tags/main', 'refs/heads/Main'),
    fc.string()
  )
  const event: fc.Arbitrary<TriggerEvent> = fc.oneof(
    ref.map(name => push(name)),
    ref.map(name => ({ kind: 'workflow_dispatch' as const, ref: name })),
    ref.map(name => ({ kind: 'schedule' as const, ref: name })),
    ref.map(name => other('any', name)),
    fc
      .record({
        conclusion: fc.constantFrom('success', 'failure', null),
        headBranch: fc.constantFrom('test', 'main', 'x', null),
        sameRepository: fc.boolean(),
        cause: fc.constantFrom('push', 'pull_request')
      })
      .map(workflowRun)
  )
  const commands: fc.Arbitrary<Command> = fc.constantFrom('auto', 'detect', 'plan', 'deploy')
  fc.assert(
    fc.property(
      event,
      commands,
      fc.constantFrom(null, 'sandbox', 'production', 'x'),
      (anyEvent, command, environment) => {
        const selection = select(anyEvent, { command, environment })
        if (selection.kind !== 'deploy') return
        expect(selection.environment.branches).toContain(selection.branch)
        expect(command === 'auto' || command === 'deploy').toBe(true)
        const named =
          'ref' in anyEvent ? anyEvent.ref : 'headBranch' in anyEvent ? `refs/heads/${anyEvent.headBranch}` : ''
        expect(named).toBe(`refs/heads/${selection.branch}`)
        expect(['push', 'workflow_dispatch', 'workflow_run']).toContain(anyEvent.kind)
      }
    ),
    { numRuns: runs(10_000) }
  )
})
