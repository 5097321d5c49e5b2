/** Ends the GitHub deployments of an environment that are over: superseded ones, and those of runs that were killed. */
import { deploymentTask } from './promotion.js'
import type { DeploymentOutcome, DeploymentRecord, GitHub } from '../../ports/github.js'

/** `<run id>/<attempt>`; in a terminal `local`. */
export type RunName = string

export interface Listed {
  /** Newest first. */
  readonly records: readonly DeploymentRecord[]
  readonly outcomes: ReadonlyMap<number, DeploymentOutcome>
}

export interface Ending {
  readonly id: number
  readonly state: 'inactive' | 'error'
  readonly description: string
  /** Its page of a run stays that of the run that made it: the history names it. */
  readonly logUrl: string | null
}

/** More than that are left to the next run. */
const mostEndings = 40

const going = ['in_progress', 'pending', 'queued']

/** The description says which run is at work: a run that is killed at once leaves nothing else that could. */
export function withRun(description: string, run: RunName): string {
  return run === 'local' ? description : `${description} (run ${run})`
}

/**
 * One stays active: the newest success. What another job of this run has at work, or has done, is its own; so is
 * what a later run has at work.
 * @param own this run's deployment, which has just become a success; `null`: it made none, or it failed
 */
export function endingsOf({ records, outcomes }: Listed, run: RunName, own: number | null): readonly Ending[] {
  const isSuccess = ({ id }: DeploymentRecord): boolean => id === own || outcomes.get(id)?.state === 'success'
  const newest = Math.max(own ?? 0, ...records.filter(isSuccess).map(({ id }) => id))
  return records
    .flatMap((record): readonly Ending[] => {
      const { id } = record
      const { state = null, logUrl = null } = outcomes.get(id) ?? {}
      const age = ageOf(runOf(record.description, logUrl), run)
      if (id === newest || (id !== own && age === 'sibling')) return []
      if (isSuccess(record)) {
        return [{ id, state: 'inactive', description: 'A later deployment took its place', logUrl }]
      }
      const isGoing = state === null ? outcomes.has(id) : going.includes(state)
      const isOver = age === 'earlier' || (age === 'unknown' && (own === null || id < own))
      return isGoing && isOver
        ? [{ id, state: 'error', description: 'The run ended before it was finished', logUrl }]
        : []
    })
    .slice(0, mostEndings)
}

/**
 * The newest 100 of ours, and what became of them: two calls, one where there are none but this run's.
 * @param own this run's, whose state it knows by itself
 * @throws GitHubError
 */
export async function listDeployments(
  github: Pick<GitHub, 'deployments' | 'deploymentOutcomes'>,
  environment: string,
  own: number | null = null
): Promise<Listed> {
  for await (const records of github.deployments({ environment, task: deploymentTask })) {
    const others = records.some(({ id }) => id !== own)
    return { records, outcomes: others ? await github.deploymentOutcomes(records) : new Map() }
  }
  return { records: [], outcomes: new Map() }
}

/** @throws GitHubError */
export async function endAll(
  github: Pick<GitHub, 'createDeploymentStatus'>,
  endings: readonly Ending[],
  logUrl: string | null
): Promise<void> {
  for (const { id, ...status } of endings) {
    await github.createDeploymentStatus(id, { ...status, logUrl: status.logUrl ?? logUrl })
  }
}

interface RunOf {
  readonly id: number
  /** `null`: not said. */
  readonly attempt: number | null
}

function runOf(description: string, logUrl: string | null): RunOf | null {
  const found =
    /\(run (\d+)\/(\d+)\)$/.exec(description) ?? /\/actions\/runs\/(\d+)(?:\/attempts\/(\d+))?$/.exec(logUrl ?? '')
  if (found === null) return null
  return { id: Number(found[1]), attempt: found[2] === undefined ? null : Number(found[2]) }
}

/** Ids of runs grow; attempts of one run follow each other. */
function ageOf(other: RunOf | null, run: RunName): 'earlier' | 'sibling' | 'later' | 'unknown' {
  const [id = Number.NaN, attempt = Number.NaN] = run.split('/').map(Number)
  if (other === null) return 'unknown'
  // From a terminal, which has no id, nobody knows whether a workflow's run is still at work: none is earlier.
  if (other.id !== id) return other.id < id ? 'earlier' : 'later'
  if (other.attempt === null || other.attempt === attempt) return 'sibling'
  return other.attempt < attempt ? 'earlier' : 'later'
}
