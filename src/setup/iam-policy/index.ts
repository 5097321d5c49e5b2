/** The least that a plan and a deploy may do, for each environment of a configuration: policies, trust, template, reasons. */
import { stringify } from 'yaml'
import { unknownEnvironment } from '../../model/naming/nearest.js'
import { CodedError } from '../../model/errors.js'
import type { Config, Environment } from '../../model/index.js'
import type { Purpose } from './permissions.js'
import { policyFor, type Policy, type PolicyDocument } from './policy.js'
import { accessTemplate } from './template.js'
import { knownRepository, trustPolicy } from './trust.js'
import type { ConditionBlock, Permission } from './permission.js'

export interface IamPolicyOptions {
  /** `role`: assumed through GitHub's OIDC. `user`: for a team that still deploys with an access key. */
  readonly for: 'role' | 'user'
  /** Default: `plan` and `deploy`. */
  readonly purposes?: readonly Purpose[]
  /** Names; `null`: all. */
  readonly environments: readonly string[] | null
  /** `owner/name` on GitHub; `null` where it is not known. */
  readonly repository: string | null
  /** GitHub's number of the repository; `null` where it is not known: the template asks for it. */
  readonly repositoryId: string | null
}

export interface EnvironmentAccess {
  readonly environment: string
  readonly accountId: string
  readonly plan: PolicyDocument
  readonly deploy: PolicyDocument
  /** `null` for a user, and where the repository or its number is not known. */
  readonly planTrust: object | null
  readonly deployTrust: object | null
  /** One for each purpose that was asked for, in order. */
  readonly access: readonly PurposeAccess[]
  /** CloudFormation, YAML. */
  readonly template: string
  /** Markdown: what each action is for. */
  readonly comment: string
}

interface PurposeAccess {
  readonly purpose: Purpose
  readonly policy: PolicyDocument
  /** `null` as `deployTrust`. */
  readonly trust: object | null
}

/** A file to write, its path relative to a folder of the caller's choice. */
export interface GeneratedFile {
  readonly path: string
  readonly text: string
}

/** @throws CodedError CONFIG_INVALID for an environment that the configuration does not name, or what is no repository */
export function iamPolicy(config: Config, options: IamPolicyOptions): readonly EnvironmentAccess[] {
  checkRepository(options)
  return selected(config, options).map(environment => accessOf(config, environment, options))
}

/** The same as files: for each purpose `<environment>/<purpose>-policy.json` and `…-trust.json`; `access.template.yml`, `permissions.md`. */
export function iamPolicyFiles(config: Config, options: IamPolicyOptions): readonly GeneratedFile[] {
  return iamPolicy(config, options).flatMap(access => {
    const documents = [
      ...access.access.map(({ purpose, policy }) => [`${purpose}-policy.json`, policy] as const),
      ...access.access.map(({ purpose, trust }) => [`${purpose}-trust.json`, trust] as const)
    ]
    const files = documents.flatMap(([name, document]) =>
      document === null
        ? []
        : [{ path: `${access.environment}/${name}`, text: `${JSON.stringify(document, null, 2)}\n` }]
    )
    return [
      ...files,
      { path: `${access.environment}/access.template.yml`, text: access.template },
      { path: `${access.environment}/permissions.md`, text: access.comment }
    ]
  })
}

function accessOf(config: Config, environment: Environment, options: IamPolicyOptions): EnvironmentAccess {
  const plan = policyFor(config, environment, 'plan')
  const deploy = policyFor(config, environment, 'deploy')
  const { repository, repositoryId } = options
  const trust = (purpose: Purpose): object | null =>
    options.for === 'user' || repository === null || repositoryId === null
      ? null
      : trustPolicy(environment, purpose, knownRepository(environment, repository, repositoryId))
  const asked = options.purposes ?? defaultPurposes
  const policies = asked.map(purpose => ({ purpose, ...policyFor(config, environment, purpose) }))
  const template = accessTemplate({
    environment,
    policies,
    for: options.for,
    repository,
    repositoryId
  })
  return {
    environment: environment.name,
    accountId: environment.accountId,
    plan: plan.document,
    deploy: deploy.document,
    planTrust: trust('plan'),
    deployTrust: trust('deploy'),
    access: policies.map(({ purpose, document }) => ({ purpose, policy: document, trust: trust(purpose) })),
    template: stringify(template, { lineWidth: 120, aliasDuplicateObjects: false }),
    comment: commentOf(environment, options, policies)
  }
}

