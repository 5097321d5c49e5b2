/** The bad day and the days after: back to the version before, forward again, what comes from where, who must move, tidying up. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { addFunction } from '../../emulators/aws/lambda/function-calls.js'
import { listLayers } from '../../emulators/aws/lambda/reader.js'
import type { RunOutcome } from '../../emulators/runner/index.js'
import { installationToken } from '../../emulators/world/action-world.js'
import { asCloneOfGitHub, makeHome, runCommandLine } from '../../emulators/world/command-line.js'
import { workflowDispatch } from '../../emulators/world/dispatch-event.js'
import { region, repository, sandboxAccount, type ExampleWorld } from '../../emulators/world/example-world.js'
import { fixOfDaFlask } from './example-frameworks.js'
import type { Claim, Narrator, StepOutcome } from './narrator.js'

const layer = 'dev-da-flask-layer'
const is = (text: string, holds: boolean): Claim => ({ text, holds })

/** @param installer what installs da_framework; `null`: it has no packages */
export async function tellOperations(
  world: ExampleWorld,
  installer: 'uv' | 'pip' | null,
  narrator: Narrator
): Promise<void> {
  await tellRollback(world, narrator)
  await tellFix(world, installer, narrator)
  await tellHistory(world, narrator)
  daysPass(world, 2)
  await tellDiscovery(world, narrator)
  await tellRollout(world, narrator)
  await tellPruning(world, narrator)
}

function versionsOf({ aws }: ExampleWorld) {
  return listLayers(aws.world, sandboxAccount, region).find(({ name }) => name === layer)?.versions ?? []
}

function contentOf(world: ExampleWorld, number: number): string | undefined {
  return versionsOf(world).find(({ version }) => version === number)?.codeSha256
}

async function tellRollback(world: ExampleWorld, { step }: Narrator): Promise<void> {
  const { github } = world
  const statusText = (): string => github.state.statuses.at(-1)?.description ?? ''
  await step(
    'da_flask turns out to be bad: back to the version before',
    () => byHand(world, { command: 'rollback', version: 'previous', layers: 'da_flask' }),
    run => [
      is(`da_flask: ${run.outputs['da_flask_arn'] ?? ''}`, run.outputs['da_flask_version'] === '3'),
      is(
        'version 3 has the content of version 1',
        contentOf(world, 3) !== undefined && contentOf(world, 3) === contentOf(world, 1)
      ),
      is('the commit status says so', statusText().includes('rolled back to version 1 (as version 3)'))
    ]
  )
}

/** Functions of the account, all on the first version; one has code of its own that leaves no room for the newest. */
function deployFunctions({ aws }: ExampleWorld): void {
  const arn = `arn:aws:lambda:${region}:${sandboxAccount}:layer:${layer}`
  for (const name of ['audit', 'billing-day', 'orders']) {
    const failsWith =
      name === 'orders'
        ? [{ layer: `${arn}:4`, reason: 'Function code combined with layers exceeds the maximum allowed size' }]
        : []
    addFunction(aws.world, sandboxAccount, region, { name, layers: [`${arn}:1`], failsWith })
  }
}

async function tellFix(world: ExampleWorld, installer: string | null, { step }: Narrator): Promise<void> {
  const { superproject, aws, github } = world
  deployFunctions(world)
  const fix = await superproject.commitSubmodule('da_flask', fixOfDaFlask)
  await superproject.git('branch', 'fix', 'test')
  await superproject.bumpSubmodule('da_flask', fix, { branch: 'fix' })
  const comment = (): string => github.state.comments.at(-1)?.body ?? ''
  await step(
    'The fix comes as a pull request: a preview says what changes',
    () => world.pullRequest(9, 'fix', 'test', { inputs: { preview: 'true' } }),
    () => [
      is('the comment counts the own files that differ', comment().includes('Own files: 1 changed')),
      ...(installer === null
        ? []
        : [is('and names the package that moves in da_framework', comment().includes('da-units 1.0.0 → 1.1.0'))]),
      is('nothing was written to AWS', aws.writes().length === 0)
    ]
  )
  await step(
    'It is merged: forward again',
    () => world.mergePullRequest(9, 'fix', 'test'),
    run => [
      is('da_flask has version 4, with new content', run.outputs['da_flask_version'] === '4'),
      is('the run says that it undoes a rollback', `${run.summary}${run.log.join('\n')}`.includes('rollback')),
      is('and which functions still use version 1', (run.outputs['consumers'] ?? '').includes('"function":"orders"'))
    ]
  )
}

