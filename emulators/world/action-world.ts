/** The whole world of a run: a superproject, AWS with its accounts, GitHub, and the bundle run as the runner runs it. */
import { resolve } from 'node:path'
import { startAwsEmulator, type AwsEmulator, type AwsEmulatorOptions } from '../aws/index.js'
import {
  startGitHubEmulator,
  type GitHubEmulator,
  type GitHubEmulatorOptions,
  type Permissions
} from '../github/index.js'
import { ownProcesses, runAction, type RunOptions, type RunOutcome, type StepRunner } from '../runner/index.js'
import type { Branches } from './branches.js'
import type { CheckoutOptions } from './checkout.js'
import { pullRequest } from './pull-request-events.js'
import { push } from './push-events.js'
import type { WorkflowEvent } from './workflow-event.js'

/** The one that every job has. */
export const installationToken = 'ghs_EXAMPLEinstallationtoken'
/** Holds action.yml and dist/. */
const actionDirectory = resolve(import.meta.dirname, '../..')

export interface ActionRun {
  readonly event: WorkflowEvent
  readonly checkout: CheckoutOptions
  /** Whose credentials the job has; `null`: none. */
  readonly account: string | null
  readonly inputs?: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string>>
  /** Default: another one for each run. */
  readonly runId?: string
  readonly runAttempt?: string
  /** GITHUB_API_URL, for what stands between. Default: the emulator's. */
  readonly apiUrl?: string
  /** GITHUB_SERVER_URL. Default `https://github.com`. */
  readonly serverUrl?: string
  readonly options?: Partial<RunOptions>
  /** Works on the checkout before the action runs. */
  readonly prepare?: (workspace: string) => Promise<void>
}

/** What a world needs of the superproject. */
export interface SuperprojectRemote extends Branches {
  /** What actions/checkout leaves, in a fresh folder. Returns its path. */
  cloneForRun(options: CheckoutOptions): Promise<string>
  close(): Promise<void>
}

export interface ActionWorld<Remote extends SuperprojectRemote> {
  readonly superproject: Remote
  readonly aws: AwsEmulator
  readonly github: GitHubEmulator
  /** Where the action's steps run, and commands of the command line can. */
  readonly steps: StepRunner
  run(run: ActionRun): Promise<RunOutcome>
  /** Pushes the branch and runs the push event's job with the account of the branch. */
  push(branch: string, run?: Partial<ActionRun>): Promise<RunOutcome>
  /** Opens (or updates) a pull request of `head` into `base` and runs its job. */
  pullRequest(number: number, head: string, base: string, run?: Partial<ActionRun>): Promise<RunOutcome>
  /** Merges the pull request by a merge commit and runs the job of the push that this makes. */
  mergePullRequest(number: number, head: string, base: string, run?: Partial<ActionRun>): Promise<RunOutcome>
  close(): Promise<void>
}

export interface ActionWorldOptions<Remote extends SuperprojectRemote> {
  readonly superproject: Remote
  /** `owner/name` */
  readonly repository: string
  readonly aws: AwsEmulatorOptions
  /** The account and region whose credentials a branch's jobs have. */
  readonly jobOf: (branch: string) => { readonly account: string; readonly region: string }
  /** The token's. Default: all that the action uses. */
  readonly permissions?: Permissions | undefined
  /** See `GitHubEmulatorOptions.prefix`. */
  readonly prefix?: string | undefined
  /** GitHub's. Default as GitHub has it. */
  readonly rateLimit?: GitHubEmulatorOptions['rateLimit'] | undefined
  /** Default: a process for each, as on the runner. `close` of the world closes it. */
  readonly steps?: StepRunner | undefined
}

const allPermissions: Permissions = {
  contents: 'read',
  issues: 'write',
  'pull-requests': 'write',
  statuses: 'write',
  deployments: 'write',
  checks: 'write'
}

