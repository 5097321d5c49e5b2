/**
 * What AWS's words of refusal mean, and what helps. Sources: IAM User Guide, "Troubleshoot access denied error messages"; Amazon
 * S3 User Guide, "Troubleshoot access denied (403 Forbidden) errors"; the "Errors" of each call in the API references of AWS
 * Lambda, Amazon S3, AWS CloudFormation, AWS KMS and AWS STS.
 */

export interface Denial {
  /** As IAM names it: `s3:PutObject`. */
  readonly action: string
  readonly resource: string
  readonly mend: string
}

const notAuthorized = /not authorized to perform:? ([a-z0-9-]+:[A-Za-z*]+)(?: on resource: "?([^\s"]+)"?)?/i
/** Lambda's own, where S3 denied it the archive. */
const deniedByS3 = /denied by S3.*? permission to (\w+) for ([^\s]+?)\.? /

/** `null`: the message names no action. */
export function denialOf(message: string, partition = 'aws'): Denial | null {
  const [, action, resource] = notAuthorized.exec(message) ?? []
  if (action !== undefined) {
    const unnamed = action.startsWith('kms:')
      ? 'the KMS key that encrypts it'
      : action.startsWith('sts:')
        ? 'the role'
        : '*'
    return denial(action, resource ?? unnamed, message)
  }
  const [, s3Action, place] = deniedByS3.exec(message) ?? []
  if (s3Action === undefined || place === undefined) return null
  return denial(`s3:${s3Action}`, `arn:${partition}:s3:::${place}`, message)
}

export function denial(action: string, resource: string, message: string): Denial {
  const decider = deciders.find(({ says }) => says.test(message))
  return { action, resource, mend: (decider?.mend ?? allow)({ action, resource }) }
}

type Asked = Pick<Denial, 'action' | 'resource'>

function allow({ action, resource }: Asked): string {
  if (action.startsWith('sts:AssumeRole')) {
    return 'correct the trust policy of the role: its conditions (aud, sub, ref, repository_id) must admit this repository, branch and environment'
  }
  const inPolicy = `allow ${action} on ${resource} in the policy of the role that the workflow assumes`
  return action.startsWith('kms:') ? `${inPolicy}, and admit the role in the policy of the key, too` : inPolicy
}

/** Who decided: an Allow in the policy of the role helps only where that was missing. The first that fits. */
const deciders: readonly { readonly says: RegExp; readonly mend: (asked: Asked) => string }[] = [
  {
    says: /(?:explicit deny in a|no) service control polic/i,
    mend: ({ action }) =>
      `have the service control policy (SCP) of the organization let ${action} pass: whoever manages the AWS organization can, no policy of the role`
  },
  {
    says: /(?:explicit deny in a|no) resource control polic/i,
    mend: ({ action }) =>
      `have the resource control policy (RCP) of the organization let ${action} pass: whoever manages the AWS organization can, no policy of the role`
  },
  {
    says: /(?:explicit deny in a|no) permissions boundar/i,
    mend: ({ action, resource }) =>
      `let the permissions boundary of the role pass ${action} on ${resource}: the policy of the role alone cannot`
  },
  {
    says: /(?:explicit deny in a|no) session polic/i,
    mend: ({ action, resource }) =>
      `let the session policy pass ${action} on ${resource} (inline-session-policy and managed-session-policies of aws-actions/configure-aws-credentials)`
  },
  {
    says: /(?:explicit deny in a|no) VPC endpoint polic/i,
    mend: ({ action, resource }) => `let the policy of the VPC endpoint of this runner pass ${action} on ${resource}`
  },
  { says: /explicit deny in a resource-based polic/i, mend: liftResourceDeny },
  {
    says: /no resource-based polic|resource-based policy explicitly denies|associated with this ciphertext/i,
    mend: asked =>
      asked.action.startsWith('kms:')
        ? `admit the role with ${asked.action} in the policy of the KMS key and in its own, and see that the key is there in this region`
        : `${allow(asked)}, and admit the role in the policy of the resource where that lies in another account`
  },
  {
    says: /explicit deny in an identity-based polic/i,
    mend: ({ action, resource }) =>
      `take away the statement that denies ${action} on ${resource} from the policies of the role: an Allow beside it does not help`
  },
  {
    says: /explicit deny/i,
    mend: ({ action, resource }) =>
      `find the statement that denies ${action} on ${resource} (of the role, its permissions boundary, the organization, the bucket or the key) and lift it: an Allow beside it does not help`
  }
]

