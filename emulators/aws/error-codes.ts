/** One trouble, three dialects: what each service calls it. Sources: each service's API reference, "Common Errors". */
import type { FaultRule } from './faults.js'
import type { Operation, Principal, Service } from './world.js'

export interface ServiceError {
  readonly code: string
  readonly message: string
  readonly status: number
}

export type Trouble =
  | { readonly kind: 'missing-authentication' }
  | { readonly kind: 'malformed-authentication'; readonly detail: string }
  | { readonly kind: 'unknown-access-key' }
  | { readonly kind: 'signature-mismatch' }
  | { readonly kind: 'clock-skew'; readonly detail: string }
  | { readonly kind: 'body-hash-mismatch' }
  | { readonly kind: 'bad-chunks'; readonly detail: string }
  | { readonly kind: 'access-denied'; readonly detail: string }
  | { readonly kind: 'expired-token' }
  | { readonly kind: 'throttled' }
  | { readonly kind: 'internal' }

type Row = readonly [code: string, status: number, message: string]
const mismatch =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.'

/** The error for a trouble, as this service words it. */
export function serviceError(service: Service, trouble: Trouble): ServiceError {
  const detail = 'detail' in trouble ? trouble.detail : ''
  const [code, status, message] = dialectOf(service)[trouble.kind]
  return { code, status, message: message === '' ? detail : message }
}

/** The message of an implicit denial: "Troubleshoot access denied error messages" in the IAM User Guide; S3 quotes the resource. */
export function implicitDenial(service: Service, principal: Principal, operation: Operation): string {
  const resource = service.name === 's3' ? `"${operation.resource}"` : operation.resource
  return `User: ${principal.arn} is not authorized to perform: ${operation.action} on resource: ${resource} because no identity-based policy allows the ${operation.action} action`
}

/** What a fault that answers instead of the service says; `null` for the faults that damage an answer. */
export function faultTrouble(
  rule: FaultRule,
  service: Service,
  principal: Principal,
  operation: Operation
): ServiceError | null {
  switch (rule.kind) {
    case 'throttle':
      return serviceError(service, { kind: 'throttled' })
    case 'error-500-before':
    case 'error-500-after':
      return serviceError(service, { kind: 'internal' })
    case 'denied':
      return serviceError(service, {
        kind: 'access-denied',
        detail: rule.message ?? implicitDenial(service, principal, operation)
      })
    case 'expired-token':
      return serviceError(service, { kind: 'expired-token' })
    case 'error':
      return { code: rule.code ?? '', message: rule.message ?? rule.code ?? '', status: rule.status ?? 500 }
    default:
      return null
  }
}

function dialectOf(service: Service): Readonly<Record<Trouble['kind'], Row>> {
  if (service.name === 's3') return s3
  if (['sts', 'cloudformation', 'iam'].includes(service.name)) return query
  return service.name === 'lambda' ? { ...json, throttled: lambdaThrottled } : json
}

const s3: Record<Trouble['kind'], Row> = {
  'missing-authentication': ['AccessDenied', 403, 'Access Denied'],
  'malformed-authentication': ['AuthorizationHeaderMalformed', 400, ''],
  'unknown-access-key': [
    'InvalidAccessKeyId',
    403,
    'The AWS Access Key Id you provided does not exist in our records.'
  ],
  'signature-mismatch': [
    'SignatureDoesNotMatch',
    403,
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.'
  ],
  'clock-skew': [
    'RequestTimeTooSkewed',
    403,
    'The difference between the request time and the current time is too large.'
  ],
  'body-hash-mismatch': [
    'XAmzContentSHA256Mismatch',
    400,
    "The provided 'x-amz-content-sha256' header does not match what was computed."
  ],
  'bad-chunks': ['MalformedTrailerError', 400, ''],
  'access-denied': ['AccessDenied', 403, ''],
  'expired-token': ['ExpiredToken', 400, 'The provided token has expired.'],
  throttled: ['SlowDown', 503, 'Please reduce your request rate.'],
  internal: ['InternalError', 500, 'We encountered an internal error. Please try again.']
}

const query: Record<Trouble['kind'], Row> = {
  'missing-authentication': ['MissingAuthenticationToken', 403, 'Request is missing Authentication Token'],
  'malformed-authentication': ['IncompleteSignature', 403, ''],
  'unknown-access-key': ['InvalidClientTokenId', 403, 'The security token included in the request is invalid.'],
  'signature-mismatch': ['SignatureDoesNotMatch', 403, mismatch],
  'clock-skew': ['SignatureDoesNotMatch', 403, ''],
  'body-hash-mismatch': ['SignatureDoesNotMatch', 403, mismatch],
  'bad-chunks': ['IncompleteSignature', 403, ''],
  'access-denied': ['AccessDenied', 403, ''],
  'expired-token': ['ExpiredToken', 403, 'The security token included in the request is expired'],
  throttled: ['Throttling', 400, 'Rate exceeded'],
  internal: ['InternalFailure', 500, 'An internal error occurred.']
}

const json: Record<Trouble['kind'], Row> = {
  'missing-authentication': ['MissingAuthenticationTokenException', 403, 'Missing Authentication Token'],
  'malformed-authentication': ['IncompleteSignatureException', 403, ''],
  'unknown-access-key': ['UnrecognizedClientException', 403, 'The security token included in the request is invalid.'],
  'signature-mismatch': ['InvalidSignatureException', 403, mismatch],
  'clock-skew': ['InvalidSignatureException', 403, ''],
  'body-hash-mismatch': ['InvalidSignatureException', 403, mismatch],
  'bad-chunks': ['IncompleteSignatureException', 403, ''],
  'access-denied': ['AccessDeniedException', 403, ''],
  'expired-token': ['ExpiredTokenException', 403, 'The security token included in the request is expired'],
  throttled: ['ThrottlingException', 400, 'Rate exceeded'],
  internal: ['ServiceException', 500, 'The service encountered an internal error.']
}
const lambdaThrottled: Row = ['TooManyRequestsException', 429, 'Rate exceeded']
