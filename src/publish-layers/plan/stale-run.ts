/** `STALE_RUN`: an older run never overwrites a newer one. The branch as the remote has it now decides, not what is deployed. */
import type { Finding } from '../../model/errors.js'
import type { Verdict } from '../../model/index.js'

/** How a commit stands to this run's head. `diverged` also where no common history is known. */
export interface DeployedCommit {
  readonly commit: string
  readonly relation: 'same' | 'ancestor' | 'descendant' | 'diverged' | 'unknown'
}

/** Where this run's head stands on its branch. */
export type BranchTip =
  | { readonly kind: 'head' }
  /** The tip descends from head. */
  | { readonly kind: 'newer'; readonly commit: string }
  /** Head is not on the branch any more. `commit`: its tip, `null` where the branch is gone. */
  | { readonly kind: 'elsewhere'; readonly commit: string | null }
  /** `deployed`: what the account runs, as far as its commits are on record. */
  | { readonly kind: 'unreadable'; readonly why: string; readonly deployed: readonly DeployedCommit[] }

export interface StaleQuestion {
  readonly headCommit: string
  readonly branch: string
  readonly tip: BranchTip
  /** Ids of the layers that would be written and that the tip has another source of. */
  readonly differing: readonly string[]
  /** Nothing is left to write beside them. */
  readonly everything: boolean
}

const guard = 'STALE_RUN'

export function staleVerdict({ headCommit, branch, tip, differing, everything }: StaleQuestion): Verdict {
  switch (tip.kind) {
    case 'head':
      return passes(`tip of ${branch}`)
    case 'newer': {
      if (differing.length === 0)
        return passes(`its layers have the same source at ${tip.commit}, the tip of ${branch}`)
      const finding = {
        expected: `${headCommit} at the tip of ${branch}, or the same source of ${differing.join(', ')} there`,
        found: `another source at ${tip.commit}, which descends from it`,
        mend: `let the newer commit stand; to go back, revert on ${branch} and push, or run the command rollback`
      }
      return { guard, subject: everything ? '' : differing.join(', '), passed: 'stand-aside', finding }
    }
    case 'elsewhere':
      return refused({
        expected: `${headCommit} on the branch ${branch} of the remote`,
        found:
          tip.commit === null
            ? `no branch ${branch} there`
            : `${tip.commit} at its tip, which does not descend from it`,
        mend: `push what is to be deployed to ${branch}: the run of its tip deploys`
      })
    case 'unreadable':
      return unreadable(headCommit, branch, tip)
  }
}

function unreadable(headCommit: string, branch: string, tip: BranchTip & { readonly kind: 'unreadable' }): Verdict {
  const newer = tip.deployed.find(({ relation }) => relation !== 'same' && relation !== 'ancestor')
  if (newer === undefined)
    return passes(`the tip of ${branch} cannot be read, and no other line of commits is deployed`)
  return refused({
    expected: `the tip of ${branch} from the remote, since ${newer.commit} is deployed and is not known as an ancestor of ${headCommit}`,
    found: tip.why,
    mend: 'let the checkout keep its credentials (persist-credentials), see that the runner reaches the remote, and run again'
  })
}

function passes(detail: string): Verdict {
  return { guard, subject: '', passed: true, detail }
}

function refused(finding: Finding): Verdict {
  return { guard, subject: '', passed: false, finding }
}
