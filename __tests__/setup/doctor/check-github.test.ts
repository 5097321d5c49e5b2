import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { startGitHubEmulator, type GitHubEmulator } from '../../../emulators/github/index.js'
import { exampleConfig } from '../../../emulators/world/superproject.js'
import { createGitHub } from '../../../src/adapters/github/index.js'
import { parseConfig } from '../../../src/config/load.js'
import { checkProtection } from '../../../src/setup/doctor/check-github.js'

const repository = 'org/superproject'
const config = parseConfig(exampleConfig, 'layer-deploy.yml')
let emulator: GitHubEmulator
beforeAll(async () => {
  emulator = await startGitHubEmulator({
    repositories: [{ owner: 'org', name: 'superproject' }],
    tokens: [
      { token: 'ghs_EXAMPLE', permissions: { contents: 'read', actions: 'read' } },
      { token: 'ghs_EXAMPLE_LESS', permissions: { contents: 'read' } }
    ]
  })
  for (const name of ['test', 'main']) {
    emulator.seed.commit({ sha: 'a'.repeat(40) })
    emulator.seed.branch(name, 'a'.repeat(40))
  }
})
afterAll(() => emulator.close())

const look = async (token = 'ghs_EXAMPLE', only: string | null = null) =>
  (await checkProtection(createGitHub({ token, repository, apiUrl: emulator.url }), config, only)).map(
    ({ check, level }) => [check, level]
  )

it('branches and environments: open ones are told, protected ones are right, whatever protects them', async () => {
  expect(await look()).toEqual([
    ['branch test', 'warning'],
    ['branch main', 'warning'],
    ['GitHub environment sandbox', 'warning'],
    ['GitHub environment production', 'warning']
  ])
  const [test, main] = emulator.state.branches
  Object.assign(test!, { protected: true })
  Object.assign(main!, { rules: ['non_fast_forward'] })
  const made = { repository, rules: [] as string[], branches: null }
  emulator.state.environments.push(
    { ...made, id: 1, name: 'sandbox', branches: { protected_branches: true, custom_branch_policies: false } },
    { ...made, id: 2, name: 'production' }
  )
  expect(await look()).toEqual([
    ['branch test', 'ok'],
    ['branch main', 'ok'],
    ['GitHub environment sandbox', 'ok'],
    ['GitHub environment production', 'warning']
  ])
  expect(await look('ghs_EXAMPLE', 'sandbox')).toHaveLength(2)
})

it('what the token may not ask is skipped; a branch that is not there is told', async () => {
  expect(await look('ghs_EXAMPLE_LESS', 'sandbox')).toEqual([
    ['branch test', 'ok'],
    ['GitHub environment sandbox', 'skipped']
  ])
  emulator.state.branches.length = 0
  expect(await look('ghs_EXAMPLE', 'sandbox')).toContainEqual(['branch test', 'warning'])
})
