/** From what the SDK throws to a coded error that names the action and the resource as IAM names them. */
import { CodedError } from '../../model/errors.js'

/** What a call asks for. */
export interface Subject {
  /** `lambda:GetLayerVersion` */
  readonly action: string
  /** A full ARN, or `*` where IAM knows no other resource for the action. */
  readonly resource: string
}

export function errorName(error: unknown): string {
  if (error === null || typeof error !== 'object') return ''
  const name = (error as { name?: unknown }).name
  return typeof name === 'string' ? name : ''
}

export function httpStatus(error: unknown): number | null {
  const metadata = (error as { $metadata?: { httpStatusCode?: number } } | null)?.$metadata
  return metadata?.httpStatusCode ?? null
}

/** Names that the services and the SDK give to "not allowed", "no credentials" and "credentials that ended". */
const denied = new Set(['AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation', 'AuthorizationError'])
const expired = new Set(['ExpiredToken', 'ExpiredTokenException', 'TokenRefreshRequired'])
const unauthenticated = new Set([
  'InvalidClientTokenId',
  'InvalidAccessKeyId',
  'UnrecognizedClientException',
  'MissingAuthenticationToken',
  'MissingAuthenticationTokenException',
  'SignatureDoesNotMatch',
  'InvalidSignatureException',
  'AuthFailure',
  'RequestTimeTooSkewed',
  'RequestExpired'
])

export function codedAwsError(subject: Subject, error: unknown): CodedError {
  if (error instanceof CodedError) return error
  const name = errorName(error)
  const message = error instanceof Error ? error.message : String(error)
  if (name === 'CredentialsProviderError') return noCredentials(message, error)
  if (expired.has(name)) return expiredCredentials(subject, name, error)
  if (unauthenticated.has(name)) return noCredentials(`credentials that AWS refuses (${name}: ${message})`, error)
  if (denied.has(name) || httpStatus(error) === 403) return accessDenied(subject, name, message, error)
  const finding = {
    expected: `${subject.action} on ${subject.resource} to succeed`,
    found: `${name}: ${message}`,
    mend: mends[name] ?? 'run again; what was done already is found and kept'
  }
  return new CodedError('AWS_FAILED', finding, { cause: error })
}

const mends: Partial<Record<string, string>> = {
  CodeStorageExceededException: 'delete layer versions that nobody uses (the command prune), or have the quota raised',
  NoSuchBucket: 'create the bucket, or correct artifact-bucket',
  RequestEntityTooLargeException: 'make the layer smaller (exclude what is not needed at run time)'
}

/** AWS names the action and resource that were lacking where it can: one call may need several permissions. */
function accessDenied(subject: Subject, name: string, message: string, cause: unknown): CodedError {
  const told = /not authorized to perform: ([a-z0-9-]+:[A-Za-z*]+) on resource: "?([^\s"]+)"?/.exec(message)
  const [action, resource] = [told?.[1] ?? subject.action, told?.[2] ?? subject.resource]
  const finding = {
    expected: `permission for ${action} on ${resource}`,
    found: message === '' ? name : message,
    mend: `allow ${action} on ${resource} in the policy of the role that the workflow assumes`
  }
  return new CodedError('ACCESS_DENIED', finding, { cause })
}

function expiredCredentials(subject: Subject, name: string, cause: unknown): CodedError {
  const finding = {
    expected: `credentials that last until ${subject.action} on ${subject.resource}`,
    found: `credentials that expired (${name})`,
    mend: 'run again, what was done already is found and kept; raise role-duration-seconds of aws-actions/configure-aws-credentials where this returns'
  }
  return new CodedError('NO_CREDENTIALS', finding, { cause })
}

/** @param found what was looked at, or what AWS said */
export function noCredentials(found: string, cause?: unknown): CodedError {
  const finding = {
    expected:
      'AWS credentials in one of: the variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, AWS_WEB_IDENTITY_TOKEN_FILE with AWS_ROLE_ARN, a profile in ~/.aws (AWS_PROFILE), the container endpoint, the instance metadata',
    found,
    mend: 'add the step aws-actions/configure-aws-credentials with role-to-assume before this one'
  }
  return new CodedError('NO_CREDENTIALS', finding, { cause })
}

export function deadlineExceeded({ action, resource }: Subject, seconds: number, cause: unknown): CodedError {
  const finding = {
    expected: `an answer to ${action} on ${resource} within ${seconds} s`,
    found: 'none',
    mend: 'run again; what was done already is found and kept'
  }
  return new CodedError('DEADLINE_EXCEEDED', finding, { cause })
}
