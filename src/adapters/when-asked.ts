/** Adapters whose code is loaded at the first question that is asked of them: a run with nothing to do asks none. */
import type { Git } from '../ports/git.js'
import type { GitOptions } from './git/index.js'
import type { ProcessRunner } from '../ports/process.js'
import type { ProcessRunnerOptions } from './process/index.js'
import type { GitHub } from '../ports/github.js'
import type { GitHubOptions } from './github/client.js'

interface WhenAsked<Port> {
  readonly port: Port
  readonly open: () => Promise<Port>
  /** What was loaded; `null`: nothing was asked yet. */
  readonly loaded: () => Promise<Port> | null
}

/** @param methods every method of the port. All return promises; the caller replaces what does not. */
function whenAsked<Port extends object>(
  methods: { readonly [Name in keyof Port]: true },
  load: () => Promise<Port>
): WhenAsked<Port> {
  let loading: Promise<Port> | null = null
  const open = (): Promise<Port> => (loading ??= load())
  const method =
    (name: keyof Port) =>
    async (...questions: readonly unknown[]): Promise<unknown> =>
      ((await open())[name] as (...asked: readonly unknown[]) => unknown)(...questions)
  const names = Object.keys(methods) as (keyof Port)[]
  return { port: Object.fromEntries(names.map(name => [name, method(name)])) as Port, open, loaded: () => loading }
}

const gitMethods: { readonly [Name in keyof Git]: true } = {
  ...{ headCommit: true, askAhead: true, currentBranch: true, resolveCommit: true, parents: true, readEntries: true },
  ...{ readGitlinks: true, folderPaths: true, holdsPath: true, readFile: true, hasCommit: true, fetchCommit: true },
  ...{ mergeBase: true, relation: true, remoteBranchTip: true, remoteTag: true, readBranchTip: true },
  ...{ ancestorsAmong: true, readCommit: true, checkoutState: true, dirtyPaths: true, submoduleSubjects: true },
  ...{ exportPaths: true, exportSubmodule: true, tagsOf: true, sshSubmodules: true, close: true }
}

/** As `createGit`, which is loaded at the first question. */
export function gitWhenAsked(options: GitOptions): Git {
  const { port, loaded } = whenAsked(gitMethods, async () => (await import('./git/index.js')).createGit(options))
  return { ...port, close: async () => (await loaded())?.close() }
}

/** As `processRunner`, which is loaded with the first command. */
export function processRunnerWhenAsked(options: ProcessRunnerOptions): ProcessRunner {
  const load = async (): Promise<ProcessRunner> => (await import('./process/index.js')).processRunner(options)
  return whenAsked<ProcessRunner>({ run: true }, load).port
}

const gitHubMethods: { readonly [Name in keyof GitHub]: true } = {
  ...{ listComments: true, readComment: true, createComment: true, updateComment: true, deleteComment: true },
  ...{ createStatus: true, listStatuses: true, pendingStatuses: true, pullsOfCommit: true, compare: true },
  ...{ listCheckRuns: true, checkRunsNamed: true, createCheckRun: true, updateCheckRun: true },
  ...{ viewerLogin: true, callsMade: true, deployments: true, deploymentOutcomes: true },
  ...{ createDeployment: true, createDeploymentStatus: true },
  ...{ branchProtected: true, environmentProtection: true }
}

/** GitHub for one repository, loaded at the first question. `null`: there is no token, or no repository that it could be for. */
export function gitHubWhenAsked({
  token,
  ...options
}: Omit<GitHubOptions, 'token'> & { readonly token: string | null }): GitHub | null {
  if (token === null || options.repository === '') return null
  let opened: GitHub | null = null
  const { port, open } = whenAsked(gitHubMethods, async () => {
    return (opened = (await import('./github/index.js')).createGitHub({ token, ...options }))
  })
  return {
    ...port,
    callsMade: () => opened?.callsMade() ?? 0,
    deployments: async function* (filter) {
      yield* (await open()).deployments(filter)
    }
  }
}
