/** What may stand at the cursor: commands, options, and the values that the configuration and ~/.aws know. */
import type { Command, Option } from 'commander'

/** By the option's long name without dashes; `layers`: for arguments of that name, or `layer`. */
export type KnownValues = Readonly<Partial<Record<'environment' | 'profile' | 'regions' | 'layers', readonly string[]>>>

/** @param words behind the program's name; the last one is being typed, maybe empty */
export function candidates(program: Command, words: readonly string[], known: KnownValues): readonly string[] {
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
