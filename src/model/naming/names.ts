/** The names that a layer and its artifacts bear in AWS. */
import type { Environment, Layer } from '../configuration.js'
import { expandTemplate } from './templates.js'

type Named = Pick<Environment, 'name' | 'stage' | 'layerNameTemplate' | 'stackNameTemplate'>

/** The layer's name, the same in every region of the environment: `dev-da-flask-layer`. */
export function layerNameOf(environment: Named, layer: Pick<Layer, 'id'>): string {
  return expandTemplate(environment.layerNameTemplate, valuesFor(environment, layer))
}

/** The CloudFormation stack's name, the same in every region: the layer name unless `stack-name` says otherwise. */
export function stackNameOf(environment: Named, layer: Pick<Layer, 'id'>): string {
  return expandTemplate(environment.stackNameTemplate ?? environment.layerNameTemplate, valuesFor(environment, layer))
}

/** The values of the parameters of a layer's own template. */
export function templateParametersOf(
  environment: Named,
  layer: Pick<Layer, 'id'>,
  parameters: Readonly<Record<string, string>>
): Readonly<Record<string, string>> {
  const values = valuesFor(environment, layer)
  return Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, expandTemplate(value, values)]))
}

/** The SSM parameter that holds the layer version ARN in one region; `null`: there is none. */
export function ssmParameterOf(
  environment: Named & Pick<Environment, 'ssmParameterTemplate'>,
  layer: Pick<Layer, 'id'>,
  region: string
): string | null {
  const { ssmParameterTemplate } = environment
  if (ssmParameterTemplate === null) return null
  return expandTemplate(ssmParameterTemplate, { ...valuesFor(environment, layer), region })
}

/** The artifact bucket for one region. Lambda reads code only from a bucket in its own region, hence `{region}`. */
export function artifactBucketOf(
  environment: Pick<Environment, 'name' | 'stage' | 'artifactBucketTemplate'>,
  region: string
): string {
  const { name, stage, artifactBucketTemplate } = environment
  return expandTemplate(artifactBucketTemplate, { environment: name, stage, region })
}

/** The key that encrypts what is written in one region; `null`: none of our own. */
export function kmsKeyOf({ encryption }: Pick<Environment, 'encryption'>, region: string): string | null {
  return encryption?.kind === 'kms-key' ? expandTemplate(encryption.arn, { region }) : null
}

/** `_` is common in Python package names and not allowed in stack names. */
function valuesFor(environment: Named, layer: Pick<Layer, 'id'>) {
  return { environment: environment.name, stage: environment.stage, layer: layer.id.replaceAll('_', '-') }
}
