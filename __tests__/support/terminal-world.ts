import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asCloneOfGitHub, makeHome } from '../../emulators/world/command-line.js'
import {
  makeActionWorld,
  productionAccount,
  region,
  repository,
  sandboxAccount,
  type ActionWorld
} from './action-world.js'

/** What a person at a terminal has: a clone of a repository on GitHub, and a profile for each account. */
export interface TerminalWorld {
  readonly world: ActionWorld
  readonly home: string
  readonly checkout: string
  close(): Promise<void>
}

export async function makeTerminalWorld(): Promise<TerminalWorld> {
  const world = await makeActionWorld()
  const home = await makeHome(await mkdtemp(join(tmpdir(), 'home-')), world.aws, {
    'github-deploy': { accountId: sandboxAccount, region },
    'github-deploy-prod': { accountId: productionAccount, region }
  })
  const checkout = await world.superproject.cloneForRun({ branch: 'test', depth: 0, submodules: true })
  await asCloneOfGitHub(checkout, world.superproject.server.url, repository)
  return {
    ...{ world, home, checkout },
    async close() {
      await world.close()
      await rm(home, { recursive: true, force: true })
    }
  }
}
