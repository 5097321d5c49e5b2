/** The account: is it the right one, and what does it run now? What changed is told from it (`detect-changes`). */
import pLimit from 'p-limit'
import type { ObserveRequest } from './observe-request.js'
import { CodedError, settled } from '../../model/errors.js'
import type { DeployedVersion, LayerSource, Verdict, DeployedLayer } from '../../model/index.js'
import type { Aws } from '../../ports/aws.js'
import type { Log } from '../../ports/runner.js'
import { sameAccess, sameProperties, targetKey, targetsOf, type Target } from '../target.js'
import { type Engine, type Observation, noListing, type RegionListing } from '../engines/engine.js'
import { accountVerdict, regionVerdicts } from '../plan/guards.js'

export interface Account {
  /** The environment's that were asked for. */
  readonly regions: readonly string[]
  readonly targets: readonly Target[]
  /** Account and regions are the environment's. */
  readonly trusted: boolean
  readonly verdicts: readonly Verdict[]
  readonly deployed: ReadonlyMap<string, DeployedVersion | null>
  readonly protectionDiffers: ReadonlySet<string>
  /** What changes are compared with; `null`: the deployed state cannot be read. */
  readonly layers: readonly DeployedLayer[] | null
}

export type AccountRequest = Pick<ObserveRequest, 'mode' | 'environment' | 'layers' | 'regions' | 'force' | 'preview'>

interface AccountPorts {
  readonly aws: Aws
  readonly engine: Engine
  readonly log: Log
}

/**
 * Before the account is known to be the right one, nothing else in it is looked at.
 * @param sources what the commit wants of each layer
 */
export async function observeAccount(
  request: AccountRequest,
  sources: Promise<readonly LayerSource[]>,
  ports: AccountPorts
): Promise<Account> {
  const { environment, layers } = request
  const regions = (request.regions ?? environment.regions).filter(region => environment.regions.includes(region))
  const targets = targetsOf(environment, layers, regions)
  const caller = await callerAccount(request, ports)
  const identity = [
    ...(caller === null ? [] : [accountVerdict(environment, caller)]),
    ...regionVerdicts(environment, request.regions)
  ]
  const trusted = identity.every(({ passed }) => passed === true)
  const observations = caller !== null && trusted ? await observeTargets(request, await sources, ports, targets) : null
  if (observations === null) {
    return {
      regions,
      targets,
      trusted,
      verdicts: identity,
      deployed: new Map(),
      protectionDiffers: new Set(),
      layers: null
    }
  }
  const deployed = new Map([...observations].map(([key, observation]) => [key, observation.deployed]))
  const protectionDiffers = new Set(
    [...observations].flatMap(([key, observation]) => (observation.protectionDiffers ? [key] : []))
  )
  const verdicts = [...identity, ...[...observations.values()].flatMap(observation => observation.verdicts)]
  return { regions, targets, trusted, verdicts, deployed, protectionDiffers, layers: deployedLayers(targets, deployed) }
}

/**
 * `null`: this run has no credentials, and needs none because it only plans. Credentials that were given and do not work are
 * an error in a plan too: what it says of the account would be made up.
 */
async function callerAccount(request: AccountRequest, { aws, log }: AccountPorts): Promise<string | null> {
  const sources = aws.credentialSources()
  if (request.mode === 'plan' && sources.length === 0) return null
  try {
    return (await aws.callerIdentity()).accountId
  } catch (error) {
    // Every machine of Amazon EC2 has the metadata service, with or without a role.
    const given = sources.some(source => source !== 'instance metadata')
    if (request.mode !== 'plan' || given || !(error instanceof CodedError) || error.code !== 'NO_CREDENTIALS')
      throw error
    log.warning(`The deployed state is not read: ${error.message}`)
    return null
  }
}

/** `null`: a plan may not read the account; its baseline is the base revision then. */
async function observeTargets(
  request: AccountRequest,
  sources: readonly LayerSource[],
  ports: AccountPorts,
  targets: readonly Target[]
): Promise<ReadonlyMap<string, Observation> | null> {
  const { mode, force, preview, environment } = request
  const limit = pLimit(environment.concurrency)
  // What is read back, shown in a preview, or moved by force, is moved whatever its source: then the version itself decides.
  const needsVersions = mode === 'report' || force || preview
  const wanted = new Map(needsVersions ? [] : sources.map(({ layerId, sourceDigest }) => [layerId, sourceDigest]))
  try {
    const listings = await listRegions(ports.engine, targets)
    const observed = targets.map(target =>
      limit(async () => {
        const listing = listings.get(target.region) ?? noListing
        const known = { listing, wantedSource: wanted.get(target.layerId) ?? null }
        return [targetKey(target), await ports.engine.observe(target, mode !== 'plan', known)] as const
      })
    )
    return new Map(await Promise.all(observed))
  } catch (error) {
    limit.clearQueue()
    if (mode !== 'plan' || !(error instanceof CodedError) || error.code !== 'ACCESS_DENIED') throw error
    ports.log.warning(`The deployed state is not read: ${error.message}`)
    return null
  }
}

async function listRegions(engine: Engine, targets: readonly Target[]): Promise<ReadonlyMap<string, RegionListing>> {
  const regions = [...new Set(targets.map(({ region }) => region))]
  const listings = regions.map(async region => {
    const ofRegion = targets.filter(target => target.region === region)
    return [region, await engine.list(ofRegion)] as const
  })
  return new Map(await settled(listings))
}

function deployedLayers(
  targets: readonly Target[],
  deployed: ReadonlyMap<string, DeployedVersion | null>
): readonly DeployedLayer[] {
  return targets.map(target => {
    const { layerId, region, access } = target
    const version = deployed.get(targetKey(target)) ?? null
    const accessDiffers = !sameAccess(access, version?.access)
    return { layerId, region, deployed: version, accessDiffers, propertiesDiffer: declaresOtherwise(target, version) }
  })
}

/** What an own template declares is read from it by the deploy; its text is part of the source digest. */
function declaresOtherwise({ template, properties }: Target, version: DeployedVersion | null): boolean {
  const declared = version?.properties ?? null
  return template === null && declared !== null && !sameProperties(declared, properties)
}