export async function openActionWorld<Remote extends SuperprojectRemote>(
  options: ActionWorldOptions<Remote>
): Promise<ActionWorld<Remote>> {
  const { superproject, repository, jobOf, steps = ownProcesses } = options
  const aws = await startAwsEmulator(options.aws)
  const github = await startGitHub(options)
  const run = jobRunner(options, aws, github)
  const tips = new Map<string, string>()
  const pushBranch = async (branch: string, job: Partial<ActionRun> = {}): Promise<RunOutcome> => {
    const after = await superproject.push(branch)
    const before = tips.get(branch)
    tips.set(branch, after)
    github.seed.branch(branch, after)
    const known = before === undefined || before === after ? {} : { before }
    const event = push({ repository, branch, after, ...known })
    return run({ event, checkout: { branch, commit: after }, account: jobOf(branch).account, ...job })
  }
  return {
    superproject,
    aws,
    github,
    steps,
    run,
    push: pushBranch,
    pullRequest: async (number, head, base, job = {}) => {
      const commits = await superproject.openPullRequest(number, head, base)
      github.seed.branch(head, commits.head)
      github.seed.branch(base, commits.base)
      const ends = { head: { ref: head, sha: commits.head }, base: { ref: base, sha: commits.base } }
      github.seed.pullRequest({ number, ...ends })
      const ids = { baseCommit: commits.base, headCommit: commits.head, mergeCommit: commits.merge }
      const event = pullRequest({ repository, number, base, head, ...ids })
      return run({ event, checkout: { ref: `refs/pull/${number}/merge` }, account: jobOf(base).account, ...job })
    },
    mergePullRequest: async (number, head, base, job = {}) => {
      const ends = {
        head: { ref: head, sha: await superproject.git('rev-parse', head) },
        base: { ref: base, sha: await superproject.git('rev-parse', base) }
      }
      const message = `Merge pull request #${number} from ${head}`
      const mergeCommit = await superproject.mergeBranch(head, base, message)
      github.seed.pullRequest({ number, ...ends, mergeCommit })
      return pushBranch(base, job)
    },
    close: async () => {
      steps.close()
      await Promise.all([superproject.close(), aws.close(), github.close()])
    }
  }
}

/** What the workflow does: a checkout, credentials, the action. */
function jobRunner(
  options: ActionWorldOptions<SuperprojectRemote>,
  aws: AwsEmulator,
  github: GitHubEmulator
): (job: ActionRun) => Promise<RunOutcome> {
  const { superproject, repository, jobOf, steps = ownProcesses } = options
  let runs = 100
  return async job => {
    const workspace = await superproject.cloneForRun(job.checkout)
    await job.prepare?.(workspace)
    const { eventName, payload, ref, sha, baseRef, headRef } = job.event
    const addresses = {
      apiUrl: job.apiUrl ?? github.url,
      graphqlUrl: job.apiUrl === undefined ? github.graphqlUrl : `${job.apiUrl}/graphql`,
      serverUrl: job.serverUrl
    }
    const ids = { runId: job.runId ?? String(++runs), runAttempt: job.runAttempt }
    const { region } = jobOf(baseRef ?? ref.replace('refs/heads/', ''))
    const credentials = job.account === null ? { AWS_EC2_METADATA_DISABLED: 'true' } : aws.env(job.account, region)
    return runAction({
      actionDirectory,
      workspace,
      github: {
        ...{ eventName, payload, ref, sha, baseRef, headRef, repository, token: installationToken },
        ...addresses,
        ...ids
      },
      inputs: job.inputs ?? {},
      env: { ...credentials, ...job.env },
      steps,
      ...job.options
    })
  }
}

function startGitHub(options: ActionWorldOptions<SuperprojectRemote>): Promise<GitHubEmulator> {
  const [owner = '', name = ''] = options.repository.split('/')
  return startGitHubEmulator({
    repositories: [{ owner, name, defaultBranch: 'main' }],
    tokens: [{ token: installationToken, permissions: options.permissions ?? allPermissions }],
    acceptUnknownCommits: true,
    ...(options.prefix === undefined ? {} : { prefix: options.prefix }),
    ...(options.rateLimit === undefined ? {} : { rateLimit: options.rateLimit })
  })
}
