/** STS: who do these credentials belong to? */
import { queryError, queryParameters, queryResponse } from './query-protocol.js'
import type { Service } from './world.js'

const namespace = 'https://sts.amazonaws.com/doc/2011-06-15/'

export const stsService: Service = {
  name: 'sts',
  operation(request) {
    const action = queryParameters(request).get('Action') ?? 'Unknown'
    // "No permissions are required to perform this operation": GetCallerIdentity, STS API Reference.
    return {
      action: `sts:${action}`,
      resource: '*',
      write: false,
      ...(action === 'GetCallerIdentity' && { needsNoPermission: true })
    }
  },
  handle(request) {
    const action = queryParameters(request).get('Action')
    if (action !== 'GetCallerIdentity') {
      const message = `Could not find operation ${action ?? ''} for version 2011-06-15`
      return this.error(request, 'InvalidAction', message, 400)
    }
    const { arn, userId, accountId } = request.principal
    return queryResponse(request, action, namespace, { Arn: arn, UserId: userId, Account: accountId })
  },
  error: (request, code, message, status) => queryError(request, namespace, code, message, status)
}
