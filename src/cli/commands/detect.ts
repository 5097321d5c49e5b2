import type { Command } from 'commander'
import type { CommandLine } from '../command-line.js'
import { accountOptions, baseOption, givenInputs, layersArgument, type RunOptions } from '../options.js'
import { runCommand } from '../session/run-command.js'

export function addDetect(program: Command, line: CommandLine): void {
  accountOptions(program.command('detect'))
    .summary('which layers changed')
    .description('Which layers changed against what the account runs, or against a base revision without credentials.')
    .argument(...layersArgument)
    .addOption(baseOption())
    .action(
      line.action((layers: string[], options: RunOptions) =>
        runCommand('detect', givenInputs(layers, options), options, line)
      )
    )
}
