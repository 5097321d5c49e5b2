/** Reads what the history of a layer is made of: versions, the deployed record, artifacts, GitHub deployments, gitlinks. */
import pLimit from 'p-limit'
import { CodedError } from '../../model/errors.js'
import type { DeployedVersion, Environment, Layer } from '../../model/index.js'
import type { Aws, AwsRegion } from '../../ports/aws.js'
import type { Git } from '../../ports/git.js'
import { GitHubError, type GitHub } from '../../ports/github.js'
import { contentDigestOf } from '../../publish-layers/engines/lambda/find-version.js'
import type { Engine } from '../../publish-layers/engines/engine.js'
import { deploymentTask, readPromotion } from '../../publish-layers/promotion/promotion.js'
import { artifactKey, targetsOf, type Target } from '../../publish-layers/target.js'
import {
  historyOf,
  type ArtifactRecord,
  type HistoryVersion,
  type LayerDeployment,
  type ListedVersion
} from './history.js'

/** One layer in one region of an environment. */
export interface LayerHistory {
  readonly environment: string
  readonly accountId: string
  readonly region: string
  readonly layerId: string
  readonly layerName: string
  /** Newest first. */
  readonly versions: readonly HistoryVersion[]
  /** Versions that the limit left out. */
  readonly olderVersions: number
}

export interface EnvironmentHistory {
  readonly layers: readonly LayerHistory[]
  /** What could not be read, and what is therefore missing: one sentence each. */
  readonly notes: readonly string[]
}

export interface HistoryRequest {
  readonly environment: Environment
  readonly layers: readonly Layer[]
  readonly regions: readonly string[]
  /** Versions to tell of each layer. */
  readonly limit: number
}

export interface HistoryPorts {
  readonly aws: Aws
  readonly engine: Pick<Engine, 'observe'>
  readonly git: Pick<Git, 'hasCommit' | 'readEntries'>
  /** `null`: no token, or no repository. */
  readonly github: Pick<GitHub, 'deployments' | 'deploymentOutcomes'> | null
}

const callsAtOnce = 8
/** Each is a call where nothing but its bytes tells which artifact a version has. */
const mostArtifacts = 1_000

export async function observeHistory(request: HistoryRequest, ports: HistoryPorts): Promise<EnvironmentHistory> {
  const { environment, layers, regions } = request
  const targets = targetsOf(environment, layers, regions)
  const notes = new Set<string>()
  const listed = await Promise.all(targets.map(target => observeTarget(request, target, ports)))
  const times = listed.flatMap(({ versions }) => versions.map(({ createdAt }) => Date.parse(createdAt)))
  const deployments = await readDeployments(environment.name, Math.min(...times), ports, notes)
  const limit = pLimit(callsAtOnce)
  const histories = await Promise.all(
    listed.map(async ({ target, versions, older, deployed }): Promise<LayerHistory> => {
      const ofLayer = deployments.get(target.layerId) ?? []
      const region = ports.aws.region(target.region)
      const artifacts = await readArtifacts(region, target, { versions, deployed, deployments: ofLayer }, limit, notes)
      const facts = { versions, deployed, artifacts, deployments: ofLayer, gitlinks: new Map<string, string>() }
      const commits = historyOf(facts).flatMap(({ commit }) => commit ?? [])
      const path = layers.find(({ id }) => id === target.layerId)?.path ?? ''
      const gitlinks = await readGitlinks(ports.git, path, commits)
      return {
        ...{ environment: environment.name, accountId: environment.accountId, region: target.region },
        ...{ layerId: target.layerId, layerName: target.layerName, olderVersions: older },
        versions: historyOf({ ...facts, gitlinks })
      }
    })
  )
  return { layers: histories, notes: [...notes] }
}

interface Listed {
  readonly target: Target
  readonly deployed: DeployedVersion | null
  readonly versions: readonly ListedVersion[]
  readonly older: number
}

async function observeTarget(
  { limit: most }: HistoryRequest,
  target: Target,
  { aws, engine }: HistoryPorts
): Promise<Listed> {
  const region = aws.region(target.region)
  const [{ deployed }, all] = await Promise.all([
    engine.observe(target, false),
    region.inventory().then(inventory => inventory.versions(target.layerName))
  ])
  const limit = pLimit(callsAtOnce)
  const versions = await Promise.all(
    all.slice(0, most).map(({ version, arn, createdAt, description }) =>
      limit(async (): Promise<ListedVersion> => {
        const detail = await region.layers.get(target.layerName, version)
        const contentDigest = contentDigestOf(description)
        return { version, arn, createdAt, contentDigest, codeSha256: detail?.codeSha256 ?? null }
      })
    )
  )
  return { target, deployed, versions, older: all.length - versions.length }
}

