/** Who uses an older version of a layer, in Markdown. */
import type { Consumer, LayerConsumers } from '../../model/index.js'
import { inlineCode } from '../../redaction/escape.js'

/** One line for a layer and region: the first `limit` functions, and how many more there are. Empty where there is none. */
export function consumersLine({ consumers }: Pick<LayerConsumers, 'consumers'>, limit: number): string {
  const older = consumers.filter(({ status }) => status === 'older')
  if (older.length === 0) return ''
  const shown = older.slice(0, limit).map(consumerText).join(', ')
  const more = older.length > limit ? ` and ${older.length - limit} more` : ''
  return `on an older version: ${shown}${more}`
}

function consumerText({ functionName, functionVersion, aliases, layerVersion }: Consumer): string {
  const version = functionVersion === '$LATEST' ? '' : `:${functionVersion}`
  const names = aliases.length === 0 ? '' : ` (${aliases.map(alias => inlineCode(alias)).join(', ')})`
  return `${inlineCode(`${functionName}${version}`)}${names} on ${layerVersion}`
}

/** Of the job summary: every function of every layer. Empty where none is on an older version. */
export function consumersBlock(consumers: readonly LayerConsumers[] | undefined): string {
  const lines = (consumers ?? []).flatMap(each => {
    const line = consumersLine(each, Number.POSITIVE_INFINITY)
    return line === '' ? [] : [`- ${inlineCode(each.layerId)} in ${inlineCode(each.region)}: ${line}`]
  })
  return lines.length === 0 ? '' : ['### Functions on an older layer version', ...lines].join('\n')
}
