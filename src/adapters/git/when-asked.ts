import type { Git } from '../../ports/git.js'
import { whenAsked } from '../when-asked.js'
import type { GitOptions } from './index.js'

const methods: { readonly [Name in keyof Git]: true } = {
  ...{ headCommit: true, askAhead: true, currentBranch: true, resolveCommit: true, parents: true, readEntries: true },
  ...{ readGitlinks: true, folderPaths: true, holdsPath: true, readFile: true, hasCommit: true, fetchCommit: true },
  ...{ mergeBase: true, relation: true, remoteBranchTip: true, remoteTag: true, readBranchTip: true },
  ...{ ancestorsAmong: true, readCommit: true, checkoutState: true, dirtyPaths: true, submoduleSubjects: true },
  ...{ exportPaths: true, exportSubmodule: true, tagsOf: true, sshSubmodules: true, close: true }
}

/** As `createGit`, which is loaded at the first question. */
export function gitWhenAsked(options: GitOptions): Git {
  const { port, loaded } = whenAsked(methods, async () => (await import('./index.js')).createGit(options))
  return { ...port, close: async () => (await loaded())?.close() }
}
