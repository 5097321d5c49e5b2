/** The workflow files that use this action: concurrency, permissions, pinned actions, credentials. Pure. */
import { parseDocument } from 'yaml'
import { ok, problem, warning, type Finding } from './finding.js'

export interface WorkflowFile {
  readonly path: string
  readonly text: string
}

type Mapping = Readonly<Record<string, unknown>>
interface Job {
  readonly id: string
  readonly job: Mapping
  readonly steps: readonly Mapping[]
}

const ownAction = /(^|\/)layer-deploy-action(@|$)/
/** A job that calls one of this repository's workflows. */
const ownWorkflow = /(^|\/)layer-deploy-action\/\.github\/workflows\/[^@]+(@|$)/
const credentialsAction = /^aws-actions\/configure-aws-credentials(@|$)/

/** @param files every file of `.github/workflows` */
export function checkWorkflows(files: readonly WorkflowFile[]): readonly Finding[] {
  const findings = files.flatMap(checkWorkflow)
  if (findings.length > 0) return findings
  return [
    warning(
      'workflow',
      'no file of .github/workflows uses this action',
      'run layer-deploy init, or add the workflow of the README'
    )
  ]
}

function checkWorkflow({ path, text }: WorkflowFile): readonly Finding[] {
  const document = parseDocument(text)
  if (document.errors.length > 0) {
    if (!text.includes('layer-deploy-action')) return []
    return [problem(path, `no YAML: ${document.errors[0]?.message.split('\n')[0] ?? ''}`, 'mend the file')]
  }
  const workflow = mapping(document.toJS() as unknown)
  const jobs = Object.entries(mapping(workflow['jobs']))
    .map(([id, job]): Job => ({ id, job: mapping(job), steps: list(mapping(job)['steps']).map(mapping) }))
    .filter(({ job, steps }) => ownWorkflow.test(usesOf(job)) || steps.some(step => ownAction.test(usesOf(step))))
  if (jobs.length === 0) return []
  const findings = [...triggers(path, workflow), ...jobs.flatMap(job => checkJob(path, workflow, job))]
  return findings.length > 0
    ? findings
    : [ok(path, 'concurrency, permissions, pinned actions and credentials are right')]
}

function triggers(path: string, workflow: Mapping): readonly Finding[] {
  const on = workflow['on']
  const names = typeof on === 'string' ? [on] : Array.isArray(on) ? on.map(String) : Object.keys(mapping(on))
  return names.includes('pull_request_target')
    ? [problem(path, 'pull_request_target runs with secrets on the code of strangers', 'use pull_request')]
    : []
}

function checkJob(path: string, workflow: Mapping, { id, job, steps }: Job): readonly Finding[] {
  const place = `${path} job ${id}`
  return [
    ...concurrency(place, job['concurrency'] ?? workflow['concurrency']),
    ...permissions(place, job['permissions'] ?? workflow['permissions'], job, steps),
    ...[job, ...steps].flatMap(each => pinned(place, usesOf(each))),
    ...steps.flatMap(step => credentials(place, step))
  ]
}

/** A deploy that is cancelled by the next push leaves its work to that one: allowed, but a waste; two at once wait for each other. */
function concurrency(place: string, value: unknown): readonly Finding[] {
  if (value === undefined || value === null) {
    return [
      warning(
        place,
        'no concurrency: runs of one branch overlap',
        'add concurrency: { group: "layers-${{ github.ref }}" }'
      )
    ]
  }
  const cancels = mapping(value)['cancel-in-progress']
  return cancels === true
    ? [warning(place, 'cancel-in-progress ends a deploy half-way', 'set cancel-in-progress: false')]
    : []
}

function permissions(place: string, value: unknown, job: Mapping, steps: readonly Mapping[]): readonly Finding[] {
  if (value === undefined || value === null) {
    return [
      warning(place, "no permissions: the repository's default holds", 'add permissions as in docs/permissions.md')
    ]
  }
  if (value === 'write-all') return [warning(place, 'permissions: write-all', 'name just those of docs/permissions.md')]
  // GitHub starts no run whose called workflow wants more than its caller grants.
  if (ownWorkflow.test(usesOf(job))) return []
  const isDeploy = 'environment' in job
  const byRole = steps.some(step => credentialsAction.test(usesOf(step)) && 'role-to-assume' in mapping(step['with']))
  const needed = [
    ['contents', 'read'],
    ['statuses', 'write'],
    ['pull-requests', 'write'],
    ...(isDeploy ? [['deployments', 'write']] : []),
    ...(byRole ? [['id-token', 'write']] : [])
  ] as const
  const granted = mapping(value)
  return needed
    .filter(([name = '', access]) => value !== 'read-all' || access === 'write' || name === 'id-token')
    .filter(([name = '', access]) => granted[name] !== 'write' && granted[name] !== access)
    .filter(([name]) => !(value === 'read-all' && name === 'contents'))
    .map(([name = '', access = '']) =>
      problem(place, `no permission ${name}: ${access}`, `add ${name}: ${access} to permissions`)
    )
}

/** "Security hardening for GitHub Actions": only a full commit id cannot be moved. */
function pinned(place: string, uses: string): readonly Finding[] {
  if (uses === '' || uses.startsWith('./') || uses.startsWith('docker://')) return []
  return /@[0-9a-f]{40}$/.test(uses)
    ? []
    : [warning(place, `${uses} is not pinned`, `name a full commit id: ${uses.split('@')[0] ?? ''}@<commit> # version`)]
}

function credentials(place: string, step: Mapping): readonly Finding[] {
  const given = mapping(step['with'])
  if (!credentialsAction.test(usesOf(step)) || !('aws-access-key-id' in given)) return []
  return [
    warning(place, 'an access key that does not end by itself', 'assume a role with OIDC (layer-deploy iam-policy)')
  ]
}

function usesOf(step: Mapping): string {
  return typeof step['uses'] === 'string' ? step['uses'] : ''
}

function mapping(value: unknown): Mapping {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Mapping) : {}
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
