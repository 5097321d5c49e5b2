/** Carries out a plan, step by step, and reports each. It reads no event and decides nothing that the plan decided. */
import pLimit from 'p-limit'
import type { PlanStep } from '../plan/facts.js'
import { asCodedError, CodedError, unreachable } from '../../model/errors.js'
import type { LayerResult } from '../../model/index.js'
import type { AwsRegion } from '../../ports/aws.js'
import type { Log, Progress } from '../../ports/runner.js'
import { endWith, stepsForEachSlot, type WorkSlots } from './work-slots.js'
import type { Engine } from '../engines/engine.js'
import { Overtaken } from '../engines/verify.js'
import type { Plan } from '../plan/plan.js'
import { recordReason, row, rowWithoutWrite, sizesOf, unwrittenRows, writes } from './rows.js'
import { storeArtifact, storeBill } from './stored-artifact.js'

export interface ApplyPorts {
  readonly engine: Engine
  readonly region: (region: string) => AwsRegion
  readonly signal: AbortSignal
  readonly log: Log
  readonly progress?: Progress
  /** Whether a commit that another run deployed meanwhile descends from this run's. */
  readonly isNewer?: (commit: string) => Promise<boolean>
  /** Which the engine's clock belongs to. Default: as many steps at once as the environment says. */
  readonly slots?: Pick<WorkSlots, 'run'>
}

/** One row per step, in the order of the plan. A step that fails stops no other. */
export async function apply(plan: Plan, ports: ApplyPorts): Promise<readonly LayerResult[]> {
  if (!writes(plan)) return unwrittenRows(plan)
  const { concurrency } = plan.environment
  const { slots } = ports
  const limit = pLimit(slots === undefined ? concurrency : concurrency * stepsForEachSlot)
  const work = (step: PlanStep) => (): Promise<LayerResult> =>
    endWith(applyStep(plan, step, ports), ports.signal, endingMilliseconds, () => unended(step, ports))
  return Promise.all(plan.steps.map(step => limit(() => (slots === undefined ? work(step)() : slots.run(work(step))))))
}

/** A call that hangs has this long once the run is cancelled or out of time: what the other steps came to must be told. */
const endingMilliseconds = 500

function unended(step: PlanStep, { signal }: ApplyPorts): LayerResult {
  return row(step, 'failed', 'failed', { error: asCodedError(signal.reason), version: null, arn: null })
}

async function applyStep(plan: Plan, step: PlanStep, ports: ApplyPorts): Promise<LayerResult> {
  const isWrite = step.kind === 'publish' || step.kind === 'record' || step.kind === 'adjust'
  if (isWrite && ports.signal.aborted) return row(step, 'not-attempted', 'cancelled')
  try {
    switch (step.kind) {
      case 'publish':
        return await publish(step, ports)
      case 'record': {
        await ports.engine.refreshRecord({
          target: step.target,
          properties: step.target.properties,
          record: step.record,
          previous: step.deployed
        })
        return row(step, 'unchanged', recordReason(step), { contentDigest: step.record.contentDigest })
      }
      case 'adjust':
        await ports.engine.adjust(step.target)
        return row(step, 'unchanged', step.change.reason)
      case 'keep':
      case 'announce':
      case 'stand-aside':
      case 'fail':
        return rowWithoutWrite(plan, step)
      default:
        return unreachable(step)
    }
  } catch (error) {
    if (error instanceof Overtaken && (await standsAside(error, ports))) return overtakenRow(step, error)
    const coded = asCodedError(error)
    tell(step, ports, coded.message, true)
    return row(step, 'failed', 'failed', { error: coded, version: null, arn: null })
  }
}

/** An older commit that came between, or one that nobody can place, is a failure: what this run brings is missing. */
async function standsAside({ current }: Overtaken, { isNewer }: ApplyPorts): Promise<boolean> {
  const commit = current?.record.commit
  if (commit === undefined || isNewer === undefined) return false
  try {
    return await isNewer(commit)
  } catch {
    // The failure that is told is that this run was overtaken, not that git could not say by whom.
    return false
  }
}

/** As a run is told that was overtaken before it planned. */
function overtakenRow(step: PlanStep, { finding, current }: Overtaken): LayerResult {
  const mend = 'nothing, the newer commit stands; to go back, revert on the branch and push'
  const { version = null, record = {} } = current ?? {}
  const before = step.deployed?.arn ?? null
  return row(step, 'skipped', 'stale-run', {
    version,
    arn: version === null || before === null ? null : before.replace(/(?<=:)\d+$/, String(version)),
    contentDigest: record.contentDigest ?? null,
    artifactSha256: record.artifactSha256 ?? null,
    sizeBytes: null,
    aside: new CodedError('STALE_RUN', { ...finding, mend })
  })
}

async function publish(step: PlanStep & { kind: 'publish' }, ports: ApplyPorts): Promise<LayerResult> {
  const { target, artifact, stored, deployed: previous } = step
  tell(step, ports, 'uploading')
  const region = ports.region(target.region)
  const { stored: storedArtifact, wasThere } = await storeArtifact(region, target, artifact, step.record, stored)
  const missing = await storeBill(region, target, artifact, wasThere)
  if (missing !== null && !ports.signal.aborted) ports.log.warning(missing)
  const record = { ...step.record, artifactSha256: storedArtifact.sha256 }
  const order = { target, artifact: storedArtifact, properties: target.properties, record, previous }
  tell(step, ports, 'publishing')
  const published = await ports.engine.publish(order)
  const { version, outcome, duplicates, unrecordedVersions, anewOf } = published
  const where = `${target.layerName} in ${target.region}`
  tell(step, ports, `version ${version} ${outcome}`, true)
  if (duplicates.length > 0) {
    ports.log.warning(
      `${where}: version ${version} counts; the same content was published again as version ${duplicates.join(', ')}, which nobody needs: delete it.`
    )
  }
  if (unrecordedVersions.length > 0) {
    ports.log.warning(
      `${where}: version ${unrecordedVersions.join(', ')} was published by a run that ended before it could record it, and nobody needs it: delete it.`
    )
  }
  if (anewOf !== undefined) {
    ports.log.warning(
      `${where}: the stack ${target.stackName} is gone, and with it the record of version ${anewOf}; the same content was published anew as version ${version}.`
    )
  }
  const stood = version === previous?.version
  const reason = anewOf === undefined ? step.change.reason : 'stack-gone'
  return row(step, stood ? 'unchanged' : 'published', stood ? 'same-content' : reason, {
    ...(anewOf === undefined ? {} : { previousVersion: anewOf }),
    version: published.version,
    arn: published.arn,
    artifactSha256: published.codeSha256,
    contentDigest: record.contentDigest,
    ...sizesOf(step),
    sizeBytes: published.sizeBytes
  })
}

function tell({ target }: PlanStep, { progress }: ApplyPorts, what: string, ended = false): void {
  progress?.({ layerId: target.layerId, region: target.region, what, ended })
}
