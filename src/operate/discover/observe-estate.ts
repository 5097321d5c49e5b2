import pLimit from 'p-limit'
import { artifactBucketOf, layerNameOf } from '../../model/naming/names.js'
import { CodedError } from '../../model/errors.js'
import type { Config, Environment, Layer } from '../../model/index.js'
import type { Aws, AwsRegion } from '../../ports/aws.js'
import type { FunctionVersion, Inventory, PublishedVersion, StackDescription } from '../../ports/inventory.js'
import { readRecord, tagPrefix } from '../../publish-layers/deploy-record.js'
import { contentDigestOf } from '../../publish-layers/engines/lambda/find-version.js'
import { readState } from '../../publish-layers/engines/lambda/state-file.js'
import { targetsOf } from '../../publish-layers/target.js'
import { layerVersionArns } from '../consumers.js'
import { readEach, type Unread } from '../reading-scope.js'
import { foreignGrants, type BucketGrant } from './bucket-access.js'
import {
  adoption,
  type Estate,
  type EstateLayer,
  type EstatePlace,
  type EstateUser,
  type EstateVersion
} from './estate.js'

const callsAtOnce = 8

/** What is asked for; `null`: all. */
export interface EstateFilter {
  readonly regions: readonly string[] | null
  /** Of configured layers; with it, no other layer is looked at. */
  readonly layers: readonly Layer[] | null
}

/** Reads every environment that the credentials reach; the others are named. */
export async function observeEstate(
  config: Config,
  environments: readonly Environment[],
  filter: EstateFilter,
  openAws: (environment: Environment) => Promise<Aws>
): Promise<Estate> {
  const notes: Unread[] = []
  const { read, unread } = await readEach(environments, openAws, async (environment, aws, caller) => {
    const note = (why: string): void => void notes.push({ environment: environment.name, why })
    const regions = environment.regions.filter(name => filter.regions?.includes(name) ?? true)
    const places: EstatePlace[] = []
    for (const name of regions) {
      const place = await observePlace(config, { environment, note }, filter, aws.region(name))
      places.push({ ...place, principal: caller.arn })
    }
    return places
  })
  return { places: read.flat(), unread: [...unread, ...notes] }
}

interface Found {
  readonly config: Config
  readonly environment: Environment
  /** Says what is missing of what is read. */
  readonly note: (why: string) => void
  readonly region: AwsRegion
  readonly functions: readonly FunctionVersion[]
  readonly stacks: readonly StackDescription[]
  /** Whom a version is shared with; `null`: not known. */
  readonly sharing: (layerName: string, version: number) => Promise<readonly string[] | null>
}

async function observePlace(
  config: Config,
  { environment, note }: Pick<Found, 'environment' | 'note'>,
  filter: EstateFilter,
  region: AwsRegion
): Promise<EstatePlace> {
  const inventory = await region.inventory()
  const bucket = artifactBucketOf(environment, region.region)
  const [names, functions, stacks, bucketGrants] = await Promise.all([
    inventory.layerNames(),
    inventory.functionVersions(),
    inventory.stacks(),
    grantsOf(bucket, inventory, { environment, note })
  ])
  const sharing = sharingOf(region, note)
  const found: Found = { config, environment, note, region, functions, stacks, sharing }
  const layers: EstateLayer[] = []
  const wanted = filter.layers?.map(layer => layerNameOf(environment, layer))
  for (const name of names.filter(each => wanted?.includes(each) ?? true)) layers.push(await observeLayer(found, name))
  const { name, accountId } = environment
  return { environment: name, accountId, region: region.region, bucket, bucketGrants, layers }
}

/** What a reader of layers need not be allowed to see is named as missing, and keeps nothing else from being shown. */
function isDenied(error: unknown): error is CodedError {
  return error instanceof CodedError && /^(ACCESS_DENIED|BUCKET_OWNER_MISMATCH)$/.test(error.code)
}

/** Who reaches what is worth less than the rest, which is shown in any case. */
function isFailure(error: unknown): error is CodedError {
  return error instanceof CodedError && error.code === 'AWS_FAILED'
}

