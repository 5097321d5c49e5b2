/** Every policy that `layer-deploy iam-policy` generates, as parliament judges it: a linter of IAM policies by AWS's service authorization reference. */
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import type { Config, Environment } from '../../src/model/index.js'
import { iamPolicy } from '../../src/setup/iam-policy/index.js'
import { purposes } from '../../src/setup/iam-policy/permissions.js'
import { layer, sandbox } from '../support/configs.js'

const run = promisify(execFile)
let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'policy-linter-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** `file: ISSUE detail` of each finding. */
async function findings(): Promise<readonly string[]> {
  const args = ['--directory', folder, '--json']
  const { stdout } = await run('parliament', args, { maxBuffer: 16 * 1024 * 1024 }).catch((error: unknown) => {
    // With findings it ends with status 1.
    const { stdout = '', code } = error as { stdout?: string; code?: unknown }
    if (typeof code !== 'number' || stdout === '') throw error
    return { stdout }
  })
  return stdout
    .split('\n')
    .filter(line => line.startsWith('{'))
    .map(line => {
      const { issue, detail, location } = JSON.parse(line) as {
        readonly issue: string
        readonly detail: unknown
        readonly location: { readonly filepath: string | null }
      }
      const file = location.filepath?.slice(folder.length + 1) ?? ''
      return `${file}: ${issue} ${typeof detail === 'string' ? detail : JSON.stringify(detail)}`
    })
}

const kmsKey = 'arn:aws:kms:us-east-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'

function policies(): readonly (readonly [name: string, document: unknown])[] {
  const features: Readonly<Record<string, Partial<Environment>>> = {
    plain: {},
    shared: { shareWith: ['444455556666'], ssmParameterTemplate: '/layers/{stage}/{layer}' },
    encrypted: {
      encryption: { kind: 'kms-key', arn: kmsKey },
      reportConsumers: true,
      regions: ['us-east-2', 'eu-west-1']
    }
  }
  return Object.entries(features).flatMap(([feature, change]) =>
    (['cloudformation', 'lambda'] as const).flatMap(engine => {
      const consumers = { functions: ['orders', 'billing-*'] }
      const config: Config = {
        environments: [{ ...sandbox, engine, ...change }],
        layers: [layer('da_flask'), { ...layer('da_framework'), consumers }]
      }
      const options = {
        for: 'role',
        environments: null,
        repository: 'octo-org/superproject',
        repositoryId: '4711'
      } as const
      return iamPolicy(config, { ...options, purposes }).flatMap(({ access }) =>
        access.map(({ purpose, policy }) => [`${feature}-${engine}-${purpose}`, policy] as const)
      )
    })
  )
}

it('parliament finds nothing in a generated policy, and finds an action that does not exist', async () => {
  const all = policies()
  for (const [name, document] of all) await writeFile(join(folder, `${name}.json`), JSON.stringify(document))
  const wrong = { Effect: 'Allow', Action: 's3:ListBuckets', Resource: '*' }
  await writeFile(join(folder, 'wrong.json'), JSON.stringify({ Version: '2012-10-17', Statement: [wrong] }))
  const found = await findings()
  console.log(`judge parliament: ${all.length} policies, ${found.length - 1} findings`)
  expect(found).toEqual([expect.stringMatching(/^wrong\.json: UNKNOWN_ACTION/)])
})
