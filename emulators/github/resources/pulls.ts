/** Pull requests: read only; tests and the demo seed them. */
import { ancestry, resolveRevision } from '../history.js'
import { list, notFound, ofRepository, one, type ApiRequest, type Operation } from '../operation.js'
import { timestamp, type PullRecord, type World } from '../world.js'
import { renderRepository, repositoryNamed, repositoryUrl } from './repositories.js'
import { commitOf } from './statuses.js'
import { nodeId, renderUser } from './users.js'

const timeOrNull = (time: number | null): string | null => (time === null ? null : timestamp(time))

function renderSide(world: World, side: { ref: string; sha: string; repository: string | null }, fallback: string) {
  const owner = (side.repository ?? fallback).split('/')[0] ?? ''
  const repo = side.repository === null ? null : renderRepository(world, repositoryNamed(world, side.repository))
  return { label: `${owner}:${side.ref}`, ref: side.ref, sha: side.sha, user: renderUser(world, owner), repo }
}

/** As lists show it. */
function renderPullSimple(world: World, pull: PullRecord) {
  const root = repositoryUrl(world, pull.repository)
  const htmlUrl = `${world.htmlUrl}/${pull.repository}/pull/${pull.number}`
  const urls = {
    comments: `${root}/issues/${pull.number}/comments`,
    commits: `${root}/pulls/${pull.number}/commits`,
    statuses: `${root}/statuses/${pull.head.sha}`,
    html: htmlUrl,
    issue: `${root}/issues/${pull.number}`,
    review_comments: `${root}/pulls/${pull.number}/comments`,
    review_comment: `${root}/pulls/comments{/number}`,
    self: `${root}/pulls/${pull.number}`
  }
  const closedAt = pull.state === 'open' ? null : (pull.mergedAt ?? pull.createdAt)
  return {
    id: pull.id,
    node_id: nodeId('PR', pull.id),
    number: pull.number,
    ...{ title: pull.title, body: null, state: pull.state, locked: pull.locked, draft: pull.draft },
    user: renderUser(world, pull.author),
    author_association: 'CONTRIBUTOR',
    head: renderSide(world, pull.head, pull.repository),
    base: renderSide(world, { ...pull.base, repository: pull.repository }, pull.repository),
    merge_commit_sha: pull.mergeCommit,
    ...{ merged_at: timeOrNull(pull.mergedAt), closed_at: timeOrNull(closedAt) },
    ...{ created_at: timestamp(pull.createdAt), updated_at: timestamp(closedAt ?? pull.createdAt) },
    ...{ assignee: null, assignees: [], labels: [], milestone: null, auto_merge: null },
    ...{ url: urls.self, html_url: htmlUrl, issue_url: urls.issue, diff_url: `${htmlUrl}.diff` },
    ...{ patch_url: `${htmlUrl}.patch`, comments_url: urls.comments, commits_url: urls.commits },
    ...{
      statuses_url: urls.statuses,
      review_comments_url: urls.review_comments,
      review_comment_url: urls.review_comment
    },
    _links: Object.fromEntries(Object.entries(urls).map(([name, href]) => [name, { href }]))
  }
}

function renderPull(world: World, pull: PullRecord) {
  const mine = world.state.comments.filter(c => c.repository === pull.repository && c.issueNumber === pull.number)
  return {
    ...renderPullSimple(world, pull),
    ...{ additions: 0, deletions: 0, changed_files: 0, commits: pull.commits.length },
    ...{ comments: mine.length, review_comments: 0, maintainer_can_modify: false },
    ...{ mergeable: pull.state === 'open' ? true : null, mergeable_state: 'clean' },
    merged: pull.mergedAt !== null,
    merged_by: pull.mergedAt === null ? null : renderUser(world, pull.author)
  }
}

/** As pull request references inside check runs and workflow runs show it. */
export function renderPullMinimal(world: World, pull: PullRecord) {
  const side = ({ ref, sha, repository }: { ref: string; sha: string; repository: string | null }) => {
    const { id, fullName, name } = repositoryNamed(world, repository ?? pull.repository)
    return { ref, sha, repo: { id, url: repositoryUrl(world, fullName), name } }
  }
  return {
    id: pull.id,
    number: pull.number,
    url: `${repositoryUrl(world, pull.repository)}/pulls/${pull.number}`,
    head: side(pull.head),
    base: side({ ...pull.base, repository: pull.repository })
  }
}

/**
 * GitHub, "List pull requests associated with a commit": the merged ones that introduced a commit of the default
 * branch; for any other commit the open and the merged ones.
 */
function pullsOfCommit(request: ApiRequest): PullRecord[] {
  const { world, repository } = request
  const { sha } = commitOf(request, request.params['commit_sha'] ?? '')
  const tip = resolveRevision(world, repository.fullName, repository.defaultBranch)
  const onDefaultBranch = tip !== null && ancestry(world, tip).some(commit => commit.sha === sha)
  return ofRepository(world.state.pulls, request)
    .filter(pull => pull.commits.includes(sha))
    .filter(pull => pull.mergedAt !== null || (pull.state === 'open' && !onDefaultBranch))
}

function listPulls(request: ApiRequest): PullRecord[] {
  const { state = 'open', head, base, sort = 'created', direction } = request.query
  const found = ofRepository(request.world.state.pulls, request)
    .filter(pull => state === 'all' || pull.state === state)
    .filter(pull => base === undefined || pull.base.ref === base)
    .filter(
      pull => head === undefined || `${(pull.head.repository ?? '').split('/')[0] ?? ''}:${pull.head.ref}` === head
    )
    .sort((a, b) => a.createdAt - b.createdAt || a.number - b.number)
  const ascending = direction === undefined ? sort !== 'created' : direction === 'asc'
  return ascending ? found : found.reverse()
}

export const pullOperations: readonly Operation[] = [
  {
    id: 'repos/list-pull-requests-associated-with-commit',
    needs: [['pull-requests', 'read']],
    handle: request => list(pullsOfCommit(request), pull => renderPullSimple(request.world, pull))
  },
  {
    id: 'pulls/list',
    needs: [['pull-requests', 'read']],
    handle: request => list(listPulls(request), pull => renderPullSimple(request.world, pull))
  },
  {
    id: 'pulls/get',
    needs: [['pull-requests', 'read']],
    handle(request) {
      const number = Number(request.params['pull_number'])
      const pull = ofRepository(request.world.state.pulls, request).find(p => p.number === number)
      if (pull === undefined) throw notFound()
      return one(renderPull(request.world, pull))
    }
  }
]
