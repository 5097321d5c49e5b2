import type { Command } from 'commander'
import type { CommandLine } from '../command-line.js'
import { accountOptions, baseOption, givenInputs, layersArgument, type RunOptions } from '../options.js'
import { runCommand } from '../session/run-command.js'

export function addPlan(program: Command, line: CommandLine): void {
  accountOptions(program.command('plan'))
    .summary('what a deploy would do')
    .description(
      'What a deploy of the commit that is checked out would do. Reads only; builds nothing without --preview.'
    )
    .argument(...layersArgument)
    .addOption(baseOption())
    .option('--preview', 'build what changed and show what would be in it; nothing is written to AWS')
    .action(
      line.action((layers: string[], options: RunOptions) =>
        runCommand('plan', givenInputs(layers, options), options, line)
      )
    )
}
