/** The objects that stand in every webhook payload (shapes: GitHub, "Webhook events and payloads", REST schemas). */

/** Where an event happens. */
export interface EventPlace {
  /** `owner/name`. Default `octo-org/superproject`. */
  readonly repository?: string
  readonly repositoryId?: number
  /** Default `main`. */
  readonly defaultBranch?: string
  /** Tip of the default branch, what events without a branch of their own run on. Default all `d`. */
  readonly defaultBranchCommit?: string
  readonly actor?: string
}

const defaultRepository = 'octo-org/superproject'
const defaultRepositoryId = 186853002

export function user(login: string, id = 583231): Record<string, unknown> {
  const api = `https://api.github.com/users/${login}`
  return {
    login,
    id,
    node_id: nodeId('User', id),
    avatar_url: `https://avatars.githubusercontent.com/u/${id}?v=4`,
    gravatar_id: '',
    url: api,
    html_url: `https://github.com/${login}`,
    followers_url: `${api}/followers`,
    following_url: `${api}/following{/other_user}`,
    gists_url: `${api}/gists{/gist_id}`,
    starred_url: `${api}/starred{/owner}{/repo}`,
    subscriptions_url: `${api}/subscriptions`,
    organizations_url: `${api}/orgs`,
    repos_url: `${api}/repos`,
    events_url: `${api}/events{/privacy}`,
    received_events_url: `${api}/received_events`,
    type: 'User',
    site_admin: false
  }
}

function organization(login: string, id = 6811672): Record<string, unknown> {
  const api = `https://api.github.com/orgs/${login}`
  return {
    login,
    id,
    node_id: nodeId('Organization', id),
    url: api,
    repos_url: `${api}/repos`,
    events_url: `${api}/events`,
    hooks_url: `${api}/hooks`,
    issues_url: `${api}/issues`,
    members_url: `${api}/members{/member}`,
    public_members_url: `${api}/public_members{/member}`,
    avatar_url: `https://avatars.githubusercontent.com/u/${id}?v=4`,
    description: null
  }
}

/** Path below the repository's API address of each `…_url` field. */
const repositoryPaths = {
  forks: '/forks',
  keys: '/keys{/key_id}',
  collaborators: '/collaborators{/collaborator}',
  teams: '/teams',
  hooks: '/hooks',
  issue_events: '/issues/events{/number}',
  events: '/events',
  assignees: '/assignees{/user}',
  branches: '/branches{/branch}',
  tags: '/tags',
  blobs: '/git/blobs{/sha}',
  git_tags: '/git/tags{/sha}',
  git_refs: '/git/refs{/sha}',
  trees: '/git/trees{/sha}',
  statuses: '/statuses/{sha}',
  languages: '/languages',
  stargazers: '/stargazers',
  contributors: '/contributors',
  subscribers: '/subscribers',
  subscription: '/subscription',
  commits: '/commits{/sha}',
  git_commits: '/git/commits{/sha}',
  comments: '/comments{/number}',
  issue_comment: '/issues/comments{/number}',
  contents: '/contents/{+path}',
  compare: '/compare/{base}...{head}',
  merges: '/merges',
  archive: '/{archive_format}{/ref}',
  downloads: '/downloads',
  issues: '/issues{/number}',
  pulls: '/pulls{/number}',
  milestones: '/milestones{/number}',
  notifications: '/notifications{?since,all,participating}',
  labels: '/labels{/name}',
  releases: '/releases{/id}',
  deployments: '/deployments'
}

export function repository(place: EventPlace & { readonly fork?: boolean } = {}): Record<string, unknown> {
  const fullName = place.repository ?? defaultRepository
  const [owner = '', name = ''] = fullName.split('/')
  const id = place.repositoryId ?? defaultRepositoryId
  const api = `https://api.github.com/repos/${fullName}`
  const html = `https://github.com/${fullName}`
  return {
    id,
    node_id: nodeId('Repository', id),
    name,
    full_name: fullName,
    private: true,
    owner: { ...user(owner, 6811672), type: place.fork === true ? 'User' : 'Organization' },
    html_url: html,
    description: null,
    fork: place.fork ?? false,
    url: api,
    ...Object.fromEntries(Object.entries(repositoryPaths).map(([key, path]) => [`${key}_url`, `${api}${path}`])),
    created_at: '2025-11-16T21:34:28Z',
    updated_at: '2026-01-02T03:04:05Z',
    pushed_at: '2026-01-02T03:04:05Z',
    git_url: `git://github.com/${fullName}.git`,
    ssh_url: `git@github.com:${fullName}.git`,
    clone_url: `${html}.git`,
    svn_url: html,
    homepage: null,
    size: 144,
    stargazers_count: 0,
    watchers_count: 0,
    language: 'Python',
    has_issues: true,
    has_projects: true,
    has_downloads: true,
    has_wiki: true,
    has_pages: false,
    forks_count: 0,
    mirror_url: null,
    archived: false,
    disabled: false,
    open_issues_count: 1,
    license: null,
    allow_forking: true,
    is_template: false,
    topics: [],
    visibility: 'private',
    forks: 0,
    open_issues: 1,
    watchers: 0,
    default_branch: place.defaultBranch ?? 'main'
  }
}

/** The form inside a workflow run: the addresses only, no default branch and no visibility. */
export function minimalRepository(place: EventPlace & { readonly fork?: boolean } = {}): Record<string, unknown> {
  const kept = ['id', 'node_id', 'name', 'full_name', 'private', 'owner', 'description', 'fork', 'url', 'html_url']
  const entries = Object.entries(repository(place))
  const addresses = Object.keys(repositoryPaths).map(key => `${key}_url`)
  return Object.fromEntries(entries.filter(([key]) => kept.includes(key) || addresses.includes(key)))
}

/** The form inside a push: times in seconds, a few fields more. */
export function pushedRepository(place: EventPlace): Record<string, unknown> {
  const full = repository(place)
  const owner = full['owner'] as { login: string }
  return {
    ...full,
    owner: { name: owner.login, email: null, ...owner },
    created_at: 1_763_328_868,
    pushed_at: 1_767_323_045,
    stargazers: 0,
    master_branch: full['default_branch']
  }
}

/** What every payload carries. */
export function surroundings(place: EventPlace): Record<string, unknown> {
  const owner = (place.repository ?? defaultRepository).split('/')[0] ?? ''
  return { repository: repository(place), organization: organization(owner), sender: user(place.actor ?? 'octocat') }
}

/** The form of a commit in pushes, merge groups and workflow runs. */
export function commitObject(id: string, message = 'Move da_flask'): Record<string, unknown> {
  const person = { name: 'Octo Cat', email: 'octocat@example.com' }
  return { id, tree_id: 'c'.repeat(40), message, timestamp: '2026-01-02T03:04:05Z', author: person, committer: person }
}

export function nodeId(kind: string, id: number): string {
  return Buffer.from(`0${kind.length}:${kind}${id}`).toString('base64')
}