async function grantsOf(
  bucket: string,
  inventory: Pick<Inventory, 'bucketPolicy'>,
  { environment, note }: Pick<Found, 'environment' | 'note'>
): Promise<readonly BucketGrant[] | null> {
  const unknown = `what the bucket ${bucket} lets others do is not known`
  try {
    const policy = await inventory.bucketPolicy({ bucket, owner: environment.accountId })
    const grants = policy === null ? [] : foreignGrants(policy, environment.accountId)
    if (grants === null) note(`${unknown}: its policy cannot be read`)
    return grants
  } catch (error) {
    // A bucket that is not there, or in another region, keeps no layer from being shown.
    if (!isDenied(error) && !isFailure(error)) throw error
    note(`${unknown}: ${error.message}`)
    return null
  }
}

/** Whoever may not ask for one version may ask for none: it is told once. */
function sharingOf({ region, permissions }: AwsRegion, note: Found['note']): Found['sharing'] {
  let denied = false
  return async (layerName, version) => {
    if (denied) return null
    try {
      const principals = (await permissions.list(layerName, version)).map(({ principal }) => principal)
      return [...new Set(principals)].sort()
    } catch (error) {
      if (!isDenied(error) && !isFailure(error)) throw error
      if (!denied) note(`who layer versions in ${region} are shared with is not known: ${error.message}`)
      denied = true
      return null
    }
  }
}

async function observeLayer(found: Found, name: string): Promise<EstateLayer> {
  const { config, environment, region, stacks } = found
  const versions = await (await region.inventory()).versions(name)
  const limit = pLimit(callsAtOnce)
  const details = await Promise.all(versions.map(version => limit(() => observeVersion(found, name, version))))
  const configured = config.layers.find(layer => layerNameOf(environment, layer) === name)
  const stack = stacks.find(
    ({ tags, outputs }) =>
      readRecord(tags, tagPrefix).repository !== undefined &&
      Object.values(outputs).some(value => layerVersionArns(value).some(arn => versions.some(each => each.arn === arn)))
  )
  const fromStack = versions.find(({ arn }) => stack !== undefined && Object.values(stack.outputs).includes(arn))
  const fromState = configured === undefined || stack !== undefined ? null : await stateVersion(found, configured.id)
  const template = environment.layerNameTemplate
  const rendered = template.replaceAll('{stage}', environment.stage).replaceAll('{environment}', environment.name)
  return {
    name,
    layerId: configured?.id ?? null,
    stack: stack?.name ?? null,
    deployedVersion: fromStack?.version ?? fromState,
    versions: details,
    adopt: configured === undefined ? adoption(name, rendered.replaceAll('{region}', region.region), template) : null
  }
}

/** Engine `lambda` keeps it in the bucket, which a reader of functions need not be able to read. */
async function stateVersion({ environment, config, region, note }: Found, layerId: string): Promise<number | null> {
  const layers = config.layers.filter(({ id }) => id === layerId)
  const target = targetsOf(environment, layers, [region.region])[0]
  if (environment.engine !== 'lambda' || target === undefined) return null
  try {
    return (await readState(region.objects, target)).state.version
  } catch (error) {
    if (isDenied(error)) {
      note(`which version of ${target.layerName} is deployed is not known: ${error.message}`)
      return null
    }
    throw error
  }
}

async function observeVersion(found: Found, name: string, version: PublishedVersion): Promise<EstateVersion> {
  const { region, functions, stacks, sharing } = found
  const [detail, sharedWith] = await Promise.all([
    region.layers.get(name, version.version),
    sharing(name, version.version)
  ])
  const tags = stacks.find(({ outputs }) => Object.values(outputs).includes(version.arn))?.tags ?? {}
  return {
    version: version.version,
    arn: version.arn,
    createdAt: version.createdAt,
    codeSha256: detail?.codeSha256 ?? '',
    contentDigest: contentDigestOf(version.description) ?? readRecord(tags, tagPrefix).contentDigest ?? null,
    sharedWith,
    users: await Promise.all(
      functions.filter(({ layers }) => layers.includes(version.arn)).map(each => userOf(region, each))
    )
  }
}

async function userOf(region: AwsRegion, { functionName, version }: FunctionVersion): Promise<EstateUser> {
  const aliases = await (await region.inventory()).aliases(functionName)
  const pointing = Object.entries(aliases).filter(([, to]) => to === version)
  return { functionName, version, aliases: pointing.map(([alias]) => alias) }
}
