import { profileNames } from '../../adapters/aws/credentials.js'
import { locateRepository } from '../../adapters/git/locate.js'
import { processRunner } from '../../adapters/process/index.js'
import { loadConfig } from '../../config/read/config-file.js'
import { inputDefaults } from '../../action/inputs.js'
import type { CommandLine } from '../command-line.js'
import type { KnownValues } from './candidates.js'

/** While somebody types, a configuration that cannot be read only means that there is less to offer. */
export async function knownValues({ environment, directory }: CommandLine): Promise<KnownValues> {
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
