/** The command `history`: each layer with its versions, newest first. */
import type { Command } from 'commander'
import type { EnvironmentHistory, LayerHistory } from '../../operate/history/observe-history.js'
import { environmentsToRead, type Unread } from '../../operate/reading-scope.js'
import { selectedLayers } from '../../select-environment/selected-layers.js'
import { type CommandLine, exitCodes } from '../command-line.js'
import { openCheckout, printingErrors } from '../session/open-checkout.js'
import { readEnvironments } from '../session/read-environments.js'
import { layersArgument, readingOptions, wholeNumber, type AccountOptions, profileChoice } from '../options.js'
import { paint, printable } from '../output/terminal.js'
import type { HistoryVersion } from '../../operate/history/history.js'
import { shortCommit } from '../../report/rows/render.js'
import { table } from '../output/table.js'

interface Options extends AccountOptions {
  readonly limit: string
}

export function addHistory(program: Command, line: CommandLine): void {
  readingOptions(program.command('history'))
    .summary('where each version comes from')
    .description(
      'Each version of a layer, newest first: its content, the commits of superproject and submodule, and the run. Reads only.'
    )
    .argument(...layersArgument)
    .option('--limit <number>', 'versions to tell of each layer', '20')
    .action(
      line.action((layers: string[], options: Options) =>
        printingErrors(line, () => run(layers, options, line), options)
      )
    )
}

async function run(ids: readonly string[], options: Options, line: CommandLine): Promise<number> {
  const profileOf = profileChoice(options.profile, line.environment)
  const checkout = await openCheckout(options, line)
  const config = await checkout.config()
  const regions = options.regions?.split(',').map(each => each.trim()) ?? null
  const environments = environmentsToRead(config, { environment: options.environment ?? null, regions })
  const layers = selectedLayers(config.layers, ids.length === 0 ? null : ids)
  const limit = wholeNumber(options.limit, '--limit')
  const { observeHistory } = await import('../../operate/history/observe-history.js')
  const { read, unread } = await readEnvironments(
    environments,
    options,
    line,
    checkout,
    profileOf,
    (environment, ports) => {
      const places = environment.regions.filter(name => regions?.includes(name) ?? true)
      return observeHistory({ environment, layers, regions: places, limit }, { ...checkout, ...ports })
    }
  )
  show(read, unread, options, line.terminal)
  return exitCodes.success
}

function show(
  read: readonly EnvironmentHistory[],
  unread: readonly Unread[],
  { json }: Options,
  { stdout, stderr, colour, width }: CommandLine['terminal']
): void {
  const layers = read.flatMap(each => each.layers)
  const notes = [...new Set(read.flatMap(each => each.notes))]
  if (json === true) stdout(`${JSON.stringify({ layers, unread, notes }, null, 2)}\n`)
  else stdout(historyText(layers, colour.stdout, width))
  const warn = paint(colour.stderr)('yellow', 'warning')
  for (const { environment, why } of unread) stderr(`${warn}: ${printable(`${environment} was not read: ${why}`)}\n`)
  for (const note of notes) stderr(`${warn}: ${printable(note)}\n`)
}

const columns = ['VERSION', 'PUBLISHED', 'CONTENT', 'COMMIT', 'SOURCE', 'RUN', 'NOTE']

function historyText(layers: readonly LayerHistory[], colour: boolean, width?: number): string {
  const style = paint(colour)
  const blocks = layers.map(({ environment, accountId, region, layerId, layerName, versions, olderVersions }) => {
    const title = style('bold', printable(`${layerId}: ${layerName} in ${environment} (${accountId}, ${region})`))
    if (versions.length === 0) return `${title}\nno version`
    const rows = table(columns, versions.map(cells), {
      width,
      draw: (text, row) => (versions[row]?.deployed === true ? style('green', text) : text)
    })
    const older = olderVersions === 0 ? '' : `\n${style('dim', `and ${olderVersions} older: --limit shows more`)}`
    return `${title}\n${rows}${older}`
  })
  return `${blocks.join('\n\n')}\n`
}

function cells(version: HistoryVersion): readonly string[] {
  const { publishedAt, contentDigest, codeSha256, commit, sourceCommit, run, witness } = version
  return [
    String(version.version),
    `${publishedAt.slice(0, 10)} ${publishedAt.slice(11, 16)}`,
    contentDigest?.slice(0, 12) ?? (codeSha256 === null ? '-' : `sha ${codeSha256.slice(0, 8)}`),
    commit === null ? '-' : shortCommit(commit),
    sourceCommit === null ? '-' : shortCommit(sourceCommit),
    run ?? '-',
    [
      version.deployed ? 'deployed' : '',
      version.sameAs === null ? '' : `content of version ${version.sameAs}`,
      witness === 'artifact' ? 'first built at that commit' : ''
    ]
      .filter(note => note !== '')
      .join(', ')
  ]
}
