import type { Command } from 'commander'
import type { CommandLine } from '../command-line.js'
import { accountOptions, baseOption, givenInputs, layersArgument, type RunOptions } from '../options.js'
import { runCommand } from '../session/run-command.js'

export function addDetect(program: Command, line: CommandLine): void {
  accountOptions(program.command('detect'))
    .summary('which layers changed')
    .description(
      'Says which layers changed since what the account runs. Without credentials it compares with a base revision instead. Reads only.'
    )
    .argument(...layersArgument)
    .addOption(baseOption())
    .action(
      line.action((layers: string[], options: RunOptions) =>
        runCommand('detect', givenInputs(layers, options), options, line)
      )
    )
}
