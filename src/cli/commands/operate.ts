/** The commands beside the deploy that look at an account or change it: `rollback`, `rollout`, `prune`, `discover`. */
import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { CommandLine } from '../command-line.js'
import {
  accountOptions,
  dryRunOption,
  givenInputs,
  layersArgument,
  readingOptions,
  type RunOptions
} from '../options.js'
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

export function addDiscover(program: Command, line: CommandLine): void {
  readingOptions(program.command('discover'))
    .summary('what runs where, and who uses it')
    .description(
      'Shows each layer with its versions, its stack and the functions that use it, in every account and region of the configuration that the credentials reach. Prints text on a terminal, Markdown into a file or a pipe. Reads only.'
    )
    .argument(...layersArgument)
    .option('--html <file>', 'also write a page')
    .action(
      line.action(async (layers: string[], options: RunOptions & { readonly html?: string }) => {
        const { html } = options
        let page = ''
        const exitCode = await runCommand(
          'discover',
          givenInputs(layers, options),
          options,
          line,
          made => (page = made)
        )
        if (html !== undefined && page !== '') await writeFile(resolve(line.directory, html), page)
        return exitCode
      })
    )
}
