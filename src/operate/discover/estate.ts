/** What runs where: layers, versions, stacks, buckets and who uses which version, as plain data. */
import type { Unread } from '../reading-scope.js'
import type { BucketGrant } from './bucket-access.js'

export interface Estate {
  readonly places: readonly EstatePlace[]
  /** Environments that were not read, and why. */
  readonly unread: readonly Unread[]
}

/** One environment in one region. */
export interface EstatePlace {
  readonly environment: string
  readonly accountId: string
  readonly region: string
  readonly bucket: string
  /** Whom the run is to AWS. */
  readonly principal?: string
  /** What the bucket's policy lets others do; `null`: not known. */
  readonly bucketGrants?: readonly BucketGrant[] | null
  readonly layers: readonly EstateLayer[]
}

export interface EstateLayer {
  readonly name: string
  /** Id in the configuration; `null`: no configured layer has this name. */
  readonly layerId: string | null
  /** The stack that keeps it; `null`: none with our tags names a version of it. */
  readonly stack: string | null
  readonly deployedVersion: number | null
  /** Newest first. */
  readonly versions: readonly EstateVersion[]
  /** The configuration that would adopt it; `null` for a configured one. */
  readonly adopt: string | null
}

export interface EstateVersion {
  readonly version: number
  readonly arn: string
  readonly createdAt: string
  readonly codeSha256: string
  readonly contentDigest: string | null
  /** Account ids, organization ids, `public`; `null`: not known. */
  readonly sharedWith?: readonly string[] | null
  readonly users: readonly EstateUser[]
}

export interface EstateUser {
  readonly functionName: string
  readonly version: string
  /** Aliases that point to this version of the function. */
  readonly aliases: readonly string[]
}

/** A function on another version than the deployed one, or than the newest where nothing says what is deployed. */
export interface OutdatedUser {
  readonly place: EstatePlace
  readonly layer: EstateLayer
  readonly version: number
  readonly current: number
  readonly user: EstateUser
}

/** Who must move. */
export function outdatedUsers({ places }: Estate): readonly OutdatedUser[] {
  return places.flatMap(place =>
    place.layers.flatMap(layer => {
      const current = layer.deployedVersion ?? layer.versions[0]?.version
      if (current === undefined) return []
      return layer.versions
        .filter(({ version }) => version < current)
        .flatMap(({ version, users }) => users.map(user => ({ place, layer, version, current, user })))
    })
  )
}

export function userText({ functionName, version, aliases }: EstateUser): string {
  const which = version === '$LATEST' ? functionName : `${functionName}:${version}`
  return aliases.length === 0 ? which : `${which} (${aliases.join(', ')})`
}

/**
 * @param template the environment's layer-name, for example `{stage}-{layer}-layer`
 * @param rendered the same with everything but `{layer}` filled in
 */
export function adoption(name: string, rendered: string, template: string): string {
  const [before = '', after = ''] = rendered.split('{layer}')
  const fits = rendered.includes('{layer}') && name.startsWith(before) && name.endsWith(after)
  const id = fits ? name.slice(before.length, name.length - after.length).replace(/-/g, '_') : ''
  if (/^[a-z_][a-z0-9_]*$/i.test(id))
    return `layers:\n  ${id}:\n    path: ${id} # the folder or submodule that it is built from`
  return `# ${name} does not follow the layer-name ${template}: give an environment a layer-name that it follows,\n# or publish its source under a new name and move its functions`
}
