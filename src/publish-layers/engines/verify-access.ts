/** Who may use a version, and what its parameter holds, against what was meant. */
import type { StackDescription } from '../../ports/inventory.js'
import { CodedError } from '../../model/errors.js'
import type { Access } from '../../model/index.js'
import type { LayerPermissions } from '../../ports/aws.js'
import { noAccess, samePrincipals } from '../access.js'
import { parameterValueOutput } from './cloudformation/stack-access.js'
import type { Target } from '../target.js'

/**
 * Reads the policy of the version back. Nothing is asked where nobody is, nor was, told of it.
 * @param before what was recorded of this very version; absent for a new one
 * @throws CodedError PUBLISH_UNVERIFIED
 */
export async function verifySharing(
  permissions: LayerPermissions,
  target: Target,
  version: number,
  before: Access = noAccess
): Promise<void> {
  const { sharedWith } = target.access
  if (sharedWith.length === 0 && before.sharedWith.length === 0) return
  const found = (await permissions.list(target.layerName, version)).map(({ principal }) => principal)
  if (samePrincipals(sharedWith, found)) return
  throw new CodedError('PUBLISH_UNVERIFIED', {
    expected: `version ${version} of ${target.layerName} in ${target.region} to be shared with ${words(sharedWith)}`,
    found: `a policy for ${words(found)}`,
    mend: 'correct share-with, or remove what was added beside this action (aws lambda remove-layer-version-permission), and run again'
  })
}

/** @throws CodedError PUBLISH_UNVERIFIED */
export function verifyParameter(target: Target, arn: string, stack: StackDescription): void {
  const { ssmParameter } = target.access
  const found = stack.outputs[parameterValueOutput]
  if (ssmParameter === null || found === arn) return
  throw new CodedError('PUBLISH_UNVERIFIED', {
    expected: `the parameter ${ssmParameter} in ${target.region} to hold ${arn}`,
    found: found ?? `a stack ${stack.name} without the output ${parameterValueOutput}`,
    mend: `look for who changes the stack ${stack.name} beside this action, and run again`
  })
}

function words(principals: readonly string[]): string {
  return principals.length === 0 ? 'nobody' : principals.join(', ')
}
