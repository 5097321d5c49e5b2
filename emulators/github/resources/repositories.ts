/** Repositories as GitHub renders them. One rendering serves the minimal, the simple and the full schema. */
import { one, type Operation } from '../operation.js'
import { timestamp, type RepositoryRecord, type World } from '../world.js'
import { nodeId, renderUser } from './users.js'

/** `name_url` of the rendering → what follows the repository's own address. */
const addresses: Readonly<Record<string, string>> = {
  archive: '/{archive_format}{/ref}',
  assignees: '/assignees{/user}',
  blobs: '/git/blobs{/sha}',
  branches: '/branches{/branch}',
  collaborators: '/collaborators{/collaborator}',
  comments: '/comments{/number}',
  commits: '/commits{/sha}',
  compare: '/compare/{base}...{head}',
  contents: '/contents/{+path}',
  contributors: '/contributors',
  deployments: '/deployments',
  downloads: '/downloads',
  events: '/events',
  forks: '/forks',
  git_commits: '/git/commits{/sha}',
  git_refs: '/git/refs{/sha}',
  git_tags: '/git/tags{/sha}',
  hooks: '/hooks',
  issue_comment: '/issues/comments{/number}',
  issue_events: '/issues/events{/number}',
  issues: '/issues{/number}',
  keys: '/keys{/key_id}',
  labels: '/labels{/name}',
  languages: '/languages',
  merges: '/merges',
  milestones: '/milestones{/number}',
  notifications: '/notifications{?since,all,participating}',
  pulls: '/pulls{/number}',
  releases: '/releases{/id}',
  stargazers: '/stargazers',
  statuses: '/statuses/{sha}',
  subscribers: '/subscribers',
  subscription: '/subscription',
  tags: '/tags',
  teams: '/teams',
  trees: '/git/trees{/sha}'
}

export const repositoryUrl = (world: World, fullName: string): string => `${world.apiUrl}/repos/${fullName}`

export function renderRepository(world: World, repository: RepositoryRecord) {
  const url = repositoryUrl(world, repository.fullName)
  const htmlUrl = `${world.htmlUrl}/${repository.fullName}`
  const { host } = new URL(world.htmlUrl)
  return {
    id: repository.id,
    node_id: nodeId('R', repository.id),
    name: repository.name,
    full_name: repository.fullName,
    owner: renderUser(world, repository.owner),
    url,
    html_url: htmlUrl,
    clone_url: `${htmlUrl}.git`,
    git_url: `git://${host}/${repository.fullName}.git`,
    ssh_url: `git@${host}:${repository.fullName}.git`,
    svn_url: htmlUrl,
    mirror_url: null,
    ...Object.fromEntries(Object.entries(addresses).map(([name, suffix]) => [`${name}_url`, `${url}${suffix}`])),
    default_branch: repository.defaultBranch,
    description: null,
    homepage: null,
    language: null,
    license: null,
    private: true,
    fork: repository.fork,
    archived: false,
    disabled: false,
    ...{ has_issues: true, has_projects: true, has_wiki: true, has_pages: false },
    ...{ has_downloads: true, has_discussions: false },
    ...{ forks: 0, forks_count: 0, open_issues: 0, open_issues_count: 0, watchers: 0, watchers_count: 0 },
    ...{ stargazers_count: 0, network_count: 0, subscribers_count: 0, size: 0 },
    ...{ pushed_at: timestamp(0), created_at: timestamp(0), updated_at: timestamp(0) }
  }
}

/** The repository `owner/name`; a fork that was never declared is rendered as one. */
export function repositoryNamed(world: World, fullName: string): RepositoryRecord {
  const known = world.state.repositories.find(r => r.fullName === fullName)
  if (known !== undefined) return known
  const [owner = '', name = ''] = fullName.split('/')
  return { id: 1, fullName, owner, name, defaultBranch: 'main', fork: true }
}

export const repositoryOperations: readonly Operation[] = [
  {
    id: 'repos/get',
    needs: [['metadata', 'read']],
    handle: ({ world, repository }) => one(renderRepository(world, repository))
  }
]
