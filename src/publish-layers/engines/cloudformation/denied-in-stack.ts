/** A denial that CloudFormation met on our behalf: it publishes with the caller's rights, and says so only in an event's reason. */
import { CodedError } from '../../../model/errors.js'
import type { StackDescription } from '../../../ports/aws.js'

/** The wordings: "Troubleshoot access denied error messages", IAM User Guide; Lambda's own where S3 denied it the archive. */
const notAuthorized = /not authorized to perform: ([a-z0-9-]+:[A-Za-z]+) on resource: "?([^\s"]+)"?/
const deniedByS3 = /denied by S3.*? permission to (\w+) for ([^\s]+?)\.? /

/** `null`: the reason is no denial. */
export function deniedInStack(
  { id, name: stackName }: Pick<StackDescription, 'id' | 'name'>,
  reason: string
): CodedError | null {
  const [, partition = 'aws'] = id.split(':')
  const named = notAuthorized.exec(reason)
  const byS3 = deniedByS3.exec(reason)
  const action = named?.[1] ?? (byS3?.[1] === undefined ? undefined : `s3:${byS3[1]}`)
  const resource = named?.[2] ?? (byS3?.[2] === undefined ? undefined : `arn:${partition}:s3:::${byS3[2]}`)
  if (action === undefined || resource === undefined) return null
  return new CodedError('ACCESS_DENIED', {
    expected: `permission for ${action} on ${resource}, asked for by CloudFormation with the caller's rights`,
    found: `the stack ${stackName} failed: ${reason}`,
    mend: `allow ${action} on ${resource} in the policy of the role that the workflow assumes; a stack that failed to be created (ROLLBACK_COMPLETE) must be deleted before the next run`
  })
}
