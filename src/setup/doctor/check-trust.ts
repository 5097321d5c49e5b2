/** Who may assume the role that deploys: branches that its trust lets in beside those that are mapped to it. */
import type { Environment } from '../../model/index.js'
import type { AccountInspection } from '../../ports/account-inspection.js'
import { providerHost } from '../iam-policy/trust.js'
import { findingOf, ok, problem, skipped, warning, type Finding } from './finding.js'

type Json = Readonly<Record<string, unknown>>

/** @param callerArn where it is a role's that deploys, that role; else the one that iam-policy makes */
export async function checkTrust(
  inspection: Pick<AccountInspection, 'roleTrust'>,
  environment: Environment,
  callerArn: string
): Promise<readonly Finding[]> {
  const ofSession = /^arn:[^:]+:sts::\d+:assumed-role\/([^/]+)\//.exec(callerArn)?.[1]
  const usual = `layer-deploy-${environment.name}-deploy`
  const roles = [...new Set([ofSession ?? usual, usual])].filter(name => !name.endsWith('-plan'))
  const found = await Promise.all(roles.map(name => lookAt(inspection, environment, name)))
  return found.flat()
}

async function lookAt(
  inspection: Pick<AccountInspection, 'roleTrust'>,
  environment: Environment,
  name: string
): Promise<readonly Finding[]> {
  const check = `trust of role ${name}`
  try {
    const trust = await inspection.roleTrust(name)
    return trust === null ? [] : [trustFinding(check, trust, environment)]
  } catch (error) {
    const finding = findingOf(check, error)
    return [finding.level === 'warning' ? skipped(check, finding.found) : finding]
  }
}

function trustFinding(check: string, trust: unknown, environment: Environment): Finding {
  const statements = [asJson(trust)['Statement']].flat().map(asJson).filter(isForGitHub)
  if (statements.length === 0) return skipped(check, 'no job of GitHub may assume it')
  const mend = `take the trust that this prints: layer-deploy iam-policy --environment ${environment.name}`
  const open = statements.flatMap(statement => openings(statement, environment))
  if (open.length > 0) return problem(check, `lets in ${[...new Set(open)].join(', ')}`, mend)
  if (statements.some(statement => valuesOf(statement, 'ref').length === 0 && namesEnvironment(statement))) {
    return warning(check, 'names a GitHub environment and no branch: GitHub alone says which branches get in', mend)
  }
  return ok(check, `only ${environment.branches.join(', ')}`)
}

/** What a statement lets in beside the environment's branches. */
function openings(statement: Json, { branches }: Environment): readonly string[] {
  const mapped = branches.map(branch => `refs/heads/${branch}`)
  const subjects = valuesOf(statement, 'sub')
  const byId = valuesOf(statement, 'repository_id').length > 0 || valuesOf(statement, 'repository').length > 0
  const anyRepository = subjects.length === 0 ? !byId : subjects.some(each => /^(\*|repo:[^:]*\*)/.test(each)) && !byId
  const others = anyRepository ? ['jobs of other repositories'] : []
  const refs = valuesOf(statement, 'ref')
  if (refs.length > 0) return [...others, ...refs.filter(ref => !mapped.includes(ref))]
  if (subjects.length === 0) return [...others, 'every branch']
  const open = subjects.flatMap(subject => {
    const rest = subject.startsWith('repo:') ? subject.split(':').slice(2).join(':') : subject
    const ref = /^ref:(.*)$/.exec(rest)?.[1]
    if (ref !== undefined) return mapped.includes(ref) ? [] : [ref]
    if (/^environment:[^*?]+$/.test(rest)) return []
    return [rest === 'pull_request' ? 'pull requests' : `every branch (${subject})`]
  })
  return [...others, ...open]
}

function namesEnvironment(statement: Json): boolean {
  return valuesOf(statement, 'sub').some(subject => /:environment:[^*?]+$/.test(subject))
}

function isForGitHub(statement: Json): boolean {
  const federated = [asJson(statement['Principal'])['Federated']].flat().map(String)
  return statement['Effect'] === 'Allow' && federated.some(arn => arn.includes(providerHost))
}

/** Of the operators that demand one of the values: what is only denied, or compared where it is there, is no limit. */
function valuesOf(statement: Json, claim: string): readonly string[] {
  return Object.entries(asJson(statement['Condition']))
    .filter(([operator]) => /^(ForAnyValue:)?String(Equals|Like|EqualsIgnoreCase)$/.test(operator))
    .flatMap(([, keys]) =>
      Object.entries(asJson(keys)).flatMap(([key, values]) =>
        key.toLowerCase() === `${providerHost}:${claim}` ? [values].flat().map(String) : []
      )
    )
}

function asJson(value: unknown): Json {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Json) : {}
}
