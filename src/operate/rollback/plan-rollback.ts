/** What a rollback does, as a pure function of what was found. */
import { canonicalJson, sha256Hex } from '../../model/digest.js'
import { CodedError } from '../../model/errors.js'
import type { DeployedVersion, Environment, Verdict, VersionSpec } from '../../model/index.js'
import type { LayerVersionDetail } from '../../ports/aws.js'
import { type DeployRecord, isAmong } from '../../publish-layers/deploy-record.js'
import { declaredProperties } from '../../publish-layers/engines/lambda/find-version.js'
import { sameProperties, targetKey, type Target } from '../../publish-layers/target.js'
import type { FoundContent } from './find-content.js'

/** One layer in one region, as it was found. */
export interface RollbackFacts {
  readonly target: Target
  readonly deployed: DeployedVersion | null
  /** The version to return to; `null`: there is none such. */
  readonly wanted: LayerVersionDetail | null
  /** `null` where `wanted` is, or where it runs already. */
  readonly content: FoundContent | null
}

interface StepBase {
  readonly target: Target
  readonly deployed: DeployedVersion | null
  readonly wanted: LayerVersionDetail
}
export type RollbackStep =
  | (StepBase & { readonly kind: 'publish'; readonly content: UsableContent; readonly record: DeployRecord })
  /** What is wanted runs already. */
  | (StepBase & { readonly kind: 'keep' })

type UsableContent = Extract<FoundContent, { readonly kind: 'stored' | 'from-version' }>

export interface RollbackPlan {
  readonly environment: Environment
  readonly verdicts: readonly Verdict[]
  readonly steps: readonly RollbackStep[]
}

export interface RollbackRun {
  readonly environment: Environment
  readonly headCommit: string
  readonly repository: string
  readonly run: string
  readonly version: VersionSpec
  /** A version that no record names may be returned to. */
  readonly unrecorded?: boolean
}

/** The source digest of a rollback's record. No tip has it: the next deploy must never take what was returned to for what the branch holds. */
export function rollbackSource(version: number, contentDigest: string): string {
  return sha256Hex(canonicalJson({ rolledBackTo: version, contentDigest }))
}

export function planRollback(
  run: RollbackRun,
  facts: readonly RollbackFacts[],
  verdicts: readonly Verdict[]
): RollbackPlan {
  const found = facts.flatMap(fact => [
    versionVerdict(run, fact),
    ...recordVerdicts(run, fact),
    ...contentVerdicts(fact),
    ...templateVerdicts(fact)
  ])
  const ambiguous = ambiguity(run, facts)
  const steps = facts.flatMap(fact => stepOf(run, fact) ?? [])
  return { environment: run.environment, verdicts: [...verdicts, ...found, ...ambiguous], steps }
}

/** Does the region run this version's content, declared as that version declares it? */
export function runsAlready(deployed: DeployedVersion | null, codeSha256: string, wanted: LayerVersionDetail): boolean {
  return (
    deployed !== null &&
    deployed.properties !== null &&
    codeSha256 === wanted.codeSha256 &&
    sameProperties(deployed.properties, declaredProperties(wanted))
  )
}

function stepOf(run: RollbackRun, { target, deployed, wanted, content }: RollbackFacts): RollbackStep | null {
  if (wanted === null) return null
  if (content === null) return { kind: 'keep', target, deployed, wanted }
  if (content.kind !== 'stored' && content.kind !== 'from-version') return null
  const record: DeployRecord = {
    sourceDigest: rollbackSource(wanted.version, content.contentDigest),
    contentDigest: content.contentDigest,
    artifactSha256: content.sha256,
    // Of the run that rolls back: an older run must not overwrite what it decided.
    commit: run.headCommit,
    sourceCommit: content.sourceCommit ?? 'unknown',
    run: run.run,
    repository: run.repository,
    rolledBackTo: String(wanted.version)
  }
  return { kind: 'publish', target, deployed, wanted, content, record }
}

function versionVerdict({ version }: RollbackRun, { target, deployed, wanted }: RollbackFacts): Verdict {
  const [guard, subject] = ['VERSION_NOT_FOUND', targetKey(target)] as const
  if (wanted !== null) return { guard, subject, passed: true, detail: `version ${wanted.version} is there` }
  const runs = deployed === null ? 'nothing deployed' : `version ${deployed.version} deployed`
  const finding = {
    expected:
      version === 'previous'
        ? `a version of ${target.layerName} in ${target.region} before the deployed one, with another content`
        : `version ${version} of ${target.layerName} in ${target.region}`,
    found: `no such version, ${runs}`,
    mend: 'see the versions (aws lambda list-layer-versions --layer-name …) and name one of them'
  }
  return { guard, subject, passed: false, finding }
}

/**
 * A version on record was published under the guards of its environment, promotion among them. Of any other nobody knows: a person
 * may vouch for it, but not in place of the environment that it is promoted from.
 */
