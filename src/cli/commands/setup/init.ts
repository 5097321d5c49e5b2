import type { Command } from 'commander'
import type { CommandLine } from '../../command-line.js'
import { openCheckout, sayingErrors } from '../../session/open-checkout.js'
import { dryRunOption } from '../../options.js'

interface Options {
  readonly sandboxAccount?: string
  readonly productionAccount?: string
  readonly region?: string
  readonly runtime?: string
  readonly action: string
  readonly dryRun?: true
}

export function addInit(program: Command, line: CommandLine): void {
  program
    .command('init')
    .helpGroup('Commands:')
    .summary('write the configuration and a workflow')
    .description('Reads the repository and writes .github/layer-deploy.yml and a workflow. Writes over nothing.')
    .option('--sandbox-account <id>', '12 digits')
    .option('--production-account <id>', '12 digits')
    .option('--region <names>', 'comma-separated (default: AWS_REGION)')
    .option('--runtime <name>', 'for example python3.12 (default: what .python-version or requires-python says)')
    .option('--action <reference>', 'this action as the workflow names it', 'org/layer-deploy-action@v1')
    .addOption(dryRunOption())
    .action(line.action((options: Options) => sayingErrors(line, () => run(options, line))))
}

async function run(options: Options, line: CommandLine): Promise<number> {
  const { init } = await import('../../../setup/init/index.js')
  const checkout = await openCheckout({}, line)
  const region = options.region ?? line.environment['AWS_REGION'] ?? ''
  const answers = {
    sandboxAccount: options.sandboxAccount ?? null,
    productionAccount: options.productionAccount ?? null,
    regions: region
      .split(',')
      .map(each => each.trim())
      .filter(each => each !== ''),
    runtime: options.runtime ?? null,
    action: options.action
  }
  const { files, next } = await init(checkout, answers, options.dryRun === true)
  const { stdout } = line.terminal
  for (const { path, text } of files) stdout(options.dryRun === true ? `# ${path}\n${text}\n` : `wrote ${path}\n`)
  stdout(`\nNext:\n${next.map((step, index) => `${index + 1}. ${step}\n`).join('')}`)
  return 0
}
