/** The workflow files that use this action: triggers, concurrency, permissions, pinned actions, credentials, keys. Pure. */
import { ok, problem, warning, type Finding } from '../finding.js'
import {
  mapping,
  readWorkflow,
  usesOf,
  type Mapping,
  type WorkflowFile,
  type WorkflowJob,
  needsOf,
  type StepNeeds
} from './read-workflow.js'

export interface WorkflowSubject {
  /** Layers that are built from a submodule that git reaches over SSH. */
  readonly sshLayers: readonly string[]
  /** An environment names required checks. */
  readonly gated: boolean
}

const credentialsAction = /^aws-actions\/configure-aws-credentials(@|$)/
/** Workflows of this repository whose jobs hold the role that deploys. */
const deployingWorkflows = ['deploy-layers.yml', 'fan-out-layers.yml', 'rollback-layer.yml']

/** @param files every file of `.github/workflows` */
export function checkWorkflows(
  files: readonly WorkflowFile[],
  subject: WorkflowSubject = { sshLayers: [], gated: false }
): readonly Finding[] {
  const findings = files.flatMap(file => checkWorkflow(file, subject))
  if (findings.length > 0) return findings
  return [
    warning(
      'workflow',
      'no file of .github/workflows uses this action',
      'run layer-deploy init, or add the workflow of the README'
    )
  ]
}

function checkWorkflow(file: WorkflowFile, subject: WorkflowSubject): readonly Finding[] {
  const workflow = readWorkflow(file)
  if (workflow === null) return []
  const { path } = file
  if ('message' in workflow) return [problem(path, `no YAML: ${workflow.message}`, 'correct the file')]
  const findings = [
    ...(workflow.events.includes('pull_request_target')
      ? [problem(path, 'pull_request_target runs with secrets on the code of strangers', 'use pull_request')]
      : []),
    ...workflow.jobs.flatMap(job => checkJob(path, job, subject))
  ]
  return findings.length > 0
    ? findings
    : [ok(path, 'triggers, concurrency, permissions, pinned actions and credentials are right')]
}

function checkJob(path: string, job: WorkflowJob, subject: WorkflowSubject): readonly Finding[] {
  const place = `${path} job ${job.id}`
  const needs = job.ours.map(step => needsOf(step, 'environment' in job.job, subject.gated))
  const deploys =
    needs.some(({ mayWrite }) => mayWrite) || (job.calls !== null && deployingWorkflows.includes(job.calls))
  return [
    ...pullRequests(place, job, needs),
    ...(deploys ? concurrency(place, job.concurrency, job.events) : []),
    ...permissions(place, job, needs),
    ...sshKey(place, job, needs, subject.sshLayers),
    ...[job.job, ...job.steps].flatMap(each => pinned(place, usesOf(each))),
    ...job.steps.flatMap(step => credentials(place, step))
  ]
}

/** Such a run is refused, and holds the deploy's credentials all the same while it runs what nobody has reviewed. */
function pullRequests(place: string, job: WorkflowJob, needs: readonly StepNeeds[]): readonly Finding[] {
  const onPullRequest = (events: readonly string[]): boolean => events.includes('pull_request')
  const mend = "give the job if: github.event_name == 'push', and pull requests a job of their own without environment"
  const refused = job.ours.flatMap(({ events }, index) => (onPullRequest(events) ? (needs[index]?.writes ?? []) : []))
  if (refused.length > 0)
    return [problem(place, `may run on pull requests, where ${refused[0] ?? ''} is refused`, mend)]
  const holdsRole = 'environment' in job.job && job.steps.some(step => credentialsAction.test(usesOf(step)))
  const callsDeploy = job.calls !== null && deployingWorkflows.includes(job.calls)
  return (holdsRole || callsDeploy) && onPullRequest(job.events)
    ? [problem(place, 'may run on pull requests, with the environment and the credentials of a deploy', mend)]
    : []
}

/** A deploy that is cancelled by the next push leaves its work to that one: allowed, but a waste; two at once wait for each other. */
function concurrency(place: string, value: unknown, events: readonly string[]): readonly Finding[] {
  // Whoever calls a workflow gives the calling job its group.
  if (value === undefined || value === null) {
    return events.every(event => event === 'workflow_call')
      ? []
      : [
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

function permissions(
  place: string,
  { permissions: value, steps, calls }: WorkflowJob,
  needs: readonly StepNeeds[]
): readonly Finding[] {
  if (value === undefined || value === null) {
    return [
      warning(place, "no permissions: the repository's default holds", 'add permissions as in docs/permissions.md')
    ]
  }
  if (value === 'write-all') return [warning(place, 'permissions: write-all', 'name just those of docs/permissions.md')]
  // GitHub starts no run whose called workflow wants more than its caller grants.
  if (calls !== null) return []
  const byRole = steps.some(step => credentialsAction.test(usesOf(step)) && 'role-to-assume' in mapping(step['with']))
  const asked = [...needs.flatMap(need => need.permissions), ...(byRole ? [['id-token', 'write'] as const] : [])]
  const needed = new Map<string, 'read' | 'write'>()
  for (const [name, access] of asked) if (needed.get(name) !== 'write') needed.set(name, access)
  return [...needed]
    .filter(([name, access]) => !grants(value, name, access))
    .map(([name, access]) =>
      problem(place, `no permission ${name}: ${access}`, `add ${name}: ${access} to permissions`)
    )
}

function grants(value: unknown, name: string, access: 'read' | 'write'): boolean {
  if (value === 'read-all') return access === 'read'
  const granted = mapping(value)[name]
  return granted === 'write' || granted === access
}

/** Checkout hands its own key, or the token that it was given, on to git; an agent of an earlier step holds keys, too. */
function sshKey(
  place: string,
  { job, steps, ours, calls }: WorkflowJob,
  needs: readonly StepNeeds[],
  layers: readonly string[]
): readonly Finding[] {
  if (layers.length === 0) return []
  const named = layers.join(', ')
  if (calls !== null) {
    if (!['deploy-layers.yml', 'fan-out-layers.yml'].includes(calls)) return []
    const { secrets } = job
    if (secrets === 'inherit' || isGiven(mapping(secrets), 'ssh-key')) return []
    const mend = 'hand it on: secrets: { ssh-key: "${{ secrets.LAYERS_SSH_KEY }}" }'
    return [problem(place, `no ssh-key for what is fetched over SSH: ${named}`, mend)]
  }
  const otherKey = steps.some(
    step =>
      /(^|\/)ssh-agent(@|$)/.test(usesOf(step)) ||
      (/^actions\/checkout(@|$)/.test(usesOf(step)) &&
        ['ssh-key', 'token'].some(name => isGiven(mapping(step['with']), name)))
  )
  if (otherKey) return []
  const without = ours.some(({ given }, index) => needs[index]?.builds === true && !isGiven(given, 'ssh-key'))
  if (!without) return []
  const mend = 'give the step the input ssh-key: ${{ secrets.LAYERS_SSH_KEY }}, and ssh-known-hosts'
  return [problem(place, `no ssh-key for what is fetched over SSH: ${named}`, mend)]
}

function isGiven(values: Mapping, name: string): boolean {
  const value = values[name]
  return typeof value === 'string' && value.trim() !== ''
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
