import type { Verdict } from '../model/index.js'
import type { Aws } from '../ports/aws.js'
import { accountVerdict, regionVerdicts } from '../publish-layers/plan/guards.js'
import type { OperationRequest } from './operation.js'

/** Account and regions, before anything else of the account is looked at. */
export async function identityVerdicts(
  { environment, regions }: Pick<OperationRequest, 'environment' | 'regions'>,
  aws: Pick<Aws, 'callerIdentity'>
): Promise<readonly Verdict[]> {
  const { accountId } = await aws.callerIdentity()
  return [accountVerdict(environment, accountId), ...regionVerdicts(environment, regions)]
}

export function isRefused(verdicts: readonly Verdict[]): boolean {
  return verdicts.some(({ passed }) => passed !== true)
}