/** By layer id. Read back to the oldest version that is told; what GitHub refuses is only missing. */
async function readDeployments(
  environment: string,
  oldest: number,
  { github }: HistoryPorts,
  notes: Set<string>
): Promise<ReadonlyMap<string, readonly LayerDeployment[]>> {
  const found = new Map<string, LayerDeployment[]>()
  if (!Number.isFinite(oldest)) return found
  if (github === null) {
    notes.add(
      'Without GITHUB_TOKEN only the run of the deployed version is known: set it, for example by gh auth token'
    )
    return found
  }
  try {
    for await (const page of github.deployments({ environment, task: deploymentTask })) {
      const outcomes = await github.deploymentOutcomes(page)
      for (const { id, commit, createdAt, payload } of page) {
        const runUrl = outcomes.get(id)?.logUrl ?? null
        for (const [layerId, layer] of readPromotion(payload)) {
          found.set(layerId, [...(found.get(layerId) ?? []), { commit, createdAt, runUrl, ...layer }])
        }
      }
      // A deployment is made a little before the version.
      if (page.some(({ createdAt }) => Date.parse(createdAt) < oldest - 3_600_000)) break
    }
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error
    notes.add(`GitHub's deployments of ${environment} were not read: ${error.message}`)
  }
  return found
}

/** Where the content of a version is known its artifact is asked for by name; else all of the layer's are looked through. */
async function readArtifacts(
  region: AwsRegion,
  target: Target,
  known: Pick<Listed, 'versions' | 'deployed'> & { readonly deployments: readonly LayerDeployment[] },
  limit: ReturnType<typeof pLimit>,
  notes: Set<string>
): Promise<readonly ArtifactRecord[]> {
  const bucket = { bucket: target.bucket, owner: target.accountId }
  const head = (key: string): Promise<readonly ArtifactRecord[]> =>
    limit(async () => {
      const object = await region.objects.head({ ...bucket, key })
      return object === null ? [] : artifactRecord(object.metadata)
    })
  const digests = [...known.versions, known.deployed, ...known.deployments].flatMap(each => each?.contentDigest ?? [])
  const named = [...new Set(digests)].map(digest => artifactKey(target.layerName, digest))
  try {
    const first = (await Promise.all(named.map(head))).flat()
    const wanted = known.versions.flatMap(({ codeSha256 }) => codeSha256 ?? [])
    const have = new Set(first.map(({ artifactSha256 }) => artifactSha256))
    if (wanted.every(sha256 => have.has(sha256))) return first
    const prefix = artifactKey(target.layerName, '').replace(/\.zip$/, '')
    const keys = await (await region.inventory()).keys(bucket, prefix)
    const further = keys.filter(key => key.endsWith('.zip') && !named.includes(key)).slice(0, mostArtifacts)
    return [...first, ...(await Promise.all(further.map(head))).flat()]
  } catch (error) {
    if (!(error instanceof CodedError) || !/^(ACCESS_DENIED|BUCKET_OWNER_MISMATCH)$/.test(error.code)) throw error
    notes.add(`The artifacts in ${target.bucket} were not read, so older commits may be missing: ${error.message}`)
    return []
  }
}

function artifactRecord(metadata: Readonly<Record<string, string>>): readonly ArtifactRecord[] {
  const { 'content-digest': contentDigest, 'artifact-sha256': artifactSha256 } = metadata
  if (contentDigest === undefined || artifactSha256 === undefined) return []
  const { commit = null, 'source-digest': sourceDigest = null, 'source-commit': sourceCommit = null } = metadata
  return [{ contentDigest, artifactSha256, sourceDigest, commit, sourceCommit }]
}

/** Of the commits that this clone has: nothing is fetched for it. */
async function readGitlinks(
  git: Pick<Git, 'hasCommit' | 'readEntries'>,
  path: string,
  commits: readonly string[]
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>()
  for (const commit of new Set(commits)) {
    if (!/^[0-9a-f]{40,64}$/.test(commit) || !(await git.hasCommit(commit))) continue
    const [entry] = await git.readEntries(commit, [path])
    if (entry !== undefined) found.set(commit, entry.objectId)
  }
  return found
}
