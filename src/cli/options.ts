/** Options that several commands have. Their values become the action's inputs, under the same names. */
import { Option, type Command } from 'commander'
import { CodedError } from '../model/errors.js'
import type { InputName } from '../action/inputs.js'
import { assertProfile, profileNames } from '../adapters/aws/credentials.js'
import type { CommandLine } from './command-line.js'

export interface ScopeOptions {
  readonly config?: string
  readonly repository?: string
  readonly json?: true
}

export interface AccountOptions extends ScopeOptions {
  readonly environment?: string
  /** Several where a command reads several environments: `sandbox=<name>`. */
  readonly profile?: string | readonly string[]
  readonly regions?: string
  readonly timeoutMinutes?: string
}

export interface RunOptions extends AccountOptions {
  readonly base?: string
  readonly force?: true
  readonly dryRun?: true
  readonly preview?: true
  readonly submodules?: string
  readonly version?: string
  readonly keep?: string
}

export function scopeOptions(command: Command): Command {
  return command
    .option('--config <path>', 'configuration, relative to the current folder (default .github/layer-deploy.yml)')
    .option('--repository <owner/name>', 'the repository on GitHub (default: from the remote origin)')
    .option('--json', 'the answer as JSON on standard output')
    .helpGroup('Commands:')
}

export function accountOptions(command: Command): Command {
  return scopeOptions(command)
    .option(
      '-e, --environment <name>',
      'environment of the configuration; must agree with the branch that is checked out'
    )
    .option('-p, --profile <name>', 'profile of ~/.aws/config or ~/.aws/credentials')
    .option('--regions <names>', "comma-separated, a subset of the environment's regions")
    .option('--timeout-minutes <number>', 'give up after so many minutes (default 20)')
}

/** For commands that read whatever environments the credentials reach. */
export function readingOptions(command: Command): Command {
  return scopeOptions(command)
    .option('-e, --environment <name>', 'only this environment of the configuration (default: all)')
    .option(
      '-p, --profile <name>',
      'profile of ~/.aws/config or ~/.aws/credentials; for several accounts <environment>=<name>, once for each',
      (value: string, before?: readonly string[]) => [...(before ?? []), value]
    )
    .option('--regions <names>', "comma-separated, a subset of the environments' regions")
    .option('--timeout-minutes <number>', 'give up after so many minutes (default 20)')
}

export const layersArgument = ['[layers...]', 'layer ids (default: all of the configuration)'] as const

export function baseOption(): Option {
  return new Option('--base <revision>', 'what to compare with where no deployed state can be read')
}

export function dryRunOption(): Option {
  return new Option('-n, --dry-run', 'show what would happen, write nothing')
}

/** What a command says of itself as inputs; options that it has not, and layers that it was not given, are left out. */
export function givenInputs(
  layers: readonly string[],
  options: RunOptions
): Readonly<Partial<Record<InputName, string>>> {
  const { environment, regions, base, submodules, version, keep, timeoutMinutes, force, dryRun, preview } = options
  const given: Partial<Record<InputName, string | undefined>> = {
    ...{ environment, regions, base, submodules, version, keep },
    'timeout-minutes': timeoutMinutes,
    force: force === undefined ? undefined : 'true',
    'dry-run': dryRun === undefined ? undefined : 'true',
    preview: preview === undefined ? undefined : 'true',
    layers: layers.length === 0 ? undefined : layers.join(',')
  }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
}

/** @throws CodedError CONFIG_INVALID */
export function wholeNumber(text: string, option: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text)
  const finding = { expected: `a whole number from 1 on for the option ${option}`, found: JSON.stringify(text) }
  throw new CodedError('CONFIG_INVALID', { ...finding, mend: 'write it in digits' })
}

/**
 * Which profile an environment is read with: `name` for all, or `<environment>=<name>` for one.
 * @returns `null` for an environment that no profile is given for: the SDK's own choice
 * @throws CodedError PROFILE_NOT_FOUND
 */
export function profileChoice(
  given: string | readonly string[] | undefined,
  environment: CommandLine['environment']
): (environment: string) => string | null {
  const names = profileNames(environment)
  const choices = [given ?? []].flat().map(text => {
    const [, of = null, name = text] = names.includes(text) ? [] : (/^([^=]+)=(.+)$/.exec(text) ?? [])
    assertProfile(name, environment)
    return { of, name }
  })
  return wanted => (choices.find(({ of }) => of === wanted) ?? choices.find(({ of }) => of === null))?.name ?? null
}
