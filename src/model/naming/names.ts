/** The names that a layer and its artifacts bear in AWS, and the templates that they are made of. */
import type { Environment, Layer } from '../configuration.js'

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

/** Name templates: text with `{stage}`, `{layer}`, `{region}`, `{environment}`. */
export type Placeholder = 'stage' | 'layer' | 'region' | 'environment'

/** Where a template stands decides what it may hold: a bucket serves all layers, and names repeat in every region. */
export const allowedPlaceholders = {
  'artifact-bucket': ['stage', 'region', 'environment'],
  'layer-name': ['stage', 'layer', 'environment'],
  'stack-name': ['stage', 'layer', 'environment'],
  'ssm-parameter': ['stage', 'layer', 'region', 'environment']
} as const satisfies Record<string, readonly Placeholder[]>

/** The first `{…}` or lone brace that is none of `allowed`; `null` where the template is right. */
export function unknownPlaceholder(template: string, allowed: readonly Placeholder[]): string | null {
  for (const [part, name] of template.matchAll(/\{([^{}]*)\}|[{}]/g)) {
    if (name === undefined || !(allowed as readonly string[]).includes(name)) return part
  }
  return null
}

/** Throws where the template holds a placeholder without a value: `parseConfig` lets none through. */
function expandTemplate(template: string, values: Partial<Readonly<Record<Placeholder, string>>>): string {
  return template.replace(/\{([^{}]*)\}/g, (part, name: string) => {
    const value = Object.entries(values).find(([placeholder]) => placeholder === name)?.[1]
    if (value === undefined) throw new Error(`no value for ${part} in the template ${JSON.stringify(template)}`)
    return value
  })
}
