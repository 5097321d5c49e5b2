/** The caller's own rate limit; asking costs nothing. */
import { one, type Operation } from '../operation.js'

export const rateLimitOperations: readonly Operation[] = [
  {
    id: 'rate-limit/get',
    needs: [],
    free: true,
    handle: ({ rate }) => one({ resources: { core: rate, search: rate, graphql: rate }, rate })
  }
]
