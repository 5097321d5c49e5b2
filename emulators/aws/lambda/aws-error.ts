import type { Operation, Principal } from '../world.js'

/** An error that a service answers with. `code` and `message` as AWS words them; `status` is the HTTP status. */
export class AwsError extends Error {
  override readonly name = 'AwsError'
  constructor(
    readonly code: string,
    message: string,
    readonly status = 400
  ) {
    super(message)
  }
}

/** In whose name a service acts: the request's own principal, also where CloudFormation calls another service for it. */
export interface Caller {
  readonly principal: Principal
  readonly region: string
  /** Would IAM allow this further operation? Absent: everything. */
  readonly allows?: (operation: Operation) => boolean
}

/** What a caller is told whom no policy allows an action on a resource. */
export function notAuthorized(
  { principal }: Caller,
  action: string,
  resource: string,
  policy: 'identity-based' | 'resource-based'
): AwsError {
  const refused = `User: ${principal.arn} is not authorized to perform: ${action} on resource: ${resource}`
  return new AwsError(
    'AccessDeniedException',
    `${refused} because no ${policy} policy allows the ${action} action`,
    403
  )
}

/** The answer of `work`, or what `onError` makes of its AwsError. Anything else that it throws is a defect. */
export function answering<Answer>(work: () => Answer, onError: (error: AwsError) => Answer): Answer {
  try {
    return work()
  } catch (thrown) {
    if (thrown instanceof AwsError) return onError(thrown)
    throw thrown
  }
}
