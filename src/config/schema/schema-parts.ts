/** What the schema's keys are made of: each names the rule that it is refused by. */
import * as z from 'zod/mini'
import { configDefaults } from './defaults.js'
import { kmsKeyPattern, linePattern, pathPattern } from '../../model/naming/limits.js'
import type { RuleName } from './rules.js'

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
export const buildMethod = z
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
