/**
 * Payloads that GitHub delivered (`@octokit/webhooks-examples`), and those derived from them that the collection lacks: an
 * ordinary push, a forced one, forks, Dependabot, the branches of the example. All are of `octo-org/superproject`.
 */
import { createRequire } from 'node:module'
import { noCommit, onDefaultBranch, type WorkflowEvent } from '../../emulators/world/workflow-event.js'

export type Payload = Record<string, unknown>

interface Definition {
  readonly name: string
  readonly examples: readonly Payload[]
}

const require = createRequire(import.meta.url)

/** Every payload of GitHub.com, or of a GitHub Enterprise Server release that the collection has. */
export function deliveredPayloads(
  from: 'api.github.com' | 'ghes-35' = 'api.github.com'
): { name: string; payload: Payload }[] {
  const definitions = require(`@octokit/webhooks-examples/${from}/index.json`) as readonly Definition[]
  return definitions.flatMap(({ name, examples }) => examples.map(payload => ({ name, payload: ours(payload) })))
}

/** The first one of an event that `fits`. */
export function delivered(name: string, fits: (payload: Payload) => boolean = () => true): Payload {
  const found = deliveredPayloads().find(candidate => candidate.name === name && fits(candidate.payload))
  if (found === undefined) throw new Error(`no such payload of ${name}`)
  return found.payload
}

function ours(payload: Payload): Payload {
  const text = JSON.stringify(payload).replaceAll(
    /Codertocat\/Hello-World|octo-org\/octo-repo/g,
    'octo-org/superproject'
  )
  const own = JSON.parse(text) as Payload & { readonly repository?: object }
  // The collection's are of several repositories, each with a number of its own.
  return own.repository === undefined ? own : { ...own, repository: { ...own.repository, id: 186853002 } }
}

interface Ends {
  readonly branch?: string
  readonly before?: string
  readonly after: string
}

export function realPush({ branch = 'test', before = noCommit, after }: Ends, forced = false): WorkflowEvent {
  const ref = `refs/heads/${branch}`
  const first = delivered('push', payload => payload['created'] === true && String(payload['ref']).includes('heads'))
  const payload = { ...first, ref, before, after, forced, created: before === noCommit }
  return { eventName: 'push', payload, ref, sha: after }
}

export function realDeletion(branch: string, before: string): WorkflowEvent {
  const deletion = delivered('push', payload => payload['deleted'] === true)
  return { eventName: 'push', payload: { ...deletion, ref: `refs/heads/${branch}`, before }, ...onDefaultBranch({}) }
}

export function realTag(tag: string, after: string): WorkflowEvent {
  const created = delivered('push', payload => payload['created'] === true && String(payload['ref']).includes('tags'))
  const ref = `refs/tags/${tag}`
  return { eventName: 'push', payload: { ...created, ref, after }, ref, sha: after }
}

export interface RealPullRequest {
  readonly number: number
  readonly base: string
  readonly baseCommit: string
  readonly headCommit: string
  readonly mergeCommit: string
  readonly from?: 'own' | 'fork' | 'deleted-fork' | 'dependabot'
  readonly eventName?: 'pull_request' | 'pull_request_target'
}

export function realPullRequest(options: RealPullRequest): WorkflowEvent {
  const { number, baseCommit, headCommit, mergeCommit, from = 'own', eventName = 'pull_request' } = options
  const payload = delivered('pull_request', candidate => candidate['action'] === 'synchronize')
  const pull = payload['pull_request'] as Payload
  const own = (pull['head'] as Payload)['repo'] as Payload
  const repo = {
    own,
    dependabot: own,
    fork: { ...own, full_name: 'mona/superproject', fork: true },
    'deleted-fork': null
  }[from]
  const user =
    from === 'dependabot' ? { ...(pull['user'] as Payload), login: 'dependabot[bot]', type: 'Bot' } : pull['user']
  const base = { ...(pull['base'] as Payload), ref: options.base, sha: baseCommit }
  const head = { ...(pull['head'] as Payload), sha: headCommit, repo }
  const changed = { ...pull, number, user, base, head, merge_commit_sha: mergeCommit }
  const at = eventName === 'pull_request' ? { ref: `refs/pull/${number}/merge`, sha: mergeCommit } : onDefaultBranch({})
  return {
    eventName,
    payload: { ...payload, number, pull_request: changed },
    ...at,
    baseRef: options.base,
    headRef: 'changes'
  }
}

export function realMergeGroup(base: string, baseCommit: string, headCommit: string): WorkflowEvent {
  const payload = delivered('merge_group')
  const group = payload['merge_group'] as Payload
  const ref = `refs/heads/gh-readonly-queue/${base}/pr-7-${baseCommit}`
  const changed = {
    ...group,
    base_ref: `refs/heads/${base}`,
    base_sha: baseCommit,
    head_ref: ref,
    head_sha: headCommit
  }
  return { eventName: 'merge_group', payload: { ...payload, merge_group: changed }, ref, sha: headCommit }
}

/** @param changes of the run: `conclusion`, `event`, `head_branch`, `head_repository` */
export function realWorkflowRun(headCommit: string, changes: Payload = {}): WorkflowEvent {
  const payload = delivered('workflow_run', ({ workflow_run: run }) => (run as Payload)['conclusion'] === 'success')
  const run = {
    ...(payload['workflow_run'] as Payload),
    event: 'push',
    head_branch: 'test',
    head_sha: headCommit,
    ...changes
  }
  return { eventName: 'workflow_run', payload: { ...payload, workflow_run: run }, ...onDefaultBranch({}) }
}

export function realDispatch(branch: string, sha: string): WorkflowEvent {
  const ref = `refs/heads/${branch}`
  return { eventName: 'workflow_dispatch', payload: { ...delivered('workflow_dispatch'), ref, inputs: null }, ref, sha }
}

/** GitHub documents no more of it than the cron expression; the rest is of every payload. */
export function realSchedule(sha: string): WorkflowEvent {
  const { repository, sender } = delivered('workflow_dispatch')
  return {
    eventName: 'schedule',
    payload: { schedule: '17 5 * * 1-5', repository, sender },
    ref: 'refs/heads/main',
    sha
  }
}

/** Any other event: its payload as delivered, on the default branch. */
export function realOther(eventName: string): WorkflowEvent {
  return { eventName, payload: delivered(eventName), ...onDefaultBranch({}) }
}
