/** Users, bots and apps as GitHub renders them, and the operations about the caller. */
import { ApiFailure, one, type Operation } from '../operation.js'
import { timestamp, type World } from '../world.js'

/** A login always has the same id, so that it need not be stored. */
function accountId(login: string): number {
  return Array.from(login).reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 90_000_000, 7) + 1_000_000
}

export const nodeId = (kind: string, id: number): string => `${kind}_${Buffer.from(String(id)).toString('base64url')}`

const isBot = (login: string): boolean => login.endsWith('[bot]')

export function renderUser(world: World, login: string) {
  const id = accountId(login)
  const url = `${world.apiUrl}/users/${encodeURIComponent(login)}`
  return {
    login,
    id,
    node_id: nodeId(isBot(login) ? 'BOT' : 'U', id),
    avatar_url: `https://avatars.githubusercontent.com/u/${id}?v=4`,
    gravatar_id: '',
    url,
    html_url: `${world.htmlUrl}/${isBot(login) ? `apps/${login.replace('[bot]', '')}` : login}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: isBot(login) ? 'Bot' : 'User',
    site_admin: false
  }
}

/** The GitHub App behind a bot's login; `null` for a person. */
export function renderApp(world: World, login: string) {
  if (!isBot(login)) return null
  const slug = login.replace('[bot]', '')
  const id = slug === 'github-actions' ? 15368 : accountId(slug)
  return {
    id,
    slug,
    node_id: nodeId('A', id),
    client_id: `Iv1.${id}`,
    owner: renderUser(world, 'github'),
    name: slug,
    description: null,
    external_url: 'https://help.github.com/en/actions',
    html_url: `${world.htmlUrl}/apps/${slug}`,
    created_at: timestamp(0),
    updated_at: timestamp(0),
    permissions: { metadata: 'read' },
    events: []
  }
}

export const userOperations: readonly Operation[] = [
  {
    id: 'users/get-authenticated',
    needs: [],
    handle({ token, world }) {
      if (token.kind === 'installation') throw new ApiFailure(403, 'Resource not accessible by integration')
      const profile = { name: null, company: null, blog: '', location: null, email: null, hireable: null, bio: null }
      const counts = { public_repos: 0, public_gists: 0, followers: 0, following: 0 }
      const times = { created_at: timestamp(0), updated_at: timestamp(0) }
      return one({ ...renderUser(world, token.login), ...profile, ...counts, ...times })
    }
  }
]
