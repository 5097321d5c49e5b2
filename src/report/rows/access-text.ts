/** Who may use a layer, and under which name its ARN is found, in Markdown. */
import type { LayerResult } from '../../model/index.js'
import { inlineCode } from '../../redaction/escape.js'

/** Of accounts that a layer is shared with. */
const MOST_PRINCIPALS = 5

/** Of a row; nothing where neither is configured, or the version is not there. */
export function accessFacts({ status, reason, access }: LayerResult): readonly string[] {
  if (!['published', 'rolled-back', 'planned', 'unchanged'].includes(status)) return []
  if (access === undefined) return reason === 'access-changed' ? ['shared with nobody, in no parameter'] : []
  const { sharedWith, ssmParameter } = access
  const soon = status === 'planned' ? 'to be ' : ''
  return [
    ...(sharedWith.length > 0 ? [`${soon}shared with ${principalsText(sharedWith)}`] : []),
    ...(ssmParameter === null ? [] : [`ARN ${soon}in the parameter ${inlineCode(ssmParameter)}`])
  ]
}

export function principalsText(principals: readonly string[]): string {
  if (principals.includes('public')) return '**every AWS account**'
  const shown = principals.slice(0, MOST_PRINCIPALS).map(principal => inlineCode(principal))
  const more = principals.length - shown.length
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}
