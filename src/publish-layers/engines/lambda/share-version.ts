/** Engine `lambda` shares a version statement by statement; each has an id of its own, so that a second attempt finds it. */
import type { LayerPermission, LayerPermissions } from '../../../ports/aws.js'
import type { Target } from '../../target.js'

const ours = 'layer-deploy-'

/**
 * The version's policy says what is configured, as far as it is ours: what others added stays, and `verifySharing` finds it.
 * May be repeated after it broke off anywhere.
 */
export async function shareVersion(permissions: LayerPermissions, target: Target, version: number): Promise<void> {
  const { layerName, access } = target
  const wanted = access.sharedWith.map((principal): LayerPermission => ({ statementId: ours + principal, principal }))
  const present = await permissions.list(layerName, version)
  for (const { statementId } of present.filter(one => one.statementId.startsWith(ours) && !isAmong(wanted, one))) {
    await permissions.remove(layerName, version, statementId)
  }
  // `exists`: a run beside us, or an answer of ours that was lost.
  for (const permission of wanted.filter(one => !isAmong(present, one))) {
    await permissions.add(layerName, version, permission)
  }
}

function isAmong(permissions: readonly LayerPermission[], { statementId, principal }: LayerPermission): boolean {
  return permissions.some(one => one.statementId === statementId && one.principal === principal)
}
