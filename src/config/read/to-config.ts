/** The configuration as it is written → as the rest of the program reads it: defaults filled in. */
import type { Config, Encryption, Environment, Layer, LayerTemplate } from '../../model/index.js'
import type { RequiredChecks } from '../../model/configuration.js'
import { configDefaults } from '../schema/defaults.js'
import { partitionOf } from '../../model/naming/regions.js'
import type { RawConfig, RawEnvironment, RawLayer } from '../schema/schema.js'

export function toConfig(raw: RawConfig): Config {
  return {
    environments: Object.entries(raw.environments).map(([name, environment]) => toEnvironment(name, environment)),
    layers: Object.entries(raw.layers).map(([id, layer]) => toLayer(id, layer, raw.defaults))
  }
}

function toEnvironment(name: string, raw: RawEnvironment): Environment {
  return {
    name,
    branches: typeof raw.branch === 'string' ? [raw.branch] : raw.branch,
    stage: raw.stage,
    accountId: raw['account-id'],
    partition: partitionOf(raw.regions[0] ?? ''),
    regions: raw.regions,
    artifactBucketTemplate: raw['artifact-bucket'],
    engine: raw.engine ?? configDefaults.engine,
    layerNameTemplate: raw['layer-name'] ?? configDefaults.layerName,
    stackNameTemplate: raw['stack-name'] ?? null,
    promoteFrom: raw['promote-from'] ?? null,
    requiredChecks: toRequiredChecks(raw['required-checks']),
    concurrency: raw.concurrency ?? configDefaults.concurrency,
    terminationProtection: raw['termination-protection'] ?? null,
    ssmParameterTemplate: raw['ssm-parameter'] ?? null,
    shareWith: [raw['share-with'] ?? []].flat().toSorted(),
    recreateFailedStacks: raw['recreate-failed-stacks'] ?? configDefaults.recreateFailedStacks,
    encryption: toEncryption(raw.encryption),
    ...(raw['report-consumers'] === true ? { reportConsumers: true as const } : {})
  }
}

function toEncryption(raw: RawEnvironment['encryption']): Encryption | null {
  if (raw === undefined) return null
  return raw === 'aes256' ? { kind: 'aes256' } : { kind: 'kms-key', arn: raw['kms-key'] }
}

function toLayer(id: string, raw: RawLayer, defaults: RawConfig['defaults']): Layer {
  return {
    id,
    path: raw.path,
    alsoWatch: raw['also-watch'] ?? [],
    description: raw.description ?? null,
    licenseInfo: raw['license-info'] ?? null,
    compatibleRuntimes: raw['compatible-runtimes'] ?? defaults?.['compatible-runtimes'] ?? [],
    compatibleArchitectures:
      raw['compatible-architectures'] ??
      defaults?.['compatible-architectures'] ??
      configDefaults.compatibleArchitectures,
    build: toRecipe(raw.build ?? {}),
    coverage: raw.coverage === undefined ? null : { ...raw.coverage },
    template: toTemplate(raw.template),
    ...(raw.consumers === undefined ? {} : { consumers: { functions: raw.consumers.functions } })
  }
}

function toTemplate(raw: RawLayer['template']): LayerTemplate | null {
  if (raw === undefined) return null
  const { file, parameters = {}, capabilities = [] } = typeof raw === 'string' ? { file: raw } : raw
  return { file, parameters: { ...parameters }, capabilities }
}

function toRequiredChecks(raw: RawEnvironment['required-checks']): RequiredChecks | null {
  if (raw === undefined) return null
  const given: { names: string[]; skipped?: 'success' | 'failure' | undefined; 'wait-minutes'?: number | undefined } =
    Array.isArray(raw) ? { names: raw } : raw
  return {
    names: given.names,
    skipped: given.skipped ?? configDefaults.skippedCheck,
    waitMinutes: given['wait-minutes'] ?? configDefaults.waitMinutes
  }
}

function toRecipe(raw: NonNullable<RawLayer['build']>): Layer['build'] {
  const { 'allow-secrets': allowSecrets = [] } = raw
  const allowed = allowSecrets.length === 0 ? {} : { allowSecrets }
  const seen = raw.environment === undefined || raw.environment.length === 0 ? {} : { environment: raw.environment }
  const common = { exclude: raw.exclude ?? [], check: raw.check ?? null, ...allowed, ...seen }
  const installer = raw.installer ?? configDefaults.installer
  if (raw.command !== undefined) return { kind: 'command', command: raw.command, ...common }
  const built = raw['source-distributions'] === true ? { sourceDistributions: true as const } : {}
  const { requirements, method, source = null } = raw
  if (requirements === undefined) {
    const forced = method === undefined ? {} : { method }
    return { kind: 'detect', ...forced, installer, ...built, ...(source === null ? {} : { source }), ...common }
  }
  return { kind: 'requirements', requirements, installer, ...built, source, ...common }
}
