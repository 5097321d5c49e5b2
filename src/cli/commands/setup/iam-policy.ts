import { resolve } from 'node:path'
import { InvalidArgumentError, Option, type Command } from 'commander'
import { workingFiles } from '../../../adapters/process/working-files.js'
import { CodedError } from '../../../model/errors.js'
import type { EnvironmentAccess, IamPolicyOptions } from '../../../setup/iam-policy/index.js'
import type { Purpose } from '../../../setup/iam-policy/permissions.js'
import type { CommandLine } from '../../command-line.js'
import { openCheckout, sayingErrors } from '../../session/open-checkout.js'
import { scopeOptions, type ScopeOptions } from '../../options.js'

interface Options extends ScopeOptions {
  readonly environment?: string
  readonly for: 'role' | 'user'
  readonly purpose?: readonly Purpose[]
  readonly repositoryId?: string
  readonly output?: string
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
    .option('-o, --output <folder>', 'write files into this folder; none is written over')
    .action(line.action((options: Options) => sayingErrors(line, () => run(options, line))))
}

async function run(options: Options, line: CommandLine): Promise<number> {
  const { iamPolicy, iamPolicyFiles } = await import('../../../setup/iam-policy/index.js')
  const checkout = await openCheckout(options, line)
  const request: IamPolicyOptions = {
    for: options.for,
    ...(options.purpose !== undefined && { purposes: options.purpose }),
    environments: options.environment === undefined ? null : [options.environment],
    repository: checkout.repository,
    repositoryId: options.repositoryId ?? line.environment['GITHUB_REPOSITORY_ID'] ?? null
  }
  const config = await checkout.config()
  const { stdout } = line.terminal
  if (options.output !== undefined) {
    const folder = workingFiles(resolve(line.directory, options.output))
    for (const { path, text } of iamPolicyFiles(config, request)) {
      if ((await folder.create(path, text)) === 'exists') throw exists(`${options.output}/${path}`)
      stdout(`${options.output}/${path}\n`)
    }
  } else if (options.json === true) stdout(`${JSON.stringify(iamPolicy(config, request), null, 2)}\n`)
  else for (const access of iamPolicy(config, request)) stdout(`${shown(access)}\n`)
  return 0
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

function exists(path: string): CodedError {
  const finding = {
    expected: `no file at ${path}`,
    found: 'one',
    mend: 'name another folder, or remove the old files first'
  }
  return new CodedError('FILE_EXISTS', finding)
}
