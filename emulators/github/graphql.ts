/** The one GraphQL query that the product asks: who am I? (`GET /user` is closed to installation tokens.) */
import type { TokenRecord } from './world.js'

export interface GraphqlAnswer {
  readonly body: unknown
  readonly complaint: string | null
}

/** GraphQL answers 200 for errors too. `complaint` where the query is not the one that is emulated. */
export function answerGraphql(body: unknown, token: TokenRecord): GraphqlAnswer {
  const query = body !== null && typeof body === 'object' && 'query' in body ? body.query : undefined
  if (typeof query !== 'string') {
    return { body: errors('A query attribute must be specified and must be a string.'), complaint: 'no query' }
  }
  if (/^\s*(query\s*)?\{\s*viewer\s*\{\s*login\s*\}\s*\}\s*$/.test(query)) {
    return { body: { data: { viewer: { login: token.login } } }, complaint: null }
  }
  return { body: errors('This query is not emulated.'), complaint: `only { viewer { login } } is emulated: ${query}` }
}

const errors = (message: string): unknown => ({ errors: [{ message }] })

/** GitHub Enterprise Server has REST under `/api/v3` and GraphQL under `/api/graphql`. */
export function graphqlPath(prefix: string): string {
  return prefix.endsWith('/api/v3') ? prefix.replace(/\/v3$/, '/graphql') : `${prefix}/graphql`
}
