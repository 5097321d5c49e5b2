import { execFileSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { BucketSettings } from '../../../emulators/aws/world.js'
import { createAccountInspection } from '../../../src/adapters/aws/account-inspection.js'
import { createAws } from '../../../src/adapters/aws/index.js'
import { isShallowClone } from '../../../src/adapters/git/history.js'
import { createGit } from '../../../src/adapters/git/index.js'
import { processRunner } from '../../../src/adapters/process/index.js'
import { workingFiles } from '../../../src/adapters/process/working-files.js'
import { parseConfig } from '../../../src/config/load.js'
import { CodedError } from '../../../src/model/errors.js'
import type { Config } from '../../../src/model/index.js'
import { GitHubError } from '../../../src/ports/github.js'
import { checkAccessKey } from '../../../src/setup/doctor/check-account.js'
import { checkToken } from '../../../src/setup/doctor/check-github.js'
import { checkWorkflows } from '../../../src/setup/doctor/workflows/check-workflows.js'
import { doctor, findingLine, type DoctorPorts, type Finding } from '../../../src/setup/doctor/index.js'
import { iamPolicy } from '../../../src/setup/iam-policy/index.js'
import { initFiles } from '../../../src/setup/init/index.js'
import { exampleConfig, makeSuperproject, type Superproject } from '../../../emulators/world/superproject.js'
import {
  accountId,
  bucketName,
  openAccount,
  otherAccountId,
  region,
  useEnvironment,
  type Account
} from '../../trials/account.js'

const user = `arn:aws:iam::${accountId}:user/deployer`
const config = parseConfig(exampleConfig, 'layer-deploy.yml')
const answers = {
  sandboxAccount: accountId,
  productionAccount: otherAccountId,
  regions: [region],
  runtime: 'python3.10',
  action: `org/layer-deploy-action@${'a'.repeat(40)}`
}
const workflow = initFiles(
  {
    layers: [{ path: 'da_flask', kind: 'submodule' }],
    productionBranch: 'main',
    sandboxBranch: 'test',
    runtime: null,
    sshSubmodules: []
  },
  answers
)[1]!.text
const safe: BucketSettings = { versioned: true }

let account: Account
let world: Superproject
let directory: string
beforeAll(async () => {
  account = await openAccount()
  world = await makeSuperproject({
    files: { '.github/workflows/layers.yml': workflow, '.github/workflows/other.yml': 'on: push\n' }
  })
  directory = await world.cloneForRun({ branch: 'test' })
})
afterAll(async () => {
  await world.close()
  expect(account.emulator.defects).toEqual([])
  await account.close()
})
beforeEach(() => {
  account.emulator.iam.attach(user, null)
  bucket({ ownerAccountId: accountId, region, settings: safe })
})

function bucket(change: { ownerAccountId: string; region: string; settings: BucketSettings }): void {
  account.emulator.world.addBucket({ name: bucketName, ...change })
}

function portsOf(change: Partial<DoctorPorts> = {}): DoctorPorts {
  const process = processRunner()
  const options = {
    environment: globalThis.process.env,
    signal: new AbortController().signal,
    homeRegion: region,
    accountId,
    profile: null
  }
  return {
    git: createGit({ process, directory, scratchDirectory: world.directory }),
    files: workingFiles(directory),
    isShallow: () => isShallowClone(process, directory),
    github: {
      listStatuses: () => Promise.resolve([]),
      deployments: async function* () {},
      branchProtected: () => Promise.resolve(true),
      environmentProtection: () => Promise.resolve({ rules: ['required_reviewers'], limitsBranches: true })
    },
    account: () => ({ aws: createAws(options), inspection: createAccountInspection(options), now: Date.now(), region }),
    ...change
  }
}
const look = (environment: string | null = 'sandbox', change: Partial<DoctorPorts> = {}, from: Config = config) =>
  doctor(portsOf(change), () => Promise.resolve(from), environment)
const notOk = (findings: readonly Finding[]) => findings.filter(({ level }) => level !== 'ok').map(findingLine)

describe('doctor', () => {
  it('finds nothing to mend where all is right, and changes nothing', async () => {
    account.emulator.resetCalls()
    const findings = await look()
    expect(notOk(findings)).toEqual([])
    expect(findings.map(({ check }) => check)).toEqual([
      ...['configuration', 'checkout', 'layer da_flask', 'layer da_framework', 'credentials', 'account', 'region'],
      ...['access keys of deployer', `bucket ${bucketName}`, `versioning of bucket ${bucketName}`],
      ...[`public access of bucket ${bucketName}`, `encryption of bucket ${bucketName}`, 'permissions in sandbox'],
      ...['token: commit statuses', 'token: deployments', 'branch test', 'GitHub environment sandbox'],
      '.github/workflows/layers.yml'
    ])
    expect(account.emulator.writes()).toEqual([])
  })

  it('with the generated policy: what may not be asked is skipped, what a deploy needs is there', async () => {
    const [access] = iamPolicy(config, { for: 'user', environments: ['sandbox'], repository: null, repositoryId: null })
    account.emulator.iam.attach(user, [access!.deploy])
    expect(notOk(await look()).map(line => line.split(': ').slice(0, 2).join(': '))).toEqual([
      'skipped access keys of deployer: not known',
      `skipped versioning of bucket ${bucketName}: not known`,
      `skipped public access of bucket ${bucketName}: not known`,
      `skipped encryption of bucket ${bucketName}: not known`,
      'skipped permissions in sandbox: not known',
      'skipped trust of role layer-deploy-sandbox-deploy: not known'
    ])
    const asking = { Sid: 'Ask', Effect: 'Allow', Action: 'iam:SimulatePrincipalPolicy', Resource: '*' }
    const lacking = access!.deploy.Statement.filter(({ Sid }) => Sid !== 'TagStacks')
    account.emulator.iam.attach(user, [{ ...access!.deploy, Statement: [...access!.deploy.Statement, asking] }])
    expect((await look()).find(({ check }) => check === 'permissions in sandbox')).toMatchObject({ level: 'ok' })
    account.emulator.iam.attach(user, [{ ...access!.deploy, Statement: [...lacking, asking] }])
    const problems = (await look()).filter(({ level }) => level === 'problem').map(findingLine)
    expect(problems).toHaveLength(2)
    expect(problems[0]).toMatch(
      /no permission for cloudformation:TagResource on arn:aws:cloudformation:.*; allow it in the policy of/
    )
  })

  const other = { ownerAccountId: accountId, region, settings: safe }
  it.each([
    [
      'missing',
      () => account.emulator.world.buckets.delete(bucketName),
      /^problem .*does not exist; make it in account 111122223333/
    ],
    [
      'of another account',
      () => bucket({ ...other, ownerAccountId: otherAccountId }),
      /^problem .*is not of account 111122223333/
    ],
    [
      'in another region',
      () => bucket({ ...other, region: 'eu-west-1' }),
      /^problem .*lies in .*, not in us-east-2; use a bucket/
    ],
    ['not versioned', () => bucket({ ...other, settings: {} }), /^warning versioning .*off/],
    [
      'open',
      () => bucket({ ...other, settings: { ...safe, publicAccessBlocked: false } }),
      /^problem public access .*not blocked/
    ],
    ['not encrypted', () => bucket({ ...other, settings: { ...safe, encryption: null } }), /^warning encryption .*none/]
  ])('a bucket that is %s', async (_name, spoil, line) => {
    spoil()
    expect(notOk(await look())).toEqual([expect.stringMatching(line)])
  })

  it('an account that no environment names, a region, an environment of another account', async () => {
    const lines = notOk(await look('production'))
    expect(lines[0]).toMatch(
      /^problem account: 111122223333, which no environment names; use credentials of 444455556666 \(production\)/
    )
    expect(lines).toContainEqual(expect.stringMatching(/^skipped environment production/))
    const account = () => ({ ...portsOf().account(config), region: 'eu-west-1' })
    expect(notOk(await look('sandbox', { account }))).toEqual([
      expect.stringMatching(/^warning region: eu-west-1.*us-east-2/)
    ])
  })

  it('no credentials, and ones that ended: the rest is still looked at', async () => {
    const restore = useEnvironment({ AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined })
    const without = await look()
    restore()
    expect(notOk(without)).toEqual([expect.stringMatching(/^warning credentials: none.*--profile/)])
    account.emulator.iam.expire('AKIASANDBOXEXAMPLE')
    const ended = await look()
    account.emulator.iam.expire('AKIASANDBOXEXAMPLE', false)
    expect(notOk(ended)).toEqual([
      expect.stringMatching(/^problem credentials: NO_CREDENTIALS: credentials that expired/)
    ])
  })

  it('a configuration that cannot be read, an environment that it does not name', async () => {
    const finding = { expected: 'a', found: 'no such file', mend: 'run layer-deploy init' }
    const missing = await doctor(portsOf(), () => Promise.reject(new CodedError('CONFIG_NOT_FOUND', finding)), null)
    expect(notOk(missing)).toEqual([
      'problem configuration: CONFIG_NOT_FOUND: Expected a, found no such file; run layer-deploy init'
    ])
    expect(missing.map(({ check }) => check)).toContain('checkout')
    expect(notOk(await look('staging'))).toEqual([expect.stringMatching(/"staging"; name one of sandbox, production/)])
  })

  it('the checkout: depth, a path that is not there, a submodule at another commit, one with changes', async () => {
    const shallow = await world.cloneForRun({ branch: 'test', submodules: true, depth: 1 })
    const git = (...args: string[]) => execFileSync('git', args, { cwd: join(shallow, 'da_flask'), stdio: 'pipe' })
    const ports = {
      git: createGit({ process: processRunner(), directory: shallow, scratchDirectory: world.directory }),
      isShallow: () => isShallowClone(processRunner(), shallow)
    }
    execFileSync('git', ['-c', 'protocol.file.allow=always', 'submodule', 'update', '--init'], {
      cwd: shallow,
      stdio: 'pipe'
    })
    await writeFile(join(shallow, 'da_flask', 'new.txt'), 'x')
    expect(notOk(await look('sandbox', ports))).toEqual([expect.stringMatching(/^warning layer da_flask: .*new.txt/)])
    git('add', '.')
    git('-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '-qm', 'x')
    expect(notOk(await look('sandbox', ports))).toEqual([
      expect.stringMatching(/another commit than the superproject names/)
    ])
    const moved = { ...config, layers: config.layers.map(layer => ({ ...layer, path: `${layer.path}_gone` })) }
    expect(notOk(await look('sandbox', {}, moved))).toEqual([
      expect.stringMatching(/^problem layer da_flask: the commit holds nothing at da_flask_gone/),
      expect.stringMatching(/^problem layer da_framework/)
    ])
    const watching = {
      ...config,
      layers: config.layers.map(layer => ({ ...layer, alsoWatch: ['constraints.txt', 'constrains.txt'] }))
    }
    expect(notOk(await look('sandbox', {}, watching))[0]).toMatch(
      /^problem layer da_flask: the commit holds nothing at constrains.txt \(also-watch\)/
    )
  })

  it('the role that deploys: other branches that its trust lets in', async () => {
    const [access] = iamPolicy(config, {
      ...{ for: 'role', environments: ['sandbox'], repository: 'org/superproject', repositoryId: '1234' }
    })
    const role = { accountId, name: 'layer-deploy-sandbox-deploy', policies: {} }
    const roles = account.emulator.world.roles
    const trust = access!.deployTrust
    roles.push({ ...role, trust })
    expect((await look()).find(({ check }) => check.startsWith('trust'))).toMatchObject({ level: 'ok' })
    const text = JSON.stringify(trust)
    roles.splice(0, 1, { ...role, trust: JSON.parse(text.replace('refs/heads/test', 'refs/heads/*')) as unknown })
    expect(notOk(await look())).toEqual([expect.stringMatching(/^problem trust .* lets in refs\/heads\/\*/)])
    roles.length = 0
  })
})

describe('checkAccessKey', () => {
  const day = 24 * 60 * 60 * 1000
  const keys = (days: number, active = true) => ({
    inspection: {
      accessKeys: () => Promise.resolve([{ id: 'AKIAEXAMPLEOLD1', active, createdAt: 1000 * day - days * day }])
    },
    now: 1000 * day
  })
  const caller = { accountId, arn: user }
  it.each([
    [90, true, 'ok'],
    [91, true, 'warning'],
    [400, false, 'ok']
  ])('%i days, active %s: %s', async (days, active, level) => {
    const finding = await checkAccessKey(keys(days, active), caller)
    expect(finding.level).toBe(level)
    expect(findingLine(finding)).not.toContain('AKIAEXAMPLE')
  })
  it('a role has none', async () => {
    const arn = `arn:aws:sts::${accountId}:assumed-role/layer-deploy-sandbox-deploy/run`
    expect(await checkAccessKey(keys(400), { accountId, arn })).toMatchObject({ level: 'ok' })
  })
})

describe('checkToken', () => {
  const failing = (kind: 'permission' | 'unavailable' | 'validation') => ({
    listStatuses: () =>
      Promise.reject(new GitHubError(kind, 'GET /statuses', 'statuses: read', 403, 'Resource not accessible')),
    deployments: async function* () {}
  })
  it.each([
    ['permission', /^problem .*give the token the permission statuses: read/],
    ['unavailable', /^warning .*run doctor again/],
    ['validation', /^skipped /]
  ] as const)('%s', async (kind, line) => {
    expect(notOk(await checkToken(failing(kind), 'a'.repeat(40)))).toEqual([expect.stringMatching(line)])
  })
  it('no token', async () => {
    expect(notOk(await checkToken(null, null))).toEqual([expect.stringMatching(/^warning token: none.*GITHUB_TOKEN/)])
  })
})

describe('checkWorkflows', () => {
  const check = (text: string) => notOk(checkWorkflows([{ path: 'w.yml', text }]))
  const change = (from: RegExp | string, to: string): string => {
    const text = workflow.replace(from, to)
    expect(text).not.toBe(workflow)
    return text
  }
  it('what init writes is right', () => {
    expect(check(workflow)).toEqual([])
  })
  it.each([
    [() => change(/^concurrency:\n(?: .*\n)+/m, ''), /no concurrency/],
    [() => change('cancel-in-progress: false', 'cancel-in-progress: true'), /half-way/],
    [() => change(/ {6}deployments: write.*\n/, ''), /no permission deployments: write/],
    [() => change(/ {6}id-token: write.*\n/, ''), /no permission id-token: write/],
    [() => change(/@[0-9a-f]{40} # v4.2.2/, '@v4'), /actions\/checkout@v4 is not pinned/],
    [() => change('  push:', '  pull_request_target:'), /secrets on the code of strangers/],
    [() => change('role-to-assume: ${{ vars', 'aws-access-key-id: ${{ vars'), /does not end by itself/],
    [() => change(/ {4}permissions:\n(?: {6}.*\n)+/, '    permissions: write-all\n'), /write-all/],
    [() => workflow.replace(/ {4}permissions:\n(?: {6}.*\n)+/g, '').replace('permissions: {}\n', ''), /no permissions/],
    [() => `${workflow}  : : [`, /no YAML/]
  ])('finding %#', (text, line) => {
    expect(check(text())).toContainEqual(expect.stringMatching(line))
  })
  it("a job that calls one of our workflows is looked at, too; its permissions are GitHub's to compare", () => {
    const caller = (more: string) => `on: push
jobs:
  deploy:
    uses: org/layer-deploy-action/.github/workflows/deploy-layers.yml@${'a'.repeat(40)}
    permissions: { contents: read }
${more}`
    expect(check(caller('    concurrency: layers\n'))).toEqual([])
    expect(check(caller(''))).toEqual([expect.stringMatching(/no concurrency/)])
    expect(check(caller('    concurrency: layers\n').replace('a'.repeat(40), 'v1'))).toEqual([
      expect.stringMatching(/deploy-layers.yml@v1 is not pinned/)
    ])
  })

  it('a repository without a workflow of ours', () => {
    expect(check('on: push\njobs: {}\n')).toEqual([
      expect.stringMatching(/no file of .github\/workflows uses this action/)
    ])
  })
})
