/**
 * Payloads of pushes as GitHub delivers them, with the ref and commit that GitHub runs the workflow on ("Events that
 * trigger workflows"). What a builder returns fits `github` of `runAction`.
 */
import { commitObject, pushedRepository, surroundings, type EventPlace } from './event-objects.js'
import { noCommit, onDefaultBranch, type WorkflowEvent } from './workflow-event.js'

export interface PushOptions extends EventPlace {
  readonly branch?: string
  /** Instead of a branch. */
  readonly tag?: string
  /** Default: none, the first push of a branch. */
  readonly before?: string
  readonly after: string
  readonly forced?: boolean
  readonly message?: string
}

/** A push to a branch or of a tag; without `before` the first one, with `forced` one that rewrote the branch. */
export function push(options: PushOptions): WorkflowEvent {
  const { before = noCommit, after, forced = false } = options
  const ref = options.tag === undefined ? `refs/heads/${options.branch ?? 'test'}` : `refs/tags/${options.tag}`
  return { eventName: 'push', payload: pushPayload({ ...options, ref, before, after, forced }), ref, sha: after }
}

/** A branch or tag was deleted. The run itself then stands on the default branch ("Events that trigger workflows", push). */
export function deletedPush(
  options: EventPlace & { readonly branch?: string; readonly tag?: string; readonly before: string }
): WorkflowEvent {
  const ref = options.tag === undefined ? `refs/heads/${options.branch ?? 'test'}` : `refs/tags/${options.tag}`
  const payload = pushPayload({ ...options, ref, after: noCommit, forced: false })
  return { eventName: 'push', payload, ...onDefaultBranch(options) }
}

interface PushShape extends EventPlace {
  readonly ref: string
  readonly before: string
  readonly after: string
  readonly forced: boolean
  readonly message?: string
}

function pushPayload(shape: PushShape): Record<string, unknown> {
  const { ref, before, after, forced } = shape
  const deleted = after === noCommit
  const person = { name: 'Octo Cat', email: 'octocat@example.com', username: shape.actor ?? 'octocat' }
  const commit = {
    ...commitObject(after, shape.message),
    distinct: true,
    url: `https://github.com/${shape.repository ?? 'octo-org/superproject'}/commit/${after}`,
    author: person,
    committer: person,
    added: [],
    removed: [],
    modified: ['da_flask']
  }
  return {
    ref,
    before,
    after,
    created: before === noCommit,
    deleted,
    forced,
    base_ref: null,
    compare: `https://github.com/octo-org/superproject/compare/${before.slice(0, 12)}...${after.slice(0, 12)}`,
    commits: deleted || ref.startsWith('refs/tags/') ? [] : [commit],
    head_commit: deleted ? null : commit,
    pusher: { name: person.username, email: person.email },
    ...surroundings(shape),
    repository: pushedRepository(shape)
  }
}