async function tellHistory(world: ExampleWorld, { step }: Narrator): Promise<void> {
  await step(
    'Which commit does each version come from?',
    () => inTerminal(world, 'history --environment sandbox --profile sandbox da_flask'),
    ({ terminal: { output } }) => [
      is('four versions, the newest first and deployed', /^4 .* deployed$/m.test(output)),
      is('version 3 is named as a return to version 1', /^3 .* content of version 1$/m.test(output))
    ]
  )
}

async function tellDiscovery(world: ExampleWorld, { step }: Narrator): Promise<void> {
  const { aws } = world
  await step(
    'Two days later: what runs where, and who uses what?',
    () => byHand(world, { command: 'discover', environment: 'sandbox' }),
    run => [
      is(
        'the function orders is on version 1 and must move',
        run.summary.includes('`orders` is on version 1 of `dev-da-flask-layer`; version 4 is current')
      ),
      is('nothing was written to AWS', aws.writes().length === 0)
    ]
  )
}

async function tellRollout(world: ExampleWorld, { step }: Narrator): Promise<void> {
  const versionOf = (name: string): string => {
    const [latest] = world.aws.world.region(sandboxAccount, region).functions.get(name)?.versions ?? []
    return latest?.layers[0]?.split(':').at(-1) ?? 'none'
  }
  await step(
    'The functions that the team named move; one refuses, and is put back',
    () => byHand(world, { command: 'rollout', layers: 'da_flask' }),
    run => [
      is('billing-day uses version 4', versionOf('billing-day') === '4'),
      is('orders would be too large with it, and has version 1 again', versionOf('orders') === '1'),
      is('the run says so, exit 1', run.exitCode === 1 && run.summary.includes('exceeds the maximum allowed size')),
      is('audit, which nobody named, was not touched', versionOf('audit') === '1')
    ]
  )
}

async function tellPruning(world: ExampleWorld, { step }: Narrator): Promise<void> {
  const { aws } = world
  await step(
    'Old versions are deleted, but for the one that functions use',
    () => byHand(world, { command: 'prune', keep: '1', layers: 'da_flask' }),
    () => [
      is(
        'versions 2 and 3 are gone; 1 is used, 4 is deployed',
        versionsOf(world)
          .map(({ version }) => version)
          .join() === '1,4'
      ),
      is(
        'nothing but those two was deleted',
        aws.writes().length === 2 && aws.writes().every(({ action }) => action === 'lambda:DeleteLayerVersion')
      )
    ]
  )
}

/** What is younger than a day is pruned by nobody. */
function daysPass({ aws }: ExampleWorld, days: number): void {
  for (const { versions } of aws.world.region(sandboxAccount, region).layers.values()) {
    for (const [index, version] of versions.entries()) {
      const time = Date.parse(version.createdDate.replace('+0000', 'Z')) - days * 86_400_000
      versions[index] = { ...version, createdDate: new Date(time).toISOString().replace('Z', '+0000') }
    }
  }
}

/** A workflow that a person starts on `test`. */
async function byHand(world: ExampleWorld, inputs: Record<string, string>): Promise<RunOutcome> {
  const sha = await world.superproject.push('test')
  const event = workflowDispatch({ ref: 'refs/heads/test', sha })
  return world.run({ event, checkout: { branch: 'test', commit: sha, depth: 0 }, account: sandboxAccount, inputs })
}

async function inTerminal(
  world: ExampleWorld,
  words: string
): Promise<StepOutcome & Required<Pick<StepOutcome, 'terminal'>>> {
  const { superproject, aws, github } = world
  const home = await makeHome(await mkdtemp(join(tmpdir(), 'home-')), aws, {
    sandbox: { accountId: sandboxAccount, region }
  })
  try {
    const directory = await superproject.cloneForRun({ branch: 'test', depth: 0 })
    await asCloneOfGitHub(directory, superproject.server.url, repository)
    const env = { AWS_ENDPOINT_URL: aws.url, GITHUB_TOKEN: installationToken, GITHUB_API_URL: github.url }
    const { stdout, stderr } = await runCommandLine({ directory, home, args: words.split(' '), env })
    return {
      ...{ summary: '', annotations: [], log: [stdout], stderr },
      terminal: { command: `layer-deploy ${words}`, output: stdout }
    }
  } finally {
    await rm(home, { recursive: true, force: true })
  }
}