function liftResourceDeny({ action, resource }: Asked): string {
  if (action.startsWith('kms:'))
    return `take away the statement that denies ${action} from the policy of the key ${resource}`
  if (!action.startsWith('s3:')) return `take away the statement that denies ${action} from the policy of ${resource}`
  return `see the Deny statements of the policy of the bucket: one that demands encryption is met with the key encryption of the environment, any other must let ${action} on ${resource} pass; an Allow in the policy of the role does not help`
}

const ownBucket = 'give each region a bucket of its own in that region, for example artifact-bucket: name-{region}'
const later = 'run again later; what was done already is found and kept'

/** By an error's name and message, or by the reason in a stack's event, which holds both. The first that fits. */
const causes: readonly { readonly says: RegExp; readonly mend: string }[] = [
  {
    says: /KMS\.?Disabled|\bkey\/\S+ is disabled/i,
    mend: 'enable the KMS key (aws kms enable-key), or encrypt the bucket, or the environment, with another one'
  },
  {
    says: /KMS\.?(?:KMS)?InvalidState|pending (?:deletion|import)/i,
    mend: 'bring the KMS key back into use (aws kms cancel-key-deletion, then enable-key), or encrypt with another one'
  },
  {
    says: /KMS\.?NotFound|\bkey\b.*arn:.*does not exist/i,
    mend: 'name a KMS key that exists in this account and region'
  },
  {
    says: /Unzipped size must be smaller/i,
    mend: 'make the layer smaller, for example with build.exclude: AWS Lambda takes 262,144,000 bytes unzipped'
  },
  {
    says: /could not unzip/i,
    mend: 'delete the archive from the bucket and run again: what lies there is no zip that AWS Lambda can read'
  },
  {
    says: /NoSuchKey|specified key does not exist/i,
    mend: 'run again, the archive is uploaded anew; see that no lifecycle rule removes what lies below layer-deploy/'
  },
  {
    says: /PermanentRedirect|AuthorizationHeaderMalformed|IllegalLocationConstraint|bucket is in this region/i,
    mend: ownBucket
  },
  { says: /NoSuchBucket/, mend: 'create the bucket, or correct artifact-bucket' },
  {
    says: /CodeStorageExceeded|code storage limit/i,
    mend: 'delete layer versions that nobody uses (the command prune), or have the quota raised'
  },
  {
    says: /compatibleRuntimes|compatibleArchitectures/i,
    mend: 'correct compatible-runtimes and compatible-architectures to what AWS Lambda has in this region'
  },
  {
    says: /RequestEntityTooLarge|EntityTooLarge/,
    mend: 'make the layer smaller (build.exclude what is not needed at run time)'
  },
  { says: /PolicyLengthExceeded/, mend: 'share with an organization id in place of its accounts (share-with)' },
  {
    says: /InsufficientCapabilities/,
    mend: 'name the capability that the message asks for under template.capabilities of the layer'
  },
  {
    says: /\bLimitExceeded/,
    mend: 'delete stacks that nobody uses, or have the quota of AWS CloudFormation raised'
  },
  {
    says: /RegionDisabled|OptInRequired/,
    mend: 'enable the region for the account (AWS account settings), or take it out of regions'
  },
  {
    says: /BadDigest|ContentSHA256Mismatch|checksum.*(?:did not match|mismatch)/i,
    mend: 'run again: what arrived is not what was sent; where it returns, see what stands between the runner and AWS'
  },
  {
    says: /AccountProblem|AllAccessDisabled|NotSignedUp|InvalidPayer/,
    mend: 'ask AWS Support: the account itself may not do this'
  },
  {
    says: /Throttling|TooManyRequests|Rate exceeded|SlowDown/i,
    mend: `lower concurrency of the environment, or ${later}`
  },
  { says: /ServiceUnavailable|InternalFailure|InternalError|ServiceException|InternalServerError/i, mend: later }
]

/** `null`: nothing better is known than what the message says. */
export function mendOfMessage(message: string): string | null {
  return causes.find(({ says }) => says.test(message))?.mend ?? null
}
