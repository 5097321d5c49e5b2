/**
 * A newcomer walks the tutorial, every how-to and the runbook, from a fresh clone, against the emulators: each command is typed
 * in bash as the page has it, in the page's order. `newcomer/left-out.ts` has those that are not, with the reason.
 */
import { execFileSync } from 'node:child_process'
import { chmod, copyFile, readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { addFunction } from '../../emulators/aws/lambda/function-calls.js'
import type { RunOutcome } from '../../emulators/runner/index.js'
import { linksOf, textOf, typedCommands } from '../docs/pages.js'
import { errorsOf, statusesOf, versionsIn } from '../bundle/reading.js'
import {
  type ActionWorld,
  makeActionWorld,
  ownProcesses,
  productionAccount,
  region,
  sandboxAccount
} from '../support/action-world.js'
import { filledIn, leftOut, needsAwsCli, reasonFor, type LeftOut } from './newcomer/left-out.js'
import { promises, type Promised } from './newcomer/promises.js'
import { followReader, type GitHubSide } from './newcomer/pull-requests.js'
import { makeReader, type Outcome, type Reader } from './newcomer/reader.js'

let world: ActionWorld
let reader: Reader
let github: GitHubSide
const used = new Set<LeftOut>()
const kept = new Set<Promised>()
const hasAwsCli = isOnPath('aws')

beforeAll(async () => {
  world = await makeActionWorld({
    steps: ownProcesses,
    ...{
      config: null,
      branches: ['main'],
      files: { 'pyproject.toml': '[project]\nname = "super"\nrequires-python = ">=3.10"\n' }
    },
    aws: { buckets: [...bucketsOf(sandboxAccount), ...bucketsOf(productionAccount)] }
  })
  reader = await makeReader(world)
  github = followReader(world, reader)
})
afterAll(async () => {
  await reader.close()
  await world.close()
})

function bucketsOf(ownerAccountId: string) {
  const name = `${ownerAccountId}-code-deployment`
  const further = ['us-east-2', 'eu-west-1'].map(each => ({ name: `${name}-${each}`, ownerAccountId, region: each }))
  return [{ name, ownerAccountId, region }, ...further]
}

/** Where a page's commands are typed. */
interface Place {
  readonly in?: string
  readonly env?: Readonly<Record<string, string>>
}

/** Types what the page says, in its order. @returns each command that was typed, with what it answered */
async function walk(
  page: string,
  place: Place = {}
): Promise<readonly (Outcome & { command: string; runs: readonly RunOutcome[] })[]> {
  const typed = []
  for (const { text, isMention } of typedCommands(textOf(page))) {
    if (isMention) continue
    const reason = reasonFor(page, text)
    if (reason !== null) used.add(reason)
    if (reason !== null || (needsAwsCli.test(text) && !hasAwsCli)) continue
    const command = filledIn(text, /production|prod-/.test(text))
    const own = command.startsWith('npm run ') ? { in: reader.product } : place
    const outcome = await reader.type(command, { ...own, env: { ...profileFor(text), ...place.env } })
    const promised = promises.filter(each => (each.page ?? page) === page && each.command.test(text))
    promised.forEach(each => kept.add(each))
    const exits = promised.find(({ exit }) => exit !== undefined)?.exit ?? [0]
    const { exitCode, stdout, stderr } = outcome
    const told = `${page}: ${command}\nexit ${exitCode}\n${stdout}\n${stderr}`
    if (!exits.includes(exitCode)) throw new Error(told)
    for (const { shows } of promised) if (!shows.test(stdout + stderr)) throw new Error(`not shown: ${shows}\n${told}`)
    typed.push({ ...outcome, command, runs: await github.follow() })
  }
  return typed
}

/** A person of one account has its profile in the shell; `layer-deploy` is told by its option. */
function profileFor(command: string): Readonly<Record<string, string>> {
  if (!needsAwsCli.test(command) || command.includes('--profile')) return {}
  return { AWS_PROFILE: command.includes('prod-') ? 'production' : 'sandbox', AWS_REGION: region }
}

const git = async (command: string): Promise<void> => {
  const outcome = await reader.type(command)
  expect({ command, ...outcome }).toMatchObject({ exitCode: 0 })
}

it('the program is packed from the clone and installed, as "The command line" says', async () => {
  const packed = await reader.type('npm run package -- ../superproject', { in: reader.product })
  expect(packed).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('layer-deploy-action-1.0.0.tgz') })
})

describe('the tutorial', () => {
  it('leads from two empty accounts to the same content in both', async () => {
    const typed = await walk('docs/tutorial.md', {})
    const runs = typed.flatMap(each => each.runs)
    expect(runs.flatMap(errorsOf)).toEqual([])
    expect(runs.map(({ outputs }) => `${outputs['command']} ${outputs['environment']}`)).toEqual([
      ...['plan sandbox', 'deploy sandbox', 'plan production', 'deploy production']
    ])
    const expected = (stage: string) => ({ [`${stage}-da-flask-layer`]: [1], [`${stage}-da-framework-layer`]: [1] })
    expect(versionsIn(world, sandboxAccount)).toEqual(expected('dev'))
    expect(versionsIn(world, productionAccount)).toEqual(expected('prod'))
    expect(statusesOf(world)).toContain('layer-deploy/plan success')
    const comment = world.github.state.comments.find(({ body }) => body.includes('dev-da-flask-layer:1'))
    expect(comment?.body).toContain('dev-da-framework-layer:1')
    const demo = typed.find(each => each.command === 'npm run demo')
    const cells = [...textOf('docs/tutorial.md').matchAll(/^\| [^|]+ \| (\d+\. [^|]+?) *\|$/gm)].map(
      ([, cell = '']) => cell
    )
    const chapters = cells.flatMap(cell => cell.split(/, (?=\d)/))
    expect(chapters.length).toBeGreaterThan(8)
    for (const chapter of chapters) expect(demo?.stdout).toContain(chapter)
    expect(await readdir(join(reader.product, 'demo-output'))).toContain('index.html')
  })
})

