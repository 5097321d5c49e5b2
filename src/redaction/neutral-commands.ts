import { EOL } from 'node:os'

/**
 * Text that the runner takes for no command (F83). It reads `::name::` at the start of a line, after white space, and
 * the older `##[name]` anywhere in a line (actions/runner, `ActionCommand.cs`). A zero-width space breaks both.
 */
export function withoutCommands(text: string): string {
  return text
    .split(/\r\n|[\r\n]/)
    .map(line => line.replace(/^([^\p{L}\p{N}\p{P}\p{S}]*):(?=:)/u, '$1:\u200b').replace(/##(?=\[)/g, '#\u200b#'))
    .join(EOL)
}
