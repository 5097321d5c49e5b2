/** Completion in a shell: the scripts, and what may stand at the cursor: commands, options, and the values that the configuration and ~/.aws know. */
import { type Command, type Option, Argument } from 'commander'
import { profileNames } from '../../../adapters/aws/credentials.js'
import { locateRepository } from '../../../adapters/git/locate.js'
import { processRunner } from '../../../adapters/process/index.js'
import { loadConfig } from '../../../config/read/config-file.js'
import { inputDefaults } from '../../../action/inputs.js'
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

/** By the option's long name without dashes; `layers`: for arguments of that name, or `layer`. */
type KnownValues = Readonly<Partial<Record<'environment' | 'profile' | 'regions' | 'layers', readonly string[]>>>

/** @param words behind the program's name; the last one is being typed, maybe empty */
function candidates(program: Command, words: readonly string[], known: KnownValues): readonly string[] {
  const typed = words.at(-1) ?? ''
  const before = words.slice(0, -1)
  const command = program.commands.find(each => before.includes(each.name()))
  if (command === undefined) {
    const names = program.createHelp().visibleCommands(program)
    return matching(
      names.map(each => each.name()),
      typed
    )
  }
  const option = command.options.find(({ short, long }) => [short, long].includes(before.at(-1)))
  if (option !== undefined && takesValue(option)) return matching(valuesOf(option, known), typed)
  if (typed.startsWith('-')) return matching([...command.options.flatMap(longName), '--help'], typed)
  const argument = command.registeredArguments[0]
  const values =
    argument?.argChoices ?? (['layers', 'layer'].includes(argument?.name() ?? '') ? known.layers : undefined) ?? []
  return matching(values, typed).filter(value => !before.includes(value))
}

function takesValue(option: Option): boolean {
  return option.required || option.optional
}

function longName({ long, hidden }: Option): readonly string[] {
  return long === undefined || long === null || hidden ? [] : [long]
}

function valuesOf(option: Option, known: KnownValues): readonly string[] {
  const name = option.name()
  if (option.argChoices !== undefined) return option.argChoices
  return Object.hasOwn(known, name) ? (known[name as keyof KnownValues] ?? []) : []
}

function matching(values: readonly string[], prefix: string): readonly string[] {
  return values.filter(value => value.startsWith(prefix))
}

/** While somebody types, a configuration that cannot be read only means that there is less to offer. */
async function knownValues({ environment, directory }: CommandLine): Promise<KnownValues> {
  const profile = profileNames(environment)
  try {
    const { root } = await locateRepository(processRunner({ signal: AbortSignal.timeout(2_000) }), directory)
    const place = { config: inputDefaults.config, directory: root, workspace: root }
    const { config } = await loadConfig(place)
    return {
      profile,
      environment: config.environments.map(({ name }) => name),
      regions: [...new Set(config.environments.flatMap(({ regions }) => regions))],
      layers: config.layers.map(({ id }) => id)
    }
  } catch {
    return { profile }
  }
}

/** The scripts only ask `layer-deploy complete`: they never go out of step with the options. */
export const shells = ['bash', 'zsh', 'fish'] as const
type Shell = (typeof shells)[number]

export function completionScript(shell: Shell, program: string): string {
  return scripts[shell](program)
}

const scripts: Readonly<Record<Shell, (program: string) => string>> = {
  bash: program => `# source <(${program} completion bash)
_layer_deploy() {
  local line
  COMPREPLY=()
  while IFS= read -r line; do
    COMPREPLY+=("$line")
  done < <("\${COMP_WORDS[0]}" complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -F _layer_deploy ${program}
`,
  zsh: program => `#compdef ${program}
# source <(${program} completion zsh), after compinit
_layer_deploy() {
  local -a found
  found=("\${(@f)$("\${words[1]}" complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  compadd -Q -a found
}
compdef _layer_deploy ${program}
`,
  fish: program => `# ${program} completion fish | source
function __layer_deploy_complete
  set -l words (commandline -opc) (commandline -ct)
  $words[1] complete -- $words[2..] 2>/dev/null
end
complete -c ${program} -f -a '(__layer_deploy_complete)'
`
}