function recordVerdicts(run: RollbackRun, { target, deployed, wanted }: RollbackFacts): readonly Verdict[] {
  if (wanted === null) return []
  const { version } = wanted
  const { promoteFrom, name } = run.environment
  const isRecorded = version === deployed?.version || isAmong(deployed?.earlierVersions, version)
  const subject = targetKey(target)
  const which = `version ${version} of ${target.layerName}`
  const found = 'a version that no record names: published by hand, or left by a run that ended before it was recorded'
  if (isRecorded) {
    const passed = { subject, passed: true, detail: `version ${version} was on record` } as const
    return promoteFrom === null ? [] : [{ guard: 'NOT_PROMOTED', ...passed }]
  }
  if (promoteFrom !== null) {
    const expected = `${which} to have been deployed to ${name} under promote-from: ${promoteFrom}`
    const mend = `deploy its source to ${promoteFrom} first, then to ${name}`
    return [{ guard: 'NOT_PROMOTED', subject, passed: false, finding: { expected, found, mend } }]
  }
  if (run.unrecorded === true) return []
  const expected = `${which} to have been deployed by this repository`
  const mend = 'name a version that was, or previous; on the command line --unrecorded returns to any version'
  return [{ guard: 'VERSION_NOT_FOUND', subject, passed: false, finding: { expected, found, mend } }]
}

function contentVerdicts({ target, wanted, content }: RollbackFacts): readonly Verdict[] {
  if (wanted === null || content === null) return []
  const subject = targetKey(target)
  const expected = `the content of version ${wanted.version} of ${target.layerName}, SHA-256 ${wanted.codeSha256}`
  switch (content.kind) {
    case 'stored':
    case 'from-version':
      return [
        { guard: 'ARTIFACT_GONE', subject, passed: true, detail: `content ${content.contentDigest}` },
        ...content.verdicts.map(verdict => ({ ...verdict, subject }))
      ]
    case 'gone': {
      const finding = { expected, found: content.found, mend: 'roll back to another version, or revert and push' }
      return [{ guard: 'ARTIFACT_GONE', subject, passed: false, finding }]
    }
    case 'altered': {
      const mend =
        'find out who wrote there, delete that object, and run again: the version itself still has the content'
      return [{ guard: 'ARTIFACT_ALTERED', subject, passed: false, finding: { expected, found: content.found, mend } }]
    }
  }
}

/** An own template stays as the stack has it: what a version declares comes with a deploy only. */
function templateVerdicts({ target, deployed, wanted, content }: RollbackFacts): readonly Verdict[] {
  if (target.template === null || wanted === null || content === null) return []
  const declared = deployed?.properties ?? null
  if (declared !== null && sameProperties(declared, declaredProperties(wanted))) return []
  const finding = {
    expected: `version ${wanted.version} of ${target.layerName} to declare what the stack's own template declares`,
    found:
      declared === null ? 'a stack whose version is gone' : 'another description, license, runtime or architecture',
    mend: 'revert the change of the template and push: a deploy brings content and template together'
  }
  return [{ guard: 'CONFIG_INVALID', subject: targetKey(target), passed: false, finding }]
}

/** A number means another thing in each region: it must be the same content everywhere. */
function ambiguity({ version }: RollbackRun, facts: readonly RollbackFacts[]): readonly Verdict[] {
  const contents = new Map(facts.flatMap(({ target, wanted }) => (wanted === null ? [] : [[target.region, wanted]])))
  const digests = new Set([...contents.values()].map(({ codeSha256 }) => codeSha256))
  if (version === 'previous' || digests.size <= 1) return []
  const found = [...contents].map(([region, { codeSha256 }]) => `${codeSha256.slice(0, 12)} in ${region}`).join(', ')
  const finding = {
    expected: `version ${version} to hold the same content in every region`,
    found: `SHA-256 ${found}`,
    mend: 'name one region in the input regions, and the other with its own version number'
  }
  return [{ guard: 'CONFIG_INVALID', subject: '', passed: false, finding }]
}

/** @throws CodedError CONFIG_INVALID where it is not said clearly what returns to what */
export function assertSpecified(
  version: VersionSpec | null,
  layers: readonly { readonly id: string }[],
  named: boolean
): VersionSpec {
  const refuse = (expected: string, found: string, mend: string): CodedError =>
    new CodedError('CONFIG_INVALID', { expected, found, mend })
  if (version === null)
    throw refuse('the version to roll back to', 'none', 'set the input version to a number or to previous')
  const ids = layers.map(({ id }) => id).join(', ')
  if (!named && layers.length > 1) {
    throw refuse('the layers to roll back by name', `none of ${ids}`, 'name them in the input layers')
  }
  if (version !== 'previous' && layers.length > 1) {
    throw refuse(
      'one layer, since version numbers are of each layer its own',
      ids,
      'roll back one layer at a time, or all of them to previous'
    )
  }
  return version
}
