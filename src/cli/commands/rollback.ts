import type { Command } from 'commander'
import type { CommandLine } from '../command-line.js'
import { accountOptions, dryRunOption, givenInputs, layersArgument, type RunOptions } from '../options.js'
import { runCommand } from '../session/run-command.js'

export function addRollback(program: Command, line: CommandLine): void {
  accountOptions(program.command('rollback'))
    .summary('return to an earlier version')
    .description(
      'Publishes the content of an earlier layer version again, as the newest one. Stack, tags and state follow.'
    )
    .argument(...layersArgument)
    .requiredOption('--to <version>', 'a version number, or previous: the content that ran before')
    .option('--unrecorded', 'also to a version that no record of this repository names')
    .addOption(dryRunOption())
    .action(
      line.action((layers: string[], options: RunOptions & { readonly to: string; readonly unrecorded?: boolean }) =>
        runCommand('rollback', givenInputs(layers, { ...options, version: options.to }), options, line)
      )
    )
}
