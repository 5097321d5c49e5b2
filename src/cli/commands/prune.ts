import type { Command } from 'commander'
import type { CommandLine } from '../command-line.js'
import { accountOptions, givenInputs, layersArgument, type RunOptions } from '../options.js'
import { runCommand } from '../session/run-command.js'

export function addPrune(program: Command, line: CommandLine): void {
  accountOptions(program.command('prune'))
    .summary('delete layer versions that nobody uses')
    .description(
      'Shows old layer versions that nobody uses: no function, alias or stack output of the same account and region. Deletes them only with --yes.'
    )
    .argument(...layersArgument)
    .option('--keep <number>', 'versions to keep of each layer, the newest (default 10)')
    .option('-y, --yes', 'delete what is shown')
    .action(
      line.action(async (layers: string[], options: RunOptions & { readonly yes?: true }) => {
        const given = givenInputs(layers, options)
        const exitCode = await runCommand(
          'prune',
          options.yes === true ? given : { ...given, 'dry-run': 'true' },
          options,
          line
        )
        if (options.yes !== true && exitCode === 0) line.terminal.stderr('To delete them, run again with --yes.\n')
        return exitCode
      })
    )
}
