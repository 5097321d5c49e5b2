/** From an HTTP request to the principal behind it, or to what is wrong with its credentials. */
import { decodeBody } from './aws-chunked.js'
import type { Trouble } from './error-codes.js'
import { parseAuthorization, verifySignature, type Authorization, type RawRequest } from './signature.js'
import type { AccountOption } from './world-state.js'
import type { AwsRequest, Principal } from './world.js'

export interface Authenticated {
  /** From the credential scope; `s3` where there is none, as only S3 knows anonymous requests. */
  readonly serviceName: string
  /** Body decoded, trailing headers merged in. */
  readonly request: Omit<AwsRequest, 'requestId'>
  /** `null`: the request is its principal's. */
  readonly trouble: Trouble | null
}

const nobody: Principal = { accountId: '', arn: '', userId: '' }

/** `now`: milliseconds since 1970 on the server's clock. */
export function authenticate(
  raw: RawRequest,
  accounts: readonly AccountOption[],
  principals: ReadonlyMap<string, Principal>,
  now: number,
  isExpired: (accessKeyId: string) => boolean = () => false
): Authenticated {
  const authorization = parseAuthorization(raw.headers['authorization'])
  if (authorization === null) return refused(raw, null, { kind: 'missing-authentication' })
  if ('kind' in authorization) return refused(raw, null, authorization)
  const account = accounts.find(one => one.accessKeyId === authorization.accessKeyId)
  const principal = principals.get(authorization.accessKeyId)
  const token = raw.headers['x-amz-security-token']
  if (account === undefined || principal === undefined || token !== account.sessionToken) {
    return refused(raw, authorization, { kind: 'unknown-access-key' })
  }
  const verified = verifySignature(raw, authorization, account.secretAccessKey, now)
  if ('kind' in verified) return refused(raw, authorization, verified)
  if (isExpired(authorization.accessKeyId)) return refused(raw, authorization, { kind: 'expired-token' })
  const decoded = decodeBody(raw, verified)
  if ('kind' in decoded) return refused(raw, authorization, decoded)
  const signed = { ...raw, body: decoded.body, headers: { ...raw.headers, ...decoded.trailers } }
  return {
    serviceName: authorization.service,
    request: requestOf(signed, authorization.region, principal),
    trouble: null
  }
}

function refused(raw: RawRequest, authorization: Authorization | null, trouble: Trouble): Authenticated {
  const request = requestOf(raw, authorization?.region ?? '', nobody)
  return { serviceName: authorization?.service ?? 's3', request, trouble }
}

function requestOf(raw: RawRequest, region: string, principal: Principal): Omit<AwsRequest, 'requestId'> {
  const { method, path, rawQuery, headers, body } = raw
  return { method, path, query: new URLSearchParams(rawQuery), headers, body, principal, region }
}
