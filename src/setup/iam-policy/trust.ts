/**
 * Who may assume a role: jobs of one repository, in one GitHub environment, on the branches that are mapped to it.
 * Sources: "Configuring OpenID Connect in Amazon Web Services" and "OpenID Connect reference" (GitHub documentation);
 * "Available keys for AWS OIDC federation" (IAM User Guide).
 */
import type { Environment } from '../../model/index.js'
import type { Purpose } from './permissions.js'

export const providerHost = 'token.actions.githubusercontent.com'
export const audience = 'sts.amazonaws.com'

/** Text, or in a template the CloudFormation function that makes it. */
export type TextOrFunction = string | Readonly<Record<string, unknown>>

export interface TrustedRepository<Text> {
  /** `owner/name`, in a subject: `repo:owner/name:…`. */
  readonly subject: (rest: string) => Text
  /** GitHub's number of the repository: a name can be given up and taken by somebody else, a number cannot. */
  readonly id: Text
  readonly providerArn: Text
}

/** With `environment:` in a job its subject names no branch: `ref` is a condition of its own. */
export function trustPolicy<Text>(environment: Environment, purpose: Purpose, repository: TrustedRepository<Text>) {
  const { name, branches } = environment
  const refs = branches.map(branch => `refs/heads/${branch}`)
  const inEnvironment = repository.subject(`environment:${name}`)
  // Only a plan runs on what is not merged yet.
  const subjects = purpose === 'plan' ? [inEnvironment, repository.subject('pull_request')] : inEnvironment
  // A merge queue tests on branches of its own: "Managing a merge queue", GitHub documentation.
  const queues = branches.map(branch => `refs/heads/gh-readonly-queue/${branch}/*`)
  const onRefs = purpose === 'plan' ? {} : { [`${providerHost}:ref`]: refs.length === 1 ? (refs[0] ?? '') : refs }
  const condition = {
    StringEquals: {
      [`${providerHost}:aud`]: audience,
      [`${providerHost}:sub`]: subjects,
      [`${providerHost}:repository_id`]: repository.id,
      ...onRefs
    },
    ...(purpose === 'plan' && {
      StringLike: { [`${providerHost}:ref`]: ['refs/pull/*/merge', ...queues, ...refs] }
    })
  }
  return {
    Version: '2012-10-17' as const,
    Statement: [
      {
        Effect: 'Allow' as const,
        Principal: { Federated: repository.providerArn },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: condition
      }
    ]
  }
}

export function knownRepository(
  environment: Environment,
  repository: string,
  repositoryId: string
): TrustedRepository<string> {
  const { partition, accountId } = environment
  return {
    subject: rest => `repo:${repository}:${rest}`,
    id: repositoryId,
    providerArn: `arn:${partition}:iam::${accountId}:oidc-provider/${providerHost}`
  }
}