function commentOf(
  environment: Environment,
  options: IamPolicyOptions,
  policies: readonly (Policy & { readonly purpose: Purpose })[]
): string {
  const { name, accountId, regions, engine } = environment
  const notes = [
    ...(policies.some(({ scope }) => scope === 'pattern')
      ? ['The configuration names more layers than a policy can hold: `*` stands in place of the layer id.']
      : []),
    ...(options.for === 'user'
      ? [
          "An access key does not end by itself: renew it at least every 90 days, or change to a role with GitHub's OIDC."
        ]
      : [])
  ]
  return [
    `# Permissions of environment ${name}`,
    `Account ${accountId}, ${regions.join(', ')}, engine \`${engine}\`. \`sts:GetCallerIdentity\` needs no permission.`,
    ...notes,
    ...[...policies].sort(deployFirst).flatMap(({ purpose, permissions }) => {
      return [`## ${titleOf(purpose)}`, permissionTable(permissions).trimEnd()]
    })
  ]
    .join('\n\n')
    .concat('\n')
}

const defaultPurposes: readonly Purpose[] = ['plan', 'deploy']

function deployFirst(a: { readonly purpose: Purpose }, b: { readonly purpose: Purpose }): number {
  return Number(b.purpose === 'deploy') - Number(a.purpose === 'deploy')
}

function titleOf(purpose: Purpose): string {
  return `${purpose.slice(0, 1).toUpperCase()}${purpose.slice(1)}`
}

function selected(config: Config, { environments }: IamPolicyOptions): readonly Environment[] {
  if (environments === null) return config.environments
  return environments.map(name => {
    const found = config.environments.find(environment => environment.name === name)
    if (found !== undefined) return found
    throw new CodedError('CONFIG_INVALID', unknownEnvironment(name, config.environments))
  })
}

/** GitHub's own rules for names; anything else would change the meaning of a trust policy (`*`, `:`). */
function checkRepository({ repository, repositoryId }: IamPolicyOptions): void {
  if (repository !== null && !/^[A-Za-z0-9-]+\/[A-Za-z0-9._-]+$/.test(repository)) {
    throw new CodedError('CONFIG_INVALID', {
      expected: 'a repository as owner/name',
      found: JSON.stringify(repository),
      mend: 'give the owner and the name of the superproject on GitHub'
    })
  }
  if (repositoryId !== null && !/^[1-9][0-9]*$/.test(repositoryId)) {
    throw new CodedError('CONFIG_INVALID', {
      expected: "GitHub's number of the repository",
      found: JSON.stringify(repositoryId),
      mend: 'take it from: gh api repos/OWNER/NAME --jq .id'
    })
  }
}

/** The comment table: every action with its resources, its conditions and its reason. */
function permissionTable(permissions: readonly Permission[]): string {
  const rows = permissions.flatMap(permission =>
    permission.actions.map((action, index) => [
      `${permission.effect === 'Deny' ? 'deny ' : ''}\`${action}\``,
      resourceText(permission.resources),
      conditionText(permission.condition),
      permission.why[index] ?? ''
    ])
  )
  const lines = [['action', 'on', 'only where', 'why'], ['---', '---', '---', '---'], ...rows]
  return `${lines.map(cells => `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`).join('\n')}\n`
}

/** The policy beside the table has them all. */
function resourceText(resources: readonly string[]): string {
  const [shown, rest] = resources.length <= 4 ? [resources, 0] : [resources.slice(0, 2), resources.length - 2]
  return [...shown.map(quoted), ...(rest > 0 ? [`and ${rest} more`] : [])].join('<br>')
}

function conditionText(condition: ConditionBlock): string {
  return Object.entries(condition)
    .flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, values]) => `\`${key}\` ${operator} ${[values].flat().map(quoted).join(', ')}`)
    )
    .join('<br>')
}

function quoted(value: string): string {
  return `\`${value}\``
}
