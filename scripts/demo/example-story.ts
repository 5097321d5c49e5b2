/** The story of the design's example: two submodules, a sandbox, a production, and one mistake. */
import { listLayers } from '../../emulators/aws/lambda/reader.js'
import {
  makeExampleWorld,
  productionAccount,
  region,
  sandboxAccount,
  type ExampleWorld
} from '../../emulators/world/example-world.js'
import { exampleConfig } from '../../emulators/world/superproject.js'
import { commandRecipe, nextOfDaFlask, nextOfDaFramework, submodules } from './example-frameworks.js'
import { findInstaller, installedFramework, installedRecipe } from './installed-framework.js'
import { tellOperations } from './operations-story.js'
import type { RunOutcome } from '../../emulators/runner/index.js'
import type { Claim, Narrator } from './narrator.js'

export interface Example {
  readonly world: ExampleWorld
  /** What installs da_framework; `null`: it is built by its own command. */
  readonly installer: 'uv' | 'pip' | null
}

/** The team wants to know who uses its layers, and names the functions that it moves itself. */
const namingFunctions = exampleConfig
  .replace(/^ {4}artifact-bucket: 111122223333.*\n/m, line => `${line}    report-consumers: true\n`)
  .replace(/^ {4}also-watch: .*\n/m, line => `${line}    consumers: { functions: [orders, "billing-*"] }\n`)

export async function openExample(): Promise<Example> {
  const installer = await findInstaller()
  if (installer === null) {
    return { world: await makeExampleWorld({ config: `${namingFunctions}${commandRecipe}`, submodules }), installer }
  }
  const daFramework = { ...submodules['da_framework'], ...(await installedFramework('1.0.0')) }
  const config = `${namingFunctions}${installedRecipe}`
  const world = await makeExampleWorld({ config, submodules: { ...submodules, da_framework: daFramework } })
  return { world, installer }
}

/** The same bytes on every machine: no installer has a part in it. */
export async function openPlainExample(): Promise<Example> {
  return { world: await makeExampleWorld({ config: `${exampleConfig}${commandRecipe}`, submodules }), installer: null }
}

const is = (text: string, holds: boolean): Claim => ({ text, holds })

export async function tellExample({ world, installer }: Example, narrator: Narrator): Promise<void> {
  await tellToProduction({ world, installer }, narrator)
  await tellWrongAccount(world, installer, narrator)
  await tellOperations(world, installer, narrator)
}

