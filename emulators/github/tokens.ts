/** Who asks, and whether they may. */
import { ApiFailure, type Needs } from './operation.js'
import type { TokenRecord } from './world.js'

/** Throws 401 as GitHub does: another message for no token than for a wrong one. */
export function authenticate(authorization: string | undefined, tokens: readonly TokenRecord[]): TokenRecord {
  if (authorization === undefined) throw new ApiFailure(401, 'Requires authentication')
  const secret = /^(?:bearer|token)\s+(\S+)$/i.exec(authorization)?.[1]
  const token = tokens.find(t => t.token === secret)
  if (token === undefined) throw new ApiFailure(401, 'Bad credentials')
  return token
}

/** Throws 403 with the header that names what would have been enough. */
export function authorise(token: TokenRecord, needs: Needs): void {
  if (needs.length === 0) return
  const granted = needs.some(([name, access]) => {
    if (name === 'metadata' && access === 'read') return true
    const given = token.permissions[name] ?? 'none'
    return given === 'write' || given === access
  })
  if (granted) return
  const holder = token.kind === 'installation' ? 'integration' : 'personal access token'
  throw new ApiFailure(403, `Resource not accessible by ${holder}`, {
    headers: { 'x-accepted-github-permissions': acceptedPermissions(needs) }
  })
}

/** `issues=write; pull_requests=write`: alternatives are separated by semicolons. */
export function acceptedPermissions(needs: Needs): string {
  return needs.map(([name, access]) => `${name.replaceAll('-', '_')}=${access}`).join('; ')
}
