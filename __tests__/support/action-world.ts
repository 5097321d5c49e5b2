/** The whole world of a run: a superproject, AWS with two accounts, GitHub, and the bundle run as the runner runs it. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { startAwsEmulator, type AwsEmulator, type AwsEmulatorOptions } from '../../emulators/aws/index.js'
import { startGitHubEmulator, type GitHubEmulator } from '../../emulators/github/index.js'
import type { Permissions } from '../../emulators/github/index.js'
import { runAction, type RunOptions, type RunOutcome } from '../../emulators/runner/index.js'
import { pullRequest, push, type WorkflowEvent } from './events.js'
import { makeSuperproject, type CheckoutOptions, type Superproject, type SuperprojectOptions } from './superproject.js'

export const sandboxAccount = '111122223333'
export const productionAccount = '444455556666'
export const region = 'us-east-2'
export const repository = 'octo-org/superproject'
const token = 'ghs_EXAMPLEinstallationtoken'
const actionDirectory = resolve(import.meta.dirname, '../..')

export interface ActionRun {
  readonly event: WorkflowEvent
  readonly checkout: CheckoutOptions
  /** Whose credentials the job has; `null`: none. */
  readonly account: string | null
  readonly inputs?: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string>>
  readonly runAttempt?: string
  readonly options?: Partial<RunOptions>
  /** Works on the checkout before the action runs. */
  readonly prepare?: (workspace: string) => Promise<void>
}

export interface ActionWorld {
  readonly superproject: Superproject
  readonly aws: AwsEmulator
  readonly github: GitHubEmulator
  run(run: ActionRun): Promise<RunOutcome>
  /** Pushes the branch and runs the push event's job with the account of the branch. */
  push(branch: string, run?: Partial<ActionRun>): Promise<RunOutcome>
  /** Opens (or updates) a pull request of `head` into `base` and runs its job. */
  pullRequest(number: number, head: string, base: string, run?: Partial<ActionRun>): Promise<RunOutcome>
  close(): Promise<void>
}

export interface WorldOptions extends SuperprojectOptions {
  readonly permissions?: Permissions
  readonly aws?: Partial<AwsEmulatorOptions>
  readonly prefix?: string
}

const allPermissions: Permissions = {
  contents: 'read',
  issues: 'write',
  'pull-requests': 'write',
  statuses: 'write',
  deployments: 'write',
  checks: 'write'
}

export async function makeActionWorld(options: WorldOptions = {}): Promise<ActionWorld> {
  const [owner = '', name = ''] = repository.split('/')
  const [superproject, aws, github] = await Promise.all([
    makeSuperproject(options),
    startAwsEmulator({
      accounts: [account(sandboxAccount, 'SANDBOX'), account(productionAccount, 'PRODUCTION')],
      buckets: [bucket(sandboxAccount), bucket(productionAccount)],
      ...options.aws
    }),
    startGitHubEmulator({
      repositories: [{ owner, name, defaultBranch: 'main' }],
      tokens: [{ token, permissions: options.permissions ?? allPermissions }],
      acceptUnknownCommits: true,
      ...(options.prefix === undefined ? {} : { prefix: options.prefix })
    })
  ])
  const scratch = await mkdtemp(join(tmpdir(), 'action-world-'))
  let runs = 100
  const run = async (job: ActionRun): Promise<RunOutcome> => {
    const workspace = await superproject.cloneForRun(job.checkout)
    await job.prepare?.(workspace)
    const { eventName, payload, ref, sha, baseRef, headRef } = job.event
    return runAction({
      actionDirectory,
      workspace,
      github: {
        ...{ eventName, payload, ref, sha, baseRef, headRef, repository, token },
        apiUrl: github.url,
        graphqlUrl: github.graphqlUrl,
        runId: String(++runs),
        runAttempt: job.runAttempt
      },
      inputs: job.inputs ?? {},
      env: {
        ...(job.account === null ? { AWS_EC2_METADATA_DISABLED: 'true' } : aws.env(job.account, region)),
        ...job.env
      },
      ...job.options
    })
  }
  const tips = new Map<string, string>()
  return {
    superproject,
    aws,
    github,
    run,
    push: async (branch, job = {}) => {
      const after = await superproject.push(branch)
      const before = tips.get(branch)
      tips.set(branch, after)
      github.seed.branch(branch, after)
      const event = push({ branch, after, ...(before === undefined || before === after ? {} : { before }) })
      return run({ event, checkout: { branch, commit: after }, account: accountOf(branch), ...job })
    },
    pullRequest: async (number, head, base, job = {}) => {
      const commits = await superproject.openPullRequest(number, head, base)
      github.seed.branch(head, commits.head)
      github.seed.branch(base, commits.base)
      github.seed.pullRequest({
        number,
        head: { ref: head, sha: commits.head },
        base: { ref: base, sha: commits.base }
      })
      const event = pullRequest({
        number,
        base,
        baseCommit: commits.base,
        head,
        headCommit: commits.head,
        mergeCommit: commits.merge
      })
      return run({ event, checkout: { ref: `refs/pull/${number}/merge` }, account: accountOf(base), ...job })
    },
    close: async () => {
      await Promise.all([superproject.close(), aws.close(), github.close()])
      await rm(scratch, { recursive: true, force: true })
    }
  }
}

function accountOf(branch: string): string {
  return branch === 'main' ? productionAccount : sandboxAccount
}

function account(accountId: string, name: string): AwsEmulatorOptions['accounts'][number] {
  return { accountId, accessKeyId: `AKIA${name}EXAMPLE`, secretAccessKey: `secret-of-${name}-EXAMPLE` }
}

function bucket(accountId: string): NonNullable<AwsEmulatorOptions['buckets']>[number] {
  return { name: `${accountId}-code-deployment`, ownerAccountId: accountId, region }
}
