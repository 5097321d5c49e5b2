import type { Command } from 'commander'
import type { CommandLine } from '../command-line.js'
import { accountOptions, dryRunOption, givenInputs, layersArgument, type RunOptions } from '../options.js'
import { runCommand } from '../session/run-command.js'

export function addRollout(program: Command, line: CommandLine): void {
  accountOptions(program.command('rollout'))
    .summary('move functions to the deployed layer version')
    .description(
      'Moves functions from an older version of the layer to the deployed one: those that the configuration names under consumers, one after the other. Where one fails, it gets its former layers back and the rollout ends.'
    )
    .argument(...layersArgument)
    .addOption(dryRunOption())
    .action(
      line.action((layers: string[], options: RunOptions) =>
        runCommand('rollout', givenInputs(layers, options), options, line)
      )
    )
}
