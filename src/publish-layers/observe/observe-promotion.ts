/** What the environment to promote from has proven. Fails closed: where GitHub or git does not answer, nothing counts as proven. */
import type { ObserveRequest } from './observe-request.js'
import { CodedError } from '../../model/errors.js'
import type { Verdict } from '../../model/index.js'
import type { Git } from '../../ports/git.js'
import { GitHubError, type GitHub } from '../../ports/github.js'
import { foretoldVerdict, promotedVerdict, type Proven, type ProvenLayer } from '../plan/guards.js'
import { deploymentTask, readProven, type OnBranch } from '../promotion/promotion.js'

export interface PromotionPorts {
  readonly github: GitHub | null
  readonly git: Pick<Git, 'readBranchTip' | 'ancestorsAmong'>
}

/** @param wanted by layer id */
export async function observePromotion(
  request: ObserveRequest,
  wanted: ReadonlyMap<string, ProvenLayer>,
  ports: PromotionPorts
): Promise<readonly Verdict[]> {
  const { environment, promotionOverride: override } = request
  const { promoteFrom } = environment
  if (promoteFrom === null || wanted.size === 0) return []
  const proven = await readProofs(promoteFrom, request, wanted, ports)
  return [...wanted].map(([layerId, layer]) => promotedVerdict(promoteFrom, layerId, layer, proven(layerId), override))
}

/**
 * What the gate will say of the layers that a plan would publish.
 * @param wanted by layer id; the content digest is empty where nothing was built: then it goes by the source
 */
export async function foretellPromotion(
  request: ObserveRequest,
  wanted: ReadonlyMap<string, ProvenLayer>,
  ports: PromotionPorts
): Promise<readonly Verdict[]> {
  const { promoteFrom } = request.environment
  if (promoteFrom === null || wanted.size === 0) return []
  const proven = await readProofs(promoteFrom, request, wanted, ports)
  return [...wanted].map(([layerId, layer]) => foretoldVerdict(promoteFrom, layerId, layer, proven(layerId)))
}

async function readProofs(
  promoteFrom: string,
  { sourceBranches, tokenName }: Pick<ObserveRequest, 'sourceBranches' | 'tokenName'>,
  wanted: ReadonlyMap<string, ProvenLayer>,
  { github, git }: PromotionPorts
): Promise<(layerId: string) => Proven> {
  if (github === null) {
    const why = `no GitHub token to read the deployments of ${promoteFrom} with`
    return () => ({ kind: 'unreadable', why, mend: `give a token that may read deployments in ${tokenName}` })
  }
  try {
    const { layers, searched, elsewhere } = await readProven(github, promoteFrom, wanted, heldBy(sourceBranches, git))
    const where = `the newest ${searched} deployments of ${promoteFrom} with the task ${deploymentTask}`
    return layerId => ({
      kind: 'read',
      layer: layers.get(layerId) ?? null,
      searched: where,
      elsewhere: elsewhere.includes(layerId)
    })
  } catch (error) {
    return unreadable(error)
  }
}

function unreadable(error: unknown): () => Proven {
  if (error instanceof GitHubError) {
    const why = `deployments that cannot be read (${error.message})`
    return () => ({ kind: 'unreadable', why, mend: error.mend })
  }
  if (error instanceof CodedError && error.code === 'GIT_FAILED') {
    const why = `a branch that cannot be read (${error.finding.found})`
    return () => ({ kind: 'unreadable', why, mend: error.finding.mend })
  }
  throw error
}

/** A proof stands for what went through the environment: its commit is, or is behind, the tip of one of its branches. */
function heldBy(branches: readonly string[], git: PromotionPorts['git']): OnBranch {
  return async commits => {
    const held = new Set<string>()
    for (const branch of branches) {
      const open = commits.filter(commit => !held.has(commit))
      const tip = open.length === 0 ? null : await git.readBranchTip(branch)
      for (const commit of tip === null ? [] : await git.ancestorsAmong(tip, open)) held.add(commit)
    }
    return [...held]
  }
}
