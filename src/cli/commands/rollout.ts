import type { Command } from 'commander'
import type { CommandLine } from '../command-line.js'
import { accountOptions, dryRunOption, givenInputs, layersArgument, type RunOptions } from '../options.js'
import { runCommand } from '../session/run-command.js'

export function addRollout(program: Command, line: CommandLine): void {
  accountOptions(program.command('rollout'))
    .summary('move functions to the deployed layer version')
    .description(
      'Moves the functions that the configuration names under consumers from an older version of the layer to the deployed one: one after the other, the first failure ends it and that function gets its former layers back.'
    )
    .argument(...layersArgument)
    .addOption(dryRunOption())
    .action(
      line.action((layers: string[], options: RunOptions) =>
        runCommand('rollout', givenInputs(layers, options), options, line)
      )
    )
}
