import type { Command } from 'commander'
import { CodedError } from '../../model/errors.js'
import type { Config, Environment } from '../../model/index.js'
import { environmentsToRead } from '../../operate/reading-scope.js'
import { selectedLayers } from '../../select-environment/selected-layers.js'
import { type CommandLine, exitCodes } from '../command-line.js'
import { readingOptions, wholeNumber, type AccountOptions, profileChoice } from '../options.js'
import { openCheckout, printingErrors } from '../session/open-checkout.js'
import { readEnvironments } from '../session/read-environments.js'

interface Options extends AccountOptions {
  /** As `program.version`: the number of a layer version. */
  readonly version?: string
}

export function addSbom(program: Command, line: CommandLine): void {
  readingOptions(program.command('sbom'))
    .summary('what a layer consists of')
    .description(
      'The bill of materials (CycloneDX 1.6) of the deployed content of a layer, or of one of its versions, as it lies in the bucket. Reads only.'
    )
    .argument('<layer>', 'layer id')
    .option('--version <number>', 'a layer version (default: the deployed one)')
    .action(
      line.action((layer: string, options: Options) => printingErrors(line, () => run(layer, options, line), options))
    )
}

async function run(layerId: string, options: Options, line: CommandLine): Promise<number> {
  const profileOf = profileChoice(options.profile, line.environment)
  const checkout = await openCheckout(options, line)
  const config = await checkout.config()
  const { environment, region } = placeOf(config, options)
  const [layer] = selectedLayers(config.layers, [layerId])
  const version = options.version === undefined ? null : wholeNumber(options.version, '--version')
  const { readBill } = await import('../../operate/sbom.js')
  const { read } = await readEnvironments([environment], options, line, checkout, profileOf, async (_, ports) =>
    layer === undefined ? '' : readBill({ environment, layer, region, version }, { ...checkout, ...ports })
  )
  line.terminal.stdout(read.join(''))
  return exitCodes.success
}

/**
 * One document is printed: of the one environment that is named or configured, in its first region, or the first of those that are named.
 * @throws CodedError ENVIRONMENT_MAPPED, REGION_NOT_ALLOWED
 */
function placeOf(config: Config, options: Options): { readonly environment: Environment; readonly region: string } {
  const regions = options.regions?.split(',').map(each => each.trim()) ?? null
  const [environment, ...further] = environmentsToRead(config, { environment: options.environment ?? null, regions })
  if (environment === undefined || further.length > 0) {
    throw new CodedError('ENVIRONMENT_MAPPED', {
      expected: `one environment (${config.environments.map(({ name }) => name).join(', ')})`,
      found: 'none named',
      mend: 'name it with --environment'
    })
  }
  return { environment, region: regions?.[0] ?? environment.regions[0] ?? '' }
}
