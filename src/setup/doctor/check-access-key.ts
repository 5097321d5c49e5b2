import type { AccountInspection } from '../../ports/account-inspection.js'
import type { CallerIdentity } from '../../ports/aws.js'
import { findingOf, ok, skipped, warning, type Finding } from './finding.js'

const oldestDays = 90
const dayMilliseconds = 24 * 60 * 60 * 1000
const mend = "make a new key and delete the old one, or change to a role with GitHub's OIDC (layer-deploy iam-policy)"

/** A role's credentials end by themselves; a user's access keys do not. */
export async function checkAccessKey(
  { inspection, now }: { readonly inspection: Pick<AccountInspection, 'accessKeys'>; readonly now: number },
  caller: CallerIdentity
): Promise<Finding> {
  const userName = /^arn:[^:]+:iam::\d+:user\/(?:.*\/)?([^/]+)$/.exec(caller.arn)?.[1]
  if (userName === undefined) return ok('access key', 'none: the credentials are temporary')
  const check = `access keys of ${userName}`
  try {
    const active = (await inspection.accessKeys(userName)).filter(key => key.active)
    const old = active
      .map(({ id, createdAt }) => ({ id, days: Math.floor((now - createdAt) / dayMilliseconds) }))
      .filter(({ days }) => days > oldestDays)
    if (old.length === 0) return ok(check, `${active.length} active, none older than ${oldestDays} days`)
    const ages = old.map(({ id, days }) => `…${id.slice(-4)} is ${days} days old`).join(', ')
    return warning(check, ages, mend)
  } catch (error) {
    const finding = findingOf(check, error)
    return finding.level === 'warning' ? skipped(check, finding.found) : finding
  }
}
