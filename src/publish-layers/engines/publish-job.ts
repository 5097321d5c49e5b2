import type { LayerVersions, ObjectStore } from '../../ports/aws.js'
import type { EngineContext, PublishOrder } from './engine.js'

/** One publish of engine `lambda`: what is ordered, and what it is done with. */
export interface PublishJob {
  readonly context: EngineContext
  readonly order: PublishOrder
  readonly objects: ObjectStore
  readonly layers: LayerVersions
}
