import { resolve } from 'node:path'
import { InvalidArgumentError, Option, type Command } from 'commander'
import { createAccountInspection } from '../../../adapters/aws/account-inspection.js'
import { assertProfile } from '../../../adapters/aws/credentials.js'
import { createAws } from '../../../adapters/aws/index.js'
import { replaceFiles, workingFiles } from '../../../adapters/process/working-files.js'
import type { Config, Environment } from '../../../model/index.js'
import type { EnvironmentAccess, IamPolicyOptions } from '../../../setup/iam-policy/index.js'
import type { Purpose } from '../../../setup/iam-policy/permissions.js'
import { type CommandLine, exitCodes } from '../../command-line.js'
import { showFindings } from './findings.js'
import { openCheckout, printingErrors } from '../../session/open-checkout.js'
import { scopeOptions, type ScopeOptions } from '../../options.js'

interface Options extends ScopeOptions {
  readonly environment?: string
  readonly for: 'role' | 'user'
  readonly purpose?: readonly Purpose[]
  readonly repositoryId?: string
  readonly output?: string
  readonly check?: true
  readonly profile?: string
}

export function addIamPolicy(program: Command, line: CommandLine): void {
  scopeOptions(program.command('iam-policy'))
    .summary('the least permissions that a plan and a deploy need')
    .description('Policies, trust and a CloudFormation template for each environment, with the reason for each action.')
    .option('-e, --environment <name>', 'only this environment of the configuration')
    .addOption(
      new Option('--for <who>', 'a role assumed by OIDC, or an IAM user').choices(['role', 'user']).default('role')
    )
    .option('--purpose <names>', `comma-separated, of ${purposeNames.join(', ')} (default plan,deploy)`, purposesOf)
    .option('--repository-id <number>', "GitHub's number of the repository: gh api repos/OWNER/NAME --jq .id")
    .option(
      '-o, --output <folder>',
      'write files into this folder; what an earlier run wrote there is brought up to date'
    )
    .option('--check', 'compare with the roles that the account of the credentials has; change nothing')
    .option('-p, --profile <name>', 'for --check: profile of ~/.aws/config or ~/.aws/credentials')
    .action(line.action((options: Options) => printingErrors(line, () => run(options, line), options)))
}

async function run(options: Options, line: CommandLine): Promise<number> {
  const { iamPolicy } = await import('../../../setup/iam-policy/index.js')
  const checkout = await openCheckout(options, line)
  const request: IamPolicyOptions = {
    for: options.for,
    ...(options.purpose !== undefined && { purposes: options.purpose }),
    environments: options.environment === undefined ? null : [options.environment],
    repository: checkout.repository,
    repositoryId: options.repositoryId ?? line.environment['GITHUB_REPOSITORY_ID'] ?? null
  }
  const config = await checkout.config()
  if (options.check === true) return check(config, request, options, line)
  const { stdout } = line.terminal
  if (options.output !== undefined) {
    const { mergedFiles } = await import('../../../setup/iam-policy/merge.js')
    const folder = resolve(line.directory, options.output)
    const there = workingFiles(folder)
    const read = (path: string): Promise<string | null> => there.read(path)
    const files = await mergedFiles(config, request, read)
    const before = await Promise.all(files.map(({ path }) => read(path)))
    const changed = files.filter(({ text }, index) => text !== before[index])
    await replaceFiles(folder, changed)
    for (const file of files) stdout(`${changed.includes(file) ? '' : 'unchanged '}${options.output}/${file.path}\n`)
  } else if (options.json === true) stdout(`${JSON.stringify(iamPolicy(config, request), null, 2)}\n`)
  else for (const access of iamPolicy(config, request)) stdout(`${shown(access)}\n`)
  return 0
}

async function check(config: Config, request: IamPolicyOptions, options: Options, line: CommandLine): Promise<number> {
  const { checkAccess } = await import('../../../setup/iam-policy/check-access.js')
  const { environment } = line
  const { profile = null } = options
  if (profile !== null) assertProfile(profile, environment)
  const findings = await checkAccess(config, request, async ({ accountId, regions }: Environment) => {
    const signal = AbortSignal.timeout(5 * 60_000)
    const about = { environment, signal, homeRegion: regions[0] ?? 'us-east-1', accountId, profile }
    return { caller: await createAws(about).callerIdentity(), inspection: createAccountInspection(about) }
  })
  showFindings(findings, options.json === true, line.terminal)
  return findings.some(({ level }) => level === 'problem') ? exitCodes.failure : exitCodes.success
}

function shown(access: EnvironmentAccess): string {
  const documents = access.access.flatMap(({ purpose, policy, trust }) => [
    [`Policy for a ${purpose}`, policy] as const,
    [`Trust of a ${purpose}`, trust] as const
  ])
  const blocks = documents.flatMap(([title, document]) =>
    document === null ? [] : [`## ${title}\n\n\`\`\`json\n${JSON.stringify(document, null, 2)}\n\`\`\`\n`]
  )
  return [access.comment, ...blocks].join('\n')
}

const purposeNames = [
  'plan',
  'deploy',
  'rollback',
  'prune',
  'discover',
  'history',
  'rollout'
] as const satisfies readonly Purpose[]

function purposesOf(text: string): readonly Purpose[] {
  return text.split(',').map(word => {
    const purpose = purposeNames.find(name => name === word.trim())
    if (purpose === undefined) throw new InvalidArgumentError(`There is no ${JSON.stringify(word)}.`)
    return purpose
  })
}
