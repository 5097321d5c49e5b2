/** What the workflow's `github` context holds, as far as it reaches an action. The builders in events.ts return the first part. */
export interface GithubContext {
  readonly eventName: string
  /** Written as JSON to GITHUB_EVENT_PATH. */
  readonly payload: unknown
  /** Full, `refs/heads/test`. */
  readonly ref: string
  readonly sha: string
  /** Branch names, pull requests only. */
  readonly baseRef?: string | undefined
  readonly headRef?: string | undefined
  /** `owner/name`. Default: the payload's, else `octo-org/octo-repo`. */
  readonly repository?: string | undefined
  readonly repositoryId?: string | undefined
  readonly token?: string | undefined
  readonly apiUrl?: string | undefined
  readonly serverUrl?: string | undefined
  readonly graphqlUrl?: string | undefined
  readonly runId?: string | undefined
  readonly runNumber?: string | undefined
  readonly runAttempt?: string | undefined
  readonly workflow?: string | undefined
  readonly job?: string | undefined
  readonly actor?: string | undefined
}

/** Names and values of the `github` context, snake case as in expressions: `${{ github.event_name }}`. */
export function githubExpressionContext(github: GithubContext): Record<string, string> {
  const fromPayload = payloadRepository(github.payload)
  const repository = github.repository ?? fromPayload.full_name ?? 'octo-org/octo-repo'
  const owner = repository.split('/')[0] ?? ''
  const serverUrl = github.serverUrl ?? 'https://github.com'
  const apiUrl = github.apiUrl ?? 'https://api.github.com'
  const workflow = github.workflow ?? 'layers'
  const actor = github.actor ?? 'octocat'
  return {
    action: '__octo-org_layer-deploy-action',
    action_ref: 'v1',
    action_repository: 'octo-org/layer-deploy-action',
    actor,
    actor_id: '583231',
    api_url: apiUrl,
    base_ref: github.baseRef ?? '',
    event_name: github.eventName,
    graphql_url: github.graphqlUrl ?? `${apiUrl}/graphql`,
    head_ref: github.headRef ?? '',
    job: github.job ?? 'deploy',
    ref: github.ref,
    ref_name: github.ref.replace(/^refs\/(heads|tags|pull)\//, ''),
    ref_protected: 'false',
    ref_type: github.ref.startsWith('refs/tags/') ? 'tag' : 'branch',
    repository,
    repository_id: github.repositoryId ?? String(fromPayload.id ?? 186853002),
    repository_owner: owner,
    repository_owner_id: '6811672',
    retention_days: '90',
    run_attempt: github.runAttempt ?? '1',
    run_id: github.runId ?? '1658821493',
    run_number: github.runNumber ?? '3',
    server_url: serverUrl,
    sha: github.sha,
    token: github.token ?? '',
    triggering_actor: actor,
    workflow,
    workflow_ref: `${repository}/.github/workflows/layers.yml@${github.ref}`,
    workflow_sha: github.sha
  }
}

/** The `GITHUB_*` variables that the runner makes of the context; the token is not among them. */
export function githubVariables(context: Readonly<Record<string, string>>): Record<string, string> {
  const shown = Object.entries(context).filter(([name]) => name !== 'token')
  return Object.fromEntries(shown.map(([name, value]) => [`GITHUB_${name.toUpperCase()}`, value]))
}

function payloadRepository(payload: unknown): { full_name?: string; id?: number } {
  return (payload as { repository?: { full_name?: string; id?: number } } | null)?.repository ?? {}
}