it('a second change goes the same way', async () => {
  const { superproject } = world
  const commit = await superproject.commitSubmodule('da_flask', {
    'python/da_flask/__init__.py': '__version__ = "1.1.0"\n'
  })
  await superproject.bumpSubmodule('da_flask', commit, { branch: 'test' })
  expect(errorsOf(await world.push('test'))).toEqual([])
  expect(errorsOf(await world.mergePullRequest(90, 'test', 'main'))).toEqual([])
  expect(versionsIn(world, productionAccount)['prod-da-flask-layer']).toEqual([1, 2])
})

/** What a page takes for granted. */
const prepared: Readonly<Record<string, () => Promise<Place>>> = {
  'docs/init.md': async () => ({ in: await reader.cloneAt(world.superproject.firstCommit) }),
  'docs/how-to/from-sam-or-deploy.md': async () => {
    await copyFile(join(reader.product, 'examples/deploy'), join(reader.checkout, 'deploy'))
    await chmod(join(reader.checkout, 'deploy'), 0o755)
    return {}
  },
  'docs/how-to/several-regions.md': async () => {
    await git(
      "sed -i '0,/regions: .*/s//regions: [us-east-2, eu-west-1]/; 0,/artifact-bucket: .*/s//artifact-bucket: 111122223333-code-deployment-{region}/' .github/layer-deploy.yml && git commit -qam 'A second region'"
    )
    return {}
  },
  'docs/rollout.md': async () => {
    await git(
      "sed -i 's/da_flask: { path: da_flask }/da_flask: { path: da_flask, consumers: { functions: [orders] } }/' .github/layer-deploy.yml && git commit -qam 'Who uses it' && git push -q origin test"
    )
    await github.follow()
    const arn = `arn:aws:lambda:${region}:${sandboxAccount}:layer:dev-da-flask-layer:1`
    addFunction(world.aws.world, sandboxAccount, region, { name: 'orders', layers: [arn] })
    return {}
  },
  'docs/rollback.md': async () => {
    await git('git switch -q main && git pull -q --ff-only')
    return {}
  },
  'docs/iam-policy.md': () => rolesAreMade(),
  'docs/how-to/keys-to-oidc.md': () => rolesAreMade()
}

/** What deploying the templates would make: the roles, by the files that `iam-policy` wrote. */
async function rolesAreMade(): Promise<Place> {
  const { roles } = world.aws.world
  roles.length = 0
  for (const [environment, accountId] of [
    ['sandbox', sandboxAccount],
    ['production', productionAccount]
  ] as const) {
    for (const purpose of ['plan', 'deploy']) {
      const read = async (kind: string) =>
        JSON.parse(
          await readFile(join(reader.checkout, `iam/${environment}/${purpose}-${kind}.json`), 'utf8')
        ) as object
      const name = `layer-deploy-${environment}-${purpose}`
      roles.push({ accountId, name, trust: await read('trust'), policies: { [name]: await read('policy') } })
    }
  }
  return {}
}

function hasCommands(page: string): boolean {
  return typedCommands(textOf(page)).some(({ isMention }) => !isMention)
}

/** Those that the index has under "How to", the runbook with them. */
function howToPages(): readonly string[] {
  const section =
    textOf('docs/README.md')
      .split(/^## /m)
      .find(each => each.startsWith('How to')) ?? ''
  const targets = [...section.matchAll(/\]\(([^()#\s]+)/g)].map(([, path = '']) => `docs/${path}`)
  return [...new Set(targets)]
}

describe('every how-to, and the runbook', () => {
  const pages = howToPages()

  it('are those of the index', () => {
    expect(pages.length).toBeGreaterThan(20)
    expect(linksOf('docs/README.md').map(({ path }) => path)).toEqual(expect.arrayContaining([...pages]))
  })

  it.each(pages.filter(hasCommands))('%s', async page => {
    await git('git switch -q test && git fetch -q && git reset -q --hard origin/test && git submodule -q update --init')
    const typed = await walk(page, await prepared[page]?.())
    expect(world.aws.defects).toEqual([])
    if (page === 'docs/rollout.md') expect(typed.length).toBeGreaterThan(1)
  })
})

it('nothing is left out without need, and every promise was kept', () => {
  // Some stand within a longer line, as what a variable is set to.
  const ofAws = ({ source }: RegExp): boolean => !hasAwsCli && /^\^aws |describe-stacks|get-layer-version/.test(source)
  expect(leftOut.filter(each => !used.has(each)).map(({ command }) => command.source)).toEqual([])
  expect(promises.filter(each => !kept.has(each) && !ofAws(each.command)).map(({ command }) => command.source)).toEqual(
    []
  )
})

function isOnPath(program: string): boolean {
  try {
    execFileSync('bash', ['-c', `command -v ${program} && ${program} --version`], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
