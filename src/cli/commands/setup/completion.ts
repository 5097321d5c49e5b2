import { Argument, type Command } from 'commander'
import { completionScript, shells, type Shell } from '../../completion/scripts.js'
import { candidates } from '../../completion/candidates.js'
import { knownValues } from '../../completion/known-values.js'
import type { CommandLine } from '../../command-line.js'

/** `completion <shell>` prints a script; that script asks the hidden `complete` what may stand at the cursor. */
export function addCompletion(program: Command, line: CommandLine): void {
  program
    .command('completion')
    .helpGroup('Commands:')
    .summary('a completion script for your shell')
    .description('Prints a completion script, for example: source <(layer-deploy completion bash)')
    .addArgument(new Argument('<shell>', 'bash, zsh or fish').choices(shells))
    .action(
      line.action((shell: Shell) => {
        line.terminal.stdout(completionScript(shell, program.name()))
        return Promise.resolve(0)
      })
    )
  program
    .command('complete', { hidden: true })
    .argument('[words...]')
    .allowUnknownOption()
    .action(
      line.action(async (words: string[]) => {
        const found = candidates(program, words, await knownValues(line))
        line.terminal.stdout(found.map(each => `${each}\n`).join(''))
        return 0
      })
    )
}
