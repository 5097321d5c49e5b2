/** The way to a deploy, in three commands: `detect` says what changed, `plan` what would be done, `deploy` does it. */
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
