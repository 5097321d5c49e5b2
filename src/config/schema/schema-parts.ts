/** What the schema's keys are made of, those of a build among them: each names the rule that it is refused by. */
import * as z from 'zod/mini'
import { configDefaults } from './defaults.js'
import { kmsKeyPattern, linePattern, pathPattern } from '../../model/naming/limits.js'
import type { RuleName } from './rules.js'
import * as limits from '../../model/naming/limits.js'

// One document is checked per run: compiling validators costs more than it saves, and start-up time counts.
z.config({ jitless: true })

/** Text of a shape. The message of every zod issue is the name of a rule: `issues.ts` makes the sentence. */
export const text = (rule: RuleName, pattern: RegExp, longest?: number) => {
  const shaped = z.string({ error: rule }).check(z.regex(pattern, { error: rule }))
  return longest === undefined ? shaped : shaped.check(z.maxLength(longest, { error: rule }))
}

export const path = text('path', pathPattern)

/** A list in which each entry stands once. */
export const list = <Entry extends z.ZodMiniType>(rule: RuleName, entry: Entry, least: 0 | 1 = 1) =>
  z.array(entry, { error: rule }).check(
    z.minLength(least, { error: rule }),
    z.refine(entries => new Set(entries).size === entries.length, { error: rule }),
    z.meta({ uniqueItems: true })
  )

/** A mapping from names to values, never empty. */
export const named = <Value extends z.ZodMiniType>(rule: RuleName, name: z.ZodMiniString, value: Value) =>
  z.record(name, value, { error: rule }).check(
    z.refine(entries => Object.keys(entries).length > 0, { error: rule }),
    z.meta({ minProperties: 1 })
  )

export const recreateFailedStacks = z
  .optional(z.boolean({ error: 'boolean' }))
  .check(
    z.describe(
      'Delete a stack of ours whose creation failed (`ROLLBACK_COMPLETE`) and that holds no layer version, and create it anew. ' +
        'Engine `cloudformation` only.'
    ),
    z.meta({ default: configDefaults.recreateFailedStacks })
  )

/** `build.method`. */
const buildMethod = z
      .optional(z.enum(['project', 'requirements', 'prebuilt'], { error: 'build-method' }))
      .check(
        z.describe(
          'Forces one way: `project` installs the folder itself, `requirements` a list and copies the packages, `prebuilt` takes `python/` and the like as they are.'
        )
      )

export const reportConsumers = z
  .optional(z.boolean({ error: 'boolean' }))
  .check(
    z.describe(
      'Name the functions and aliases of the account that use an older version of a layer, in the report of a plan and a deploy. See [rollout.md](rollout.md).'
    ),
    z.meta({ default: configDefaults.reportConsumers })
  )

/** AWS Lambda API reference, "CreateFunction": letters, digits, - and _, at most 64; `*` is ours. A lone `*` would mean all functions of the account. */
const functionName = text('function-name', /^(?!\*+$)[A-Za-z0-9_*-]{1,64}$/)

export const consumers = z.strictObject(
  {
    functions: list('function-names', functionName).check(
      z.describe('Names of functions that `rollout` may move; `*` stands for any letters.')
    )
  },
  { error: 'mapping' }
)

export const encryptionByKey = z.strictObject(
  { 'kms-key': text('kms-key', kmsKeyPattern).check(z.describe('The ARN of the key; `{region}` is replaced.')) },
  { error: 'mapping' }
)

export const encryption = z
  .optional(z.union([z.literal('aes256', { error: 'encryption' }), encryptionByKey], { error: 'encryption' }))
  .check(
    z.describe(
      'What is said with every object that is written to the bucket: `aes256`, or a mapping with `kms-key`. Needed where a ' +
        'policy demands it; without it the bucket decides.'
    )
  )

export const checks = list('checks', text('check', linePattern, 255))

export const requiredChecks = z.strictObject(
  {
    names: checks.check(
      z.describe(
        'Names of checks or contexts of statuses. The name of a matrix job means all its jobs: `test` means `test (3.10)` too.'
      )
    ),
    skipped: z
      .optional(z.enum(['success', 'failure'], { error: 'skipped' }))
      .check(z.describe('What a skipped check counts as.'), z.meta({ default: configDefaults.skippedCheck })),
    'wait-minutes': z
      .optional(
        z
          .number({ error: 'wait-minutes' })
          .check(z.gte(0, { error: 'wait-minutes' }), z.lte(60, { error: 'wait-minutes' }))
      )
      .check(
        z.describe('How long a check that has not ended, or not begun, is waited for.'),
        z.meta({ default: configDefaults.waitMinutes })
      )
  },
  { error: 'mapping' }
)

const command = text('command', limits.commandPattern, 10_000)

/** How a layer is built, as it is written. */
export const build = z.strictObject(
  {
    command: z
      .optional(command)
      .check(z.describe('A command that writes the content into `$LAYER_BUILD_DIR`. Excludes the next five keys.')),
    requirements: z
      .optional(path)
      .check(
        z.describe(
          "A requirements file, or a lock (`uv.lock`, `poetry.lock`, `pdm.lock`, `pylock.toml`, `Pipfile.lock`), relative to the layer's folder, that " +
            'is installed under `python/`.'
        )
      ),
    method: buildMethod,
    installer: z
      .optional(z.enum(['auto', 'uv', 'pip'], { error: 'installer' }))
      .check(z.describe('What installs.'), z.meta({ default: configDefaults.installer })),
    'source-distributions': z
      .optional(z.boolean({ error: 'source-distributions' }))
      .check(
        z.describe(
          'Also build packages that have no suitable wheel, on a runner with the Python and the architecture of the layer.'
        ),
        z.meta({ default: configDefaults.sourceDistributions })
      ),
    source: z
      .optional(list('source', path))
      .check(
        z.describe(
          "With `requirements`: what of the layer's folder is copied under `python/`, by default its packages. Of a prebuilt folder: what is taken beside `python/` and the like."
        )
      ),
    exclude: z
      .optional(list('globs', text('glob', limits.globPattern, 1024), 0))
      .check(z.describe('Globs of what is left out of the archive.')),
    'allow-secrets': z
      .optional(list('allow-secrets', text('allowed-secret', limits.allowedSecretPattern, 1024), 0))
      .check(
        z.describe(
          'Paths or globs in the content, for example `python/x/tests/*.pem`: what looks like a secret there is none. Everything else is still refused.'
        )
      ),
    environment: z
      .optional(list('build-environment', text('build-variable', limits.buildVariablePattern, 255), 0))
      .check(
        z.describe(
          'Names of variables of the step that the commands of the build may see, beside the ordinary ones. See [building.md](building.md#what-a-build-sees).'
        )
      ),
    check: z
      .optional(command)
      .check(
        z.describe(
          'A command that must succeed with nothing but the built layer and the standard library. `none`: the layer is not even imported.'
        )
      )
  },
  { error: 'mapping' }
)
