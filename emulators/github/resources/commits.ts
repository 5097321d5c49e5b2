/** Commits, comparisons, branches and refs: read only; tests and the demo seed them. */
import { createHash } from 'node:crypto'
import { compareCommits, resolveRevision, type Comparison } from '../history.js'
import { ApiFailure, list, notFound, ofRepository, one, type ApiRequest, type Operation } from '../operation.js'
import { timestamp, type BranchRecord, type CommitFile, type CommitRecord, type World } from '../world.js'
import { repositoryUrl } from './repositories.js'
import { commitOf } from './statuses.js'
import { renderUser } from './users.js'

const derivedId = (text: string): string => createHash('sha1').update(text).digest('hex')

function renderCommit(world: World, commit: CommitRecord) {
  const root = repositoryUrl(world, commit.repository)
  const url = `${root}/commits/${commit.sha}`
  const { name, email, login } = commit.author
  const person = { name, email, date: timestamp(commit.date) }
  const account = login === null ? null : renderUser(world, login)
  const treeId = derivedId(`tree ${commit.sha}`)
  return {
    sha: commit.sha,
    node_id: `C_${commit.sha}`,
    url,
    html_url: `${world.htmlUrl}/${commit.repository}/commit/${commit.sha}`,
    comments_url: `${url}/comments`,
    commit: {
      ...{ author: person, committer: person, message: commit.message, comment_count: 0 },
      url: `${root}/git/commits/${commit.sha}`,
      tree: { sha: treeId, url: `${root}/git/trees/${treeId}` },
      verification: { verified: false, reason: 'unsigned', payload: null, signature: null, verified_at: null }
    },
    ...{ author: account, committer: account },
    parents: commit.parents.map(sha => ({
      sha,
      url: `${root}/commits/${sha}`,
      html_url: `${world.htmlUrl}/${commit.repository}/commit/${sha}`
    }))
  }
}

function renderFile(world: World, commit: CommitRecord, file: CommitFile) {
  const path = file.path.split('/').map(encodeURIComponent).join('/')
  const page = `${world.htmlUrl}/${commit.repository}`
  return {
    sha: derivedId(`blob ${commit.sha} ${file.path}`),
    ...{ filename: file.path, status: file.status, additions: 1, deletions: 0, changes: 1 },
    blob_url: `${page}/blob/${commit.sha}/${path}`,
    raw_url: `${page}/raw/${commit.sha}/${path}`,
    contents_url: `${repositoryUrl(world, commit.repository)}/contents/${path}?ref=${commit.sha}`
  }
}

function renderComparison(world: World, base: CommitRecord, head: CommitRecord, comparison: Comparison) {
  const range = `compare/${base.sha}...${head.sha}`
  const page = `${world.htmlUrl}/${base.repository}/${range}`
  return {
    url: `${repositoryUrl(world, base.repository)}/${range}`,
    ...{ html_url: page, permalink_url: page, diff_url: `${page}.diff`, patch_url: `${page}.patch` },
    base_commit: renderCommit(world, base),
    merge_base_commit: renderCommit(world, comparison.mergeBase),
    status: comparison.status,
    ...{ ahead_by: comparison.ahead.length, behind_by: comparison.behindBy, total_commits: comparison.ahead.length },
    commits: comparison.ahead.map(commit => renderCommit(world, commit)),
    files: comparison.files.map(file => renderFile(world, head, file))
  }
}

function compare(request: ApiRequest) {
  const [baseName, headName, ...rest] = (request.params['basehead'] ?? '').split('...')
  if (baseName === undefined || headName === undefined || rest.length > 0) throw notFound()
  const [base, head] = [commitOf(request, baseName), commitOf(request, headName)]
  const comparison = compareCommits(request.world, base, head)
  if (comparison === null) throw new ApiFailure(404, `No common ancestor between ${baseName} and ${headName}.`)
  return renderComparison(request.world, base, head, comparison)
}

function branchOf(request: ApiRequest, name: string): BranchRecord {
  const branch = ofRepository(request.world.state.branches, request).find(b => b.name === name)
  if (branch === undefined) throw notFound()
  return branch
}

function renderBranch(request: ApiRequest, branch: BranchRecord) {
  const root = repositoryUrl(request.world, branch.repository)
  const self = `${root}/branches/${encodeURIComponent(branch.name)}`
  return {
    name: branch.name,
    commit: renderCommit(request.world, commitOf(request, branch.sha)),
    _links: { self, html: `${request.world.htmlUrl}/${branch.repository}/tree/${branch.name}` },
    protected: branch.protected === true,
    protection: { enabled: branch.protected === true },
    protection_url: `${self}/protection`
  }
}

export const commitOperations: readonly Operation[] = [
  {
    id: 'repos/get-commit',
    needs: [['contents', 'read']],
    handle(request) {
      const { world, repository } = request
      const revision = request.params['ref'] ?? ''
      const commit = resolveRevision(world, repository.fullName, revision)
      if (commit === null) throw new ApiFailure(422, `No commit found for SHA: ${revision}`)
      const files = commit.files.map(file => renderFile(world, commit, file))
      return one({ ...renderCommit(world, commit), files })
    }
  },
  {
    id: 'repos/compare-commits-with-basehead',
    needs: [['contents', 'read']],
    handle: request => one(compare(request))
  },
  {
    id: 'repos/list-branches',
    needs: [['contents', 'read']],
    handle(request) {
      const root = repositoryUrl(request.world, request.repository.fullName)
      return list(ofRepository(request.world.state.branches, request), ({ name, sha, protected: isProtected }) => ({
        ...{ name, protected: isProtected === true },
        commit: { sha, url: `${root}/commits/${sha}` }
      }))
    }
  },
  {
    id: 'repos/get-branch',
    needs: [['contents', 'read']],
    handle: request => one(renderBranch(request, branchOf(request, request.params['branch'] ?? '')))
  },
  {
    id: 'git/get-ref',
    needs: [['contents', 'read']],
    handle(request) {
      const name = request.params['ref'] ?? ''
      if (!name.startsWith('heads/')) throw notFound()
      const { sha } = branchOf(request, name.slice('heads/'.length))
      const root = repositoryUrl(request.world, request.repository.fullName)
      const object = { type: 'commit', sha, url: `${root}/git/commits/${sha}` }
      return one({ ref: `refs/${name}`, node_id: `REF_${sha}`, url: `${root}/git/refs/${name}`, object })
    }
  }
]
