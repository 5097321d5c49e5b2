import { unknownEnvironment } from '../model/naming/nearest.js'
import { unreachable, type ErrorCode, type Finding } from '../model/errors.js'
import type { Command, Environment, Selection, TriggerEvent } from '../model/index.js'

/** What the choice depends on, and nothing else. */
export interface SelectionRequest {
  readonly event: TriggerEvent
  readonly command: Command
  readonly environments: readonly Environment[]
  /** The input `environment`; `null`: from the branch. */
  readonly environment: string | null
  /** `workflow_run` only: the commit that the remote's branch points at now, `null` where it could not be read. */
  readonly branchTip: string | null
}

/** What an event may do at the most (DESIGN: event × ref → what may happen). */
type Permission =
  | { readonly may: 'deploy'; readonly branch: string }
  | { readonly may: 'plan'; readonly branch: string }
  | { readonly may: 'nothing'; readonly why: string }
  /** `auto` does nothing, a deploy is refused; reading is free. */
  | { readonly may: 'never-deploy'; readonly branch: string; readonly why: string }
  | { readonly may: 'refuse'; readonly branch: string; readonly finding: Finding }

/** Event × ref × map → what this run may do, and where. Total; never guesses an environment. */
export function selectEnvironment(request: SelectionRequest): Selection {
  const permission = permissionOf(request.event, request.branchTip)
  if (permission.may === 'nothing') return askedByHand(request, null) ?? nothingOrMismatch(request, permission.why)

  const branch = permission.branch
  const environment = request.environments.find(candidate => candidate.branches.includes(branch))
  const mismatch = environmentMismatch(request, environment, branch)
  if (mismatch !== null) return mismatch
  if (environment === undefined)
    return askedByHand(request, branch) ?? { kind: 'nothing', why: notMapped(request, branch) }

  switch (permission.may) {
    case 'refuse':
      return mayWrite(request.command) || request.command === 'report'
        ? refuse('TRUSTED_EVENT', permission.finding)
        : { kind: 'plan', environment, branch, why: `${request.command} reads only` }
    case 'never-deploy':
      if (request.command === 'auto') return { kind: 'nothing', why: permission.why }
      return (
        deployRefused(request, permission.why) ?? {
          kind: 'plan',
          environment,
          branch,
          why: `${request.command} reads only`
        }
      )
    case 'plan': {
      const why = `${request.event.kind} may only plan`
      return deployRefused(request, why) ?? { kind: 'plan', environment, branch, why }
    }
    case 'deploy': {
      const why = `${request.event.kind} on ${branch}`
      if (mayWrite(request.command)) return { kind: 'deploy', environment, branch, why }
      if (request.command === 'report') return { kind: 'report', environment, branch, why }
      return { kind: 'plan', environment, branch, why: `${request.command} reads only` }
    }
  }
}

/** Who reads it in a terminal may not have the configuration before them. */
function notMapped({ event, environments }: SelectionRequest, branch: string): string {
  const why = `branch ${branch} is not mapped to an environment`
  if (event.kind !== 'command-line') return why
  const mapped = environments.flatMap(({ name, branches }) => branches.map(each => `${each} to ${name}`))
  return `${why} (mapped are ${mapped.join(', ')})`
}

/** A command that changes an account needs what a deploy needs. */
function mayWrite(command: Command): boolean {
  return ['auto', 'deploy', 'rollback', 'prune', 'rollout'].includes(command)
}

/** Does the choice need the branch's tip? Reading it costs a call to the remote. */
export function needsBranchTip(
  event: TriggerEvent
): event is TriggerEvent & { kind: 'workflow_run'; headBranch: string } {
  return event.kind === 'workflow_run' && event.headBranch !== null
}

function permissionOf(event: TriggerEvent, branchTip: string | null): Permission {
  switch (event.kind) {
    case 'push': {
      const branch = branchOf(event.ref)
      if (branch === null) return { may: 'nothing', why: `${event.ref} is not a branch` }
      return event.deleted ? { may: 'nothing', why: `branch ${branch} was deleted` } : { may: 'deploy', branch }
    }
    case 'pull_request':
      return { may: 'plan', branch: event.baseBranch }
    case 'merge_group': {
      const branch = branchOf(event.baseRef)
      return branch === null ? { may: 'nothing', why: `${event.baseRef} is not a branch` } : { may: 'plan', branch }
    }
    case 'workflow_run':
      return workflowRunPermission(event, branchTip)
    case 'workflow_dispatch': {
      const branch = branchOf(event.ref)
      return branch === null ? { may: 'nothing', why: `${event.ref} is not a branch` } : { may: 'deploy', branch }
    }
    case 'schedule': {
      const branch = branchOf(event.ref)
      return branch === null ? { may: 'nothing', why: `${event.ref} is not a branch` } : { may: 'plan', branch }
    }
    case 'command-line':
      return event.branch === null
        ? {
            may: 'nothing',
            why: 'no branch is checked out (a detached HEAD): run git switch BRANCH, one that an environment names'
          }
        : { may: 'deploy', branch: event.branch }
    case 'other':
      return otherPermission(event.name, branchOf(event.ref))
    default:
      return unreachable(event)
  }
}

