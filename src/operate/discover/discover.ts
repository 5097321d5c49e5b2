/** The command `discover`: what runs where. Reads only; no branch and no event decides anything about it. */
import type { OperationSession } from '../operation.js'
import type { Config, RunResult } from '../../model/index.js'
import { unknownSubject } from '../../publish-layers/result.js'
import { selectedLayers } from '../../select-environment/selected-layers.js'
import { environmentsToRead } from '../reading-scope.js'
import { outdatedUsers } from './estate.js'
import { observeEstate } from './observe-estate.js'
import { estateMarkdown, estatePage } from './render-estate.js'

/** @throws CodedError ENVIRONMENT_MAPPED for an environment that there is not; what AWS answers, where nothing can be read */
export async function discover(session: OperationSession, config: Config): Promise<RunResult> {
  const { environment, regions, layers: ids } = session.inputs
  const environments = environmentsToRead(config, { environment, regions })
  const filter = { regions, layers: ids === null ? null : selectedLayers(config.layers, ids) }
  const estate = await observeEstate(config, environments, filter, session.openAws)
  await session.showDetails(estateMarkdown(estate), estatePage(estate, session.clock.now()))
  const behind = outdatedUsers(estate)
  const layers = estate.places.reduce((sum, place) => sum + place.layers.length, 0)
  const unread = estate.unread.map(each => `Not read in ${each.environment}: ${each.why}`)
  const [only] = environments
  return {
    ...unknownSubject,
    command: 'discover',
    environment: environments.length === 1 && only !== undefined ? only : null,
    regions: [...new Set(estate.places.map(({ region }) => region))],
    conclusion: 'success',
    headline: headlineOf(layers, estate.places.length, behind.length),
    changedLayers: [],
    layers: [],
    verdicts: [],
    errors: [],
    warnings: unread,
    plan: {
      ...estate,
      'who-must-move': behind.map(({ place, layer, version, current, user }) => ({
        ...{ environment: place.environment, region: place.region, layer: layer.name, version, current },
        function: user.functionName,
        'function-version': user.version
      }))
    }
  }
}

function headlineOf(layers: number, regions: number, behind: number): string {
  const found = `${counted(layers, 'layer')} in ${counted(regions, 'region')}`
  if (behind === 0) return `${found}; no function is on an old layer version`
  return `${found}; ${counted(behind, 'function version')} ${behind === 1 ? 'is' : 'are'} on an old layer version`
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}
