/** `init`, `iam-policy` and `doctor` as a person runs them, one after the other. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { commandLine } from '../../src/cli/index.js'
import { makeSuperproject, type Superproject } from '../support/superproject.js'
import { openAccount, type Account } from '../trials/account.js'

let account: Account
let world: Superproject
let directory: string
beforeAll(async () => {
  account = await openAccount()
  world = await makeSuperproject({ config: null })
  directory = await world.cloneForRun({ branch: 'test' })
})
afterAll(async () => {
  await world.close()
  await account.close()
})

async function run(...words: string[]) {
  let [stdout, stderr] = ['', '']
  const terminal = {
    ...{ stdout: (text: string) => void (stdout += text), stderr: (text: string) => void (stderr += text) },
    ...{ live: false, colour: { stdout: false, stderr: false }, columns: 120, rows: 40 }
  }
  const environment = { ...process.env, GITHUB_REPOSITORY: 'octo-org/superproject', GITHUB_TOKEN: undefined }
  const exitCode = await commandLine(words, environment, terminal, directory)
  return { exitCode, stdout, stderr }
}
const accounts = ['--sandbox-account', '111122223333', '--production-account', '444455556666']

it('init says what is missing, writes two files, and never again', async () => {
  const bare = await run('init', '--region', 'us-east-2')
  expect(bare).toMatchObject({ exitCode: 1, stdout: '' })
  expect(bare.stderr).toMatch(/^error: CONFIG_INVALID: .*--sandbox-account.*--production-account.*--runtime/)
  const shown = await run('init', ...accounts, '--region', 'us-east-2', '--runtime', 'python3.12', '--dry-run')
  expect(shown).toMatchObject({ exitCode: 0, stderr: '' })
  expect(shown.stdout).toContain('compatible-runtimes: [python3.12]')
  const done = await run('init', ...accounts, '--region', 'us-east-2', '--runtime', 'python3.12')
  expect(done.stdout).toMatch(/^wrote .github\/layer-deploy.yml\nwrote .github\/workflows\/layers.yml\n/)
  const again = await run('init', ...accounts, '--region', 'us-east-2', '--runtime', 'python3.12')
  expect(again).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(/^error: FILE_EXISTS: /) as unknown })
})

it('iam-policy shows, gives JSON, writes files, and names an unknown environment', async () => {
  const shown = await run('iam-policy', '-e', 'sandbox')
  expect(shown.stdout).toMatch(/# Permissions of environment sandbox[^]*## Policy for a deploy[^]*ChangeStacks/)
  const json = JSON.parse((await run('iam-policy', '--json', '--repository-id', '4711')).stdout) as object[]
  expect(json).toMatchObject([{ environment: 'sandbox' }, { environment: 'production', deployTrust: {} }])
  const written = await run('iam-policy', '--for', 'user', '--output', 'iam')
  expect(written.stdout.split('\n')).toContain('iam/production/access.template.yml')
  expect(await readFile(join(directory, 'iam/sandbox/permissions.md'), 'utf8')).toContain('90 days')
  // One for a role would drop the policy of the user.
  const other = await run('iam-policy', '--output', 'iam')
  expect(other).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(/^error: FILE_EXISTS: /) as unknown })
  expect((await run('iam-policy', '-e', 'staging')).stderr).toMatch(/^error: CONFIG_INVALID: .*"staging"/)
})

it('a second run keeps the roles of the first, and writes only what changed', async () => {
  const number = ['--repository-id', '4711']
  expect((await run('iam-policy', '-e', 'sandbox', '--output', 'roles', ...number)).exitCode).toBe(0)
  const again = await run('iam-policy', '-e', 'sandbox', '--output', 'roles')
  expect(again.stdout.split('\n').filter(line => line !== '' && !line.startsWith('unchanged '))).toEqual([])
  expect((await run('iam-policy', '-e', 'sandbox', '--output', 'roles', '--purpose', 'prune')).exitCode).toBe(0)
  const template = await readFile(join(directory, 'roles/sandbox/access.template.yml'), 'utf8')
  for (const role of ['PlanRole:', 'DeployRole:', 'PruneRole:']) expect(template).toContain(role)
  expect(template).toMatch(/Default: "4711"/)
  expect((await readdir(join(directory, 'roles/sandbox'))).sort()).toEqual([
    ...['access.template.yml', 'deploy-policy.json', 'deploy-trust.json', 'permissions.md', 'plan-policy.json'],
    ...['plan-trust.json', 'prune-policy.json', 'prune-trust.json']
  ])
})

it('iam-policy --check compares with the roles of the account', async () => {
  const args = ['iam-policy', '--check', '-e', 'sandbox', '--repository-id', '4711']
  const missing = await run(...args)
  expect(missing.exitCode).toBe(1)
  expect(missing.stdout).toMatch(/^problem role layer-deploy-sandbox-plan: does not exist/m)
  const json = JSON.parse((await run('iam-policy', '--json', '-e', 'sandbox', '--repository-id', '4711')).stdout) as {
    access: { purpose: string; policy: { Statement: object[] }; trust: object }[]
  }[]
  const { roles } = account.emulator.world
  for (const { purpose, policy, trust } of json[0]!.access) {
    const name = `layer-deploy-sandbox-${purpose}`
    roles.push({ accountId: '111122223333', name, trust, policies: { [name]: policy } })
  }
  account.emulator.resetCalls()
  expect(await run(...args)).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^(ok .*\n){2}$/) as unknown })
  expect(account.emulator.writes()).toEqual([])
  const plan = roles[0]!
  const [first, ...rest] = json[0]!.access[0]!.policy.Statement
  roles[0] = {
    ...plan,
    policies: { x: { Statement: [...rest, { ...first, Sid: 'Mine' }] } },
    trust: JSON.parse(JSON.stringify(plan.trust).replace('4711', '4712')) as unknown
  }
  const differs = await run(...args)
  expect(differs.exitCode).toBe(1)
  expect(differs.stdout).toMatch(
    /^problem role layer-deploy-sandbox-plan: ReadStacks is missing; Mine is not wanted; trust: .* differs/m
  )
  roles.length = 0
})

it('doctor looks at all of it', async () => {
  const { exitCode, stdout } = await run('doctor', '-e', 'sandbox')
  expect(stdout).toMatch(/^ok {6}configuration: 2 environments \(sandbox, production\), 2 layers\n/)
  expect(stdout).toMatch(/^ok {6}permissions in sandbox: all \d+ that a deploy needs$/m)
  expect(stdout).toMatch(/^warning versioning of bucket 111122223333-code-deployment: off/m)
  expect({ exitCode, problems: stdout.match(/^problem.*/gm) }).toEqual({ exitCode: 0, problems: null })
  const findings = JSON.parse((await run('doctor', '-e', 'production', '--json')).stdout) as { level: string }[]
  expect(findings.filter(({ level }) => level === 'problem')).toMatchObject([{ check: 'account' }])
  expect((await run('doctor', '-e', 'production')).exitCode).toBe(1)
})
