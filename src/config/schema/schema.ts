/** The shape of `.github/layer-deploy.yml`. Read with the page docs/configuration.md, which is generated from it. */
import * as z from 'zod/mini'
import { build, checks, consumers, encryption, encryptionByKey, list, named, path, recreateFailedStacks, reportConsumers, requiredChecks, text } from './schema-parts.js'
import { configDefaults } from './defaults.js'
import * as limits from '../../model/naming/limits.js'
import { regionPattern } from '../../model/naming/regions.js'

const accountIdPattern = /^[0-9]{12}$/
const branch = text('branch', limits.branchPattern)
const template = text('template', limits.linePattern, 256)

const runtimes = list('runtimes', text('runtime', limits.runtimePattern)).check(
  z.maxLength(limits.maxRuntimes, { error: 'runtimes' }),
  z.describe('Lambda runtimes that the layer is for, at most 15. Required here or under `defaults`.')
)
const architectures = list('architectures', z.enum(['x86_64', 'arm64'], { error: 'architecture' })).check(
  z.describe('Instruction sets that the layer is for.'),
  z.meta({ default: configDefaults.compatibleArchitectures })
)

const capabilities = ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'] as const
const sharedAccounts = list('shared-accounts', text('account-id', accountIdPattern)).check(
  z.maxLength(limits.maxSharedAccounts, { error: 'shared-accounts' })
)
const organizationOrPublic = text('share-with', new RegExp(`${limits.organizationPattern.source}|^public$`))

const coverage = z.strictObject(
  {
    report: path.check(
      z.describe(
        "Cobertura XML, coverage.py JSON or LCOV, relative to the superproject's root, outside the layer's folder."
      )
    ),
    minimum: z
      .number({ error: 'minimum' })
      .check(z.gte(0, { error: 'minimum' }), z.lte(100, { error: 'minimum' }), z.describe('In percent.'))
  },
  { error: 'mapping' }
)

const environment = z.strictObject(
  {
    branch: z
      .union([branch, list('branches', branch)], { error: 'branches' })
      .check(
        z.describe('Exact name, or list of names, of the branches that deploy here. A branch maps to one environment.')
      ),
    stage: text('stage', /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/).check(
      z.describe('The word that stands in AWS names: `dev`, `prod`.')
    ),
    'account-id': text('account-id', accountIdPattern).check(
      z.describe('The AWS account, 12 digits in quotes. Nothing is written to any other.')
    ),
    regions: list('regions', text('region', regionPattern)).check(
      z.describe('The regions to publish in, all of one partition.')
    ),
    'artifact-bucket': text('artifact-bucket', limits.linePattern, 256).check(
      z.describe(
        'Bucket for the archives, owned by the account. Lambda reads only from a bucket in its own region: with several ' +
          'regions the name holds `{region}`. May also hold `{stage}` and `{environment}`.'
      )
    ),
    engine: z
      .optional(z.enum(['cloudformation', 'lambda'], { error: 'engine' }))
      .check(
        z.describe('How a version is published: through one stack per layer and region, or directly.'),
        z.meta({ default: configDefaults.engine })
      ),
    'layer-name': z
      .optional(template)
      .check(
        z.describe(
          'Template of the layer names: `{stage}`, `{layer}`, `{environment}`. `_` in the layer id becomes `-`.'
        ),
        z.meta({ default: configDefaults.layerName })
      ),
    'stack-name': z
      .optional(template)
      .check(z.describe('Template of the stack names, engine `cloudformation` only. By default the layer name.')),
    'promote-from': z
      .optional(text('promote-from', limits.linePattern, 64))
      .check(z.describe('Another environment: content that it has not proven is refused.')),
    'required-checks': z
      .optional(z.union([checks, requiredChecks], { error: 'required-checks' }))
      .check(
        z.describe(
          'Checks and statuses that must have succeeded for the very commit that is deployed: a list of names, or a mapping. See below.'
        )
      ),
    concurrency: z
      .optional(
        z
          .number({ error: 'concurrency' })
          .check(
            z.refine(Number.isInteger, { error: 'concurrency' }),
            z.gte(1, { error: 'concurrency' }),
            z.lte(64, { error: 'concurrency' })
          )
      )
      .check(
        z.describe('How many layers × regions are worked on at once, 1 to 64; one that waits for a stack does not count.'),
        z.meta({ type: 'integer', default: configDefaults.concurrency })
      ),
    'termination-protection': z
      .optional(z.boolean({ error: 'boolean' }))
      .check(
        z.describe(
          'Whether the stacks are protected from deletion, engine `cloudformation` only. Without it they stay as they are.'
        )
      ),
    'ssm-parameter': z
      .optional(template)
      .check(
        z.describe(
          'Template of the name of an SSM parameter that holds the current layer version ARN, engine `cloudformation` only: ' +
            '`{stage}`, `{layer}`, `{region}`, `{environment}`. See [sharing.md](sharing.md).'
        )
      ),
    'share-with': z
      .optional(z.union([sharedAccounts, organizationOrPublic], { error: 'share-with' }))
      .check(
        z.describe(
          'Who may use the layer versions: a list of account ids in quotes, or one organization id, or `public`. See ' +
            '[sharing.md](sharing.md).'
        )
      ),
    'share-publicly': z
      .optional(z.literal(true, { error: 'share-publicly' }))
      .check(z.describe('Confirms `share-with: public`, and stands nowhere else.')),
    'recreate-failed-stacks': recreateFailedStacks,
    'report-consumers': reportConsumers,
    encryption
  },
  { error: 'mapping' }
)