/** The main job: pull request, sandbox, production. */
export async function tellToProduction({ world, installer }: Example, narrator: Narrator): Promise<void> {
  await tellFirstDeploy(world, installer, narrator)
  const proven = await tellOneMove(world, narrator)
  await tellPromotion(world, narrator, proven)
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

function versionsOf({ aws }: ExampleWorld, account: string, name: string): readonly number[] {
  const layer = listLayers(aws.world, account, region).find(each => each.name === name)
  return (layer?.versions ?? []).map(({ version }) => version)
}

/** Whether the report names the package among the largest of da_framework. */
function holds(run: RunOutcome, name: string): boolean {
  const plan = JSON.parse(run.outputs['plan'] ?? 'null') as {
    'largest-packages'?: Record<string, { name: string }[]>
  } | null
  return plan?.['largest-packages']?.['da_framework']?.some(one => one.name === name) === true
}

/** Content digests by layer id. */
type Digests = Readonly<Record<string, string | undefined>>

function contentDigests(run: RunOutcome): Digests {
  const rows = JSON.parse(run.outputs['layer-versions'] ?? '{}') as Record<
    string,
    Record<string, Record<string, string>>
  >
  return Object.fromEntries(Object.entries(rows).map(([id, regions]) => [id, regions[region]?.['content-digest']]))
}

async function tellFirstDeploy(
  world: ExampleWorld,
  installer: Example['installer'],
  { step }: Narrator
): Promise<void> {
  const { superproject, aws, github } = world

  await superproject.commitFiles({ 'constraints.txt': 'flask==3.1.0\n' }, { branch: 'feature', from: 'test' })
  await step(
    'A pull request against test: the plan',
    () => world.pullRequest(7, 'feature', 'test'),
    run => [
      is(
        'both layers would be published to the sandbox',
        run.outputs['changed-layers'] === '["da_flask","da_framework"]'
      ),
      is('one comment on the pull request says so', github.state.comments.length === 1),
      is('nothing was written to AWS', aws.writes().length === 0)
    ]
  )
  await step(
    'It is merged to test: the sandbox deploy',
    () => world.mergePullRequest(7, 'feature', 'test'),
    run => [
      is(`da_flask: ${run.outputs['da_flask_arn'] ?? ''}`, run.outputs['da_flask_version'] === '1'),
      is(`da_framework: ${run.outputs['da_framework_arn'] ?? ''}`, run.outputs['da_framework_version'] === '1'),
      ...(installer === null
        ? []
        : [is(`${installer} installed da_units 1.0.0 into it, a wheel from its own folder`, holds(run, 'da_units'))]),
      is(
        'the result stands in the same comment',
        github.state.comments.length === 1 && github.state.comments[0]?.body.includes('published') === true
      )
    ]
  )
  await step(
    'The same again',
    () => world.push('test'),
    run => [
      is('nothing changed', run.outputs['changed'] === 'false'),
      is('nothing was written to AWS', aws.writes().length === 0)
    ]
  )
}

async function tellOneMove(world: ExampleWorld, { step }: Narrator): Promise<Digests> {
  const { superproject } = world
  let proven: Digests = {}
  const commit = await superproject.commitSubmodule('da_flask', nextOfDaFlask)
  await superproject.bumpSubmodule('da_flask', commit, { branch: 'test' })
  await step(
    'The submodule da_flask moves',
    () => world.push('test'),
    run => {
      proven = contentDigests(run)
      return [
        is('only da_flask changed', run.outputs['changed-layers'] === '["da_flask"]'),
        is('da_flask has version 2', same(versionsOf(world, sandboxAccount, 'dev-da-flask-layer'), [1, 2])),
        is(
          'da_framework still has version 1 only',
          same(versionsOf(world, sandboxAccount, 'dev-da-framework-layer'), [1])
        )
      ]
    }
  )
  return proven
}

async function tellPromotion(world: ExampleWorld, { step }: Narrator, proven: Digests): Promise<void> {
  const { superproject, aws } = world
  await superproject.git('branch', 'release', 'test')
  await step(
    'test is merged to main: the production deploy',
    () => world.mergePullRequest(8, 'release', 'main'),
    run => [
      is(
        `da_flask: ${run.outputs['da_flask_arn'] ?? ''}`,
        same(versionsOf(world, productionAccount, 'prod-da-flask-layer'), [1])
      ),
      is(
        `da_framework: ${run.outputs['da_framework_arn'] ?? ''}`,
        same(versionsOf(world, productionAccount, 'prod-da-framework-layer'), [1])
      ),
      ...Object.keys(submodules).map(id => {
        const digest = contentDigests(run)[id]
        const text = `${id} has the content that the sandbox proved: ${digest?.slice(0, 12) ?? 'none'}…`
        return is(text, digest !== undefined && digest === proven[id])
      }),
      is(
        'only the production account was touched',
        aws.calls.every(call => call.accountId === productionAccount)
      )
    ]
  )
}

async function tellWrongAccount(
  world: ExampleWorld,
  installer: Example['installer'],
  { step }: Narrator
): Promise<void> {
  const { superproject, aws } = world
  const required = installer === null ? {} : await installedFramework('1.1.0')
  const next = await superproject.commitSubmodule('da_framework', { ...nextOfDaFramework, ...required })
  await superproject.bumpSubmodule('da_framework', next, { branch: 'test' })
  await step(
    'A push to test with credentials of production',
    () => world.push('test', { account: productionAccount }),
    run => [
      is('refused, exit 1', run.exitCode === 1),
      is(
        'by the account guard',
        run.annotations.some(({ message }) => message.startsWith('ACCOUNT_MISMATCH: '))
      ),
      is('nothing was written to AWS', aws.writes().length === 0),
      is('the sandbox has what it had', same(versionsOf(world, sandboxAccount, 'dev-da-framework-layer'), [1]))
    ]
  )
}
