import type { Command } from 'commander'
import type { CommandLine } from '../command-line.js'
import { accountOptions, baseOption, dryRunOption, givenInputs, layersArgument, type RunOptions } from '../options.js'
import { runCommand } from '../session/run-command.js'

export function addDeploy(program: Command, line: CommandLine): void {
  accountOptions(program.command('deploy'))
    .summary('publish the layers that changed')
    .description(
      'Publishes the layers that changed, from the commit that is checked out. Everything that the action checks is checked first. What a layer is built from must be committed.'
    )
    .argument(...layersArgument)
    .addOption(dryRunOption())
    .option('--force', 'publish every layer named, changed or not')
    .addOption(baseOption())
    .option('--submodules <mode>', 'auto fetches the submodules that are built, none fetches nothing (default auto)')
    .action(
      line.action((layers: string[], options: RunOptions) =>
        runCommand('deploy', givenInputs(layers, options), options, line)
      )
    )
}
