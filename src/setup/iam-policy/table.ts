/** The comment table: every action with its resources, its conditions and its reason. */
import type { ConditionBlock, Permission } from './permission.js'

export function permissionTable(permissions: readonly Permission[]): string {
  const rows = permissions.flatMap(permission =>
    permission.actions.map((action, index) => [
      `${permission.effect === 'Deny' ? 'deny ' : ''}\`${action}\``,
      resourceText(permission.resources),
      conditionText(permission.condition),
      permission.why[index] ?? ''
    ])
  )
  const lines = [['action', 'on', 'only where', 'why'], ['---', '---', '---', '---'], ...rows]
  return `${lines.map(cells => `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`).join('\n')}\n`
}

/** The policy beside the table has them all. */
function resourceText(resources: readonly string[]): string {
  const [shown, rest] = resources.length <= 4 ? [resources, 0] : [resources.slice(0, 2), resources.length - 2]
  return [...shown.map(quoted), ...(rest > 0 ? [`and ${rest} more`] : [])].join('<br>')
}

function conditionText(condition: ConditionBlock): string {
  return Object.entries(condition)
    .flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, values]) => `\`${key}\` ${operator} ${[values].flat().map(quoted).join(', ')}`)
    )
    .join('<br>')
}

function quoted(value: string): string {
  return `\`${value}\``
}
