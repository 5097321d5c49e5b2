import type { Command } from 'commander'
import { actionReference } from '../../session/remote.js'
import type { CommandLine } from '../../command-line.js'
import { openCheckout, printingErrors } from '../../session/open-checkout.js'
import { dryRunOption } from '../../options.js'

interface Options {
  readonly sandboxAccount?: string
  readonly productionAccount?: string
  readonly region?: string
  readonly runtime?: string
  readonly sandboxBranch?: string
  readonly productionBranch?: string
  readonly sandboxStage?: string
  readonly productionStage?: string
  readonly sandboxBucket?: string
  readonly productionBucket?: string
  readonly action?: string
  readonly dryRun?: true
  readonly diff?: true
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
    .option('--sandbox-branch <name>', 'default: test, or another usual one that the remote has')
    .option('--production-branch <name>', 'default: main, or another usual one that the remote has')
    .option('--sandbox-stage <word>', 'the word in AWS names (default: dev)')
    .option('--production-stage <word>', 'the word in AWS names (default: prod)')
    .option('--sandbox-bucket <name>', 'for the archives (default: <account>-code-deployment)')
    .option('--production-bucket <name>', 'for the archives (default: <account>-code-deployment)')
    .option('--action <reference>', 'this action as the workflow names it (default: where this program comes from)')
    .option('--diff', 'compare with what is there, write nothing')
    .addOption(dryRunOption())
    .action(line.action((options: Options) => printingErrors(line, () => run(options, line))))
}

async function run(options: Options, line: CommandLine): Promise<number> {
  const { init } = await import('../../../setup/init/index.js')
  const checkout = await openCheckout({}, line)
  const found = options.action ?? (await actionReference(checkout.process))
  const mode = options.diff === true ? 'compare' : options.dryRun === true ? 'show' : 'write'
  const { files, differences, leftAlone, next } = await init(
    checkout,
    { ...answersOf(options, line), action: found ?? 'OWNER/layer-deploy-action@v1' },
    mode,
    found !== null
  )
  const { stdout } = line.terminal
  if (mode === 'compare') {
    for (const difference of differences) stdout(difference)
    if (differences.every(each => each === '')) stdout('what is there is what init would write\n')
    return 0
  }
  for (const { path, text } of files) stdout(mode === 'show' ? `# ${path}\n${text}\n` : `wrote ${path}\n`)
  for (const path of leftAlone) stdout(`left alone ${path}\n`)
  stdout(`\nNext:\n${next.map((step, index) => `${index + 1}. ${step}\n`).join('')}`)
  return 0
}

function answersOf(options: Options, line: CommandLine) {
  const region = options.region ?? line.environment['AWS_REGION'] ?? ''
  const regions = region.split(',').map(each => each.trim())
  const { sandboxAccount = null, productionAccount = null, runtime = null } = options
  const { sandboxBranch = null, productionBranch = null, sandboxStage = null, productionStage = null } = options
  const { sandboxBucket = null, productionBucket = null } = options
  return {
    ...{ sandboxAccount, productionAccount, runtime, regions: regions.filter(each => each !== '') },
    ...{ sandboxBranch, productionBranch, sandboxStage, productionStage, sandboxBucket, productionBucket }
  }
}
