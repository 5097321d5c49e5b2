/** Which source each version of a layer comes from: a pure function of what AWS, GitHub and git keep of it. */
import type { DeployedVersion } from '../../model/index.js'

/** A version as AWS lists it, newest first in every list here. */
export interface ListedVersion {
  readonly version: number
  readonly arn: string
  /** ISO 8601. */
  readonly createdAt: string
  /** What its description says (engine `lambda`); `null` elsewhere. */
  readonly contentDigest: string | null
  /** `null`: gone, or not allowed to be read. */
  readonly codeSha256: string | null
}

/** What the writer of an artifact recorded beside it: the first commit that built this content. */
export interface ArtifactRecord {
  readonly contentDigest: string
  readonly artifactSha256: string
  readonly sourceDigest: string | null
  readonly commit: string | null
  readonly sourceCommit: string | null
}

/** A GitHub deployment, as far as it speaks of the layer. */
export interface LayerDeployment {
  readonly commit: string
  /** ISO 8601. */
  readonly createdAt: string
  readonly artifactSha256: string
  readonly contentDigest: string
  readonly sourceDigest: string
  readonly runUrl: string | null
}

export interface HistoryFacts {
  readonly versions: readonly ListedVersion[]
  /** The stack's tags, or the state file. */
  readonly deployed: DeployedVersion | null
  readonly artifacts: readonly ArtifactRecord[]
  readonly deployments: readonly LayerDeployment[]
  /** Superproject commit → object id of the layer's path in it, for the commits that this clone has. */
  readonly gitlinks: ReadonlyMap<string, string>
}

/** Who says which commit a version was deployed from; `artifact`: the commit that first built the same content. */
type Witness = 'deployment' | 'record' | 'artifact'

export interface HistoryVersion {
  readonly version: number
  readonly arn: string
  readonly publishedAt: string
  readonly deployed: boolean
  readonly codeSha256: string | null
  readonly contentDigest: string | null
  readonly sourceDigest: string | null
  /** Of the superproject. */
  readonly commit: string | null
  /** Of the submodule; of a plain folder its tree. */
  readonly sourceCommit: string | null
  /** `<run id>/<attempt>`, `<run id>`, or `local`. */
  readonly run: string | null
  readonly runUrl: string | null
  readonly witness: Witness | null
  /** An older version with the same bytes: this one is a return to it, or differs only in what it declares. */
  readonly sameAs: number | null
}

/** Newest first. */
export function historyOf(facts: HistoryFacts): readonly HistoryVersion[] {
  const { versions } = facts
  return versions.map((version, index) => entryOf(facts, version, versions[index - 1], versions.slice(index + 1)))
}

function entryOf(
  { deployed, artifacts, deployments, gitlinks }: HistoryFacts,
  version: ListedVersion,
  newer: ListedVersion | undefined,
  older: readonly ListedVersion[]
): HistoryVersion {
  const isDeployed = deployed?.version === version.version
  const record = isDeployed ? deployed : null
  const artifact = artifacts.find(each => holds(version, each)) ?? null
  const deployment = deploymentOf(version, newer, older[0], deployments)
  const commit = deployment?.commit ?? record?.commit ?? artifact?.commit ?? null
  const witness = deployment !== null ? 'deployment' : record?.commit != null ? 'record' : 'artifact'
  const deploymentRun = runOf(deployment?.runUrl ?? null)
  // The run of the record may be a later one, which found the same content.
  const recordRun = record !== null && record.commit === commit ? record.run : null
  return {
    version: version.version,
    arn: version.arn,
    publishedAt: version.createdAt,
    deployed: isDeployed,
    codeSha256: version.codeSha256,
    contentDigest:
      version.contentDigest ?? record?.contentDigest ?? artifact?.contentDigest ?? deployment?.contentDigest ?? null,
    sourceDigest: deployment?.sourceDigest ?? record?.sourceDigest ?? artifact?.sourceDigest ?? null,
    commit,
    sourceCommit: sourceCommitOf({ record, artifact, deployment }, commit, gitlinks),
    run: deploymentRun === null || record?.run?.startsWith(`${deploymentRun}/`) === true ? recordRun : deploymentRun,
    runUrl: deployment?.runUrl ?? null,
    witness: commit === null ? null : witness,
    sameAs: sameAs(version, older)
  }
}

/** After a rollback the commit's own gitlink is what was left: the source digest tells, and git only where it differs. */
function sourceCommitOf(
  { record, artifact, deployment }: Witnesses,
  commit: string | null,
  gitlinks: ReadonlyMap<string, string>
): string | null {
  const recorded = record !== null && record.commit === commit ? record.sourceCommit : null
  const sameSource = deployment !== null && deployment.sourceDigest === artifact?.sourceDigest
  const built = sameSource || deployment === null ? (artifact?.sourceCommit ?? null) : null
  const found = recorded ?? built ?? (commit === null ? null : gitlinks.get(commit)) ?? artifact?.sourceCommit ?? null
  return found === 'unknown' ? null : found
}

interface Witnesses {
  readonly record: DeployedVersion | null
  readonly artifact: ArtifactRecord | null
  readonly deployment: LayerDeployment | null
}

function holds(
  version: ListedVersion,
  content: { readonly artifactSha256: string; readonly contentDigest: string }
): boolean {
  return version.codeSha256 === null
    ? version.contentDigest === content.contentDigest
    : version.codeSha256 === content.artifactSha256
}

/** GitHub tells the second, Lambda the millisecond. */
const secondsOnly = 1000

/** Nearest in time, between its neighbours: a later deployment names what it left unchanged, too. */
function deploymentOf(
  version: ListedVersion,
  newer: ListedVersion | undefined,
  older: ListedVersion | undefined,
  deployments: readonly LayerDeployment[]
): LayerDeployment | null {
  const [from, at, to] = [older?.createdAt, version.createdAt, newer?.createdAt].map(time => Date.parse(time ?? ''))
  const near = deployments
    .filter(each => holds(version, each))
    .map(each => ({ each, time: Date.parse(each.createdAt) }))
    .filter(({ time }) => !(time + secondsOnly < (from ?? NaN)) && !(time > (to ?? NaN)))
    .sort((a, b) => Math.abs(a.time - (at ?? 0)) - Math.abs(b.time - (at ?? 0)))
  return near[0]?.each ?? null
}

function sameAs({ codeSha256 }: ListedVersion, older: readonly ListedVersion[]): number | null {
  if (codeSha256 === null) return null
  return older.filter(each => each.codeSha256 === codeSha256).at(-1)?.version ?? null
}

/** `…/actions/runs/7/attempts/2` → `7/2`. */
export function runOf(url: string | null): string | null {
  const [, run, attempt] = /\/actions\/runs\/(\d+)(?:\/attempts\/(\d+))?/.exec(url ?? '') ?? []
  return run === undefined ? null : attempt === undefined ? run : `${run}/${attempt}`
}
