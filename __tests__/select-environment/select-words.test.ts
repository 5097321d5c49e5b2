/** What a choice says, word for word: a refusal is read by somebody who has to mend it. */
import { describe, expect, it } from '@jest/globals'
import { errorLine } from '../../src/model/errors.js'
import type { Selection, TriggerEvent } from '../../src/model/index.js'
import { selectEnvironment, type SelectionRequest } from '../../src/select-environment/select.js'
import { objectId, production, sandbox } from '../support/configs.js'

const head = objectId('a')
const push = (ref: string, deleted = false): TriggerEvent => ({
  ...{ kind: 'push', ref, before: objectId('b'), after: head, deleted, forced: false }
})
const run = (changes: Partial<TriggerEvent & { kind: 'workflow_run' }> = {}): TriggerEvent => ({
  ...{ kind: 'workflow_run', conclusion: 'success', cause: 'push', headBranch: 'test', headCommit: head },
  sameRepository: true,
  ...changes
})
const pull: TriggerEvent = {
  ...{ kind: 'pull_request', number: 7, baseBranch: 'test', baseCommit: objectId('b'), headCommit: head },
  ...{ fromFork: false, locked: false }
}
const group = (baseRef: string): TriggerEvent => ({
  ...{ kind: 'merge_group', baseRef, baseCommit: objectId('b'), headCommit: head }
})
const other = (name: string, ref: string): TriggerEvent => ({ kind: 'other', name, ref })
const line = (branch: string | null): TriggerEvent => ({ kind: 'command-line', branch })

function said(selection: Selection): string {
  if (selection.kind === 'nothing') return `nothing: ${selection.why}`
  if (selection.kind === 'refuse') {
    const { guard, subject, passed, finding } = selection.verdict
    return `${String(passed)}${subject} ${errorLine(guard, finding).slice(0, -1)}`
  }
  return `${selection.kind} ${selection.environment.name} from ${selection.branch}: ${selection.why}`
}

const deployed = 'deploy sandbox from test'
const planned = 'plan sandbox from test'
const mend = 'To fix: leave the input environment out, or run on a branch that the environment names'
const untrusted = 'false TRUSTED_EVENT: Expected'
const onlyPlans = 'To fix: use the command plan here, or auto, which plans where it may not deploy'
const trusted = 'a push, a workflow_dispatch or an accepted workflow_run on a mapped branch'

const nothingCheckedOut =
  'nothing: no branch is checked out (a detached HEAD): run git switch BRANCH, one that an environment names'

