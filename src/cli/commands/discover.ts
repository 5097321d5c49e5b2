import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { CommandLine } from '../command-line.js'
import { givenInputs, layersArgument, readingOptions, type RunOptions } from '../options.js'
import { runCommand } from '../session/run-command.js'

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