function otherPermission(event: string, branch: string | null): Permission {
  const why = `the event ${event} never deploys`
  return branch === null ? { may: 'nothing', why } : { may: 'never-deploy', branch, why }
}

/** GitHub, "Events that trigger workflows": a workflow_run job has the default branch's rights whatever started the other run. */
function workflowRunPermission(event: TriggerEvent & { kind: 'workflow_run' }, branchTip: string | null): Permission {
  const branch = event.headBranch
  if (branch === null) return { may: 'nothing', why: 'the other workflow ran on no branch' }
  const refusal = (expected: string, found: string, mend: string): Permission => ({
    may: 'refuse',
    branch,
    finding: { expected, found, mend }
  })
  if (!event.sameRepository) {
    return refusal(
      'a workflow run of this repository',
      'one of a fork',
      'filter the trigger by its branches, or deploy on push'
    )
  }
  if (event.cause !== 'push') {
    return refusal(
      'a workflow run started by a push',
      `one started by ${event.cause}`,
      'deploy only after a push, not after a pull request'
    )
  }
  if (event.conclusion !== 'success') {
    return refusal(
      'a workflow run that succeeded',
      event.conclusion ?? 'no conclusion',
      'mend the other workflow and run it again'
    )
  }
  if (branchTip !== event.headCommit) {
    return refusal(
      `${event.headCommit} at the tip of ${branch}`,
      branchTip ?? 'no such branch on the remote',
      branchTip === null
        ? `push ${branch} again, or run the workflow for a branch that exists`
        : 'wait for the run of the newer commit, which deploys'
    )
  }
  return { may: 'deploy', branch }
}

/** An `environment` input that is not what the branch maps to is refused, mapped or not. */
function environmentMismatch(
  request: SelectionRequest,
  mapped: Environment | undefined,
  branch: string
): Selection | null {
  const asked = request.environment
  if (asked === null || asked === mapped?.name) return null
  const known = request.environments.find(environment => environment.name === asked)
  const mend = 'leave the input environment out, or run on a branch that the environment names'
  if (known === undefined) return refuse('ENVIRONMENT_MAPPED', unknownEnvironment(asked, request.environments, mend))
  return refuse('ENVIRONMENT_MAPPED', {
    expected: `a branch of ${asked} (${known.branches.join(', ')})`,
    found: `branch ${branch}, which is mapped to ${mapped?.name ?? 'nothing'}`,
    mend
  })
}

/** Who asks in a terminal for what writes is told where that is possible, and not sent away with nothing done. */
function askedByHand(request: SelectionRequest, branch: string | null): Selection | null {
  const { event, command, environments, environment } = request
  const writes = mayWrite(command) && command !== 'auto'
  if (event.kind !== 'command-line' || (!writes && environment === null)) return null
  const meant = environments.filter(({ name }) => environment === null || name === environment)
  const otherwise = 'write the name of an environment'
  if (environment !== null && meant.length === 0)
    return refuse('ENVIRONMENT_MAPPED', unknownEnvironment(environment, environments, otherwise))
  const branches = meant.flatMap(each => each.branches)
  return refuse('ENVIRONMENT_MAPPED', {
    expected: `a branch that is checked out and mapped to ${environment ?? 'an environment'} (${branches.join(', ')})`,
    found: branch === null ? 'a detached HEAD' : `branch ${branch}, which is not mapped`,
    mend: `run git switch ${branches.join(' or ')}, then this command again`
  })
}

function nothingOrMismatch(request: SelectionRequest, why: string): Selection {
  if (request.environment === null) return { kind: 'nothing', why }
  return refuse('ENVIRONMENT_MAPPED', {
    expected: `a branch that is mapped to ${request.environment}`,
    found: why,
    mend: 'leave the input environment out, or run on a branch that the environment names'
  })
}

function deployRefused(request: SelectionRequest, why: string): Selection | null {
  if (request.command === 'auto' || !mayWrite(request.command)) return null
  return refuse('TRUSTED_EVENT', {
    expected: 'a push, a workflow_dispatch or an accepted workflow_run on a mapped branch',
    found: why,
    mend: 'use the command plan here, or auto, which plans where it may not deploy'
  })
}

function refuse(guard: ErrorCode, finding: Finding): Selection {
  return { kind: 'refuse', verdict: { guard, subject: '', passed: false, finding } }
}

/** `refs/heads/x` → `x`; a tag, even one named like a branch, is none. */
function branchOf(ref: string): string | null {
  return ref.startsWith('refs/heads/') ? ref.slice('refs/heads/'.length) : null
}
