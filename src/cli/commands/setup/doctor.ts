import type { Command } from 'commander'
import { createAccountInspection } from '../../../adapters/aws/account-inspection.js'
import { createAws } from '../../../adapters/aws/index.js'
import { assertProfile } from '../../../adapters/aws/credentials/profiles.js'
import { isShallow } from '../../../adapters/git/shallow.js'
import type { Config } from '../../../model/index.js'
import type { Level } from '../../../setup/doctor/finding.js'
import type { CommandLine } from '../../command-line.js'
import { exitCodes } from '../../exit-codes.js'
import { openCheckout, sayingErrors } from '../../session/open-checkout.js'
import { scopeOptions, type ScopeOptions } from '../../options.js'
import { paint, printable } from '../../output/terminal.js'

interface Options extends ScopeOptions {
  readonly environment?: string
  readonly profile?: string
}

const styles = { ok: 'green', warning: 'yellow', problem: 'red', skipped: 'dim' } as const satisfies Record<
  Level,
  string
>

export function addDoctor(program: Command, line: CommandLine): void {
  scopeOptions(program.command('doctor'))
    .summary('check everything that a deploy relies on')
    .description(
      'Looks at configuration, checkout, credentials, account, bucket, permissions, token and workflow. Changes nothing.'
    )
    .option('-e, --environment <name>', 'only this environment of the configuration')
    .option('-p, --profile <name>', 'profile of ~/.aws/config or ~/.aws/credentials')
    .action(line.action((options: Options) => sayingErrors(line, () => run(options, line))))
}

async function run(options: Options, line: CommandLine): Promise<number> {
  const { doctor, findingLine } = await import('../../../setup/doctor/index.js')
  const { profile = null } = options
  if (profile !== null) assertProfile(profile, line.environment)
  const checkout = await openCheckout(options, line)
  const ports = {
    ...checkout,
    isShallow: () => isShallow(checkout.process, checkout.root),
    account: (config: Config) => accountPorts(config, options.environment ?? null, profile, line)
  }
  const findings = await doctor(ports, checkout.config, options.environment ?? null)
  const { stdout, colour } = line.terminal
  const style = paint(colour.stdout)
  if (options.json === true) stdout(`${JSON.stringify(findings, null, 2)}\n`)
  else
    for (const finding of findings)
      stdout(`${style(styles[finding.level], aligned(printable(findingLine(finding))))}\n`)
  return findings.some(({ level }) => level === 'problem') ? exitCodes.failure : exitCodes.success
}

function accountPorts(config: Config, name: string | null, profile: string | null, { environment }: CommandLine) {
  const [first] = config.environments.filter(each => name === null || each.name === name)
  const region = environment['AWS_REGION'] ?? environment['AWS_DEFAULT_REGION'] ?? null
  const homeRegion = first?.regions[0] ?? region ?? 'us-east-1'
  const signal = AbortSignal.timeout(5 * 60_000)
  const options = { environment, signal, homeRegion, accountId: first?.accountId ?? '', profile }
  return { aws: createAws(options), inspection: createAccountInspection(options), now: Date.now(), region }
}

/** `printable` leaves one space after the level. */
function aligned(line: string): string {
  return line.replace(/^\S+ /, level => level.padEnd(8))
}
