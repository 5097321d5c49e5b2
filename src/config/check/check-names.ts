/** The names that the configuration comes out at in AWS: right by AWS's rules, and each written by one owner. */
import { quoted } from '../../model/errors.js'
import type { Config, Environment } from '../../model/index.js'
import { checkParameters } from './check-sharing.js'
import { brokenBucketRule, layerNamePattern, stackNamePattern } from '../../model/naming/limits.js'
import type { ConfigPath, ConfigProblem } from './config-problem.js'
import { artifactBucketOf, layerNameOf, stackNameOf } from '../../model/naming/names.js'
import type { RawConfig } from '../schema/schema.js'

/** Placeholders must have been checked before: an unknown one throws here. */
export function checkNames(raw: RawConfig, config: Config): ConfigProblem[] {
  const owners = new Map<string, Owner>()
  return [
    ...config.environments.flatMap(environment => [
      ...checkBuckets(environment),
      ...config.layers.flatMap(({ id }) => checkLayerNames(raw, environment, id, owners))
    ]),
    ...checkParameters(config)
  ]
}

interface Owner {
  readonly environment: string
  readonly layerId: string
}

function checkBuckets(environment: Environment): ConfigProblem[] {
  for (const region of environment.regions) {
    const bucket = artifactBucketOf(environment, region)
    const broken = brokenBucketRule(bucket)
    if (broken === null) continue
    const finding = {
      expected: `a bucket name as Amazon S3 allows it: ${broken}`,
      found: quoted(bucket),
      mend: 'correct artifact-bucket'
    }
    return [{ path: ['environments', environment.name, 'artifact-bucket'], finding }]
  }
  return []
}

function checkLayerNames(
  raw: RawConfig,
  environment: Environment,
  layerId: string,
  owners: Map<string, Owner>
): ConfigProblem[] {
  const hasStacks = environment.engine === 'cloudformation'
  const layerName = layerNameOf(environment, { id: layerId })
  const stackName = stackNameOf(environment, { id: layerId })
  const where = `layer ${layerId} in ${environment.name}`
  const setTemplate = (key: 'layer-name' | 'stack-name', fallback: ConfigPath): ConfigPath =>
    raw.environments[environment.name]?.[key] === undefined ? fallback : ['environments', environment.name, key]
  const problems: ConfigProblem[] = []
  if (!layerNamePattern.test(layerName)) {
    const expected = 'a layer name of 1 to 140 letters, digits, - and _'
    const found = `${quoted(layerName)} (${layerName.length} characters) for ${where}`
    const mend = 'change layer-name, the stage or the layer id'
    problems.push({
      path: setTemplate('layer-name', ['layers', layerId]),
      at: 'key',
      finding: { expected, found, mend }
    })
  }
  if (hasStacks && !stackNamePattern.test(stackName)) {
    const expected = 'a stack name of 1 to 128 letters, digits and - that begins with a letter'
    const found = `${quoted(stackName)} (${stackName.length} characters) for ${where}`
    const mend = 'change stack-name (by default the layer name), the stage or the layer id'
    problems.push({
      path: setTemplate('stack-name', ['layers', layerId]),
      at: 'key',
      finding: { expected, found, mend }
    })
  }
  const names = [['layer', layerName], ...(hasStacks ? [['stack', stackName]] : [])] as const
  for (const [kind, name] of names) {
    const other = claim(`${kind} ${name ?? ''}`, environment, layerId, owners)
    if (other === null) continue
    const theOther = `layer ${other.layerId} in ${other.environment}`
    const expected = `each ${kind} name once in an account and region`
    const found = `${quoted(name ?? '')} for ${theOther} and for ${where}`
    const mend = `rename a layer, or put {layer} and {stage} into ${kind}-name`
    const path = other.environment === environment.name ? ['layers', layerId] : ['environments', environment.name]
    problems.push({ path, at: 'key', finding: { expected, found, mend } })
    break
  }
  return problems
}

/** Takes the name in each of the environment's regions; the owner that had it before, else `null`. */
function claim(name: string, environment: Environment, layerId: string, owners: Map<string, Owner>): Owner | null {
  let before: Owner | null = null
  for (const region of environment.regions) {
    const key = `${environment.accountId} ${region} ${name}`
    before ??= owners.get(key) ?? null
    if (!owners.has(key)) owners.set(key, { environment: environment.name, layerId })
  }
  return before
}
