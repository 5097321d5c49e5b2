import { CodedError } from '../../errors.js'

/** What an AWS call needs beside its parameters. */
export interface CallSettings {
  /** Aborts with the run. */
  readonly signal: AbortSignal
  readonly expectedOwner?: string
}

/** A call with all its retries may take this long (G8). */
export const callSeconds = 60

/**
 * Runs one SDK call with a deadline and turns what it throws into a coded error.
 * `action` and `resource` are named in the error as IAM would name them.
 */
export async function call<T>(
  action: string,
  resource: string,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
  seconds: number = callSeconds
): Promise<T> {
  signal.throwIfAborted()
  const deadline = AbortSignal.timeout(seconds * 1000)
  try {
    return await work(AbortSignal.any([signal, deadline]))
  } catch (error) {
    if (signal.aborted) throw signal.reason
    if (deadline.aborted || errorName(error) === 'TimeoutError')
      throw deadlineExceeded(action, resource, seconds, error)
    throw codedAwsError(action, resource, error)
  }
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

/** Names that the services and the SDK give to "not allowed" and to "no credentials". */
const denied = new Set(['AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation', 'AuthorizationError'])
const unauthenticated = new Set([
  'CredentialsProviderError',
  'InvalidClientTokenId',
  'InvalidAccessKeyId',
  'UnrecognizedClientException',
  'SignatureDoesNotMatch',
  'InvalidSignatureException',
  'ExpiredToken',
  'ExpiredTokenException',
  'TokenRefreshRequired',
  'AuthFailure',
  'RequestTimeTooSkewed',
  'RequestExpired'
])

function codedAwsError(action: string, resource: string, error: unknown): CodedError {
  if (error instanceof CodedError) return error
  const name = errorName(error)
  const message = error instanceof Error ? error.message : String(error)
  if (name === 'CredentialsProviderError') return noCredentials('none', error)
  if (unauthenticated.has(name)) return noCredentials(`credentials that AWS refuses (${name}: ${message})`, error)
  if (denied.has(name) || httpStatus(error) === 403) {
    return new CodedError(
      'ACCESS_DENIED',
      {
        expected: `permission for ${action} on ${resource}`,
        found: message === '' ? name : message,
        mend: `allow ${action} on ${resource} in the policy of the role that the workflow assumes`
      },
      { cause: error }
    )
  }
  return new CodedError(
    'AWS_FAILED',
    {
      expected: `${action} on ${resource} to succeed`,
      found: `${name}: ${message}`,
      mend: 'run again; what was done already is found and kept'
    },
    { cause: error }
  )
}

export function noCredentials(found: string, cause?: unknown): CodedError {
  return new CodedError(
    'NO_CREDENTIALS',
    {
      expected:
        'AWS credentials in one of: the variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, AWS_WEB_IDENTITY_TOKEN_FILE with AWS_ROLE_ARN, a profile in ~/.aws (AWS_PROFILE), the container endpoint, the instance metadata',
      found,
      mend: 'add the step aws-actions/configure-aws-credentials with role-to-assume before this one'
    },
    { cause }
  )
}

function deadlineExceeded(action: string, resource: string, seconds: number, cause: unknown): CodedError {
  return new CodedError(
    'DEADLINE_EXCEEDED',
    {
      expected: `an answer to ${action} on ${resource} within ${seconds} s`,
      found: 'none',
      mend: 'run again; what was done already is found and kept'
    },
    { cause }
  )
}
