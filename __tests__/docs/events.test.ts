/** docs/events.md says what the choice, the status and the comment really do with payloads that GitHub delivered. */
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import type { WorkflowEvent } from '../../emulators/world/workflow-event.js'
import type { Command, TriggerEvent } from '../../src/model/index.js'
import { commentTarget } from '../../src/report/comment/deliver-comment.js'
import { statusTarget } from '../../src/report/deliver.js'
import { selectEnvironment } from '../../src/select-environment/select.js'
import { readTriggerEvent } from '../../src/action/event.js'
import { objectId, production, sandbox } from '../support/configs.js'
import {
  delivered,
  deliveredPayloads,
  realDeletion,
  realDispatch,
  realMergeGroup,
  realOther,
  realPullRequest,
  realPush,
  realSchedule,
  realTag,
  realWorkflowRun,
  type RealPullRequest
} from '../support/real-payloads.js'

const [head, base, merge] = [objectId('a'), objectId('b'), objectId('c')]
const pull = (changes: Partial<RealPullRequest> = {}): WorkflowEvent =>
  realPullRequest({ number: 9, base: 'test', baseCommit: base, headCommit: head, mergeCommit: merge, ...changes })

const scenarios: Readonly<Record<string, readonly WorkflowEvent[]>> = {
  'push to a mapped branch': [
    realPush({ before: base, after: head }),
    realPush({ branch: 'main', before: base, after: head })
  ],
  'first push of a mapped branch': [realPush({ after: head })],
  'forced push to a mapped branch': [realPush({ before: base, after: head }, true)],
  'push to another branch': [realPush({ branch: 'feature', after: head }), realPush({ branch: 'Test', after: head })],
  'tag, also one named like a branch': [realTag('v1', head), realTag('test', head)],
  'deleted branch': [realDeletion('test', head)],
  pull_request: [pull(), pull({ base: 'main' })],
  'pull_request of Dependabot': [pull({ from: 'dependabot' })],
  'pull_request from a fork': [pull({ from: 'fork' })],
  'pull_request from a fork deleted since': [pull({ from: 'deleted-fork' })],
  'pull_request into another branch': [pull({ base: 'feature' })],
  merge_group: [realMergeGroup('test', base, head)],
  'workflow_run: succeeded, of a push, at the tip': [realWorkflowRun(head)],
  'workflow_run that failed': ['failure', 'cancelled', 'timed_out', 'skipped', null].map(conclusion =>
    realWorkflowRun(head, { conclusion })
  ),
  'workflow_run of a pull request': [realWorkflowRun(head, { event: 'pull_request' })],
  'workflow_run of a fork': [realWorkflowRun(head, { head_repository: { full_name: 'mona/superproject' } })],
  'workflow_run no longer at the tip': [realWorkflowRun(base)],
  'workflow_dispatch on a mapped branch': [realDispatch('test', head)],
  'workflow_dispatch on another branch': [realDispatch('feature', head)],
  schedule: [realSchedule(head)],
  pull_request_target: [pull({ eventName: 'pull_request_target' })],
  issue_comment: [realOther('issue_comment')],
  repository_dispatch: [realOther('repository_dispatch')],
  check_run: [realOther('check_run')],
  'create, delete': [realOther('create'), realOther('delete')]
}

const statusWords: Readonly<Record<string, string>> = {
  push: 'the pushed commit',
  pull_request: 'its head',
  merge_group: "the group's head",
  workflow_run: 'the commit that was tested',
  workflow_dispatch: "the branch's commit",
  schedule: "the default branch's commit"
}

function read({ eventName, payload, ref }: WorkflowEvent): TriggerEvent {
  return readTriggerEvent({ name: eventName, ref, repository: 'octo-org/superproject' }, payload)
}

function choice(event: TriggerEvent, command: Command): string {
  const environments = [sandbox, production]
  const selection = selectEnvironment({ event, command, environments, environment: null, branchTip: head })
  const words = { deploy: 'deploys', plan: 'plans', report: 'reports', nothing: 'nothing', refuse: '' }
  return selection.kind === 'refuse' ? `refused: \`${selection.verdict.guard}\`` : words[selection.kind]
}

/** The row that the code deserves. */
async function rowOf(event: WorkflowEvent): Promise<readonly string[]> {
  const trigger = read(event)
  const auto = choice(trigger, 'auto')
  const said = [auto, choice(trigger, 'deploy')]
  if (auto === 'nothing') return [...said, '–', '–']
  const status = statusTarget(head, { event: trigger, status: true })
  const merged = [
    {
      number: 9,
      headCommit: head,
      baseBranch: 'test',
      mergedAt: '2026-01-01T00:00:00Z',
      mergeCommit: head,
      locked: false
    }
  ]
  const asked: string[] = []
  const pullsOfCommit = (commit: string) => (asked.push(commit), Promise.resolve(merged))
  const target = await commentTarget(trigger, { headCommit: head, branch: 'test' }, { pullsOfCommit })
  const comment = asked.length > 0 ? 'the pull request that the commit came from' : 'the pull request'
  return [
    ...said,
    status === null ? '–' : (statusWords[event.eventName] ?? '?'),
    target.kind === 'none' ? '–' : comment
  ]
}

const page = readFileSync(join(resolve(import.meta.dirname, '../..'), 'docs/events.md'), 'utf8')
const table = new Map(
  page
    .split('\n')
    .filter(line => /^\| (?!event|---)/.test(line))
    .map(line =>
      line
        .split('|')
        .slice(1, -1)
        .map(cell => cell.trim())
    )
    .map(([event = '', ...cells]) => [event, cells] as const)
)

describe('docs/events.md', () => {
  it('has a row for each scenario and no other', () => {
    expect([...table.keys()]).toEqual(Object.keys(scenarios))
  })

  it.each(Object.keys(scenarios))('%s', async name => {
    for (const event of scenarios[name] ?? []) expect(await rowOf(event)).toEqual(table.get(name))
  })
})

describe.each(['api.github.com', 'ghes-35'] as const)('every payload that %s delivered', from => {
  const payloads = deliveredPayloads(from)

  it('is read, and deploys only from a push, a dispatch or an accepted workflow_run', () => {
    expect(payloads.length).toBeGreaterThan(100)
    for (const { name, payload } of payloads) {
      for (const branch of ['test', 'main', 'master']) {
        const event = read({ eventName: name, payload, ref: `refs/heads/${branch}`, sha: head })
        const deploys = (['auto', 'deploy'] as const).filter(command => choice(event, command) === 'deploys')
        if (deploys.length > 0) expect(['push', 'workflow_dispatch', 'workflow_run']).toContain(name)
      }
    }
  })
})

it('a workflow run that only was asked for has no conclusion, and does not deploy', () => {
  const payload = delivered('workflow_run', ({ action }) => action === 'requested')
  expect(choice(read({ eventName: 'workflow_run', payload, ref: '', sha: head }), 'deploy')).not.toBe('deploys')
})
