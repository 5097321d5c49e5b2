/** A user's own superproject and configuration, taken through the same pipeline against the emulators. */
import { mkdtemp, readFile, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { isAbsolute, join, relative, resolve, sep } from 'node:path'
import { serveGit, type GitHttpServer } from '../../emulators/runner/git-http.js'
import { openActionWorld, type ActionWorld, type SuperprojectRemote } from '../../emulators/world/action-world.js'
import { branchesOf, commitClock } from '../../emulators/world/branches.js'
import { checkoutAsRunner } from '../../emulators/world/checkout.js'
import { account } from '../../emulators/world/example-world.js'
import { commitFiles } from '../../emulators/world/git-commit.js'
import { runGit } from '../../emulators/world/git-process.js'
import { parseConfig } from '../../src/config/load.js'
import { artifactBucketOf } from '../../src/model/naming/names.js'
import { CodedError } from '../../src/model/errors.js'
import type { Config, Environment } from '../../src/model/index.js'
import { copyRepository, copySubmodules, readGit, superprojectAt, type SubmoduleCopy } from './local-copy.js'
import type { Narrator } from './narrator.js'

export interface OwnWorld {
  readonly world: ActionWorld<SuperprojectRemote>
  readonly config: Config
  /** In the copy. */
  readonly configPath: string
  /** What a reader should know of how the copy differs from the working copy. */
  readonly notes: readonly string[]
}

/** The copy's branch with the commit that is taken through the pipeline. */
const demoBranch = 'layer-deploy-demo'
const defaultConfigPath = '.github/layer-deploy.yml'

/** @throws CodedError CONFIG_NOT_FOUND, CONFIG_INVALID, GIT_FAILED, SOURCE_NOT_CHECKED_OUT for a submodule that is not on this disk */
export async function openOwnRepository(path: string, configPath: string): Promise<OwnWorld> {
  const original = await superprojectAt(path)
  const file = resolve(original.root, configPath)
  const text = await readConfig(file, configPath)
  const config = parseConfig(text, configPath)
  const directory = await realpath(await mkdtemp(join(tmpdir(), 'layer-deploy-demo-')))
  let server: GitHttpServer | null = null
  try {
    const remotes = join(directory, 'remotes')
    const submodules = await copySubmodules(original, config, remotes)
    await copyRepository(original.root, join(directory, 'local.git'), [
      '+refs/heads/*:refs/heads/*',
      '+HEAD:refs/demo/head'
    ])
    await runGit(directory, ['init', '-q', '--bare', '-b', 'main', join(remotes, 'superproject.git')])
    const placed = await placeConfig(original, directory, file, text)
    await placeBranches(original.root, directory, config)
    server = await serveGit({ root: remotes })
    const superproject = openCopy(directory, server, submodules)
    const notes = [...placed.notes, ...(await leftOutNotes(original.root))]
    return { world: await openWorld(superproject, config), config, configPath: placed.path, notes }
  } catch (error) {
    await server?.close()
    await rm(directory, { recursive: true, force: true })
    throw error
  }
}

export async function tellOwn({ world, config, configPath }: OwnWorld, { step }: Narrator): Promise<void> {
  const job = { inputs: { config: configPath } }
  const noWrite = () => ({ text: 'nothing was written to AWS', holds: world.aws.writes().length === 0 })
  for (const [index, environment] of inPromotionOrder(config.environments).entries()) {
    const [branch = ''] = environment.branches
    const { name } = environment
    await step(
      `A pull request against ${branch}: the plan for ${name}`,
      () => world.pullRequest(index + 1, demoBranch, branch, job),
      run => [{ text: `would change: ${run.outputs['changed-layers'] ?? ''}`, holds: run.exitCode === 0 }, noWrite()]
    )
    await step(
      `It is merged to ${branch}: the deploy to ${name}`,
      () => world.mergePullRequest(index + 1, demoBranch, branch, job),
      run => [
        { text: `changed: ${run.outputs['changed-layers'] ?? ''}`, holds: run.outputs['conclusion'] === 'success' },
        {
          text: `only account ${environment.accountId} was touched`,
          holds: world.aws.calls.every(call => call.accountId === environment.accountId)
        }
      ]
    )
    await step(
      'The same again',
      () => world.push(branch, job),
      run => [{ text: 'nothing changed', holds: run.outputs['changed'] === 'false' }, noWrite()]
    )
  }
}

async function readConfig(file: string, shownPath: string): Promise<string> {
  return readFile(file, 'utf8').catch((cause: unknown) => {
    const finding = {
      expected: `a configuration at ${shownPath}`,
      found: 'no such file',
      mend: 'write one, or name it with --config'
    }
    throw new CodedError('CONFIG_NOT_FOUND', finding, { cause })
  })
}

/** The configuration is read as it lies on the disk: where the commit has another one, or none, the copy gets a commit with it. */
async function placeConfig(
  { root, head }: { readonly root: string; readonly head: string },
  directory: string,
  file: string,
  text: string
): Promise<{ readonly path: string; readonly notes: readonly string[] }> {
  const local = join(directory, 'local.git')
  const inside = relative(await realpath(root), await realpath(file))
  const path = inside.startsWith('..') || isAbsolute(inside) ? defaultConfigPath : inside.split(sep).join('/')
  await runGit(local, ['update-ref', `refs/heads/${demoBranch}`, head])
  const committed = await runGit(local, ['show', `${head}:${path}`]).catch(() => null)
  if (committed?.trimEnd() === text.trimEnd()) return { path, notes: [] }
  const seconds = Number(await runGit(local, ['show', '-s', '--format=%ct', head])) + 60
  await commitFiles(local, { branch: demoBranch, files: { [path]: text }, message: 'Configure layer-deploy', seconds })
  return { path, notes: [`The commit holds another ${path}, or none: the demo's copy has it committed.`] }
}

/** Each environment's branch as the original has it, locally or from its remote; where it has none, the commit itself. */
async function placeBranches(root: string, directory: string, config: Config): Promise<void> {
  const local = join(directory, 'local.git')
  for (const { branches } of config.environments) {
    const [branch = ''] = branches
    const reference = `refs/heads/${branch}`
    if (await runGit(local, ['rev-parse', '-q', '--verify', reference]).catch(() => null)) continue
    const remote = await readGit(root, 'rev-parse', '-q', '--verify', `refs/remotes/origin/${branch}`).catch(() => null)
    if (remote === null) await runGit(local, ['update-ref', reference, 'refs/demo/head'])
    else await copyRepository(root, local, [`+refs/remotes/origin/${branch}:${reference}`])
  }
}

async function leftOutNotes(root: string): Promise<readonly string[]> {
  const status = await readGit(root, 'status', '--porcelain', '--ignore-submodules=none', '-z').catch(() => '')
  const count = status.split('\0').filter(entry => entry !== '').length
  return count === 0 ? [] : [`Only what is committed counts: ${count} changed or untracked paths are left out.`]
}

function openCopy(directory: string, server: GitHttpServer, submodules: readonly SubmoduleCopy[]): SuperprojectRemote {
  const local = join(directory, 'local.git')
  const clock = commitClock(Math.floor(Date.now() / 1000))
  let checkouts = 0
  return {
    ...branchesOf(local, join(directory, 'remotes', 'superproject.git'), clock),
    cloneForRun: async checkout => {
      const folder = join(directory, `checkout-${++checkouts}`)
      await checkoutAsRunner(folder, { url: `${server.url}/superproject.git` }, checkout)
      for (const { name, path, repository } of submodules) {
        await runGit(folder, ['config', `submodule.${name}.url`, `${server.url}/${repository}`])
        // `checkout`: a submodule configured with `update = none` is wanted here all the same.
        await runGit(folder, ['submodule', '-q', 'update', '--init', '--checkout', '--', path])
      }
      return folder
    },
    close: async () => {
      await server.close()
      await rm(directory, { recursive: true, force: true })
    }
  }
}

function openWorld(superproject: SuperprojectRemote, config: Config): Promise<ActionWorld<SuperprojectRemote>> {
  const accountIds = [...new Set(config.environments.map(({ accountId }) => accountId))]
  const buckets = config.environments.flatMap(environment =>
    environment.regions.map(region => ({
      name: artifactBucketOf(environment, region),
      ownerAccountId: environment.accountId,
      region
    }))
  )
  const environmentOf = (branch: string): Environment | undefined =>
    config.environments.find(({ branches }) => branches.includes(branch)) ?? config.environments[0]
  return openActionWorld({
    superproject,
    repository: 'octo-org/superproject',
    aws: {
      accounts: accountIds.map((id, index) => account(id, `DEMO${index}`)),
      buckets: [...new Map(buckets.map(bucket => [bucket.name, bucket])).values()]
    },
    jobOf: branch => {
      const environment = environmentOf(branch)
      return { account: environment?.accountId ?? '', region: environment?.regions[0] ?? 'us-east-1' }
    }
  })
}

/** An environment comes after the one that it is promoted from. */
function inPromotionOrder(environments: readonly Environment[]): readonly Environment[] {
  const ordered: Environment[] = []
  const add = (environment: Environment): void => {
    if (ordered.includes(environment)) return
    const before = environments.find(({ name }) => name === environment.promoteFrom)
    if (before !== undefined) add(before)
    ordered.push(environment)
  }
  environments.forEach(add)
  return ordered
}
