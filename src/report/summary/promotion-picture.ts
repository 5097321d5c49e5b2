/** The way of a layer from branch to account to branch to account, as a mermaid flowchart. Source: mermaid, "Flowcharts". */
import type { Environment, LayerResult, RunResult } from '../../model/index.js'
import { mermaidText } from '../../redaction/escape.js'
import { statusWords } from '../rows/render.js'

/** More lines make a box that no screen shows. */
const LAYERS_PER_BOX = 8
const ENVIRONMENTS = 12

/**
 * A fenced mermaid block; empty where no environment is known, and with `promotions` where none promotes to another. The
 * run's own environment shows its layer versions.
 */
export function promotionPicture(
  result: Pick<RunResult, 'environment' | 'layers'>,
  environments: readonly Environment[],
  when: 'always' | 'promotions' = 'always'
): string {
  const known = result.environment === null ? environments : withOwn(environments, result.environment)
  if (known.length === 0) return ''
  if (when === 'promotions' && !known.some(({ promoteFrom }) => promoteFrom !== null)) return ''
  const chain = inOrderOfPromotion(known).slice(0, ENVIRONMENTS)
  const lines = chain.flatMap((environment, index) => {
    const own = environment.name === result.environment?.name
    const from = chain.findIndex(other => other.name === environment.promoteFrom)
    return [
      `  b${index}(["${branchLabel(environment)}"]) --> e${index}["${boxLabel(environment, own ? result.layers : [])}"]`,
      ...(from === -1 ? [] : [`  e${from} -->|promote| b${index}`]),
      ...(own ? [`  style e${index} stroke-width:3px`] : [])
    ]
  })
  return ['```mermaid', 'flowchart LR', ...lines, '```'].join('\n')
}

function withOwn(environments: readonly Environment[], own: Environment): readonly Environment[] {
  return environments.some(environment => environment.name === own.name) ? environments : [...environments, own]
}

/** An environment stands after the one that it promotes from; a circle, which the configuration refuses, does not hang. */
function inOrderOfPromotion(environments: readonly Environment[]): readonly Environment[] {
  const placed: Environment[] = []
  let rest = environments
  while (rest.length > 0) {
    const ready = rest.filter(one => !rest.some(other => other !== one && other.name === one.promoteFrom))
    const next = ready.length === 0 ? rest : ready
    placed.push(...next)
    rest = rest.filter(one => !next.includes(one))
  }
  return placed
}

function branchLabel(environment: Environment): string {
  const names = environment.branches.slice(0, 3).map(branch => mermaidText(branch, 40))
  return ['branch', ...names].join('<br/>')
}

function boxLabel(environment: Environment, rows: readonly LayerResult[]): string {
  const layers = rows.slice(0, LAYERS_PER_BOX).map(layerLine)
  const more = rows.length > LAYERS_PER_BOX ? [`and ${rows.length - LAYERS_PER_BOX} more`] : []
  const account = `account ${mermaidText(environment.accountId)}`
  return [mermaidText(environment.name, 40), account, ...layers, ...more].join('<br/>')
}

function layerLine(row: LayerResult): string {
  const version = row.version === null ? '' : ` version ${row.version}`
  return `${mermaidText(row.layerId, 40)}${version}, ${mermaidText(row.region)}: ${statusWords[row.status].word}`
}