const table: readonly (readonly [TriggerEvent, Partial<SelectionRequest>, string])[] = [
  [push('refs/heads/test'), {}, `${deployed}: push on test`],
  [push('refs/heads/test'), { command: 'deploy' }, `${deployed}: push on test`],
  [push('refs/heads/test'), { command: 'detect' }, `${planned}: detect reads only`],
  [push('refs/heads/test'), { command: 'report' }, 'report sandbox from test: push on test'],
  [push('refs/heads/test'), { command: 'rollback' }, `${deployed}: push on test`],
  [push('refs/heads/test'), { command: 'prune' }, `${deployed}: push on test`],
  [pull, { command: 'rollback' }, `${untrusted} ${trusted}, found pull_request may only plan. ${onlyPlans}`],
  [pull, { command: 'prune' }, `${untrusted} ${trusted}, found pull_request may only plan. ${onlyPlans}`],
  [pull, { command: 'report' }, `${planned}: pull_request may only plan`],
  [
    run({ conclusion: null }),
    { command: 'report' },
    `${untrusted} a workflow run that succeeded, found no conclusion. To fix: mend the other workflow and run it again`
  ],
  [push('refs/heads/x'), {}, 'nothing: branch x is not mapped to an environment'],
  [push('refs/heads/test', true), {}, 'nothing: branch test was deleted'],
  [push('refs/tags/test'), {}, 'nothing: refs/tags/test is not a branch'],
  [pull, {}, `${planned}: pull_request may only plan`],
  [pull, { command: 'deploy' }, `${untrusted} ${trusted}, found pull_request may only plan. ${onlyPlans}`],
  [group('refs/heads/test'), {}, `${planned}: merge_group may only plan`],
  [group('refs/tags/test'), {}, 'nothing: refs/tags/test is not a branch'],
  [{ kind: 'workflow_dispatch', ref: 'refs/heads/test' }, {}, `${deployed}: workflow_dispatch on test`],
  [{ kind: 'workflow_dispatch', ref: 'refs/tags/test' }, {}, 'nothing: refs/tags/test is not a branch'],
  [{ kind: 'schedule', ref: 'refs/heads/test' }, {}, `${planned}: schedule may only plan`],
  [{ kind: 'schedule', ref: 'refs/tags/test' }, {}, 'nothing: refs/tags/test is not a branch'],
  [line('test'), {}, `${deployed}: command-line on test`],
  [line(null), {}, nothingCheckedOut],
  [
    line('x'),
    {},
    'nothing: branch x is not mapped to an environment (mapped are test to sandbox, main to production, live to production)'
  ],
  [
    line(null),
    { command: 'deploy' },
    'false ENVIRONMENT_MAPPED: Expected a branch that is checked out and mapped to an environment (test, main, live), found a detached HEAD. To fix: run git switch test or main or live, then this command again'
  ],
  [
    line('x'),
    { command: 'rollback' },
    'false ENVIRONMENT_MAPPED: Expected a branch that is checked out and mapped to an environment (test, main, live), found branch x, which is not mapped. To fix: run git switch test or main or live, then this command again'
  ],
  [
    line('x'),
    { command: 'rollout' },
    'false ENVIRONMENT_MAPPED: Expected a branch that is checked out and mapped to an environment (test, main, live), found branch x, which is not mapped. To fix: run git switch test or main or live, then this command again'
  ],
  [push('refs/heads/test'), { command: 'rollout' }, `${deployed}: push on test`],
  [
    line('x'),
    { command: 'plan' },
    'nothing: branch x is not mapped to an environment (mapped are test to sandbox, main to production, live to production)'
  ],
  [
    { kind: 'workflow_dispatch', ref: 'refs/heads/x' },
    { command: 'deploy' },
    'nothing: branch x is not mapped to an environment'
  ],
  [
    line(null),
    { command: 'plan', environment: 'production' },
    'false ENVIRONMENT_MAPPED: Expected a branch that is checked out and mapped to production (main, live), found a detached HEAD. To fix: run git switch main or live, then this command again'
  ],
  [
    line(null),
    { environment: 'sanbox' },
    'false ENVIRONMENT_MAPPED: Expected an environment of the configuration (sandbox, production), found "sanbox". To fix: did you mean sandbox? Write the name of the environment'
  ],
  [
    line(null),
    { environment: 'zzzzzz' },
    'false ENVIRONMENT_MAPPED: Expected an environment of the configuration (sandbox, production), found "zzzzzz". To fix: write the name of an environment'
  ],
  [line(null), { command: 'plan' }, nothingCheckedOut],
  [other('x', 'refs/heads/test'), {}, 'nothing: the event x never deploys'],
  [other('x', 'refs/tags/test'), { command: 'plan' }, 'nothing: the event x never deploys'],
  [other('x', 'refs/heads/test'), { command: 'plan' }, `${planned}: plan reads only`],
  [
    other('x', 'refs/heads/test'),
    { command: 'deploy' },
    `${untrusted} ${trusted}, found the event x never deploys. ${onlyPlans}`
  ],
  [run(), {}, `${deployed}: workflow_run on test`],
  [run({ headBranch: null }), {}, 'nothing: the other workflow ran on no branch'],
  [run({ sameRepository: false }), { command: 'plan' }, `${planned}: plan reads only`],
  [
    run({ sameRepository: false }),
    {},
    `${untrusted} a workflow run of this repository, found one of a fork. To fix: filter the trigger by its branches, or deploy on push`
  ],
  [
    run({ sameRepository: false }),
    { command: 'deploy' },
    `${untrusted} a workflow run of this repository, found one of a fork. To fix: filter the trigger by its branches, or deploy on push`
  ],
  [
    run({ cause: 'pull_request' }),
    {},
    `${untrusted} a workflow run started by a push, found one started by pull_request. To fix: deploy only after a push, not after a pull request`
  ],
  [
    run({ conclusion: 'failure' }),
    {},
    `${untrusted} a workflow run that succeeded, found failure. To fix: mend the other workflow and run it again`
  ],
  [
    run({ conclusion: null }),
    {},
    `${untrusted} a workflow run that succeeded, found no conclusion. To fix: mend the other workflow and run it again`
  ],
  [
    run(),
    { branchTip: objectId('c') },
    `${untrusted} ${head} at the tip of test, found ${objectId('c')}. To fix: wait for the run of the newer commit, which deploys`
  ],
  [
    run(),
    { branchTip: null },
    `${untrusted} ${head} at the tip of test, found no such branch on the remote. To fix: push test again, or run the workflow for a branch that exists`
  ],
  [
    push('refs/heads/test'),
    { environment: 'production' },
    `false ENVIRONMENT_MAPPED: Expected a branch of production (main, live), found branch test, which is mapped to sandbox. ${mend}`
  ],
  [
    push('refs/heads/x'),
    { environment: 'production' },
    `false ENVIRONMENT_MAPPED: Expected a branch of production (main, live), found branch x, which is mapped to nothing. ${mend}`
  ],
  [
    push('refs/heads/test'),
    { environment: 'Sandbox' },
    `false ENVIRONMENT_MAPPED: Expected an environment of the configuration (sandbox, production), found "Sandbox". To fix: did you mean sandbox? Write the name of the environment`
  ],
  [
    push('refs/tags/test'),
    { environment: 'sandbox' },
    `false ENVIRONMENT_MAPPED: Expected a branch that is mapped to sandbox, found refs/tags/test is not a branch. ${mend}`
  ],
  [push('refs/heads/test'), { environment: 'sandbox' }, `${deployed}: push on test`]
]

describe('the choice, word for word', () => {
  it.each(table)('%j %j', (event, changes, expected) => {
    const environments = [sandbox, { ...production, branches: ['main', 'live'] }]
    const request = { event, command: 'auto' as const, environments, environment: null, branchTip: head, ...changes }
    const selection = selectEnvironment(request)
    expect(said(selection)).toBe(expected)
    expect(Object.keys(selection).sort()).toEqual(
      { nothing: ['kind', 'why'], refuse: ['kind', 'verdict'] }[selection.kind as string] ?? [
        ...['branch', 'environment', 'kind', 'why']
      ]
    )
  })

  it('throws on an event of an unknown kind', () => {
    const event = { kind: 'guess' } as unknown as TriggerEvent
    const request = { event, command: 'auto' as const, environments: [sandbox], environment: null, branchTip: null }
    expect(() => selectEnvironment(request)).toThrow('unexpected value: {"kind":"guess"}')
  })
})