const ownTemplate = z.strictObject(
  {
    file: path.check(
      z.describe("The template, relative to the superproject's root; it may lie inside the layer's submodule.")
    ),
    parameters: z
      .optional(
        named(
          'template-parameters',
          text('template-parameter-name', /^[A-Za-z0-9]{1,255}$/),
          text('template-parameter', /^[^\p{Cc}]{0,4096}$/u)
        )
      )
      .check(
        z.describe(
          "Values of the template's parameters, in quotes. `{stage}`, `{layer}` and `{environment}` are replaced."
        )
      ),
    capabilities: z
      .optional(list('capabilities', z.enum(capabilities, { error: 'capability' })))
      .check(z.describe('What CloudFormation wants acknowledged, for example where the template makes IAM roles.'))
  },
  { error: 'mapping' }
)

const layer = z.strictObject(
  {
    path: path.check(z.describe("A submodule, or any folder, relative to the superproject's root.")),
    'also-watch': z
      .optional(list('paths', path, 0))
      .check(z.describe('Further files and folders that the layer is built from.')),
    description: z
      .optional(text('description', limits.linePattern, limits.maxDescriptionLength))
      .check(z.describe('At most 256 characters, with engine `lambda` at most 181.')),
    'license-info': z
      .optional(text('license-info', limits.linePattern, limits.maxLicenseInfoLength))
      .check(z.describe('SPDX identifier, URL or text of the licence.')),
    'compatible-runtimes': z.optional(runtimes),
    'compatible-architectures': z.optional(architectures),
    coverage: z
      .optional(coverage)
      .check(z.describe('What its tests must have covered: `report` and `minimum`. Checked where the layer changed.')),
    build: z.optional(build).check(z.describe('How the folder becomes a layer. See below for what holds without it.')),
    template: z
      .optional(z.union([path, ownTemplate], { error: 'own-template' }))
      .check(
        z.describe('An own CloudFormation or SAM template of the stack: its path, or a mapping. [More](templates.md).')
      ),
    consumers: z.optional(consumers).check(z.describe('Who uses the layer: what `rollout` may move. [More](rollout.md).'))
  },
  { error: 'mapping' }
)

export const configSchema = z.strictObject(
  {
    version: z.literal(1, { error: 'version' }).check(z.describe('Version of this format.')),
    environments: named(
      'environments',
      text('environment-name', /^(?!plan$)[A-Za-z][A-Za-z0-9_-]{0,63}$/),
      environment
    ).check(z.describe('Where to deploy, by name.')),
    defaults: z
      .optional(
        z.strictObject(
          { 'compatible-runtimes': z.optional(runtimes), 'compatible-architectures': z.optional(architectures) },
          { error: 'mapping' }
        )
      )
      .check(z.describe('What holds for every layer that does not say otherwise.')),
    layers: named('layers', text('layer-id', /^[A-Za-z_][A-Za-z0-9_-]{0,99}$/), layer).check(
      z.describe('What to deploy, by layer id.')
    )
  },
  { error: 'mapping' }
)

export type RawConfig = z.infer<typeof configSchema>
export type RawEnvironment = RawConfig['environments'][string]
export type RawLayer = RawConfig['layers'][string]

/** The keys that are known at each place, for "did you mean" and "belongs under". */
export const knownKeys = {
  '': Object.keys(configSchema.shape),
  'environments.<name>': Object.keys(environment.shape),
  defaults: ['compatible-runtimes', 'compatible-architectures'],
  'layers.<id>': Object.keys(layer.shape),
  'layers.<id>.build': Object.keys(build.shape),
  'layers.<id>.template': Object.keys(ownTemplate.shape),
  'environments.<name>.encryption': Object.keys(encryptionByKey.shape),
  'environments.<name>.required-checks': Object.keys(requiredChecks.shape),
  'layers.<id>.coverage': Object.keys(coverage.shape),
  'layers.<id>.consumers': Object.keys(consumers.shape)
} as const
