/** A user's own superproject, copied, with its submodules from the local disk: the original is only read. */
import { mkdtemp, readFile, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { branchesOf, commitClock } from '../../emulators/world/branches.js'
import { checkoutAsRunner } from '../../emulators/world/checkout.js'
import { runGit } from '../../emulators/world/git-process.js'
import { openActionWorld, type ActionWorld, type SuperprojectRemote } from '../../emulators/world/action-world.js'
import { account } from '../../emulators/world/example-world.js'
import { serveGit } from '../../emulators/runner/git-http.js'
import { parseConfig } from '../../src/config/load.js'
import { artifactBucketOf } from '../../src/config/names.js'
import { CodedError } from '../../src/errors.js'
import type { Config, Environment } from '../../src/model.js'
import type { Narrator } from './narrator.js'

export interface OwnWorld {
  readonly world: ActionWorld<SuperprojectRemote>
  readonly config: Config
  readonly configPath: string
}

/** @throws CodedError CONFIG_NOT_FOUND, CONFIG_INVALID, SOURCE_NOT_CHECKED_OUT for a submodule that is not on this disk */
export async function openOwnRepository(path: string, configPath: string): Promise<OwnWorld> {
  const config = await readConfig(path, configPath)
  const directory = await realpath(await mkdtemp(join(tmpdir(), 'layer-deploy-demo-')))
  const remote = join(directory, 'remotes', 'superproject.git')
  const local = join(directory, 'local.git')
  const head = await runGit(path, ['rev-parse', 'HEAD'])
  for (const target of [remote, local]) await runGit(directory, ['clone', '-q', '--bare', '--no-local', path, target])
  const submodules = await localSubmodules(path)
  const server = await serveGit({ root: join(directory, 'remotes') })
  const branches = branchesOf(local, remote, commitClock(Math.floor(Date.now() / 1000)))
  for (const { branches: names } of config.environments) {
    if (names[0] !== undefined) await runGit(local, ['update-ref', `refs/heads/${names[0]}`, head])
  }
  await runGit(local, ['update-ref', 'refs/heads/layer-deploy-demo', head])
  let checkouts = 0
  const superproject: SuperprojectRemote = {
    ...branches,
    cloneForRun: async checkout => {
      const folder = join(directory, `checkout-${++checkouts}`)
      await checkoutAsRunner(folder, { url: `${server.url}/superproject.git` }, checkout)
      for (const { name, path: at, source } of submodules) {
        await runGit(folder, ['config', `submodule.${name}.url`, source])
        await runGit(folder, ['-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'update', '--init', '--', at])
      }
      return folder
    },
    close: async () => {
      await server.close()
      await rm(directory, { recursive: true, force: true })
    }
  }
  return { world: await openWorld(superproject, config), config, configPath }
}

export async function tellOwn({ world, config, configPath }: OwnWorld, { step }: Narrator): Promise<void> {
  const inputs = { config: configPath }
  for (const environment of inPromotionOrder(config.environments)) {
    const [branch = ''] = environment.branches
    const { name } = environment
    await step(
      `A pull request against ${branch}: the plan for ${name}`,
      () => world.pullRequest(1, 'layer-deploy-demo', branch, { inputs }),
      run => [
        { text: `would change: ${run.outputs['changed-layers'] ?? ''}`, holds: run.exitCode === 0 },
        { text: 'nothing was written to AWS', holds: world.aws.writes().length === 0 }
      ]
    )
    await step(
      `A push to ${branch}: the deploy to ${name}`,
      () => world.push(branch, { inputs }),
      run => [{ text: `conclusion ${run.outputs['conclusion'] ?? ''}`, holds: run.exitCode === 0 }]
    )
    await step(
      'The same again',
      () => world.push(branch, { inputs }),
      () => [{ text: 'nothing was written to AWS', holds: world.aws.writes().length === 0 }]
    )
  }
}

async function readConfig(path: string, configPath: string): Promise<Config> {
  const text = await readFile(resolve(path, configPath), 'utf8').catch(() => {
    const finding = {
      expected: `a configuration at ${configPath}`,
      found: 'no such file',
      mend: 'write one, or name it with --config'
    }
    throw new CodedError('CONFIG_NOT_FOUND', finding)
  })
  return parseConfig(text, configPath)
}

async function localSubmodules(path: string): Promise<readonly { name: string; path: string; source: string }[]> {
  const listing = await runGit(path, ['config', '--file', '.gitmodules', '--get-regexp', '\\.path$']).catch(() => '')
  const lines = listing.split('\n').filter(line => line !== '')
  return Promise.all(
    lines.map(async line => {
      const [key = '', at = ''] = line.split(/ (.*)/s)
      const folder = join(path, at)
      const top = await runGit(folder, ['rev-parse', '--show-toplevel']).catch(() => '')
      if (top !== (await realpath(folder).catch(() => ''))) {
        const mend = 'run git submodule update --init there first; the demo uses no network'
        throw new CodedError('SOURCE_NOT_CHECKED_OUT', {
          expected: `the submodule ${at} checked out`,
          found: 'none',
          mend
        })
      }
      const source = resolve(folder, await runGit(folder, ['rev-parse', '--git-common-dir']))
      return { name: key.slice('submodule.'.length, -'.path'.length), path: at, source }
    })
  )
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
