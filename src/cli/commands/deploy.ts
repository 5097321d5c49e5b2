import type { Command } from 'commander'
import type { CommandLine } from '../command-line.js'
import { accountOptions, baseOption, dryRunOption, givenInputs, layersArgument, type RunOptions } from '../options.js'
import { runCommand } from '../session/run-command.js'

export function addDeploy(program: Command, line: CommandLine): void {
  accountOptions(program.command('deploy'))
    .summary('publish the layers that changed')
    .description(
      'Publishes the layers that changed, from the commit that is checked out, with the guards of the action. The working tree must be clean.'
    )
    .argument(...layersArgument)
    .addOption(dryRunOption())
    .option('--force', 'publish every layer named, changed or not')
    .addOption(baseOption())
    .option('--submodules <mode>', 'auto: check out the submodules that are built; none (default auto)')
    .action(
      line.action((layers: string[], options: RunOptions) =>
        runCommand('deploy', givenInputs(layers, options), options, line)
      )
    )
}
