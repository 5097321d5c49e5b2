/** The world of the design's example: `test` deploys to a sandbox account, `main` to a production account. */
import type { AwsEmulatorOptions } from '../aws/index.js'
import type { GitHubEmulatorOptions, Permissions } from '../github/index.js'
import type { StepRunner } from '../runner/index.js'
import { openActionWorld, type ActionWorld } from './action-world.js'
import { makeSuperproject, type Superproject, type SuperprojectOptions } from './superproject.js'

export const sandboxAccount = '111122223333'
export const productionAccount = '444455556666'
export const region = 'us-east-2'
export const repository = 'octo-org/superproject'

export type ExampleWorld = ActionWorld<Superproject>

export interface ExampleWorldOptions extends SuperprojectOptions {
  readonly permissions?: Permissions
  readonly aws?: Partial<AwsEmulatorOptions>
  readonly prefix?: string
  readonly rateLimit?: GitHubEmulatorOptions['rateLimit']
  /** Default: a process for each step, as on the runner. */
  readonly steps?: StepRunner
}

export async function makeExampleWorld(options: ExampleWorldOptions = {}): Promise<ExampleWorld> {
  const accountOf = (branch: string): string => (branch === 'main' ? productionAccount : sandboxAccount)
  return openActionWorld({
    superproject: await makeSuperproject(options),
    repository,
    aws: {
      accounts: [account(sandboxAccount, 'SANDBOX'), account(productionAccount, 'PRODUCTION')],
      buckets: [bucket(sandboxAccount), bucket(productionAccount)],
      ...options.aws
    },
    jobOf: branch => ({ account: accountOf(branch), region }),
    permissions: options.permissions,
    prefix: options.prefix,
    rateLimit: options.rateLimit,
    steps: options.steps
  })
}

/** An account whose one user has documentation credentials made of `name`. */
export function account(accountId: string, name: string): AwsEmulatorOptions['accounts'][number] {
  return { accountId, accessKeyId: `AKIA${name}EXAMPLE`, secretAccessKey: `secret-of-${name}-EXAMPLE` }
}

function bucket(accountId: string): NonNullable<AwsEmulatorOptions['buckets']>[number] {
  return { name: `${accountId}-code-deployment`, ownerAccountId: accountId, region }
}
