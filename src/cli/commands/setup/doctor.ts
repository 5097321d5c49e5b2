import type { Command } from 'commander'
import { createAccountInspection } from '../../../adapters/aws/account-inspection.js'
import { createAws } from '../../../adapters/aws/index.js'
import { assertProfile } from '../../../adapters/aws/credentials.js'
import { isShallowClone } from '../../../adapters/git/history.js'
import { CodedError } from '../../../model/errors.js'
import type { Config } from '../../../model/index.js'
import { type CommandLine, exitCodes } from '../../command-line.js'
import { openCheckout, printingErrors } from '../../session/open-checkout.js'
import { scopeOptions, type ScopeOptions } from '../../options.js'
import { spokenError } from '../../output/spoken.js'
import { showFindings } from './findings.js'
import { openScreen } from '../../output/screen.js'

interface Options extends ScopeOptions {
  readonly environment?: string
  readonly profile?: string
}

export function addDoctor(program: Command, line: CommandLine): void {
  scopeOptions(program.command('doctor'))
    .summary('check everything that a deploy relies on')
    .description(
      'Looks at configuration, checkout, credentials, account, bucket, permissions, token and workflow. Changes nothing.'
    )
    .option('-e, --environment <name>', 'only this environment of the configuration')
    .option('-p, --profile <name>', 'profile of ~/.aws/config or ~/.aws/credentials')
    .action(line.action((options: Options) => printingErrors(line, () => run(options, line), options)))
}

async function run(options: Options, line: CommandLine): Promise<number> {
  const { doctor } = await import('../../../setup/doctor/index.js')
  const { profile = null } = options
  if (profile !== null) assertProfile(profile, line.environment)
  const checkout = await openCheckout(options, line)
  const ports = {
    ...checkout,
    isShallow: () => isShallowClone(checkout.process, checkout.root),
    account: (config: Config) => accountPorts(config, options.environment ?? null, profile, line)
  }
  const screen = openScreen(line.terminal)
  screen.waiting('looking at the checkout, the account and GitHub')
  const findings = await doctor(ports, speaking(checkout.config, profile), options.environment ?? null)
  screen.end()
  showFindings(findings, options.json === true, line.terminal)
  return findings.some(({ level }) => level === 'problem') ? exitCodes.failure : exitCodes.success
}

/** Refusals in the words of the command line. */
function speaking<T>(ask: () => Promise<T>, profile: string | null): () => Promise<T> {
  return () =>
    ask().catch((error: unknown) => {
      throw error instanceof CodedError ? spokenError(error, profile) : error
    })
}

function accountPorts(config: Config, name: string | null, profile: string | null, { environment }: CommandLine) {
  const [first] = config.environments.filter(each => name === null || each.name === name)
  const region = environment['AWS_REGION'] ?? environment['AWS_DEFAULT_REGION'] ?? null
  const homeRegion = first?.regions[0] ?? region ?? 'us-east-1'
  const signal = AbortSignal.timeout(5 * 60_000)
  const options = { environment, signal, homeRegion, accountId: first?.accountId ?? '', profile }
  const aws = createAws(options)
  const asked = {
    credentialSources: () => aws.credentialSources(),
    callerIdentity: speaking(() => aws.callerIdentity(), profile)
  }
  return { aws: asked, inspection: createAccountInspection(options), now: Date.now(), region }
}
